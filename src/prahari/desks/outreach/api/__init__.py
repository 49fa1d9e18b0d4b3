"""Endpoints of the outreach desk."""

from ninja import Router

from prahari.desks.outreach.api import letters, people, testimonials

router = Router()
router.add_router("", people.router)
router.add_router("", letters.router)
router.add_router("", testimonials.router)
