"""Running a SimServer with its control API as a process: event loop, signals, one-line logs."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import time
from collections.abc import Awaitable, Callable
from typing import Any

import uvloop
from aiohttp import web

from prahari.contracts.logs import configure_logging
from prahari.simcity.control import control_app
from prahari.simcity.onvif import SimDevice, SimOnvif, discovery
from prahari.simcity.onvif.town import ANSWERING
from prahari.simcity.rtsp import Auth, SimServer


def auth_from_environment() -> Auth | None:
    """SIMCITY_USERNAME and SIMCITY_PASSWORD: credentials that the cameras ask for. None: they ask for none."""
    username, password = os.environ.get("SIMCITY_USERNAME", ""), os.environ.get("SIMCITY_PASSWORD", "")
    return Auth(username, password) if username else None


def run(
    server_for: Callable[[], SimServer],
    control_port: int | None,
    health: Callable[[], dict[str, Any]],
    beside: Callable[[SimServer], Awaitable[None]] | None = None,
    onvif: SimOnvif | None = None,
    devices: dict[str, SimDevice] | None = None,
) -> int:
    """Serve until SIGTERM or SIGINT. `beside` runs along. `onvif` serves `devices`. Returns the exit status."""
    configure_logging("simcity")
    logging.getLogger("aiohttp.access").setLevel(logging.WARNING)
    try:
        uvloop.run(_serve(server_for, control_port, health, beside, onvif, {} if devices is None else devices))
    except OSError as error:
        logging.getLogger(__name__).error("cannot listen: %s; choose another port", error)
        return 1
    return 0


async def _serve(
    server_for: Callable[[], SimServer],
    control_port: int | None,
    health: Callable[[], dict[str, Any]],
    beside: Callable[[SimServer], Awaitable[None]] | None,
    onvif: SimOnvif | None,
    devices: dict[str, SimDevice],
) -> None:
    loop = asyncio.get_running_loop()
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    started_s = time.monotonic()

    async with server_for() as server:

        def state() -> dict[str, Any]:
            playing = sum(connection.playing for connection in server.connections)
            uptime_s = round(time.monotonic() - started_s, 1)
            return {
                "ok": True,
                "connections": len(server.connections),
                "playing": playing,
                "uptime_s": uptime_s,
            } | health()

        runner = None
        if control_port is not None:
            runner = web.AppRunner(control_app(server, state, devices), shutdown_timeout=1)
            await runner.setup()
            await web.TCPSite(runner, "127.0.0.1", control_port).start()
        logging.getLogger(__name__).info("simulated cameras at %s", server.url("/", credentials=False))
        answerer = None
        if onvif is not None:
            await onvif.start()
            answerer = await discovery.listen(
                lambda: [(one, onvif.url(one.code)) for one in list(devices.values())[:ANSWERING]]
            )
        task = asyncio.ensure_future(beside(server)) if beside else None
        waiter = asyncio.ensure_future(stopped.wait())
        await asyncio.wait([each for each in (task, waiter) if each], return_when=asyncio.FIRST_COMPLETED)
        if task is not None and task.done() and not stopped.is_set():
            await task  # raises what it failed with
            await waiter
        if task is not None and not task.done():
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        if answerer is not None:
            answerer.close()
        if onvif is not None:
            await onvif.stop()
        if runner is not None:
            await runner.cleanup()
