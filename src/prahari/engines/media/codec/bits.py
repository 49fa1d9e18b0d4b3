"""Bit by bit through a parameter set that may be hostile."""

from __future__ import annotations

MAX_PARAMETER_SET_BYTES = 4096


class BitstreamError(ValueError):
    """A parameter set is cut short or holds values that no real encoder writes."""


class BitReader:
    """Reads big-endian bits. Every read past the end raises BitstreamError."""

    __slots__ = ("_bits", "_length", "position")

    def __init__(self, data: bytes) -> None:
        self._bits = int.from_bytes(data, "big")
        self._length = len(data) * 8
        self.position = 0

    def bits(self, count: int) -> int:
        end = self.position + count
        if end > self._length:
            raise BitstreamError("the parameter set is cut short")
        self.position = end
        return self._bits >> (self._length - end) & ((1 << count) - 1)

    def flag(self) -> bool:
        return self.bits(1) == 1

    def ue(self) -> int:
        """Unsigned Exp-Golomb, at most 32 bits of value."""
        zeros = 0
        while not self.bits(1):
            zeros += 1
            if zeros > 32:
                raise BitstreamError("an Exp-Golomb code is longer than 32 bits")
        return (1 << zeros) - 1 + self.bits(zeros) if zeros else 0

    def se(self) -> int:
        """Signed Exp-Golomb."""
        value = self.ue()
        return (value + 1) // 2 if value & 1 else -(value // 2)


def unescape(nal: bytes) -> bytes:
    """The NAL unit without emulation prevention bytes (00 00 03 -> 00 00)."""
    if b"\x00\x00\x03" not in nal:
        return nal
    parts = nal.split(b"\x00\x00\x03")
    return b"\x00\x00".join(parts)
