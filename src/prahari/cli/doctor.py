"""`./prahari doctor`: what is wrong with this machine or this home, and what to do about it."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from prahari.cli.bootstrap import NODE_OLDEST, ROOT, digest, is_stamped, web_sources
from prahari.cli.stop import home_of

TITLE = "check this machine and this home, and say what to do"
DISK_MIN_BYTES = 5_000_000_000
MEMORY_MIN_BYTES = 2_000_000_000
OLDEST_CLOCK = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)


@dataclass
class Finding:
    """One check. advice: a sentence saying what to do; empty when ok."""

    name: str
    ok: bool
    found: str
    advice: str = ""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--home", type=Path, help="folder of all state (default: PRAHARI_HOME, else var)")
    parser.add_argument("--port", type=int, help="first port (default: PRAHARI_PORT, else 8400)")
    parser.add_argument("--json", action="store_true", help="one JSON object on the last line")


def run(arguments: argparse.Namespace) -> int:
    folder = home_of(arguments)
    port = arguments.port or int(os.environ.get("PRAHARI_PORT") or 8400)
    findings = list(examine(folder, port))
    bad = [finding for finding in findings if not finding.ok]
    if arguments.json:
        print(json.dumps({"ok": not bad, "checks": [asdict(each) for each in findings]}, ensure_ascii=False))
    else:
        for each in findings:
            print(
                f"{'ok ' if each.ok else '!! '} {each.name:<14} {each.found}{f'. {each.advice}' if each.advice else ''}"
            )
        print("\nAll is well." if not bad else f"\n{len(bad)} of {len(findings)} need attention.")
    return 1 if bad else 0


def examine(folder: Path, port: int) -> Iterator[Finding]:
    from prahari.runtime import home

    pid = home.holder(folder)
    yield Finding("centre", True, f"running as process {pid}" if pid else f"not running in {folder}")
    yield Finding("python", sys.version_info >= (3, 11), platform.python_version(), "")
    yield _program("node", ["node", "--version"], NODE_OLDEST, "Install Node.js 20.19 or newer to build the console")
    yield _program("git", ["git", "--version"], (2, 0), "Install git: apt-get install git")
    yield _program(
        "ffmpeg", ["ffmpeg", "-version"], (4, 0), "Install it to play clips with --video: apt-get install ffmpeg"
    )
    yield _web()
    yield from _machine(folder)
    yield from _keys(folder)
    yield _certificate(folder)
    yield from _postgres(folder, port, running=bool(pid))
    yield from _nats(folder, port, running=bool(pid))
    yield from _ports(port, running=bool(pid))


def _program(name: str, command: list[str], oldest: tuple[int, int], advice: str) -> Finding:
    if not shutil.which(command[0]):
        return Finding(name, False, "not installed", advice + ".")
    answer = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    found = re.search(r"(\d+)\.(\d+)[.\d]*", answer)
    if not found:
        return Finding(name, True, answer.split("\n")[0] or "installed")
    new_enough = (int(found[1]), int(found[2])) >= oldest
    return Finding(name, new_enough, found[0], "" if new_enough else advice + ".")


def _web() -> Finding:
    stamp = ROOT / "web" / "dist" / ".prahari-stamp"
    if not (ROOT / "web" / "dist" / "index.html").exists():
        return Finding("console", False, "not built", "Run ./prahari up: it builds it.")
    if not is_stamped(stamp, digest(web_sources())):
        return Finding("console", False, "older than its sources", "Run ./prahari up: it builds it again.")
    return Finding("console", True, "built from the present sources")


def _machine(folder: Path) -> Iterator[Finding]:
    import psutil

    existing = next(path for path in [folder, *folder.parents] if path.exists())
    writable = os.access(existing, os.W_OK)
    advice = f"Make {existing} writable for this user, or choose another folder with --home."
    yield Finding("home", writable, str(folder), "" if writable else advice)
    free = shutil.disk_usage(existing).free
    advice = "Recordings stop when the disk is nearly full: free some space or set PRAHARI_RECORDINGS to a larger disk."
    yield Finding("disk", free >= DISK_MIN_BYTES, f"{free / 1e9:.1f} GB free", "" if free >= DISK_MIN_BYTES else advice)
    memory = psutil.virtual_memory().available
    advice = "A centre needs about 1.2 GB: close other programs."
    enough = memory >= MEMORY_MIN_BYTES
    yield Finding("memory", enough, f"{memory / 1e9:.1f} GB available", "" if enough else advice)
    now = dt.datetime.now(dt.UTC)
    advice = "Set the clock and keep it with NTP (timedatectl set-ntp true): recordings and evidence depend on it."
    yield Finding("clock", now >= OLDEST_CLOCK, f"{now:%Y-%m-%d %H:%M} UTC", "" if now >= OLDEST_CLOCK else advice)


def _keys(folder: Path) -> Iterator[Finding]:
    from prahari.runtime import keys

    if not (folder / "keys").exists():
        yield Finding("keys", True, "will be made at the first start")
        return
    loose = keys.loose(folder)
    names = " ".join(str(path) for path in loose)
    advice = f"Others can read secrets: chmod 600 {names}."
    yield Finding(
        "keys", not loose, "private" if not loose else f"{len(loose)} open to others", advice if loose else ""
    )


def _certificate(folder: Path) -> Finding:
    from prahari.runtime import tls
    from prahari.runtime.errors import CentreError

    cert, key = os.environ.get("PRAHARI_TLS_CERT"), os.environ.get("PRAHARI_TLS_KEY")
    if not (cert and key):
        made = (folder / "tls" / "centre.crt").exists()
        return Finding(
            "certificate", True, "made by the centre, renewed at start" if made else "not needed on loopback"
        )
    try:
        tls.check_pair(Path(cert), Path(key))
    except CentreError as error:
        return Finding("certificate", False, "unusable", str(error))
    return Finding("certificate", True, cert)


def _postgres(folder: Path, port: int, running: bool) -> Iterator[Finding]:
    import psycopg

    from prahari.runtime.errors import CentreError
    from prahari.runtime.postgres import Postgres

    url = os.environ.get("DATABASE_URL")
    server = Postgres(folder, port + 3)
    if not url and not running:
        left = server.left_behind()
        advice = f"A killed centre left PostgreSQL process {left[0]} running; ./prahari up ends it." if left else ""
        stale = (server.data / "postmaster.pid").exists()
        found = "still running" if left else "stopped (lock file of a killed centre: harmless)" if stale else "stopped"
        yield Finding("database", not left, found, advice)
        return
    try:
        with psycopg.connect(url or server.url, connect_timeout=5) as connection:
            version = connection.info.server_version
        yield Finding(
            "database",
            version >= 150000,
            f"PostgreSQL {version // 10000}",
            "" if version >= 150000 else "Use 15 or newer.",
        )
    except (psycopg.Error, CentreError) as error:
        reason = str(error).strip().splitlines()[-1]
        yield Finding("database", False, "does not answer", f"{reason}. See {folder / 'logs' / 'postgres.log'}.")


def _nats(folder: Path, port: int, running: bool) -> Iterator[Finding]:
    from prahari.runtime.nats import Nats

    if os.environ.get("NATS_URL"):
        yield Finding("event log", True, "an outside server (NATS_URL)")
    elif not running:
        yield Finding("event log", True, "stopped")
    else:
        bind = os.environ.get("PRAHARI_NATS_BIND") or "127.0.0.1"
        ok = Nats(folder, int(os.environ.get("PRAHARI_NATS_PORT") or port + 2), bind).ready()
        advice = f"See {folder / 'logs' / 'nats.log'}, or give the centre's ports with --port."
        yield Finding("event log", ok, "answers" if ok else "does not answer", "" if ok else advice)


def _ports(port: int, running: bool) -> Iterator[Finding]:
    from prahari.runtime import ports

    if running:
        yield Finding("ports", True, f"in use by the centre from {port} on")
        return
    bind = os.environ.get("PRAHARI_BIND", "127.0.0.1")
    taken = [number for number in (port, port + 1, port + 2, port + 10) if not ports.is_free(number, bind)]
    who = f"{taken[0]} is taken by {ports.holder(taken[0])}" if taken else f"{port} to {port + 10} are free"
    yield Finding("ports", not taken, who, "Stop it, or start with --port and another number." if taken else "")
