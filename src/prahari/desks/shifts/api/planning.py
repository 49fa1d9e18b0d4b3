"""Posts, patterns, the roster."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from prahari.desks.common.actor import actor_of
from prahari.desks.common.errors import reply, responses
from prahari.desks.shifts import planning, selectors
from prahari.desks.shifts import schemas as s

router = Router(tags=["shifts"])


@router.get("/shift-posts", response=responses(s.PostList))
def list_posts(request: HttpRequest) -> HttpResponse:
    return reply(selectors.post_list(actor_of(request)))


@router.post("/shift-posts", response=responses(s.PostRow, 201))
def create_post(request: HttpRequest, payload: s.PostIn) -> HttpResponse:
    actor = actor_of(request)
    made = planning.create_post(actor=actor, form=payload)
    return reply(selectors.post_row(selectors.post(actor, made, selectors.MANAGE)), 201)


@router.put("/shift-posts/{post_id}", response=responses(s.PostRow))
def edit_post(request: HttpRequest, post_id: UUID, payload: s.PostEdit) -> HttpResponse:
    actor = actor_of(request)
    planning.edit_post(actor=actor, post_id=post_id, form=payload)
    return reply(selectors.post_row(selectors.post(actor, post_id, selectors.MANAGE)))


@router.get("/shift-posts/{post_id}/people", response=responses(s.ShiftPeople))
def post_people(request: HttpRequest, post_id: UUID) -> HttpResponse:
    """Who may sit there."""
    return reply(selectors.sitters(actor_of(request), post_id))


@router.get("/shift-patterns", response=responses(s.PatternList))
def list_patterns(request: HttpRequest) -> HttpResponse:
    return reply(selectors.pattern_list(actor_of(request)))


@router.post("/shift-patterns", response=responses(s.PatternRow, 201))
def create_pattern(request: HttpRequest, payload: s.PatternIn) -> HttpResponse:
    actor = actor_of(request)
    made = planning.create_pattern(actor=actor, form=payload)
    return reply(selectors.pattern_row(selectors.pattern(actor, made, selectors.MANAGE)), 201)


@router.put("/shift-patterns/{pattern_id}", response=responses(s.PatternRow))
def edit_pattern(request: HttpRequest, pattern_id: UUID, payload: s.PatternEdit) -> HttpResponse:
    actor = actor_of(request)
    planning.edit_pattern(actor=actor, pattern_id=pattern_id, form=payload)
    return reply(selectors.pattern_row(selectors.pattern(actor, pattern_id, selectors.MANAGE)))


@router.get("/roster", response=responses(s.ShiftRoster))
def get_roster(request: HttpRequest, from_ms: s.Moment, to_ms: s.Moment) -> HttpResponse:
    return reply(selectors.roster(actor_of(request), from_ms, to_ms))


@router.post("/roster", response=responses(s.EntryRow, 201))
def add_entry(request: HttpRequest, payload: s.EntryIn) -> HttpResponse:
    return reply(selectors.entry_row(planning.add_entry(actor=actor_of(request), form=payload)), 201)


@router.post("/roster/lay-out", response=responses(s.ShiftLaidOut))
def lay_out_roster(request: HttpRequest, payload: s.LayOutIn) -> HttpResponse:
    """Turns of a pattern for weeks, as drafts, or only shown."""
    return reply(planning.lay_out(actor=actor_of(request), form=payload))


@router.post("/roster/publish", response=responses(s.ShiftPublished))
def publish_roster(request: HttpRequest, payload: s.PublishIn) -> HttpResponse:
    return reply(planning.publish(actor=actor_of(request), form=payload))


@router.put("/roster/{entry_id}", response=responses(s.EntryRow))
def edit_entry(request: HttpRequest, entry_id: UUID, payload: s.EntryEdit) -> HttpResponse:
    return reply(selectors.entry_row(planning.edit_entry(actor=actor_of(request), entry_id=entry_id, form=payload)))


@router.post("/roster/{entry_id}/cancel", response=responses(None, 204))
def cancel_entry(request: HttpRequest, entry_id: UUID, payload: s.EntryCancel) -> HttpResponse:
    planning.cancel_entry(actor=actor_of(request), entry_id=entry_id, form=payload)
    return HttpResponse(status=204)
