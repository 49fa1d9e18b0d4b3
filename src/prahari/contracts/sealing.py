"""Secrets at rest and in transit between desk and engine: AES-256-GCM with the centre's sealing key."""

from __future__ import annotations

import base64
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_PREFIX = "v1:"
_NONCE_BYTES = 12


class SealError(Exception):
    """The sealed text is malformed, was changed, or belongs to another key or context."""


def seal(plain: str, key: bytes, context: str) -> str:
    """Text that only `unseal` with the same 32-byte key and context (what the secret belongs to) opens."""
    nonce = os.urandom(_NONCE_BYTES)
    sealed = AESGCM(key).encrypt(nonce, plain.encode(), context.encode())
    return _PREFIX + base64.urlsafe_b64encode(nonce + sealed).decode()


def unseal(sealed: str, key: bytes, context: str) -> str:
    """The plain text. Raises SealError."""
    if not sealed.startswith(_PREFIX):
        raise SealError("not a sealed text")
    try:
        raw = base64.urlsafe_b64decode(sealed[len(_PREFIX) :])
        return AESGCM(key).decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], context.encode()).decode()
    except (ValueError, InvalidTag) as error:
        raise SealError("the sealed text does not open with this key and context") from error
