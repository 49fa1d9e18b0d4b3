"""Telling people that a testimonial is lost: neither copy opens, and nothing is left to restore it from."""

from __future__ import annotations

import logging

from django.apps import apps

from prahari.desks.outreach.models import Testimonial

log = logging.getLogger(__name__)


def key_of(testimonial: Testimonial) -> str:
    return f"testimonial-lost:{testimonial.id}"


def lost(testimonial: Testimonial, results: dict[str, str]) -> None:
    """Once for each testimonial: to the officer of the place and, unanswered, to the levels above."""
    log.error("testimonial %s is lost: %s", testimonial.id, results)
    if not apps.is_installed("prahari.desks.programme"):
        return
    from prahari.desks.programme import escalation

    premises = testimonial.premises
    escalation.raise_(
        kind="testimonial_lost", key=key_of(testimonial), jurisdiction=premises.jurisdiction.path,
        agency=premises.agency_id, about_type="testimonial", about_id=str(testimonial.id),
        text_en=f"Both copies of the testimonial of {premises.name_en} are damaged or missing. Ask for it again.",
        text_hi=f"{premises.name_hi} के प्रशंसापत्र की दोनों प्रतियाँ ख़राब या अनुपस्थित हैं। इसे फिर से माँगें।",
    )  # fmt: skip
