"""Camera rows as PostgreSQL writes them: JSON text that is passed on untouched. See triggers.py for the other half."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, LiteralString, cast

from django.db import DataError

from prahari.contracts.events import now_ms
from prahari.desks.common import paging
from prahari.desks.common.sql import fetch
from prahari.desks.registry import totals
from prahari.desks.registry.filters import SORTS, SOURCE, STALE, STATUS, Where

ROW = f"""'{{"status":"' || {STATUS}
|| '","reason":"' || CASE WHEN {STALE} THEN 'no_frames' ELSE COALESCE(s.reason, '') END
|| '","status_since_ms":' || COALESCE((CASE WHEN {STALE} THEN s.proof_until_ms ELSE s.since_ms END)::text, 'null')
|| ',"proved_at_ms":' || COALESCE(s.proved_at_ms::text, 'null')
|| ',"recording":' || (COALESCE(s.recording, FALSE) AND NOT {STALE})::text
|| ',"watchers":' || COALESCE(s.watchers, 0)::text
|| c.row"""
"""A CameraRow over filters.SOURCE."""

MAP_ROW = f"""'{{"id":"' || c.id || '","reg_id":' || to_json(c.reg_id)::text
|| ',"name":' || registry_name(c.name_en, c.name_hi)
|| ',"lon":' || c.lon::text || ',"lat":' || c.lat::text || ',"status":"' || {STATUS}
|| '","recorded":' || (c.record_mode <> 'none')::text || ',"kind":"' || c.kind
|| '","bearing_deg":' || COALESCE(c.bearing_deg::text, 'null') || ',"fov_deg":' || COALESCE(c.fov_deg::text, 'null')
|| ',"owner_class":' || to_json(o.code)::text || '}}'"""

MAP_MAX = 3000
"""More than this many cameras are shown as clusters."""

CLUSTER_PX = 72
TILE_PX = 512
CLUSTER_STATES = ("live", "stalled", "offline", "no_consent", "unknown")


def query(sql: str, parameters: list[Any], *, prepare: bool = True, raw: bool = False) -> list[tuple[Any, ...]]:
    """Rows of one of this module's statements: put together from our own words, values as parameters."""
    return fetch(cast(LiteralString, sql), parameters, prepare=prepare, raw=raw)


def json_list(texts: str) -> str:
    """SQL aggregate: the texts with commas between, to be fetched raw and sent to the browser as it is."""
    return f"COALESCE(string_agg({texts}, ','), '')"


def page(where: Where, sort: str, descending: bool, limit: int, cursor: str | None) -> bytes:
    """{"items", "next", "total", "as_of_ms"} as JSON. Raises Problem 400 for a cursor that is not ours."""
    now = now_ms()
    expression, kind = SORTS[sort]
    unique = sort == "reg_id"
    direction, beyond = ("DESC", "<") if descending else ("ASC", ">")
    condition, parameters = where.sql, [now, *where.parameters]
    if cursor:
        values = paging.decode(cursor, 1 if unique else 2)
        if unique:
            condition += f" AND c.reg_id {beyond} %s::text"
        else:
            condition += f" AND ({expression}, c.id) {beyond} (%s::{kind}, %s::uuid)"
        parameters += [str(value) for value in values]
    order = f"{expression} {direction}" + ("" if unique else f", c.id {direction}")
    # One row more than asked for tells whether there is a next page; `extra` is its length, to be cut off again.
    sql = f"""SELECT {json_list("row")}, (array_agg(key))[%s], (array_agg(id))[%s], (array_agg(octet_length(row)))[%s]
    FROM (
        SELECT {ROW} AS row, ({expression})::varchar AS key, c.id
        FROM {SOURCE} WHERE {condition} ORDER BY {order} LIMIT %s
    ) page"""  # noqa: S608
    with _cursor_of_ours(cursor):
        [(items, key, row_id, extra)] = query(
            sql, [limit, limit, limit + 1, *parameters, limit + 1], prepare=not where.narrowed, raw=True
        )
    mark = None
    if extra is not None:
        items = items[: -extra - 1]
        mark = paging.encode([key] if unique else [key, row_id])
    total, counted_ms = totals.of_cameras(where, now)
    return b"".join(
        (
            b'{"items":[',
            items,
            b'],"next":',
            f'"{mark}"'.encode() if mark else b"null",
            f',"total":{total},"as_of_ms":{min(now, counted_ms)}}}'.encode(),
        )
    )


@contextmanager
def _cursor_of_ours(cursor: str | None) -> Iterator[None]:
    """Turns the database's complaint about a made-up cursor into the same answer as any other wrong cursor."""
    try:
        yield
    except DataError:
        if cursor:
            raise paging.bad_cursor() from None
        raise


def some(where: Where, order: str, limit: int, order_parameters: list[Any] | None = None) -> list[str]:
    """CameraRows as JSON texts, in an order written by us."""
    sql = f"SELECT {ROW} FROM {SOURCE} WHERE {where.sql} ORDER BY {order} LIMIT %s"  # noqa: S608
    parameters = [now_ms(), *where.parameters, *(order_parameters or []), limit]
    return [row[0] for row in query(sql, parameters, prepare=not where.narrowed)]


def viewport(where: Where, zoom: float) -> bytes:
    """{"cameras", "clusters", "as_of_ms"} as JSON: cameras while there are at most MAP_MAX, clusters of them beyond."""
    now = now_ms()
    parameters = [now, *where.parameters]
    count = query(
        f"SELECT count(*) FROM (SELECT 1 FROM {SOURCE} WHERE {where.sql} LIMIT {MAP_MAX + 1}) some_of_them",  # noqa: S608
        parameters,
        prepare=not where.narrowed,
    )[0][0]
    cameras = clusters = b""
    if count <= MAP_MAX:
        cameras = query(
            f"SELECT {json_list(MAP_ROW)} FROM {SOURCE} "  # noqa: S608
            f"JOIN registry_ownerclass o ON o.id = c.owner_class_id WHERE {where.sql}",
            parameters,
            prepare=not where.narrowed,
            raw=True,
        )[0][0]
    else:
        clusters = _clusters(where, parameters, zoom)
    return b'{"cameras":[%b],"clusters":[%b],"as_of_ms":%d}' % (cameras, clusters, now)


def _clusters(where: Where, parameters: list[Any], zoom: float) -> bytes:
    cell_deg = CLUSTER_PX * 360.0 / (TILE_PX * 2.0 ** min(max(zoom, 0.0), 24.0))
    # States as one-letter counters: a single pass over the rows, whatever their number.
    counters = ", ".join(f"count(*) FILTER (WHERE st = '{state}') AS {state}" for state in CLUSTER_STATES)
    by_status = " || ',' || ".join(f"""'"{state}":' || {state}""" for state in CLUSTER_STATES)
    cluster = f"""'{{"lon":' || round(lon::numeric, 6) || ',"lat":' || round(lat::numeric, 6)
    || ',"count":' || n || ',"by_status":{{' || {by_status} || '}}}}'"""
    sql = f"""SELECT {json_list(cluster)} FROM (
        SELECT avg(lon) AS lon, avg(lat) AS lat, count(*) AS n, {counters}
        FROM (SELECT c.lon, c.lat, {STATUS} AS st FROM {SOURCE} WHERE {where.sql}) placed
        GROUP BY floor(lon / %s::float8), floor(lat / %s::float8)
    ) cells"""  # noqa: S608
    found = query(sql, [*parameters, cell_deg, cell_deg], prepare=not where.narrowed, raw=True)
    return bytes(found[0][0])
