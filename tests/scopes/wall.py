"""Endpoints of the wall desk."""

from __future__ import annotations

from prahari.desks.accounts.models import Jurisdiction
from prahari.desks.wall.models import WallLayout
from scope import Endpoint, World


def layout(world: World) -> dict[str, str]:
    """One that somebody has shared with World.HOME and World.AGENCY."""
    made = WallLayout.objects.create(
        name="Night", grid=4, tiles=[None] * 4, owner=world.person(), shared=True, agency_id=World.AGENCY,
        jurisdiction=Jurisdiction.objects.get(path=World.HOME), edited_ms=1,
    )  # fmt: skip
    return {"layout_id": str(made.pk)}


USE = "wall.use"

ENDPOINTS = [
    Endpoint("GET", "/wall-layouts", USE, row=layout, lists=True),
    Endpoint("POST", "/wall-layouts", USE, body={"name": "Day", "grid": 4, "tiles": []}, success=201),
    # A shared layout is seen by all and changed by its owner alone (tests/unit/desks/wall).
    Endpoint("PATCH", "/wall-layouts/{layout_id}", USE, row=layout, body={"name": "x", "edited_ms": 1}, success=403),
    Endpoint("DELETE", "/wall-layouts/{layout_id}", USE, row=layout, success=403),
]
