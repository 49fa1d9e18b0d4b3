"""Endpoints of ill health: now, of a camera, seeing to it, how a camera should look."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from prahari.desks.common.actor import actor_of
from prahari.desks.common.errors import reply, responses
from prahari.desks.health import actions, schemas, selectors
from prahari.desks.health.schemas import AreaPath as Words
from prahari.desks.health.schemas import Moment

router = Router(tags=["health"])


@router.get("/camera-health/now", response=responses(schemas.IllNow))
def ill_now(
    request: HttpRequest, kind: Words = "", jurisdiction: Words = "", owner_class: Words = "",
    acknowledged: bool | None = None,
) -> HttpResponse:  # fmt: skip
    """Outages of places first, then single episodes; the severest and oldest first."""
    return reply(selectors.ill_now(actor_of(request), kind, jurisdiction, owner_class, acknowledged))


@router.post("/camera-health/acknowledge", response=responses(schemas.HealthNotes))
def acknowledge(request: HttpRequest, payload: schemas.SeeingToIn) -> HttpResponse:
    actor = actor_of(request)
    notes = actions.acknowledge(
        actor=actor, episode_ids=payload.episode_ids, cause=payload.cause, note=payload.note
    )  # fmt: skip
    return reply({"items": notes})


@router.get("/cameras/{camera_id}/health", response=responses(schemas.CameraHealth))
def camera_health(request: HttpRequest, camera_id: UUID, from_ms: Moment | None = None) -> HttpResponse:
    """Episodes of one camera, of 30 days unless told otherwise."""
    return reply(selectors.camera_health(actor_of(request), camera_id, from_ms))


@router.post("/cameras/{camera_id}/reference-view", response=responses(schemas.ReferenceOut))
def take_reference(request: HttpRequest, camera_id: UUID, payload: schemas.ReferenceIn) -> HttpResponse:
    """This is how it should look: the view of this moment becomes the reference."""
    return reply(actions.take_reference(actor=actor_of(request), camera_id=camera_id, reason=payload.reason))
