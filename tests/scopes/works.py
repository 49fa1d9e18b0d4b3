"""Endpoints of the works desk."""

from __future__ import annotations

from typing import Any

import registry_rig
import works_rig as rig
from prahari.contracts.clock import local_day
from prahari.core.ids import uuid7
from prahari.desks.works.models import Delay, Milestone, Package, Project
from scope import Endpoint, World

VIEW, EDIT = "works.view", "works.edit"
NAME = {"en": "Cable", "hi": "केबल"}
CENTRE: dict[str, Any] = {"elsewhere": 403, "everywhere": True}


def project(world: World) -> dict[str, str]:
    return {"project_id": str(rig.project(world).id)}


def package(world: World) -> dict[str, str]:
    return {"package_id": str(rig.package(world).id)}


def delay(world: World) -> dict[str, str]:
    return {"delay_id": str(rig.delay(world, rig.package(world), rig.days_ago(3)))}


def milestone(world: World) -> dict[str, str]:
    return {"milestone_id": str(rig.milestone(world, rig.package(world)))}


def site(world: World) -> dict[str, str]:
    return {"site_id": str(registry_rig.site(world).id)}


def cable(world: World) -> dict[str, str]:
    return {"code": "cable"}


def monsoon(world: World) -> dict[str, str]:
    return {"code": "monsoon"}


def new_package(world: World) -> dict[str, Any]:
    return {
        "project": str(rig.project(world).id), "number": "K-1", "name": NAME, "kind": "cable", "agency": World.AGENCY,
        "jurisdiction": World.HOME, "quantity": 12.5, "start": "2026-01-05", "end": "2026-12-31",
    }  # fmt: skip


def newest(model: type[Any], **more: Any) -> Any:
    """A body with the edited_ms of the row made last."""
    return lambda world: {"edited_ms": model.objects.order_by("-created_ms").first().edited_ms, **more}


def done(world: World) -> dict[str, Any]:
    return {"key": str(uuid7()), "done_on": str(local_day()), "quantity": 2.5}


def held_up(world: World) -> dict[str, Any]:
    return {"key": str(uuid7()), "reason": "monsoon", "first_day": str(local_day())}


NEW_PROJECT = {"code": "safe-city", "name": NAME, "agency": World.AGENCY, "jurisdiction": World.HOME}
PLAN = {"quantity": 120, "start": "2026-01-05", "end": "2027-03-31", "reason": "rains"}
KIND = {"name": NAME, "unit": {"en": "km", "hi": "किमी"}, "decimals": 2, "reason": "as asked"}
ONE = "/works/packages/{package_id}"
ENDPOINTS = [
    Endpoint("GET", "/works/kinds", None),
    Endpoint("PUT", "/works/kinds/{code}", EDIT, row=cable, body=KIND, **CENTRE),
    Endpoint("GET", "/works/delay-reasons", None),
    Endpoint("PUT", "/works/delay-reasons/{code}", EDIT, row=monsoon, body={"name": NAME, "reason": "asked"}, **CENTRE),
    Endpoint("GET", "/works/projects", VIEW, row=project, lists=True),
    Endpoint("POST", "/works/projects", EDIT, body=NEW_PROJECT, success=201, elsewhere=403),
    Endpoint("PATCH", "/works/projects/{project_id}", EDIT, row=project, body=newest(Project, reason="asked")),
    Endpoint("GET", "/works/packages", VIEW, row=package, lists=True),
    Endpoint("POST", "/works/packages", EDIT, body=new_package, success=201, elsewhere=403),
    Endpoint("GET", "/works/map", VIEW),
    Endpoint("GET", "/works/sites", VIEW, row=site, lists=True),
    Endpoint("GET", "/works/export", VIEW),
    Endpoint("GET", ONE, VIEW, row=package),
    Endpoint("PATCH", ONE, EDIT, row=package, body=newest(Package, reason="asked", critical=True)),
    Endpoint("GET", ONE + "/history", VIEW, row=package),
    Endpoint("POST", ONE + "/revisions", EDIT, row=package, body=newest(Package, **PLAN)),
    Endpoint("POST", ONE + "/progress", EDIT, row=package, body=done),
    Endpoint("POST", ONE + "/delays", EDIT, row=package, body=held_up),
    Endpoint("PATCH", "/works/delays/{delay_id}", EDIT, row=delay, body=newest(Delay, why="asked")),
    Endpoint("POST", ONE + "/milestones", EDIT, row=package, body={"name": NAME, "due_on": "2026-12-31"}),
    Endpoint("PATCH", "/works/milestones/{milestone_id}", EDIT, row=milestone, body=newest(Milestone, why="asked")),
]
