"""112 and the alert feed on one loopback port, with their control.

GET  /112/calls, /alerts/feed.xml, /alerts/{name}.xml     the servers themselves
GET  /healthz
POST /calls    {"number", "lat", "lon", "text", ...}       a call comes in
POST /alerts   {"identifier", "kind", "supersedes": [...], "headline": [en, hi], ...}    an alert is given out
PUT  /faults   {"mode": "500", "count": 3}                 112 answers wrongly so many times
"""

from __future__ import annotations

import json
from typing import Any, Self

from aiohttp import web

from prahari.simcity.emergency.alerts import SimAlerts
from prahari.simcity.emergency.calls import SimCallCentre

HOST = "127.0.0.1"


class SimEmergency:
    """Use as an async context manager; `port` is a real one then, also when 0 was asked for."""

    def __init__(self, port: int = 0, *, token: str) -> None:
        self.port = port
        self.centre = SimCallCentre(token)
        self.alerts = SimAlerts()
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    async def __aenter__(self) -> Self:
        app = web.Application(middlewares=[_explain])
        app.add_routes(
            [
                web.get("/healthz", _healthz),
                web.get("/112/calls", self.centre.calls),
                web.get("/alerts/feed.xml", self.alerts.feed),
                web.get("/alerts/{name}.xml", self.alerts.document),
                web.post("/calls", self._add_call),
                web.post("/alerts", self._add_alert),
                web.put("/faults", self._fail),
            ]
        )
        self._runner = web.AppRunner(app, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, HOST, self.port).start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    async def _add_call(self, request: web.Request) -> web.Response:
        self.centre.add(**await _fields(request))
        return web.json_response({"ok": True})

    async def _add_alert(self, request: web.Request) -> web.Response:
        self.alerts.alert(**await _fields(request))
        return web.json_response({"ok": True})

    async def _fail(self, request: web.Request) -> web.Response:
        self.centre.fail(**await _fields(request))
        return web.json_response({"ok": True})


async def _healthz(_: web.Request) -> web.Response:
    return web.json_response({"ok": True})


async def _fields(request: web.Request) -> dict[str, Any]:
    found = await request.json()
    if not isinstance(found, dict):
        raise TypeError("an object is needed")
    return found


@web.middleware
async def _explain(request: web.Request, handler: Any) -> web.StreamResponse:
    """No web page may command it (a browser names its page in Origin), and wrong commands are answered with why."""
    if "Origin" in request.headers:
        return web.json_response({"message": "only from this machine"}, status=403)
    try:
        answer: web.StreamResponse = await handler(request)
    except (json.JSONDecodeError, UnicodeDecodeError, TypeError, ValueError) as error:
        return web.json_response({"message": str(error)}, status=400)
    return answer
