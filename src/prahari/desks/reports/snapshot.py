"""The figures of a daily report: one plain JSON object, made once and kept, from which every print is made.

{"centre", "day", "area", "agency", "officer", "made_ms", "hour", "late", "as_of_end", "rows", "totals", "today",
 "before", "classes", "stations", "targets", "down", "refusals", "lead"}; counts are cameras. Row:
{"class", "station", "target", ...COLUMNS}. live_now and down_24h are null in a report made after its day.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

import orjson
from django.db.models import Count

from prahari.contracts.clock import end_of_day_ms, start_of_day_ms
from prahari.contracts.events import now_ms as clock_ms
from prahari.desks.accounts.models import Agency, Jurisdiction
from prahari.desks.common import rules as dated
from prahari.desks.common.documents import centre_name
from prahari.desks.common.errors import Text, text
from prahari.desks.common.scoping import restrict, scope_sql
from prahari.desks.common.sql import fetch
from prahari.desks.linking import figures
from prahari.desks.linking.models import LadderEntry
from prahari.desks.linking.steps import Step
from prahari.desks.registry.models import OwnerClass
from prahari.desks.reports import goals, officers, rules, wording
from prahari.desks.reports.officers import Area

COLUMNS = (
    "listed", "asked", "consented", "refused", "withdrawn", "verified", "linked_today", "verified_today", "live_now",
    "down_24h",
)  # fmt: skip
STEADY = ("listed", "asked", "consented", "refused", "withdrawn", "verified")
"""Columns that can be told for any past day."""
NOW_ONLY = ("live_now", "down_24h")
DOWN_MOST = 200
DAY_MS = 86_400_000
BY = ("owner_class", "police_station")


def digest(figures_: dict[str, Any]) -> str:
    """SHA-256 over the canonical JSON: keys sorted, UTF-8, no spaces."""
    return hashlib.sha256(orjson.dumps(figures_, option=orjson.OPT_SORT_KEYS)).hexdigest()


def make(
    area: Area, day: dt.date, *, now_ms: int | None = None, late: bool = False, first: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Figures of `area` for `day`. first: those of the version that is corrected, whose state of the cameras stays."""
    now = clock_ms() if now_ms is None else now_ms
    past = now >= end_of_day_ms(day)
    reader = area.reader
    targets = goals.of(reader, area.path, day)
    cells: dict[tuple[str, str], dict[str, Any]] = {}

    def cell(keys: dict[str, str]) -> dict[str, Any]:
        key = keys["owner_class"], keys["police_station"]
        if key not in cells:
            empty = {name: None if past and name in NOW_ONLY else 0 for name in COLUMNS}
            cells[key] = {"class": key[0], "station": key[1], "target": targets.cells.get(key), **empty}
        return cells[key]

    for row in figures.table(reader, BY, day):
        one = cell(row.keys)
        for name in STEADY:
            one[name] = row[name]
        if not past:
            one["live_now"], one["down_24h"] = row["live_now"], row["down_24h"]
    today = dict.fromkeys(figures.DAILY, 0)
    for _, keys, counts in figures.daily(reader, day, day, BY):
        one = cell(keys)
        one["linked_today"], one["verified_today"] = counts["linked"], counts["verified"]
        for name in today:
            today[name] += counts[name]
    for key in targets.cells:
        cell(dict(zip(BY, key, strict=True)))
    classes = {row.code: (row.sort, text(row.name_en, row.name_hi)) for row in OwnerClass.objects.all()}
    rows = sorted(cells.values(), key=lambda row: (classes[row["class"]][0], row["class"], row["station"]))
    if past and first is not None:
        _keep_states(rows, first)
    totals = sums(rows) | {"target": targets.whole}
    if past and not rows:
        totals |= dict.fromkeys(NOW_ONLY)
    made: dict[str, Any] = {
        "centre": centre_name(),
        "day": day.isoformat(),
        "area": _area(area.path),
        "agency": _agency(area.agency),
        "officer": {"name": area.name, "post": area.post} if area.person_id else None,
        "made_ms": now,
        "hour": dated.value(rules.REPORT_HOUR, day),
        "late": late,
        "as_of_end": past,
        "rows": rows,
        "totals": totals,
        "today": today,
        "before": _before(reader, day),
        "classes": {
            code: {"name": name, "target": targets.classes.get(code)}
            for code, (_, name) in classes.items()
            if code in targets.classes or any(row["class"] == code for row in rows)
        },
        "stations": _stations({row["station"] for row in rows}, targets.stations, area, day),
        "due_on": targets.due_on.isoformat() if targets.due_on else None,
        "down": down(area, now) if not past else (first or {}).get("down"),
        "refusals": _refusals(area, day),
    }
    made["lead"] = wording.lead(made)
    return made


def sums(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Each column's sum; null where no row knows it."""
    return {
        name: None if rows and all(row[name] is None for row in rows) else sum(row[name] or 0 for row in rows)
        for name in COLUMNS
    }


def _keep_states(rows: list[dict[str, Any]], first: dict[str, Any]) -> None:
    """What is known only of its own moment is taken from the version before."""
    known = {(row["class"], row["station"]): row for row in first["rows"]}
    if any(row["live_now"] is not None for row in first["rows"]):
        for row in rows:
            earlier = known.get((row["class"], row["station"]), {})
            for name in NOW_ONLY:
                row[name] = earlier.get(name) or 0


def _before(reader: Any, day: dt.date) -> dict[str, Any]:
    """The steady columns' totals at the end of the day before."""
    whole = figures.total(figures.table(reader, (), day - dt.timedelta(days=1)))
    return {"day": (day - dt.timedelta(days=1)).isoformat(), **{name: whole[name] for name in STEADY}}


def _area(path: str) -> dict[str, Any]:
    row = Jurisdiction.objects.defer("boundary").get(path=path)
    return {"path": row.path, "level": row.level, "name": row.name}


def _agency(code: str) -> dict[str, Any] | None:
    row = Agency.objects.filter(code=code).first() if code else None
    return {"code": row.code, "name": row.name} if row else None


def _stations(paths: set[str], targets: dict[str, int], area: Area, day: dt.date) -> dict[str, Any]:
    names = {
        row["path"]: text(row["name_en"], row["name_hi"])
        for row in Jurisdiction.objects.filter(path__in=paths | set(targets)).values("path", "name_en", "name_hi")
    }
    outside = text("Outside the stations", "थानों से बाहर")
    return {
        path: {
            "name": names.get(path, outside),
            "target": targets.get(path),
            "officer": officers.nearest(path, area.agency, day) if path else "",
        }
        for path in sorted(paths | set(targets))
    }


_DOWN = """
SELECT c.reg_id, c.name_en, c.name_hi, c.jurisdiction_path, o.code, COALESCE(s.proved_at_ms, l.linked_ms),
       COALESCE(s.reason, ''), c.id::text, count(*) OVER ()
  FROM linking_cameralinkage l
  JOIN registry_camera c ON c.id = l.camera_id
  JOIN registry_ownerclass o ON o.id = c.owner_class_id
  LEFT JOIN camera_status s ON s.camera_id = c.id
 WHERE c.retired_ms IS NULL AND l.linked_ms <= %s AND l.withdrawn_ms IS NULL
   AND NOT COALESCE(s.status = 'live' AND s.proof_until_ms > %s, false)
   AND COALESCE(s.proved_at_ms, l.linked_ms) < %s AND {scope}
 ORDER BY 6, 1 LIMIT %s
"""


def down(area: Area, now: int) -> dict[str, Any]:
    """Cameras nobody has seen live for a day: {"count", "reasons": {reason: n}, "cameras": [...]}, longest first."""
    condition, parameters = scope_sql(area.reader.scope, "camera.view", "c.jurisdiction_path", "c.agency_id")
    found = fetch(
        _DOWN.replace("{scope}", condition),  # type: ignore[arg-type]
        [now, now, now - DAY_MS, *parameters, 5000], prepare=False,
    )  # fmt: skip
    reasons: dict[str, int] = {}
    for row in found:
        reasons[row[6]] = reasons.get(row[6], 0) + 1
    cameras = [
        {
            "reg_id": reg_id, "name": text(en, hi), "path": path, "class": owner_class, "since_ms": since,
            "reason": reason, "id": camera_id,
        }
        for reg_id, en, hi, path, owner_class, since, reason, camera_id, _ in found[:DOWN_MOST]
    ]  # fmt: skip
    return {"count": found[0][8] if found else 0, "reasons": reasons, "cameras": cameras}


def _refusals(area: Area, day: dt.date) -> list[dict[str, Any]]:
    """Why owners refused on this day: [{"reason", "premises"}], the most frequent first."""
    rows = restrict(
        LadderEntry.objects.filter(
            step=Step.REFUSED, is_correction=False, at_ms__gte=start_of_day_ms(day), at_ms__lt=end_of_day_ms(day)
        ).exclude(before=Step.REFUSED),
        area.reader.scope, "linking.view", "premises__jurisdiction__path", "premises__agency_id",
    )  # fmt: skip
    counted = rows.order_by().values(
        "premises__linkage__refusal__name_en", "premises__linkage__refusal__name_hi"
    ).annotate(n=Count("premises_id", distinct=True)).order_by("-n")  # fmt: skip
    other = text("No reason entered", "कारण दर्ज नहीं")
    return [
        {"reason": text(en, hi) if en else other, "premises": n}
        for en, hi, n in counted.values_list(
            "premises__linkage__refusal__name_en", "premises__linkage__refusal__name_hi", "n"
        )
    ]


def area_name(figures_: dict[str, Any]) -> Text:
    """The area, and the agency where it is one's alone."""
    name, agency = figures_["area"]["name"], figures_["agency"]
    if not agency:
        return dict(name)
    return text(f"{name['en']}, {agency['name']['en']}", f"{name['hi']}, {agency['name']['hi']}")
