"""Telling people that a testimonial is lost: neither copy opens."""

from __future__ import annotations

import logging

from prahari.desks.outreach.models import Testimonial

log = logging.getLogger(__name__)


def lost(testimonial: Testimonial, results: dict[str, str]) -> None:
    log.error("testimonial %s is lost: %s", testimonial.id, results)
