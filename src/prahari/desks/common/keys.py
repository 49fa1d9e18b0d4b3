"""The centre's keys, read once a process."""

from __future__ import annotations

from functools import cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings


@cache
def signing_key() -> Ed25519PrivateKey:
    return settings.CONFIG.signing_key()
