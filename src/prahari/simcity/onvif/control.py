"""Commands to simulated devices, beside those to the cameras' streams (simcity.control). Bodies are JSON.

GET    /devices                        codes, channels, where each head is
PUT    /devices/faults   {"code": "NVR1", "clock_off_s": 7200, ...}   replaces that device's faults (DeviceFaults)
DELETE /devices/faults?code=NVR1       heals one device
POST   /devices/event    {"code": "NVR1", "kind": "motion" | "tamper" | "input", "channel": 1, "state": true}
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from aiohttp import web

from prahari.simcity.onvif.device import SimDevice
from prahari.simcity.onvif.faults import DeviceFaultError

MOST_LISTED = 500


def routes(devices: Callable[[], dict[str, SimDevice]], body_of: Any) -> list[web.RouteDef]:
    """`body_of`: reads a request's JSON object."""

    def find(code: object) -> SimDevice:
        device = devices().get(str(code))
        if device is None:
            raise web.HTTPNotFound(text='{"code": "no_device"}', content_type="application/json")
        return device

    async def listed(_: web.Request) -> web.Response:
        chosen = list(devices().values())[:MOST_LISTED]
        return web.json_response({"items": [_shown(device) for device in chosen]})

    async def put(request: web.Request) -> web.Response:
        body = await body_of(request)
        device = find(body.pop("code", ""))
        try:
            device.set_faults(**body)
        except DeviceFaultError as error:
            return web.json_response({"code": "bad_fault", "message": str(error)}, status=400)
        return web.json_response(_shown(device))

    async def heal(request: web.Request) -> web.Response:
        device = find(request.query.get("code", ""))
        device.set_faults()
        return web.json_response(_shown(device))

    async def event(request: web.Request) -> web.Response:
        body = await body_of(request)
        device = find(body.get("code", ""))
        kind, channel = body.get("kind"), body.get("channel", 1)
        if kind not in {"motion", "tamper", "input"} or not isinstance(channel, int) or channel < 1:
            return web.json_response({"code": "bad_event", "message": "kind or channel is wrong"}, status=400)
        device.happen(kind, channel, bool(body.get("state", True)))
        return web.json_response({"pull_points": len(device.pull_points)})

    return [
        web.get("/devices", listed),
        web.put("/devices/faults", put),
        web.delete("/devices/faults", heal),
        web.post("/devices/event", event),
    ]


def _shown(device: SimDevice) -> dict[str, Any]:
    now_s = time.monotonic()
    return {
        "code": device.code,
        "pull_points": len(device.pull_points),
        "channels": [
            {"name": one.name, "ptz": one.ptz, "at": one.head.at(now_s), "moving": one.head.is_moving(now_s)}
            for one in device.channels
        ],
    }
