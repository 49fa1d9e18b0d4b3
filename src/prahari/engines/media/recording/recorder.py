"""One camera onto disk: groups of pictures into files of about five minutes, gaps into the catalogue."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from prahari.contracts.media import GapData, Reason
from prahari.engines.media.mp4.fragment import fragment, init_segment
from prahari.engines.media.recording.catalogue import Segment, put_gap
from prahari.engines.media.recording.writer import GrowingFile
from prahari.engines.media.types import AccessUnit, GroupOfPictures, StreamParameters

if TYPE_CHECKING:
    from prahari.engines.media.recording.store import RecordingStore

FILE_MS = 300_000
NEW_FILE_GAP_MS = 2000
SMALLEST_GAP_MS = 500
RETRY_S = 2.0


class _File:
    """A file being written, with what its next fragment needs."""

    def __init__(self, path: Path, group: GroupOfPictures) -> None:
        self.growing = GrowingFile(path)
        self.parameters = group.parameters
        self.start_ms = group.start_ms
        self.base_ticks = group.units[0].decode_ticks
        self.end_ms = group.start_ms
        self.sequence = 0

    def takes(self, group: GroupOfPictures) -> bool:
        """Whether the group goes on where this file ends."""
        return (
            not self.growing.failed
            and group.parameters == self.parameters
            and abs(group.start_ms - self.end_ms) <= NEW_FILE_GAP_MS
            and group.start_ms - self.start_ms < FILE_MS
            and group.units[0].decode_ticks >= self.base_ticks
        )


class Recorder:
    """A Sink that puts one camera on disk. Made by RecordingStore.recorder."""

    wants_units = False

    def __init__(self, store: RecordingStore, camera_id: str, retention_days: int) -> None:
        self._store = store
        self.camera_id = camera_id
        self.retention_days = retention_days
        self._file: _File | None = None
        self._finished = asyncio.Event()
        self._finished.set()
        self._unfinished = 0
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
        """DISK_FULL, DISK_SLOW, DISK_ERROR while the disk refuses, else NONE."""
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
        file.sequence += 1
        pieces = fragment(file.parameters, group.units, file.sequence, file.base_ticks, wall_ms=group.start_ms)
        if file.sequence == 1:
            pieces.insert(0, init_segment(file.parameters))
        start_ms, end_ms = group.start_ms, group.end_ms

        def done(reason: Reason, size_bytes: int) -> None:
            self._written(file, reason, size_bytes, start_ms, end_ms)

        if not self._store.writer.append(file.growing, pieces, done):
            self._refused(Reason.DISK_SLOW, start_ms)
            self._finish_file()
            return
        file.end_ms = end_ms

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
        self._store.catalogue.write(lambda database: put_gap(database, self.camera_id, start_ms, None, reason))

    async def close(self, reason: Reason = Reason.NONE) -> None:
        """Last group on disk, file closed. `reason` other than NONE: a gap begins here (NO_PERMIT, ...)."""
        if self._closed:
            return
        self._closed = True
        self._finish_file()
        await self._finished.wait()
        last_ms = self._store.last_end_ms.get(self.camera_id)
        if reason is not Reason.NONE and last_ms is not None and self._source_gap is None:
            self._source_gap = (reason, last_ms)
            camera_id, start_ms = self.camera_id, last_ms
            self._store.catalogue.write(lambda database: put_gap(database, camera_id, start_ms, None, reason))
        if self._source_gap is not None:
            self._store.pending[self.camera_id] = self._source_gap
        self._store.forget(self)

    def _begin_file(self, group: GroupOfPictures) -> _File:
        day = datetime.fromtimestamp(group.start_ms / 1000, UTC).strftime("%Y-%m-%d")
        folder = self._store.recordings / self.camera_id / day
        start_ms = group.start_ms
        path = folder / f"{start_ms}.mp4"
        while path in self._store.catalogue.growing:
            start_ms += 1
            path = folder / f"{start_ms}.mp4"
        file = self._file = _File(path, group)
        self._unfinished += 1
        self._finished.clear()
        segment = Segment(self.camera_id, path, group.start_ms, group.start_ms, 0, is_open=True)
        self._store.catalogue.growing[path] = segment
        self._store.catalogue.write(lambda database: self._store.catalogue.put(database, segment))
        return file

    def _written(self, file: _File, reason: Reason, size_bytes: int, start_ms: int, end_ms: int) -> None:
        path = file.growing.path
        if reason is not Reason.NONE:
            self._refused(reason, start_ms)
            if self._file is file:
                self._finish_file()
            return
        growing = self._store.catalogue.growing
        segment = growing[path]
        growing[path] = replace(segment, end_ms=end_ms, size_bytes=size_bytes)
        self._recorded = True
        if self._is_first:
            self._is_first = False
            self._tell_gap_before(start_ms)
        if self._disk_gap is not None and start_ms >= self._disk_gap[1]:
            (disk_reason, since_ms), self._disk_gap = self._disk_gap, None
            self._tell_gap(disk_reason, since_ms, start_ms)
        self._store.last_end_ms[self.camera_id] = end_ms

    def _refused(self, reason: Reason, start_ms: int) -> None:
        """The disk did not take a group."""
        self._retry_s = time.monotonic() + RETRY_S
        if self._disk_gap is None:
            self._disk_gap = (reason, start_ms)
            self._store.catalogue.write(lambda database: put_gap(database, self.camera_id, start_ms, None, reason))
            self._store.disk_in_trouble(reason)

    def _finish_file(self) -> None:
        file, self._file = self._file, None
        if file is None:
            return

        def done() -> None:
            catalogue = self._store.catalogue
            segment = catalogue.growing.pop(file.growing.path)
            if segment.size_bytes:
                closed = replace(segment, is_open=False)
                catalogue.write(lambda database: catalogue.put(database, closed))
            else:
                catalogue.write(lambda database: catalogue.drop(database, segment.path))
            self._unfinished -= 1
            if self._unfinished == 0:
                self._finished.set()

        self._store.writer.finish(file.growing, done)

    def _tell_gap_before(self, start_ms: int) -> None:
        """The first group on disk: what is missing between the last recording and now, and why."""
        pending = self._store.pending.pop(self.camera_id, None)
        last_ms = self._store.first_missing_ms.pop(self.camera_id, None)
        camera_id = self.camera_id
        # Others that the end of the process left open ended at the same time.
        query = "UPDATE gap SET end_ms = ? WHERE camera_id = ? AND end_ms IS NULL AND start_ms < ?"
        values = (start_ms, camera_id, start_ms)
        self._store.catalogue.write(lambda database: database.execute(query, values))
        if pending is not None and start_ms > pending[1]:
            self._tell_gap(pending[0], pending[1], start_ms)
        elif pending is not None:
            self._forget_gap(*pending)
        elif last_ms is not None and start_ms - last_ms > SMALLEST_GAP_MS:
            self._tell_gap(Reason.ENGINE_RESTART, last_ms, start_ms)

    def _tell_gap(self, reason: Reason, start_ms: int, end_ms: int) -> None:
        camera_id = self.camera_id
        self._store.catalogue.write(lambda database: put_gap(database, camera_id, start_ms, end_ms, reason))
        self._store.on_gap(camera_id, GapData(start_ms, end_ms, reason))

    def _forget_gap(self, reason: Reason, start_ms: int) -> None:
        query = "DELETE FROM gap WHERE camera_id = ? AND start_ms = ? AND reason = ?"
        values = (self.camera_id, start_ms, reason.value)
        self._store.catalogue.write(lambda database: database.execute(query, values))
