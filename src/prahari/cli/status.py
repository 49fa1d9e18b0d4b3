"""`./prahari status`: which processes of the centre run, since when, and how often each was restarted."""

from __future__ import annotations

import argparse
import json
import time

from prahari.cli.stop import add_arguments, home_of

TITLE = "show the processes of the running centre"

__all__ = ["TITLE", "add_arguments", "run"]


def run(arguments: argparse.Namespace) -> int:
    import psutil
    from rich.console import Console
    from rich.table import Table

    from prahari.runtime import home

    folder = home_of(arguments)
    pid = home.holder(folder)
    if not pid:
        print(f"No centre is running in {folder}.")
        return 1
    try:
        rows = json.loads((folder / "run" / "processes.json").read_text())["processes"]
    except (FileNotFoundError, ValueError):
        rows = []
    table = Table("process", "pid", "state", "for", "restarts", "memory", box=None)
    for row in rows:
        try:
            memory = f"{psutil.Process(row['pid']).memory_info().rss // 1_000_000} MB" if row["pid"] else ""
        except psutil.NoSuchProcess:
            memory = ""
        age_s = int(time.time() - row["since_ms"] / 1000)
        age = f"{age_s // 3600}:{age_s // 60 % 60:02}:{age_s % 60:02}"
        table.add_row(row["name"], str(row["pid"]), row["state"], age, str(row["restarts"]), memory)
    Console().print(table)
    return 0
