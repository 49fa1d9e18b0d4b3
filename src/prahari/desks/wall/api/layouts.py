"""Endpoints of the wall desk."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from prahari.desks.common.actor import actor_of
from prahari.desks.common.errors import reply, responses
from prahari.desks.common.paging import LIMIT_DEFAULT, Limit
from prahari.desks.wall import actions, schemas, selectors

router = Router(tags=["wall"])


@router.get("/wall-layouts", response=responses(schemas.Layouts))
def list_layouts(request: HttpRequest, limit: Limit = LIMIT_DEFAULT, cursor: str | None = None) -> HttpResponse:
    return reply(selectors.layout_page(actor_of(request), limit, cursor))


@router.post("/wall-layouts", response=responses(schemas.Layout, 201))
def create_layout(request: HttpRequest, payload: schemas.LayoutIn) -> HttpResponse:
    actor = actor_of(request)
    layout = actions.create_layout(actor=actor, form=payload)
    return reply(selectors.row(selectors.layout(actor, layout.id)), 201)


@router.patch("/wall-layouts/{layout_id}", response=responses(schemas.Layout))
def edit_layout(request: HttpRequest, layout_id: UUID, payload: schemas.LayoutEdit) -> HttpResponse:
    return reply(selectors.row(actions.edit_layout(actor=actor_of(request), layout_id=layout_id, form=payload)))


@router.delete("/wall-layouts/{layout_id}", response=responses(None, 204))
def delete_layout(request: HttpRequest, layout_id: UUID) -> HttpResponse:
    actions.delete_layout(actor=actor_of(request), layout_id=layout_id)
    return HttpResponse(status=204)
