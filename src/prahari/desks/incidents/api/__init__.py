"""Endpoints of the incidents desk: lists and kinds, one incident, its life, who works on it, merging."""

from ninja import Router

from prahari.desks.incidents.api import around, lists, one

router = Router(tags=["incidents"])
router.add_router("", lists.router)
router.add_router("", one.router)
router.add_router("", around.router)
