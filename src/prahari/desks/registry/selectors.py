"""Every read of cameras: restricted to what the actor may see."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import Any
from uuid import UUID

import orjson

from prahari.contracts.events import now_ms
from prahari.contracts.media import CameraStatus
from prahari.desks.accounts.models import Jurisdiction
from prahari.desks.common import history as row_history
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import not_found
from prahari.desks.common.scoping import restrict, scope_sql
from prahari.desks.common.sql import fetch
from prahari.desks.registry import rows, totals
from prahari.desks.registry.filters import SOURCE, STALE, STATUS, CameraFilters, Where, camera_where, parse_sort
from prahari.desks.registry.models import Camera, Department, OwnerClass, PlaceClass, Premises, RetentionClass, Site
from prahari.desks.registry.retention import RetentionRules

VIEW = "camera.view"
NEARBY = 6
NEARBY_CANDIDATES = 24
STATUS_HISTORY_MAX = 1000
DAY_MS = 86_400_000
STATUS_HISTORY_MS = 7 * DAY_MS


def cameras(actor: Actor, filters: CameraFilters, sort: str, limit: int, cursor: str | None) -> bytes:
    """A CameraPage as JSON."""
    actor.require(VIEW)
    name, descending = parse_sort(sort)
    return rows.page(camera_where(actor.scope, VIEW, filters), name, descending, limit, cursor)


def camera_map(actor: Actor, filters: CameraFilters, zoom: float) -> bytes:
    """A MapView as JSON."""
    actor.require(VIEW)
    return rows.viewport(camera_where(actor.scope, VIEW, filters), zoom)


def cameras_in(actor: Actor, permission: str) -> Any:
    """Queryset of cameras, retired ones included, for which the actor holds `permission`."""
    return restrict(Camera.objects.all(), actor.scope, permission, agency="agency_id")


def camera(actor: Actor, camera_id: UUID, permission: str = VIEW) -> Camera:
    """A camera for which the actor holds `permission`.

    Raises Problem 403 when it is held nowhere, 404 when not for this camera, be it out of sight or only out of reach.
    """
    actor.require(permission)
    found: Camera | None = cameras_in(actor, permission).filter(id=camera_id).first()
    if found is None:
        raise not_found("There is no such camera in your area.", "आपके क्षेत्र में ऐसा कोई कैमरा नहीं है।")
    return found


_MEMBERS = (
    "make", "model", "serial_number", "firmware_hash", "certificate_number", "onvif_profiles", "link_type", "ip_based",
    "audio", "cost_borne_by", "local_retention_days", "source_list", "source_row", "url", "sub_url", "transport",
    "record_mode", "record_schedule", "pre_roll_s", "post_roll_s", "probe_period_s", "retired_ms", "created_ms",
    "edited_ms",
)  # fmt: skip


def camera_after_writing(actor: Actor, camera_id: UUID) -> dict[str, Any]:
    """What was just written, for whoever was allowed to write it."""
    return camera_detail(actor, camera_id, "camera.edit")


def camera_detail(actor: Actor, camera_id: UUID, permission: str = VIEW) -> dict[str, Any]:
    """A CameraDetail. Never holds credentials: only whether there are some."""
    from prahari.desks.linking import permits

    actor.require(permission)
    condition, parameters = scope_sql(actor.scope, permission, "c.jurisdiction_path", "c.agency_id")
    where = Where(f"c.id = %s AND {condition}", [camera_id, *parameters], False)
    found = rows.some(where, "c.id", 1)
    if not found:
        raise not_found("There is no such camera in your area.", "आपके क्षेत्र में ऐसा कोई कैमरा नहीं है।")
    body: dict[str, Any] = orjson.loads(found[0])
    more = Camera.objects.filter(id=camera_id).values(
        *_MEMBERS, "state__detail", "state__video", "retention_id", "retention__code", "place_class__retention_id",
        "owner_class__public", "credential__camera_id", "nodal_officer__name",
    ).get()  # fmt: skip
    body.update({name: more[name] for name in _MEMBERS})
    permit = permits.choose(permits.all_of([camera_id], now_ms()).get(camera_id, []), more["owner_class__public"])
    body.update(
        detail=more["state__detail"] or "",
        video=more["state__video"],
        retention_days=RetentionRules.load().days(more["retention_id"], more["place_class__retention_id"]),
        retention_class=more["retention__code"],
        has_credentials=more["credential__camera_id"] is not None,
        nodal_officer=more["nodal_officer__name"],
        permit=permit.as_json() if permit else None,
        public=more["owner_class__public"],
        nearby=[orjson.loads(row) for row in _nearby(actor, camera_id, body["lon"], body["lat"])],
    )
    return body


def _nearby(actor: Actor, camera_id: UUID, lon: float, lat: float) -> list[str]:
    """The nearest cameras in scope. The index measures in degrees, so more are taken and measured again."""
    where = camera_where(actor.scope, VIEW, CameraFilters())
    nearest = Where(f"{where.sql} AND c.id <> %s", [*where.parameters, camera_id], False)
    shrink = math.cos(math.radians(lat)) ** 2
    sql = f"""SELECT row FROM (
        SELECT {rows.ROW} AS row, (c.lon - %s) ^ 2 * %s + (c.lat - %s) ^ 2 AS squared
        FROM {SOURCE} WHERE {nearest.sql} ORDER BY point(c.lon, c.lat) <-> point(%s, %s) LIMIT {NEARBY_CANDIDATES}
    ) candidates ORDER BY squared LIMIT {NEARBY}"""  # noqa: S608
    parameters = [lon, shrink, lat, now_ms(), *nearest.parameters, lon, lat]
    return [row[0] for row in rows.query(sql, parameters)]


def counts(actor: Actor, filters: CameraFilters) -> bytes:
    """Counts as JSON, in one pass over the rows, remembered for a few seconds."""
    actor.require(VIEW)
    where = camera_where(actor.scope, VIEW, filters)
    now = now_ms()
    key = ("counts", where.sql, repr(where.parameters))
    found = totals.remembered.get(key, now)
    if found is None:
        found = (_count(where, now), now)
        totals.remembered.put(key, found[0], now)
    body: bytes = found[0]
    return body


_STATES = [str(status) for status in CameraStatus]
TALLY = ("linked", *_STATES, "recorded", "recording")


def _count(where: Where, now: int) -> bytes:
    states = ", ".join(f"count(*) FILTER (WHERE {STATUS} = '{state}')" for state in _STATES)
    groups = rows.query(
        f"""SELECT GROUPING(c.owner_class_id), GROUPING(c.department_id), GROUPING(c.jurisdiction_path),
            c.owner_class_id, c.department_id, c.jurisdiction_path, count(*), {states},
            count(*) FILTER (WHERE c.record_mode <> 'none'),
            count(*) FILTER (WHERE s.recording AND NOT {STALE})
        FROM {SOURCE} WHERE {where.sql}
        GROUP BY GROUPING SETS ((c.owner_class_id), (c.department_id), (c.jurisdiction_path), ())""",  # noqa: S608
        [now, *where.parameters],
        prepare=not where.narrowed,
    )
    total = [0] * len(TALLY)
    by_class: dict[int, list[int]] = {}
    by_department: dict[int, list[int]] = {}
    by_station: dict[str, list[int]] = defaultdict(lambda: [0] * len(TALLY))
    stations = {
        path: {"en": en, "hi": hi}
        for path, en, hi in Jurisdiction.objects.filter(level="police_station").values_list(
            "path", "name_en", "name_hi"
        )
    }
    for no_class, no_department, no_path, owner_class, department, path, *numbers in groups:
        if not no_class:
            by_class[owner_class] = numbers
        elif not no_department:
            by_department[department] = numbers
        elif no_path:
            total = numbers
        elif station := _station_of(path, stations):
            tally = by_station[station]
            by_station[station] = [before + more for before, more in zip(tally, numbers, strict=True)]
    return orjson.dumps(
        {
            **dict(zip(TALLY, total, strict=True)),
            "as_of_ms": now,
            "by_owner_class": _named_tallies(OwnerClass, by_class),
            "by_department": _named_tallies(Department, by_department),
            "by_police_station": [
                {"path": path, "name": stations[path], **dict(zip(TALLY, tally, strict=True))}
                for path, tally in sorted(by_station.items(), key=lambda item: (-item[1][0], item[0]))
            ],
        }
    )


def _station_of(path: str, stations: dict[str, Any]) -> str | None:
    """The police station that `path` is or lies in."""
    while path and path not in stations:
        path = path.rpartition(".")[0]
    return path or None


def _named_tallies(model: type[OwnerClass | Department], tallies: dict[int, list[int]]) -> list[dict[str, Any]]:
    return [
        {"code": code, "name": {"en": en, "hi": hi}, **dict(zip(TALLY, tallies[row_id], strict=True))}
        for row_id, code, en, hi in model.objects.filter(id__in=tallies)
        .order_by("sort", "code")
        .values_list("id", "code", "name_en", "name_hi")
    ]


def history(actor: Actor, camera_id: UUID) -> list[dict[str, Any]]:
    """What changed in the row, by whom, why."""
    camera(actor, camera_id)

    def names(model: type[Any]) -> Any:
        found: dict[Any, str] = {}

        def show(value: Any) -> Any:
            if value is None:
                return None
            if value not in found:
                row = model.objects.filter(pk=value).first()
                found[value] = (getattr(row, "name_en", "") or getattr(row, "name", "")) if row else str(value)
            return found[value]

        return show

    items = row_history.record(
        Camera,
        camera_id,
        show={
            "premises": names(Premises),
            "site": names(Site),
            "owner_class": names(OwnerClass),
            "place_class": names(PlaceClass),
            "department": names(Department),
            "jurisdiction": names(Jurisdiction),
            "ward": names(Jurisdiction),
            "retention": names(RetentionClass),
        },
    )
    for item in items:
        item["changes"] = [change for change in item["changes"] if change["field"] not in ("id", "created_ms")]
    return items


def status_history(actor: Actor, camera_id: UUID, from_ms: int | None) -> list[dict[str, Any]]:
    """Status events of a camera, newest first, from the event log."""
    camera(actor, camera_id)
    since = now_ms() - STATUS_HISTORY_MS if from_ms is None else max(from_ms, 0)
    found = fetch(
        "SELECT time_ms, data->>'status', COALESCE(data->>'reason', ''), COALESCE(data->>'detail', '') FROM event "
        "WHERE subject = %s AND type = 'camera.status' AND time_ms >= %s "
        "AND day >= (to_timestamp(%s::float8 / 1000) AT TIME ZONE 'UTC')::date ORDER BY time_ms DESC LIMIT %s",
        [str(camera_id), since, float(min(since, 4_000_000_000_000)), STATUS_HISTORY_MAX],
    )
    return [
        {"at_ms": at_ms, "status": status, "reason": reason, "detail": detail}
        for at_ms, status, reason, detail in found
    ]
