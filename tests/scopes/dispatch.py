"""Endpoints of the dispatch desk."""

from __future__ import annotations

import uuid
from typing import Any

import dispatch_rig as rig
import incidents_rig
from prahari.contracts.events import now_ms
from prahari.desks.dispatch.models import Unit
from scope import Endpoint, World

VIEW, WORK, MANAGE, CREW = "dispatch.view", "dispatch.work", "unit.manage", "unit.crew"
SEE = ("incident.view",)


def unit(world: World) -> dict[str, str]:
    return {"unit_id": str(rig.unit(world).id)}


def incident(world: World) -> dict[str, str]:
    return {"incident_id": str(incidents_rig.opened(world).id)}


def assignment(world: World) -> dict[str, str]:
    return {"assignment_id": str(rig.sent(world, incidents_rig.opened(world), rig.unit(world)).id)}


def seen(**more: Any) -> Any:
    """Of the unit or assignment that was made: its version then."""

    def body(world: World) -> dict[str, Any]:
        return {"version": Unit.objects.latest("created_ms").version} | more

    return body


def new_unit(world: World) -> dict[str, Any]:
    return rig.form()


def editing(world: World) -> dict[str, Any]:
    fields = rig.form(version=Unit.objects.latest("created_ms").version)
    del fields["agency"]
    return fields


def sending(world: World) -> dict[str, Any]:
    one = rig.unit(world)
    return {"key": str(uuid.uuid4()), "unit": str(one.id), "version": one.version}


def message(world: World) -> dict[str, Any]:
    return {"key": str(uuid.uuid4()), "text": "Where are you?"}


def signing_on(world: World) -> dict[str, Any]:
    return {"unit": str(rig.unit(world).id)}


def telling(name: str) -> Any:
    def body(world: World) -> dict[str, Any]:
        return {"sent_at_ms": now_ms(), name: []}

    return body


ONE = "/units/{unit_id}"

ENDPOINTS = [
    Endpoint("GET", "/units", VIEW, row=unit, lists=True),
    Endpoint("POST", "/units", MANAGE, body=new_unit, success=201, elsewhere=403),
    Endpoint("GET", "/unit-skills", None),
    Endpoint("GET", "/unit-trackers", MANAGE),
    Endpoint("GET", ONE, VIEW, row=unit),
    Endpoint("PATCH", ONE, MANAGE, row=unit, body=editing),
    Endpoint("POST", f"{ONE}/retire", MANAGE, row=unit, body=seen(reason="Sold"), success=204),
    Endpoint("POST", f"{ONE}/status", WORK, row=unit, body=seen(status="busy")),
    Endpoint("GET", f"{ONE}/history", VIEW, row=unit),
    Endpoint("GET", f"{ONE}/track", VIEW, row=unit),
    Endpoint("GET", f"{ONE}/messages", VIEW, row=unit),
    Endpoint("POST", f"{ONE}/messages", WORK, row=unit, body=message, success=201),
    Endpoint("POST", f"{ONE}/messages/read", WORK, row=unit, body={"up_to_ms": 1}, success=204),
    Endpoint("GET", "/dispatch/board", VIEW, also=SEE),
    Endpoint("GET", "/dispatch/hotspots", VIEW),
    Endpoint("GET", "/incidents/{incident_id}/assignments", VIEW, row=incident, also=SEE),
    Endpoint("GET", "/incidents/{incident_id}/suggestions", WORK, row=incident, also=SEE),
    Endpoint("POST", "/incidents/{incident_id}/assignments", WORK, row=incident, body=sending, success=201, also=SEE),
    Endpoint("POST", "/assignments/{assignment_id}/step", WORK, row=assignment,
             body={"version": 1, "state": "en_route"}),
    Endpoint("POST", "/assignments/{assignment_id}/withdraw", WORK, row=assignment,
             body={"version": 1, "reason": "Another one is nearer"}),
    Endpoint("GET", "/unit", CREW),
    Endpoint("POST", "/unit/sign-on", CREW, body=signing_on, elsewhere=404),
    # On board of no unit: whoever may ask is told so (tests/unit/desks/dispatch signs on and off).
    Endpoint("POST", "/unit/sign-off", CREW, success=409),
    Endpoint("POST", "/unit/agree", CREW, body={"agreed": True}, success=409),
    Endpoint("POST", "/unit/sync", CREW, body=telling("deeds")),
    Endpoint("POST", "/unit/position", CREW, body=telling("positions")),
]  # fmt: skip
