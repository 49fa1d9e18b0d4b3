"""Finding recorded groups of pictures for a stretch of time and reading them, away from the event loop."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from prahari.engines.media.mp4.fragment import for_browser, fragment, init_segment
from prahari.engines.media.mp4.reader import (
    BrokenFileError,
    Fragment,
    Scan,
    read_at,
    read_fragment,
    read_units,
    rebased,
    scan,
)
from prahari.engines.media.mp4.seal import crc32c
from prahari.engines.media.recording.catalogue import Catalogue, Segment
from prahari.engines.media.storage.verify import appends
from prahari.engines.media.types import AccessUnit, StreamParameters, VideoParameters

log = logging.getLogger(__name__)

GAP_ENDS_MS = 2_000
THREADS = 3
KEPT_SCANS = 8


@dataclass(frozen=True, slots=True)
class Piece:
    """One recorded group. `add_ticks` moves its time to that of the stretch, where 0 is the first picture.

    `whole`: offset, size and CRC-32C of the append that it came in; None: the file has no seal yet.
    """

    segment: Segment
    parameters: StreamParameters
    fragment: Fragment
    add_ticks: int
    whole: tuple[int, int, int] | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """Groups that follow each other with the same parameters. `start_ms`: its first picture; `end_ms`: its end."""

    parameters: StreamParameters
    pieces: list[Piece]
    start_ms: int
    end_ms: int
    damaged_ms: int = 0
    """How much between start and end is known to be damaged; it is left out."""


class DamagedError(Exception):
    """What was read is not what was written."""


async def _tell_nobody(segment: Segment, damaged: list[tuple[int, int]]) -> None:
    """Nobody keeps a list of damage."""


class Shelf:
    """Reads recordings of this worker. Few threads: a disk serves few readers well, and live pictures come first.

    What is read is compared with the seal of its file; `on_damage(file, stretches)` is told of what differs.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        on_damage: Callable[[Segment, list[tuple[int, int]]], Awaitable[None]] = _tell_nobody,
    ) -> None:
        self._catalogue = catalogue
        self._on_damage = on_damage
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
        start_ms = end_ms = damaged_ms = 0
        damaged = await self._catalogue.damaged(camera_id, from_ms, to_ms)
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
                if any(start < group.end_ms and end > group.start_ms for start, end in damaged):
                    damaged_ms += group.end_ms - group.start_ms
                else:
                    pieces.append(Piece(segment, found.parameters, group, add_ticks, _whole(found, group)))
                end_ms = group.end_ms
            if ended:
                break
        if parameters is None or not pieces:
            return None
        return Stretch(parameters, pieces, start_ms, end_ms, damaged_ms)

    async def next_start_ms(self, camera_id: str, after_ms: int) -> int | None:
        """When the next recording begins."""
        segment = await self._catalogue.locate(camera_id, after_ms)
        return None if segment is None else max(segment.start_ms, after_ms)

    def init(self, stretch: Stretch, *, browser: bool) -> bytes:
        return init_segment(for_browser(stretch.parameters) if browser else stretch.parameters)

    async def read(self, stretch: Stretch, *, browser: bool) -> AsyncIterator[bytes]:
        """Fragment after fragment. Ends early when a file is taken away by retention while it is read.

        Raises DamagedError when it comes upon damage that was not known: asked again, it leaves that out and says so.
        """
        loop = asyncio.get_running_loop()
        for number, piece in enumerate(stretch.pieces, 1):
            try:
                yield await loop.run_in_executor(self._threads, _read_piece, piece, number, browser)
            except DamagedError:
                await self._damaged(piece)
                raise
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
            piece = Piece(segment, found.parameters, group, 0, _whole(found, group))
            try:
                unit = await asyncio.get_running_loop().run_in_executor(self._threads, _first_picture, piece)
            except DamagedError:
                await self._damaged(piece)
                continue
            except (OSError, BrokenFileError) as error:
                log.warning("a recording cannot be read: %s", type(error).__name__)
                continue
            if unit is not None:
                return found.parameters.video, unit
        return None

    async def _damaged(self, piece: Piece) -> None:
        """The reader was here before the patient one."""
        await self._on_damage(piece.segment, [(piece.fragment.start_ms, piece.fragment.end_ms)])

    async def _scan(self, segment: Segment) -> Scan | None:
        known = self._scans.get(segment.path)
        if known is None or segment.is_open or known.good_bytes < segment.size_bytes:
            try:
                known = await asyncio.get_running_loop().run_in_executor(self._threads, scan, segment.path, known)
            except (OSError, BrokenFileError) as error:
                log.warning("recording %s cannot be read: %s", segment.path.name, error)
                if not segment.is_open and not self._catalogue.is_away(segment.path):
                    await self._on_damage(segment, [(segment.start_ms, segment.end_ms)])
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


def _whole(found: Scan, group: Fragment) -> tuple[int, int, int] | None:
    """The append of the file that holds the group."""
    return next((one for one in appends(found) if one[0] <= group.offset < one[0] + one[1]), None)


def _read_group(piece: Piece) -> bytes:
    """The group's bytes, compared with the seal. Blocking. Raises DamagedError, OSError, BrokenFileError."""
    path, fragment = piece.segment.path, piece.fragment
    if piece.whole is None:
        return read_fragment(path, fragment)
    offset, size, crc = piece.whole
    data = read_at(path, offset, size)
    if crc32c(data) != crc:
        raise DamagedError
    at = fragment.offset - offset
    return data[at : at + fragment.size]


def _read_piece(piece: Piece, number: int, browser: bool) -> bytes:
    """Blocking."""
    data = _read_group(piece)
    shown = for_browser(piece.parameters) if browser else piece.parameters
    if shown == piece.parameters:
        return rebased(data, piece.fragment, piece.parameters, piece.add_ticks)
    # Sound that browsers cannot play is in the file: the group is written anew without it.
    units = read_units(data, piece.fragment, piece.parameters)
    return b"".join(fragment(shown, units, number, -piece.add_ticks))


def _first_picture(piece: Piece) -> AccessUnit | None:
    """Blocking."""
    units = read_units(_read_group(piece), piece.fragment, piece.parameters)
    return next((unit for unit in units if unit.is_video and unit.keyframe), None)
