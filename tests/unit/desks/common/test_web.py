"""What every answer carries, the console's page and files, and the base map."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from prahari.desks.common import web
from prahari.desks.common.console import basemap_file

PAGES = ["/", "/cameras/12", "/api/v1/me", "/api/v1/nothing", "/basemap/none.json", "/_allauth/browser/v1/config"]


@pytest.fixture
def dist(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<!doctype html><title>Prahari</title>")
    (tmp_path / "favicon.svg").write_text("<svg/>")
    (tmp_path / "assets" / "index-Ab3dE_9z.js").write_text("1")
    monkeypatch.setattr(settings, "WEB_DIST", tmp_path)
    return tmp_path


def policy(response: Any) -> dict[str, list[str]]:
    parts = (part.split() for part in response.headers["Content-Security-Policy"].split(";"))
    return {part[0]: part[1:] for part in parts}


@pytest.mark.django_db
@pytest.mark.parametrize("path", PAGES)
def test_every_answer_is_guarded(path: str, dist: Path) -> None:
    response = Client().get(path)
    rules = policy(response)
    assert rules["script-src"] == ["'self'"] and rules["default-src"] == ["'self'"]
    assert rules["frame-ancestors"] == ["'none'"] and rules["object-src"] == ["'none'"]
    assert "unsafe" not in " ".join(
        source for rule, sources in rules.items() if rule != "style-src" for source in sources
    )
    for name, value in {
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
    }.items():
        assert response.headers[name] == value
    assert "camera=()" in response.headers["Permissions-Policy"]
    assert "Strict-Transport-Security" not in response.headers


@pytest.mark.django_db
def test_pictures_and_events_come_from_the_same_host_only(dist: Path) -> None:
    port = settings.CONFIG.media_port
    sources = policy(Client().get("/", headers={"Host": "localhost:8400"}))["connect-src"]
    assert f"http://localhost:{port}" in sources and f"ws://localhost:{port}" in sources
    assert f"http://localhost:{settings.CONFIG.events_port}" in sources
    assert all("localhost" in source or source == "'self'" for source in sources)


def test_with_tls_everything_is_encrypted() -> None:
    config = dataclasses.replace(settings.CONFIG, tls_cert=Path("a"), tls_key=Path("b"), media_workers=2)
    text = web.content_security_policy(config, "iccc.example")
    assert f"https://iccc.example:{config.media_port + 1} wss://iccc.example:{config.media_port + 1}" in text
    assert "http://" not in text and "ws://" not in text


def test_a_stranger_host_name_is_refused(dist: Path) -> None:
    response = Client(raise_request_exception=False).get("/", headers={"Host": "evil.example"})
    assert response.status_code == 400
    assert "evil" not in response.headers["Content-Security-Policy"]


def test_every_address_of_the_console_is_its_page_with_a_csrf_cookie(dist: Path) -> None:
    for path in ("/", "/wall", "/cameras/0199/history"):
        response = Client().get(path)
        assert b"<title>Prahari" in response.content
        assert response.cookies["csrftoken"]["samesite"] == "Strict"
        assert response.headers["Cache-Control"] == "no-cache"


def test_console_files(dist: Path) -> None:
    client = Client()
    hashed = client.get("/assets/index-Ab3dE_9z.js")
    assert b"".join(hashed.streaming_content) == b"1"
    assert "immutable" in hashed.headers["Cache-Control"]
    assert hashed.headers["Content-Type"].startswith("text/javascript")
    plain = client.get("/favicon.svg")
    assert b"".join(plain.streaming_content) == b"<svg/>" and "immutable" not in plain.headers["Cache-Control"]
    missing = client.get("/assets/gone-12345678.js")
    assert missing.status_code == 404 and missing.json()["message"]["hi"]
    assert client.post("/").status_code == 405


def test_without_a_console_it_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "WEB_DIST", tmp_path / "none")
    response = Client().get("/")
    assert response.status_code == 503 and b"./prahari up" in response.content


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "basemap").mkdir()
    (tmp_path / "basemap" / "city.json").write_bytes(bytes(range(256)))
    (tmp_path / "secret.json").write_text("secret")
    (tmp_path / "basemap" / "link.json").symlink_to(tmp_path / "secret.json")
    monkeypatch.setattr(settings, "CONFIG", dataclasses.replace(settings.CONFIG, home=tmp_path))
    return tmp_path


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def test_base_map_whole_and_in_ranges(home: Path) -> None:
    client = Client()
    whole = client.get("/basemap/city.json")
    assert body(whole) == bytes(range(256)) and whole.headers["Content-Type"] == "application/json"
    part = client.get("/basemap/city.json", headers={"Range": "bytes=16-31"})
    assert (part.status_code, body(part)) == (206, bytes(range(16, 32)))
    assert part.headers["Content-Range"] == "bytes 16-31/256"
    assert body(client.get("/basemap/city.json", headers={"Range": "bytes=-4"})) == bytes(range(252, 256))
    assert client.get("/basemap/city.json", headers={"Range": "bytes=300-"}).status_code == 416
    again = client.get("/basemap/city.json", headers={"If-None-Match": whole.headers["ETag"]})
    assert again.status_code == 304
    assert client.head("/basemap/city.json").status_code == 200


def test_base_map_in_pmtiles_lies_anywhere(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tiles = home / "kanpur.pmtiles"
    tiles.write_bytes(b"PMTiles" * 10)
    monkeypatch.setattr(settings, "CONFIG", dataclasses.replace(settings.CONFIG, basemap=tiles))
    part = Client().get("/basemap/kanpur.pmtiles", headers={"Range": "bytes=0-6"})
    assert (part.status_code, body(part)) == (206, b"PMTiles")
    assert Client().get("/basemap/secret.json").status_code == 404


@pytest.mark.parametrize("name", ["..", "link.json", "none.json", "..%2fsecret.json", "%2e%2e%2fsecret.json", "a%00b"])
def test_nothing_else_of_the_disk_is_served(home: Path, name: str) -> None:
    response = Client().get(f"/basemap/{name}")
    assert response.status_code in {404, 503} or b"secret" not in response.content


@given(st.text(alphabet=st.characters(exclude_characters="\x00"), max_size=40))
def test_no_name_leads_out_of_the_folder(name: str) -> None:
    folder = (settings.CONFIG.home / "basemap").resolve()
    found = basemap_file(name) if "/" not in name else None
    assert found is None or found.resolve().parent == folder
