"""Whether a place lies in an area: polygons in degrees, as GeoJSON has them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Corner = tuple[float, float]
"""(longitude, latitude)"""


def polygons_of(geometry: dict[str, Any] | None) -> list[list[list[Corner]]]:
    """Rings of each polygon of a GeoJSON Polygon or MultiPolygon; none for anything else."""
    if not geometry:
        return []
    found = {"Polygon": [geometry.get("coordinates")], "MultiPolygon": geometry.get("coordinates")}
    polygons = found.get(str(geometry.get("type"))) or []
    return [[[(float(c[0]), float(c[1])) for c in ring] for ring in polygon or []] for polygon in polygons]


def holds(polygons: Sequence[Sequence[Sequence[Corner]]], lat: float, lon: float) -> bool:
    """Inside the outer ring of one polygon and in none of its holes."""
    return any(
        bool(rings) and _inside(rings[0], lat, lon) and not any(_inside(hole, lat, lon) for hole in rings[1:])
        for rings in polygons
    )


def middle(ring: Sequence[Corner]) -> tuple[float, float]:
    """(latitude, longitude) of the middle of a ring's box: where a sign for the whole stands."""
    lons, lats = [corner[0] for corner in ring], [corner[1] for corner in ring]
    return (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2


def _inside(ring: Sequence[Corner], lat: float, lon: float) -> bool:
    """Whether a ray to the east crosses the ring an odd number of times."""
    inside = False
    for index, (lon_a, lat_a) in enumerate(ring):
        lon_b, lat_b = ring[index - 1]
        if (lat_a > lat) != (lat_b > lat) and lon < lon_a + (lat - lat_a) / (lat_b - lat_a) * (lon_b - lon_a):
            inside = not inside
    return inside
