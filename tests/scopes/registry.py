"""Endpoints of the registry desk."""

from __future__ import annotations

from typing import Any

import registry_rig as rig
from scope import Endpoint, World


def camera(world: World) -> dict[str, str]:
    return {"camera_id": str(rig.camera(world).pk)}


def premises(world: World) -> dict[str, str]:
    return {"premises_id": str(rig.premises(world).pk)}


def site(world: World) -> dict[str, str]:
    return {"site_id": str(rig.site(world).pk)}


def department(world: World) -> dict[str, str]:
    return {"code": rig.department(world).code}


def shop(world: World) -> dict[str, str]:
    return {"code": "shop"}


def market(world: World) -> dict[str, str]:
    return {"code": "market"}


NAME = {"en": "Gate", "hi": "द्वार"}


def new_camera(world: World) -> dict[str, Any]:
    place = str(rig.premises(world).pk)
    return {"name": NAME, "premises": place, "placement": "entry", "kind": "fixed", "lat": 26.45, "lon": 80.33}


def new_premises(world: World) -> dict[str, Any]:
    whose = rig.department(world).code
    return {"name": NAME, "owner_class": "shop", "department": whose, "jurisdiction": World.HOME}


WHY = {"reason": "as asked"}
VIEW, EDIT, LOOK, CHANGE = "camera.view", "camera.edit", "registry.view", "registry.edit"
ENTRY = {"code": "kiosk", "name": NAME}
SITE = {"name": NAME, "agency": World.AGENCY, "jurisdiction": World.HOME}
CENTRE: dict[str, Any] = {"elsewhere": 403, "everywhere": True}

ENDPOINTS = [
    Endpoint("GET", "/cameras", VIEW, row=camera, lists=True),
    Endpoint("GET", "/cameras/map", VIEW),
    Endpoint("GET", "/cameras/counts", VIEW),
    Endpoint("GET", "/cameras/export", "camera.export"),
    Endpoint("POST", "/cameras", EDIT, body=new_camera, success=201, elsewhere=422),
    Endpoint("GET", "/cameras/{camera_id}", VIEW, row=camera),
    Endpoint("PATCH", "/cameras/{camera_id}", EDIT, row=camera, body={"make": "Netra", **WHY}),
    Endpoint("POST", "/cameras/{camera_id}/retire", EDIT, row=camera, body=WHY, success=204),
    Endpoint("GET", "/cameras/{camera_id}/history", VIEW, row=camera),
    Endpoint("GET", "/cameras/{camera_id}/status-history", VIEW, row=camera),
    Endpoint("GET", "/premises", LOOK, row=premises, lists=True),
    Endpoint("POST", "/premises", CHANGE, body=new_premises, success=201, elsewhere=403),
    Endpoint("GET", "/premises/{premises_id}", LOOK, row=premises),
    Endpoint("PATCH", "/premises/{premises_id}", CHANGE, row=premises, body={"testimonial": True, **WHY}),
    Endpoint("GET", "/sites", LOOK, row=site, lists=True),
    Endpoint("POST", "/sites", CHANGE, body=SITE, success=201, elsewhere=403),
    Endpoint("PATCH", "/sites/{site_id}", CHANGE, row=site, body={"project": "Safe City", **WHY}),
    Endpoint("GET", "/departments", None),
    Endpoint("POST", "/departments", CHANGE, body={**ENTRY, "agency": "police"}, success=201, **CENTRE),
    Endpoint("PATCH", "/departments/{code}", CHANGE, row=department, body={"sort": 3, **WHY}, **CENTRE),
    Endpoint("GET", "/owner-classes", None),
    Endpoint("POST", "/owner-classes", CHANGE, body={**ENTRY, "public": False}, success=201, **CENTRE),
    Endpoint("PATCH", "/owner-classes/{code}", CHANGE, row=shop, body={"sort": 3, **WHY}, **CENTRE),
    Endpoint("GET", "/place-classes", None),
    Endpoint("POST", "/place-classes", CHANGE, body=ENTRY, success=201, **CENTRE),
    Endpoint("PATCH", "/place-classes/{code}", CHANGE, row=market, body={"sort": 3, **WHY}, **CENTRE),
    Endpoint("GET", "/retention-classes", None),
]
