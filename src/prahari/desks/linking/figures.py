"""The programme in numbers: how many cameras stand at each step, by class, department, place; now or on a day.

A camera on a list that nobody has entered yet counts through its premises (the largest of what the list says, the
survey found and the register holds); from *reachable* up, cameras count themselves. Only *verified live* is done.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from prahari.contracts.clock import end_of_day_ms, start_of_day_ms
from prahari.contracts.events import now_ms
from prahari.desks.accounts.models import Jurisdiction
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import invalid, text
from prahari.desks.common.scoping import scope_sql
from prahari.desks.common.sql import fetch
from prahari.desks.registry.models import Department, OwnerClass

VIEW = "linking.view"
AREAS = ("zone", "circle", "police_station", "police_post")
KEYS = ("owner_class", "department", "agency", "ward", "placement", *AREAS)
DAY_MS = 86_400_000

COUNTS = (
    "premises_listed", "premises_asked", "premises_consented", "premises_refused", "premises_promised",
    "listed", "asked", "promised", "installed", "consented", "refused", "withdrawn", "surveyed",
    "reachable", "linked", "verified", "confirmed", "live_now", "down_24h",
)  # fmt: skip
_PREMISES_COUNTS = 13
"""So many of COUNTS come from premises, the others from cameras."""

DAILY = ("asked", "consented", "refused", "withdrawn", "linked", "verified", "lost")


@dataclass
class Row:
    """Counts under keys, such as {"owner_class": "shop", "police_station": "up.kanpur.west.kalyanpur"}.

    Places are jurisdiction paths; "" where a premises lies in none of that level."""

    keys: dict[str, str]
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTS, 0))

    def __getitem__(self, name: str) -> int:
        return self.counts[name]

    def as_json(self) -> dict[str, Any]:
        return {"keys": self.keys, **self.counts}


# A step counts at a moment when it was reached by then and not taken back; a refusal and a withdrawal count while they
# stand. %(end)s: the moment, Unix milliseconds.
_PREMISES = """
WITH entered AS (
    SELECT premises_id, count(*) AS n FROM registry_camera
     WHERE created_ms <= %(end)s AND (retired_ms IS NULL OR retired_ms > %(end)s) GROUP BY premises_id
), p AS (
    SELECT {r.keys}, l.*,
           GREATEST(l.cameras_reported, COALESCE(l.cameras_found, 0), COALESCE(e.n, 0)) AS w,
           l.consented_ms <= %(end)s AND (l.withdrawn_ms IS NULL OR l.withdrawn_ms > %(end)s) AS has_consent,
           l.refused_ms <= %(end)s AND (l.consented_ms IS NULL OR l.consented_ms > %(end)s) AS has_refused
      FROM linking_linkage l
      JOIN registry_premises r ON r.id = l.premises_id
      JOIN accounts_jurisdiction j ON j.id = r.jurisdiction_id
      LEFT JOIN entered e ON e.premises_id = l.premises_id
     WHERE l.listed_ms <= %(end)s AND {scope}
)
SELECT owner_class_id, department_id, jurisdiction_id, ward_id,
       count(*), count(*) FILTER (WHERE asked_ms <= %(end)s), count(*) FILTER (WHERE has_consent),
       count(*) FILTER (WHERE has_refused), count(*) FILTER (WHERE promised_ms <= %(end)s),
       sum(w), COALESCE(sum(w) FILTER (WHERE asked_ms <= %(end)s), 0),
       COALESCE(sum(w) FILTER (WHERE promised_ms <= %(end)s), 0),
       COALESCE(sum(w) FILTER (WHERE installed_ms <= %(end)s), 0),
       COALESCE(sum(w) FILTER (WHERE has_consent), 0), COALESCE(sum(w) FILTER (WHERE has_refused), 0),
       COALESCE(sum(w) FILTER (WHERE withdrawn_ms <= %(end)s), 0),
       COALESCE(sum(w) FILTER (WHERE surveyed_ms <= %(end)s AND has_consent), 0)
  FROM p GROUP BY 1, 2, 3, 4
"""

_CAMERAS = """
SELECT {c.keys}, {c.placement} AS placement,
       count(*) FILTER (WHERE reachable_ms <= %(end)s OR linked_ms <= %(end)s),
       count(*) FILTER (WHERE linked_ms <= %(end)s AND stands),
       count(*) FILTER (WHERE verified_ms <= %(end)s AND stands),
       count(*) FILTER (WHERE confirmed_ms <= %(end)s AND stands),
       count(*) FILTER (WHERE is_live AND stands),
       count(*) FILTER (WHERE linked_ms <= %(end)s AND stands AND NOT is_live
                          AND COALESCE(s.proved_at_ms, linked_ms) < %(now)s - 86400000)
  FROM (SELECT k.*, k.withdrawn_ms IS NULL OR k.withdrawn_ms > %(end)s AS stands FROM linking_cameralinkage k) l
  JOIN registry_camera c ON c.id = l.camera_id
  LEFT JOIN camera_status s ON s.camera_id = c.id
  CROSS JOIN LATERAL (SELECT COALESCE(s.status = 'live' AND s.proof_until_ms > %(now)s, false) AS is_live) v
 WHERE c.created_ms <= %(end)s AND (c.retired_ms IS NULL OR c.retired_ms > %(end)s) AND {scope}
 GROUP BY 1, 2, 3, 4, 5
"""


def table(actor: Actor, by: Sequence[str] = (), day: dt.date | None = None, permission: str = VIEW) -> list[Row]:
    """Rows by keys, in order of class, department and path; nothing where nothing is listed. day: as at its end (local
    time); live_now and down_24h are always of now. Raises Problem 403, 422."""
    actor.require(permission)
    _check_keys(by)
    now = now_ms()
    moment = {"end": now if day is None else min(now, end_of_day_ms(day)), "now": now}
    keyed = _Keys(by)
    rows: dict[tuple[str, ...], Row] = {}
    for found in _scoped(_PREMISES, by, actor, permission, "j.path", "r.agency_id", moment):
        _add(rows, keyed.of(*found[:4], ""), COUNTS[:_PREMISES_COUNTS], found[4:])
    for found in _scoped(_CAMERAS, by, actor, permission, "c.jurisdiction_path", "c.agency_id", moment):
        _add(rows, keyed.of(*found[:5]), COUNTS[_PREMISES_COUNTS:], found[5:])
    for key, row in rows.items():
        row.keys = dict(zip(by, key, strict=True))
    return [rows[key] for key in sorted(rows, key=keyed.order)]


def _add(rows: dict[tuple[str, ...], Row], key: tuple[str, ...], names: Sequence[str], values: Sequence[Any]) -> None:
    counts = rows.setdefault(key, Row({})).counts
    for name, value in zip(names, values, strict=True):
        counts[name] += int(value)


def total(rows: Iterable[Row]) -> Row:
    """The sum of rows that do not overlap."""
    whole = Row({})
    for row in rows:
        for name, value in row.counts.items():
            whole.counts[name] += value
    return whole


def answer(actor: Actor, by: Sequence[str], day: dt.date | None) -> dict[str, Any]:
    """A FigureTable."""
    rows = table(actor, by, day)
    return {
        "by": list(by), "items": [row.as_json() for row in rows], "total": total(rows).as_json(), "as_of_ms": now_ms()
    }  # fmt: skip


_DAILY = """
SELECT owner_class_id, department_id, jurisdiction_id, ward_id, day, sum(asked), sum(consented), sum(refused),
       sum(withdrawn), sum(linked), sum(verified), sum(lost)
  FROM (
    SELECT {both.keys},
           (e.at_ms - %(first_ms)s) / 86400000 AS day,
           CASE WHEN e.step = 'asked' THEN w.n ELSE 0 END AS asked,
           CASE WHEN e.step = 'consented' AND e.before NOT IN ('consented', 'surveyed') THEN w.n ELSE 0 END
               AS consented,
           CASE WHEN e.step = 'refused' AND e.before <> 'refused' THEN w.n ELSE 0 END AS refused,
           CASE WHEN e.step = 'withdrawn' AND e.camera_id IS NULL THEN w.n ELSE 0 END AS withdrawn,
           CASE WHEN e.step = 'linked' THEN 1 ELSE 0 END AS linked,
           CASE WHEN e.step = 'verified_live' THEN 1 ELSE 0 END AS verified,
           CASE WHEN e.step = 'withdrawn' AND e.before IN ('verified_live', 'owner_confirmed') THEN 1 ELSE 0 END AS lost
      FROM linking_ladderentry e
      JOIN registry_premises p ON p.id = e.premises_id
      JOIN accounts_jurisdiction j ON j.id = p.jurisdiction_id
      LEFT JOIN registry_camera c ON c.id = e.camera_id
      LEFT JOIN linking_linkage l ON l.premises_id = p.id
      CROSS JOIN LATERAL (SELECT GREATEST(l.cameras_reported, COALESCE(l.cameras_found, 0),
          (SELECT count(*) FROM registry_camera x WHERE x.premises_id = p.id AND x.retired_ms IS NULL)) AS n) w
     WHERE e.at_ms >= %(first_ms)s AND e.at_ms < %(end_ms)s AND NOT e.is_correction
       AND e.step IN ('asked', 'consented', 'refused', 'withdrawn', 'linked', 'verified_live') AND {scope}
  ) entries GROUP BY 1, 2, 3, 4, 5
"""


def daily(
    actor: Actor, first: dt.date, last: dt.date, by: Sequence[str] = (), permission: str = VIEW
) -> list[tuple[dt.date, dict[str, str], dict[str, int]]]:
    """(day, keys, counts) of each local day on which something happened: DAILY, in cameras. `lost`: verified cameras
    whose leave ended; verified - lost is the day's net. Raises Problem 403, 422."""
    actor.require(permission)
    _check_keys(by)
    moment = {"first_ms": start_of_day_ms(first), "end_ms": end_of_day_ms(last)}
    keyed = _Keys(by)
    found: dict[tuple[int, tuple[str, ...]], dict[str, int]] = {}
    for one in _scoped(_DAILY, by, actor, permission, "j.path", "p.agency_id", moment):
        counts = found.setdefault((int(one[4]), keyed.of(*one[:4], "")), dict.fromkeys(DAILY, 0))
        for name, value in zip(DAILY, one[5:], strict=True):
            counts[name] += int(value)
    return [
        (first + dt.timedelta(days=day), dict(zip(by, key, strict=True)), counts)
        for (day, key), counts in sorted(found.items())
    ]


def _scoped(
    query: str, by: Sequence[str], actor: Actor, permission: str, path: str, agency: str, values: dict[str, Any]
) -> list[tuple[Any, ...]]:
    condition, parameters = scope_sql(actor.scope, permission, path, agency)
    named = dict(values)
    for number, value in enumerate(parameters):
        condition = condition.replace("%s", f"%(scope{number})s", 1)
        named[f"scope{number}"] = value
    for alias in ("r", "c", "both"):
        query = query.replace(f"{{{alias}.keys}}", _columns(alias, by))
    query = query.replace("{c.placement}", "c.placement" if "placement" in by else "''")
    return fetch(query.replace("{scope}", condition), named, prepare=False)  # type: ignore[arg-type]


def _columns(alias: str, by: Sequence[str]) -> str:
    """The id columns to group by; what is not asked for is NULL, so that a city needs hundreds of groups, not as many
    as it has wards times stations times classes."""
    wanted = {
        "owner_class_id": "owner_class" in by,
        "department_id": "department" in by or "agency" in by,
        "jurisdiction_id": any(area in by for area in AREAS),
        "ward_id": "ward" in by,
    }
    return ", ".join(f"{_column(alias, name) if is_wanted else 'NULL'} AS {name}" for name, is_wanted in wanted.items())


def _column(alias: str, name: str) -> str:
    """`both`: the camera's own where the row is of a camera, else its premises'."""
    return f"COALESCE(c.{name}, p.{name})" if alias == "both" else f"{alias}.{name}"


def _check_keys(by: Sequence[str]) -> None:
    if any(key not in KEYS for key in by) or len(set(by)) != len(by):
        raise invalid(by=text(f"Each of: {', '.join(KEYS)}, once.", f"इनमें से, हर एक एक बार: {', '.join(KEYS)}।"))


class _Keys:
    """From database ids to the keys asked for."""

    def __init__(self, by: Sequence[str]) -> None:
        self._by = by
        self._classes = {row.id: row.code for row in OwnerClass.objects.all()} if "owner_class" in by else {}
        departments = Department.objects.values_list("id", "code", "agency_id")
        self._departments = {row[0]: (row[1], row[2]) for row in departments}
        areas = list(Jurisdiction.objects.values_list("id", "path", "level"))
        self._paths = {row[0]: row[1] for row in areas}
        self._levels = {row[1]: row[2] for row in areas}
        self._sorts = {row.code: row.sort for row in OwnerClass.objects.all()} if "owner_class" in by else {}

    def of(
        self, owner_class_id: int, department_id: int, jurisdiction_id: int, ward_id: int | None, placement: str
    ) -> tuple[str, ...]:
        return tuple(
            self._one(key, owner_class_id, department_id, jurisdiction_id, ward_id, placement) for key in self._by
        )

    def _one(
        self, key: str, owner_class_id: int, department_id: int, jurisdiction_id: int, ward_id: int | None,
        placement: str,
    ) -> str:  # fmt: skip
        match key:
            case "owner_class":
                return self._classes[owner_class_id]
            case "department":
                return self._departments[department_id][0]
            case "agency":
                return self._departments[department_id][1]
            case "ward":
                return self._paths.get(ward_id, "") if ward_id is not None else ""
            case "placement":
                return placement
        return self._area(self._paths[jurisdiction_id], key)

    def _area(self, path: str, level: str) -> str:
        """The area of a level that holds `path`, or ""."""
        while path:
            if self._levels.get(path) == level:
                return path
            path = path.rpartition(".")[0]
        return ""

    def order(self, key: tuple[str, ...]) -> tuple[Any, ...]:
        return tuple(
            (self._sorts.get(value, 0), value) if name == "owner_class" else (0, value)
            for name, value in zip(self._by, key, strict=True)
        )
