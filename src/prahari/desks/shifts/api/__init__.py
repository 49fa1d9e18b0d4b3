"""Endpoints of the shifts desk."""

from ninja import Router

from prahari.desks.shifts.api import attention, duty, planning

router = Router(tags=["shifts"])
router.add_router("", planning.router)
router.add_router("", duty.router)
router.add_router("", attention.router)
