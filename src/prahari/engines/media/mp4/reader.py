"""Reads our fragmented MP4 files, also while they grow and after a cut.

Signatures only for now.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from prahari.engines.media.types import StreamParameters


class BrokenFileError(Exception):
    """Not a recording of ours, or damaged before its first fragment."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """One prft + moof + mdat. `offset`, `size` in bytes of the file; times are wall clock; ticks are tfdt values."""

    offset: int
    size: int
    start_ms: int
    end_ms: int
    keyframe: bool  # its first picture is one
    pictures: int
    tfdts: tuple[tuple[int, int, int], ...]  # (track id, tfdt value, byte position of the value in the fragment)


@dataclass(frozen=True, slots=True)
class Scan:
    """`init` is the init segment's bytes; `good_bytes` where the last whole fragment ends; `is_cut`: more follows it."""

    init: bytes
    parameters: StreamParameters
    fragments: list[Fragment]
    good_bytes: int
    is_cut: bool


def scan(path: Path) -> Scan:
    """Walk a file's boxes without reading the pictures. Blocking: call it in a thread. Raises BrokenFileError, OSError."""
    raise NotImplementedError


def read_fragment(path: Path, fragment: Fragment, *, minus_ms: int = 0) -> bytes:
    """The fragment's bytes with every tfdt lowered by `minus_ms` milliseconds of its track (playback: time 0 =
    the first picture's, i.e. minus_ms = fragment.start_ms - scan.fragments[0].start_ms ... see `rebased`)."""
    raise NotImplementedError
