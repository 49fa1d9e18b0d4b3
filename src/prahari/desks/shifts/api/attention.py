"""What was watched: taken in from consoles, asked for by supervisors, one's own."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from prahari.desks.common.actor import actor_of
from prahari.desks.common.errors import reply, responses
from prahari.desks.shifts import checks, watching
from prahari.desks.shifts import schemas as s

router = Router(tags=["shifts"])


@router.post("/attention", response=responses(s.StretchesKept))
def report_attention(request: HttpRequest, payload: s.WatchedIn) -> HttpResponse:
    """Stretches that the console measured; the same id counts once."""
    return reply(watching.take_in(actor=actor_of(request), form=payload))


@router.get("/attention/cameras", response=responses(s.AttentionReport))
def attention_by_camera(request: HttpRequest, filters: Query[s.AttentionFilters]) -> HttpResponse:
    """Who watched which camera when. The look is audited."""
    return reply(watching.by_camera(actor_of(request), filters))


@router.get("/attention/duties", response=responses(s.AttentionDuties))
def attention_by_duty(
    request: HttpRequest, from_ms: s.Moment, to_ms: s.Moment, post: UUID | None = None
) -> HttpResponse:
    """How the cameras of each post fared, by duty. The look is audited."""
    return reply(watching.by_duty(actor_of(request), from_ms, to_ms, post))


@router.get("/attention/me", response=responses(s.AttentionDuties))
def own_attention(request: HttpRequest, from_ms: s.Moment, to_ms: s.Moment) -> HttpResponse:
    return reply(watching.own(actor_of(request), from_ms, to_ms))


@router.post("/attention/checks/{check_id}/shown", response=responses(None, 204))
def check_shown(request: HttpRequest, check_id: UUID) -> HttpResponse:
    checks.shown(actor=actor_of(request), check_id=check_id)
    return HttpResponse(status=204)


@router.post("/attention/checks/{check_id}/answer", response=responses(s.CheckAnswer))
def answer_check(request: HttpRequest, check_id: UUID) -> HttpResponse:
    return reply({"state": checks.answer(actor=actor_of(request), check_id=check_id)})
