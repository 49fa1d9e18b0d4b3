"""Keyed hashes: what must be found or compared again, but never read back from the database."""

from __future__ import annotations

import hashlib
import hmac

from django.conf import settings


def keyed(kind: str, text: str) -> str:
    """64 hex digits; different for each kind, useless without the centre's key."""
    message = f"owner {kind}\0{text}".encode()
    return hmac.new(settings.CONFIG.sealing_key(), message, hashlib.sha256).hexdigest()


def same(one: str, other: str) -> bool:
    """In constant time."""
    return hmac.compare_digest(one.encode(), other.encode())
