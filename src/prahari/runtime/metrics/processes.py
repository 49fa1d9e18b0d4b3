"""Figures of the centre's processes: from what the supervisor writes down, and from the kernel."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
from prometheus_client.metrics_core import Metric

from prahari.runtime.metrics.families import counter, gauge


@dataclass(frozen=True, slots=True)
class _Used:
    """By a process and all that it started."""

    cpu_s: float
    rss_bytes: int
    files: int


def collect(home: Path) -> Iterator[Metric]:
    """What `home/run/processes.json` names. Nothing while it cannot be read."""
    try:
        rows: list[dict[str, Any]] = json.loads((home / "run" / "processes.json").read_text())["processes"]
    except (OSError, ValueError, KeyError):
        return
    named = [((str(row["name"]),), row) for row in rows]
    yield gauge("process_up", "1 while the process is ready", ("process",),
                ((name, float(row["state"] == "ready")) for name, row in named))  # fmt: skip
    yield counter("process_restarts", "Times that it ended and was started again", ("process",),
                  ((name, row["restarts"]) for name, row in named))  # fmt: skip
    used = [(name, found) for name, row in named if (found := _used(row)) is not None]
    yield counter("process_cpu_seconds", "Processor time, with all that it started", ("process",),
                  ((name, one.cpu_s) for name, one in used))  # fmt: skip
    yield gauge("process_resident_bytes", "Memory, with all that it started; shared pages count in each",
                ("process",), ((name, one.rss_bytes) for name, one in used))  # fmt: skip
    yield gauge("process_open_files", "File descriptors", ("process",), ((name, one.files) for name, one in used))


def _used(row: dict[str, Any]) -> _Used | None:
    """None: it has ended, or another process has its number by now."""
    try:
        first = psutil.Process(int(row["pid"]))
        if abs(first.create_time() - float(row["created_s"])) > 1:
            return None
        family = [first, *first.children(recursive=True)]
    except (psutil.Error, ValueError):
        return None
    cpu_s, rss_bytes, files = 0.0, 0, 0
    for one in family:
        try:
            with one.oneshot():
                times = one.cpu_times()
                rss_bytes += one.memory_info().rss
                files += one.num_fds()
            cpu_s += times.user + times.system
        except psutil.Error:
            continue  # it ended meanwhile
    return _Used(cpu_s, rss_bytes, files)
