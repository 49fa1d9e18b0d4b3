"""What is on disk of each camera: an index that can always be rebuilt from the files, and gaps with their reasons."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from prahari.contracts.media import GapData, Reason

MERGE_MS = 1000

T = TypeVar("T")
_GapRow = tuple[int, str, int | None]
logger = logging.getLogger(__name__)

_SCHEMA = """
CREATE TABLE IF NOT EXISTS segment (
    path       TEXT    PRIMARY KEY,
    camera_id  TEXT    NOT NULL,
    start_ms   INTEGER NOT NULL,
    end_ms     INTEGER NOT NULL,
    size_bytes INTEGER NOT NULL,
    is_open    INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS segment_camera ON segment (camera_id, start_ms, end_ms);
CREATE INDEX IF NOT EXISTS segment_age ON segment (start_ms);
CREATE INDEX IF NOT EXISTS segment_open ON segment (is_open) WHERE is_open;
CREATE TABLE IF NOT EXISTS gap (
    camera_id TEXT    NOT NULL,
    start_ms  INTEGER NOT NULL,
    reason    TEXT    NOT NULL,
    end_ms    INTEGER,
    PRIMARY KEY (camera_id, start_ms, reason)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS gap_open ON gap (camera_id) WHERE end_ms IS NULL;
CREATE TABLE IF NOT EXISTS hold (
    id        INTEGER PRIMARY KEY,
    camera_id TEXT    NOT NULL,
    from_ms   INTEGER NOT NULL,
    to_ms     INTEGER NOT NULL,
    why       TEXT    NOT NULL
);
CREATE TABLE IF NOT EXISTS camera (
    camera_id       TEXT    PRIMARY KEY,
    retention_days  INTEGER NOT NULL,
    purge_before_ms INTEGER NOT NULL DEFAULT 0,
    needs_request   INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
"""
_LATER_COLUMNS = {"camera": {"purge_before_ms", "needs_request"}}
"""Not in catalogues of earlier versions: added when missing."""


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
    """SQLite (WAL) behind a thread of its own. Async methods belong to the event loop.

    `growing`: the segments being written, newer than their rows; kept by the recorders, path -> segment.
    """

    def __init__(self, path: Path, recordings: Path) -> None:
        self._path = path
        self.recordings = recordings
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="catalogue")
        self._database: sqlite3.Connection | None = None
        self._deferred: list[Callable[[sqlite3.Connection], object]] = []
        self.growing: dict[Path, Segment] = {}

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

        segments = await self.segments(camera_id, from_ms, to_ms)
        gap_rows, (first_ms, last_ms) = await self.run(read)
        held = bool(await self.run(lambda database: _holds(database, camera_id, from_ms, to_ms)))
        merged: list[tuple[int, int]] = []
        for segment in segments:
            start, end = max(segment.start_ms, from_ms), min(segment.end_ms, to_ms)
            if merged and start - merged[-1][1] <= MERGE_MS:
                merged[-1] = (merged[-1][0], max(merged[-1][1], end))
            elif end > start:
                merged.append((start, end))
        gaps = [
            GapData(max(start, from_ms), min(to_ms if end is None else end, to_ms), _reason(reason))
            for start, reason, end in gap_rows
        ]
        growing = [
            segment for segment in self.growing.values() if segment.camera_id == camera_id and segment.size_bytes
        ]
        starts = [segment.start_ms for segment in growing] + ([] if first_ms is None else [first_ms])
        ends = [segment.end_ms for segment in growing] + ([] if last_ms is None else [last_ms])
        return Timeline(merged, gaps, min(starts, default=None), max(ends, default=None), held)

    async def locate(self, camera_id: str, at_ms: int) -> Segment | None:
        """The segment that holds `at_ms`, else the next later one, else None."""
        found = await self.segments(camera_id, at_ms, at_ms + 1)
        if found:
            return found[-1]

        def read(database: sqlite3.Connection) -> list[Segment]:
            rows = database.execute(
                "SELECT camera_id, path, start_ms, end_ms, size_bytes, is_open FROM segment"
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
                "SELECT camera_id, path, start_ms, end_ms, size_bytes, is_open FROM segment"
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
        """Keep what overlaps the stretch from retention until `release`. Returns the hold's number."""

        def add(database: sqlite3.Connection) -> int:
            row = (camera_id, from_ms, to_ms, why)
            number = database.execute("INSERT INTO hold (camera_id, from_ms, to_ms, why) VALUES (?, ?, ?, ?)", row)
            return number.lastrowid or 0

        return await self.run(add)

    async def release(self, hold_id: int) -> None:
        await self.run(lambda database: database.execute("DELETE FROM hold WHERE id = ?", (hold_id,)))

    # rows, for the recorder and recovery; called with `run` or `write`

    def put(self, database: sqlite3.Connection, segment: Segment) -> None:
        database.execute(
            "INSERT OR REPLACE INTO segment (path, camera_id, start_ms, end_ms, size_bytes, is_open)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (
                str(segment.path.relative_to(self.recordings)),
                segment.camera_id,
                segment.start_ms,
                segment.end_ms,
                segment.size_bytes,
                int(segment.is_open),
            ),
        )

    def drop(self, database: sqlite3.Connection, path: Path) -> None:
        database.execute("DELETE FROM segment WHERE path = ?", (str(path.relative_to(self.recordings)),))

    def rows(self, database: sqlite3.Connection, where: str, *values: object) -> list[Segment]:
        """Segments by a condition written in this package."""
        query = f"SELECT camera_id, path, start_ms, end_ms, size_bytes, is_open FROM segment WHERE {where}"  # noqa: S608
        return [self._segment(row) for row in database.execute(query, values)]

    def _segment(self, row: tuple[str, str, int, int, int, int]) -> Segment:
        camera_id, path, start_ms, end_ms, size_bytes, is_open = row
        return Segment(camera_id, self.recordings / path, start_ms, end_ms, size_bytes, bool(is_open))

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
        database = sqlite3.connect(self._path, isolation_level=None, check_same_thread=False)
        try:
            database.execute("PRAGMA journal_mode = WAL")
            database.execute("PRAGMA synchronous = NORMAL")
            database.execute("PRAGMA busy_timeout = 5000")
            database.execute("PRAGMA cache_size = -2000")
            database.executescript(_SCHEMA)
            for table, columns in _LATER_COLUMNS.items():
                present = {row[1] for row in database.execute(f"PRAGMA table_info({table})")}
                for column in sorted(columns - present):
                    database.execute(f"ALTER TABLE {table} ADD COLUMN {column} INTEGER NOT NULL DEFAULT 0")
        except sqlite3.Error:
            database.close()
            raise
        return database

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


@dataclass(frozen=True, slots=True)
class Keeping:
    """How long a camera's recordings are kept and to whom they are shown; kept when its plan or permit is gone.

    `purge_before_ms`: what ended before is to be deleted. `needs_request`: shown to who names a request only.
    """

    retention_days: int
    purge_before_ms: int = 0
    needs_request: bool = False


def put_keeping(database: sqlite3.Connection, camera_id: str, keeping: Keeping) -> None:
    database.execute(
        "INSERT OR REPLACE INTO camera (camera_id, retention_days, purge_before_ms, needs_request) VALUES (?, ?, ?, ?)",
        (camera_id, keeping.retention_days, keeping.purge_before_ms, int(keeping.needs_request)),
    )


def keepings(database: sqlite3.Connection) -> dict[str, Keeping]:
    """Of every camera that a plan was ever heard of."""
    rows = database.execute("SELECT camera_id, retention_days, purge_before_ms, needs_request FROM camera")
    return {camera_id: Keeping(days, purge_ms, bool(request)) for camera_id, days, purge_ms, request in rows}


def put_gap(database: sqlite3.Connection, camera_id: str, start_ms: int, end_ms: int | None, reason: Reason) -> None:
    database.execute(
        "INSERT OR REPLACE INTO gap (camera_id, start_ms, reason, end_ms) VALUES (?, ?, ?, ?)",
        (camera_id, start_ms, reason.value, end_ms),
    )


def _holds(database: sqlite3.Connection, camera_id: str, from_ms: int, to_ms: int) -> list[tuple[int]]:
    query = "SELECT id FROM hold WHERE camera_id = ? AND from_ms < ? AND to_ms > ?"
    return database.execute(query, (camera_id, to_ms, from_ms)).fetchall()


def _reason(text: str) -> Reason:
    return Reason(text) if text in Reason._value2member_map_ else Reason.NONE
