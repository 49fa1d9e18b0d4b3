"""Between NAL units with start codes (PyAV, encoders) and with 4-byte lengths (MP4, the engine)."""

from __future__ import annotations

import re

_START_CODE = re.compile(rb"\x00\x00\x01")


def split_start_codes(data: bytes) -> list[bytes]:
    """NAL units of an Annex B byte stream, without start codes and trailing zeros."""
    starts = [match.start() for match in _START_CODE.finditer(data)]
    ends = [*starts[1:], len(data)]
    return [unit for start, end in zip(starts, ends, strict=True) if (unit := data[start + 3 : end].rstrip(b"\x00"))]


def split_lengths(data: bytes) -> list[bytes]:
    """NAL units that each follow their 4-byte length. What is cut off at the end is left out."""
    units: list[bytes] = []
    at = 0
    while at + 4 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        unit = data[at + 4 : at + 4 + length]
        if not length or len(unit) < length:
            break
        units.append(unit)
        at += 4 + length
    return units


def with_lengths(units: list[bytes]) -> bytes:
    return b"".join(len(unit).to_bytes(4, "big") + unit for unit in units)


def with_start_codes(units: list[bytes]) -> bytes:
    return b"".join(b"\x00\x00\x00\x01" + unit for unit in units)
