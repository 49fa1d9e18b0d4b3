"""Parses the moof boxes that fragment.py writes, from bytes that may be damaged."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

MAX_SAMPLES = 100_000


class BrokenFileError(Exception):
    """Not a recording of ours, or damaged before its first fragment."""


@dataclass(frozen=True, slots=True)
class Run:
    """One track of a fragment. `tfdt_at`: where the 8 bytes of the tfdt value are, from the moof's first byte.

    `rows`: (duration, size, flags, composition offset) of each sample; `data_at` where the first one is, from the
    moof's first byte.
    """

    track: int
    tfdt: int
    tfdt_at: int
    data_at: int
    rows: list[tuple[int, int, int, int]]

    @property
    def keyframe(self) -> bool:
        return bool(self.rows) and not self.rows[0][2] & 0x10000

    @property
    def duration(self) -> int:
        return sum(row[0] for row in self.rows)


def boxes(data: bytes, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """(kind, first byte of the body, end) of each box in data[start:end]. Raises BrokenFileError."""
    while start < end:
        if end - start < 8:
            raise BrokenFileError("a box is cut short")
        size, kind = struct.unpack_from(">I4s", data, start)
        if size < 8 or start + size > end:
            raise BrokenFileError(f"a box of impossible size {size}")
        yield kind, start + 8, start + size
        start += size


def parse_moof(data: bytes) -> list[Run]:
    """The runs of one whole moof box. Raises BrokenFileError."""
    try:
        (kind, start, end) = next(boxes(data, 0, len(data)))
        if kind != b"moof":
            raise BrokenFileError("not a fragment")
        return [_traf(data, at, stop) for kind, at, stop in boxes(data, start, end) if kind == b"traf"]
    except (struct.error, StopIteration) as error:
        raise BrokenFileError("a fragment's table is cut short") from error


def _traf(data: bytes, start: int, end: int) -> Run:
    track = tfdt = tfdt_at = data_at = default_flags = 0
    rows: list[tuple[int, int, int, int]] | None = None
    for kind, at, stop in boxes(data, start, end):
        if kind == b"tfhd":
            _, track, default_flags = struct.unpack_from(">III", data[at:stop])
        elif kind == b"tfdt":
            version, tfdt = struct.unpack_from(">IQ", data[at:stop])
            if version != 0x01000000:
                raise BrokenFileError("an unknown form of fragment time")
            tfdt_at = at + 4
        elif kind == b"trun":
            data_at, rows = _trun(data[at:stop], default_flags)
    if rows is None or not tfdt_at:
        raise BrokenFileError("a fragment without samples or time")
    return Run(track, tfdt, tfdt_at, data_at, rows)


def _trun(body: bytes, default_flags: int) -> tuple[int, list[tuple[int, int, int, int]]]:
    word, count, data_at = struct.unpack_from(">IIi", body)
    flags = word & 0xFFFFFF
    if flags & 0x301 != 0x301 or data_at < 0:
        raise BrokenFileError("a fragment's table lacks durations or sizes")
    at = 12
    first_flags = default_flags
    if flags & 0x004:
        (first_flags,) = struct.unpack_from(">I", body, at)
        at += 4
    has_flags, has_offsets = bool(flags & 0x400), bool(flags & 0x800)
    width = 2 + has_flags + has_offsets
    if count > MAX_SAMPLES or at + count * width * 4 != len(body):
        raise BrokenFileError("a fragment's table has an impossible number of samples")
    values = struct.unpack_from(f">{count * width}I", body, at)
    durations, sizes = values[0::width], values[1::width]
    sample_flags: tuple[int, ...] | list[int] = values[2::width] if has_flags else [default_flags] * count
    if not has_flags and count:
        sample_flags = [first_flags, *sample_flags[1:]]
    offsets: list[int] = [0] * count
    if has_offsets:
        offsets = [value - (1 << 32) if value & 0x80000000 else value for value in values[width - 1 :: width]]
    return data_at, list(zip(durations, sizes, sample_flags, offsets, strict=True))
