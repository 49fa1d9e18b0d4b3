"""One PyAV child process and the pipe to it, as the engine sees them."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sys
from collections.abc import Callable

import msgspec

from prahari.contracts.media import Reason
from prahari.engines.media.fallback import wire
from prahari.engines.media.types import AccessUnit, StreamParameters, VideoParameters

log = logging.getLogger(__name__)

FEED_LIMIT_BYTES = 4_000_000
SILENT_S = 20.0

_parameters = msgspec.msgpack.Decoder(wire.Parameters)
_unit = msgspec.msgpack.Decoder(wire.Unit)
_failed = msgspec.msgpack.Decoder(wire.Failed)


class Budget:
    """How many children may run at once: decoding costs a hundred times what passing through does."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.used = 0

    def take(self) -> bool:
        if self.used >= self.most:
            return False
        self.used += 1
        return True

    def give_back(self) -> None:
        self.used -= 1


class StreamChild:
    """Runs `fallback.child` for one job. Callbacks come in the event loop, in the order of the stream."""

    def __init__(
        self,
        job: wire.Job,
        *,
        on_parameters: Callable[[StreamParameters], None],
        on_unit: Callable[[AccessUnit], None],
    ) -> None:
        self._job = job
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
        assert process.stdin is not None and process.stdout is not None
        try:
            process.stdin.write(wire.pack(wire.JOB, self._job))
            return await self._read(process.stdout)
        finally:
            self._process = None
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
