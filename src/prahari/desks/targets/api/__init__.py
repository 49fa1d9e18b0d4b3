"""Endpoints of the targets desk: plans and targets, progress."""

from ninja import Router

from prahari.desks.targets.api import plans, progress

router = Router(tags=["targets"])
router.add_router("", plans.router)
router.add_router("", progress.router)
