"""Every read of sources, restricted to what the actor may see, and names of places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet

from prahari.contracts.events import now_ms
from prahari.contracts.happenings import INTAKE_TOLD
from prahari.desks.accounts.models import Jurisdiction
from prahari.desks.common import paging
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import not_found
from prahari.desks.common.scoping import restrict
from prahari.desks.intake.models import EventSource

MANAGE = "intake.manage"
HOUR_MS = 3_600_000

_HOURS = """SELECT subject, time_ms / 3600000, sum((data->>'taken')::bigint)::bigint,
    sum((SELECT coalesce(sum(value::bigint), 0) FROM jsonb_each_text(data->'refused')))::bigint,
    max((data->>'last_ms')::bigint)
FROM event WHERE type = %s AND subject = ANY(%s) AND time_ms >= %s AND day >= to_timestamp(%s)::date
GROUP BY 1, 2 ORDER BY 1, 2"""
_REASONS = """SELECT subject, key, sum(value::bigint)::bigint FROM event, jsonb_each_text(data->'refused')
WHERE type = %s AND subject = ANY(%s) AND time_ms >= %s AND day >= to_timestamp(%s)::date GROUP BY 1, 2"""
_TROUBLES = """SELECT DISTINCT ON (subject) subject, data->>'trouble' FROM event
WHERE type = %s AND subject = ANY(%s) AND time_ms >= %s AND day >= to_timestamp(%s)::date
ORDER BY subject, time_ms DESC"""


def sources_in(actor: Actor) -> QuerySet[EventSource]:
    """Raises Problem 403."""
    actor.require(MANAGE)
    return restrict(EventSource.objects.all(), actor.scope, MANAGE)


def source(actor: Actor, source_id: UUID) -> EventSource:
    """Raises Problem 403, 404."""
    found = sources_in(actor).filter(id=source_id).first()
    if found is None:
        raise not_found("There is no such source in your area.", "आपके क्षेत्र में ऐसा कोई स्रोत नहीं है।")
    return found


def source_page(actor: Actor, limit: int, cursor: str | None) -> dict[str, Any]:
    page = paging.page(sources_in(actor), ("name", "id"), limit, cursor, lambda one: one)
    config = settings.CONFIG
    return {**page, "items": shown(page["items"]), "http_port": config.intake_port, "mqtt_port": config.mqtt_port}


def shown(found: Sequence[EventSource]) -> list[dict[str, Any]]:
    """EventSourceRow of each."""
    names = places(one.jurisdiction_path for one in found)
    lately = _lately([str(one.id) for one in found])
    return [
        {
            "id": one.id, "name": one.name, "kind": one.kind, "kinds": one.kinds, "jurisdiction": one.jurisdiction_path,
            "place": names.get(one.jurisdiction_path, {"en": "", "hi": ""}), "agency": one.agency_code,
            "lat": one.lat, "lon": one.lon, "late_s": one.late_s, "per_minute": one.per_minute, "poll_s": one.poll_s,
            "url": one.url, "has_credentials": bool(one.sealed_credentials), "units": one.units,
            "enabled": one.enabled, "key_hint": one.key_hint, "version": one.version, **lately[str(one.id)],
        }
        for one in found
    ]  # fmt: skip


def _lately(source_ids: list[str]) -> dict[str, dict[str, Any]]:
    """What the intake process has told of each in the last 24 hours, this one and the 23 before."""
    since = now_ms() // HOUR_MS * HOUR_MS - 23 * HOUR_MS
    told: dict[str, dict[str, Any]] = {
        one: {"last_ms": None, "hours": [], "refused": {}, "trouble": ""} for one in source_ids
    }
    bounds = [INTAKE_TOLD, source_ids, since, since // 1000]
    with connection.cursor() as cursor:
        cursor.execute(_HOURS, bounds)
        for source_id, hour, taken, refused, last_ms in cursor.fetchall():
            one = told[source_id]
            one["hours"].append({"hour_ms": hour * HOUR_MS, "taken": taken, "refused": refused})
            one["last_ms"] = max(last_ms, one["last_ms"] or 0) or None
        cursor.execute(_REASONS, bounds)
        for source_id, reason, count in cursor.fetchall():
            told[source_id]["refused"][reason] = count
        cursor.execute(_TROUBLES, bounds)
        for source_id, trouble in cursor.fetchall():
            told[source_id]["trouble"] = trouble or ""
    return told


def places(paths: Iterable[str]) -> dict[str, dict[str, str]]:
    rows = Jurisdiction.objects.filter(path__in=set(paths)).values_list("path", "name_en", "name_hi")
    return {path: {"en": en, "hi": hi} for path, en, hi in rows}
