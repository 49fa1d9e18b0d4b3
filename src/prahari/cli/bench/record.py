"""bench record: what it costs to record cameras, against one `ffmpeg -c copy` a camera in the same run.

Simulated cameras (their process is not counted) play 1080p25 H.264 at about 3 Mbit/s over RTSP. The engine is a media
worker as a centre runs it: plans from NATS, permits checked, events told. Afterwards every recorded file is read and
every hole in it looked up in the catalogue's gaps.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import itertools
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import psutil
from nats.aio.msg import Msg

from prahari.contracts import bus, subjects, tokens
from prahari.contracts.config import load
from prahari.contracts.media import CameraPlan, PermitClaims, RecordMode, SealedAddress, WorkerState
from prahari.engines.media.mp4.reader import BrokenFileError, Fragment, scan
from prahari.runtime import keys, ports
from prahari.runtime.nats import Nats

TITLE = "cost of recording, against one ffmpeg a camera"
GOALS = {
    "cpu_per_camera_pct": "<= 0.10",
    "rss_per_camera_mb": "<= 0.8",
    "unexplained_gaps": "= 0",
    "loop_late_ms_p99": "<= 100",
    "ratio_to_ffmpeg": "<= 0.25",
}
SETTLE_S = 8.0
START_WITHIN_S = 180.0
HOLE_MS = 200
END_WITHIN_MS = 4000
LONGEST_PEER_S = 60.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--cameras", type=int, default=100, help="cameras recorded by the engine (100)")
    parser.add_argument("--seconds", type=float, default=60.0, help="how long to measure (60)")
    parser.add_argument("--peers", type=int, default=10, help="cameras recorded by an ffmpeg each (10); 0: none")


def run(arguments: argparse.Namespace) -> dict[str, Any]:
    folder = Path(tempfile.mkdtemp(prefix="prahari-bench-record-"))
    try:
        with _cameras(arguments.cameras) as port:
            figures = _engine(folder, port, arguments.cameras, arguments.seconds)
            if arguments.peers:
                peer = _ffmpeg(folder, port, arguments.peers, min(arguments.seconds, LONGEST_PEER_S))
                figures |= peer
                figures["ratio_to_ffmpeg"] = round(figures["cpu_per_camera_pct"] / peer["ffmpeg_cpu_per_camera_pct"], 3)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return {**figures, "load_average": round(os.getloadavg()[0], 1)}


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")


@contextlib.contextmanager
def _process(
    command: list[str], log: Path, environment: dict[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """A process that is told to end when the block is left."""
    with log.open("ab") as output:
        child = subprocess.Popen(command, env=environment, stdout=output, stderr=output, stdin=subprocess.DEVNULL)
    try:
        yield child
    finally:
        child.send_signal(signal.SIGTERM)
        try:
            child.wait(15)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _until(condition: object, child: subprocess.Popen[bytes], log: Path, what: str) -> None:
    assert callable(condition)
    deadline = time.monotonic() + START_WITHIN_S
    while not condition():
        if child.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"{what} did not come up:\n{log.read_text()[-2000:]}")
        time.sleep(0.1)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextlib.contextmanager
def _cameras(count: int) -> Iterator[int]:
    """Simulated cameras on a port."""
    first = ports.free_run(2)
    cache = Path(os.environ.get("PRAHARI_HOME") or "var") / "simcity"
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "cameras.log"
        command = [sys.executable, "-m", "prahari.simcity", "bench-cameras", "--count", str(count)]
        command += ["--port", str(first), "--control-port", str(first + 1), "--cache", str(cache)]
        with _process(command, log) as child:
            _say("Starting the simulated cameras (the first time their film is encoded) ...")
            _until(lambda: _listens(first), child, log, "The simulated cameras")
            yield first


def _cpu_s(processes: list[psutil.Process]) -> float:
    times = [process.cpu_times() for process in processes]
    return float(sum(each.user + each.system for each in times))


def _engine(folder: Path, port: int, count: int, seconds: float) -> dict[str, Any]:
    """A media worker recording `count` cameras."""
    home = folder / "home"
    home.mkdir()
    keys.ensure(home)
    first = ports.free_run(2)
    nats = Nats(home, first)
    nats.prepare()
    environment = {
        **os.environ,
        "PRAHARI_HOME": str(home),
        "NATS_URL": nats.url,
        "PRAHARI_MEDIA_PORT": str(first + 1),
        "PRAHARI_MEDIA_WORKERS": "1",
        "PRAHARI_DISK_RESERVE_MB": "200",
        "PRAHARI_LOG": "WARNING",
    }
    log = folder / "engine.log"
    with _process(nats.command(), log) as server:
        _until(nats.ready, server, log, "NATS")
        cameras = [str(uuid.uuid4()) for _ in range(count)]
        asyncio.run(_plan(environment, cameras, port))
        command = [sys.executable, "-m", "prahari.engines.media.worker", "--worker", "0"]
        with _process(command, log, environment) as worker:
            recordings = home / "recordings"

            def all_record() -> bool:
                return len(list(recordings.glob("*/*/*.mp4"))) >= count

            _until(all_record, worker, log, "The media worker")
            time.sleep(SETTLE_S)
            _say(f"Measuring the engine with {count} cameras for {seconds:.0f} s ...")
            process = psutil.Process(worker.pid)
            helpers = process.children(recursive=True)
            processes = [process, *helpers]
            written = sum(path.stat().st_size for path in recordings.glob("*/*/*.mp4"))
            cpu_s, helpers_cpu_s, began_s = _cpu_s(processes), _cpu_s(helpers), time.monotonic()
            rss, late_ms = asyncio.run(_watch(environment, processes, seconds))
            took_s = time.monotonic() - began_s
            cpu_pct = (_cpu_s(processes) - cpu_s) / took_s * 100
            helpers_cpu_pct = (_cpu_s(helpers) - helpers_cpu_s) / took_s * 100
            helpers_rss_mb = sum(each.memory_info().rss for each in helpers) / 1e6
            written = sum(path.stat().st_size for path in recordings.glob("*/*/*.mp4")) - written
            ended_ms = time.time_ns() // 1_000_000
        holes, pictures_s = _examine(recordings, home / "media-0", cameras, ended_ms)
    return {
        "cameras": count,
        "seconds": round(took_s, 1),
        "cpu_per_camera_pct": round(cpu_pct / count, 4),
        "rss_per_camera_mb": round(sum(rss) / len(rss) / count, 3),
        "rss_peak_mb": round(max(rss), 1),
        "of_it_helpers_cpu_per_camera_pct": round(helpers_cpu_pct / count, 4),
        "of_it_helpers_rss_per_camera_mb": round(helpers_rss_mb / count, 3),
        "unexplained_gaps": holes,
        "loop_late_ms_p99": round(sorted(late_ms)[int(len(late_ms) * 0.99)], 1) if late_ms else None,
        "kbit_s_per_camera": round(written / 125 / took_s / count),
        "pictures_per_camera_s": round(pictures_s, 2),
    }


async def _watch(
    environment: dict[str, str], processes: list[psutil.Process], seconds: float
) -> tuple[list[float], list[float]]:
    """(memory in MB, how many ms the worker's loop was late), each once a second."""
    rss: list[float] = []
    late_ms: list[float] = []

    async def heard(message: Msg) -> None:
        late_ms.append(msgspec.json.decode(message.data, type=WorkerState).loop_lag_ms)

    client = await bus.connect(load(environment).nats_url, "bench")
    try:
        await client.subscribe(subjects.media_worker_state(0), cb=heard)
        ends_s = time.monotonic() + seconds
        while time.monotonic() < ends_s:
            await asyncio.sleep(min(1.0, seconds))
            rss.append(sum(each.memory_info().rss for each in processes) / 1e6)
    finally:
        await client.close()
    return rss, late_ms


async def _plan(environment: dict[str, str], cameras: list[str], port: int) -> None:
    """Tell NATS what the worker is to do, as the desks would."""
    config = load(environment)
    client = await bus.connect(config.nats_url, "bench")
    try:
        js = client.jetstream()
        await bus.ensure_event_stream(js)
        bucket = await bus.ensure_plan_bucket(js)
        now_s = int(time.time())
        for number, camera_id in enumerate(cameras):
            claims = PermitClaims(camera_id, "order", "bench", now_s - 60, now_s + 7200)
            plan = CameraPlan(
                camera_id,
                f"Camera {number}",
                "up",
                "police",
                SealedAddress(f"rtsp://127.0.0.1:{port}/cam/{number}"),
                tokens.sign(claims, config.signing_key()),
                RecordMode.CONTINUOUS,
            )
            await bucket.put(camera_id, msgspec.json.encode(plan))
    finally:
        await client.close()


def _examine(recordings: Path, worker_home: Path, cameras: list[str], ended_ms: int) -> tuple[int, float]:
    """(holes in the files that no gap explains, recorded pictures a second and camera)."""
    catalogue = next(worker_home.glob("catalogue.sqlite*"))
    with contextlib.closing(sqlite3.connect(catalogue)) as database:
        rows = database.execute("SELECT camera_id, start_ms, coalesce(end_ms, 1 << 60) FROM gap").fetchall()
    holes = 0
    rates = []
    for camera_id in cameras:
        gaps = [(start, end) for camera, start, end in rows if camera == camera_id]
        fragments: list[Fragment] = []
        for path in sorted((recordings / camera_id).glob("*/*.mp4")):
            try:
                found = scan(path)
            except BrokenFileError:
                holes += 1
                continue
            holes += found.is_cut
            fragments += found.fragments
        if not fragments:
            holes += 1
            continue
        stretches = [(one.end_ms, two.start_ms) for one, two in itertools.pairwise(fragments)]
        stretches.append((fragments[-1].end_ms, ended_ms - END_WITHIN_MS))
        for start, end in stretches:
            explained = any(gap_start <= start + HOLE_MS and end - HOLE_MS <= gap_end for gap_start, gap_end in gaps)
            holes += end - start > HOLE_MS and not explained
        length_s = (fragments[-1].end_ms - fragments[0].start_ms) / 1000
        rates.append(sum(fragment.pictures for fragment in fragments) / length_s)
    return holes, sum(rates) / len(rates) if rates else 0.0


def _ffmpeg(folder: Path, port: int, count: int, seconds: float) -> dict[str, Any]:
    """The same cameras with one ffmpeg each, on a sample."""
    if shutil.which("ffmpeg") is None:
        raise RuntimeError("ffmpeg is not installed: apt-get install ffmpeg, the figures are relative to it")
    log = folder / "ffmpeg.log"
    with contextlib.ExitStack() as stack:
        children = []
        for number in range(count):
            into = folder / "ffmpeg" / str(number)
            into.mkdir(parents=True)
            command = ["ffmpeg", "-nostdin", "-v", "error", "-rtsp_transport", "tcp"]
            command += ["-i", f"rtsp://127.0.0.1:{port}/cam/{number}", "-c", "copy", "-f", "segment"]
            command += ["-segment_time", "300", "-reset_timestamps", "1", str(into / "%d.mp4")]
            children.append(stack.enter_context(_process(command, log)))
        time.sleep(SETTLE_S)
        _say(f"Measuring {count} ffmpeg for {seconds:.0f} s ...")
        processes = [psutil.Process(child.pid) for child in children]
        cpu_s, began_s = _cpu_s(processes), time.monotonic()
        time.sleep(seconds)
        cpu_pct = (_cpu_s(processes) - cpu_s) / (time.monotonic() - began_s) * 100
        rss = sum(process.memory_info().rss for process in processes) / 1e6
    return {
        "ffmpeg_cameras": count,
        "ffmpeg_cpu_per_camera_pct": round(cpu_pct / count, 4),
        "ffmpeg_rss_per_camera_mb": round(rss / count, 1),
    }
