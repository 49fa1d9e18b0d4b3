"""Endpoints of the devices desk."""

from ninja import Router

from prahari.desks.devices.api import adjusting, devices, ptz

router = Router()
router.add_router("", devices.router)
router.add_router("", ptz.router)
router.add_router("", adjusting.router)
