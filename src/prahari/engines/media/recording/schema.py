"""Tables of the catalogue, and how an older one becomes a new one."""

from __future__ import annotations

import sqlite3
from pathlib import Path

_SCHEMA = """
CREATE TABLE IF NOT EXISTS segment (
    path       TEXT    PRIMARY KEY,
    camera_id  TEXT    NOT NULL,
    start_ms   INTEGER NOT NULL,
    end_ms     INTEGER NOT NULL,
    size_bytes INTEGER NOT NULL,
    is_open    INTEGER NOT NULL,
    checked_ms INTEGER NOT NULL DEFAULT 0,
    is_damaged INTEGER NOT NULL DEFAULT 0
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
    needs_request   INTEGER NOT NULL DEFAULT 0,
    disk_class      TEXT    NOT NULL DEFAULT ''
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS event (
    camera_id TEXT    NOT NULL,
    event_id  TEXT    NOT NULL,
    why       TEXT    NOT NULL,
    at_ms     INTEGER NOT NULL,
    from_ms   INTEGER NOT NULL,
    until_ms  INTEGER NOT NULL,
    PRIMARY KEY (camera_id, event_id)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS damage (
    path     TEXT    NOT NULL,
    start_ms INTEGER NOT NULL,
    end_ms   INTEGER NOT NULL,
    found_ms INTEGER NOT NULL,
    PRIMARY KEY (path, start_ms)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS disk (
    root    TEXT PRIMARY KEY,
    disk_id TEXT NOT NULL,
    mount   TEXT NOT NULL
) WITHOUT ROWID;
"""
_LATER_COLUMNS = {
    "camera": {
        "purge_before_ms": "INTEGER NOT NULL DEFAULT 0",
        "needs_request": "INTEGER NOT NULL DEFAULT 0",
        "disk_class": "TEXT NOT NULL DEFAULT ''",
    },
    "segment": {"checked_ms": "INTEGER NOT NULL DEFAULT 0", "is_damaged": "INTEGER NOT NULL DEFAULT 0"},
}
"""Not in catalogues of earlier versions: added when missing."""


def connect(path: Path) -> sqlite3.Connection:
    """A catalogue with all its tables. Raises sqlite3.Error."""
    database = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    try:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = NORMAL")
        database.execute("PRAGMA busy_timeout = 5000")
        database.execute("PRAGMA cache_size = -2000")
        database.executescript(_SCHEMA)
        for table, columns in _LATER_COLUMNS.items():
            present = {row[1] for row in database.execute(f"PRAGMA table_info({table})")}
            for column, kind in columns.items():
                if column not in present:
                    database.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind}")
        database.execute("CREATE INDEX IF NOT EXISTS segment_checked ON segment (checked_ms) WHERE NOT is_open")
    except sqlite3.Error:
        database.close()
        raise
    return database


def name_disk(database: sqlite3.Connection, disk_id: str) -> None:
    """Files of catalogues from before there were several disks lie on the first one."""
    database.execute(
        "UPDATE OR REPLACE segment SET path = ? || '/' || path WHERE length(path) - length(replace(path, '/', '')) = 2",
        (disk_id,),
    )
