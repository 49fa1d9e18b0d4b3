"""What a camera list may be narrowed by: the same words for table, map, counts and export."""

from __future__ import annotations

import math
from typing import Any, NamedTuple
from uuid import UUID

from ninja import Field

from prahari.contracts.media import CameraStatus
from prahari.core.scope import Scope
from prahari.core.text import fold
from prahari.desks.common.errors import Text, invalid, text
from prahari.desks.common.schema import Schema
from prahari.desks.common.scoping import scope_sql
from prahari.desks.registry.choices import Kind, Placement

SHORT_TOKEN = 3
"""Trigrams need three letters; a shorter word is looked for at the beginnings of words only."""

_KNOWN = {"status": {str(one) for one in CameraStatus}, "kind": set(Kind.values), "placement": set(Placement.values)}

STALE = "COALESCE(s.status = 'live' AND s.proof_until_ms < clock.now_ms, FALSE)"
"""Live is believed until proof_until_ms and no longer."""

STATUS = f"CASE WHEN {STALE} THEN 'stalled' ELSE COALESCE(s.status, 'unknown') END"

SOURCE = """(VALUES (%s::bigint)) AS clock(now_ms), registry_camera c
LEFT JOIN camera_status s ON s.camera_id = c.id"""
"""FROM clause of every camera query; its first parameter is the present in Unix milliseconds."""


class CameraFilters(Schema):
    """Several values of one filter are joined by commas."""

    q: str = Field("", max_length=200, description="Words of name, premises, number, however spelt")
    status: str = Field("", description="live, stalled, offline, no_consent, unknown")
    owner_class: str = Field("", description="Codes")
    department: str = Field("", description="Codes")
    agency: str = Field("", description="Codes")
    jurisdiction: str = Field("", description="Path; everything below it too")
    ward: str = Field("", description="Paths")
    kind: str = ""
    placement: str = ""
    recorded: bool | None = None
    site: str = Field("", description="Ids")
    premises: str = Field("", description="Ids")
    bbox: str = Field("", description="west,south,east,north in degrees")


_ALL = CameraFilters()


class Where(NamedTuple):
    """SQL condition over `SOURCE` and its parameters. `narrowed`: the best plan depends on the parameters' values."""

    sql: str
    parameters: list[Any]
    narrowed: bool


def needles(words: str) -> list[str]:
    """What a `search` column must contain, one a word: letters, digits, spaces, nothing that LIKE takes specially."""
    return [key if len(key) >= SHORT_TOKEN else f" {key}" for key in fold(words).split()]


def words(words: str) -> list[str]:
    """The same as LIKE patterns."""
    return [f"%{needle}%" for needle in needles(words)]


def camera_where(scope: Scope, permission: str, filters: CameraFilters) -> Where:
    """Cameras not retired, in scope and matching. Raises Problem 422 naming the filter that cannot be read."""
    scope_condition, parameters = scope_sql(scope, permission, "c.jurisdiction_path", "c.agency_id")
    conditions = ["c.retired_ms IS NULL", scope_condition]

    def add(condition: str, *values: Any) -> None:
        conditions.append(condition)
        parameters.extend(values)

    patterns = words(filters.q)
    if filters.q.strip() and not patterns:
        add("FALSE")
    for pattern in patterns:
        add("c.search LIKE %s", pattern)
    if filters == _ALL:  # the commonest list by far
        return Where(" AND ".join(conditions), parameters, bool(parameters))
    for name, column in (
        ("status", STATUS),
        ("kind", "c.kind"),
        ("placement", "c.placement"),
        ("agency", "c.agency_id"),
    ):
        if values := _values(name, getattr(filters, name), _KNOWN.get(name)):
            add(f"{column} = ANY(%s)", values)
    for name, column, table, key in (
        ("owner_class", "c.owner_class_id", "registry_ownerclass", "code"),
        ("department", "c.department_id", "registry_department", "code"),
        ("ward", "c.ward_id", "accounts_jurisdiction", "path"),
    ):
        if values := _values(name, getattr(filters, name), None):
            add(f"{column} IN (SELECT id FROM {table} WHERE {key} = ANY(%s))", values)  # noqa: S608 - our own words
    if filters.jurisdiction:
        path = _plain("jurisdiction", filters.jurisdiction)
        add("(c.jurisdiction_path = %s OR (c.jurisdiction_path ~>=~ %s AND c.jurisdiction_path ~<~ %s))",
            path, f"{path}.", f"{path}/")  # fmt: skip
    for name, column in (("site", "c.site_id"), ("premises", "c.premises_id")):
        if values := _values(name, getattr(filters, name), None):
            add(f"{column} = ANY(%s::uuid[])", [_uuid(name, value) for value in values])
    if filters.recorded is not None:
        add("(c.record_mode <> 'none') = %s", filters.recorded)
    if filters.bbox:
        west, south, east, north = parse_bbox(filters.bbox)
        add("c.lon >= %s AND c.lon <= %s AND c.lat >= %s AND c.lat <= %s", west, east, south, north)
    return Where(" AND ".join(conditions), parameters, bool(parameters))


def parse_bbox(value: str) -> tuple[float, float, float, float]:
    """west, south, east, north. Raises Problem 422."""
    try:
        west, south, east, north = (float(part) for part in value.split(","))
    except ValueError:
        raise invalid(bbox=_BBOX) from None
    if not all(map(math.isfinite, (west, south, east, north))) or west > east or south > north:
        raise invalid(bbox=_BBOX)
    return west, south, east, north


_BBOX = text(
    "Four numbers are needed: west,south,east,north in degrees, as 80.1,26.3,80.5,26.6.",
    "चार संख्याएँ चाहिए: पश्चिम,दक्षिण,पूर्व,उत्तर अंशों में, जैसे 80.1,26.3,80.5,26.6।",
)


def _plain(name: str, value: str) -> str:
    if "\x00" in value:
        raise invalid(**{name: text("This is not valid.", "यह मान्य नहीं है।")})
    return value


def _values(name: str, value: str, known: set[str] | None) -> list[str]:
    values = [part.strip() for part in _plain(name, value).split(",") if part.strip()]
    if known is not None and (unknown := [one for one in values if one not in known]):
        raise invalid(**{name: _not_among(unknown[0], sorted(map(str, known)))})
    return values


def _not_among(value: str, known: list[str]) -> Text:
    names = ", ".join(known)
    return text(f"{value!r} is not one of: {names}.", f"{value!r} इनमें से नहीं है: {names}।")


def _uuid(name: str, value: str) -> UUID:
    try:
        return UUID(value)
    except ValueError:
        raise invalid(**{name: text("This is not valid.", "यह मान्य नहीं है।")}) from None


SORTS: dict[str, tuple[str, str]] = {
    # name -> (SQL expression, never NULL; type of its value in a cursor)
    "reg_id": ("c.reg_id", "text"),
    "name": ("c.name_en", "text"),
    "name_hi": ("c.name_hi", "text"),
    "status": (STATUS, "text"),
    "since": ("COALESCE(s.since_ms, 0)", "bigint"),
    "created": ("c.created_ms", "bigint"),
    "kind": ("c.kind", "text"),
    "placement": ("c.placement", "text"),
    "jurisdiction": ("c.jurisdiction_path", "text"),
    "owner_class": ("(SELECT o.code FROM registry_ownerclass o WHERE o.id = c.owner_class_id)::text", "text"),
    "department": ("(SELECT d.code FROM registry_department d WHERE d.id = c.department_id)::text", "text"),
    "premises": ("(SELECT p.name_en FROM registry_premises p WHERE p.id = c.premises_id)::text", "text"),
}


def parse_sort(value: str) -> tuple[str, bool]:
    """(name of SORTS, descending). Raises Problem 422."""
    name = value.removeprefix("-") or "reg_id"
    if name not in SORTS:
        raise invalid(sort=_not_among(name, sorted(SORTS)))
    return name, value.startswith("-")
