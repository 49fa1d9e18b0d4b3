"""Moving cameras."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from prahari.desks.common.actor import actor_of
from prahari.desks.common.errors import reply, responses
from prahari.desks.devices import ptz, schemas, selectors

router = Router(tags=["ptz"])


@router.get("/cameras/{camera_id}/ptz", response=responses(schemas.PtzState))
def ptz_state(request: HttpRequest, camera_id: UUID) -> HttpResponse:
    return reply(selectors.ptz_state(actor_of(request), camera_id))


@router.post("/cameras/{camera_id}/ptz/moves", response=responses(schemas.PtzMoved))
def move_camera(request: HttpRequest, camera_id: UUID, payload: schemas.PtzMoveIn) -> HttpResponse:
    return reply(ptz.move(actor=actor_of(request), camera_id=camera_id, form=payload))


@router.post("/cameras/{camera_id}/ptz/release", response=responses(None, 204))
def release_camera(request: HttpRequest, camera_id: UUID) -> HttpResponse:
    ptz.release(actor=actor_of(request), camera_id=camera_id)
    return HttpResponse(status=204)


@router.post("/cameras/{camera_id}/ptz/places/read", response=responses(schemas.PtzState))
def read_places(request: HttpRequest, camera_id: UUID) -> HttpResponse:
    """Take over the presets that the camera itself knows."""
    actor = actor_of(request)
    ptz.read_places(actor=actor, camera_id=camera_id)
    return reply(selectors.ptz_state(actor, camera_id))


@router.post("/cameras/{camera_id}/ptz/places", response=responses(schemas.PtzState, 201))
def keep_place(request: HttpRequest, camera_id: UUID, payload: schemas.PtzPlaceIn) -> HttpResponse:
    actor = actor_of(request)
    ptz.keep_place(actor=actor, camera_id=camera_id, form=payload)
    return reply(selectors.ptz_state(actor, camera_id), 201)


@router.patch("/ptz-places/{place_id}", response=responses(schemas.PtzPlace))
def rename_place(request: HttpRequest, place_id: UUID, payload: schemas.PtzPlaceEdit) -> HttpResponse:
    actor = actor_of(request)
    ptz.rename_place(actor=actor, place_id=place_id, name=payload.name)
    return reply(selectors.place_row(selectors.place(actor, place_id)))


@router.delete("/ptz-places/{place_id}", response=responses(None, 204))
def forget_place(request: HttpRequest, place_id: UUID) -> HttpResponse:
    ptz.forget_place(actor=actor_of(request), place_id=place_id)
    return HttpResponse(status=204)


@router.post("/cameras/{camera_id}/ptz/tours", response=responses(schemas.PtzTourRow, 201))
def create_tour(request: HttpRequest, camera_id: UUID, payload: schemas.PtzTourIn) -> HttpResponse:
    actor = actor_of(request)
    tour_id = ptz.create_tour(actor=actor, camera_id=camera_id, form=payload)
    return reply(selectors.tour_row(selectors.tour(actor, tour_id)), 201)


@router.patch("/ptz-tours/{tour_id}", response=responses(schemas.PtzTourRow))
def edit_tour(request: HttpRequest, tour_id: UUID, payload: schemas.PtzTourEdit) -> HttpResponse:
    """Change, start or end a tour."""
    actor = actor_of(request)
    ptz.edit_tour(actor=actor, tour_id=tour_id, form=payload)
    return reply(selectors.tour_row(selectors.tour(actor, tour_id)))


@router.delete("/ptz-tours/{tour_id}", response=responses(None, 204))
def delete_tour(request: HttpRequest, tour_id: UUID) -> HttpResponse:
    ptz.delete_tour(actor=actor_of(request), tour_id=tour_id)
    return HttpResponse(status=204)
