"""Procedures and their versions."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router

from prahari.desks.common.actor import actor_of
from prahari.desks.common.errors import reply, responses
from prahari.desks.procedures import editing, selectors
from prahari.desks.procedures import schemas as s
from prahari.desks.procedures.selectors import EDIT
from prahari.desks.registry.schemas import Code

router = Router(tags=["procedures"])


@router.get("/procedures", response=responses(s.ProcedureList))
def list_procedures(request: HttpRequest) -> HttpResponse:
    return reply(selectors.listed(actor_of(request)))


@router.post("/procedures", response=responses(s.ProcedureDetail, 201))
def create_procedure(request: HttpRequest, payload: s.ProcedureIn) -> HttpResponse:
    """With an empty draft."""
    actor = actor_of(request)
    editing.create(actor=actor, form=payload)
    return reply(selectors.detail(actor, payload.code, EDIT), 201)


@router.get("/procedure-actions", response=responses(s.AutomaticList))
def list_automatic_actions(request: HttpRequest) -> HttpResponse:
    """What a step can do by itself."""
    return reply(selectors.automatic_list(actor_of(request)))


@router.get("/procedures/{code}", response=responses(s.ProcedureDetail))
def get_procedure(request: HttpRequest, code: Code) -> HttpResponse:
    return reply(selectors.detail(actor_of(request), code))


@router.patch("/procedures/{code}", response=responses(s.ProcedureDetail))
def edit_procedure(request: HttpRequest, code: Code, payload: s.ProcedureEdit) -> HttpResponse:
    actor = actor_of(request)
    editing.edit(actor=actor, code=code, form=payload)
    return reply(selectors.detail(actor, code, EDIT))


@router.get("/procedures/{code}/versions/{number}", response=responses(s.ProcedureVersionOut))
def get_procedure_version(
    request: HttpRequest, code: Code, number: Annotated[int, Field(ge=1, le=1_000_000)]
) -> HttpResponse:
    return reply(selectors.version(actor_of(request), code, number))


@router.post("/procedures/{code}/draft", response=responses(s.ProcedureDetail))
def begin_draft(request: HttpRequest, code: Code) -> HttpResponse:
    """From the version in force."""
    actor = actor_of(request)
    editing.begin_draft(actor=actor, code=code)
    return reply(selectors.detail(actor, code, EDIT))


@router.put("/procedures/{code}/draft", response=responses(s.ProcedureDetail))
def save_draft(request: HttpRequest, code: Code, payload: s.DraftIn) -> HttpResponse:
    actor = actor_of(request)
    editing.save_draft(actor=actor, code=code, form=payload)
    return reply(selectors.detail(actor, code, EDIT))


@router.post("/procedures/{code}/draft/publish", response=responses(s.ProcedureDetail))
def publish_draft(request: HttpRequest, code: Code, payload: s.DraftSeen) -> HttpResponse:
    actor = actor_of(request)
    editing.publish(actor=actor, code=code, form=payload)
    return reply(selectors.detail(actor, code, EDIT))


@router.post("/procedures/{code}/draft/discard", response=responses(s.ProcedureDetail))
def discard_draft(request: HttpRequest, code: Code, payload: s.DraftSeen) -> HttpResponse:
    actor = actor_of(request)
    editing.discard(actor=actor, code=code, form=payload)
    return reply(selectors.detail(actor, code, EDIT))
