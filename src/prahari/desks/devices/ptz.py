"""Moving cameras: who holds one now, places it remembers, tours. Every order is an audit entry of its own.

A camera stays with whoever moved it for a while after the last move (rule ptz_hold_s). Somebody who goes first
(permission camera.ptz_first) may take it over, which is an entry too; others wait.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from prahari.contracts.devices import MoveKind
from prahari.contracts.events import now_ms
from prahari.desks.common import rules
from prahari.desks.common.action import Action, action
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import Problem, conflict, invalid, text
from prahari.desks.devices import asking, selectors
from prahari.desks.devices.models import PtzHold, PtzPreset, PtzTour
from prahari.desks.devices.rules import PTZ_HOLD_S
from prahari.desks.devices.schemas import PtzMoveIn, PtzPlaceIn, PtzTourEdit, PtzTourIn
from prahari.desks.linking import plans
from prahari.desks.registry import selectors as registry
from prahari.desks.registry.models import Camera

PLACES_MOST = 200
TOURS_MOST = 20


def move(*, actor: Actor, camera_id: UUID, form: PtzMoveIn) -> dict[str, Any]:
    """One order. A running tour ends. Raises Problem 403, 404, 409 (held, device says no), 422, 502 to 504."""
    with action("camera.move", actor=actor) as act:
        camera = selectors.movable_camera(actor, camera_id)
        hold = _hold(actor, camera, take_over=form.take_over)
        if PtzTour.objects.filter(camera=camera, running=True).update(running=False):
            plans.publish([camera.id])
            act.details(tour="ended")
        _about(act, camera)
        act.details(kind=form.kind, pan=form.pan, tilt=form.tilt, zoom=form.zoom, preset=form.preset)
    asking.move(
        actor, camera_id, kind=MoveKind(form.kind), pan=form.pan, tilt=form.tilt, zoom=form.zoom,
        timeout_ms=form.timeout_ms, preset=form.preset,
    )  # fmt: skip
    return {"holder": selectors.holder_row(actor, hold)}


def _hold(actor: Actor, camera: Camera, *, take_over: bool = False) -> PtzHold:
    """The camera is the actor's from now on for a while. Raises Problem 409 when it is somebody else's."""
    if actor.id is None:
        raise invalid(camera_id=text("A person must move it.", "इसे कोई व्यक्ति ही घुमा सकता है।"))
    Camera.objects.select_for_update().get(id=camera.id)  # who comes second sees who was first
    now = now_ms()
    first = actor.may(selectors.FIRST, camera.jurisdiction_path, camera.agency_id)
    held = PtzHold.objects.filter(camera=camera).select_related("user").first()
    if held is not None and held.user_id != actor.id and held.until_ms > now:
        name = held.user.name or held.user.username
        if not (first and take_over):
            raise Problem(409, "held_may_take" if first else "held", f"{name} is moving this camera.",
                          f"{name} इस कैमरे को घुमा रहे हैं।")  # fmt: skip
        with action("camera.ptz_take_over", actor=actor) as act:
            _about(act, camera)
            act.details(held_by=str(held.user_id), held_by_name=name)
    since = held.since_ms if held is not None and held.user_id == actor.id and held.until_ms > now else now
    until = now + rules.value(PTZ_HOLD_S) * 1000
    fields = {"user_id": actor.id, "first": first, "since_ms": since, "until_ms": until}
    hold, _ = PtzHold.objects.update_or_create(camera=camera, defaults=fields)
    return PtzHold.objects.select_related("user").get(pk=hold.pk)


def release(*, actor: Actor, camera_id: UUID) -> None:
    """Let others move it now. Nothing happens when it is not the actor's."""
    with action("camera.ptz_release", actor=actor) as act:
        camera = registry.camera(actor, camera_id, selectors.MOVE)
        PtzHold.objects.filter(camera=camera, user_id=actor.id).delete()
        _about(act, camera)


# Places


def read_places(*, actor: Actor, camera_id: UUID) -> None:
    """Take over the presets that the camera knows; what it has forgotten goes. Names given here stay.

    Raises Problem 403, 404, 409, 422, 502 to 504.
    """
    selectors.movable_camera(actor, camera_id)
    reply = asking.move(actor, camera_id, kind=MoveKind.PRESETS)
    there = {one.token[:200]: (one.name or one.token)[:60] for one in reply.presets[:PLACES_MOST] if one.token}
    with action("camera.ptz_places_read", actor=actor) as act:
        camera = selectors.movable_camera(actor, camera_id)
        known = set(PtzPreset.objects.filter(camera=camera).values_list("token", flat=True))
        for token, name in there.items():
            if token not in known:
                PtzPreset.objects.create(camera=camera, token=token, name=name)
        for gone in known - there.keys():
            PtzPreset.objects.filter(camera=camera, token=gone).delete()
        _about(act, camera)
        act.details(places=len(there))


def keep_place(*, actor: Actor, camera_id: UUID, form: PtzPlaceIn) -> UUID:
    """Keep where the camera looks now under a name. Raises Problem 403, 404, 409, 422, 502 to 504."""
    with action("camera.ptz_place_keep", actor=actor) as act:
        camera = selectors.movable_camera(actor, camera_id)
        _hold(actor, camera)
        if PtzPreset.objects.filter(camera=camera).count() >= PLACES_MOST:
            raise conflict("too_many", f"A camera keeps at most {PLACES_MOST} places.",
                           f"एक कैमरे के अधिकतम {PLACES_MOST} स्थान।")  # fmt: skip
        _about(act, camera)
        act.details(name=form.name)
    # The camera's own memory has names in Latin letters mostly: ours stands in our row, whatever it makes of it.
    plain = form.name if form.name.isascii() else ""
    reply = asking.move(actor, camera_id, kind=MoveKind.SET_PRESET, name=plain, preset=form.preset)
    token = (reply.preset or form.preset)[:200]
    with action("camera.ptz_place_kept", actor=actor) as act:
        row, _ = PtzPreset.objects.update_or_create(camera=camera, token=token, defaults={"name": form.name})
        _about(act, camera)
        act.details(name=form.name, preset=token)
    return row.id


def rename_place(*, actor: Actor, place_id: UUID, name: str) -> None:
    with action("camera.ptz_place_rename", actor=actor) as act:
        row = selectors.place(actor, place_id)
        row.name = name
        row.save(update_fields=["name"])
        _about(act, row.camera)
        act.details(name=name)


def forget_place(*, actor: Actor, place_id: UUID) -> None:
    """Out of the camera's memory, and here. Raises Problem 403, 404, 409 (in a tour), 502 to 504."""
    row = selectors.place(actor, place_id)
    used = [tour.name for tour in PtzTour.objects.filter(camera=row.camera)
            if any(stop["preset"] == row.token for stop in tour.stops)]  # fmt: skip
    if used:
        raise conflict("in_a_tour", f"This place is part of the tour {used[0]}.", f"यह स्थान {used[0]} गश्त में है।")
    asking.move(actor, row.camera_id, kind=MoveKind.REMOVE_PRESET, preset=row.token)
    with action("camera.ptz_place_forget", actor=actor) as act:
        row.delete()
        _about(act, row.camera)
        act.details(name=row.name)


# Tours


def create_tour(*, actor: Actor, camera_id: UUID, form: PtzTourIn) -> UUID:
    with action("camera.ptz_tour_create", actor=actor) as act:
        camera = selectors.movable_camera(actor, camera_id)
        if PtzTour.objects.filter(camera=camera).count() >= TOURS_MOST:
            raise conflict("too_many", f"A camera has at most {TOURS_MOST} tours.",
                           f"एक कैमरे की अधिकतम {TOURS_MOST} गश्त।")  # fmt: skip
        _name_free(camera, form.name)
        tour = PtzTour.objects.create(camera=camera, name=form.name, stops=_stops(camera, form.dict()["stops"]))
        _about(act, camera)
        act.details(tour=form.name)
    return tour.id


def edit_tour(*, actor: Actor, tour_id: UUID, form: PtzTourEdit) -> None:
    """Change a tour, start or end it. One runs at a time. Raises Problem 403, 404, 409 (held), 422."""
    with action("camera.ptz_tour_edit", actor=actor) as act:
        tour = selectors.tour(actor, tour_id)
        camera = selectors.movable_camera(actor, tour.camera_id)
        if form.name is not None and form.name != tour.name:
            _name_free(camera, form.name)
            tour.name = form.name
        if form.stops is not None:
            tour.stops = _stops(camera, form.dict()["stops"])
        if form.running is not None:
            _hold(actor, camera)
            PtzTour.objects.filter(camera=camera, running=True).exclude(id=tour.id).update(running=False)
            tour.running = form.running
        if tour.running:
            tour.started_ms = now_ms()
        tour.save()
        plans.publish([camera.id])
        _about(act, camera)
        act.details(tour=tour.name, running=tour.running)


def delete_tour(*, actor: Actor, tour_id: UUID) -> None:
    with action("camera.ptz_tour_delete", actor=actor) as act:
        tour = selectors.tour(actor, tour_id)
        camera = tour.camera
        tour.delete()
        plans.publish([camera.id])
        _about(act, camera)
        act.details(tour=tour.name)


def _name_free(camera: Camera, name: str) -> None:
    if PtzTour.objects.filter(camera=camera, name=name).exists():
        raise conflict("name_used", "This camera has a tour of this name already.",
                       "इस कैमरे की इस नाम की गश्त पहले से है।")  # fmt: skip


def _stops(camera: Camera, stops: list[dict[str, Any]]) -> list[dict[str, Any]]:
    known = set(PtzPreset.objects.filter(camera=camera).values_list("token", flat=True))
    if any(stop["preset"] not in known for stop in stops):
        raise invalid(stops=text("The camera does not know one of these places.",
                                 "कैमरा इनमें से एक स्थान नहीं जानता।"))  # fmt: skip
    return stops


def _about(act: Action, camera: Camera) -> None:
    act.about("camera", camera.id, f"{camera.reg_id} {camera.name_en}",
              jurisdiction=camera.jurisdiction_path, agency=camera.agency_id)  # fmt: skip
