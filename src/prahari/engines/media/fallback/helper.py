"""A helper process that answers one request at a time, started when first needed and ended when idle."""

from __future__ import annotations

import asyncio
import contextlib
import sys

import msgspec

from prahari.engines.media.fallback import wire

IDLE_S = 60.0


class HelperError(Exception):
    """No answer; the message says why."""


class Helper:
    """A helper that hangs is killed and the next request gets a new one. `child`: the module that it runs."""

    def __init__(self, child: str, idle_s: float = IDLE_S) -> None:
        self._child = child
        self._idle_s = idle_s
        self._process: asyncio.subprocess.Process | None = None
        self._lock = asyncio.Lock()
        self._idle: asyncio.TimerHandle | None = None
        self._ending: set[asyncio.Task[None]] = set()
        self._closed = False

    async def ask(self, kind: bytes, job: msgspec.Struct, timeout_s: float) -> bytes:
        """The body of the answer. Raises HelperError."""
        async with self._lock:
            return await self._ask(wire.pack(kind, job), timeout_s)

    async def close(self) -> None:
        """End the helper. Who still waits for an answer gets a HelperError."""
        self._closed = True
        if self._idle is not None:
            self._idle.cancel()
        await self._stop()
        await asyncio.gather(*self._ending)

    async def _ask(self, request: bytes, timeout_s: float) -> bytes:
        if self._idle is not None:
            self._idle.cancel()
        if self._closed:
            raise HelperError("the engine is stopping")
        done = False
        try:
            async with asyncio.timeout(timeout_s):
                process = await self._running()
                assert process.stdin is not None and process.stdout is not None
                process.stdin.write(request)
                await process.stdin.drain()
                head = await process.stdout.readexactly(wire.HEAD.size)
                _, length = wire.HEAD.unpack(head)
                body = await process.stdout.readexactly(length)
            done = True
            return body
        except TimeoutError:
            raise HelperError(f"no picture within {timeout_s:.0f} s") from None
        except (OSError, asyncio.IncompleteReadError) as error:
            raise HelperError("the picture helper ended unexpectedly") from error
        finally:
            if done and not self._closed:
                self._idle = asyncio.get_running_loop().call_later(self._idle_s, self._end_if_idle)
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
