"""One camera onto disk: groups of pictures into files of about five minutes, gaps into the catalogue."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from prahari.contracts.events import now_ms
from prahari.contracts.media import GapData, Reason
from prahari.contracts.recording import EventMark
from prahari.engines.media.cameras.ports import Due
from prahari.engines.media.mp4.fragment import fragment, init_segment
from prahari.engines.media.mp4.seal import NOTE, OWNER, box
from prahari.engines.media.recording.catalogue import Segment
from prahari.engines.media.recording.policy import rest
from prahari.engines.media.recording.writer import GrowingFile
from prahari.engines.media.storage.disk import Disk
from prahari.engines.media.types import AccessUnit, GroupOfPictures, StreamParameters

if TYPE_CHECKING:
    from prahari.engines.media.recording.store import RecordingStore

FILE_MS = 300_000
NEW_FILE_GAP_MS = 2000
SMALLEST_GAP_MS = 500
RETRY_S = 2.0
LATE_MS = 10_000
"""A connection that comes later than this after it was due is missing, not starting."""
MOST_REFUSED_BYTES = 16_000_000
"""What one camera may hold back of a disk that failed, to put it on another one."""


class _File:
    """A file being written, with what its next fragment needs."""

    def __init__(self, path: Path, disk: Disk, group: GroupOfPictures) -> None:
        self.growing = GrowingFile(path, disk)
        self.parameters = group.parameters
        self.start_ms = group.start_ms
        self.base_ticks = group.units[0].decode_ticks
        self.end_ms = group.start_ms
        self.sequence = 0
        self.in_flight = 0

    def takes(self, group: GroupOfPictures) -> bool:
        """Whether the group goes on where this file ends."""
        return (
            not self.growing.failed
            and not self.growing.disk.is_failed
            and group.parameters == self.parameters
            and abs(group.start_ms - self.end_ms) <= NEW_FILE_GAP_MS
            and group.start_ms - self.start_ms < FILE_MS
            and group.units[0].decode_ticks >= self.base_ticks
        )


class Recorder:
    """A Sink that puts one camera on disk. Made by RecordingStore.recorder.

    `due(from_ms, to_ms)`: what should have been recorded then; what lies between is no gap.
    """

    wants_units = False

    def __init__(self, store: RecordingStore, camera_id: str, retention_days: int, due: Due | None = None) -> None:
        self._store = store
        self.camera_id = camera_id
        self.retention_days = retention_days
        self._due = due or (lambda from_ms, to_ms: [(from_ms, to_ms)])
        self._file: _File | None = None
        self._finished = asyncio.Event()
        self._finished.set()
        self._unfinished = 0
        self._in_flight = 0
        self._landed = asyncio.Event()
        self._landed.set()
        self._refused_groups: list[GroupOfPictures] = []
        self._refused_bytes = 0
        self._notes: dict[str, EventMark] = {}
        self._unwritten_notes: dict[str, EventMark] = {}
        self._began_ms = now_ms()
        self._source_gap: tuple[Reason, int] | None = None
        self._disk_gap: tuple[Reason, int] | None = None
        self._retry_s = 0.0
        self._recorded = False
        self._is_first = True
        self._explained_ms = 0  # up to here everything is on disk or told as a gap
        self._closed = False

    @property
    def is_recording(self) -> bool:
        """Whether the newest group went (or is on its way) to disk."""
        return self._recorded and self._disk_gap is None and self._source_gap is None

    @property
    def trouble(self) -> Reason:
        """DISK_FULL, DISK_SLOW, DISK_ERROR, DISK_GONE while no disk takes anything, else NONE."""
        return self._disk_gap[0] if self._disk_gap is not None else Reason.NONE

    def on_parameters(self, parameters: StreamParameters) -> None:
        """Every group brings its own."""

    def on_unit(self, unit: AccessUnit) -> None:
        """Whole groups are written."""

    def on_group(self, group: GroupOfPictures) -> None:
        if self._closed:
            return
        if self._explained_ms and group.start_ms - self._explained_ms > SMALLEST_GAP_MS and self._source_gap is None:
            self._tell_gap(Reason.CONNECTION_LOST, self._explained_ms, group.start_ms)
        self._explained_ms = group.end_ms
        if self._refused_groups:  # behind what a failing disk gave back, which goes first
            self._hold_back(group, self.trouble or Reason.DISK_ERROR, None)
            return
        self._put(group)

    def on_lost(self, reason: Reason, start_ms: int, end_ms: int | None) -> None:
        if self._closed:
            return
        if end_ms is not None:
            if self._source_gap is not None and self._source_gap[1] == start_ms:
                self._source_gap = None
            self._explained_ms = max(self._explained_ms, end_ms)
            self._tell_gap(reason, start_ms, end_ms)
            return
        if self._source_gap is not None and self._source_gap[1] == start_ms and self._source_gap[0] is not reason:
            self._forget_gap(self._source_gap[0], start_ms)
        self._source_gap = (reason, start_ms)
        self._store.put_gap(self.camera_id, start_ms, None, reason)

    def note(self, mark: EventMark) -> None:
        """Why what comes now is recorded: into the file with the next group, and into each that follows."""
        self._notes[mark.event_id] = self._unwritten_notes[mark.event_id] = mark

    async def flushed(self) -> None:
        """All that was handed in so far is on disk, or refused by it."""
        await self._landed.wait()

    async def close(self, reason: Reason = Reason.NONE) -> None:
        """Last group on disk, file closed. `reason` other than NONE: a gap begins here (NO_PERMIT, ...)."""
        if self._closed:
            return
        self._closed = True
        await self._landed.wait()
        self._finish_file()
        await self._finished.wait()
        last_ms = self._store.last_end_ms.get(self.camera_id)
        if reason is not Reason.NONE and last_ms is not None and self._source_gap is None:
            self._source_gap = (reason, last_ms)
            self._store.put_gap(self.camera_id, last_ms, None, reason)
        if self._source_gap is not None:
            self._store.pending[self.camera_id] = self._source_gap
        self._store.forget(self)

    # to disk

    def _put(self, group: GroupOfPictures) -> None:
        file = self._file
        if file is not None and not file.takes(group):
            self._finish_file()
            file = None
        if file is None:
            first = next((unit for unit in group.units if unit.is_video), group.units[0])
            if not first.keyframe:
                return
            if self._disk_gap is not None and time.monotonic() < self._retry_s:
                return
            file = self._begin_file(group)
            if file is None:
                self._refused(self._store.why_no_disk, group.start_ms)
                return
        file.sequence += 1
        pieces = fragment(file.parameters, group.units, file.sequence, file.base_ticks, wall_ms=group.start_ms)
        # Notes before the fragment that they belong to: a cut after it leaves both or none.
        notes = self._unwritten_notes if file.sequence > 1 else self._notes_of(group)
        if notes:
            pieces[:0] = [box(NOTE, msgspec.json.encode(mark)) for mark in notes.values()]
            self._unwritten_notes = {}
        if file.sequence == 1:
            fence = self._store.fence_of(self.camera_id)
            if any(fence):
                pieces.insert(0, box(OWNER, msgspec.json.encode(fence)))
            pieces.insert(0, init_segment(file.parameters))
        size = sum(map(len, pieces))

        def done(reason: Reason, size_bytes: int) -> None:
            self._written(file, reason, size_bytes, group, size)

        if not self._store.writer_of(file.growing.disk).append(file.growing, pieces, done):
            self._store.disks.refused(file.growing.disk, Reason.DISK_SLOW, None)
            self._refused(Reason.DISK_SLOW, group.start_ms)
            self._finish_file()
            return
        file.end_ms = group.end_ms
        file.in_flight += 1
        self._in_flight += 1
        self._landed.clear()

    def _notes_of(self, group: GroupOfPictures) -> dict[str, EventMark]:
        self._notes = {key: mark for key, mark in self._notes.items() if mark.until_ms > group.start_ms}
        return self._notes

    def _begin_file(self, group: GroupOfPictures) -> _File | None:
        """None: no disk takes a file."""
        disk = self._store.disks.choose(self.camera_id, group.start_ms // FILE_MS)
        if disk is None:
            return None
        day = datetime.fromtimestamp(group.start_ms / 1000, UTC).strftime("%Y-%m-%d")
        folder = disk.root / self.camera_id / day
        start_ms = group.start_ms
        path = folder / f"{start_ms}.mp4"
        while path in self._store.catalogue.growing:
            start_ms += 1
            path = folder / f"{start_ms}.mp4"
        file = self._file = _File(path, disk, group)
        self._unfinished += 1
        self._finished.clear()
        segment = Segment(self.camera_id, path, group.start_ms, group.start_ms, 0, is_open=True)
        self._store.catalogue.growing[path] = segment
        self._store.catalogue.write(lambda database: self._store.catalogue.put(database, segment))
        return file

    def _written(self, file: _File, reason: Reason, size_bytes: int, group: GroupOfPictures, size: int) -> None:
        file.in_flight -= 1
        self._in_flight -= 1
        path = file.growing.path
        if reason is Reason.NODE_LOST:  # another's by now: nothing is wrong with the disk, and nothing is tried again
            if self._file is file:
                self._finish_file()
            self._settle_flight()
            return
        if reason is not Reason.NONE:
            self._store.disks.refused(file.growing.disk, reason, file.growing.error)
            if self._file is file:
                self._finish_file()
            self._hold_back(group, reason, file.growing.disk, size)
            if file.in_flight == 0:
                self._put_again(reason)
            self._settle_flight()
            return
        growing = self._store.catalogue.growing
        segment = growing[path]
        growing[path] = replace(segment, end_ms=group.end_ms, size_bytes=size_bytes)
        self._recorded = True
        if self._is_first:
            self._is_first = False
            self._store.when_known_before(self.camera_id, group.start_ms, self._tell_gap_before)
        if self._disk_gap is not None and group.start_ms >= self._disk_gap[1]:
            (disk_reason, since_ms), self._disk_gap = self._disk_gap, None
            if group.start_ms - since_ms > SMALLEST_GAP_MS:
                self._tell_gap(disk_reason, since_ms, group.start_ms)
            else:
                self._forget_gap(disk_reason, since_ms)
        self._store.last_end_ms[self.camera_id] = group.end_ms
        self._settle_flight()

    def _settle_flight(self) -> None:
        if self._in_flight == 0 and not self._refused_groups:
            self._landed.set()

    def _hold_back(self, group: GroupOfPictures, reason: Reason, refusing: Disk | None, size: int = 0) -> None:
        """A group that a disk gave back, or that came behind such a one: kept for another disk, if there is one."""
        size = size or sum(len(u.data) if isinstance(u.data, bytes) else sum(map(len, u.data)) for u in group.units)
        if self._refused_bytes + size > MOST_REFUSED_BYTES or not self._store.has_disk_beside(refusing):
            self._refused(reason, group.start_ms)
            return
        self._refused_groups.append(group)
        self._refused_bytes += size

    def _put_again(self, reason: Reason) -> None:
        """Everything that the failed file had in flight has come back: onto another disk, in order."""
        groups, self._refused_groups, self._refused_bytes = self._refused_groups, [], 0
        self._unwritten_notes = dict(self._notes)
        for group in groups:
            self._put(group)

    def _refused(self, reason: Reason, start_ms: int) -> None:
        """No disk took a group."""
        self._retry_s = time.monotonic() + RETRY_S
        if self._disk_gap is None:
            self._disk_gap = (reason, start_ms)
            self._store.put_gap(self.camera_id, start_ms, None, reason)
            self._store.disk_in_trouble(reason)

    def _finish_file(self) -> None:
        file, self._file = self._file, None
        if file is None:
            return

        def done() -> None:
            catalogue = self._store.catalogue
            segment = catalogue.growing.pop(file.growing.path)
            lost, disk = file.growing.lost, file.growing.disk
            if lost is not None:
                self._store.disks.refused(disk, Reason.DISK_ERROR, lost)
            if segment.size_bytes:
                # On a failed disk it stays open in the catalogue: it is looked at again when the disk is back.
                is_left = file.growing.disk.is_failed
                size = segment.size_bytes if is_left else max(segment.size_bytes, file.growing.size)
                closed = replace(segment, is_open=is_left, size_bytes=size)
                catalogue.write(lambda database: catalogue.put(database, closed))
            else:
                catalogue.write(lambda database: catalogue.drop(database, segment.path))
            self._unfinished -= 1
            if self._unfinished == 0:
                self._finished.set()

        self._store.writer_of(file.growing.disk).finish(file.growing, done)

    # what is missing

    def _tell_gap_before(self, start_ms: int) -> None:
        """What is missing between the last recording and the first group on disk, and why."""
        pending = self._store.pending.pop(self.camera_id, None)
        last_ms = self._store.first_missing_ms.pop(self.camera_id, None)
        self._store.end_gaps(self.camera_id, start_ms)
        if pending is not None and start_ms > pending[1]:
            self._tell_gap(pending[0], pending[1], start_ms)
        elif pending is not None:
            self._forget_gap(*pending)
        elif last_ms is not None and start_ms - last_ms > SMALLEST_GAP_MS:
            self._tell_gap(Reason.ENGINE_RESTART, last_ms, start_ms)

    def _tell_gap(self, reason: Reason, start_ms: int, end_ms: int) -> None:
        """What of it should have been recorded is a gap, the rest is as the policy wants it."""
        due = self._due(start_ms, end_ms)
        if due != [(start_ms, end_ms)]:
            self._forget_gap(reason, start_ms)
        for start, end in rest(start_ms, end_ms, due):
            self._store.put_gap(self.camera_id, start, end, Reason.BY_POLICY)
        if reason is Reason.BY_POLICY and due:  # it was to be recorded again by then, and nothing came
            reason = self._why_late(due[0][0], due[-1][1])
        for start, end in due:
            if end - start > SMALLEST_GAP_MS or (start, end) == (start_ms, end_ms):
                self._store.put_gap(self.camera_id, start, end, reason)
                self._store.on_gap(self.camera_id, GapData(start, end, reason))

    def _why_late(self, due_ms: int, came_ms: int) -> Reason:
        if due_ms < self._began_ms - LATE_MS:
            return Reason.ENGINE_RESTART
        return Reason.STARTING if came_ms - due_ms < LATE_MS else Reason.CONNECTION_LOST

    def _forget_gap(self, reason: Reason, start_ms: int) -> None:
        self._store.forget_gap(self.camera_id, start_ms, reason)
