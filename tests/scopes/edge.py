"""Endpoints of the edge desk."""

from __future__ import annotations

from typing import Any

import registry_rig
from prahari.desks.edge.models import EdgeCamera, EdgeSite
from scope import Endpoint, World


def _site(world: World) -> EdgeSite:
    return EdgeSite.objects.create(name="Shop", premises=registry_rig.premises(world), created_ms=1, edited_ms=1)


def site(world: World) -> dict[str, str]:
    return {"site_id": str(_site(world).pk)}


def new_site(world: World) -> dict[str, Any]:
    return {"name": "Shop", "premises": str(registry_rig.premises(world).pk), "reason": "Agreed with the owner"}


def attaching(world: World) -> dict[str, Any]:
    camera = registry_rig.camera(world)
    return {"camera_id": str(camera.pk), "local_name": "door", "reason": "At the shop"}


def served(world: World) -> dict[str, str]:
    made = _site(world)
    camera = registry_rig.camera(world)
    EdgeCamera.objects.create(site=made, camera=camera, local_name="door")
    return {"site_id": str(made.pk), "camera_id": str(camera.pk)}


WHY = {"reason": "As agreed"}
VIEW, MANAGE, EDIT, REGISTRY = "camera.view", "edge.manage", "camera.edit", "registry.view"

ENDPOINTS = [
    Endpoint("GET", "/edge-sites", VIEW, row=site, lists=True),
    Endpoint("POST", "/edge-sites", MANAGE, body=new_site, success=201, elsewhere=422, also=(REGISTRY, VIEW)),
    Endpoint("GET", "/edge-sites/{site_id}", VIEW, row=site),
    Endpoint(
        "PATCH", "/edge-sites/{site_id}", MANAGE, row=site, body={**WHY, "name": "Shop 2", "edited_ms": 1}, also=(VIEW,)
    ),
    Endpoint("POST", "/edge-sites/{site_id}/code", MANAGE, row=site, body=WHY, success=201),
    Endpoint("POST", "/edge-sites/{site_id}/revoke", MANAGE, row=site, body=WHY, also=(VIEW,)),
    Endpoint("POST", "/edge-sites/{site_id}/cameras", MANAGE, row=site, body=attaching, also=(EDIT, VIEW)),
    Endpoint(
        "POST", "/edge-sites/{site_id}/cameras/{camera_id}/detach", MANAGE, row=served, body=WHY, also=(EDIT, VIEW)
    ),
    # A box that nobody has signed in: without a code it gets nothing (tests/unit/desks/edge).
    Endpoint(
        "POST", "/edge/enrol", None, body={"code": "X", "public_key": "A", "signature": "A"}, success=422, public=True
    ),
]
