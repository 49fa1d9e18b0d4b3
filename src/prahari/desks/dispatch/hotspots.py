"""Where and when women's safety calls come again and again, where no camera sees it, and when to be there.

Counts only: no incident is told of. Whoever may not see incidents is not told numbers so small that they would tell of
one. Whether a spot is dark is asked of all cameras of the centre, not of those that the reader may see: it is a fact of
the place.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from prahari.contracts.clock import DAY_MS, IST
from prahari.contracts.events import now_ms
from prahari.core import hotspots as core
from prahari.core.dispatching import great_circle_m
from prahari.core.hotspots import Cell, Grid, Happened, Spot
from prahari.desks.accounts.models import Centre
from prahari.desks.common import rules
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import invalid, text
from prahari.desks.common.scoping import restrict
from prahari.desks.common.sql import fetch
from prahari.desks.dispatch import rules as ours
from prahari.desks.dispatch import selectors
from prahari.desks.incidents import selectors as incidents
from prahari.desks.incidents.choices import Outcome
from prahari.desks.incidents.models import Incident, IncidentKind

SPOTS_MOST = 500
PATROLS_MOST = 12
DARK_WORTH = 1.5
NOT_REAL = (Outcome.FALSE_CALL, Outcome.TEST, Outcome.MERGED)
_RULES = [
    ours.SAFETY_KINDS, ours.SAFETY_DAYS, ours.SAFETY_HALF_LIFE_DAYS, ours.SAFETY_CELL_M, ours.SAFETY_LEAST,
    ours.SAFETY_DARK_M, ours.SAFETY_PATROL_LEAST,
]  # fmt: skip


def hotspots(actor: Actor, kinds: str, days: int | None) -> dict[str, Any]:
    """HotSpots. kinds: codes with commas between; left out: as the rule says. Raises Problem 403, 422."""
    actor.require(selectors.VIEW)
    by_rule = rules.values(_RULES)
    wanted = kinds.split(",") if kinds else by_rule[ours.SAFETY_KINDS]
    known = _kinds(wanted)
    back_days = days or by_rule[ours.SAFETY_DAYS]
    at = now_ms()
    whole = actor.has(incidents.VIEW)
    happened = _happened(_seen(actor, whole), wanted, at - back_days * DAY_MS, at)
    grid = Grid(by_rule[ours.SAFETY_CELL_M], _latitude())
    found = core.spots(happened, grid, by_rule[ours.SAFETY_HALF_LIFE_DAYS])
    least = 1 if whole else by_rule[ours.SAFETY_LEAST]
    shown = [spot for spot in found if spot.count >= least][:SPOTS_MOST]
    dark_m: int = by_rule[ours.SAFETY_DARK_M]
    cells = [spot.cell for spot in shown]
    nearest = dict(zip(cells, _nearest_cameras_m([grid.middle(cell) for cell in cells], dark_m), strict=True))
    dark = {cell for cell, metres in nearest.items() if metres is None}
    offered = core.patrols(shown, dark, max(by_rule[ours.SAFETY_PATROL_LEAST], least), PATROLS_MOST, DARK_WORTH)
    hours = core.by_hour(happened)
    return {
        "cells": [_spot_row(spot, grid, nearest[spot.cell]) for spot in shown],
        "hours": hours if whole else core.suppressed(hours, least),
        "patrols": [_patrol_row(one, grid, days_told=whole) for one in offered],
        "total": len(happened) if whole or not 0 < len(happened) < least else None,
        "kinds": known,
        "days": back_days,
        "cell_m": by_rule[ours.SAFETY_CELL_M],
        "dark_m": dark_m,
        "least": least,
        "as_of_ms": at,
    }


def _kinds(wanted: Sequence[str]) -> list[dict[str, Any]]:
    rows = {one.code: one for one in IncidentKind.objects.filter(code__in=wanted)}
    if unknown := [code for code in wanted if code not in rows]:
        raise invalid(kinds=text(f"There is no such kind of incident: {', '.join(unknown)}.",
                                 f"घटना का ऐसा कोई प्रकार नहीं है: {', '.join(unknown)}।"))  # fmt: skip
    return [{"code": code, "name": text(rows[code].name_en, rows[code].name_hi)} for code in wanted]


def _seen(actor: Actor, whole: bool) -> QuerySet[Incident]:
    """Whose counts go in: the incidents that the actor sees, or else those of the area of its units."""
    if whole:
        return incidents.incidents_in(actor)
    return restrict(Incident.objects.all(), actor.scope, selectors.VIEW)


def _happened(found: QuerySet[Incident], kinds: Sequence[str], since_ms: int, now: int) -> list[Happened]:
    rows = (
        found.filter(kind__code__in=kinds, happened_ms__gte=since_ms, lat__isnull=False, merged_into__isnull=True)
        .exclude(outcome__in=NOT_REAL).order_by().values_list("lat", "lon", "happened_ms")
    )  # fmt: skip
    return [Happened(lat, lon, _hour_of_week(at_ms), (now - at_ms) / DAY_MS) for lat, lon, at_ms in rows]


def _hour_of_week(at_ms: int) -> int:
    at = dt.datetime.fromtimestamp(at_ms / 1000, IST)
    return at.weekday() * 24 + at.hour


def _latitude() -> float:
    return Centre.objects.filter(id=1).values_list("lat", flat=True).first() or 26.0


_WORKING = """SELECT place.number, c.lat, c.lon
FROM unnest(%s::int[], %s::float8[], %s::float8[]) AS place(number, lat, lon)
JOIN registry_camera c
    ON c.lat BETWEEN place.lat - %s AND place.lat + %s AND c.lon BETWEEN place.lon - %s AND place.lon + %s
JOIN camera_status s ON s.camera_id = c.id
WHERE c.retired_ms IS NULL AND s.status = 'live' AND s.proof_until_ms > %s"""


def _nearest_cameras_m(places: Sequence[tuple[float, float]], within_m: int) -> list[int | None]:
    """Of each place, metres to the nearest camera that is proved to work now; None: there is none within that."""
    reach = within_m / core.METRES_A_DEGREE
    wide = reach / max(0.01, math.cos(math.radians(_latitude())))
    lats, lons = [lat for lat, _ in places], [lon for _, lon in places]
    bounds = [list(range(len(places))), lats, lons, reach, reach, wide, wide, now_ms()]
    nearest = [math.inf] * len(places)
    for number, lat, lon in fetch(_WORKING, bounds, prepare=False):
        nearest[number] = min(nearest[number], great_circle_m(*places[number], lat, lon))
    return [round(metres) if metres <= within_m else None for metres in nearest]


def _spot_row(spot: Spot, grid: Grid, camera_m: int | None) -> dict[str, Any]:
    lat, lon = grid.middle(spot.cell)
    return {
        "id": _name(spot.cell), "box": list(grid.box(spot.cell)), "lat": lat, "lon": lon, "count": spot.count,
        "weight": round(spot.weight, 2), "dark": camera_m is None, "camera_m": camera_m,
    }  # fmt: skip


def _patrol_row(one: core.Patrol, grid: Grid, *, days_told: bool) -> dict[str, Any]:
    lat, lon = grid.middle(one.cell)
    return {
        "cell": _name(one.cell), "lat": lat, "lon": lon, "hour": one.hour, "hours": core.WINDOW_HOURS,
        "days": list(one.days) if days_told else [], "count": one.count, "of": one.of, "dark": one.dark,
    }  # fmt: skip


def _name(cell: Cell) -> str:
    return f"{cell[0]}.{cell[1]}"
