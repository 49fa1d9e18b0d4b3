"""Endpoints of the programme desk, and the rows that its tests are made of."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

import registry_rig as rig
from prahari.contracts.clock import local_day
from prahari.contracts.events import now_ms
from prahari.desks.accounts.models import Jurisdiction, User
from prahari.desks.linking.models import Linkage
from prahari.desks.programme import escalation
from prahari.desks.programme.models import Appointment, ChecklistItem, Clause, GovernmentOrder, Task, TaskBatch
from prahari.desks.registry.models import Premises
from scope import Endpoint, World

_numbers = itertools.count(1)
VIEW, WORK, MANAGE = "linking.view", "linking.work", "programme.manage"


def fill_seeds() -> None:
    """Rows that migrations put in, gone after a test whose rows were really committed."""
    from importlib import import_module

    from django.apps import apps

    from prahari.desks.messages.models import MessageTemplate
    from prahari.desks.programme.models import Rank
    from prahari.desks.registry.models import OwnerClass

    if not OwnerClass.objects.exists():
        import_module("prahari.desks.registry.migrations.0003_seeds").sow(apps, None)
    if not Rank.objects.exists():
        import_module("prahari.desks.programme.migrations.0002_seeds").sow(apps, None)
    if not MessageTemplate.objects.exists():
        from prahari.desks.messages import templates

        MessageTemplate.objects.bulk_create(
            [MessageTemplate(**row, valid_from=dt.date(2020, 1, 1), created_ms=1) for row in templates.seeds()]
        )


def appointed(
    world: World, office: str = "station_officer", *, at: str = World.HOME, agency: str | None = World.AGENCY,
    rank: str = "inspector", person: User | None = None, **more: Any,
) -> Appointment:  # fmt: skip
    """Somebody who has held an office for a month."""
    fields: dict[str, Any] = {
        "from_day": local_day() - dt.timedelta(days=30), "order_reference": "12/26", "designation_en": office,
        "designation_hi": office, "created_ms": 1, "edited_ms": 1,
    } | more  # fmt: skip
    return Appointment.objects.create(
        person=person or world.person(at=at), office_id=office, rank_id=rank, agency_id=agency,
        jurisdiction=Jurisdiction.objects.get(path=at), **fields,
    )  # fmt: skip


def task(world: World, *, at: str = World.HOME, agency: str = World.AGENCY, **more: Any) -> Task:
    fields: dict[str, Any] = {
        "kind": "visit", "title_en": f"Visit {next(_numbers)}", "title_hi": "भ्रमण", "created_ms": now_ms(),
        "edited_ms": 1,
    } | more  # fmt: skip
    return Task.objects.create(jurisdiction_path=at, agency_code=agency, **fields)


def listed(
    world: World, step: str = "listed", *, premises: Premises | None = None, at: str = World.HOME, **more: Any
) -> Linkage:
    """Premises in the programme."""
    house = premises or rig.premises(world, at=at, owner_class=more.pop("owner_class", "shop"))
    fields: dict[str, Any] = {"listed_ms": now_ms() - 1000, "cameras_reported": 1} | more
    return Linkage.objects.create(premises=house, step=step, **fields)


def order(
    world: World, *, at: str = World.HOME, agency: str | None = World.AGENCY, clauses: int = 1, **more: Any
) -> GovernmentOrder:
    fields: dict[str, Any] = {
        "number": f"{next(_numbers)}/9-9-2026", "dated_on": "2026-08-25", "sender_en": "Government",
        "sender_hi": "शासन", "subject_en": "Safe City", "subject_hi": "सेफ सिटी", "created_ms": 1, "edited_ms": 1,
    } | more  # fmt: skip
    made = GovernmentOrder.objects.create(jurisdiction=Jurisdiction.objects.get(path=at), agency_id=agency, **fields)
    for number in range(1, clauses + 1):
        Clause.objects.create(
            order=made, number=str(number), sort=number, text_hi="बिन्दु", summary_en="A point", edited_ms=1
        )
    return made


def _appointment(world: World) -> dict[str, str]:
    return {"appointment_id": str(appointed(world).pk)}


def _task(world: World) -> dict[str, str]:
    return {"task_id": str(task(world).pk)}


def _tick(world: World) -> dict[str, str]:
    made = task(world)
    return {"task_id": str(made.pk), "item_id": str(ChecklistItem.objects.create(task=made, sort=0, text="x").pk)}


def _batch(world: World) -> dict[str, str]:
    made = TaskBatch.objects.create(
        title_en="x", title_hi="x", jurisdiction_path=World.HOME, agency_code=World.AGENCY, made_ms=1
    )
    return {"batch_id": str(made.pk)}


def _escalation(world: World) -> dict[str, str]:
    appointed(world)
    made = escalation.raise_(
        kind="report_missing", key=f"k{next(_numbers)}", jurisdiction=World.HOME, agency=World.AGENCY,
        about_type="report", about_id="1", text_en="No report", text_hi="आख्या नहीं",
    )  # fmt: skip
    return {"escalation_id": str(made.pk)}


def _order(world: World) -> dict[str, str]:
    return {"order_id": str(order(world).pk)}


def _clause(world: World) -> dict[str, str]:
    return {"clause_id": str(order(world).clauses.get().pk)}


def _new_appointment(world: World) -> dict[str, Any]:
    return {"person_id": str(world.person().pk), "rank": "inspector", "office": "station_officer",
            "jurisdiction": World.HOME, "agency": World.AGENCY, "from_day": "2026-01-01",
            "order_reference": "1/26"}  # fmt: skip


def _bulk(world: World) -> dict[str, Any]:
    listed(world, "refused")
    return {"kind": "visit", "title": NAME, "filters": {"step": ["refused"]}}


def _holiday(world: World) -> dict[str, str]:
    from prahari.desks.programme.models import Holiday

    return {"day": str(Holiday.objects.create(day="2026-08-15", name_en="x", name_hi="x").day)}


NAME = {"en": "x", "hi": "x"}
WHY = {"reason": "as ordered"}
NEW_TASK = {"kind": "visit", "title": NAME, "jurisdiction": World.HOME, "agency": World.AGENCY}
NEW_ORDER = {"number": "7/26", "dated_on": "2026-02-01", "sender": NAME, "subject": NAME, "jurisdiction": World.HOME,
             "agency": World.AGENCY}  # fmt: skip
RULE = {"code": "task_due_in_days", "value": 5, "valid_from": "2026-01-01", "source": "decision"}
WHOLE: dict[str, Any] = {"elsewhere": 403, "everywhere": True}
SEES: dict[str, Any] = {"also": (VIEW,)}

ENDPOINTS = [
    Endpoint("GET", "/ranks", VIEW),
    Endpoint("POST", "/ranks", MANAGE, success=201, **WHOLE,
             body={"code": "dig", "name": NAME, "level": 85, "service": "police"}),
    Endpoint("PATCH", "/ranks/{code}", MANAGE, row=lambda world: {"code": "sp"}, body=WHY, **WHOLE),
    Endpoint("GET", "/offices", VIEW),
    Endpoint("POST", "/offices", MANAGE, success=201, **WHOLE,
             body={"code": "post_in_charge", "name": NAME, "tier": 5}),
    Endpoint("PATCH", "/offices/{code}", MANAGE, row=lambda world: {"code": "bsa"}, body=WHY, **WHOLE),
    Endpoint("GET", "/responsibilities", VIEW),
    Endpoint("POST", "/responsibilities", MANAGE, success=204, **WHOLE,
             body={"owner_class": "hotel", "office": "district_magistrate", "source": "order"}),
    Endpoint("POST", "/responsibilities/{owner_class}/remove", MANAGE, row=lambda world: {"owner_class": "school"},
             body=WHY, success=204, **WHOLE),
    Endpoint("GET", "/appointments", VIEW, row=_appointment, lists=True),
    Endpoint("POST", "/appointments", MANAGE, body=_new_appointment, success=201, elsewhere=403),
    Endpoint("GET", "/appointments/{appointment_id}", VIEW, row=_appointment),
    Endpoint("PATCH", "/appointments/{appointment_id}", MANAGE, row=_appointment, body={**WHY, "edited_ms": 1}, **SEES),
    Endpoint("POST", "/appointments/{appointment_id}/end", MANAGE, row=_appointment, success=204, **SEES,
             body={**WHY, "to_day": "2099-01-01"}),
    Endpoint("GET", "/appointments/{appointment_id}/history", VIEW, row=_appointment),
    Endpoint("GET", "/answerable", VIEW, query=f"jurisdiction={World.HOME}"),
    Endpoint("GET", "/programme-people", MANAGE),
    Endpoint("GET", "/holidays", VIEW),
    Endpoint("POST", "/holidays", MANAGE, body={"day": "2026-10-02", "name": NAME}, success=204, **WHOLE),
    Endpoint("POST", "/holidays/{day}/remove", MANAGE, row=_holiday, body=WHY, success=204, **WHOLE),
    Endpoint("GET", "/programme", VIEW),
    Endpoint("GET", "/tasks", VIEW, row=_task, lists=True),
    Endpoint("POST", "/tasks", MANAGE, body=NEW_TASK, success=201, elsewhere=403),
    Endpoint("POST", "/tasks/bulk-preview", MANAGE, body=_bulk, **SEES),
    # Elsewhere the filter finds nothing to set a task for.
    Endpoint("POST", "/tasks/bulk", MANAGE, body=_bulk, success=201, elsewhere=422, **SEES),
    Endpoint("GET", "/task-batches", VIEW, row=_batch, lists=True),
    Endpoint("POST", "/task-batches/{batch_id}/undo", MANAGE, row=_batch, **SEES),
    Endpoint("GET", "/tasks/{task_id}", VIEW, row=_task),
    Endpoint("PATCH", "/tasks/{task_id}", MANAGE, row=_task, body={**WHY, "edited_ms": 1}, **SEES),
    Endpoint("POST", "/tasks/{task_id}/state", WORK, row=_task, body={"state": "in_progress"}),
    Endpoint("POST", "/tasks/{task_id}/comments", VIEW, row=_task, body={"text": "went there"}, success=201),
    Endpoint("POST", "/tasks/{task_id}/checklist/{item_id}", WORK, row=_tick, body={"done": True}),
    Endpoint("GET", "/escalations", VIEW, row=_escalation, lists=True),
    Endpoint("GET", "/escalations/{escalation_id}", VIEW, row=_escalation),
    Endpoint("POST", "/escalations/{escalation_id}/acknowledge", MANAGE, row=_escalation, body={"remark": "seen to"},
             **SEES),
    Endpoint("GET", "/government-orders", VIEW, row=_order, lists=True),
    Endpoint("POST", "/government-orders", MANAGE, body=NEW_ORDER, success=201, elsewhere=403),
    Endpoint("GET", "/government-orders/{order_id}", VIEW, row=_order),
    Endpoint("PATCH", "/government-orders/{order_id}", MANAGE, row=_order, body={**WHY, "edited_ms": 1}, **SEES),
    Endpoint("GET", "/government-orders/{order_id}/summary.pdf", VIEW, row=_order),
    Endpoint("POST", "/government-orders/{order_id}/clauses", MANAGE, row=_order, success=201, **SEES,
             body={"number": "9", "text_hi": "x", "summary_en": "x"}),
    Endpoint("PATCH", "/clauses/{clause_id}", MANAGE, row=_clause, body={**WHY, "edited_ms": 1}, **SEES),
    Endpoint("POST", "/clauses/{clause_id}/remarks", MANAGE, row=_clause, body={"text": "letter sent"}, success=204,
             **SEES),
    Endpoint("GET", "/clause-figures", VIEW),
    Endpoint("GET", "/rules", VIEW),
    Endpoint("POST", "/rules", MANAGE, body=RULE, success=204, **WHOLE),
    Endpoint("GET", "/scorecards", VIEW),
]  # fmt: skip
