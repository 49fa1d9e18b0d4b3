"""Premises, their contacts, and sites."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from prahari.desks.common.actor import actor_of
from prahari.desks.common.errors import reply, responses
from prahari.desks.common.paging import LIMIT_DEFAULT, Limit
from prahari.desks.registry import premises as reads
from prahari.desks.registry import premises_actions as actions
from prahari.desks.registry import schemas

router = Router(tags=["premises"])


@router.get("/premises", response=responses(schemas.PremisesPage))
def list_premises(
    request: HttpRequest, q: schemas.Long = "", owner_class: schemas.Long = "", department: schemas.Long = "",
    jurisdiction: schemas.Long = "", without_cameras: bool | None = None, limit: Limit = LIMIT_DEFAULT,
    cursor: str | None = None,
) -> HttpResponse:  # fmt: skip
    actor = actor_of(request)
    return reply(reads.premises_page(actor, q, owner_class, department, jurisdiction, without_cameras, limit, cursor))


@router.post("/premises", response=responses(schemas.PremisesDetail, 201))
def create_premises(request: HttpRequest, payload: schemas.PremisesIn) -> HttpResponse:
    actor = actor_of(request)
    return reply(reads.premises_after_writing(actor, actions.create_premises(actor=actor, form=payload)), 201)


@router.get("/premises/{premises_id}", response=responses(schemas.PremisesDetail))
def get_premises(request: HttpRequest, premises_id: UUID) -> HttpResponse:
    return reply(reads.premises_detail(actor_of(request), premises_id))


@router.patch("/premises/{premises_id}", response=responses(schemas.PremisesDetail))
def edit_premises(request: HttpRequest, premises_id: UUID, payload: schemas.PremisesEdit) -> HttpResponse:
    actor = actor_of(request)
    actions.edit_premises(actor=actor, premises_id=premises_id, form=payload)
    return reply(reads.premises_after_writing(actor, premises_id))


@router.get("/sites", response=responses(schemas.SitePage))
def list_sites(request: HttpRequest, limit: Limit = LIMIT_DEFAULT, cursor: str | None = None) -> HttpResponse:
    return reply(reads.site_page(actor_of(request), limit, cursor))


@router.post("/sites", response=responses(schemas.SiteRow, 201))
def create_site(request: HttpRequest, payload: schemas.SiteIn) -> HttpResponse:
    actor = actor_of(request)
    return reply(reads.site_after_writing(actions.create_site(actor=actor, form=payload)), 201)


@router.patch("/sites/{site_id}", response=responses(schemas.SiteRow))
def edit_site(request: HttpRequest, site_id: UUID, payload: schemas.SiteEdit) -> HttpResponse:
    actor = actor_of(request)
    actions.edit_site(actor=actor, site_id=site_id, form=payload)
    return reply(reads.site_after_writing(site_id))
