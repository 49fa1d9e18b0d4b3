"""Endpoints of the registry desk."""

from ninja import Router

from prahari.desks.registry.api import cameras, lookups, places

router = Router()
router.add_router("", cameras.router)
router.add_router("", places.router)
router.add_router("", lookups.router)
