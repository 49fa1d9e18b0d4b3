"""./prahari media rebuild: the index of all recordings made again from the disks alone."""

from __future__ import annotations

import argparse
import json
import os
import sqlite3
import sys
import time
from dataclasses import asdict
from pathlib import Path

from prahari.contracts.config import Config, ConfigError, load
from prahari.runtime.errors import CentreError

TITLE = "recordings: make their index again from the files"
SAY_EVERY_S = 1.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(dest="media_command", metavar="COMMAND", required=True)
    rebuild = commands.add_parser(
        "rebuild",
        help=TITLE,
        description="Reads every recording disk and fills the catalogues of all media workers. "
        "The centre may run or be stopped; no recording is changed.",
    )
    rebuild.add_argument("--home", type=Path, help="folder of all state (default: PRAHARI_HOME, else var)")
    rebuild.add_argument("--workers", type=int, help="media workers of the centre (default: as many as it had last)")
    rebuild.add_argument("--json", action="store_true", help="print what was found as one JSON object")


def _config(arguments: argparse.Namespace) -> Config:
    environment = {**os.environ, **({"PRAHARI_HOME": str(arguments.home)} if arguments.home else {})}
    if arguments.workers is None and "PRAHARI_MEDIA_WORKERS" not in environment:
        home = load(environment).home
        if (home / "node.json").exists():  # a machine that joined numbers its workers otherwise
            from prahari.runtime.nodes import machine

            environment["PRAHARI_NODE_NUMBER"] = str(machine.read(home).number)
        environment["PRAHARI_MEDIA_WORKERS"] = str(max(1, len(list(home.glob("media-[0-9]*")))))
    elif arguments.workers is not None:
        environment["PRAHARI_MEDIA_WORKERS"] = str(arguments.workers)
    return load(environment)


def run(arguments: argparse.Namespace) -> int:
    from prahari.engines.media.storage.rebuild import Report, rebuild

    said_s = 0.0

    def progress(done: int, total: int, report: Report) -> None:
        nonlocal said_s
        if time.monotonic() - said_s < SAY_EVERY_S and done < total:
            return
        said_s = time.monotonic()
        sys.stderr.write(f"{done} of {total} cameras, {report.files} files, {report.size_bytes / 1e9:.1f} GB\n")

    try:
        report = rebuild(_config(arguments), progress)
    except (ConfigError, OSError, sqlite3.Error) as error:
        raise CentreError(f"The index cannot be made: {error}") from error
    if arguments.json:
        print(json.dumps({**asdict(report), "damaged": [str(path) for path in report.damaged]}))
        return 0
    print(
        f"{report.files} files of {report.cameras} cameras, {report.events} notes of events, {report.gaps} gaps and "
        f"{report.holds} legal holds found; {report.growing} files are left to the engine."
    )
    for path in report.damaged:
        print(f"Cannot be read: {path}")
    for root in report.disks_away:
        print(f"Not here: {root}. What lies on it is listed again when it is back.")
    return 1 if report.damaged or report.disks_away else 0
