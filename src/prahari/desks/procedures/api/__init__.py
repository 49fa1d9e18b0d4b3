"""Endpoints of the procedures desk: the library, and runs on incidents."""

from ninja import Router

from prahari.desks.procedures.api import library, runs

router = Router(tags=["procedures"])
router.add_router("", library.router)
router.add_router("", runs.router)
