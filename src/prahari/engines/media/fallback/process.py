"""One PyAV child process and the pipe to it, as the engine sees them."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from prahari.contracts.media import Reason
from prahari.engines.media.fallback import wire
from prahari.engines.media.types import AccessUnit, StreamParameters, VideoParameters

log = logging.getLogger(__name__)

FEED_LIMIT_BYTES = 4_000_000
SILENT_S = 20.0
METER_S = 2.0
FIRST_CPU_PCT = 35.0
"""What a conversion is taken to cost before it was measured; docs/performance.md says where it comes from."""

_parameters = msgspec.msgpack.Decoder(wire.Parameters)
_unit = msgspec.msgpack.Decoder(wire.Unit)
_failed = msgspec.msgpack.Decoder(wire.Failed)


class Budget:
    """How many children may run at once, and what they may take: decoding costs a hundred times what passing on does.

    `cpu_pct`: percent of one core for all together, None: no matter. A further one is let in while what runs leaves
    room for one that costs what those cost on average, FIRST_CPU_PCT while nothing is known.
    """

    def __init__(self, most: int, cpu_pct: float | None = None) -> None:
        self.most = most
        self.cpu_pct = cpu_pct
        self.used = 0
        self._meters: dict[int, _Meter] = {}

    @property
    def used_cpu_pct(self) -> float:
        return sum(meter.read() for meter in self._meters.values())

    def take(self) -> bool:
        if self.used >= self.most:
            return False
        if self.cpu_pct is not None and self.used:
            running = max(self.used_cpu_pct, 0.0)
            each = max(running / self.used, FIRST_CPU_PCT if not self._meters else 0.0)
            if running + each > self.cpu_pct:
                return False
        self.used += 1
        return True

    def give_back(self) -> None:
        self.used -= 1

    def started(self, pid: int) -> None:
        """A child of this budget runs: its time counts."""
        self._meters[pid] = _Meter(pid)

    def ended(self, pid: int) -> None:
        self._meters.pop(pid, None)


class _Meter:
    """Percent of a core that a process takes, over the last METER_S or since it began."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._from = (time.monotonic(), 0.0)
        self._pct = FIRST_CPU_PCT

    def read(self) -> float:
        now_s = time.monotonic()
        since_s, before_s = self._from
        if now_s - since_s >= METER_S:
            cpu_s = _cpu_s(self._pid)
            self._pct = max(0.0, cpu_s - before_s) / (now_s - since_s) * 100
            self._from = (now_s, cpu_s)
        return self._pct


def _cpu_s(pid: int) -> float:
    """Seconds of processor time; 0 when the process is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class StreamChild:
    """Runs `fallback.child` for one job. Callbacks come in the event loop, in the order of the stream."""

    def __init__(
        self,
        job: wire.Job,
        *,
        on_parameters: Callable[[StreamParameters], None],
        on_unit: Callable[[AccessUnit], None],
        budget: Budget | None = None,
    ) -> None:
        self._job = job
        self._budget = budget
        self._on_parameters = on_parameters
        self._on_unit = on_unit
        self._process: asyncio.subprocess.Process | None = None

    async def run(self) -> tuple[Reason, str]:
        """Until the child ends: why, and a sentence. Cancelling kills the child."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "prahari.engines.media.fallback.child",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
        self._process = process
        if self._budget is not None:
            self._budget.started(process.pid)
        assert process.stdin is not None and process.stdout is not None
        try:
            process.stdin.write(wire.pack(wire.JOB, self._job))
            return await self._read(process.stdout)
        finally:
            self._process = None
            if self._budget is not None:
                self._budget.ended(process.pid)
            if process.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    process.kill()
            process.stdin.close()
            await process.wait()

    def feed(self, kind: bytes, message: msgspec.Struct) -> bool:
        """Pass a unit on to a converting child. False: it is behind or gone; go on with the next keyframe."""
        process = self._process
        if process is None or process.stdin is None or process.stdin.is_closing():
            return False
        if process.stdin.transport.get_write_buffer_size() > FEED_LIMIT_BYTES:
            return False
        process.stdin.write(wire.pack(kind, message))
        return True

    async def _read(self, stdout: asyncio.StreamReader) -> tuple[Reason, str]:
        while True:
            try:
                async with asyncio.timeout(SILENT_S):
                    kind, length = wire.HEAD.unpack(await stdout.readexactly(wire.HEAD.size))
                    if length > wire.MOST_BYTES:
                        return Reason.TOO_LARGE, "A converted picture is too large."
                    body = await stdout.readexactly(length)
            except TimeoutError:
                return Reason.NO_FRAMES, f"No picture came within {SILENT_S:.0f} s."
            except (asyncio.IncompleteReadError, OSError):
                return Reason.CONNECTION_LOST, "The conversion ended unexpectedly."
            if kind == wire.UNIT:
                unit = _unit.decode(body)
                self._on_unit(
                    AccessUnit(
                        True,
                        unit.keyframe,
                        unit.decode_ticks,
                        unit.duration_ticks,
                        unit.composition_offset_ticks,
                        unit.wall_ms,
                        unit.data,
                    )
                )
            elif kind == wire.PARAMETERS:
                told = _parameters.decode(body)
                video = VideoParameters(
                    told.codec, told.width, told.height, told.codec_string, told.sps, told.pps, told.vps
                )
                self._on_parameters(StreamParameters(video, None))
            elif kind == wire.FAILED:
                failed = _failed.decode(body)
                return Reason(failed.reason), failed.detail
