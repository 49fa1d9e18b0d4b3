"""Settings from the environment."""

from pathlib import Path

import pytest

from prahari.contracts.config import ConfigError, load


def test_defaults() -> None:
    config = load({})
    assert (config.bind, config.port, config.events_port, config.media_ports()) == ("127.0.0.1", 8400, 8401, [8410])
    assert config.scheme == "http"


def test_ports_follow_the_first(tmp_path: Path) -> None:
    config = load({"PRAHARI_HOME": str(tmp_path), "PRAHARI_PORT": "9000", "PRAHARI_MEDIA_WORKERS": "2"})
    assert (config.events_port, config.media_ports()) == (9001, [9010, 9011])
    assert config.origin(9000) == "http://127.0.0.1:9000"
    assert config.origin(9000, "::1") == "http://[::1]:9000"


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"PRAHARI_PORT": "eighty"}, "PRAHARI_PORT must be a whole number"),
        ({"PRAHARI_TLS_CERT": "cert.pem"}, "must be given together"),
        ({"NATS_URL": "http://localhost"}, "NATS_URL must start with"),
    ],
)
def test_mistakes_are_sentences(environment: dict[str, str], sentence: str) -> None:
    with pytest.raises(ConfigError, match=sentence):
        load(environment)


def test_a_missing_key_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"seal\.key"):
        load({"PRAHARI_HOME": str(tmp_path)}).sealing_key()
