"""The works desk of the demonstration: two made-up projects in the manner of a real city's, slowed by a monsoon.

Contractors, sums and lines are invented. Safe to repeat: a project that is there is left as it is.
"""

from __future__ import annotations

import datetime as dt
import math
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from prahari.contracts.city import City
from prahari.contracts.clock import local_day
from prahari.contracts.events import now_ms
from prahari.core.ids import uuid7
from prahari.desks.common.action import action
from prahari.desks.common.actor import Actor, system
from prahari.desks.works import actions
from prahari.desks.works import schemas as s
from prahari.desks.works.models import Package, ProgressEntry, Project

CRORE_PAISE = 1_000_000_000
DAY = dt.timedelta(days=1)
RAIN = (150, 75)
"""Days ago on which the rain began and ended."""

# number, English, Hindi, kind, quantity, begun days ago, ends in days, share done of what was planned by now, crore,
# critical, contractor, held up by (None: by nothing)
Plan = tuple[str, str, str, str, float, int, int, float, float, bool, str, str | None]
SAFE_CITY: tuple[Plan, ...] = (
    ("P-01", "Fibre cable, ring and branches", "फाइबर केबल, रिंग एवं शाखाएँ", "cable", 220, 240, 65, 0.62, 46, True,
     "Ganga Vidyut Sanchar (demo)", "monsoon"),
    ("P-02", "Poles at junctions and roads", "चौराहों एवं सड़कों पर पोल", "pole", 830, 220, 50, 0.86, 21, True,
     "Shivalik Nirman (demo)", "monsoon"),
    ("P-03", "Emergency call boxes", "इमरजेंसी कॉल बॉक्स", "call_box", 50, 120, 60, 0.55, 4.5, False,
     "Doaab Electronics (demo)", None),
    ("P-04", "Cameras of 415 places", "415 स्थानों के कैमरे", "camera", 2500, 200, 66, 0.92, 72, False,
     "Netra Systems (demo)", None),
    ("P-05", "Server room and storage", "सर्वर कक्ष एवं भंडारण", "server_room", 100, 260, -12, 0.95, 24, True,
     "Netra Systems (demo)", None),
    ("P-06", "Floors of the control centre", "कंट्रोल सेंटर के तल", "floor", 5, 300, -20, 1.0, 6, False,
     "Building department", None),
    ("P-07", "Loudspeakers at the call boxes", "कॉल बॉक्स पर लाउडस्पीकर", "speaker", 50, -20, 90, 0.0, 2.5, False,
     "Doaab Electronics (demo)", None),
)  # fmt: skip
RIVERSIDE: tuple[Plan, ...] = (
    ("R-01", "High-capacity cameras of the river road", "नदी पथ के उच्च क्षमता कैमरे", "camera", 40, 90, 30, 1.02, 3.2,
     False, "Netra Systems (demo)", None),
    ("R-02", "Power connections of the river road", "नदी पथ के विद्युत संयोजन", "power", 22, 80, 20, 0.5, 1.1, False,
     "Electricity department", "permission"),
)  # fmt: skip


def load(city: City) -> None:
    """Lay the works of `city` out, with entries up to yesterday."""
    actor = system("demo")
    place = next((area.path for area in city.areas if area.level == "city"), "")
    _project(actor, city, place, "safe-city", "Safe City cameras, call boxes and cable",
             "सेफ सिटी कैमरे, कॉल बॉक्स एवं केबल", 178, SAFE_CITY)  # fmt: skip
    _project(actor, city, place, "river-road", "River road surveillance", "नदी पथ निगरानी", 5, RIVERSIDE)


def _project(
    actor: Actor, city: City, place: str, code: str, en: str, hi: str, crore: float, plans: tuple[Plan, ...]
) -> None:
    with transaction.atomic():
        if Project.objects.filter(code=code).exists():
            return
        form = s.ProjectIn(
            code=code, name={"en": en, "hi": hi}, agency="municipal", jurisdiction=place,
            sanctioned_paise=int(crore * CRORE_PAISE), due_on=local_day() + 66 * DAY,
            sanction="Demonstration: no such paper exists",
        )  # fmt: skip
        project = actions.create_project(actor=actor, form=form)
        for at, plan in enumerate(plans):
            _package(actor, city, place, project, at, plan)


def _package(actor: Actor, city: City, place: str, project: UUID, at: int, plan: Plan) -> None:
    number, en, hi, kind, quantity, begun, left, share, crore, critical, contractor, held = plan
    today = local_day()
    start, end = today - begun * DAY, today + left * DAY
    fields: dict[str, Any] = {"sanctioned_paise": int(crore * CRORE_PAISE)}
    done = quantity * min(1.0, share * min(1.0, max(0, begun) / (begun + left)))
    fields["committed_paise"] = int(fields["sanctioned_paise"] * 0.96)
    fields["spent_paise"] = int(fields["sanctioned_paise"] * min(1.0, done / quantity) * 0.88)
    made = actions.create_package(
        actor=actor,
        form=s.PackageIn(
            project=project, number=number, name={"en": en, "hi": hi}, kind=kind, agency="municipal",
            jurisdiction=place, quantity=Decimal(str(quantity)), start=start, end=end, contractor=contractor,
            critical=critical, geometry=_drawn(city, kind, at), **fields,
        ),
    )  # fmt: skip
    package = Package.objects.get(id=made)
    rain = held == "monsoon"
    if begun > 0 and done > 0:
        _enter(actor, package, done, start, today - DAY, rain)
    if rain:
        _delay(actor, package, "monsoon", today - RAIN[0] * DAY, today - RAIN[1] * DAY, "Trenches under water")
        revised = s.RevisionIn(
            quantity=Decimal(str(quantity)), start=start, end=end + 45 * DAY, reason="Work stood still in the monsoon",
            edited_ms=package.edited_ms,
        )  # fmt: skip
        actions.revise_plan(actor=actor, package_id=made, form=revised)
    elif held:
        _delay(actor, package, held, today - 9 * DAY, None, "Waiting for the road authority")
    if kind in {"cable", "server_room"}:
        half = s.MilestoneIn(name={"en": "Half of the work", "hi": "आधा कार्य"}, due_on=start + (end - start) / 2)
        actions.set_milestone(actor=actor, package_id=made, form=half)


def _enter(actor: Actor, package: Package, done: float, first: dt.date, last: dt.date, rain: bool) -> None:
    """Weekly entries that add up to `done`, none in the rain; in one go, as a list of measurements would be."""
    places = package.kind.decimals
    stop, go = last - RAIN[0] * DAY, last - RAIN[1] * DAY
    days = [first + step * DAY for step in range(5, (last - first).days + 1, 7)]
    days = [day for day in days if not (rain and stop <= day <= go)] or [last]
    weights = [1 + 0.35 * math.sin(at * 1.7) for at in range(len(days))]
    total, so_far, rows, at_ms = sum(weights), Decimal(0), [], now_ms()
    for day, reached in zip(days, _running(weights), strict=True):
        amount = round(Decimal(done * reached / total), places) - so_far
        if amount > 0:
            so_far += amount
            rows.append(ProgressEntry(
                key=uuid7(), package=package, done_on=day, quantity=amount, by_name="Demonstration", entered_ms=at_ms,
            ))  # fmt: skip
    with action("progress.enter", actor=actor, reason="Demonstration") as act:
        act.about("package", package.id, package.name_en,
                  jurisdiction=package.jurisdiction.path, agency=package.agency_id)  # fmt: skip
        ProgressEntry.objects.bulk_create(rows)


def _running(weights: list[float]) -> list[float]:
    total, sums = 0.0, []
    for weight in weights:
        total += weight
        sums.append(total)
    return sums


def _delay(actor: Actor, package: Package, reason: str, first: dt.date, last: dt.date | None, note: str) -> None:
    form = s.DelayIn(key=uuid7(), reason=reason, first_day=first, last_day=last, note=note)
    actions.enter_delay(actor=actor, package_id=package.id, form=form)


def _drawn(city: City, kind: str, at: int) -> dict[str, Any] | None:
    """Invented lines and points around the centre of the city, inside its bounds."""
    lon, lat = city.centre
    west, south, east, north = city.bounds
    reach = 0.32 * min(east - west, north - south)

    def spot(angle: float, share: float) -> list[float]:
        x, y = lon + reach * share * math.cos(angle), lat + reach * share * math.sin(angle)
        return [round(min(max(x, west), east), 6), round(min(max(y, south), north), 6)]

    turn = at * 0.8
    match kind:
        case "cable":
            ring = [spot(step * math.pi / 12, 0.9 + 0.12 * math.sin(step * 2.1)) for step in range(25)]
            return {"type": "LineString", "coordinates": [*ring, spot(0.4, 0.3), spot(2.4, 0.25)]}
        case "pole" | "power":
            return {
                "type": "LineString",
                "coordinates": [spot(turn + step * 0.12, 0.2 + step * 0.13) for step in range(7)],
            }
        case "call_box" | "speaker" | "camera":
            return {
                "type": "MultiPoint",
                "coordinates": [spot(turn + step * 1.3, 0.25 + step * 0.09) for step in range(9)],
            }
        case "server_room" | "floor":
            return {"type": "Point", "coordinates": spot(turn, 0.06)}
    return None
