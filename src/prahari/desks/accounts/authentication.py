"""From a session cookie to an Actor, in one query at the most."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from typing import Any

import orjson
from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from ninja.security import APIKeyCookie
from ninja.utils import check_csrf

from prahari.core.scope import Grant, Scope
from prahari.desks.accounts import recent
from prahari.desks.accounts.choices import SecondFactor
from prahari.desks.accounts.signin import must_change_password
from prahari.desks.common import sql
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import Problem, csrf, unauthenticated

SEEN_EVERY_S = 60
"""How often a session's last use is written down: idling is measured in minutes."""

_QUERY = """
SELECT u.id, u.username, u.name, u.language, u.must_change_password,
       p.second_factor, s.started_at + make_interval(hours => p.session_hours),
       s.seen_at < now() - make_interval(secs => 60),
       EXISTS (SELECT FROM mfa_authenticator m WHERE m.user_id = u.id AND m.type = 'totp'),
       (SELECT json_agg(json_build_array(j.path, g.agency_id, r.permissions, r.requires_second_factor))
          FROM accounts_rolegrant g
          JOIN accounts_role r ON r.code = g.role_id
          JOIN accounts_jurisdiction j ON j.id = g.jurisdiction_id
         WHERE g.user_id = u.id AND (g.valid_to IS NULL OR g.valid_to > now()))::text
  FROM accounts_session s
  JOIN accounts_user u ON u.id = s.user_id
  JOIN accounts_securitypolicy p ON p.id = 1
 WHERE s.session_key = %s AND s.expire_date > now() AND NOT u.locked
   AND s.seen_at > now() - make_interval(mins => p.session_idle_minutes)
   AND s.started_at > now() - make_interval(hours => p.session_hours)
"""

_WITHOUT_OWN_PASSWORD = frozenset({"/api/v1/me", "/api/v1/me/password", "/api/v1/centre"})
"""All that may be asked before the one-time password is changed and a required second factor set up."""


def second_factor_needed() -> Problem:
    return Problem(
        403,
        "second_factor_required",
        "Your role needs a second factor. Set it up first.",
        "आपकी भूमिका के लिए दूसरा प्रमाण आवश्यक है। पहले उसे चालू करें।",
    )


def load_actor(session_key: str, ip: str) -> Actor | None:
    """The person behind a session that still stands, with all grants as of now."""
    rows = sql.fetch(_QUERY, [session_key])
    if not rows:
        return None
    user_id, username, name, language, must_change, rule, ends_at, stale, has_factor, grants_json = rows[0]
    grants: list[list[Any]] = orjson.loads(grants_json) if grants_json else []
    if stale:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE accounts_session SET seen_at = now() WHERE session_key = %s", [session_key])
    enforced = rule == SecondFactor.ALWAYS or (rule == SecondFactor.OFF_LOOPBACK and not settings.LOOPBACK)
    return Actor(
        id=user_id,
        username=username,
        name=name,
        language=language,
        scope=Scope(tuple(Grant(path, agency, frozenset(held)) for path, agency, held, _ in grants)),
        ip=ip,
        session=session_key,
        session_ends_ms=int(ends_at.astimezone(dt.UTC).timestamp() * 1000),
        must_change_password=must_change,
        needs_second_factor=enforced and not has_factor and any(required for *_, required in grants),
    )


def _actor(session_key: str, ip: str, reading: bool) -> Actor | None:
    """As load_actor; what was read within the last second will do for reading."""
    actor = recent.get(session_key, ip) if reading else None
    if actor is None:
        read_at_s = time.monotonic()
        actor = load_actor(session_key, ip)
        if actor is not None:
            recent.keep(actor, read_at_s)
    return actor


_keyed: list[Callable[[HttpRequest], Actor | None]] = []


def add_key(reader: Callable[[HttpRequest], Actor | None]) -> None:
    """Let a desk above say who asks with a key instead of a session. It answers only for the reads that its keys are
    for: whatever it lets in acts as the Actor that it gives."""
    _keyed.append(reader)


class SessionActor(APIKeyCookie):
    """ninja's `auth`: request.auth is the Actor. Raises Problem 401 or 403."""

    param_name = settings.SESSION_COOKIE_NAME

    def __init__(self, *, optional: bool = False) -> None:
        super().__init__(csrf=True)
        self._optional = optional

    def __call__(self, request: HttpRequest) -> Any:
        if "Authorization" in request.headers:
            keyed = next((actor for reader in _keyed if (actor := reader(request)) is not None), None)
            if keyed is not None:
                return keyed
        key = request.COOKIES.get(self.param_name)
        reading = request.method in {"GET", "HEAD", "OPTIONS"}
        actor = _actor(key, request.META.get("REMOTE_ADDR", ""), reading) if key and "\x00" not in key else None
        if actor is None:
            if self._optional:
                return ANONYMOUS
            raise unauthenticated()
        if not reading and check_csrf(request) is not None:
            raise csrf()
        if request.path not in _WITHOUT_OWN_PASSWORD:
            if actor.must_change_password:
                raise must_change_password()
            if actor.needs_second_factor:
                raise second_factor_needed()
        return actor

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        raise NotImplementedError("__call__ does it all")


ANONYMOUS = Actor(id=None, username="", name="", scope=Scope(()))
session_actor = SessionActor()
anybody = SessionActor(optional=True)
