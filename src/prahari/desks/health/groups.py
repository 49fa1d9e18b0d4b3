"""Uptime by camera, premises, site, owner class, make, link, district: tables and days, in the actor's scope."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any, Literal
from uuid import UUID

from prahari.contracts.clock import local_day
from prahari.contracts.events import now_ms
from prahari.desks.accounts.models import Jurisdiction
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import Text, invalid, text
from prahari.desks.common.scoping import within
from prahari.desks.health import uptime
from prahari.desks.health.stretches import Tally
from prahari.desks.registry import selectors as registry
from prahari.desks.registry.choices import LinkType

By = Literal["camera", "premises", "site", "owner_class", "make", "link", "district", "agency"]
MOST_DAYS = 92
MOST_ROWS = 1000
_NOT_KNOWN = text("Not known", "ज्ञात नहीं")
_LINKS = {
    LinkType.UNKNOWN: _NOT_KNOWN,
    LinkType.FIBRE: text("Fibre", "फ़ाइबर"),
    LinkType.BROADBAND: text("Broadband", "ब्रॉडबैंड"),
    LinkType.MOBILE: text("Mobile network", "मोबाइल नेटवर्क"),
    LinkType.RADIO: text("Radio", "रेडियो"),
    LinkType.LOCAL: text("Local network", "स्थानीय नेटवर्क"),
}
_COLUMNS = (
    "id", "reg_id", "name_en", "name_hi", "premises_id", "premises__name_en", "premises__name_hi", "site_id",
    "site__name_en", "site__name_hi", "owner_class__code", "owner_class__name_en", "owner_class__name_hi", "make",
    "link_type", "jurisdiction_path", "agency_id", "agency__name_en", "agency__name_hi",
)  # fmt: skip


def period(first: dt.date | None, last: dt.date | None) -> tuple[dt.date, dt.date]:
    """30 days up to today unless told otherwise. Raises Problem 422."""
    last = min(last or local_day(), local_day())
    first = first or last - dt.timedelta(days=29)
    if first > last:
        raise invalid(first=text("The period ends before it begins.", "अवधि आरंभ होने से पहले समाप्त होती है।"))
    if (last - first).days >= MOST_DAYS:
        raise invalid(first=text(f"At most {MOST_DAYS} days at a time.", f"एक बार में अधिकतम {MOST_DAYS} दिन।"))
    return first, last


def table(
    actor: Actor, by: By, first: dt.date | None, last: dt.date | None, jurisdiction: str = "", owner_class: str = ""
) -> dict[str, Any]:
    """UptimeTable: a row a group, the worst first, each with its days. Raises Problem 403, 422."""
    first, last = period(first, last)
    cameras = _cameras(actor, jurisdiction, owner_class)
    found = uptime.of_period(cameras, first, last)
    keys: dict[UUID, tuple[str, Text]] = {camera_id: _key(row, by) for camera_id, row in cameras.items()}
    if by == "district":
        keys = _districts(cameras)
    groups: dict[str, list[Tally]] = defaultdict(list)
    days: dict[str, dict[dt.date, list[Tally]]] = defaultdict(lambda: defaultdict(list))
    members: dict[str, set[UUID]] = defaultdict(set)
    names: dict[str, Text] = {}
    for (camera_id, day), one in found.items():
        key, name = keys[camera_id]
        names[key] = name
        groups[key].append(one)
        days[key][day].append(one)
        members[key].add(camera_id)
    rows = [
        {"key": key, "name": names[key], "cameras": len(members[key]), **uptime.added(groups[key]),
         "days": [{"day": str(day), **_short(uptime.added(of_day))} for day, of_day in sorted(days[key].items())]}
        for key in groups
    ]  # fmt: skip
    rows.sort(key=lambda row: (row["pct"] is None, row["pct"], str(row["name"]["en"])))
    return {
        "by": by,
        "first": first.isoformat(),
        "last": last.isoformat(),
        "as_of_ms": now_ms(),
        "total": {"cameras": len({camera_id for camera_id, _ in found}), **uptime.added(found.values())},
        "rows": rows[:MOST_ROWS],
        "left_out": max(0, len(rows) - MOST_ROWS),
    }


def _short(sums: dict[str, Any]) -> dict[str, Any]:
    return {"pct": sums["pct"], "down_ms": sums["down_ms"], "outages": sums["outages"]}


def _cameras(actor: Actor, jurisdiction: str, owner_class: str) -> dict[UUID, dict[str, Any]]:
    actor.require(registry.VIEW)
    found = registry.cameras_in(actor, registry.VIEW)
    if jurisdiction:
        found = found.filter(within(jurisdiction))
    if owner_class:
        found = found.filter(owner_class__code__in=owner_class.split(","))
    return {row["id"]: row for row in found.values(*_COLUMNS)}


def _key(row: dict[str, Any], by: By) -> tuple[str, Text]:
    match by:
        case "camera":
            return str(row["id"]), text(f"{row['reg_id']} {row['name_en']}", f"{row['reg_id']} {row['name_hi']}")
        case "premises":
            return str(row["premises_id"]), text(row["premises__name_en"], row["premises__name_hi"])
        case "site":
            if row["site_id"] is None:
                return "", text("At no site", "किसी स्थान पर नहीं")
            return str(row["site_id"]), text(row["site__name_en"], row["site__name_hi"])
        case "owner_class":
            return row["owner_class__code"], text(row["owner_class__name_en"], row["owner_class__name_hi"])
        case "make":
            return row["make"].casefold(), text(row["make"], row["make"]) if row["make"] else _NOT_KNOWN
        case "agency":
            return row["agency_id"], text(row["agency__name_en"], row["agency__name_hi"])
        case _:
            return row["link_type"], _LINKS.get(row["link_type"], _NOT_KNOWN)


def _districts(cameras: dict[UUID, dict[str, Any]]) -> dict[UUID, tuple[str, Text]]:
    """The district that a camera lies in; the city where there is none."""
    rows = Jurisdiction.objects.filter(level__in=("district", "city")).values_list(
        "path", "name_en", "name_hi", "level"
    )
    places = {path: (text(en, hi), level) for path, en, hi, level in rows}
    found: dict[UUID, tuple[str, Text]] = {}
    for camera_id, row in cameras.items():
        parts = row["jurisdiction_path"].split(".")
        above = [path for length in range(1, len(parts) + 1) if (path := ".".join(parts[:length])) in places]
        path = next((one for one in above if places[one][1] == "district"), above[0] if above else "")
        found[camera_id] = (path, places[path][0] if path else _NOT_KNOWN)
    return found
