"""Uptime from the history of states: each local day of each camera once it is over, today as it stands.

A camera whose owner's hours are over is not down, nor is one in announced maintenance: neither was promised.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from prahari.contracts.clock import DAY_MS, local_day, start_of_day_ms
from prahari.contracts.events import now_ms
from prahari.desks.common.sql import fetch
from prahari.desks.health.models import MaintenanceWindow, UptimeDay
from prahari.desks.health.stretches import Span, Tally, tally
from prahari.desks.registry.models import Camera

log = logging.getLogger(__name__)

SETTLE_MS = 10 * 60_000
"""Events of a day may come this late without the day being counted anew."""

BACK_DAYS = 40
"""How far back a status that has not changed since is looked for."""

CATCH_UP_DAYS = 31

_CHANGES = """
SELECT subject, time_ms, data->>'status' FROM event
 WHERE type = 'camera.status' AND time_ms >= %(from)s AND time_ms < %(to)s
   AND day BETWEEN (to_timestamp(%(from)s / 1000.0) AT TIME ZONE 'UTC')::date
               AND (to_timestamp(%(to)s / 1000.0) AT TIME ZONE 'UTC')::date
   AND (%(all)s OR subject = ANY(%(ids)s))
 ORDER BY subject, time_ms
"""

_BEFORE = """
SELECT DISTINCT ON (subject) subject, data->>'status' FROM event
 WHERE type = 'camera.status' AND time_ms < %(from)s AND subject = ANY(%(ids)s)
   AND day BETWEEN (to_timestamp(%(from)s / 1000.0) AT TIME ZONE 'UTC')::date - %(back)s
               AND (to_timestamp(%(from)s / 1000.0) AT TIME ZONE 'UTC')::date
 ORDER BY subject, time_ms DESC
"""


def measure(day: dt.date, camera_ids: Sequence[UUID] | None = None) -> dict[UUID, Tally]:
    """A local day, up to now where it is today, of these cameras or of all of which anything is known."""
    from_ms = start_of_day_ms(day)
    to_ms = min(from_ms + DAY_MS, now_ms())
    if to_ms <= from_ms:
        return {}
    ids = [str(one) for one in camera_ids] if camera_ids is not None else []
    changes: dict[str, list[tuple[int, str]]] = defaultdict(list)
    parameters = {"from": from_ms, "to": to_ms, "all": camera_ids is None, "ids": ids}
    for subject, at_ms, status in fetch(_CHANGES, parameters, prepare=False):
        changes[subject.removeprefix("camera:")].append((at_ms, status))
    if camera_ids is None:
        ids = [str(one) for one in Camera.objects.filter(retired_ms__isnull=True).values_list("id", flat=True)]
        ids = list(dict.fromkeys([*ids, *changes]))
    before = _before(day, from_ms, ids)
    windows = _maintenance((from_ms, to_ms), ids)
    found: dict[UUID, Tally] = {}
    for one in ids:
        if one in before or one in changes:
            found[UUID(one)] = tally(before.get(one, ""), changes.get(one, ()), (from_ms, to_ms), windows.get(one, ()))
    return found


def live_at(moments: Sequence[int], ids: Sequence[str]) -> list[int | None]:
    """How many of these cameras were live at each moment, which are in order; None: nothing was known of any yet."""
    day = local_day(moments[0])
    from_ms = start_of_day_ms(day)
    stood = _before(day, from_ms, ids)
    parameters = {"from": from_ms, "to": moments[-1] + 1, "all": False, "ids": ids}
    changes = sorted(fetch(_CHANGES, parameters, prepare=False), key=lambda one: int(one[1]))
    found: list[int | None] = []
    at = 0
    for moment in moments:
        while at < len(changes) and changes[at][1] <= moment:
            stood[changes[at][0]] = changes[at][2]
            at += 1
        found.append(sum(status == "live" for status in stood.values()) if stood else None)
    return found


def _before(day: dt.date, from_ms: int, ids: Sequence[str]) -> dict[str, str]:
    """The status with which the day began: of the day before where that is stored, else from the events."""
    rows = UptimeDay.objects.filter(day=day - dt.timedelta(days=1), camera_id__in=ids).exclude(last_status="")
    known = {str(camera_id): status for camera_id, status in rows.values_list("camera_id", "last_status")}
    missing = [one for one in ids if one not in known]
    if missing:
        known.update(fetch(_BEFORE, {"from": from_ms, "ids": missing, "back": BACK_DAYS}, prepare=False))
        missing = [one for one in missing if one not in known]
    if missing:  # unchanged for longer than is looked back
        query = "SELECT camera_id, status FROM camera_status WHERE camera_id = ANY(%s::uuid[]) AND since_ms < %s"
        known.update({str(camera_id): status for camera_id, status in fetch(query, [missing, from_ms])})
    return known


def _maintenance(span: Span, ids: Sequence[str]) -> dict[str, list[Span]]:
    """Windows of each camera, of whatever they were announced for."""
    found: dict[str, list[Span]] = defaultdict(list)
    windows = list(MaintenanceWindow.objects.filter(from_ms__lt=span[1], to_ms__gt=span[0]).select_related("area"))
    if not windows:
        return found
    cameras = Camera.objects.filter(id__in=ids).values_list("id", "premises_id", "site_id", "jurisdiction_path",
                                                            "agency_id")  # fmt: skip
    for camera_id, premises_id, site_id, path, agency in cameras:
        for one in windows:
            if (
                one.camera_id == camera_id
                or (one.premises_id is not None and one.premises_id == premises_id)
                or (one.site_id is not None and one.site_id == site_id)
                or (one.area is not None and _within(path, one.area.path) and one.agency_code in ("", agency))
            ):
                found[str(camera_id)].append((one.from_ms, one.until_ms))
    return found


def _within(path: str, area: str) -> bool:
    return not area or path == area or path.startswith(f"{area}.")


def store(day: dt.date) -> int:
    """Store a day that is over, in place of what was stored of it. How many cameras."""
    found = measure(day)
    known = set(Camera.objects.filter(id__in=found).values_list("id", flat=True))
    rows = [row_of(camera_id, day, one) for camera_id, one in found.items() if camera_id in known]
    with transaction.atomic():
        UptimeDay.objects.bulk_create(
            rows, batch_size=1000, update_conflicts=True, unique_fields=["camera", "day"],
            update_fields=["up_ms", "down_ms", "closed_ms", "maintenance_ms", "outages", "last_status"],
        )  # fmt: skip
    return len(rows)


def row_of(camera_id: UUID, day: dt.date, one: Tally) -> UptimeDay:
    return UptimeDay(
        camera_id=camera_id, day=day, up_ms=one.up_ms, down_ms=one.down_ms, closed_ms=one.closed_ms,
        maintenance_ms=one.maintenance_ms, outages=one.outages, last_status=one.last_status,
    )  # fmt: skip


def keep_up() -> int:
    """Store the days that are over and are not stored yet, oldest first. How many days."""
    today = local_day(now_ms() - SETTLE_MS)
    last = UptimeDay.objects.order_by("-day").values_list("day", flat=True).first()
    if last is None:
        first_ms = fetch("SELECT min(time_ms) FROM event WHERE type = 'camera.status'")[0][0]
        if first_ms is None:
            return 0
        last = local_day(first_ms) - dt.timedelta(days=1)
    last = max(last, today - dt.timedelta(days=CATCH_UP_DAYS))
    days = 0
    day = last + dt.timedelta(days=1)
    while day < today:
        log.info("uptime of %s stored for %d cameras", day, store(day))
        days += 1
        day += dt.timedelta(days=1)
    return days


def store_again(span: Span) -> None:
    """Days that are stored and that a maintenance window, entered or ended later, reaches into."""
    first, last = local_day(span[0]), local_day(span[1] - 1)
    stored = UptimeDay.objects.filter(day__gte=first, day__lte=last).values_list("day", flat=True).distinct()
    for day in sorted(set(stored)):
        store(day)


def of_period(camera_ids: Iterable[UUID], first: dt.date, last: dt.date) -> dict[tuple[UUID, dt.date], Tally]:
    """Each day of each camera from `first` to `last`, today measured as it stands."""
    ids = list(camera_ids)
    found: dict[tuple[UUID, dt.date], Tally] = {}
    rows = UptimeDay.objects.filter(camera_id__in=ids, day__gte=first, day__lte=last)
    for row in rows.iterator(5000):
        found[row.camera_id, row.day] = Tally(
            row.up_ms, row.down_ms, row.closed_ms, row.maintenance_ms, row.outages, row.last_status
        )
    today = local_day()
    stored = {day for _, day in found}
    for day in (today - dt.timedelta(days=1), today):  # yesterday is stored a little after midnight
        if first <= day <= last and day not in stored:
            for camera_id, one in measure(day, ids).items():
                found[camera_id, day] = one
    return found


def added(tallies: Iterable[Tally]) -> dict[str, Any]:
    """Sums, and the share that was up of what was due. pct None: nothing was due."""
    up = down = closed = maintenance = outages = 0
    for one in tallies:
        up += one.up_ms
        down += one.down_ms
        closed += one.closed_ms
        maintenance += one.maintenance_ms
        outages += one.outages
    due = up + down
    return {
        "pct": round(100 * up / due, 3) if due else None,
        "due_ms": due,
        "down_ms": down,
        "closed_ms": closed,
        "maintenance_ms": maintenance,
        "outages": outages,
    }
