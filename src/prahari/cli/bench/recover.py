"""bench recover: what is lost, and for how long, when processes are killed, cameras misbehave and the disk fills.

A scratch centre with simulated cameras runs as in the demonstration. What counts is what lies on disk afterwards:
every figure is read from the recorded files, not from what the engine says of itself.

- lost_s: pictures that had reached us and are not on disk (goal: at most one group of pictures).
- reconnect_s: from the end of the trouble to the first picture recorded after it.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

from prahari.engines.media.mp4.reader import BrokenFileError, scan
from prahari.runtime import ports
from prahari.runtime.centre import Centre, Options

TITLE = "Recovery after kills, bad cameras and a full disk"
GOALS = {"lost_s_max": "<= 2", "reconnect_s_max": "<= 10", "corrupt_files": "<= 0"}

TROUBLE_S = 12.0
WITHIN_S = 60.0
TMPFS_MB = 160
FILMS = Path(__file__).resolve().parents[4] / "var" / "films"
"""Kept from run to run: filming the simulated scenes would take minutes of a core away from what is measured."""
KILLED = ("media-0", "nats", "postgres", "writer", "events", "api", "tasks")


@dataclass(frozen=True)
class Stretch:
    """One recorded group of pictures, Unix milliseconds."""

    start_ms: int
    end_ms: int


@dataclass(frozen=True)
class Result:
    name: str
    lost_s: float
    reconnect_s: float


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--cameras", type=int, default=8, help="recorded cameras (default 8)")


def run(arguments: argparse.Namespace) -> dict[str, object]:
    home = Path(tempfile.mkdtemp(prefix="prahari-bench-"))
    home.chmod(0o711)
    recordings = home / "recordings"
    recordings.mkdir()
    on_tmpfs = _mount_tmpfs(recordings)
    try:
        return asyncio.run(_Bench(home, recordings, on_tmpfs, arguments.cameras).run())
    finally:
        if on_tmpfs:
            subprocess.run(["umount", "-l", str(recordings)], check=False)
        shutil.rmtree(home, ignore_errors=True)


def _mount_tmpfs(folder: Path) -> bool:
    """A small file system of its own, to fill it for real. Needs root; without it that part is left out."""
    if os.geteuid() != 0:
        return False
    command = ["mount", "-t", "tmpfs", "-o", f"size={TMPFS_MB}m", "tmpfs", str(folder)]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


class _Bench:
    def __init__(self, home: Path, recordings: Path, on_tmpfs: bool, cameras: int) -> None:
        self._recordings = recordings
        self._on_tmpfs = on_tmpfs
        self._cameras = cameras
        os.environ.setdefault("PRAHARI_FILMS", str(FILMS))
        os.environ.update(PRAHARI_RECORDINGS=str(recordings), PRAHARI_DISK_RESERVE_MB="0", PRAHARI_LOG="warning")
        port = ports.free_run(ports.OF_A_CENTRE)
        self._control = f"http://127.0.0.1:{port + 5}"
        self._home = home
        self._centre = Centre(Options(home=home, port=port, demo=True, record=cameras), report=lambda step: None)

    async def run(self) -> dict[str, object]:
        for name in ("run", "logs"):
            (self._home / name).mkdir(exist_ok=True)
        self._centre.prepare()
        results: list[Result] = []
        try:
            await self._centre.run_until_open()
            await self._recording_since(_now_ms())
            results += [await self._kill(name) for name in KILLED]
            results.append(await self._camera_trouble("stalled camera", {"stall": True}))
            results.append(await self._camera_trouble("connection refused", {"refuse": True}))
            results.append(await self._camera_trouble("packet loss 5 %", {"loss_pct": 5.0}))
            results.append(await self._dropped())
            if self._on_tmpfs:
                results.append(await self._disk_full())
        finally:
            await self._centre.stop()
        groups = [s.end_ms - s.start_ms for stretches in self._stretches().values() for s in stretches]
        answer: dict[str, object] = {
            "lost_s_max": round(max(result.lost_s for result in results), 2),
            "group_of_pictures_s": round(sorted(groups)[len(groups) // 2] / 1000, 2),
            "reconnect_s_max": round(max(result.reconnect_s for result in results), 2),
            "corrupt_files": self._corrupt_files(),
            "cameras": self._cameras,
            "files": len(list(self._recordings.rglob("*.mp4"))),
        }
        for result in results:
            answer[result.name] = f"lost {result.lost_s:.2f} s, back after {result.reconnect_s:.2f} s"
        if not self._on_tmpfs:
            answer["disk full"] = "not measured: needs root for a small file system"
        return answer

    async def _kill(self, name: str) -> Result:
        """kill -9. The engine's own death may cost the group being received; anybody else's must cost nothing."""
        before = self._process(name)
        os.kill(before["pid"], signal.SIGKILL)
        killed_ms = _now_ms()

        async def back() -> bool:
            now = self._process(name)
            return bool(now["pid"] != before["pid"] and now["state"] == "ready")

        await _until(back, f"{name} did not come back")
        back_s = (_now_ms() - killed_ms) / 1000
        await self._recording_since(_now_ms())
        if name.startswith("media"):
            return self._result(f"kill -9 {name}", killed_ms, killed_ms)
        holes = [
            later.start_ms - earlier.end_ms
            for stretches in self._stretches().values()
            for earlier, later in itertools.pairwise(stretches)
            if later.start_ms > killed_ms - 1000
        ]
        return Result(f"kill -9 {name}", max(0.0, max(holes, default=0) / 1000), back_s)

    async def _camera_trouble(self, name: str, fault: dict[str, Any]) -> Result:
        await self._command("PUT", "/faults", {"path": "*", **fault})
        began_ms = _now_ms()
        await asyncio.sleep(TROUBLE_S)  # the trouble itself, not a wait for something
        await self._command("DELETE", "/faults", None)
        healed_ms = _now_ms()
        await self._recording_since(healed_ms)
        # With packets missing, pictures never reached us whole: nothing that we had is lost.
        result = self._result(name, began_ms, healed_ms)
        return Result(name, 0.0, result.reconnect_s) if "loss_pct" in fault else result

    async def _dropped(self) -> Result:
        await self._command("POST", "/drop", {"path": "*"})
        dropped_ms = _now_ms()
        await self._recording_since(dropped_ms + 500)
        return self._result("connections dropped", dropped_ms, dropped_ms)

    async def _disk_full(self) -> Result:
        ballast = self._recordings / "ballast"
        began_ms = _now_ms()
        with ballast.open("wb") as file:
            try:
                while True:
                    file.write(b"\0" * 1_000_000)
                    file.flush()
            except OSError:
                began_ms = _now_ms()
        await asyncio.sleep(TROUBLE_S)
        ballast.unlink()
        freed_ms = _now_ms()
        await self._recording_since(freed_ms)
        return Result("disk full", 0.0, self._result("", began_ms, freed_ms).reconnect_s)

    def _result(self, name: str, began_ms: int, ended_ms: int) -> Result:
        lost, back = [0.0], [0.0]
        for stretches in self._stretches().values():
            before = [stretch.end_ms for stretch in stretches if stretch.start_ms < began_ms]
            after = [stretch.start_ms for stretch in stretches if stretch.start_ms >= ended_ms]
            if before and max(before) < began_ms:
                lost.append((began_ms - max(before)) / 1000)
            if after:
                back.append((min(after) - ended_ms) / 1000)
        return Result(name, max(lost), max(back))

    async def _recording_since(self, since_ms: int) -> None:
        """Wait until every recorded camera has a group on disk that began after `since_ms`."""

        async def all_recorded() -> bool:
            known = self._stretches()
            new = [name for name, stretches in known.items() if stretches and stretches[-1].start_ms > since_ms]
            return len(known) >= self._cameras and len(new) == len(known)

        await _until(all_recorded, "not all cameras are recorded again")

    def _stretches(self) -> dict[str, list[Stretch]]:
        """Camera id -> what is on disk, by time. The files may be growing; a cut tail is not counted."""
        found: dict[str, list[Stretch]] = {}
        for path in self._recordings.rglob("*.mp4"):
            try:
                fragments = scan(path).fragments
            except (BrokenFileError, FileNotFoundError):
                continue
            rows = found.setdefault(path.relative_to(self._recordings).parts[0], [])
            rows.extend(Stretch(fragment.start_ms, fragment.end_ms) for fragment in fragments)
        return {camera: sorted(rows, key=lambda row: row.start_ms) for camera, rows in found.items()}

    def _corrupt_files(self) -> int:
        """Files, after the centre was stopped, that do not read from the first to the last byte."""
        corrupt = 0
        for path in self._recordings.rglob("*.mp4"):
            try:
                corrupt += scan(path).is_cut
            except BrokenFileError:
                corrupt += 1
        return corrupt

    def _process(self, name: str) -> dict[str, Any]:
        rows = json.loads((self._home / "run" / "processes.json").read_text())["processes"]
        return next(row for row in rows if row["name"] == name)

    async def _command(self, method: str, path: str, body: dict[str, Any] | None) -> None:
        async with aiohttp.ClientSession(self._control) as session, session.request(method, path, json=body) as answer:
            answer.raise_for_status()


async def _until(condition: Callable[[], Awaitable[bool]], failure: str) -> None:
    deadline = time.monotonic() + WITHIN_S
    while not await condition():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{failure} within {WITHIN_S:.0f} s")
        await asyncio.sleep(0.1)


def _now_ms() -> int:
    return time.time_ns() // 1_000_000
