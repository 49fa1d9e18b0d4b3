"""One box that finds cameras, premises and places, however their names are typed."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

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


class Ranked(NamedTuple):
    """The first of what was found, and how many there are in all, counted up to CANDIDATES."""

    items: list[Any]
    total: int


NOTHING = Ranked([], 0)


def everything(actor: Actor, text: str, most: int | None = None) -> bytes:
    """Found as JSON. An empty text finds nothing. most: of each kind; None: as many as a box can show."""
    text = text[:200]
    key = fold(text)
    cameras = houses = places = NOTHING
    similar = False
    if key and actor.has("camera.view"):
        cameras, similar = _cameras(actor, text, key, most or CAMERAS)
    if key and actor.has("registry.view"):
        houses = _premises(actor, text, key, most or PREMISES)
    if key:
        places = _places(key, most or PLACES)
    totals = {"cameras": cameras.total, "premises": houses.total, "places": places.total}
    tail = orjson.dumps({
        "premises": houses.items, "places": places.items, "totals": totals, "totals_most": CANDIDATES,
        "similar": similar,
    })  # fmt: skip
    return b'{"cameras":[' + ",".join(cameras.items).encode() + b"]," + tail[1:]


def key_of(*names: str) -> str:
    """A `search` column: every name's key between bars, so that a phrase does not match across two names."""
    keys = dict.fromkeys(key for key in map(fold, names) if key)
    return "".join(f" {key} |" for key in keys)


_RANK = "(position(%s in {0}) > 0) DESC, (position(%s in {0}) > 0) DESC, length({0}), "


def _rank_parameters(key: str) -> list[str]:
    """A whole name first, then the beginning of one."""
    return [f" {key} |", f" {key}"]


def _cameras(actor: Actor, text: str, key: str, most: int) -> tuple[Ranked, bool]:
    """Found as JSON texts, and whether nothing has these words and these are only like them."""
    where = camera_where(actor.scope, "camera.view", CameraFilters(q=text))
    found = _ranked(where, key, most)
    if found.items or len(key) < 4:
        return found, False
    # What has something like them? Uses the same trigram index.
    everywhere = camera_where(actor.scope, "camera.view", CameraFilters())
    found = _ranked(Where(f"{everywhere.sql} AND %s <%% c.search", [*everywhere.parameters, key], True), key, most)
    return found, bool(found.items)


def _ranked(where: Where, key: str, most: int) -> Ranked:
    sql = f"""WITH candidates AS MATERIALIZED (SELECT c.id FROM {SOURCE} WHERE {where.sql} LIMIT {CANDIDATES})
    SELECT {rows.ROW}, (SELECT count(*) FROM candidates) FROM {SOURCE} JOIN candidates ON candidates.id = c.id
    ORDER BY {_RANK.format("c.search")} c.reg_id LIMIT %s"""  # noqa: S608
    now = now_ms()
    parameters = [now, *where.parameters, now, *_rank_parameters(key), most]
    found = rows.query(sql, parameters, prepare=False)
    return Ranked([row[0] for row in found], found[0][1] if found else 0)


def _premises(actor: Actor, text: str, key: str, most: int) -> Ranked:
    scope, parameters = scope_sql(actor.scope, "registry.view", "j.path", "p.agency_id")
    patterns = words(text)
    condition = " AND ".join(["p.search LIKE %s"] * len(patterns))
    sql = f"""SELECT id, count(*) OVER () FROM (
        SELECT p.id, p.search FROM registry_premises p JOIN accounts_jurisdiction j ON j.id = p.jurisdiction_id
        WHERE {condition} AND {scope} LIMIT {CANDIDATES}
    ) p ORDER BY {_RANK.format("p.search")} p.id LIMIT %s"""  # noqa: S608
    found = rows.query(sql, [*patterns, *parameters, *_rank_parameters(key), most], prepare=False)
    by_id = {row["id"]: row for row in premises.rows_of([row[0] for row in found])}
    return Ranked([by_id[row[0]] for row in found if row[0] in by_id], found[0][1] if found else 0)


_place_key = lru_cache(maxsize=8192)(key_of)


def _places(key: str, most: int) -> Ranked:
    """Jurisdictions: some hundreds at most, names are nobody's secret, so no index and no scope."""
    scored = []
    for path, en, hi in Jurisdiction.objects.exclude(path="").values_list("path", "name_en", "name_hi"):
        names = _place_key(en, hi)
        if all(part in names for part in key.split()):
            scored.append((f" {key} |" not in names, f" {key}" not in names, len(path), path))
    paths = [path for *_, path in sorted(scored)[:most]]
    found = {row.path: row for row in Jurisdiction.objects.filter(path__in=paths)}
    places = []
    for path in paths:
        row, position = found[path], _middle(found[path].boundary)
        lon, lat = position or (None, None)
        places.append({"path": path, "name": row.name, "level": row.level, "lon": lon, "lat": lat})
    return Ranked(places, len(scored))


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
