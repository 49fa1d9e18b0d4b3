"""Endpoints of the outreach desk."""

from __future__ import annotations

from typing import Any

import outreach_rig as rig
import registry_rig
from prahari.core.ids import uuid7
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
    from prahari.desks.outreach.models import Testimonial

    return {
        "approve": False,
        "note": "too short",
        "edited_ms": Testimonial.objects.order_by("-created_ms")[0].edited_ms,
    }


def store(world: World) -> dict[str, str]:
    return {"store": "centre"}


ONE = "/outreach/testimonials/{testimonial_id}"
ENDPOINTS = [
    Endpoint("GET", "/outreach/testimonials", VIEW, row=testimonial, lists=True),
    Endpoint("POST", "/outreach/testimonials", EDIT, body=new_testimonial, success=201, elsewhere=404),
    Endpoint("GET", ONE, VIEW, row=testimonial),
    Endpoint("POST", ONE + "/review", EDIT, row=testimonial, body=review),
    Endpoint("POST", ONE + "/withdraw", EDIT, row=testimonial, body=WHY),
    Endpoint("POST", ONE + "/check", EDIT, row=testimonial),
    # A text has no video: tests/unit/desks/outreach plays one.
    Endpoint("GET", ONE + "/video", VIEW, row=testimonial, success=404),
    Endpoint("GET", "/outreach/vault", VIEW),
    Endpoint("POST", "/outreach/vault/{store}/new-folder", EDIT, row=store, body=WHY, also=(VIEW,), **CENTRE),
    Endpoint("GET", "/outreach/presentation", SHOW),
]
