"""Consent, enforced where the video is: what a signed permit allows at a moment, and when that changes.

Nothing here trusts the desk that sent the plan: the signature, the camera, the times and the hours are checked again.
"""

from __future__ import annotations

from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from prahari.contracts import tokens
from prahari.contracts.media import PermitClaims, Reason

ORDER = "order"

_DAY_MINUTES = 1440
_NEVER_S = float("inf")


@dataclass(frozen=True, slots=True)
class Leave:
    """What may be done now. `reason`: why not, when nothing may; `until_s` (Unix seconds): when to ask again.

    `on_request`: shown only to who names a request. `is_public`: an authority's order, not an owner's consent.
    """

    live: bool
    record: bool
    reason: Reason
    until_s: float
    on_request: bool = False
    is_public: bool = False

    @property
    def anything(self) -> bool:
        return self.live or self.record


CLOSED = Leave(live=False, record=False, reason=Reason.NO_PERMIT, until_s=_NEVER_S)


def read_permit(token: str, camera_id: str, key: Ed25519PublicKey) -> PermitClaims | None:
    """The claims of a permit signed by the desks for this camera; None for anything else.

    The times are not judged here: a permit may begin later, see `leave_at`.
    """
    if not token:
        return None
    try:
        claims = tokens.read_signed(token, PermitClaims, key)
    except tokens.TokenError:
        return None
    return claims if claims.camera_id == camera_id else None


def leave_at(claims: PermitClaims | None, now_s: float) -> Leave:
    """What `claims` allow at `now_s` (Unix seconds, the machine's own clock)."""
    if claims is None or not (claims.live or claims.record):
        return CLOSED
    if now_s >= claims.exp_s:
        return Leave(False, False, Reason.PERMIT_ENDED, _NEVER_S)
    if now_s < claims.nbf_s:
        return Leave(False, False, Reason.NO_PERMIT, float(claims.nbf_s))
    until_s = min(float(claims.exp_s), _next_hour_change_s(claims, now_s))
    if claims.hours and not _within_hours(claims, now_s):
        return Leave(False, False, Reason.OUTSIDE_HOURS, until_s)
    return Leave(claims.live, claims.record, Reason.NONE, until_s, claims.on_request, claims.basis == ORDER)


def _local_s(claims: PermitClaims, now_s: float) -> float:
    """Seconds since local midnight."""
    return (now_s + claims.utc_offset_minutes * 60) % (_DAY_MINUTES * 60)


def _within_hours(claims: PermitClaims, now_s: float) -> bool:
    """Whether any of the hours holds `now_s`. An hour whose end lies before its start runs over midnight."""
    minute = _local_s(claims, now_s) / 60
    for start, end in claims.hours:
        if start <= end:
            if start <= minute < end:
                return True
        elif minute >= start or minute < end:
            return True
    return False


def _next_hour_change_s(claims: PermitClaims, now_s: float) -> float:
    """Unix seconds of the next begin or end of an hour after `now_s`."""
    if not claims.hours:
        return _NEVER_S
    local_s = _local_s(claims, now_s)
    ahead = [
        (edge * 60 - local_s) % (_DAY_MINUTES * 60) or _DAY_MINUTES * 60 for hours in claims.hours for edge in hours
    ]
    return now_s + min(ahead)
