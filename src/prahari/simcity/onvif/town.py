"""The devices of the simulated city: one recorder for the cameras of each premises, with the city's credentials."""

from __future__ import annotations

import time

import msgspec

from prahari.contracts.city import City
from prahari.simcity.onvif.device import SimChannel, SimDevice
from prahari.simcity.rtsp.auth import Auth

ANSWERING = 40
"""So many devices answer a search of the network: hundreds in one list would help nobody."""

DAY_S = 86_400
YEAR_S = 365 * DAY_S


class PlannedChannel(msgspec.Struct):
    reg_id: str
    name: str
    ptz: bool


class PlannedDevice(msgspec.Struct):
    """What is kept of a recorder on disk; the rest follows from it."""

    make: str
    model: str
    channels: list[PlannedChannel]


def planned(city: City) -> dict[str, PlannedDevice]:
    """Premises code -> its recorder, channels in the order of the register."""
    found: dict[str, PlannedDevice] = {}
    for camera in sorted(city.cameras, key=lambda camera: camera.reg_id):
        device = found.setdefault(camera.premises, PlannedDevice(camera.make or "Simcity", "SC-NVR", []))
        device.channels.append(PlannedChannel(camera.reg_id, camera.name.en, camera.kind == "ptz"))
    return found


def devices(plan: dict[str, PlannedDevice], rtsp: str, auth: Auth | None) -> dict[str, SimDevice]:
    """`rtsp`: address of the simulated cameras, without path. The pictures are 640x360 in both streams."""
    now_s = time.time()
    stretches = [(now_s - DAY_S, now_s - 11_400), (now_s - 10_800, now_s + YEAR_S)]
    return {
        code: SimDevice(
            code,
            [
                SimChannel(
                    one.name,
                    f"{rtsp}/cam/{one.reg_id}",
                    f"{rtsp}/cam/{one.reg_id}?stream=sub",
                    width_px=640,
                    height_px=360,
                    ptz=one.ptz,
                    stretches=list(stretches),
                    replay_url=f"{rtsp}/cam/{one.reg_id}?replay=1",
                )
                for one in device.channels
            ],
            username=auth.username if auth else "",
            password=auth.password if auth else "",
            make=device.make,
            model=device.model,
        )
        for code, device in plan.items()
    }
