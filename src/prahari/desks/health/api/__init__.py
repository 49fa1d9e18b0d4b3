"""Endpoints of the health desk: what is ill, uptime and maintenance, service levels."""

from ninja import Router

from prahari.desks.health.api import ill, levels, uptimes

router = Router(tags=["health"])
router.add_router("", ill.router)
router.add_router("", uptimes.router)
router.add_router("", levels.router)
