"""JPEGs of keyframes, decoded in a helper process that starts when first needed and ends when idle."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sys

import msgspec

from prahari.engines.media.fallback import wire
from prahari.engines.media.types import AccessUnit, VideoParameters

log = logging.getLogger(__name__)

TIMEOUT_S = 5.0
MOST_WAITING = 16
IDLE_S = 60.0

_decoder = msgspec.msgpack.Decoder(wire.Picture)


class PictureError(Exception):
    """No JPEG could be made; the message says why."""


class TooManyPicturesError(PictureError):
    """More pictures are asked for than one helper makes in time."""


class PictureMaker:
    """One helper, one request at a time; a helper that hangs is killed and the next request gets a new one."""

    def __init__(self) -> None:
        self._process: asyncio.subprocess.Process | None = None
        self._lock = asyncio.Lock()
        self._waiting = 0
        self._idle: asyncio.TimerHandle | None = None
        self._ending: asyncio.Task[None] | None = None

    async def jpeg(self, parameters: VideoParameters, keyframe: AccessUnit, most_width_px: int = 1920) -> bytes:
        """Raises PictureError."""
        if self._waiting >= MOST_WAITING:
            raise TooManyPicturesError("too many pictures are asked for at once")
        data = keyframe.data if isinstance(keyframe.data, bytes) else b"".join(keyframe.data)
        job = wire.PictureJob(
            parameters.codec, parameters.sps, parameters.pps, parameters.vps, data, most_width_px=most_width_px
        )
        self._waiting += 1
        try:
            async with self._lock:
                picture = await self._ask(job)
        finally:
            self._waiting -= 1
        if picture.error:
            raise PictureError(picture.error)
        return picture.jpeg

    async def close(self) -> None:
        if self._idle is not None:
            self._idle.cancel()
        await self._stop()

    async def _ask(self, job: wire.PictureJob) -> wire.Picture:
        if self._idle is not None:
            self._idle.cancel()
        done = False
        try:
            async with asyncio.timeout(TIMEOUT_S):
                process = await self._running()
                assert process.stdin is not None and process.stdout is not None
                process.stdin.write(wire.pack(wire.PICTURE, job))
                await process.stdin.drain()
                head = await process.stdout.readexactly(wire.HEAD.size)
                _, length = wire.HEAD.unpack(head)
                picture = _decoder.decode(await process.stdout.readexactly(length))
            done = True
            return picture
        except TimeoutError:
            raise PictureError(f"no picture within {TIMEOUT_S:.0f} s") from None
        except (OSError, asyncio.IncompleteReadError, ValueError) as error:
            raise PictureError("the picture helper ended unexpectedly") from error
        finally:
            if done:
                self._idle = asyncio.get_running_loop().call_later(IDLE_S, self._end_if_idle)
            else:
                await self._stop()  # what it would still answer belongs to this request, not the next

    async def _running(self) -> asyncio.subprocess.Process:
        if self._process is None or self._process.returncode is not None:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "prahari.engines.media.fallback.pictures_child",
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
            )
        return self._process

    def _end_if_idle(self) -> None:
        if not self._lock.locked():
            self._ending = asyncio.get_running_loop().create_task(self._stop())

    async def _stop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
        await process.wait()
