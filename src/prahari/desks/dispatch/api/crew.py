"""The crew's telephone: everything is about the unit of whoever asks."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from prahari.desks.common.actor import actor_of
from prahari.desks.common.errors import reply, responses
from prahari.desks.dispatch import crew, crew_day, positions
from prahari.desks.dispatch import schemas as s

router = Router(tags=["dispatch"])


@router.get("/unit", response=responses(s.CrewDay))
def crew_page(request: HttpRequest) -> HttpResponse:
    """All that is needed to work without a network."""
    return reply(crew_day.day(actor_of(request)))


@router.post("/unit/sign-on", response=responses(s.CrewDay))
def sign_on_unit(request: HttpRequest, payload: s.SignOn) -> HttpResponse:
    actor = actor_of(request)
    crew.sign_on(actor=actor, form=payload)
    return reply(crew_day.day(actor))


@router.post("/unit/sign-off", response=responses(s.CrewDay))
def sign_off_unit(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    crew.sign_off(actor=actor)
    return reply(crew_day.day(actor))


@router.post("/unit/agree", response=responses(s.CrewDay))
def agree_to_position(request: HttpRequest, payload: s.AgreeIn) -> HttpResponse:
    """Whether this telephone may tell where the unit is."""
    actor = actor_of(request)
    crew.agree(actor=actor, form=payload)
    return reply(crew_day.day(actor))


@router.post("/unit/sync", response=responses(s.CrewSyncOut))
def sync_crew(request: HttpRequest, payload: s.CrewSync) -> HttpResponse:
    """What was done on the telephone, each answered for itself. Sending it again changes nothing."""
    return reply(crew.sync(actor=actor_of(request), form=payload))


@router.post("/unit/position", response=responses(s.PositionsTaken))
def tell_position(request: HttpRequest, payload: s.PositionBatch) -> HttpResponse:
    """Where the unit is and was, each under the telephone's own id. Sending it again changes nothing."""
    return reply(positions.take(actor=actor_of(request), form=payload))
