"""What is on disk of each camera: an index that can always be rebuilt from the files, and the gaps with their reasons.

Signatures only for now.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from prahari.contracts.media import GapData


@dataclass(frozen=True, slots=True)
class Segment:
    """One recorded file. `end_ms` of the growing one (`is_open`) is that of the last group on disk."""

    camera_id: str
    path: Path
    start_ms: int
    end_ms: int
    size_bytes: int
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Timeline:
    """Answer of GET /timeline: `recordings` merged and sorted, cut to the asked stretch; `gaps` likewise."""

    recordings: list[tuple[int, int]] = field(default_factory=list)
    gaps: list[GapData] = field(default_factory=list)
    first_ms: int | None = None
    last_ms: int | None = None
    held: bool = False


class Catalogue:
    """SQLite (WAL) behind a thread of its own. Async methods belong to the event loop."""

    async def timeline(self, camera_id: str, from_ms: int, to_ms: int) -> Timeline:
        raise NotImplementedError

    async def locate(self, camera_id: str, at_ms: int) -> Segment | None:
        """The segment that holds `at_ms`, else the next later one, else None."""
        raise NotImplementedError

    async def segments(self, camera_id: str, from_ms: int, to_ms: int) -> list[Segment]:
        """Every segment that overlaps the stretch, by start."""
        raise NotImplementedError

    async def hold(self, camera_id: str, from_ms: int, to_ms: int, why: str) -> int:
        """Keep what overlaps the stretch from retention until `release`. Returns the hold's number."""
        raise NotImplementedError

    async def release(self, hold_id: int) -> None:
        raise NotImplementedError
