"""Endpoints of the devices desk. No engine runs in these tests: what asks it is answered with 503 for the right one."""

from __future__ import annotations

from typing import Any

import devices_rig
import registry_rig as rig
from scope import Endpoint, World


def device(world: World) -> dict[str, str]:
    return {"device_id": str(devices_rig.device(world).pk)}


def device_with_leave(world: World) -> dict[str, str]:
    made = devices_rig.channel(world)
    rig.consent(made.camera)
    return {"device_id": str(made.device_id)}


def channel(world: World) -> dict[str, str]:
    made = devices_rig.channel(world)
    return {"number": "1", "device_id": str(made.device_id)}


def camera(world: World) -> dict[str, str]:
    made = devices_rig.channel(world)
    devices_rig.place(world, made.camera)
    devices_rig.place(world, made.camera, "preset-2", "Road")
    return {"camera_id": str(made.camera_id)}


def place(world: World) -> dict[str, str]:
    return {"place_id": str(devices_rig.place(world, devices_rig.channel(world).camera).pk)}


def tour(world: World) -> dict[str, str]:
    return {"tour_id": str(devices_rig.tour(world, devices_rig.channel(world).camera).pk)}


def template(world: World) -> dict[str, str]:
    return {"code": "hikvision"}


def new_device(world: World) -> dict[str, Any]:
    place = str(rig.premises(world).pk)
    return {"premises": place, "name": "Recorder", "url": "192.0.2.7", "channels": [{"number": 1}]}


WHY = {"reason": "as asked"}
VIEW, EDIT, TEST, MOVE = "camera.view", "camera.edit", "camera.test", "camera.ptz"
IMAGING, RELAY = "camera.imaging", "camera.relay"
NAME = {"en": "Netra", "hi": "नेत्र"}
STOPS = [{"preset": "preset-1", "stay_s": 5}, {"preset": "preset-2", "stay_s": 9}]
TEMPLATE = {"code": "netra", "name": NAME, "main": "rtsp://{host}:{port}/ch{channel}"}
CENTRE: dict[str, Any] = {"elsewhere": 403, "everywhere": True}

ENDPOINTS = [
    Endpoint("POST", "/device-questions", TEST, body={"url": "192.0.2.7", "owner_present": False}, success=422),
    Endpoint("GET", "/devices", VIEW, row=device, lists=True),
    Endpoint("POST", "/devices", EDIT, body=new_device, success=201, elsewhere=422, also=("registry.view",)),
    Endpoint("GET", "/devices/{device_id}", VIEW, row=device),
    Endpoint("PATCH", "/devices/{device_id}", EDIT, row=device, body={"name": "Other", **WHY}),
    Endpoint("POST", "/devices/{device_id}/refresh", TEST, row=device_with_leave, success=503),
    Endpoint("POST", "/devices/{device_id}/retire", EDIT, row=device, body=WHY, success=204),
    Endpoint("PUT", "/devices/{device_id}/channels/{number}", EDIT, row=channel, body={"camera": None, **WHY}),
    Endpoint("GET", "/cameras/{camera_id}/device", VIEW, row=camera),
    Endpoint("GET", "/cameras/{camera_id}/device-events", VIEW, row=camera),
    Endpoint(
        "GET",
        "/cameras/{camera_id}/device-recordings",
        "camera.playback",
        row=camera,
        query="from_ms=1&to_ms=9",
        success=503,
    ),
    Endpoint("GET", "/vendor-templates", None),
    Endpoint("POST", "/vendor-templates", "registry.edit", body=TEMPLATE, success=201, **CENTRE),
    Endpoint("PATCH", "/vendor-templates/{code}", "registry.edit", row=template, body={"sort": 3, **WHY}, **CENTRE),
    Endpoint(
        "GET",
        "/vendor-templates/{code}/addresses",
        None,
        row=template,
        query="host=192.0.2.7&channels=4",
        elsewhere=200,
    ),
    Endpoint("GET", "/vendor-templates/{code}/history", "registry.edit", row=template, **CENTRE),
    Endpoint("GET", "/cameras/{camera_id}/imaging", IMAGING, row=camera, success=503),
    Endpoint(
        "PATCH",
        "/cameras/{camera_id}/imaging",
        IMAGING,
        row=camera,
        body={"settings": {"brightness": 40}, **WHY},
        success=503,
    ),
    Endpoint("POST", "/cameras/{camera_id}/focus-steps", IMAGING, row=camera, body={"towards": "far"}, success=503),
    Endpoint(
        "POST",
        "/cameras/{camera_id}/relay-switches",
        RELAY,
        row=camera,
        body={"relay": "relay-1", "active": True, **WHY},
        success=503,
    ),
    Endpoint("GET", "/cameras/{camera_id}/ptz", VIEW, row=camera),
    Endpoint("POST", "/cameras/{camera_id}/ptz/moves", MOVE, row=camera, body={"kind": "stop"}, success=503),
    Endpoint("POST", "/cameras/{camera_id}/ptz/release", MOVE, row=camera, success=204),
    Endpoint("POST", "/cameras/{camera_id}/ptz/places/read", MOVE, row=camera, success=503),
    Endpoint("POST", "/cameras/{camera_id}/ptz/places", MOVE, row=camera, body={"name": "Gate"}, success=503),
    Endpoint("PATCH", "/ptz-places/{place_id}", MOVE, row=place, body={"name": "Road"}),
    Endpoint("DELETE", "/ptz-places/{place_id}", MOVE, row=place, success=503),
    Endpoint(
        "POST", "/cameras/{camera_id}/ptz/tours", MOVE, row=camera, body={"name": "Day", "stops": STOPS}, success=201
    ),
    Endpoint("PATCH", "/ptz-tours/{tour_id}", MOVE, row=tour, body={"running": True}),
    Endpoint("DELETE", "/ptz-tours/{tour_id}", MOVE, row=tour, success=204),
]
