"""Cameras near an incident, as the reader may see them."""

from __future__ import annotations

import math
from typing import Any
from uuid import UUID

import orjson

from prahari.contracts.events import now_ms
from prahari.desks.common import rules
from prahari.desks.common.actor import Actor
from prahari.desks.incidents import selectors
from prahari.desks.incidents.rules import NEAR_M
from prahari.desks.registry import rows
from prahari.desks.registry.filters import SOURCE, CameraFilters, camera_where

METRES_A_DEGREE = 111_320
CANDIDATES = 60
"""The index measures in degrees, so more are taken than shown, and measured again."""


def near(actor: Actor, incident_id: UUID, within_m: int | None, most: int) -> dict[str, Any]:
    """NearCameras, the nearest first; none for an incident without a point. Raises Problem 403, 404."""
    actor.require(selectors.VIEW)
    found = selectors.incident(actor, incident_id)
    reach_m = within_m or int(rules.value(NEAR_M))
    if found.lat is None or found.lon is None or not actor.has("camera.view"):
        return {"items": [], "within_m": reach_m}
    shrink = math.cos(math.radians(found.lat))
    reach_deg = reach_m / METRES_A_DEGREE
    where = camera_where(actor.scope, "camera.view", CameraFilters())
    sql = f"""SELECT row, metres FROM (
        SELECT {rows.ROW} AS row, sqrt(((c.lon - %s) * %s) ^ 2 + (c.lat - %s) ^ 2) * {METRES_A_DEGREE} AS metres
        FROM {SOURCE} WHERE {where.sql} AND c.lon BETWEEN %s AND %s AND c.lat BETWEEN %s AND %s
        ORDER BY point(c.lon, c.lat) <-> point(%s, %s) LIMIT {CANDIDATES}
    ) candidates WHERE metres <= %s ORDER BY metres LIMIT %s"""  # noqa: S608 - our own words
    wide = reach_deg / max(shrink, 0.01)
    parameters = [
        found.lon, shrink, found.lat, now_ms(), *where.parameters, found.lon - wide, found.lon + wide,
        found.lat - reach_deg, found.lat + reach_deg, found.lon, found.lat, reach_m, most,
    ]  # fmt: skip
    items = [orjson.loads(row) | {"distance_m": round(metres)} for row, metres in rows.query(sql, parameters)]
    return {"items": items, "within_m": reach_m}
