"""Finding recorded groups of pictures for a stretch of time and reading them, away from the event loop."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from prahari.engines.media.mp4.fragment import for_browser, fragment, init_segment
from prahari.engines.media.mp4.reader import (
    BrokenFileError,
    Fragment,
    Scan,
    read_fragment,
    read_units,
    rebased,
    scan,
)
from prahari.engines.media.recording.catalogue import Catalogue, Segment
from prahari.engines.media.types import AccessUnit, StreamParameters, VideoParameters

log = logging.getLogger(__name__)

GAP_ENDS_MS = 2_000
THREADS = 3
KEPT_SCANS = 8


@dataclass(frozen=True, slots=True)
class Piece:
    """One recorded group. `add_ticks` moves its time to that of the stretch, where 0 is the first picture."""

    path: Path
    parameters: StreamParameters
    fragment: Fragment
    add_ticks: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """Groups that follow each other with the same parameters. `start_ms`: its first picture; `end_ms`: its end."""

    parameters: StreamParameters
    pieces: list[Piece]
    start_ms: int
    end_ms: int


class Shelf:
    """Reads recordings of this worker. Few threads: a disk serves few readers well, and live pictures come first."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="playback")
        self._scans: OrderedDict[Path, Scan] = OrderedDict()

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def stretch(
        self, camera_id: str, from_ms: int, to_ms: int, *, most_ms: int, over_gaps: bool
    ) -> Stretch | None:
        """From the keyframe at or before `from_ms` until `to_ms`, `most_ms` long at most; None when nothing is there.

        Ends early where the parameters change and, unless `over_gaps`, where more than GAP_ENDS_MS is missing.
        """
        pieces: list[Piece] = []
        parameters: StreamParameters | None = None
        start_ms = end_ms = 0
        for segment in await self._catalogue.segments(camera_id, from_ms, to_ms):
            found = await self._scan(segment)
            if found is None:
                continue
            groups = [group for group in found.fragments if group.end_ms > from_ms and group.start_ms < to_ms]
            if not groups:
                continue
            if parameters is None:
                if not groups[0].keyframe:
                    groups = _with_keyframe(found, groups)
                parameters, start_ms, end_ms = found.parameters, groups[0].start_ms, groups[0].start_ms
            elif found.parameters != parameters:
                break
            add_ticks = (groups[0].start_ms - start_ms) * 90 - groups[0].start_ticks
            ended = False
            for group in groups:
                is_hole = group.start_ms - end_ms > GAP_ENDS_MS and not over_gaps
                if is_hole or group.start_ms - start_ms >= most_ms:
                    ended = True
                    break
                if group.start_ms < start_ms or (pieces and group.end_ms <= end_ms):
                    continue  # the clock went back: what was shown is not shown again
                pieces.append(Piece(segment.path, found.parameters, group, add_ticks))
                end_ms = group.end_ms
            if ended:
                break
        return Stretch(parameters, pieces, start_ms, end_ms) if parameters is not None and pieces else None

    async def next_start_ms(self, camera_id: str, after_ms: int) -> int | None:
        """When the next recording begins."""
        segment = await self._catalogue.locate(camera_id, after_ms)
        return None if segment is None else max(segment.start_ms, after_ms)

    def init(self, stretch: Stretch, *, browser: bool) -> bytes:
        return init_segment(for_browser(stretch.parameters) if browser else stretch.parameters)

    async def read(self, stretch: Stretch, *, browser: bool) -> AsyncIterator[bytes]:
        """Fragment after fragment. Ends early when a file is taken away by retention while it is read."""
        loop = asyncio.get_running_loop()
        for number, piece in enumerate(stretch.pieces, 1):
            try:
                yield await loop.run_in_executor(self._threads, _read_piece, piece, number, browser)
            except (OSError, BrokenFileError) as error:
                log.warning("a recording went away while it was played: %s", type(error).__name__)
                return

    async def keyframe(self, camera_id: str, at_ms: int) -> tuple[VideoParameters, AccessUnit] | None:
        """The keyframe of the group that holds `at_ms`, or None when nothing was recorded then."""
        for segment in await self._catalogue.segments(camera_id, at_ms, at_ms + 1):
            found = await self._scan(segment)
            if found is None or found.parameters.video is None:
                continue
            group = next((one for one in found.fragments if one.start_ms <= at_ms < one.end_ms and one.keyframe), None)
            if group is None:
                continue
            piece = Piece(segment.path, found.parameters, group, 0)
            try:
                unit = await asyncio.get_running_loop().run_in_executor(self._threads, _first_picture, piece)
            except (OSError, BrokenFileError) as error:
                log.warning("a recording cannot be read: %s", type(error).__name__)
                continue
            if unit is not None:
                return found.parameters.video, unit
        return None

    async def _scan(self, segment: Segment) -> Scan | None:
        known = self._scans.get(segment.path)
        if known is None or segment.is_open or known.good_bytes < segment.size_bytes:
            try:
                known = await asyncio.get_running_loop().run_in_executor(self._threads, scan, segment.path, known)
            except (OSError, BrokenFileError) as error:
                log.warning("recording %s cannot be read: %s", segment.path.name, error)
                return None
            self._scans[segment.path] = known
            while len(self._scans) > KEPT_SCANS:
                self._scans.popitem(last=False)
        self._scans.move_to_end(segment.path)
        return known


def _with_keyframe(found: Scan, groups: list[Fragment]) -> list[Fragment]:
    """`groups` of `found` led by what is needed to decode the first."""
    first = found.fragments.index(groups[0])
    start = next((index for index in range(first, -1, -1) if found.fragments[index].keyframe), first)
    return [*found.fragments[start:first], *groups]


def _read_piece(piece: Piece, number: int, browser: bool) -> bytes:
    """Blocking."""
    data = read_fragment(piece.path, piece.fragment)
    shown = for_browser(piece.parameters) if browser else piece.parameters
    if shown == piece.parameters:
        return rebased(data, piece.fragment, piece.parameters, piece.add_ticks)
    # Sound that browsers cannot play is in the file: the group is written anew without it.
    units = read_units(data, piece.fragment, piece.parameters)
    return b"".join(fragment(shown, units, number, -piece.add_ticks))


def _first_picture(piece: Piece) -> AccessUnit | None:
    """Blocking."""
    units = read_units(read_fragment(piece.path, piece.fragment), piece.fragment, piece.parameters)
    return next((unit for unit in units if unit.is_video and unit.keyframe), None)
