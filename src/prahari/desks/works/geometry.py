"""GeoJSON that people draw or paste: checked, not trusted."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

from prahari.desks.common.errors import Text, text

POSITIONS_MOST = 5000
KINDS = ("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon")
_DEPTH = dict(zip(KINDS, (0, 1, 1, 2, 2, 3), strict=True))
_LEAST = {"LineString": 2, "MultiLineString": 2, "Polygon": 4, "MultiPolygon": 4}


def problem(given: Any, bounds: Sequence[float]) -> Text | None:
    """What is wrong with a geometry; None: nothing. bounds: west, south, east, north of the city, or empty."""
    if not isinstance(given, dict) or given.get("type") not in KINDS:
        return text("Draw a point, a line or an area.", "एक बिन्दु, रेखा या क्षेत्र बनाएँ।")
    kind = str(given["type"])
    try:
        groups = list(_groups(given.get("coordinates"), _DEPTH[kind]))
    except (TypeError, ValueError):
        return text("This is not a valid GeoJSON geometry.", "यह मान्य GeoJSON ज्यामिति नहीं है।")
    positions = [one for group in groups for one in group]
    if not positions or any(len(group) < _LEAST.get(kind, 1) for group in groups):
        return text("A line needs two points, an area three.", "रेखा में दो, क्षेत्र में तीन बिन्दु चाहिए।")
    if len(positions) > POSITIONS_MOST:
        return text(f"More than {POSITIONS_MOST} points. Make it simpler.", f"{POSITIONS_MOST} से अधिक बिन्दु। सरल करें।")
    if kind.endswith("Polygon") and any(group[0] != group[-1] for group in groups):
        return text("The area is not closed: end it where it began.", "क्षेत्र बंद नहीं है: जहाँ से शुरू किया वहीं समाप्त करें।")
    if len(bounds) == 4:
        west, south, east, north = bounds
        if not all(west <= lon <= east and south <= lat <= north for lon, lat in positions):
            return text("A part lies outside the city. Is it longitude first, then latitude?",
                        "कुछ भाग नगर के बाहर है। क्या पहले देशांतर, फिर अक्षांश है?")  # fmt: skip
    return None


def _groups(given: Any, depth: int) -> Iterator[list[tuple[float, float]]]:
    """The rows of positions in `coordinates`. Raises TypeError, ValueError."""
    if depth == 0:
        yield [_position(given)]
    elif depth == 1:
        if not isinstance(given, list):
            raise TypeError
        yield [_position(one) for one in given]
    else:
        if not isinstance(given, list):
            raise TypeError
        for one in given:
            yield from _groups(one, depth - 1)


def _position(given: Any) -> tuple[float, float]:
    if not isinstance(given, list) or not 2 <= len(given) <= 3:
        raise TypeError
    lon, lat = (
        float(one) if isinstance(one, int | float) and not isinstance(one, bool) else math.nan for one in given[:2]
    )
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise ValueError
    return lon, lat
