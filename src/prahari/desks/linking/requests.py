"""Looking at a camera whose owner wants to be asked: a request with its purpose and an end, told to the owner."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.conf import settings

from prahari.contracts.clock import IST
from prahari.contracts.events import now_ms
from prahari.desks.common import rules
from prahari.desks.common.action import action
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import conflict, invalid, not_found, text
from prahari.desks.linking.models import ViewRequest
from prahari.desks.linking.rules import VIEW_REQUEST_MINUTES_MOST
from prahari.desks.linking.schemas import ViewRequestIn
from prahari.desks.messages import queue
from prahari.desks.registry import selectors as registry
from prahari.desks.registry.models import Camera, Contact
from prahari.desks.registry.premises import contact_row

LIVE = "camera.live"
PURPOSE_LEAST = 10


def ask(*, actor: Actor, camera_id: UUID, form: ViewRequestIn) -> UUID:
    """Leave to look for so many minutes. Raises Problem 403, 404, 422."""
    with action("camera.request_view", actor=actor, reason=form.purpose) as act:
        camera = registry.camera(actor, camera_id, LIVE)
        if actor.id is None:
            raise invalid(purpose=text("A person must ask.", "अनुरोध किसी व्यक्ति का होना चाहिए।"))
        if len(form.purpose.strip()) < PURPOSE_LEAST:
            raise invalid(purpose=text("Say in a few words what you have to see, and why: the owner reads it.",
                                       "कुछ शब्दों में लिखें कि क्या और क्यों देखना है: स्वामी इसे पढ़ते हैं।"))  # fmt: skip
        most = rules.value(VIEW_REQUEST_MINUTES_MOST)
        if form.minutes > most:
            raise invalid(minutes=text(f"At most {most} minutes at a time.", f"एक बार में अधिक से अधिक {most} मिनट।"))
        now = now_ms()
        request = ViewRequest.objects.create(
            camera=camera, by_id=actor.id, purpose=form.purpose.strip(), case_number=form.case_number, from_ms=now,
            to_ms=now + form.minutes * 60_000,
        )  # fmt: skip
        act.about("camera", camera.id, f"{camera.reg_id} {camera.name_en}",
                  jurisdiction=camera.jurisdiction_path, agency=camera.agency_id)  # fmt: skip
        act.details(request=str(request.id), minutes=form.minutes, case_number=form.case_number)
        _tell_owner(camera, request)
    return request.id


def _tell_owner(camera: Camera, request: ViewRequest) -> None:
    """The first contact with a mobile number learns of it at once; all of them read it on the owner's page."""
    contact = Contact.objects.filter(premises_id=camera.premises_id).exclude(mobile_key="").first()
    if contact is None:
        return
    until = dt.datetime.fromtimestamp(request.to_ms / 1000, IST)
    queue.sms(
        to=contact_row(contact, settings.CONFIG.sealing_key())["mobile"], template="view_request",
        values={"camera": camera.name_hi[:60], "purpose": request.purpose[:80], "until": f"{until:%d-%m-%Y %H:%M}"},
        key=f"view request {request.id}", about=("camera", camera.id), jurisdiction=camera.jurisdiction_path,
        agency=camera.agency_id,
    )  # fmt: skip


def end(*, actor: Actor, request_id: UUID) -> None:
    """One's own request ends early. Views that are open end with their token. Raises Problem 404, 409."""
    with action("camera.end_view", actor=actor) as act:
        request = ViewRequest.objects.select_for_update().filter(id=request_id, by_id=actor.id).first()
        if request is None:
            raise not_found()
        if request.ended_ms is not None or request.to_ms <= now_ms():
            raise conflict("ended", "This request has ended already.", "यह अनुरोध समाप्त हो चुका है।")
        camera = registry.camera(actor, request.camera_id, LIVE)
        request.ended_ms = now_ms()
        request.save(update_fields=["ended_ms"])
        act.about("camera", camera.id, f"{camera.reg_id} {camera.name_en}",
                  jurisdiction=camera.jurisdiction_path, agency=camera.agency_id)  # fmt: skip


def standing(actor: Actor, camera_id: UUID) -> ViewRequest | None:
    """The actor's own request that holds now."""
    now = now_ms()
    return ViewRequest.objects.filter(
        camera_id=camera_id, by_id=actor.id, ended_ms__isnull=True, from_ms__lte=now, to_ms__gt=now
    ).first()


def of_camera(actor: Actor, camera_id: UUID) -> list[dict[str, Any]]:
    """ViewRequestOuts of a camera in sight, newest first. Raises Problem 403, 404."""
    registry.camera(actor, camera_id, LIVE)
    return [
        {
            "id": row.id, "by": row.by.name, "mine": row.by_id == actor.id, "purpose": row.purpose,
            "case_number": row.case_number, "from_ms": row.from_ms, "to_ms": row.ended_ms or row.to_ms,
            "stands": row.ended_ms is None and row.to_ms > now_ms(),
        }
        for row in ViewRequest.objects.filter(camera_id=camera_id).select_related("by")[:100]
    ]  # fmt: skip
