"""Layouts that an actor may use: their own, and those shared where they work."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from prahari.desks.common import paging
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import not_found
from prahari.desks.common.scoping import within
from prahari.desks.wall.models import WallLayout

USE = "wall.use"
SHARE = "wall.share"


def layouts_in(actor: Actor) -> QuerySet[WallLayout]:
    """Own layouts, and shared ones whose area meets the actor's: a wall shared with the city serves its stations too,
    one shared by a station is there for those above it."""
    actor.require(USE)
    shared = Q(pk__in=[])
    for path, agency in actor.scope.areas(USE):
        parts = path.split(".")
        above = Q(jurisdiction__path__in=["", *(".".join(parts[:length]) for length in range(1, len(parts) + 1))])
        whose = Q() if agency is None else Q(agency__isnull=True) | Q(agency_id=agency)
        shared |= (above | within(path, "jurisdiction__path")) & whose
    return WallLayout.objects.filter(Q(owner_id=actor.id) | (Q(shared=True) & shared)).select_related("owner")


def layout(actor: Actor, layout_id: UUID) -> WallLayout:
    found = layouts_in(actor).filter(id=layout_id).first()
    if found is None:
        raise not_found("There is no such layout, or it is not shared with you.",
                        "ऐसा कोई विन्यास नहीं है, या वह आपके साथ साझा नहीं है।")  # fmt: skip
    return found


def layout_page(actor: Actor, limit: int, cursor: str | None) -> dict[str, Any]:
    return paging.page(layouts_in(actor), ("name", "id"), limit, cursor, row)


def row(found: WallLayout) -> dict[str, Any]:
    return {
        "id": found.id,
        "name": found.name,
        "grid": found.grid,
        "tiles": found.tiles,
        "shared": found.shared,
        "owner": {"id": str(found.owner_id), "name": found.owner.name},
        "edited_ms": found.edited_ms,
    }
