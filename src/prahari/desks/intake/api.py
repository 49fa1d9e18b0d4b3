"""Endpoints of the intake desk: sources here, citizens' reports in report_api."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from prahari.desks.common.actor import actor_of
from prahari.desks.common.errors import reply, responses
from prahari.desks.common.paging import LIMIT_DEFAULT, Limit
from prahari.desks.intake import actions, report_api, schemas, selectors

router = Router(tags=["intake"])
router.add_router("", report_api.router)


@router.get("/intake/sources", response=responses(schemas.EventSourcePage))
def list_event_sources(request: HttpRequest, limit: Limit = LIMIT_DEFAULT, cursor: str | None = None) -> HttpResponse:
    return reply(selectors.source_page(actor_of(request), limit, cursor))


@router.post("/intake/sources", response=responses(schemas.EventSourceKeyed, 201))
def create_event_source(request: HttpRequest, payload: schemas.EventSourceIn) -> HttpResponse:
    source, key = actions.create(actor=actor_of(request), form=payload)
    return reply({"source": selectors.shown([source])[0], "key": key}, 201)


@router.patch("/intake/sources/{source_id}", response=responses(schemas.EventSourceRow))
def edit_event_source(request: HttpRequest, source_id: UUID, payload: schemas.EventSourceEdit) -> HttpResponse:
    return reply(selectors.shown([actions.edit(actor=actor_of(request), source_id=source_id, form=payload)])[0])


@router.post("/intake/sources/{source_id}/key", response=responses(schemas.EventSourceKeyed))
def new_event_source_key(request: HttpRequest, source_id: UUID, payload: schemas.EventSourceReason) -> HttpResponse:
    source, key = actions.new_key(actor=actor_of(request), source_id=source_id, form=payload)
    return reply({"source": selectors.shown([source])[0], "key": key})


@router.post("/intake/sources/{source_id}/switch", response=responses(schemas.EventSourceRow))
def switch_event_source(request: HttpRequest, source_id: UUID, payload: schemas.EventSourceSwitch) -> HttpResponse:
    return reply(selectors.shown([actions.switch(actor=actor_of(request), source_id=source_id, form=payload)])[0])


@router.post("/intake/sources/{source_id}/test", response=responses(schemas.EventSourceTested))
def test_event_source(request: HttpRequest, source_id: UUID) -> HttpResponse:
    return reply({"event_id": actions.test(actor=actor_of(request), source_id=source_id)})
