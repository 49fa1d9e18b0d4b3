"""Leave of one person to use one camera's media for a short time, and the page that may ask for it."""

from __future__ import annotations

import uuid

from aiohttp import web
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from prahari.contracts import tokens
from prahari.contracts.media import MediaClaims
from prahari.contracts.origins import allowed_origin
from prahari.engines.media.gate.holders import HOLDERS
from prahari.engines.media.gate.problems import NO_TOKEN, UNKNOWN_CAMERA, Problem

_LONGEST_TOKEN = 4096

CONSOLE_HOSTS: web.AppKey[tuple[str, ...]] = web.AppKey("console hosts", tuple)
"""Names of the centre whose pages may open cameras of this machine."""


def camera_id_of(request: web.Request) -> str:
    """The camera in the path, in the one spelling that plans and folders use. Raises Problem if it is no UUID."""
    try:
        return str(uuid.UUID(request.match_info["camera_id"]))
    except ValueError:
        raise Problem(UNKNOWN_CAMERA) from None


def token_of(request: web.Request) -> str:
    """`Authorization: Bearer ...` or `?token=`; empty when neither is there."""
    scheme, _, value = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return value.strip()
    return request.query.get("token", "")


def check_media_token(
    request: web.Request, camera_id: str, use: str, key: Ed25519PublicKey, now_s: float | None = None
) -> MediaClaims:
    """The claims of the request's token when they allow `use` of `camera_id`. Raises Problem (401)."""
    token = token_of(request)
    if not token or len(token) > _LONGEST_TOKEN:
        raise Problem(NO_TOKEN)
    try:
        claims = tokens.verify(token, MediaClaims, key, now_s)
    except tokens.TokenError:
        raise Problem(NO_TOKEN) from None
    if claims.camera_id != camera_id or use not in claims.uses:
        raise Problem(NO_TOKEN)
    holders = request.app.get(HOLDERS)
    if holders is not None and not holders.holds(claims):
        raise Problem(NO_TOKEN)
    return claims


def _console_hosts(request: web.Request) -> tuple[str, ...]:
    hosts: tuple[str, ...] | None = request.app.get(CONSOLE_HOSTS)
    return hosts or ()


def origin_to_allow(request: web.Request) -> str | None:
    """The request's Origin when its host is the host asked (any port); None for strangers and non-browsers."""
    return allowed_origin(request.headers.get("Origin"), request.host, _console_hosts(request))


def is_foreign_page(request: web.Request) -> bool:
    """A browser page of another host asks: WebSockets are not covered by CORS, so this is looked at by us."""
    return "Origin" in request.headers and origin_to_allow(request) is None
