"""Requests for recordings, answered by the connector's own doors: the same as a media worker's, on a socket in its
folder that nobody else reaches."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web

from prahari.engines.edge.link import Link, LinkLost
from prahari.engines.edge.wire import Answer, Ask, Kind

log = logging.getLogger(__name__)

PATHS = ("/timeline/", "/playback/", "/snapshot/")
HEADERS = ("Content-Type", "X-Start-Ms", "X-End-Ms", "X-Mime", "X-Next-Ms", "X-Damaged-Ms", "X-Picture-Ms")
MOST_PATH = 600
MOST_TOKEN = 4096
MOST_ASKED = 16
READ_BYTES = 16_384


class Requests:
    """`app`: the doors (engines.media.server.build_app)."""

    def __init__(self, app: web.Application, socket: Path) -> None:
        self._app = app
        self._socket = socket
        self._runner: web.AppRunner | None = None
        self._session: aiohttp.ClientSession | None = None
        self._asked = 0

    async def open(self) -> None:
        self._socket.unlink(missing_ok=True)
        self._runner = web.AppRunner(self._app, access_log=None, shutdown_timeout=1.0, handle_signals=False)
        await self._runner.setup()
        await web.UnixSite(self._runner, str(self._socket)).start()
        self._socket.chmod(0o600)
        connector = aiohttp.UnixConnector(str(self._socket), limit=MOST_ASKED)
        self._session = aiohttp.ClientSession(connector=connector, auto_decompress=False, read_bufsize=READ_BYTES)

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
        if self._runner is not None:
            await self._runner.cleanup()
        self._socket.unlink(missing_ok=True)

    async def serve(self, link: Link, ask: Ask) -> None:
        """Answer head, body, an empty piece; or End with a status when it cannot be asked or breaks off."""
        if not ask.path.startswith(PATHS) or len(ask.path) > MOST_PATH or len(ask.token) > MOST_TOKEN:
            link.end(ask.channel, 404, "http")
            return
        if self._asked >= MOST_ASKED or self._session is None:
            link.end(ask.channel, 429, "too_many")
            return
        self._asked += 1
        link.open_window(ask.channel)
        try:
            headers = {"Authorization": f"Bearer {ask.token}"}
            timeout = aiohttp.ClientTimeout(total=None, sock_read=30)
            async with self._session.get(f"http://edge{ask.path}", headers=headers, timeout=timeout) as answer:
                kept = {name: answer.headers[name] for name in HEADERS if name in answer.headers}
                link.say(Answer(ask.channel, answer.status, kept))
                async for data in answer.content.iter_chunked(READ_BYTES):
                    await link.bulk(Kind.REPLY, ask.channel, data)
                await link.bulk(Kind.REPLY, ask.channel, b"")
                link.finish_window(ask.channel)
        except LinkLost:
            return
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            log.info("a request for recordings broke off: %s", str(error) or type(error).__name__)
            link.close_window(ask.channel)
            link.end(ask.channel, 502, "broken_off")
        finally:
            self._asked -= 1


class Running:
    """Tasks that serve one connection; all end with it."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)
        return task

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("what served the link failed", exc_info=error)

    async def close(self) -> None:
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
