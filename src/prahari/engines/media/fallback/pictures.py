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

PLAIN = "prahari.engines.media.fallback.pictures_child"
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

    def __init__(self, child: str = PLAIN, timeout_s: float | None = None) -> None:
        """`child`: the module that the helper runs, PLAIN or one that answers the same jobs; `timeout_s`: TIMEOUT_S."""
        self._child = child
        self._timeout_s = timeout_s
        self._process: asyncio.subprocess.Process | None = None
        self._lock = asyncio.Lock()
        self._waiting = 0
        self._idle: asyncio.TimerHandle | None = None
        self._ending: set[asyncio.Task[None]] = set()
        self._closed = False

    async def jpeg(self, parameters: VideoParameters, keyframe: AccessUnit, most_width_px: int = 1920) -> bytes:
        """Raises PictureError."""
        return (await self.picture(parameters, keyframe, most_width_px)).jpeg

    async def picture(self, parameters: VideoParameters, keyframe: AccessUnit, most_width_px: int) -> wire.Picture:
        """The helper's whole answer. Raises PictureError."""
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
        return picture

    async def close(self) -> None:
        """End the helper. Who still waits for a picture gets a PictureError."""
        self._closed = True
        if self._idle is not None:
            self._idle.cancel()
        await self._stop()
        await asyncio.gather(*self._ending)

    async def _ask(self, job: wire.PictureJob) -> wire.Picture:
        if self._idle is not None:
            self._idle.cancel()
        if self._closed:
            raise PictureError("the engine is stopping")
        done = False
        timeout_s = TIMEOUT_S if self._timeout_s is None else self._timeout_s
        try:
            async with asyncio.timeout(timeout_s):
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
            raise PictureError(f"no picture within {timeout_s:.0f} s") from None
        except (OSError, asyncio.IncompleteReadError, ValueError) as error:
            raise PictureError("the picture helper ended unexpectedly") from error
        finally:
            if done and not self._closed:
                self._idle = asyncio.get_running_loop().call_later(IDLE_S, self._end_if_idle)
            else:
                await self._stop()  # what it would still answer belongs to this request, not the next

    async def _running(self) -> asyncio.subprocess.Process:
        if self._process is None or self._process.returncode is not None:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                self._child,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
            )
        return self._process

    def _end_if_idle(self) -> None:
        if not self._lock.locked():
            self._let_go()

    async def _stop(self) -> None:
        ending = self._let_go()
        if ending is not None:
            await asyncio.shield(ending)  # whoever is cancelled here: the helper is waited for

    def _let_go(self) -> asyncio.Task[None] | None:
        process, self._process = self._process, None
        if process is None:
            return None
        task = asyncio.get_running_loop().create_task(_end(process))
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)
        return task


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
    await process.wait()
