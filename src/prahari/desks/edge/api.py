"""Endpoints of the edge desk."""

from __future__ import annotations

from typing import IO, Any, cast
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from prahari.desks.common.actor import actor_of
from prahari.desks.common.errors import ErrorOut, reply, responses
from prahari.desks.common.paging import LIMIT_DEFAULT, Limit
from prahari.desks.common.web import host_of
from prahari.desks.edge import actions, releases, schemas, selectors
from prahari.desks.registry.schemas import Reason

router = Router(tags=["edge"])

_PACKAGE: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}


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


@router.post("/edge-sites/{site_id}/release", response=responses(schemas.EdgeSiteDetail))
def choose_edge_release(request: HttpRequest, site_id: UUID, payload: schemas.EdgeReleaseChoice) -> HttpResponse:
    """The version that one site is to run."""
    actor = actor_of(request)
    releases.choose(actor=actor, site_id=site_id, form=payload)
    return reply(selectors.site_detail(actor, site_id, selectors.MANAGE))


@router.get("/edge-releases", response=responses(schemas.EdgeReleasePage))
def list_edge_releases(request: HttpRequest, limit: Limit = LIMIT_DEFAULT, cursor: str | None = None) -> HttpResponse:
    return reply(releases.page(actor_of(request), limit, cursor))


@router.post(
    "/edge-releases",
    response={**responses(schemas.EdgeReleaseRow, 201), frozenset({413, 507}): ErrorOut},
    openapi_extra=_PACKAGE,
)
def publish_edge_release(
    request: HttpRequest, reason: Reason = Query(..., description="Goes into the audit")  # noqa: B008
) -> HttpResponse:  # fmt: skip
    """A package as `./prahari edge release` made it, as the bare body. Sites get it when somebody chooses it."""
    actor = actor_of(request)
    length = int(request.META.get("CONTENT_LENGTH") or 0)
    made = releases.publish(actor=actor, stream=cast(IO[bytes], request), expected_bytes=length, reason=reason)
    return reply(releases.detail(actor, made), 201)


@router.post("/edge-releases/{release_id}/offer", response=responses(schemas.EdgeReleaseRow))
def offer_edge_release(request: HttpRequest, release_id: UUID, payload: schemas.EdgeReleaseOffer) -> HttpResponse:
    actor = actor_of(request)
    releases.offer(actor=actor, release_id=release_id, form=payload)
    return reply(releases.detail(actor, release_id))


@router.post("/edge-releases/{release_id}/withdraw", response=responses(schemas.EdgeReleaseRow))
def withdraw_edge_release(request: HttpRequest, release_id: UUID, payload: schemas.EdgeReason) -> HttpResponse:
    """It is offered no more; sites that run it go on with it."""
    actor = actor_of(request)
    releases.withdraw(actor=actor, release_id=release_id, form=payload)
    return reply(releases.detail(actor, release_id))


@router.post("/edge/enrol", auth=None, response=responses(schemas.EdgeEnrolled))
def enrol_edge_site(request: HttpRequest, payload: schemas.EdgeEnrolIn) -> HttpResponse:
    """For a connector: its code and its new key, against a certificate."""
    return reply(actions.enrol(ip=request.META.get("REMOTE_ADDR", ""), form=payload))
