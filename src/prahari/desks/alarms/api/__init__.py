"""Endpoints of the alarms desk: the queue, the rules, their trials."""

from ninja import Router

from prahari.desks.alarms.api import queue, rules

router = Router(tags=["alarms"])
router.add_router("", queue.router)
router.add_router("", rules.router)
