"""Cameras against people and ground, ward by ward."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from prahari.contracts.events import now_ms
from prahari.desks.accounts.models import Jurisdiction
from prahari.desks.common.actor import Actor
from prahari.desks.linking import figures
from prahari.desks.targets.counts import VIEW
from prahari.desks.targets.geometry import area_km2

LAKH = 100_000


def wards(actor: Actor, owner_class: str) -> dict[str, Any]:
    """A WardsOut: cameras verified live in each ward, per lakh people and per square kilometre; null where a ward has
    neither count of people nor boundary. Raises Problem 403."""
    found: dict[str, dict[str, int]] = defaultdict(lambda: {"listed": 0, "verified": 0, "live_now": 0})
    for row in figures.table(actor, ("ward", "owner_class"), permission=VIEW):
        if owner_class and row.keys["owner_class"] != owner_class:
            continue
        for name in ("listed", "verified", "live_now"):
            found[row.keys["ward"]][name] += row[name]
    elsewhere = found.pop("", None)
    rows = Jurisdiction.objects.filter(level="ward").order_by("path")
    items = []
    for ward in rows:
        counts = found[ward.path]
        km2 = area_km2(ward.boundary)
        people = ward.population or None
        items.append(
            {
                "path": ward.path,
                "name": {"en": ward.name_en, "hi": ward.name_hi},
                "population": people,
                "area_km2": None if km2 is None else round(km2, 3),
                "listed": counts["listed"],
                "done": counts["verified"],
                "live_now": counts["live_now"],
                "per_lakh": None if people is None else round(counts["verified"] * LAKH / people, 2),
                "per_km2": None if km2 is None else round(counts["verified"] / km2, 2),
            }
        )
    return {"items": items, "without_ward": elsewhere["verified"] if elsewhere else 0, "as_of_ms": now_ms()}
