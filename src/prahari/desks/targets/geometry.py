"""Areas of drawn boundaries. GeoJSON geometries, WGS 84 degrees."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

EARTH_RADIUS_KM = 6_371.0088


def ring_km2(ring: Sequence[Sequence[float]]) -> float:
    """Area within a ring of (lon, lat) on a sphere: exact for great circles along parallels and meridians, within 0.6 %
    of the ellipsoid; open or closed, either way round."""
    total = 0.0
    for (lon, lat, *_), (lon2, lat2, *_) in zip(ring, [*ring[1:], ring[0]], strict=True):
        total += math.radians(lon2 - lon) * (2 + math.sin(math.radians(lat)) + math.sin(math.radians(lat2)))
    return abs(total) * EARTH_RADIUS_KM**2 / 2


def area_km2(geometry: Any) -> float | None:
    """Area of a Polygon or MultiPolygon, holes taken out; None for anything else, or for what cannot be read."""
    if not isinstance(geometry, dict):
        return None
    coordinates = geometry.get("coordinates")
    polygons = {"Polygon": [coordinates], "MultiPolygon": coordinates}.get(str(geometry.get("type")))
    try:
        areas = [
            ring_km2(polygon[0]) - sum(ring_km2(hole) for hole in polygon[1:]) for polygon in polygons or [] if polygon
        ]
    except (TypeError, ValueError, IndexError):
        return None
    total = sum(areas)
    return total if total > 0 and math.isfinite(total) else None
