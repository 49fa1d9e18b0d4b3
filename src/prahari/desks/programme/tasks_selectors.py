"""Reads of tasks: those of the actor's area, and the actor's own wherever they lie."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, DateField, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from prahari.contracts.clock import local_day
from prahari.desks.accounts.choices import Level
from prahari.desks.accounts.models import Jurisdiction
from prahari.desks.common import paging
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import invalid, not_found, text
from prahari.desks.common.scoping import either, scope_q, within
from prahari.desks.programme import officers, reach
from prahari.desks.programme.choices import STANDING, TaskState
from prahari.desks.programme.models import Appointment, Task, TaskBatch
from prahari.desks.programme.people_selectors import coded

NEVER = dt.date(9999, 12, 31)
OWN_LEVELS = (Level.POLICE_STATION, Level.POLICE_POST)
"""Where a task set to a place is everybody's own who works there; above, it is somebody's further down."""
SORTS = {
    "due": ("due_order", "id"),
    "-due": ("-due_order", "id"),
    "created": ("created_ms", "id"),
    "-created": ("-created_ms", "id"),
    "priority": ("priority_order", "due_order", "id"),
}


def tasks_in(actor: Actor, permission: str = reach.VIEW) -> QuerySet[Task]:
    """Raises Problem 403 when the permission is held nowhere."""
    actor.require(permission)
    mine = Q(person_id=actor.id) if actor.id else Q(pk__in=[])
    related = ("person", "office", "premises", "camera", "clause__order", "made_by", "closed_by")
    return Task.objects.filter(either(scope_q(actor.scope, permission), mine)).select_related(*related)


def task(actor: Actor, task_id: UUID, permission: str = reach.VIEW) -> Task:
    found = tasks_in(actor, permission).filter(id=task_id).first()
    if found is None:
        raise not_found("There is no such task in your area.", "आपके क्षेत्र में ऐसा कोई कार्य नहीं है।")
    return found


def mine_q(actor: Actor, held: list[Appointment]) -> Q:
    """Tasks set to the actor: by name, through an office that they hold over the task's area, or as one of those who
    work at a police station or post to which a task is set."""
    found = Q(person_id=actor.id) if actor.id else Q(pk__in=[])
    areas = list(actor.scope.areas(reach.WORK))
    own = Jurisdiction.objects.filter(path__in=[path for path, _ in areas], level__in=OWN_LEVELS)
    stations = set(own.values_list("path", flat=True))
    for path, agency in areas:
        if path in stations:
            everybody = Q(person__isnull=True, office__isnull=True) & within(path)
            found |= everybody & Q(agency_code__in=["", agency]) if agency else everybody
    for one in held:
        through = Q(office_id=one.office_id) & within(one.jurisdiction.path)
        if one.agency_id is not None and not one.office.all_agencies:
            through &= Q(agency_code__in=["", one.agency_id])
        found |= through
    return found


def late_q(today: dt.date) -> Q:
    return Q(state__in=STANDING, due_day__lt=today)


def late(today: dt.date) -> QuerySet[Task]:
    return Task.objects.filter(late_q(today))


def late_key(one: Task) -> str:
    """Key of the matter that a late task is part of: the same place, the same doer, the same day."""
    doer = f"person {one.person_id}" if one.person_id else f"office {one.office_id}" if one.office_id else "all"
    whole = f"{one.jurisdiction_path}|{one.agency_code}|{doer}|{one.due_day}"
    return f"late:{hashlib.sha256(whole.encode()).hexdigest()[:40]}"


def task_page(
    actor: Actor, *, state: str, kind: str, mine: bool, late: bool, jurisdiction: str, person: UUID | None, office: str,
    premises: UUID | None, clause: UUID | None, batch: UUID | None, priority: str, q: str, sort: str, limit: int,
    cursor: str | None,
) -> dict[str, Any]:  # fmt: skip
    found = tasks_in(actor)
    held = officers.held_by(actor.id)
    today = local_day()
    if state == "standing":
        found = found.filter(state__in=STANDING)
    elif state:
        found = found.filter(state__in=state.split(","))
    for column, value in (("kind", kind), ("priority", priority), ("office_id", office)):
        if value:
            found = found.filter(**{f"{column}__in": value.split(",")})
    for column, one in (("person_id", person), ("premises_id", premises), ("clause_id", clause), ("batch_id", batch)):
        if one is not None:
            found = found.filter(**{column: one})
    if mine:
        found = found.filter(mine_q(actor, held))
    if late:
        found = found.filter(late_q(today))
    if jurisdiction:
        found = found.filter(within(jurisdiction))
    if q:
        found = found.filter(Q(title_en__icontains=q) | Q(title_hi__icontains=q))
    if sort not in SORTS:
        raise invalid(sort=text(f"One of these is expected: {', '.join(SORTS)}.",
                                f"इनमें से एक अपेक्षित है: {', '.join(SORTS)}।"))  # fmt: skip
    body = paging.page(ordered(found), SORTS[sort], limit, cursor, lambda one: one)
    body["items"] = rows(actor, body["items"], held, today)
    return body


def ordered(found: QuerySet[Task]) -> QuerySet[Task]:
    """With columns to sort by that are never null."""
    return found.annotate(
        due_order=Coalesce("due_day", Value(NEVER, output_field=DateField())),
        priority_order=Case(When(priority="high", then=0), When(priority="normal", then=1), default=2),
    )


def rows(actor: Actor, found: list[Task], held: list[Appointment], today: dt.date) -> list[dict[str, Any]]:
    """TaskRows, with one query for their places and one for their checklists."""
    places = area_names({one.jurisdiction_path for one in found})
    ids = [one.id for one in found]
    counts = {
        row["id"]: (row["all"], row["ticked"])
        for row in Task.objects.filter(id__in=ids)
        .order_by()
        .values("id")
        .annotate(all=Count("items"), ticked=Count("items", filter=Q(items__done_ms__isnull=False)))
    }
    my_ids = set(Task.objects.filter(mine_q(actor, held), id__in=ids).values_list("id", flat=True))
    return [
        {
            "id": one.id,
            "kind": one.kind,
            "title": text(one.title_en, one.title_hi),
            "state": one.state,
            "priority": one.priority,
            "due_day": one.due_day,
            "late": one.state in STANDING and one.due_day is not None and one.due_day < today,
            "automatic": bool(one.key),
            "jurisdiction": places[one.jurisdiction_path],
            "agency": one.agency_code,
            "person": {"id": one.person_id, "name": one.person.name} if one.person else None,
            "office": coded(one.office),
            "premises": _named(one.premises),
            "camera": _named(one.camera),
            "clause": None
            if one.clause is None
            else {
                "id": one.clause_id,
                "order_id": one.clause.order_id,
                "order": one.clause.order.number,
                "number": one.clause.number,
            },
            "items": counts[one.id][0],
            "items_done": counts[one.id][1],
            "mine": one.id in my_ids,
            "created_ms": one.created_ms,
            "closed_ms": one.closed_ms,
            "edited_ms": one.edited_ms,
        }
        for one in found
    ]


def _named(row: Any) -> dict[str, Any] | None:
    return None if row is None else {"id": row.id, "name": text(row.name_en, row.name_hi)}


def area_names(paths: set[str]) -> dict[str, dict[str, Any]]:
    """Area of each path, by its code where the tree no longer has it."""
    known = {
        path: {"path": path, "name": text(en, hi)}
        for path, en, hi in Jurisdiction.objects.filter(path__in=paths).values_list("path", "name_en", "name_hi")
    }
    return {path: known.get(path, {"path": path, "name": text(path, path)}) for path in paths}


def detail(actor: Actor, task_id: UUID) -> dict[str, Any]:
    """A TaskDetail. Raises Problem 403, 404."""
    return _detail(actor, task(actor, task_id))


def shown(actor: Actor, task_id: UUID) -> dict[str, Any]:
    """A TaskDetail of a task on which the actor has just acted."""
    related = ("person", "office", "premises", "camera", "clause__order", "made_by", "closed_by")
    return _detail(actor, Task.objects.select_related(*related).get(id=task_id))


def _detail(actor: Actor, one: Task) -> dict[str, Any]:
    held = officers.held_by(actor.id)
    row = rows(actor, [one], held, local_day())[0]
    return {
        **row,
        "details": one.details,
        "outcome": one.outcome,
        "made_by": one.made_by.name if one.made_by else "",
        "closed_by": one.closed_by.name if one.closed_by else "",
        "may_work": may_work(actor, one, held),
        "may_assign": may_assign(actor, one.jurisdiction_path, one.agency_code, held),
        "checklist": [
            {
                "id": item.id,
                "text": item.text,
                "done_ms": item.done_ms,
                "done_by": item.done_by.name if item.done_by else "",
            }
            for item in one.items.select_related("done_by")
        ],
        "comments": [
            {"id": said.id, "text": said.text, "name": said.name, "at_ms": said.at_ms} for said in one.comments.all()
        ],
    }


def may_assign(actor: Actor, path: str, agency: str, held: list[Appointment]) -> bool:
    """Managers of the programme, and holders of an office over the place who work in the programme."""
    if actor.may(reach.MANAGE, path, agency):
        return True
    return actor.has(reach.WORK) and officers.may_assign(held, path, agency)


def may_work(actor: Actor, one: Task, held: list[Appointment]) -> bool:
    """Whether the actor may say how far a task is: it is theirs, or everybody's who works there, or they set tasks
    there."""
    if one.person_id is not None and one.person_id == actor.id:
        return True
    if may_assign(actor, one.jurisdiction_path, one.agency_code, held):
        return True
    if not actor.may(reach.WORK, one.jurisdiction_path, one.agency_code) or one.person_id is not None:
        return False
    return one.office_id is None or Task.objects.filter(mine_q(actor, held), id=one.id).exists()


def counts(found: QuerySet[Task], today: dt.date) -> dict[str, int]:
    """OverviewTasks."""
    week = today + dt.timedelta(days=7)
    return found.order_by().aggregate(
        open=Count("id", filter=Q(state__in=STANDING)),
        late=Count("id", filter=late_q(today)),
        due_this_week=Count("id", filter=Q(state__in=STANDING, due_day__gte=today, due_day__lte=week)),
    )


def batches_in(actor: Actor) -> QuerySet[TaskBatch]:
    """Batches made in the actor's area, and their own."""
    actor.require(reach.VIEW)
    mine = Q(made_by_id=actor.id) if actor.id else Q(pk__in=[])
    return TaskBatch.objects.filter(either(scope_q(actor.scope, reach.VIEW), mine))


def batch_page(actor: Actor, limit: int, cursor: str | None) -> dict[str, Any]:
    found = (
        batches_in(actor)
        .annotate(
            standing=Count("tasks", filter=Q(tasks__state__in=STANDING)),
            done=Count("tasks", filter=Q(tasks__state=TaskState.DONE)),
            by=F("made_by__name"),
        )
        .select_related("made_by")
    )
    return paging.page(found, ("-made_ms", "-id"), limit, cursor, _batch_row)


def _batch_row(row: Any) -> dict[str, Any]:
    return {
        "id": row.id,
        "title": text(row.title_en, row.title_hi),
        "count": row.count,
        "standing": row.standing,
        "done": row.done,
        "made_by": row.by or "",
        "made_ms": row.made_ms,
        "undone_ms": row.undone_ms,
    }
