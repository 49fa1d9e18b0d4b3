"""Units for tests: entered as anybody enters them, placed as the event log's writer does."""

from __future__ import annotations

import itertools
import uuid
from typing import Any

import orjson
from django.db import connection
from django.test import Client

from prahari.contracts.events import now_ms
from prahari.desks.accounts.models import User
from prahari.desks.common.actor import Actor
from prahari.desks.dispatch import assigning, units
from prahari.desks.dispatch import schemas as s
from prahari.desks.dispatch.models import Assignment, CrewMember, Unit
from prahari.desks.incidents.models import Incident
from scope import World

DISPATCHER = ("dispatch.view", "dispatch.work", "incident.view", "incident.work", "incident.supervise", "alarm.view",
              "alarm.work", "unit.manage")  # fmt: skip
API = "/api/v1"
_signs = itertools.count(1)


def form(**more: Any) -> dict[str, Any]:
    fields = {
        "call_sign": f"PCR-{next(_signs)}", "kind": "patrol_car", "agency": World.AGENCY, "jurisdiction": World.HOME,
        "phone": "+91 98765 43210", "skills": [], "reason": "New in the fleet",
    }  # fmt: skip
    return fields | more


def unit(world: World, at: tuple[float, float] | None = (26.46, 80.33), status: str = "available", age_s: int = 5,
         **more: Any) -> Unit:  # fmt: skip
    made = units.create(actor=world.system, form=s.UnitIn(**form(**more)))
    if status != "off_duty":
        say = s.UnitStatusIn(version=made.version, status=status, note="In the workshop")
        units.set_status(actor=world.system, unit_id=made.id, form=say)
        made.refresh_from_db()
    if at is not None:
        place(made, *at, now_ms() - age_s * 1000)
    return made


def place(unit: Unit, lat: float, lon: float, at_ms: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO unit_position (unit_id, at_ms, lat, lon) VALUES (%s, %s, %s, %s) ON CONFLICT (unit_id)"
            " DO UPDATE SET at_ms = excluded.at_ms, lat = excluded.lat, lon = excluded.lon",
            [unit.id, at_ms, lat, lon],
        )
        cursor.execute("INSERT INTO unit_track VALUES (%s, %s, %s, %s)", [unit.id, at_ms, lat, lon])


def sent(world: World, incident: Incident, unit: Unit, actor: Actor | None = None, **more: Any) -> Assignment:
    unit.refresh_from_db()
    sending = s.AssignmentIn(key=uuid.uuid4(), unit=unit.id, version=unit.version, **more)
    made = assigning.assign(actor=actor or world.system, incident_id=incident.id, form=sending)
    unit.refresh_from_db()
    return made


def aboard(unit: Unit, person: User, *, since_s: int = 3600, agreed: bool = True) -> CrewMember:
    since_ms = now_ms() - since_s * 1000
    return CrewMember.objects.create(
        unit=unit, person=person, since_ms=since_ms, agreed_ms=since_ms if agreed else None
    )


def dispatcher(world: World, name: str = "", *, at: str = World.HOME, agency: str | None = World.AGENCY) -> User:
    person = world.person(name, at=at, agency=agency)
    world.allow(person, *DISPATCHER, at=at, agency=agency)
    return person


def constable(world: World, name: str = "", *, at: str = World.HOME, agency: str | None = World.AGENCY) -> User:
    person = world.person(name, at=at, agency=agency)
    world.allow(person, "unit.crew", at=at, agency=agency)
    return person


def deed(unit: Unit, deed: str, **more: Any) -> dict[str, Any]:
    fields = {"id": str(uuid.uuid4()), "deed": deed, "unit": str(unit.id), "made_at_ms": now_ms()}
    return fields | {name: str(value) if isinstance(value, uuid.UUID) else value for name, value in more.items()}


def position(**more: Any) -> dict[str, Any]:
    return {"id": str(uuid.uuid4()), "at_ms": now_ms(), "lat": 26.45, "lon": 80.33} | more


def ask(client: Client, method: str, path: str, body: Any = None, status: int = 200) -> Any:
    answer = client.generic(method, API + path, b"" if body is None else orjson.dumps(body, default=str),
                            content_type="application/json")  # fmt: skip
    assert answer.status_code == status, answer.content[:600].decode()
    return answer.json() if answer.content else None


def get(client: Client, path: str, status: int = 200) -> Any:
    return ask(client, "GET", path, status=status)


def post(client: Client, path: str, body: Any, status: int = 200) -> Any:
    return ask(client, "POST", path, body, status)


def status_of(unit: Unit) -> str:
    unit.refresh_from_db()
    return unit.status
