"""Endpoints of the outreach desk."""

from __future__ import annotations

from typing import Any

import outreach_rig as rig
import registry_rig
from prahari.contracts.clock import local_day
from prahari.contracts.events import now_ms
from prahari.core.ids import uuid7
from prahari.desks.outreach.models import (
    Association,
    AssociationMeeting,
    Campaign,
    Letter,
    RepresentativeVisit,
    Testimonial,
)
from scope import Endpoint, World

VIEW, EDIT, SHOW = "outreach.view", "outreach.edit", "presentation.use"
WHY = {"reason": "as asked"}
CENTRE: dict[str, Any] = {"elsewhere": 403, "everywhere": True}


def testimonial(world: World) -> dict[str, str]:
    return {"testimonial_id": str(rig.testimonial(world))}


def new_testimonial(world: World) -> dict[str, Any]:
    return {
        "key": str(uuid7()), "premises": str(registry_rig.premises(world).id), "speaker": "R. Gupta",
        "text": "It helped.", "consent": {"uses": ["meeting"]},
    }  # fmt: skip


def review(world: World) -> dict[str, Any]:
    return {
        "approve": False,
        "note": "too short",
        "edited_ms": Testimonial.objects.order_by("-created_ms")[0].edited_ms,
    }


def store(world: World) -> dict[str, str]:
    return {"store": "centre"}


def association(world: World) -> dict[str, str]:
    return {"association_id": str(rig.association(world).id)}


def meeting(world: World) -> dict[str, str]:
    return {"meeting_id": str(rig.meeting(world, rig.association(world), local_day()))}


def campaign(world: World) -> dict[str, str]:
    return {"campaign_id": str(rig.campaign(world, local_day(), local_day()))}


def visit(world: World) -> dict[str, str]:
    return {"visit_id": str(rig.visit(world))}


def letter(world: World) -> dict[str, str]:
    return {"letter_id": str(rig.letter(world).id)}


def run(world: World) -> dict[str, str]:
    return {"run_id": str(rig.letter(world).run_id)}


def code(value: str) -> Any:
    return lambda world: {"code": value}


def newest(model: type[Any], **more: Any) -> Any:
    """A body with the edited_ms of the row made last."""
    return lambda world: {"edited_ms": model.objects.order_by("-created_ms").first().edited_ms, **more}


def members(world: World) -> dict[str, Any]:
    return {"premises": [str(registry_rig.premises(world).id)], "reason": "as told"}


def new_meeting(world: World) -> dict[str, Any]:
    return {"key": str(uuid7()), "held_on": str(local_day()), "place": "Town hall"}


def new_campaign(world: World) -> dict[str, Any]:
    day = str(local_day())
    return {"key": str(uuid7()), "channel": "film", "title": NAME, "first_day": day, "last_day": day, **HERE}


def new_visit(world: World) -> dict[str, Any]:
    return {"key": str(uuid7()), "visitor": "Hon. Member", "came_ms": now_ms() - 1000, "host": "SP", **HERE}


def to_write(world: World) -> dict[str, Any]:
    return {"template": "consent_request", "premises": [str(registry_rig.premises(world).id)]}


def new_run(world: World) -> dict[str, Any]:
    return {"run_id": str(uuid7()), **to_write(world)}


def sent(world: World) -> dict[str, Any]:
    return {"sent_on": str(local_day()), "sent_by": "hand"}


NAME = {"en": "Traders", "hi": "व्यापार मण्डल"}
HERE = {"agency": World.AGENCY, "jurisdiction": World.HOME}
CODE = {"name": NAME, "reason": "as asked"}
TEXT = {
    "purpose": "request", "name": NAME, "subject": NAME, "body": NAME, "signatory": NAME, "version": 1,
    "reason": "as asked",
}  # fmt: skip
SAID = {"visitor": "Hon. Member", "came_ms": 1_700_000_000_000, "host": "SP", "reason": "as told"}
MET = {"held_on": "2026-01-05", "place": "Town hall", "reason": "as told"}
PEOPLE = "/outreach/associations/{association_id}"
ONE = "/outreach/testimonials/{testimonial_id}"
ENDPOINTS = [
    Endpoint("GET", "/outreach/association-kinds", None),
    Endpoint("PUT", "/outreach/association-kinds/{code}", EDIT, row=code("traders"), body=CODE, **CENTRE),
    Endpoint("GET", "/outreach/channels", None),
    Endpoint("PUT", "/outreach/channels/{code}", EDIT, row=code("film"), body=CODE, **CENTRE),
    Endpoint("GET", "/outreach/associations", VIEW, row=association, lists=True),
    Endpoint(
        "POST",
        "/outreach/associations",
        EDIT,
        body={"kind": "traders", "name": NAME, **HERE},
        success=201,
        elsewhere=403,
    ),
    Endpoint("GET", PEOPLE, VIEW, row=association),
    Endpoint("PATCH", PEOPLE, EDIT, row=association, body=newest(Association, note="x", **WHY)),
    Endpoint("POST", PEOPLE + "/members", EDIT, row=association, body=members),
    Endpoint("POST", PEOPLE + "/members/remove", EDIT, row=association, body=members),
    Endpoint("GET", "/outreach/meetings", VIEW, row=meeting, lists=True),
    Endpoint("POST", PEOPLE + "/meetings", EDIT, row=association, body=new_meeting, success=201),
    Endpoint("PATCH", "/outreach/meetings/{meeting_id}", EDIT, row=meeting, body=newest(AssociationMeeting, **MET)),
    Endpoint("GET", "/outreach/campaigns", VIEW, row=campaign, lists=True),
    Endpoint("POST", "/outreach/campaigns", EDIT, body=new_campaign, success=201, elsewhere=403),
    Endpoint("GET", "/outreach/campaigns/{campaign_id}", VIEW, row=campaign),
    Endpoint("PATCH", "/outreach/campaigns/{campaign_id}", EDIT, row=campaign, body=newest(Campaign, **WHY)),
    Endpoint("GET", "/outreach/visits", VIEW, row=visit, lists=True),
    Endpoint("POST", "/outreach/visits", EDIT, body=new_visit, success=201, elsewhere=403),
    Endpoint("PATCH", "/outreach/visits/{visit_id}", EDIT, row=visit, body=newest(RepresentativeVisit, **SAID)),
    Endpoint("GET", "/outreach/letter-templates", VIEW),
    Endpoint("PUT", "/outreach/letter-templates/{code}", EDIT, row=code("consent_request"), body=TEXT, **CENTRE),
    Endpoint("POST", "/outreach/letters/preview", EDIT, body=to_write, elsewhere=422),
    Endpoint("POST", "/outreach/letters", EDIT, body=new_run, success=201, elsewhere=422),
    Endpoint("GET", "/outreach/letters", VIEW, row=letter, lists=True),
    Endpoint("GET", "/outreach/letters/conversion", VIEW),
    Endpoint("PATCH", "/outreach/letters/{letter_id}", EDIT, row=letter, body=newest(Letter, note="x")),
    Endpoint("GET", "/outreach/letter-runs/{run_id}/pdf", VIEW, row=run),
    Endpoint("POST", "/outreach/letter-runs/{run_id}/sent", EDIT, row=run, body=sent),
    Endpoint("GET", "/outreach/testimonials", VIEW, row=testimonial, lists=True),
    Endpoint("POST", "/outreach/testimonials", EDIT, body=new_testimonial, success=201, elsewhere=404),
    Endpoint("GET", ONE, VIEW, row=testimonial),
    Endpoint("POST", ONE + "/review", EDIT, row=testimonial, body=review),
    Endpoint("POST", ONE + "/withdraw", EDIT, row=testimonial, body=WHY),
    Endpoint("POST", ONE + "/check", EDIT, row=testimonial),
    # A text has no video: tests/unit/desks/outreach plays one.
    Endpoint("GET", ONE + "/video", VIEW, row=testimonial, success=404),
    Endpoint("GET", "/outreach/presentation/{testimonial_id}/video", SHOW, row=testimonial, success=404),
    Endpoint("GET", "/outreach/vault", VIEW),
    Endpoint("POST", "/outreach/vault/{store}/new-folder", EDIT, row=store, body=WHY, also=(VIEW,), **CENTRE),
    Endpoint("GET", "/outreach/presentation", SHOW),
]
