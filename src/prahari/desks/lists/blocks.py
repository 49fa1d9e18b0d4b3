"""Blocks of rows at rest: compressed, sealed with the centre's key, their place authenticated with them."""

from __future__ import annotations

import os
import zlib
from typing import Any
from uuid import UUID

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from prahari.contracts.sealing import SealError

_NONCE_BYTES = 12
Cells = list[Any]
"""Values of one row: text, number, true/false or None."""
Rows = list[tuple[int, Cells]]
"""(row number in the sheet from 1, cells)"""


def seal(content: Any, sheet: UUID, first_row: int, what: str) -> bytes:
    """`what`: "cells" or "understood"."""
    nonce = os.urandom(_NONCE_BYTES)
    packed = zlib.compress(orjson.dumps(content), 1)
    return nonce + AESGCM(settings.CONFIG.sealing_key()).encrypt(nonce, packed, _context(sheet, first_row, what))


def unseal(data: bytes | memoryview, sheet: UUID, first_row: int, what: str) -> Any:
    """Raises SealError."""
    raw = bytes(data)
    try:
        packed = AESGCM(settings.CONFIG.sealing_key()).decrypt(
            raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], _context(sheet, first_row, what)
        )
    except (InvalidTag, ValueError) as error:
        raise SealError("the rows do not open with this centre's key") from error
    return orjson.loads(zlib.decompress(packed))


def _context(sheet: UUID, first_row: int, what: str) -> bytes:
    return f"list:{sheet}:{first_row}:{what}".encode()
