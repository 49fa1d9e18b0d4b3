"""Endpoints of the wall desk."""

from ninja import Router

from prahari.desks.wall.api import charts, kiosk, layouts, screens

router = Router(tags=["wall"])
router.add_router("", layouts.router)
router.add_router("", screens.router)
router.add_router("", charts.router)
router.add_router("", kiosk.router)
