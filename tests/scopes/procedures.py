"""Endpoints of the procedures desk."""

from __future__ import annotations

from typing import Any

import incidents_rig as rig
from prahari.desks.incidents.models import Incident
from prahari.desks.procedures import editing
from prahari.desks.procedures.models import ProcedureRun
from scope import Endpoint, World

VIEW, WORK, EDIT = "incident.view", "incident.work", "procedure.edit"
REASON = {"reason": "Asked for by the station"}


def fire(world: World) -> dict[str, str]:
    return {"code": "fire"}


def first(world: World) -> dict[str, str]:
    return {"code": "fire", "number": "1"}


def drafted(world: World) -> dict[str, str]:
    editing.begin_draft(actor=world.system, code="fire")
    return {"code": "fire"}


def editing_fire(world: World) -> dict[str, Any]:
    from prahari.desks.procedures.models import Procedure

    known = Procedure.objects.get(code="fire")
    return {"name": {"en": "Fire", "hi": "आग"}, "edited_ms": known.edited_ms, **REASON}


def incident(world: World) -> dict[str, str]:
    return {"incident_id": str(rig.opened(world).id)}


def run_of(step: str, kind: str = "crowd") -> Any:
    def make(world: World) -> dict[str, str]:
        made: Incident = rig.opened(world, kind=kind)
        return {"run_id": str(ProcedureRun.objects.get(incident=made).id), "step": step}

    return make


def run(world: World) -> dict[str, str]:
    return {"run_id": run_of("")(world)["run_id"]}


STEP = "/procedure-runs/{run_id}/steps/{step}"

ENDPOINTS = [
    Endpoint("GET", "/procedures", VIEW),
    Endpoint("POST", "/procedures", EDIT, body={"code": "gas_leak", "name": {"en": "Gas leak", "hi": "गैस रिसाव"}},
             success=201, elsewhere=403, everywhere=True),
    Endpoint("GET", "/procedure-actions", VIEW),
    Endpoint("GET", "/procedures/{code}", VIEW, row=fire, elsewhere=200, agencies=False),
    Endpoint("PATCH", "/procedures/{code}", EDIT, row=fire, body=editing_fire, elsewhere=403, everywhere=True),
    Endpoint("GET", "/procedures/{code}/versions/{number}", VIEW, row=first, elsewhere=200, agencies=False),
    Endpoint("POST", "/procedures/{code}/draft", EDIT, row=fire, elsewhere=403, everywhere=True),
    Endpoint("PUT", "/procedures/{code}/draft", EDIT, row=drafted, body={"version": 1, "steps": []}, elsewhere=403,
             everywhere=True),
    Endpoint("POST", "/procedures/{code}/draft/publish", EDIT, row=drafted, body={"version": 1, **REASON},
             elsewhere=403, everywhere=True),
    Endpoint("POST", "/procedures/{code}/draft/discard", EDIT, row=drafted, body={"version": 1, **REASON},
             elsewhere=403, everywhere=True),
    Endpoint("GET", "/incidents/{incident_id}/runs", VIEW, row=incident),
    Endpoint("POST", "/incidents/{incident_id}/runs", WORK, row=incident, body={"procedure": "fire"}, success=201),
    Endpoint("POST", f"{STEP}/do", WORK, row=run_of("density"), body={"version": 1, "value": 4}),
    Endpoint("POST", f"{STEP}/skip", WORK, row=run_of("lost"), body={"version": 1}),
    Endpoint("POST", f"{STEP}/undo", WORK, row=run_of("lost"), body={"version": 1}, success=409),
    Endpoint("POST", f"{STEP}/begin", WORK, row=run_of("again"), body={"version": 1}),
    Endpoint("POST", "/procedure-runs/{run_id}/stop", WORK, row=run, body=REASON),
]  # fmt: skip
