"""Endpoints of the edge desk."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Router

from prahari.desks.common.actor import actor_of
from prahari.desks.common.errors import reply, responses
from prahari.desks.common.paging import LIMIT_DEFAULT, Limit
from prahari.desks.common.web import host_of
from prahari.desks.edge import actions, schemas, selectors

router = Router(tags=["edge"])


@router.get("/edge-sites", response=responses(schemas.EdgeSitePage))
def list_edge_sites(request: HttpRequest, limit: Limit = LIMIT_DEFAULT, cursor: str | None = None) -> HttpResponse:
    return reply(selectors.site_page(actor_of(request), limit, cursor))


@router.post("/edge-sites", response=responses(schemas.EdgeSiteDetail, 201))
def create_edge_site(request: HttpRequest, payload: schemas.EdgeSiteIn) -> HttpResponse:
    actor = actor_of(request)
    return reply(selectors.site_detail(actor, actions.create_site(actor=actor, form=payload), selectors.MANAGE), 201)


@router.get("/edge-sites/{site_id}", response=responses(schemas.EdgeSiteDetail))
def get_edge_site(request: HttpRequest, site_id: UUID) -> HttpResponse:
    return reply(selectors.site_detail(actor_of(request), site_id))


@router.patch("/edge-sites/{site_id}", response=responses(schemas.EdgeSiteDetail))
def edit_edge_site(request: HttpRequest, site_id: UUID, payload: schemas.EdgeSiteEdit) -> HttpResponse:
    actor = actor_of(request)
    actions.edit_site(actor=actor, site_id=site_id, form=payload)
    return reply(selectors.site_detail(actor, site_id, selectors.MANAGE))


@router.post("/edge-sites/{site_id}/code", response=responses(schemas.EdgeCodeOut, 201))
def make_edge_code(request: HttpRequest, site_id: UUID, payload: schemas.EdgeReason) -> HttpResponse:
    """A code to enrol a box with. Shown once."""
    origin = settings.CONFIG.origin(settings.CONFIG.port, host_of(request))
    return reply(actions.make_code(actor=actor_of(request), site_id=site_id, form=payload, origin=origin), 201)


@router.post("/edge-sites/{site_id}/revoke", response=responses(schemas.EdgeSiteDetail))
def revoke_edge_site(request: HttpRequest, site_id: UUID, payload: schemas.EdgeReason) -> HttpResponse:
    actor = actor_of(request)
    actions.revoke(actor=actor, site_id=site_id, form=payload)
    return reply(selectors.site_detail(actor, site_id, selectors.MANAGE))


@router.post("/edge-sites/{site_id}/cameras", response=responses(schemas.EdgeSiteDetail))
def attach_edge_camera(request: HttpRequest, site_id: UUID, payload: schemas.EdgeCameraIn) -> HttpResponse:
    actor = actor_of(request)
    actions.attach_camera(actor=actor, site_id=site_id, form=payload)
    return reply(selectors.site_detail(actor, site_id, selectors.MANAGE))


@router.post("/edge-sites/{site_id}/cameras/{camera_id}/detach", response=responses(schemas.EdgeSiteDetail))
def detach_edge_camera(
    request: HttpRequest, site_id: UUID, camera_id: UUID, payload: schemas.EdgeReason
) -> HttpResponse:
    actor = actor_of(request)
    actions.detach_camera(actor=actor, site_id=site_id, camera_id=camera_id, form=payload)
    return reply(selectors.site_detail(actor, site_id, selectors.MANAGE))


@router.post("/edge/enrol", auth=None, response=responses(schemas.EdgeEnrolled))
def enrol_edge_site(request: HttpRequest, payload: schemas.EdgeEnrolIn) -> HttpResponse:
    """For a connector: its code and its new key, against a certificate."""
    return reply(actions.enrol(ip=request.META.get("REMOTE_ADDR", ""), form=payload))
