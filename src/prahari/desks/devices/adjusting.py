"""Setting how a camera's picture looks, and switching its device's relays. Each order is an audit entry with a reason.

A relay may open a gate or sound a siren: it has a permission of its own.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from prahari.desks.common.action import Action, action
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import invalid, text
from prahari.desks.devices import asking, selectors
from prahari.desks.devices.schemas import FocusIn, ImagingIn, RelaySwitchIn
from prahari.desks.registry import selectors as registry
from prahari.desks.registry.models import Camera

IMAGING = "camera.imaging"
RELAY = "camera.relay"


def imaging(actor: Actor, camera_id: UUID) -> dict[str, Any]:
    """An ImagingState, of this moment. Raises Problem 403, 404, 409, 422, 502 to 504."""
    _adjustable(actor, camera_id, IMAGING, "imaging")
    return asking.imaging(actor, camera_id)


def set_imaging(*, actor: Actor, camera_id: UUID, form: ImagingIn) -> dict[str, Any]:
    """Raises Problem 403, 404, 409, 422, 502 to 504."""
    settings = {name: value for name, value in form.settings.dict().items() if value is not None}
    with action("camera.imaging", actor=actor, reason=form.reason) as act:
        _about(act, _adjustable(actor, camera_id, IMAGING, "imaging"))
        act.details(**settings, ir_cut=form.ir_cut, focus=form.focus)
    return asking.imaging(actor, camera_id, settings=settings, ir_cut=form.ir_cut, focus=form.focus)


def drive_focus(*, actor: Actor, camera_id: UUID, form: FocusIn) -> dict[str, Any]:
    """A little nearer or farther. Raises Problem 403, 404, 409, 422, 502 to 504."""
    with action("camera.focus", actor=actor) as act:
        _about(act, _adjustable(actor, camera_id, IMAGING, "imaging"))
        act.details(towards=form.towards)
    return asking.imaging(actor, camera_id, towards=form.towards)


def switch_relay(*, actor: Actor, camera_id: UUID, form: RelaySwitchIn) -> None:
    """Raises Problem 403, 404, 409, 422, 502 to 504."""
    with action("camera.relay", actor=actor, reason=form.reason) as act:
        camera = _adjustable(actor, camera_id, RELAY, "relay")
        channel = selectors.channel_of(camera_id)
        if channel is None or form.relay not in channel.device.relays:
            raise invalid(relay=text("The device has no such relay.", "उपकरण में ऐसा कोई रिले नहीं है।"))
        _about(act, camera)
        act.details(relay=form.relay, active=form.active, device=str(channel.device_id))
    asking.relay(actor, camera_id, form.relay, active=form.active)


def _adjustable(actor: Actor, camera_id: UUID, permission: str, ability: str) -> Camera:
    """A camera whose device has the ability. Raises Problem 403, 404, 422."""
    camera = registry.camera(actor, camera_id, permission)
    channel = selectors.channel_of(camera_id)
    if channel is None or ability not in channel.device.abilities or camera.retired_ms is not None:
        raise invalid(camera_id=text("This camera's device cannot do this.", "इस कैमरे का उपकरण यह नहीं कर सकता।"))
    return camera


def _about(act: Action, camera: Camera) -> None:
    act.about("camera", camera.id, f"{camera.reg_id} {camera.name_en}",
              jurisdiction=camera.jurisdiction_path, agency=camera.agency_id)  # fmt: skip
