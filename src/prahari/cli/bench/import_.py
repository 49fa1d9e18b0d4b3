"""`./prahari bench import`: 50,000 messy rows (English, Hindi, Kruti Dev) into a register on a real PostgreSQL."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from prahari.runtime import keys, ports
from prahari.runtime.postgres import Postgres

TITLE = "a list of 50,000 rows into the register"
GOALS = {"seconds": "<= 30", "rows_lost": "= 0"}
START_S = 60.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--rows", type=int, default=50_000, help="of the list (50000)")


def run(arguments: argparse.Namespace) -> dict[str, Any]:
    folder = Path(tempfile.mkdtemp(prefix="prahari-bench-import-"))
    folder.chmod(0o711)
    try:
        with _database(folder) as environment:
            path = folder / "list.xlsx"
            _say(f"making a list of {arguments.rows:,} rows")
            _python(environment, folder, "prahari.cli.bench._import_list", str(path), str(arguments.rows))
            _say("bringing it in")
            done = json.loads(
                _python(environment, folder, "prahari.cli.bench._import_list", str(path)).splitlines()[-1]
            )
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    counts = done["counts"]
    # A row is accounted for when its premises stand in the register, when it waits to be decided, or with its reason.
    accounted = done["in_register"] + counts["decide"] + counts["bad"]
    repeated = counts["new"] + counts["more"] + counts["same"]
    return {
        "seconds": done["seconds"],
        "rows_lost": arguments.rows - accounted,
        "rows_per_s": round(arguments.rows / done["seconds"]),
        "committed": repeated,
        "premises": done["premises"],
        "same": counts["same"],
        "duplicates": counts["decide"],
        "bad": counts["bad"],
        "read_s": done["read_s"],
        "understand_s": done["understand_s"],
        "commit_s": done["commit_s"],
        "cpu_s": done["cpu_s"],
        "rss_mb": done["rss_mb"],
        "reader_rss_mb": done["reader_rss_mb"],
    }


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")


def _python(environment: dict[str, str], folder: Path, *arguments: str) -> str:
    with (folder / "log").open("a") as log:
        done = subprocess.run(
            [sys.executable, "-m", *arguments], env=environment, stdout=subprocess.PIPE, stderr=log, text=True,
            check=False,
        )  # fmt: skip
    if done.returncode != 0:
        raise SystemExit(f"{arguments[0]} failed:\n{(folder / 'log').read_text()[-3000:]}")
    return done.stdout


@contextlib.contextmanager
def _database(folder: Path) -> Iterator[dict[str, str]]:
    """Environment of a centre whose database is running and migrated; nothing else of it runs."""
    keys.ensure(folder)
    first = ports.free_run(12)
    postgres = Postgres(home=folder, port=first + 11)
    postgres.prepare()
    inherited = ("PRAHARI_", "DJANGO_", "DATABASE_URL", "NATS_URL")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(inherited)} | {
        "PRAHARI_HOME": str(folder),
        "PRAHARI_PORT": str(first),
        "PRAHARI_LOG": "warning",
        "NATS_URL": f"nats://127.0.0.1:{first + 10}",
        "DATABASE_URL": postgres.url,
    }
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(postgres.command(), env=environment, stdout=log, stderr=log)
        try:
            deadline = time.monotonic() + START_S
            while not postgres.ready():
                if process.poll() is not None or time.monotonic() > deadline:
                    raise SystemExit(f"The scratch database did not start:\n{(folder / 'log').read_text()[-2000:]}")
                time.sleep(0.05)
            postgres.ensure_database()
            _say("migrating")
            _python(environment, folder, "prahari.desks.manage", "migrate", "-v0")
            yield environment
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
