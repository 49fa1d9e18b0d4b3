"""Signing in through an OpenID Connect provider: here a small one that speaks real HTTP."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from prahari.desks.accounts.models import User
from prahari.desks.audit.models import AuditEntry
from scope import World


class Provider(ThreadingHTTPServer):
    """Says that whoever comes is `username`."""

    username = "asha"

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Answers(BaseHTTPRequestHandler):
    server: Provider

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""

    def _answer(self, body: dict[str, Any]) -> None:
        raw = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def do_GET(self) -> None:
        issuer = self.server.issuer
        if self.path == "/.well-known/openid-configuration":
            self._answer(
                {
                    "issuer": issuer,
                    "authorization_endpoint": f"{issuer}/authorize",
                    "token_endpoint": f"{issuer}/token",
                    "userinfo_endpoint": f"{issuer}/userinfo",
                    "jwks_uri": f"{issuer}/keys",
                }
            )
        elif self.path == "/userinfo" and self.headers["Authorization"] == "Bearer opaque":
            name = self.server.username
            self._answer({"sub": f"id-of-{name}", "preferred_username": name, "name": name.title()})
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        if self.path == "/token" and form["code"] == ["the-code"] and form["code_verifier"]:
            self._answer({"access_token": "opaque", "token_type": "Bearer", "expires_in": 60})
        else:
            self.send_error(400)


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    server = Provider(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    entry = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]
    app = {
        "provider_id": "sso",
        "name": "City login",
        "client_id": "prahari",
        "secret": "s",
        "settings": {"server_url": server.issuer},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {**entry, "APPS": [app]}}
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def come_in(client: Client) -> Any:
    """From the button on the sign-in page to where the provider's answer leads."""
    redirect = client.post(
        "/_allauth/browser/v1/auth/provider/redirect",
        {"provider": "sso", "callback_url": "/", "process": "login"},
    )
    assert redirect.status_code == 302, redirect.content
    query = parse_qs(urlsplit(redirect.headers["Location"]).query)
    assert query["code_challenge_method"] == ["S256"] and query["client_id"] == ["prahari"]
    back = urlsplit(query["redirect_uri"][0]).path
    return client.get(back, {"code": "the-code", "state": query["state"][0]})


def test_an_account_of_the_same_name_comes_in(world: World, provider: Provider) -> None:
    user = world.person("asha")
    client = Client()
    config = client.get("/_allauth/browser/v1/config").json()["data"]["socialaccount"]["providers"]
    assert [(one["id"], one["name"]) for one in config] == [("sso", "City login")]
    answer = come_in(client)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert client.get("/api/v1/me").json()["id"] == str(user.pk)
    assert AuditEntry.objects.latest("sequence").action == "account.sign_in"
    again = Client()
    come_in(again)
    assert again.get("/api/v1/me").status_code == 200


@pytest.mark.parametrize("state", ["unknown", "locked"])
def test_nobody_else_does(world: World, provider: Provider, state: str) -> None:
    provider.username = "stranger"
    if state == "locked":
        User.objects.filter(pk=world.person("stranger").pk).update(locked=True)
    client = Client()
    answer = come_in(client)
    assert answer.headers["Location"].startswith("/sign-in?error=")
    assert client.get("/api/v1/me").status_code == 401
    assert User.objects.filter(username="stranger").count() == (state == "locked")


def test_without_a_provider_there_is_no_such_door(world: World) -> None:
    client = Client()
    assert client.get("/_allauth/browser/v1/config").json()["data"]["socialaccount"]["providers"] == []
