"""Owners' sessions: a random token in a cookie of its own, a row that can be ended, no account."""

from __future__ import annotations

import dataclasses
import secrets
from dataclasses import dataclass
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja.security import APIKeyCookie
from ninja.utils import check_csrf

from prahari.contracts import sealing
from prahari.contracts.events import now_ms
from prahari.core.ids import uuid7
from prahari.desks.common import rules
from prahari.desks.common.action import action
from prahari.desks.common.actor import Actor, system
from prahari.desks.common.errors import Problem, csrf
from prahari.desks.owners import rules as limits
from prahari.desks.owners.keyed import keyed
from prahari.desks.owners.models import OwnerSession
from prahari.desks.registry.premises import mobile_key

COOKIE = "__Host-prahari-owner" if settings.TLS else "prahari-owner"
SEEN_EVERY_MS = 30_000


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks on the owner's pages. `session`: None before a code was given."""

    actor: Actor
    session: OwnerSession | None
    user_agent: str

    @property
    def owner(self) -> OwnerSession:
        """Raises Problem 401."""
        if self.session is None:
            raise not_signed_in()
        return self.session


def not_signed_in() -> Problem:
    return Problem(401, "owner_signed_out", "Please confirm your number again.", "कृपया अपने नंबर की फिर से पुष्टि करें।")


class OwnerDoor(APIKeyCookie):
    """ninja's `auth` of the owner's pages: request.auth is a Visitor. Every write needs the page's CSRF token, also
    before there is a session. Raises Problem 401 (unless optional), 403."""

    param_name = COOKIE

    def __init__(self, *, optional: bool = False) -> None:
        super().__init__(csrf=True)
        self._optional = optional

    def __call__(self, request: HttpRequest) -> Any:
        if request.method not in {"GET", "HEAD", "OPTIONS"} and check_csrf(request) is not None:
            raise csrf()
        session = _load(request.COOKIES.get(COOKIE, ""))
        if session is None and not self._optional:
            raise not_signed_in()
        actor = dataclasses.replace(system("owner page"), ip=request.META.get("REMOTE_ADDR", ""))
        return Visitor(actor, session, request.headers.get("User-Agent", "")[:400])

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        raise NotImplementedError("__call__ does it all")


owner = OwnerDoor()
visitor = OwnerDoor(optional=True)


def visitor_of(request: HttpRequest) -> Visitor:
    return cast(Visitor, request.auth)  # type: ignore[attr-defined]


def _load(token: str) -> OwnerSession | None:
    if not 20 <= len(token) <= 100:
        return None
    now = now_ms()
    found = OwnerSession.objects.filter(
        token_hash=keyed("session", token), ended_ms__isnull=True,
        seen_ms__gt=now - rules.value(limits.SESSION_IDLE_MINUTES) * 60_000,
        created_ms__gt=now - rules.value(limits.SESSION_HOURS) * 3_600_000,
    ).first()  # fmt: skip
    if found is not None and found.seen_ms < now - SEEN_EVERY_MS:
        OwnerSession.objects.filter(id=found.id).update(seen_ms=now)
    return found


def begin(*, actor: Actor, mobile: str, earlier: OwnerSession | None) -> tuple[OwnerSession, str]:
    """A new session with a new token, inside the caller's transaction; one that this browser had is ended: a token from
    before the code was given is never worth anything afterwards."""
    now, token, session_id = now_ms(), secrets.token_urlsafe(32), uuid7()
    with action("owner.sign_in", actor=actor) as act:
        if earlier is not None:
            OwnerSession.objects.filter(id=earlier.id, ended_ms__isnull=True).update(ended_ms=now)
        session = OwnerSession.objects.create(
            id=session_id, token_hash=keyed("session", token), mobile_key=mobile_key(mobile),
            sealed_mobile=sealing.seal(mobile, settings.CONFIG.sealing_key(), f"owner:{session_id}"),
            created_ms=now, seen_ms=now,
        )  # fmt: skip
        act.about("owner session", session.id, f"••••••••{mobile[-2:]}")
    return session, token


def end(*, actor: Actor, session: OwnerSession) -> None:
    with action("owner.sign_out", actor=actor) as act:
        OwnerSession.objects.filter(id=session.id, ended_ms__isnull=True).update(ended_ms=now_ms())
        act.about("owner session", session.id)


def mobile_of(session: OwnerSession) -> str:
    """+919876543210. Raises SealError."""
    return sealing.unseal(session.sealed_mobile, settings.CONFIG.sealing_key(), f"owner:{session.id}")


def give_cookie(response: HttpResponse, token: str) -> None:
    response.set_cookie(
        COOKIE, token, max_age=int(rules.value(limits.SESSION_HOURS)) * 3600, secure=settings.TLS, httponly=True,
        samesite="Strict", path="/",
    )  # fmt: skip


def take_cookie(response: HttpResponse) -> None:
    response.delete_cookie(COOKIE, path="/", samesite="Strict")
