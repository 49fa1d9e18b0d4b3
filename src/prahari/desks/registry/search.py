"""One box that finds cameras, premises and places, however their names are typed."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import orjson

from prahari.contracts.events import now_ms
from prahari.core.text import fold
from prahari.desks.accounts.models import Jurisdiction
from prahari.desks.common.actor import Actor
from prahari.desks.common.scoping import scope_sql
from prahari.desks.registry import premises, rows
from prahari.desks.registry.filters import SOURCE, CameraFilters, Where, camera_where, words

CAMERAS, PREMISES, PLACES = 12, 8, 8
CANDIDATES = 600
"""Matches that are ranked: enough to hold every exact one, few enough to be instant for a word that is everywhere."""


def everything(actor: Actor, text: str) -> bytes:
    """Found as JSON. An empty text finds nothing."""
    key = fold(text[:200])
    cameras: list[str] = []
    houses: list[dict[str, Any]] = []
    if key and actor.has("camera.view"):
        cameras = _cameras(actor, text[:200], key)
    if key and actor.has("registry.view"):
        houses = _premises(actor, text[:200], key)
    tail = orjson.dumps({"premises": houses, "places": _places(key) if key else []})
    return b'{"cameras":[' + ",".join(cameras).encode() + b"]," + tail[1:]


def key_of(*names: str) -> str:
    """A `search` column: every name's key between bars, so that a phrase does not match across two names."""
    keys = dict.fromkeys(key for key in map(fold, names) if key)
    return "".join(f" {key} |" for key in keys)


_RANK = "(position(%s in {0}) > 0) DESC, (position(%s in {0}) > 0) DESC, length({0}), "


def _rank_parameters(key: str) -> list[str]:
    """A whole name first, then the beginning of one."""
    return [f" {key} |", f" {key}"]


def _cameras(actor: Actor, text: str, key: str) -> list[str]:
    where = camera_where(actor.scope, "camera.view", CameraFilters(q=text))
    found = _ranked(where, key)
    if not found and len(key) >= 4:
        # Nothing has these words: what has something like them? Uses the same trigram index.
        everywhere = camera_where(actor.scope, "camera.view", CameraFilters())
        found = _ranked(Where(f"{everywhere.sql} AND %s <%% c.search", [*everywhere.parameters, key], True), key)
    return found


def _ranked(where: Where, key: str) -> list[str]:
    sql = f"""SELECT {rows.ROW} FROM {SOURCE} JOIN (
        SELECT c.id FROM {SOURCE} WHERE {where.sql} LIMIT {CANDIDATES}
    ) candidates ON candidates.id = c.id
    ORDER BY {_RANK.format("c.search")} c.reg_id LIMIT {CAMERAS}"""  # noqa: S608
    now = now_ms()
    parameters = [now, now, *where.parameters, *_rank_parameters(key)]
    return [row[0] for row in rows.query(sql, parameters, prepare=False)]


def _premises(actor: Actor, text: str, key: str) -> list[dict[str, Any]]:
    scope, parameters = scope_sql(actor.scope, "registry.view", "j.path", "p.agency_id")
    patterns = words(text)
    condition = " AND ".join(["p.search LIKE %s"] * len(patterns))
    sql = f"""SELECT id FROM (
        SELECT p.id, p.search FROM registry_premises p JOIN accounts_jurisdiction j ON j.id = p.jurisdiction_id
        WHERE {condition} AND {scope} LIMIT {CANDIDATES}
    ) p ORDER BY {_RANK.format("p.search")} p.id LIMIT {PREMISES}"""  # noqa: S608
    ids = [row[0] for row in rows.query(sql, [*patterns, *parameters, *_rank_parameters(key)], prepare=False)]
    by_id = {row["id"]: row for row in premises.rows_of(ids)}
    return [by_id[one] for one in ids if one in by_id]


_place_key = lru_cache(maxsize=8192)(key_of)


def _places(key: str) -> list[dict[str, Any]]:
    """Jurisdictions: some hundreds at most, names are nobody's secret, so no index and no scope."""
    scored = []
    for path, en, hi in Jurisdiction.objects.exclude(path="").values_list("path", "name_en", "name_hi"):
        names = _place_key(en, hi)
        if all(part in names for part in key.split()):
            scored.append((f" {key} |" not in names, f" {key}" not in names, len(path), path))
    paths = [path for *_, path in sorted(scored)[:PLACES]]
    found = {row.path: row for row in Jurisdiction.objects.filter(path__in=paths)}
    places = []
    for path in paths:
        row, position = found[path], _middle(found[path].boundary)
        lon, lat = position or (None, None)
        places.append({"path": path, "name": row.name, "level": row.level, "lon": lon, "lat": lat})
    return places


def _middle(boundary: Any) -> tuple[float, float] | None:
    """Middle of the box around a GeoJSON geometry."""
    points: list[tuple[float, float]] = []

    def walk(node: Any) -> None:
        if isinstance(node, list) and len(node) >= 2 and all(isinstance(part, int | float) for part in node[:2]):
            points.append((float(node[0]), float(node[1])))
        elif isinstance(node, list):
            for part in node:
                walk(part)

    walk((boundary or {}).get("coordinates", []))
    if not points:
        return None
    lons, lats = zip(*points, strict=True)
    return (min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2
