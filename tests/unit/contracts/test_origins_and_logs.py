"""Which pages may call us, and what never reaches a log."""

import json
import logging

import pytest

from prahari.contracts.logs import JsonFormatter, redact
from prahari.contracts.origins import allowed_origin


@pytest.mark.parametrize(
    ("origin", "host", "allowed"),
    [
        ("http://127.0.0.1:8400", "127.0.0.1:8401", True),
        ("https://iccc.example:8400", "iccc.example:8401", True),
        ("http://[::1]:8400", "[::1]:8401", True),
        ("http://evil.example", "127.0.0.1:8401", False),
        ("http://127.0.0.1.evil.example", "127.0.0.1:8401", False),
        ("null", "127.0.0.1:8401", False),
        ("file://127.0.0.1", "127.0.0.1:8401", False),
        ("http://[broken", "127.0.0.1", False),
        (None, "127.0.0.1", False),
    ],
)
def test_only_the_same_host(origin: str | None, host: str, allowed: bool) -> None:
    assert allowed_origin(origin, host) == (origin if allowed else None)


@pytest.mark.parametrize(
    "text",
    [
        "GET /live/1?token=SECRET&x=1",
        "Authorization: Bearer SECRET",
        "rtsp://admin:SECRET@10.0.0.1/h264",
        "token=SECRET",
    ],
)
def test_secrets_are_blotted_out(text: str) -> None:
    assert "SECRET" not in redact(text)


def test_log_lines_are_json_in_any_language() -> None:
    record = logging.LogRecord("x", logging.INFO, "", 0, "कैमरा %s", ("चालू",), None)
    entry = json.loads(JsonFormatter("media 0").format(record))
    assert entry["message"] == "कैमरा चालू"
    assert entry["process"] == "media 0"
