"""Faults on command over HTTP, on loopback only. Bodies and answers are JSON.

GET    /healthz                        {"ok": true, ...}; 503 until the first pictures are ready
GET    /connections                    who is connected to which camera
GET    /faults                         {path: faults}
PUT    /faults   {"path": "/cam/KNP-SC-0001" or "*", "loss_pct": 5, ...}   replaces that camera's faults (rtsp.Faults)
DELETE /faults?path=/cam/KNP-SC-0001   heals one camera; without `path` all
POST   /drop     {"path": ... or "*"}  cuts connections once
and those of onvif.control for devices.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import msgspec
from aiohttp import web

from prahari.simcity.onvif import SimDevice
from prahari.simcity.onvif.control import routes as device_routes
from prahari.simcity.rtsp import FaultError, SimServer

_LOOPBACK = {"127.0.0.1", "localhost", "::1", "[::1]"}


def control_app(
    server: SimServer, health: Callable[[], dict[str, Any]], devices: dict[str, SimDevice] | None = None
) -> web.Application:
    """`health` answers a dict whose "ok" tells whether cameras have pictures yet."""

    async def healthz(_: web.Request) -> web.Response:
        state = health()
        return web.json_response(state, status=200 if state["ok"] else 503)

    async def connections(_: web.Request) -> web.Response:
        return web.json_response({"items": [connection.status() for connection in server.connections]})

    def all_faults() -> web.Response:
        return web.json_response({path: msgspec.to_builtins(faults) for path, faults in server.faults().items()})

    async def get_faults(_: web.Request) -> web.Response:
        return all_faults()

    async def put_faults(request: web.Request) -> web.Response:
        body = await _body(request)
        path = body.pop("path", "*")
        try:
            server.set_fault(path, **body)
        except (FaultError, TypeError) as error:
            return web.json_response({"code": "bad_fault", "message": str(error)}, status=400)
        await _listen_if_allowed()
        return all_faults()

    async def delete_faults(request: web.Request) -> web.Response:
        server.clear_faults(request.query.get("path"))
        await _listen_if_allowed()
        return all_faults()

    async def _listen_if_allowed() -> None:
        if not server.faults_of("*").refuse:
            await server.reopen()

    async def drop(request: web.Request) -> web.Response:
        body = await _body(request)
        return web.json_response({"dropped": server.drop(str(body.get("path", "*")))})

    app = web.Application(middlewares=[_local_only])
    app.add_routes(
        [
            web.get("/healthz", healthz),
            web.get("/connections", connections),
            web.get("/faults", get_faults),
            web.put("/faults", put_faults),
            web.delete("/faults", delete_faults),
            web.post("/drop", drop),
            *device_routes(lambda: {} if devices is None else devices, _body),
        ]
    )
    return app


@web.middleware
async def _local_only(request: web.Request, handler: Any) -> web.StreamResponse:
    """No web page may command faults: a browser names its page in Origin, and a rebound name in Host."""
    host = request.host.rsplit(":", 1)[0] if not request.host.endswith("]") else request.host
    if host not in _LOOPBACK or "Origin" in request.headers:
        return web.json_response({"code": "not_local", "message": "only from this machine"}, status=403)
    answer: web.StreamResponse = await handler(request)
    return answer


async def _body(request: web.Request) -> dict[str, Any]:
    try:
        body = await request.json()
    except (json.JSONDecodeError, UnicodeDecodeError):
        body = None
    if not isinstance(body, dict):
        text = json.dumps({"code": "bad_json", "message": "the body must be a JSON object"})
        raise web.HTTPBadRequest(text=text, content_type="application/json")
    return body
