"""Endpoints of the linking desk."""

from __future__ import annotations

import registry_rig as rig
from scope import Endpoint, World


def camera(world: World) -> dict[str, str]:
    return {"camera_id": str(rig.camera(world).pk)}


def consent(world: World) -> dict[str, str]:
    return {"consent_id": str(rig.consent(rig.camera(world)).pk)}


def order(world: World) -> dict[str, str]:
    return {"order_id": str(rig.order(world).pk)}


def new_order(world: World) -> dict[str, str]:
    return {"authority": "DM", "number": "7/26", "dated_on": "2026-02-01", "title": "t",
            "department": rig.department(world).code, "jurisdiction": World.HOME}  # fmt: skip


def public_camera(world: World) -> dict[str, list[str]]:
    return {"camera_ids": [str(rig.camera(world, owner_class="smart_city").pk)]}


MANAGE = "consent.manage"
CONSENT = {"given_by": "R. Gupta", "given_on": "2026-01-05"}
WHY = {"reason": "as asked"}

ENDPOINTS = [
    Endpoint("GET", "/cameras/{camera_id}/permits", "camera.view", row=camera),
    Endpoint("POST", "/cameras/{camera_id}/consents", MANAGE, row=camera, body=CONSENT, success=201),
    Endpoint("POST", "/consents/{consent_id}/withdraw", MANAGE, row=consent, body=WHY, success=204),
    Endpoint("GET", "/orders", "registry.view", row=order, lists=True),
    Endpoint("POST", "/orders", MANAGE, body=new_order, success=201, elsewhere=403),
    Endpoint("POST", "/orders/{order_id}/cameras", MANAGE, row=order, body=public_camera),
    Endpoint("POST", "/orders/{order_id}/revoke", MANAGE, row=order, body=WHY, success=204),
    Endpoint("POST", "/cameras/{camera_id}/media-token", "camera.live", row=camera, body={"uses": ["live"]}),
    Endpoint("POST", "/media-tokens", "camera.live", body={"uses": ["live"], "camera_ids": ["0" * 32]}),
    Endpoint("POST", "/camera-tests", "camera.test", body={"url": "rtsp://a", "owner_present": False}, success=422),
    Endpoint("POST", "/camera-discovery", "camera.test", success=503),
    Endpoint("GET", "/health", "system.view"),
]
