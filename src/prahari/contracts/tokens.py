"""Signed tokens (JWT, Ed25519): desks sign, engines can only check.

An engine that is broken into can therefore not give itself leave to open a camera, and a console not another user's.
"""

from __future__ import annotations

import time
from typing import TypeVar

import jwt
import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

Claims = TypeVar("Claims", bound=msgspec.Struct)

_ALGORITHM = "EdDSA"
LEEWAY_S = 5


class TokenError(Exception):
    """The token is malformed, not ours, of another kind, not yet valid or expired; the message says which."""


def sign(claims: msgspec.Struct, key: Ed25519PrivateKey) -> str:
    """A token of the kind named by the claims' class. Claims have `exp_s` and may have `nbf_s` (Unix seconds)."""
    body = msgspec.to_builtins(claims)
    return jwt.encode({"kind": type(claims).__name__, "body": body}, key, algorithm=_ALGORITHM)


def verify(token: str, kind: type[Claims], key: Ed25519PublicKey, now_s: float | None = None) -> Claims:
    """The claims, checked for signature, kind, shape and time. Raises TokenError."""
    claims = read_signed(token, kind, key)
    now = time.time() if now_s is None else now_s
    exp_s: int = getattr(claims, "exp_s")  # noqa: B009 - every claims class has it; the type variable cannot say so
    nbf_s: int = getattr(claims, "nbf_s", 0)
    if now >= exp_s:
        raise TokenError("token expired")
    if now < nbf_s - LEEWAY_S:
        raise TokenError("token not valid yet")
    return claims


def read_signed(token: str, kind: type[Claims], key: Ed25519PublicKey) -> Claims:
    """The claims, checked for signature, kind and shape but not for time: for who must know when they begin and end.

    Raises TokenError.
    """
    try:
        payload = jwt.decode(token, key, algorithms=[_ALGORITHM])
    except jwt.InvalidTokenError as error:
        raise TokenError(f"not a valid token: {error}") from error
    if payload.get("kind") != kind.__name__:
        raise TokenError(f"a token for {payload.get('kind')!r}, not for {kind.__name__!r}")
    try:
        return msgspec.convert(payload.get("body"), kind)
    except msgspec.ValidationError as error:
        raise TokenError(f"token with unexpected contents: {error}") from error
