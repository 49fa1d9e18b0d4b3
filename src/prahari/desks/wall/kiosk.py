"""What stands before a screen of the wall: a browser that nobody signs in at. It holds a key of its own making, of
which only the hash is kept here; the key opens the doors below, in the screen's area, and no others.
"""

from __future__ import annotations

import hashlib
import re
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from ninja.security import APIKeyHeader

from prahari.contracts import tokens
from prahari.contracts.events import now_ms
from prahari.contracts.media import StreamClaims
from prahari.desks.common import rules as dated
from prahari.desks.common.actor import Actor
from prahari.desks.common.keys import signing_key
from prahari.desks.linking import watching
from prahari.desks.wall import items, rules, states, streams
from prahari.desks.wall.models import Screen
from prahari.desks.wall.screen_schemas import KioskTokensIn

SCHEME = "Screen "
EVENT_TOKEN_S = 900
SEEN_EVERY_MS = 5_000

CHARTS = "GET /api/v1/charts/"
DOORS = re.compile(
    rf"GET /api/v1/(centre|cameras/(counts|map)|alarms(/counts)?|jurisdictions(/boundaries)?)|{CHARTS}[a-z_]+"
)
"""Of those that people sign in for: what a map, the counts, the queue of alarms and the charts read."""


def screen_of(request: HttpRequest) -> Screen | None:
    """The screen whose key the request holds."""
    given = request.headers.get("Authorization", "")
    key = given.removeprefix(SCHEME)
    if not given.startswith(SCHEME) or not 20 <= len(key) <= 200 or not key.isascii():
        return None
    return Screen.objects.filter(key_hash=hashlib.sha256(key.encode()).hexdigest(), active=True).first()


def reader(request: HttpRequest) -> Actor | None:
    """Registered with the accounts desk: a screen as the one who asks, at the doors that it may open."""
    door = f"{request.method} {request.path}"
    if not DOORS.fullmatch(door):
        return None
    screen = screen_of(request)
    if screen is None:
        return None
    may = items.COUNT if door.startswith(CHARTS) else items.MAY
    return items.actor_of(screen, request.META.get("REMOTE_ADDR", ""), may)


class ScreenKey(APIKeyHeader):
    """ninja's `auth` of the kiosk's own doors: request.auth is the Screen. Raises Problem 401."""

    param_name = "Authorization"

    def __call__(self, request: HttpRequest) -> Any:
        screen = screen_of(request)
        if screen is None:
            raise streams.not_enrolled()
        return screen

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        raise NotImplementedError("__call__ does it all")


screen_key = ScreenKey()


def now(screen: Screen) -> dict[str, Any]:
    """ScreenNow. That it asked is written down: the desk sees that the screen is alive."""
    at = now_ms()
    if screen.seen_ms is None or at - screen.seen_ms >= SEEN_EVERY_MS:
        screen.seen_ms = at
        Screen.objects.filter(id=screen.id).update(seen_ms=at)
    due_ms = (screen.key_ms or 0) + dated.value(rules.KEY_DAYS) * 86_400_000
    return {
        "screen": states.state(screen, items.actor_of(screen)),
        "build": build(),
        "change_key": at >= due_ms,
        "now_ms": at,
    }


def build() -> str:
    """Of the console's files: their names hold their contents' hashes."""
    try:
        page = (settings.WEB_DIST / "index.html").read_bytes()
    except OSError:
        return ""
    return hashlib.sha256(page).hexdigest()[:16]


def media_tokens(screen: Screen, form: KioskTokensIn, ip: str, host: str) -> dict[str, Any]:
    """As for a person, but only for cameras that stand on this screen."""
    with transaction.atomic():
        there = items.cameras_on([streams.held_for_signing(screen)])[screen.id]
        wanted = [one for one in form.camera_ids if str(one) in there]
        actor = items.actor_of(screen, ip)
        found = watching.media_tokens(actor=actor, camera_ids=wanted, uses=["live"], reason="", host=host)
    refused: list[dict[str, Any]] = [
        {"camera_id": one, "code": "not_found"} for one in form.camera_ids if str(one) not in there
    ]
    return {"items": found["items"], "refused": [*found["refused"], *refused]}


def event_token(screen: Screen, host: str) -> dict[str, Any]:
    expires_ms = now_ms() + EVENT_TOKEN_S * 1000
    claims = StreamClaims(
        user_id=str(screen.id),
        grants=[(screen.jurisdiction_path, screen.agency_code or None, sorted(items.MAY))],
        exp_s=expires_ms // 1000,
    )
    config = settings.CONFIG
    url = f"{config.origin(config.events_port, host)}/events"
    return {"url": url, "token": tokens.sign(claims, signing_key()), "expires_ms": expires_ms}
