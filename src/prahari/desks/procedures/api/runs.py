"""Procedures at work on incidents."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from prahari.desks.common.actor import Actor, actor_of
from prahari.desks.common.errors import reply, responses
from prahari.desks.incidents.selectors import WORK
from prahari.desks.procedures import running, selectors
from prahari.desks.procedures import schemas as s

router = Router(tags=["procedures"])
STEP = "/procedure-runs/{run_id}/steps/{step}"


@router.get("/incidents/{incident_id}/runs", response=responses(s.RunList))
def list_runs(request: HttpRequest, incident_id: UUID) -> HttpResponse:
    return reply(selectors.runs(actor_of(request), incident_id))


@router.post("/incidents/{incident_id}/runs", response=responses(s.RunList, 201))
def start_run(request: HttpRequest, incident_id: UUID, payload: s.RunIn) -> HttpResponse:
    actor = actor_of(request)
    running.start(actor=actor, incident_id=incident_id, form=payload)
    return _runs(actor, incident_id, 201)


@router.post(f"{STEP}/do", response=responses(s.RunList))
def do_step(request: HttpRequest, run_id: UUID, step: s.StepId, payload: s.StepDone) -> HttpResponse:
    actor = actor_of(request)
    return _runs(actor, running.do(actor=actor, run_id=run_id, step=step, form=payload))


@router.post(f"{STEP}/skip", response=responses(s.RunList))
def skip_step(request: HttpRequest, run_id: UUID, step: s.StepId, payload: s.StepSkipped) -> HttpResponse:
    actor = actor_of(request)
    return _runs(actor, running.skip(actor=actor, run_id=run_id, step=step, form=payload))


@router.post(f"{STEP}/undo", response=responses(s.RunList))
def undo_step(request: HttpRequest, run_id: UUID, step: s.StepId, payload: s.StepSeen) -> HttpResponse:
    actor = actor_of(request)
    return _runs(actor, running.undo(actor=actor, run_id=run_id, step=step, form=payload))


@router.post(f"{STEP}/begin", response=responses(s.RunList))
def begin_step(request: HttpRequest, run_id: UUID, step: s.StepId, payload: s.StepSeen) -> HttpResponse:
    """Start a timer, or ask for an automatic action."""
    actor = actor_of(request)
    return _runs(actor, running.begin(actor=actor, run_id=run_id, step=step, form=payload))


@router.post("/procedure-runs/{run_id}/stop", response=responses(s.RunList))
def stop_run(request: HttpRequest, run_id: UUID, payload: s.RunStopped) -> HttpResponse:
    actor = actor_of(request)
    return _runs(actor, running.stop(actor=actor, run_id=run_id, form=payload))


def _runs(actor: Actor, incident_id: UUID, status: int = 200) -> HttpResponse:
    return reply(selectors.runs(actor, incident_id, WORK), status)
