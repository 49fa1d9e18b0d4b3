"""Signing in over a real granian, as the console does: cookies, CSRF and headers on the wire, several processes."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

import httpx
import pytest
from django.db import connection

from prahari.desks.accounts import actions
from prahari.runtime import ports
from scope import World

AUTH = "/_allauth/browser/v1"


@pytest.fixture(scope="module")
def server(django_db_setup: None) -> Iterator[str]:
    """Address of an api on the test database, two processes."""
    one = connection.settings_dict
    url = f"postgresql://{quote(one['USER'])}:{quote(one['PASSWORD'])}@/{one['NAME']}?host={one['HOST']}&port={one['PORT']}"
    port = ports.free()[0]
    command = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)),
        *("--workers", "2", "--no-ws", "--no-log", "--factory", "prahari.desks.wsgi:worker"),
    ]
    environment = {**os.environ, "DATABASE_URL": url, "PRAHARI_LOG": "error"}
    with subprocess.Popen(command, env=environment) as process:
        try:
            deadline = time.monotonic() + 90
            while True:
                try:
                    if httpx.get(f"http://127.0.0.1:{port}/healthz").status_code == 200:
                        break
                except httpx.TransportError:
                    assert time.monotonic() < deadline and process.poll() is None, "granian did not start"
                    time.sleep(0.1)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(10)


@contextmanager
def browser(origin: str) -> Iterator[httpx.Client]:
    def with_token(request: httpx.Request) -> None:
        request.headers["X-CSRFToken"] = client.cookies.get("csrftoken", "")

    hooks = {"request": [with_token]}
    with httpx.Client(base_url=origin, headers={"Origin": origin}, event_hooks=hooks, timeout=60) as client:
        client.get("/")
        yield client


def test_first_day_of_an_administrator(transactional_world: World, server: str) -> None:
    made = actions.first_administrator(actor=transactional_world.system)
    with browser(server) as client:
        credentials = {"username": made["username"], "password": made["password"]}
        answer = client.post(f"{AUTH}/auth/login", json=credentials)
        assert answer.status_code == 200
        cookie = answer.headers["Set-Cookie"]
        assert "HttpOnly" in cookie and "SameSite=Strict" in cookie
        assert client.get("/api/v1/users").json()["code"] == "must_change_password"
        change = {"current": made["password"], "new": "kalyanpur naka 77"}
        assert client.post("/api/v1/me/password", json=change).status_code == 204
        for _ in range(6):  # whichever process answers
            page = client.get("/api/v1/users")
            assert page.status_code == 200 and page.json()["total"] == 1
            assert "script-src 'self'" in page.headers["Content-Security-Policy"]
            assert page.headers["Cache-Control"] == "no-store"
        assert client.get("/api/v1/audit").json()["items"][-1]["ip"] is None
        assert client.get("/api/v1/audit").json()["items"][0]["ip"] == "127.0.0.1"
        other_site = client.patch("/api/v1/me", json={"language": "en"}, headers={"Origin": "http://evil.example"})
        assert (other_site.status_code, other_site.json()["code"]) == (403, "csrf")
        client.delete(f"{AUTH}/auth/session")
        assert client.get("/api/v1/me").status_code == 401


def test_processes_count_failed_attempts_together(transactional_world: World, server: str) -> None:
    transactional_world.person("asha")
    codes = []
    for _ in range(8):
        with browser(server) as client:
            answer = client.post(f"{AUTH}/auth/login", json={"username": "asha", "password": "guess guess"})
            codes.append(answer.json()["errors"][0]["code"])
    assert codes == ["username_password_mismatch"] * 6 + ["too_many_login_attempts"] * 2
