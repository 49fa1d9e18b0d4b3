"""Endpoints of the linking desk: permits, consents, orders, media tokens, trying a camera, the engine's health."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from prahari.desks.common.actor import actor_of
from prahari.desks.common.errors import reply, responses
from prahari.desks.common.paging import LIMIT_DEFAULT, Limit
from prahari.desks.common.web import host_of
from prahari.desks.linking import actions, health, schemas, selectors, trials, watching
from prahari.desks.registry.schemas import Why

router = Router(tags=["linking"])


@router.get("/cameras/{camera_id}/permits", response=responses(schemas.Permits))
def camera_permits(request: HttpRequest, camera_id: UUID) -> HttpResponse:
    return reply(selectors.camera_permits(actor_of(request), camera_id))


@router.post("/cameras/{camera_id}/consents", response=responses(schemas.Made, 201))
def give_consent(request: HttpRequest, camera_id: UUID, payload: schemas.ConsentIn) -> HttpResponse:
    return reply({"id": actions.give_consent(actor=actor_of(request), camera_id=camera_id, form=payload)}, 201)


@router.post("/consents/{consent_id}/withdraw", response=responses(None, 204))
def withdraw_consent(request: HttpRequest, consent_id: UUID, payload: Why) -> HttpResponse:
    actions.withdraw_consent(actor=actor_of(request), consent_id=consent_id, reason=payload.reason)
    return HttpResponse(status=204)


@router.get("/orders", response=responses(schemas.OrderPage))
def list_orders(request: HttpRequest, limit: Limit = LIMIT_DEFAULT, cursor: str | None = None) -> HttpResponse:
    return reply(selectors.order_page(actor_of(request), limit, cursor))


@router.post("/orders", response=responses(schemas.OrderRow, 201))
def enter_order(request: HttpRequest, payload: schemas.OrderIn) -> HttpResponse:
    actor = actor_of(request)
    return reply(selectors.order_row(actor, actions.enter_order(actor=actor, form=payload)), 201)


@router.post("/orders/{order_id}/cameras", response=responses(schemas.OrderRow))
def name_cameras(request: HttpRequest, order_id: UUID, payload: schemas.OrderCamerasIn) -> HttpResponse:
    actor = actor_of(request)
    actions.name_cameras(actor=actor, order_id=order_id, camera_ids=payload.camera_ids, reason=payload.reason)
    return reply(selectors.order_row(actor, order_id))


@router.post("/orders/{order_id}/revoke", response=responses(None, 204))
def revoke_order(request: HttpRequest, order_id: UUID, payload: Why) -> HttpResponse:
    actions.revoke_order(actor=actor_of(request), order_id=order_id, reason=payload.reason)
    return HttpResponse(status=204)


@router.post("/cameras/{camera_id}/media-token", response=responses(schemas.MediaToken))
def media_token(request: HttpRequest, camera_id: UUID, payload: schemas.TokenIn) -> HttpResponse:
    """Leave to use one camera's media for two minutes; the console asks again for the next connection."""
    return reply(
        watching.media_token(
            actor=actor_of(request), camera_id=camera_id, uses=list(payload.uses), reason=payload.reason,
            host=host_of(request),
        )
    )  # fmt: skip


@router.post("/media-tokens", response=responses(schemas.CameraTokens))
def media_tokens(request: HttpRequest, payload: schemas.TokensIn) -> HttpResponse:
    return reply(
        watching.media_tokens(
            actor=actor_of(request), camera_ids=payload.camera_ids, uses=list(payload.uses), reason=payload.reason,
            host=host_of(request),
        )
    )  # fmt: skip


@router.post("/camera-tests", response=responses(schemas.CameraTest))
def try_address(request: HttpRequest, payload: schemas.CameraTestIn) -> HttpResponse:
    return reply(trials.try_address(actor=actor_of(request), form=payload))


@router.post("/camera-discovery", response=responses(schemas.Discovery))
def discover(request: HttpRequest) -> HttpResponse:
    return reply(trials.discover(actor=actor_of(request)))


@router.get("/health", response=responses(schemas.Health))
def centre_health(request: HttpRequest) -> HttpResponse:
    return reply(health.report(actor_of(request)))
