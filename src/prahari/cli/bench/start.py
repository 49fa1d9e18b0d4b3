"""`./prahari bench start`: a clean clone to live pictures, memory at rest, a restart."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil

from prahari.cli.bench._console import Console
from prahari.runtime import ports

TITLE = "from a clean clone to a signed-in console with live pictures; restart; memory at rest"
GOALS = {"first_start_s": "<= 120", "restart_s": "<= 10", "idle_rss_mb": "<= 1200"}
ROOT = Path(__file__).resolve().parents[4]
OPEN_WITHIN_S = 600.0
SETTLE_S = 20.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--record", type=int, default=48, help="cameras recorded without a break (48)")
    parser.add_argument("--cold", action="store_true", help="with empty package caches: everything is downloaded")
    parser.add_argument("--here", action="store_true", help="start this checkout instead of a clean clone of it")


def run(arguments: argparse.Namespace) -> dict[str, Any]:
    folder = Path(tempfile.mkdtemp(prefix="prahari-bench-start-"))
    folder.chmod(0o711)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # also then stop the centre and remove the folder
    try:
        return asyncio.run(_Bench(folder, arguments).run())
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")


class _Bench:
    def __init__(self, folder: Path, arguments: argparse.Namespace) -> None:
        self._folder = folder
        self._arguments = arguments
        self._home = folder / "home"
        self._port = ports.free_run(14)
        inherited = ("PRAHARI_", "DJANGO_", "DATABASE_URL", "NATS_URL", "VIRTUAL_ENV")
        self._environment = {name: value for name, value in os.environ.items() if not name.startswith(inherited)}
        if arguments.cold:
            self._environment |= {"UV_CACHE_DIR": str(folder / "uv"), "npm_config_cache": str(folder / "npm")}
        self._clone = ROOT if arguments.here else folder / "clone"
        if not arguments.here:
            subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", str(ROOT), str(self._clone)], check=True)

    async def run(self) -> dict[str, Any]:
        first = await self._start("first start")
        _say(f"letting it settle for {SETTLE_S:.0f} s")
        await asyncio.sleep(SETTLE_S)
        memory = self._memory()
        first_stop_s = await self._stop(first["process"])
        again = await self._start("restart", first["account"])
        await self._stop(again["process"])
        return {
            "first_start_s": first["seconds"],
            "first_open_s": first["open_s"],
            "restart_s": again["seconds"],
            "restart_open_s": again["open_s"],
            "stop_s": first_stop_s,
            **memory,
            "recorded": self._arguments.record,
            "package_caches": "empty" if self._arguments.cold else "as on this machine",
        }

    async def _start(self, what: str, account: tuple[str, str] | None = None) -> dict[str, Any]:
        """Start and wait for a signed-in console with a live picture."""
        _say(f"{what} ...")
        started_s = time.monotonic()
        command = ["./prahari", "up", "--demo", "--record", str(self._arguments.record)]
        process = await asyncio.create_subprocess_exec(
            *command,
            *("--home", str(self._home), "--port", str(self._port)),
            cwd=self._clone,
            env=self._environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        try:
            said = await asyncio.wait_for(self._read_until_open(process), OPEN_WITHIN_S)
            open_s = time.monotonic() - started_s
            _say(f"{what}: open after {open_s:.1f} s")
            asyncio.ensure_future(self._drain(process))  # noqa: RUF006 - ends with the process
            found = re.search(r"user name +(\S+)\s+one-time password +(\S+)", said)
            username, password = account or (found.groups() if found else ("", ""))
            async with Console(f"http://127.0.0.1:{self._port}") as console:
                password = await console.sign_in(username, password)
                await self._live(console)
            seconds = time.monotonic() - started_s
        except BaseException:
            process.terminate()
            await process.wait()
            raise
        _say(f"{what}: a live picture after {seconds:.1f} s")
        return {"process": process, "seconds": seconds, "open_s": open_s, "account": (username, password)}

    async def _live(self, console: Console) -> None:
        """Wait for a live picture of any recorded camera; the engine may still be learning of them."""
        deadline = time.monotonic() + 60
        while True:
            try:
                cameras = (await console.call("GET", "/api/v1/cameras?recorded=true&limit=1"))["items"]
                if not cameras:
                    raise RuntimeError("no camera is recorded yet")
                await console.first_picture(cameras[0]["id"], within_s=10)
                return
            except (RuntimeError, TimeoutError, OSError) as error:
                if time.monotonic() > deadline:
                    raise RuntimeError(f"no live picture: {error}") from error
                await asyncio.sleep(0.2)

    async def _read_until_open(self, process: asyncio.subprocess.Process) -> str:
        assert process.stdout
        said = ""
        while "Ctrl-C stops" not in said:
            line = await process.stdout.readline()
            if not line:
                raise RuntimeError(f"the centre did not open:\n{said}")
            said += line.decode()
        return said

    async def _drain(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout
        while await process.stdout.readline():
            pass

    def _memory(self) -> dict[str, Any]:
        """MB of the centre's processes: RSS summed (shared pages counted in each) and PSS (counted once)."""
        rows = json.loads((self._home / "run" / "processes.json").read_text())
        rss: dict[str, float] = {}
        pss = 0.0
        for name, pid in [("supervisor", rows["pid"]), *((row["name"], row["pid"]) for row in rows["processes"])]:
            top = psutil.Process(pid)
            family = [top] if name == "supervisor" else [top, *top.children(recursive=True)]
            rss[name] = round(sum(each.memory_info().rss for each in family) / 1e6, 1)
            if name != "simcity":
                pss += sum(each.memory_full_info().pss for each in family) / 1e6
        cameras = rss.pop("simcity", 0.0)
        return {
            "idle_rss_mb": round(sum(rss.values()), 1),
            "idle_pss_mb": round(pss, 1),
            "simulated_cameras_rss_mb": cameras,
            "rss_mb_by_process": rss,
        }

    async def _stop(self, process: asyncio.subprocess.Process) -> float:
        started_s = time.monotonic()
        process.send_signal(signal.SIGINT)
        await asyncio.wait_for(process.wait(), 60)
        return round(time.monotonic() - started_s, 1)
