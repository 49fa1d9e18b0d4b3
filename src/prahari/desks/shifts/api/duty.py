"""Being on duty: signing on, breaks, handing over."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from prahari.desks.common.actor import actor_of
from prahari.desks.common.errors import reply, responses
from prahari.desks.common.paging import LIMIT_DEFAULT, Limit
from prahari.desks.registry.schemas import Short
from prahari.desks.shifts import duties, mine, selectors
from prahari.desks.shifts import schemas as s

router = Router(tags=["shifts"])


@router.get("/shifts/me", response=responses(s.MyShift))
def my_shift(request: HttpRequest) -> HttpResponse:
    return reply(mine.mine(actor_of(request)))


@router.get("/shifts/board", response=responses(s.ShiftBoard))
def shift_board(request: HttpRequest) -> HttpResponse:
    """Who is at which post, and who should be."""
    return reply(selectors.board(actor_of(request)))


@router.post("/shift-posts/{post_id}/sign-on", response=responses(s.MyShift, 201))
def sign_on(request: HttpRequest, post_id: UUID, payload: s.SignOnIn) -> HttpResponse:
    actor = actor_of(request)
    duties.sign_on(actor=actor, post_id=post_id, key=payload.key)
    return reply(mine.mine(actor), 201)


@router.get("/duties/{duty_id}/open-items", response=responses(s.ShiftItems))
def duty_items(request: HttpRequest, duty_id: UUID) -> HttpResponse:
    """What would be handed over now."""
    return reply({"items": duties.items_of(actor_of(request), duty_id)})


@router.post("/duties/{duty_id}/hand-over", response=responses(s.MyShift))
def hand_over(request: HttpRequest, duty_id: UUID, payload: s.HandOverIn) -> HttpResponse:
    actor = actor_of(request)
    duties.offer(actor=actor, duty_id=duty_id, note=payload.note)
    return reply(mine.mine(actor))


@router.post("/duties/{duty_id}/sign-off", response=responses(s.MyShift))
def sign_off(request: HttpRequest, duty_id: UUID, payload: s.SignOffIn) -> HttpResponse:
    actor = actor_of(request)
    duties.sign_off(actor=actor, duty_id=duty_id, reason=payload.reason)
    return reply(mine.mine(actor))


@router.post("/duties/{duty_id}/break", response=responses(s.MyShift))
def begin_break(request: HttpRequest, duty_id: UUID, payload: s.BreakIn) -> HttpResponse:
    actor = actor_of(request)
    duties.begin_break(actor=actor, duty_id=duty_id, cover=payload.cover)
    return reply(mine.mine(actor))


@router.post("/duties/{duty_id}/back", response=responses(s.MyShift))
def end_break(request: HttpRequest, duty_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    duties.end_break(actor=actor, duty_id=duty_id)
    return reply(mine.mine(actor))


@router.post("/duties/{duty_id}/relieve", response=responses(None, 204))
def relieve(request: HttpRequest, duty_id: UUID, payload: s.ShiftReason) -> HttpResponse:
    """A supervisor ends somebody's duty."""
    duties.relieve(actor=actor_of(request), duty_id=duty_id, reason=payload.reason)
    return HttpResponse(status=204)


@router.get("/shift-handovers", response=responses(s.ShiftHandovers))
def list_handovers(
    request: HttpRequest, post: Short = "", limit: Limit = LIMIT_DEFAULT, cursor: str | None = None
) -> HttpResponse:
    """Newest first. post: code."""
    return reply(selectors.handover_page(actor_of(request), post, limit, cursor))


@router.post("/shift-handovers/{handover_id}/accept", response=responses(s.MyShift))
def accept_handover(request: HttpRequest, handover_id: UUID, payload: s.TakeOverIn) -> HttpResponse:
    actor = actor_of(request)
    duties.accept(actor=actor, handover_id=handover_id, remark=payload.remark, key=payload.key)
    return reply(mine.mine(actor))


@router.post("/shift-handovers/{handover_id}/withdraw", response=responses(s.MyShift))
def withdraw_handover(request: HttpRequest, handover_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    duties.withdraw(actor=actor, handover_id=handover_id)
    return reply(mine.mine(actor))
