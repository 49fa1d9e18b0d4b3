"""Sending units: the dispatcher's board, suggestions, assignments, hot spots."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router

from prahari.desks.common.actor import actor_of
from prahari.desks.common.errors import reply, responses
from prahari.desks.dispatch import assigning, board, hotspots, rows, selectors, suggestion
from prahari.desks.dispatch import schemas as s
from prahari.desks.incidents.schemas import Address

router = Router(tags=["dispatch"])


@router.get("/dispatch/board", response=responses(s.DispatchBoard))
def dispatch_board(request: HttpRequest) -> HttpResponse:
    """Incidents at which something is to be done, those without a unit first."""
    return reply(board.board(actor_of(request)))


@router.get("/dispatch/hotspots", response=responses(s.HotSpots))
def dispatch_hotspots(
    request: HttpRequest, kinds: Address = "", days: Annotated[int, Field(ge=7, le=730)] | None = None
) -> HttpResponse:
    """Women's safety calls over cells and hours, unless other kinds are named (codes with commas between)."""
    return reply(hotspots.hotspots(actor_of(request), kinds, days))


@router.get("/incidents/{incident_id}/assignments", response=responses(s.AssignmentList))
def incident_assignments(request: HttpRequest, incident_id: UUID) -> HttpResponse:
    return reply(selectors.of_incident(actor_of(request), incident_id))


@router.get("/incidents/{incident_id}/suggestions", response=responses(s.Suggestions))
def incident_suggestions(
    request: HttpRequest, incident_id: UUID, everything: bool = False,
    limit: Annotated[int, Field(ge=1, le=100)] = 12,
) -> HttpResponse:  # fmt: skip
    """Free units of the right kinds, whoever is there first; `everything`: the others on duty behind them."""
    return reply(suggestion.for_incident(actor_of(request), incident_id, everything, limit))


@router.post("/incidents/{incident_id}/assignments", response=responses(s.AssignmentRow, 201))
def assign_unit(request: HttpRequest, incident_id: UUID, payload: s.AssignmentIn) -> HttpResponse:
    made = assigning.assign(actor=actor_of(request), incident_id=incident_id, form=payload)
    return reply(rows.assignment_row(made), 201)


@router.post("/assignments/{assignment_id}/step", response=responses(s.AssignmentRow))
def step_assignment(request: HttpRequest, assignment_id: UUID, payload: s.AssignmentStep) -> HttpResponse:
    """As the crew has told by radio."""
    return reply(
        rows.assignment_row(assigning.step(actor=actor_of(request), assignment_id=assignment_id, form=payload))
    )


@router.post("/assignments/{assignment_id}/withdraw", response=responses(s.AssignmentRow))
def withdraw_assignment(request: HttpRequest, assignment_id: UUID, payload: s.AssignmentWithdraw) -> HttpResponse:
    ended = assigning.withdraw(actor=actor_of(request), assignment_id=assignment_id, form=payload)
    return reply(rows.assignment_row(ended))
