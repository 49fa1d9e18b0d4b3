"""Endpoints of the queue: alarms, and what people do with one or hundreds of them."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from prahari.desks.alarms import actions, escalation, schemas, selectors
from prahari.desks.common.actor import actor_of
from prahari.desks.common.errors import ErrorOut, reply
from prahari.desks.common.errors import responses as answers
from prahari.desks.common.paging import LIMIT_DEFAULT, Limit

router = Router(tags=["alarms"])
Ids = Annotated[list[UUID], Query(min_length=1, max_length=500)]


def changing(success: Any) -> dict[Any, Any]:
    """`response=` of an act: 409 tells how the alarms are now."""
    return {200: success, 409: schemas.AlarmsChanged, frozenset({400, 401, 403, 404, 422, 429}): ErrorOut}


@router.get("/alarms", response=answers(schemas.AlarmPage))
def list_alarms(
    request: HttpRequest, filters: Query[schemas.AlarmFilters], limit: Limit = LIMIT_DEFAULT, cursor: str | None = None
) -> HttpResponse:
    """Newest first; the open ones unless told otherwise."""
    return reply(selectors.page(actor_of(request), filters, limit, cursor))


@router.get("/alarms/counts", response=answers(schemas.AlarmCounts))
def count_alarms(request: HttpRequest) -> HttpResponse:
    """Open ones by severity."""
    return reply(selectors.counts(actor_of(request)))


@router.get("/alarms/some", response=answers(schemas.AlarmItems))
def some_alarms(request: HttpRequest, id: Ids) -> HttpResponse:
    """Those of these that the actor sees: for consoles that heard of them."""
    return reply({"items": selectors.by_ids(actor_of(request), id)})


@router.get("/alarms/cameras", response=answers(schemas.AlarmsByCamera))
def alarms_by_camera(request: HttpRequest) -> HttpResponse:
    """Cameras with open alarms, for maps and pages of cameras."""
    return reply(selectors.by_camera(actor_of(request)))


@router.post("/alarms/acknowledge", response=changing(schemas.AlarmItems))
def acknowledge_alarms(request: HttpRequest, payload: schemas.AlarmsAcknowledge) -> HttpResponse:
    return reply({"items": actions.acknowledge(actor=actor_of(request), seen=payload.items, note=payload.note)})


@router.post("/alarms/assign", response=changing(schemas.AlarmItems))
def assign_alarms(request: HttpRequest, payload: schemas.AlarmsAssign) -> HttpResponse:
    """To a person or a post."""
    items = actions.assign(
        actor=actor_of(request), seen=payload.items, person=payload.person, post=payload.post, note=payload.note
    )
    return reply({"items": items})


@router.post("/alarms/escalate", response=changing(schemas.AlarmItems))
def escalate_alarms(request: HttpRequest, payload: schemas.AlarmsEscalate) -> HttpResponse:
    """To the next level, at once."""
    return reply({"items": escalation.escalate(actor=actor_of(request), seen=payload.items, reason=payload.reason)})


@router.post("/alarms/close", response=changing(schemas.AlarmItems))
def close_alarms(request: HttpRequest, payload: schemas.AlarmsClose) -> HttpResponse:
    items = actions.close(
        actor=actor_of(request), seen=payload.items, verdict=payload.verdict, reason=payload.reason
    )  # fmt: skip
    return reply({"items": items})


@router.post("/alarms/undo", response=changing(schemas.AlarmItems))
def undo_alarms(request: HttpRequest, payload: schemas.AlarmsUndo) -> HttpResponse:
    """Take one's own last act back, as long as nobody has done anything since."""
    return reply({"items": actions.undo(actor=actor_of(request), seen=payload.items)})


@router.get("/alarms/{uuid:alarm_id}", response=answers(schemas.AlarmDetail))
def get_alarm(request: HttpRequest, alarm_id: UUID) -> HttpResponse:
    return reply(selectors.detail(actor_of(request), alarm_id))


@router.get("/alarms/{uuid:alarm_id}/assignees", response=answers(schemas.AlarmAssignees))
def list_assignees(request: HttpRequest, alarm_id: UUID) -> HttpResponse:
    """Who may be given it."""
    return reply(selectors.assignees(actor_of(request), alarm_id))
