"""Endpoints of the dispatch desk: units, sending them, the crew's telephone."""

from ninja import Router

from prahari.desks.dispatch.api import crew, sending, units

router = Router(tags=["dispatch"])
router.add_router("", units.router)
router.add_router("", sending.router)
router.add_router("", crew.router)
