"""Endpoints of the linking desk: leave (consents, orders, media), and the ladder."""

from ninja import Router

from prahari.desks.linking.api import ladder, permits

router = Router(tags=["linking"])
router.add_router("", permits.router)
router.add_router("", ladder.router)
