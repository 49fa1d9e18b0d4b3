"""Who may be shown what: the one place where every door to pictures asks, live or recorded."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web

from prahari.contracts.media import MediaClaims
from prahari.engines.media.gate.holders import HOLDERS
from prahari.engines.media.gate.permits import Leave
from prahari.engines.media.gate.problems import NEEDS_REQUEST, NO_PERMIT, NO_TOKEN, NOT_PUBLIC, Answer


def _always() -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Asker:
    """On what ground somebody asks for pictures.

    `request_id`: the request named by the signed token, empty when none; it counts until `request_until_s`.
    `is_visitor`: masked pictures on a wall that visitors of the control room look at.
    `holds`: whether the token's leave has not been ended since.
    """

    request_id: str = ""
    request_until_s: float = math.inf
    is_visitor: bool = False
    holds: Callable[[], bool] = _always

    def has_request(self, now_s: float) -> bool:
        return self.request_id != "" and now_s < self.request_until_s


def asker_of(claims: MediaClaims, request: web.Request | None = None, *, is_visitor: bool = False) -> Asker:
    """`request`: at whose door the token was shown; None where no leave is ended before its time."""
    holders = request.app.get(HOLDERS) if request is not None else None
    holds = _always if holders is None else lambda: holders.holds(claims)
    return Asker(claims.request_id, claims.request_until_s or math.inf, is_visitor, holds)


def refusal(leave: Leave, asker: Asker, now_s: float) -> Answer | None:
    """Why `asker` may not be shown what the camera sees at `now_s`; None: it may."""
    if not asker.holds():
        return NO_TOKEN
    if not leave.live:
        return NO_PERMIT
    if asker.is_visitor and not leave.is_public:
        return NOT_PUBLIC
    if leave.on_request and (asker.is_visitor or not asker.has_request(now_s)):
        return NEEDS_REQUEST
    return None


def refusal_of_recordings(needs_request: bool, asker: Asker, now_s: float) -> Answer | None:
    """Why `asker` may not be shown what was recorded; None: it may."""
    if not asker.holds():
        return NO_TOKEN
    if needs_request and not asker.has_request(now_s):
        return NEEDS_REQUEST
    return None
