"""What is on disk of each camera: an index that can always be rebuilt from the files, and gaps with their reasons."""

from __future__ import annotations

import asyncio
import logging
import secrets
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from prahari.contracts.media import GapData, Reason
from prahari.contracts.recording import EventMark
from prahari.engines.media.recording.keepings import damage, events, holds, reason_of
from prahari.engines.media.recording.schema import connect, name_disk
from prahari.engines.media.storage.disks import Disks
from prahari.engines.media.storage.journal import Journal

MERGE_MS = 1000

T = TypeVar("T")
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Segment:
    """One recorded file. `end_ms` of the growing one (`is_open`) is that of the last group on disk.

    `is_damaged`: some of it is not what was written.
    """

    camera_id: str
    path: Path
    start_ms: int
    end_ms: int
    size_bytes: int
    is_open: bool = False
    is_damaged: bool = False


@dataclass(frozen=True, slots=True)
class Timeline:
    """Answer of GET /timeline: `recordings` merged and sorted, cut to the asked stretch; `gaps` likewise.

    `pauses`: not recorded, and by the camera's policy not to be. `events`: for what was recorded. `damaged`: recorded,
    but not readable as it was written. `away`: recorded on a disk that is not here now.
    """

    recordings: list[tuple[int, int]] = field(default_factory=list)
    gaps: list[GapData] = field(default_factory=list)
    pauses: list[tuple[int, int]] = field(default_factory=list)
    events: list[EventMark] = field(default_factory=list)
    damaged: list[tuple[int, int]] = field(default_factory=list)
    away: list[tuple[int, int]] = field(default_factory=list)
    first_ms: int | None = None
    last_ms: int | None = None
    held: bool = False


class Catalogue:
    """SQLite (WAL) behind a thread of its own. Async methods belong to the event loop.

    `growing`: the segments being written, newer than their rows; kept by the recorders, path -> segment.
    """

    def __init__(self, path: Path, disks: Disks) -> None:
        self._path = path
        self.disks = disks
        self._journal = Journal(disks)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="catalogue")
        self._database: sqlite3.Connection | None = None
        self._deferred: list[Callable[[sqlite3.Connection], object]] = []
        self.growing: dict[Path, Segment] = {}
        self._inode = 0

    async def open(self) -> None:
        """A catalogue that cannot be read is put aside and begun anew: the files are the truth."""
        await self.run(lambda _: None)

    async def close(self) -> None:
        def end(database: sqlite3.Connection) -> None:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            database.close()
            self._database = None

        try:
            await self.run(end)
        except sqlite3.Error as error:
            logger.error("the catalogue was not closed in order: %s", error)
        self._thread.shutdown()

    async def run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """`work(connection)` in the catalogue's thread, in one transaction."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._in_transaction, work)

    def write(self, work: Callable[[sqlite3.Connection], object]) -> None:
        """The same without waiting. A write that fails (disk full) is done again with the next one."""
        self._thread.submit(self._write, work)

    async def timeline(self, camera_id: str, from_ms: int, to_ms: int) -> Timeline:
        def read(
            database: sqlite3.Connection,
        ) -> tuple[list[tuple[int, str, int | None]], tuple[int | None, int | None]]:
            gaps = database.execute(
                "SELECT start_ms, reason, end_ms FROM gap WHERE camera_id = ? AND start_ms < ?"
                " AND (end_ms IS NULL OR end_ms >= ?) ORDER BY start_ms",
                (camera_id, to_ms, from_ms),
            ).fetchall()
            ends = database.execute(
                "SELECT min(start_ms), max(end_ms) FROM segment WHERE camera_id = ? AND size_bytes > 0", (camera_id,)
            ).fetchone()
            return gaps, ends

        def read_marks(database: sqlite3.Connection) -> tuple[bool, list[EventMark], list[tuple[int, int]]]:
            held = bool(holds(database, camera_id, from_ms, to_ms))
            where = "camera_id = ? AND from_ms < ? AND until_ms > ?"
            marks = events(database, where, camera_id, to_ms, from_ms).get(camera_id, [])
            return held, marks, damage(database, camera_id, from_ms, to_ms)

        segments = await self.segments(camera_id, from_ms, to_ms)
        gap_rows, (first_ms, last_ms) = await self.run(read)
        held, marks, damaged = await self.run(read_marks)
        here, away = self._by_presence(segments)
        gaps: list[GapData] = []
        pauses: list[tuple[int, int]] = []
        for start, text, end in gap_rows:
            start, end, reason = max(start, from_ms), min(to_ms if end is None else end, to_ms), reason_of(text)
            if reason is Reason.BY_POLICY:
                pauses.append((start, end))
            else:
                gaps.append(GapData(start, end, reason))
        growing = [
            segment for segment in self.growing.values() if segment.camera_id == camera_id and segment.size_bytes
        ]
        starts = [segment.start_ms for segment in growing] + ([] if first_ms is None else [first_ms])
        ends = [segment.end_ms for segment in growing] + ([] if last_ms is None else [last_ms])
        return Timeline(
            merged(here, from_ms, to_ms),
            gaps,
            pauses,
            marks,
            [(max(start, from_ms), min(end, to_ms)) for start, end in damaged],
            merged(away, from_ms, to_ms),
            min(starts, default=None),
            max(ends, default=None),
            held,
        )

    def _by_presence(self, segments: list[Segment]) -> tuple[list[Segment], list[Segment]]:
        """Those that can be read now, and those on a disk that failed or is not here."""
        here: list[Segment] = []
        away: list[Segment] = []
        for segment in segments:
            (away if self.is_away(segment.path) else here).append(segment)
        return here, away

    def is_away(self, path: Path) -> bool:
        return not any(path.is_relative_to(disk.root) and not disk.is_failed for disk in self.disks)

    async def damaged(self, camera_id: str, from_ms: int, to_ms: int) -> list[tuple[int, int]]:
        """Stretches of which it is known that what lies on disk is not what was written."""
        return await self.run(lambda database: damage(database, camera_id, from_ms, to_ms))

    async def locate(self, camera_id: str, at_ms: int) -> Segment | None:
        """The segment that holds `at_ms`, else the next later one, else None."""
        found = await self.segments(camera_id, at_ms, at_ms + 1)
        if found:
            return found[-1]

        def read(database: sqlite3.Connection) -> list[Segment]:
            rows = database.execute(
                "SELECT camera_id, path, start_ms, end_ms, size_bytes, is_open, is_damaged FROM segment"
                " WHERE camera_id = ? AND start_ms > ? AND size_bytes > 0 ORDER BY start_ms LIMIT 1",
                (camera_id, at_ms),
            )
            return [self._segment(row) for row in rows]

        later = await self.run(read)
        later += [one for one in self.growing.values() if one.camera_id == camera_id and one.start_ms > at_ms]
        later = [self.growing.get(one.path, one) for one in later]
        return min((one for one in later if one.size_bytes), key=lambda one: one.start_ms, default=None)

    async def segments(self, camera_id: str, from_ms: int, to_ms: int) -> list[Segment]:
        """Every segment that overlaps the stretch, by start."""

        def read(database: sqlite3.Connection) -> list[Segment]:
            rows = database.execute(
                "SELECT camera_id, path, start_ms, end_ms, size_bytes, is_open, is_damaged FROM segment"
                " WHERE camera_id = ? AND start_ms < ? AND end_ms > ? AND NOT is_open",
                (camera_id, to_ms, from_ms),
            )
            return [self._segment(row) for row in rows]

        # A file that is closed while its row is read is in neither: what was known of it before counts then.
        found = self._growing_of(camera_id)
        found |= {segment.path: segment for segment in await self.run(read)}
        found |= self._growing_of(camera_id)
        found = {path: one for path, one in found.items() if one.start_ms < to_ms and one.end_ms > from_ms}
        return sorted((one for one in found.values() if one.size_bytes), key=lambda one: one.start_ms)

    def _growing_of(self, camera_id: str) -> dict[Path, Segment]:
        return {path: one for path, one in self.growing.items() if one.camera_id == camera_id}

    async def hold(self, camera_id: str, from_ms: int, to_ms: int, why: str) -> int:
        """Keep what overlaps the stretch from retention until `release`. Returns the hold's number.

        Written beside the recordings too: a lost catalogue must not let evidence go. Raises OSError when it cannot be.
        """

        def add(database: sqlite3.Connection) -> int:
            row = (camera_id, from_ms, to_ms, why)
            hold_id = secrets.randbits(52)  # the workers of a machine write into one journal
            database.execute(
                "INSERT INTO hold (id, camera_id, from_ms, to_ms, why) VALUES (?, ?, ?, ?, ?)", (hold_id, *row)
            )
            self._journal.hold(hold_id, *row)
            return hold_id

        return await self.run(add)

    async def release(self, hold_id: int) -> None:
        def remove(database: sqlite3.Connection) -> None:
            row = database.execute("SELECT camera_id FROM hold WHERE id = ?", (hold_id,)).fetchone()
            if row is not None:
                database.execute("DELETE FROM hold WHERE id = ?", (hold_id,))
                self._journal.release(row[0], hold_id)

        await self.run(remove)

    # rows, for the recorder and recovery; called with `run` or `write`

    def put(self, database: sqlite3.Connection, segment: Segment) -> None:
        database.execute(
            "INSERT OR REPLACE INTO segment (path, camera_id, start_ms, end_ms, size_bytes, is_open, is_damaged)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                self.disks.key_of(segment.path),
                segment.camera_id,
                segment.start_ms,
                segment.end_ms,
                segment.size_bytes,
                int(segment.is_open),
                int(segment.is_damaged),
            ),
        )

    def drop(self, database: sqlite3.Connection, path: Path) -> None:
        key = self.disks.key_of(path)
        database.execute("DELETE FROM segment WHERE path = ?", (key,))
        database.execute("DELETE FROM damage WHERE path = ?", (key,))

    def rows(self, database: sqlite3.Connection, where: str, *values: object) -> list[Segment]:
        """Segments by a condition written in this package."""
        query = f"SELECT camera_id, path, start_ms, end_ms, size_bytes, is_open, is_damaged FROM segment WHERE {where}"  # noqa: S608
        return [self._segment(row) for row in database.execute(query, values)]

    def _segment(self, row: tuple[str, str, int, int, int, int, int]) -> Segment:
        camera_id, path, start_ms, end_ms, size_bytes, is_open, is_damaged = row
        whole = self.disks.path_of(path)
        return Segment(camera_id, whole, start_ms, end_ms, size_bytes, bool(is_open), bool(is_damaged))

    # in the thread

    def _connection(self) -> sqlite3.Connection:
        if self._database is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            try:
                self._database = self._connect()
            except sqlite3.DatabaseError as error:
                if isinstance(error, sqlite3.OperationalError):
                    raise
                logger.error("the catalogue cannot be read and is made anew from the files: %s", error)
                self._path.replace(self._path.with_suffix(".broken"))
                for suffix in ("-wal", "-shm"):
                    Path(f"{self._path}{suffix}").unlink(missing_ok=True)
                self._database = self._connect()
        return self._database

    def _connect(self) -> sqlite3.Connection:
        database = connect(self._path)
        self._inode = self._path.stat().st_ino
        return database

    def name_disks(self, database: sqlite3.Connection) -> None:
        """Files of a catalogue from before there were several disks lie on the first one."""
        first = next((disk for disk in self.disks if disk.disk_id), None)
        if first is not None:
            name_disk(database, first.disk_id)

    def _reopen_if_gone(self) -> bool:
        """Whether the catalogue's file was taken away or exchanged: then it is made or opened anew."""
        try:
            inode = self._path.stat().st_ino
        except FileNotFoundError:
            inode = -1
        if self._database is None or inode == self._inode:
            return False
        logger.error("the catalogue was taken away or exchanged: it is filled again from the files")
        self._database.close()
        self._database = None
        if inode < 0:  # what is left of the old one is not for a new one
            for suffix in ("-wal", "-shm"):
                Path(f"{self._path}{suffix}").unlink(missing_ok=True)
        self._connection()
        return True

    async def reopen_if_gone(self) -> bool:
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._reopen_if_gone)

    def _in_transaction(self, work: Callable[[sqlite3.Connection], T]) -> T:
        database = self._connection()
        deferred, self._deferred = self._deferred, []
        if deferred:
            for each in deferred:
                self._write(each)
        database.execute("BEGIN")
        try:
            result = work(database)
        except BaseException:
            if database.in_transaction:
                database.execute("ROLLBACK")
            raise
        if self._database is not None and database.in_transaction:
            database.execute("COMMIT")
        return result

    def _write(self, work: Callable[[sqlite3.Connection], object]) -> None:
        try:
            database = self._connection()
            with database:
                work(database)
        except sqlite3.Error as error:
            logger.error("the catalogue could not be written and will be again: %s", error)
            if len(self._deferred) < 10_000:
                self._deferred.append(work)


def merged(segments: list[Segment], from_ms: int, to_ms: int) -> list[tuple[int, int]]:
    """The stretches that files cover, cut to the two moments; files follow each other by a second or less."""
    found: list[tuple[int, int]] = []
    for segment in segments:
        start, end = max(segment.start_ms, from_ms), min(segment.end_ms, to_ms)
        if found and start - found[-1][1] <= MERGE_MS:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        elif end > start:
            found.append((start, end))
    return found
