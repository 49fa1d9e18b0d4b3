"""Units: lists, one of them, its track, its messages."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from prahari.contracts.events import now_ms
from prahari.desks.common.actor import actor_of
from prahari.desks.common.errors import reply, responses
from prahari.desks.common.paging import LIMIT_DEFAULT, Limit
from prahari.desks.dispatch import rows, rules, selectors, talk, units
from prahari.desks.dispatch import schemas as s
from prahari.desks.incidents.schemas import Moment
from prahari.desks.registry.schemas import History

router = Router(tags=["dispatch"])
TRACK_MS = 3_600_000


@router.get("/units", response=responses(s.UnitPage))
def list_units(
    request: HttpRequest, filters: Annotated[s.UnitFilters, Query()], limit: Limit = LIMIT_DEFAULT,
    cursor: str | None = None,
) -> HttpResponse:  # fmt: skip
    """By call sign, each with its last known place."""
    return reply(selectors.unit_page(actor_of(request), filters, limit, cursor))


@router.post("/units", response=responses(s.UnitDetail, 201))
def create_unit(request: HttpRequest, payload: s.UnitIn) -> HttpResponse:
    actor = actor_of(request)
    made = units.create(actor=actor, form=payload)
    return reply(selectors.unit_detail(actor, made.id, selectors.MANAGE), 201)


@router.get("/unit-skills", response=responses(s.UnitSkills))
def list_unit_skills(request: HttpRequest) -> HttpResponse:
    listed = [{"code": one["code"], "name": {"en": one["en"], "hi": one["hi"]}} for one in rules.skills()]
    return reply({"items": listed})


@router.get("/unit-trackers", response=responses(s.UnitTrackers))
def list_unit_trackers(request: HttpRequest) -> HttpResponse:
    """Sources of events that tell positions."""
    return reply(selectors.tracker_sources(actor_of(request)))


@router.get("/units/{unit_id}", response=responses(s.UnitDetail))
def get_unit(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    return reply(selectors.unit_detail(actor_of(request), unit_id))


@router.patch("/units/{unit_id}", response=responses(s.UnitDetail))
def edit_unit(request: HttpRequest, unit_id: UUID, payload: s.UnitEdit) -> HttpResponse:
    actor = actor_of(request)
    units.edit(actor=actor, unit_id=unit_id, form=payload)
    return reply(selectors.unit_detail(actor, unit_id, selectors.MANAGE))


@router.post("/units/{unit_id}/retire", response=responses(None, 204))
def retire_unit(request: HttpRequest, unit_id: UUID, payload: s.UnitRetire) -> HttpResponse:
    units.retire(actor=actor_of(request), unit_id=unit_id, form=payload)
    return HttpResponse(status=204)


@router.post("/units/{unit_id}/status", response=responses(s.UnitDetail))
def set_unit_status(request: HttpRequest, unit_id: UUID, payload: s.UnitStatusIn) -> HttpResponse:
    """As heard by radio."""
    actor = actor_of(request)
    units.set_status(actor=actor, unit_id=unit_id, form=payload)
    return reply(selectors.unit_detail(actor, unit_id, selectors.WORK))


@router.get("/units/{unit_id}/history", response=responses(History))
def unit_history(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    return reply({"items": selectors.unit_history(actor_of(request), unit_id)})


@router.get("/units/{unit_id}/track", response=responses(s.UnitTrack))
def unit_track(
    request: HttpRequest, unit_id: UUID, from_ms: Moment | None = None, to_ms: Moment | None = None
) -> HttpResponse:
    """Where it was; the last hour, unless told otherwise."""
    until = now_ms() if to_ms is None else to_ms
    since = until - TRACK_MS if from_ms is None else from_ms
    return reply(selectors.track(actor_of(request), unit_id, since, until))


@router.get("/units/{unit_id}/messages", response=responses(s.UnitMessages))
def unit_messages(
    request: HttpRequest, unit_id: UUID, limit: Limit = LIMIT_DEFAULT, cursor: str | None = None
) -> HttpResponse:
    """Newest first."""
    return reply(selectors.messages_of(actor_of(request), unit_id, limit, cursor))


@router.post("/units/{unit_id}/messages", response=responses(s.UnitMessageOut, 201))
def send_unit_message(request: HttpRequest, unit_id: UUID, payload: s.UnitMessageIn) -> HttpResponse:
    made = talk.send(actor=actor_of(request), unit_id=unit_id, form=payload)
    return reply(rows.message_row(made), 201)


@router.post("/units/{unit_id}/messages/read", response=responses(None, 204))
def read_unit_messages(request: HttpRequest, unit_id: UUID, payload: s.UnitMessageRead) -> HttpResponse:
    talk.read(actor=actor_of(request), unit_id=unit_id, form=payload)
    return HttpResponse(status=204)
