"""From what an owner knows (a pin on the map, a kind of business) to the register's station, ward and department."""

from __future__ import annotations

from typing import Any

from django.db.models import Count

from prahari.desks.accounts.models import Jurisdiction
from prahari.desks.common.errors import Problem
from prahari.desks.registry.models import Department, OwnerClass, Premises


def area_at(lat: float | None, lon: float | None, level: str) -> Jurisdiction | None:
    """The drawn area of a level that holds the point."""
    if lat is None or lon is None:
        return None
    rows = Jurisdiction.objects.filter(level=level, boundary__isnull=False).order_by("path")
    return next((row for row in rows.iterator() if holds(row.boundary, lon, lat)), None)


def station_for(lat: float | None, lon: float | None) -> Jurisdiction:
    """The police station at the point, else the city: an officer then finds the station."""
    found = area_at(lat, lon, "police_station") or Jurisdiction.objects.filter(level="city").order_by("path").first()
    return found or Jurisdiction.objects.get(path="")


def department_for(owner_class: OwnerClass) -> Department:
    """The department that holds most premises of the class, else the first one of the police. Raises Problem 409."""
    of_class = Premises.objects.filter(owner_class=owner_class).order_by().values("department")
    most = of_class.annotate(number=Count("id")).order_by("-number").first()
    if most is not None:
        return Department.objects.get(pk=most["department"])
    active = Department.objects.filter(active=True).order_by("sort", "code")
    found = active.filter(agency_id="police").first() or active.first()
    if found is None:
        raise Problem(409, "not_ready", "This centre does not take registrations yet.",
                      "यह केंद्र अभी पंजीकरण नहीं ले रहा।")  # fmt: skip
    return found


def holds(geometry: dict[str, Any], x: float, y: float) -> bool:
    """Whether a GeoJSON Polygon or MultiPolygon holds the point: by how often a ray crosses its rings."""
    kind, rings = geometry.get("type"), geometry.get("coordinates") or []
    polygons = [rings] if kind == "Polygon" else rings if kind == "MultiPolygon" else []
    return any(_odd(polygon, x, y) for polygon in polygons)


def _odd(rings: list[Any], x: float, y: float) -> bool:
    inside = False
    for ring in rings:
        for (x1, y1, *_), (x2, y2, *_) in zip(ring, [*ring[1:], *ring[:1]], strict=True):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                inside = not inside
    return inside
