"""Endpoints of the incidents desk."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import alarms_rig
import incidents_rig as rig
from prahari.contracts.clock import local_day
from prahari.desks.incidents import agencies, flow, people
from prahari.desks.incidents import schemas as s
from prahari.desks.incidents.models import Incident
from scope import Endpoint, World

VIEW, WORK, SUPERVISE = "incident.view", "incident.work", "incident.supervise"
LIMITS = {"in_hand": 60, "arrive": 600, "resolve": 3600}
FIRST = {"version": 1}
SECOND = {"version": 2}


def incident(world: World) -> dict[str, str]:
    return {"incident_id": str(rig.opened(world).id)}


def in_hand(world: World) -> dict[str, str]:
    made = rig.opened(world)
    flow.take_in_hand(actor=world.system, incident_id=made.id, form=s.Versioned(**FIRST))
    return {"incident_id": str(made.id)}


def closed(world: World) -> dict[str, str]:
    made = rig.opened(world)
    form = s.CloseIn(version=1, outcome="false_call", reason="A child played with the telephone")
    flow.close(actor=world.system, incident_id=made.id, form=form)
    return {"incident_id": str(made.id)}


def with_support(world: World) -> dict[str, str]:
    made = rig.opened(world, agencies=["traffic"])
    return {"incident_id": str(made.id), "code": "traffic"}


def offered(world: World) -> dict[str, str]:
    made = rig.opened(world)
    form = s.HandoverIn(version=1, to_agency="traffic", note="It is about the junction")
    agencies.offer(actor=world.system, incident_id=made.id, form=form)
    return {"incident_id": str(made.id)}


def offered_here(world: World) -> dict[str, str]:
    """By the traffic police, to the agency of those who ask."""
    made = rig.opened(world, agency="traffic")
    form = s.HandoverIn(version=1, to_agency=World.AGENCY, note="It is a crime")
    agencies.offer(actor=world.system, incident_id=made.id, form=form)
    return {"incident_id": str(made.id)}


def with_person(world: World) -> dict[str, str]:
    made = rig.opened(world)
    person = rig.worker(world)
    people.assign(actor=world.system, incident_id=made.id, form=s.PersonIn(version=1, person=person.id))
    return {"incident_id": str(made.id), "person_id": str(person.id)}


def with_file(kind: str) -> Any:
    def make(world: World) -> dict[str, str]:
        made = rig.opened(world)
        return {"incident_id": str(made.id), "file_id": str(rig.kept_file(made, kind).id)}

    return make


def merge(world: World) -> dict[str, str]:
    return {"merge_id": str(rig.merged(world).id)}


def gas_leak(world: World) -> dict[str, str]:
    return {"code": "gas_leak"}


def fire(world: World) -> dict[str, str]:
    return {"code": "fire"}


def new_incident(world: World) -> dict[str, Any]:
    return rig.form()


def assigning(world: World) -> dict[str, Any]:
    return FIRST | {"person": str(rig.worker(world).id)}


def linking(world: World) -> dict[str, Any]:
    return FIRST | {"alarms": [str(alarms_rig.put().alarm_id)]}


def merging_into(world: World) -> dict[str, Any]:
    return FIRST | {"into": str(rig.opened(world).id), "into_version": 1, "reason": "The same thing"}


def splitting(world: World) -> dict[str, Any]:
    return FIRST | {
        "key": str(uuid.uuid4()), "kind": "fire", "severity": "high", "title": "A car burns", "reason": "Another thing"
    }  # fmt: skip


def note(world: World) -> dict[str, Any]:
    return {"key": str(uuid.uuid4()), "text": "The road is closed"}


def undoing(world: World) -> dict[str, Any]:
    """Of the newest incident that lives with another in it."""
    whole = Incident.objects.filter(merged__isnull=False).latest("opened_ms", "id")
    return {"version": whole.version, "reason": "Two things after all"}


REASON = {"reason": "Asked for by the station"}
KIND = {"name": {"en": "Gas leak", "hi": "गैस रिसाव"}, "severity": "critical", "reason": "New in this city"}
CLOCKS = {
    "valid_from": str(local_day() + dt.timedelta(days=1)), "source": "Order 12 of the SSP",
    "limits": dict.fromkeys(("low", "medium", "high", "critical"), LIMITS),
}  # fmt: skip
ONE = "/incidents/{incident_id}"

ENDPOINTS = [
    Endpoint("GET", "/incidents", VIEW, row=incident, lists=True),
    Endpoint("POST", "/incidents", WORK, body=new_incident, success=201, elsewhere=403),
    Endpoint("GET", "/incidents/counts", VIEW),
    Endpoint("GET", "/incidents/map", VIEW, row=incident, lists=True),
    Endpoint("GET", "/incidents/export", VIEW),
    Endpoint("GET", "/incident-kinds", None),
    Endpoint("PUT", "/incident-kinds/{code}", SUPERVISE, row=gas_leak, body=KIND, everywhere=True, elsewhere=403),
    Endpoint("POST", "/incident-kinds/{code}/clocks", SUPERVISE, row=fire, body=CLOCKS, success=201, everywhere=True,
             elsewhere=403),
    Endpoint("GET", ONE, VIEW, row=incident),
    Endpoint("PATCH", ONE, WORK, row=incident, body=FIRST | {"address": "Mall Road, near the bank"}),
    Endpoint("POST", f"{ONE}/take", WORK, row=incident, body=FIRST),
    Endpoint("POST", f"{ONE}/arrived", WORK, row=incident, body=FIRST),
    Endpoint("POST", f"{ONE}/resolve", WORK, row=in_hand, body=SECOND | {"note": "Taken to hospital"}),
    Endpoint("POST", f"{ONE}/close", WORK, row=incident, body=FIRST | {"outcome": "test", "reason": "An exercise"}),
    Endpoint("POST", f"{ONE}/reopen", SUPERVISE, row=closed, body=SECOND | REASON),
    Endpoint("GET", f"{ONE}/timeline", VIEW, row=incident),
    Endpoint("POST", f"{ONE}/notes", WORK, row=incident, body=note, success=201),
    Endpoint("POST", f"{ONE}/alarms", WORK, row=incident, body=linking, also=("alarm.work",)),
    Endpoint("GET", f"{ONE}/cameras", VIEW, row=incident),
    # The bytes are not there: whoever may read it is told so (test_incidents.py reads real ones).
    Endpoint("GET", f"{ONE}/files/{{file_id}}", VIEW, row=with_file("pdf"), success=503),
    Endpoint("GET", f"{ONE}/files/{{file_id}}/thumbnail", VIEW, row=with_file("image"), success=503),
    Endpoint("GET", f"{ONE}/report", VIEW, row=incident),
    Endpoint("POST", f"{ONE}/agencies", WORK, row=incident, body=FIRST | {"agency": "disaster"}),
    Endpoint("POST", f"{ONE}/agencies/{{code}}/leave", WORK, row=with_support, body=FIRST | REASON),
    Endpoint("POST", f"{ONE}/handover", WORK, row=incident,
             body=FIRST | {"to_agency": "traffic", "note": "It is about the junction"}),
    Endpoint("POST", f"{ONE}/handover/answer", WORK, row=offered_here, body=SECOND | {"accept": True}),
    Endpoint("POST", f"{ONE}/handover/withdraw", WORK, row=offered, body=SECOND | REASON),
    Endpoint("GET", f"{ONE}/workers", WORK, row=incident),
    Endpoint("POST", f"{ONE}/people", WORK, row=incident, body=assigning),
    Endpoint("POST", f"{ONE}/people/{{person_id}}/relieve", WORK, row=with_person, body=SECOND),
    Endpoint("POST", f"{ONE}/merge", SUPERVISE, row=incident, body=merging_into),
    Endpoint("POST", "/incident-merges/{merge_id}/undo", SUPERVISE, row=merge, body=undoing),
    Endpoint("POST", f"{ONE}/split", SUPERVISE, row=incident, body=splitting, success=201),
]  # fmt: skip
