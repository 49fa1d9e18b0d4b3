"""The state of the centre's machines, as the api process sees it."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path
from typing import Any

import msgspec
import nats.errors
import nats.js.errors
from django.conf import settings
from django.db import DatabaseError, connection

import prahari
from prahari.contracts.events import now_ms
from prahari.desks.common.actor import Actor
from prahari.desks.linking.engine import EventLogAwayError, line
from prahari.desks.linking.whereabouts import whereabouts
from prahari.desks.registry.totals import Remembered

ANSWER_S = 4.0
SCAN_S = 1.0
_sizes = Remembered(kept_ms=60_000, kept_max=4)


def report(actor: Actor) -> dict[str, Any]:
    """A Health. Needs system.view; never raises for a part that is away: that is what it is there to tell."""
    actor.require("system.view")
    config = settings.CONFIG
    workers: list[dict[str, Any]] = []
    event_log: dict[str, Any] = {"ok": False, "lag": None}
    try:
        event_log = {"ok": True, "lag": line.run(line.writer_lag(), ANSWER_S)}
    except (TimeoutError, EventLogAwayError, nats.errors.Error):
        event_log = {"ok": False, "lag": None}
    except nats.js.errors.Error:  # NATS answers; stream or writer are not there yet
        event_log = {"ok": False, "lag": None}
    try:
        workers = [msgspec.to_builtins(state) for state in line.run(line.workers(), ANSWER_S)]
    except (TimeoutError, EventLogAwayError, nats.errors.Error):
        workers = []
    storage: list[dict[str, Any]] = []
    try:
        storage = [msgspec.to_builtins(state) for state in line.run(line.storage(), ANSWER_S)]
    except (TimeoutError, EventLogAwayError, nats.errors.Error):
        storage = []
    disk = shutil.disk_usage(_existing(config.recordings))
    return {
        "database": {"ok": _database_answers()},
        "event_log": event_log,
        "workers": workers,
        "workers_expected": config.media_workers + whereabouts.others,
        "storage": storage,
        "disk": {
            "free_bytes": disk.free,
            "total_bytes": disk.total,
            "recordings_bytes": _recordings(config.recordings),
        },
        "version": prahari.__version__,
    }


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _existing(folder: Path) -> Path:
    """The folder, or the nearest above it that exists."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return folder


def _recordings(folder: Path) -> int | None:
    """Bytes of all recordings, looked at once a minute; None when there are too many files to add up in a second."""
    now = now_ms()
    found = _sizes.get(str(folder), now)
    if found is None:
        found = (_size(folder, time.monotonic() + SCAN_S), now)
        _sizes.put(str(folder), found[0], now)
    size: int | None = found[0]
    return size


def _size(folder: Path, deadline: float) -> int | None:
    total = 0
    for root, _, names in os.walk(folder):
        for name in names:
            try:
                total += (Path(root) / name).stat().st_blocks * 512
            except FileNotFoundError:  # retention removed it just now
                continue
        if time.monotonic() > deadline:
            return None
    return total
