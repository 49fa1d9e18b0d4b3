"""Who takes part in an incident and works on it, handing over, merging and splitting."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from prahari.desks.common.actor import Actor, actor_of
from prahari.desks.common.errors import Problem, reply, responses
from prahari.desks.incidents import agencies, merging, people, selectors
from prahari.desks.incidents import schemas as s
from prahari.desks.registry.schemas import Code

router = Router(tags=["incidents"])


@router.post("/incidents/{incident_id}/agencies", response=responses(s.IncidentDetail))
def add_incident_agency(request: HttpRequest, incident_id: UUID, payload: s.IncidentAgencyIn) -> HttpResponse:
    actor = actor_of(request)
    agencies.add(actor=actor, incident_id=incident_id, form=payload)
    return reply(selectors.detail(actor, incident_id, selectors.WORK))


@router.post("/incidents/{incident_id}/agencies/{code}/leave", response=responses(s.PerhapsGone))
def leave_incident(request: HttpRequest, incident_id: UUID, code: Code, payload: s.WithReason) -> HttpResponse:
    actor = actor_of(request)
    agencies.leave(actor=actor, incident_id=incident_id, code=code, form=payload)
    return _perhaps_gone(actor, incident_id)


@router.post("/incidents/{incident_id}/handover", response=responses(s.IncidentDetail))
def offer_handover(request: HttpRequest, incident_id: UUID, payload: s.HandoverIn) -> HttpResponse:
    """Ask another agency to lead."""
    actor = actor_of(request)
    agencies.offer(actor=actor, incident_id=incident_id, form=payload)
    return reply(selectors.detail(actor, incident_id, selectors.WORK))


@router.post("/incidents/{incident_id}/handover/answer", response=responses(s.PerhapsGone))
def answer_handover(request: HttpRequest, incident_id: UUID, payload: s.HandoverAnswer) -> HttpResponse:
    actor = actor_of(request)
    agencies.answer(actor=actor, incident_id=incident_id, form=payload)
    return _perhaps_gone(actor, incident_id)


@router.post("/incidents/{incident_id}/handover/withdraw", response=responses(s.IncidentDetail))
def withdraw_handover(request: HttpRequest, incident_id: UUID, payload: s.WithReason) -> HttpResponse:
    actor = actor_of(request)
    agencies.withdraw(actor=actor, incident_id=incident_id, form=payload)
    return reply(selectors.detail(actor, incident_id, selectors.WORK))


@router.get("/incidents/{incident_id}/workers", response=responses(s.WorkersOut))
def incident_workers(request: HttpRequest, incident_id: UUID) -> HttpResponse:
    """Who could be put to work on it."""
    return reply(selectors.workers(actor_of(request), incident_id))


@router.post("/incidents/{incident_id}/people", response=responses(s.IncidentDetail))
def assign_person(request: HttpRequest, incident_id: UUID, payload: s.PersonIn) -> HttpResponse:
    actor = actor_of(request)
    people.assign(actor=actor, incident_id=incident_id, form=payload)
    return reply(selectors.detail(actor, incident_id, selectors.WORK))


@router.post("/incidents/{incident_id}/people/{person_id}/relieve", response=responses(s.IncidentDetail))
def relieve_person(request: HttpRequest, incident_id: UUID, person_id: UUID, payload: s.Versioned) -> HttpResponse:
    actor = actor_of(request)
    people.relieve(actor=actor, incident_id=incident_id, person_id=person_id, form=payload)
    return reply(selectors.detail(actor, incident_id, selectors.WORK))


@router.post("/incidents/{incident_id}/merge", response=responses(s.IncidentDetail))
def merge_incident(request: HttpRequest, incident_id: UUID, payload: s.MergeIn) -> HttpResponse:
    """It becomes part of another one, which is answered."""
    actor = actor_of(request)
    merging.merge(actor=actor, incident_id=incident_id, form=payload)
    return reply(selectors.detail(actor, payload.into, selectors.SUPERVISE))


@router.post("/incident-merges/{merge_id}/undo", response=responses(s.IncidentDetail))
def undo_merge(request: HttpRequest, merge_id: UUID, payload: s.WithReason) -> HttpResponse:
    actor = actor_of(request)
    lives = merging.unmerge(actor=actor, merge_id=merge_id, form=payload)
    return reply(selectors.detail(actor, lives, selectors.SUPERVISE))


@router.post("/incidents/{incident_id}/split", response=responses(s.IncidentDetail, 201))
def split_incident(request: HttpRequest, incident_id: UUID, payload: s.SplitIn) -> HttpResponse:
    """The new one is answered."""
    actor = actor_of(request)
    made = merging.split(actor=actor, incident_id=incident_id, form=payload)
    return reply(selectors.detail(actor, made.id, selectors.SUPERVISE), 201)


def _perhaps_gone(actor: Actor, incident_id: UUID) -> HttpResponse:
    """Whoever has just left, or refused, may see it no more."""
    try:
        return reply({"incident": selectors.detail(actor, incident_id, selectors.WORK)})
    except Problem as gone:
        if gone.status != 404:
            raise
        return reply({"incident": None})
