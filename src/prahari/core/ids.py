"""Identifiers that sort by the time they were made."""

from __future__ import annotations

import os
import time
import uuid

_CHANCE_BYTES = 10
_FREE_BITS = ~(0xF << 76 | 0x3 << 62)
_VERSION_AND_VARIANT = 0x7 << 76 | 0x2 << 62


def uuid7(now_ms: int | None = None) -> uuid.UUID:
    """A version 7 UUID (RFC 9562): 48 bits of Unix milliseconds, then 74 random bits.

    Neighbouring rows get neighbouring keys, so indexes stay compact, and nothing can be guessed from an address.
    """
    return uuid7s(1, now_ms)[0]


def uuid7s(count: int, now_ms: int | None = None) -> list[uuid.UUID]:
    """Several of the same millisecond, with one look at the clock and one at the source of chance."""
    milliseconds = time.time_ns() // 1_000_000 if now_ms is None else now_ms
    begins = (milliseconds & 0xFFFF_FFFF_FFFF) << 80
    chance = os.urandom(_CHANCE_BYTES * count)
    made = []
    for at in range(0, len(chance), _CHANCE_BYTES):
        value = begins | int.from_bytes(chance[at : at + _CHANCE_BYTES], "big")
        made.append(uuid.UUID(int=value & _FREE_BITS | _VERSION_AND_VARIANT))
    return made
