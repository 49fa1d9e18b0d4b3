"""Endpoints of the outreach desk."""

from ninja import Router

from prahari.desks.outreach.api import testimonials

router = Router()
router.add_router("", testimonials.router)
