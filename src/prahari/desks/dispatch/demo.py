"""The demonstration's units, moved by the simulated city under the names of their trackers (prahari.simcity.emergency),
accounts of the crews that it simulates, and safety calls of the last weeks, so that there are hot spots to see. Call
signs and calls are made up.
"""

from __future__ import annotations

import os
import random
import uuid

from django.db import transaction

from prahari.contracts.city import City
from prahari.contracts.clock import DAY_MS, local_day, start_of_day_ms
from prahari.contracts.events import now_ms
from prahari.contracts.happenings import DEMO_CREWS, demo_crew
from prahari.desks.accounts import actions as accounts
from prahari.desks.accounts.models import User
from prahari.desks.common.action import action
from prahari.desks.common.actor import system
from prahari.desks.dispatch import schemas as s
from prahari.desks.dispatch import units
from prahari.desks.dispatch.models import Unit
from prahari.desks.incidents import numbers, writing
from prahari.desks.incidents.choices import RANKS, Channel, Outcome, Part, State
from prahari.desks.incidents.models import Incident, IncidentAgency, IncidentKind
from prahari.desks.intake.models import EventSource

HOUR_MS = 3_600_000
FLEET: list[tuple[str, str, str, list[str], int]] = [
    ("PCR-1", "patrol_car", "police", ["women_officer", "first_aid"], 5),
    ("PCR-2", "patrol_car", "police", ["first_aid"], 5),
    ("PCR-3", "motorcycle", "police", [], 2),
    ("PCR-4", "patrol_car", "police", ["women_officer"], 5),
    ("PCR-5", "motorcycle", "police", ["women_officer"], 2),
    ("PCR-6", "quick_response", "police", ["first_aid"], 8),
    ("PCR-7", "patrol_car", "traffic", [], 4),
    ("PCR-8", "patrol_car", "police", ["dog"], 4),
    ("AMB-1", "ambulance", "municipal", ["first_aid", "life_support"], 4),
    ("AMB-2", "ambulance", "municipal", ["first_aid"], 4),
    ("FT-1", "fire_tender", "disaster", ["ladder"], 6),
    ("FT-2", "fire_tender", "disaster", ["boat"], 6),
]
"""Call sign (and tracker's name), kind, agency, skills, places."""

SPOTS = 6
CALLS = 84
DAYS = 80


def load(city: City) -> None:
    """Idempotent: a unit that is there stays as somebody has made it."""
    _units(city)
    _crews()
    _calls(city)


def _units(city: City) -> None:
    stations = [one.path for one in city.areas if one.level == "police_station"]
    whole = next(one.path for one in city.areas if one.level == "city")
    source = EventSource.objects.filter(kind="tracker", name="Patrol trackers").first()
    have = set(Unit.objects.values_list("call_sign", flat=True))
    actor = system("demo")
    for at, (sign, kind, agency, skills, places) in enumerate(FLEET):
        if sign in have:
            continue
        form = s.UnitIn(
            call_sign=sign, kind=kind, agency=agency, skills=skills, capacity=places, phone=f"+91 99999 100{at:02d}",
            jurisdiction=stations[at % len(stations)] if agency == "police" else whole, reason="Demonstration",
            tracker_source=source.id if source else None, tracker=sign if source else "",
        )  # fmt: skip
        made = units.create(actor=actor, form=form)
        status = s.UnitStatusIn(version=made.version, status="available")
        units.set_status(actor=actor, unit_id=made.id, form=status)


def _crews() -> None:
    """Their passwords are derived (contracts.happenings), so nobody has to choose one at the first sign-in."""
    for unit in Unit.objects.filter(call_sign__in=DEMO_CREWS, retired_ms__isnull=True):
        username, password = demo_crew(os.environ.get("SIMCITY_PASSWORD", ""), unit.call_sign)
        if User.objects.filter(username=username).exists():
            continue
        where = {"jurisdiction": unit.jurisdiction_path, "agency": unit.agency_code, "reason": "Demonstration"}
        with transaction.atomic():
            person, _ = accounts.create_user(
                actor=system("demo"), username=username, name=f"Crew of {unit.call_sign} (simulated)", **where
            )
            person.set_password(password)
            person.must_change_password = False
            person.save(update_fields=["password", "must_change_password"])
            accounts.give_role(actor=system("demo"), user_id=person.pk, role="constable", **where)


def _calls(city: City) -> None:
    """Closed ones, as they would lie there after some weeks; without procedures, which nobody followed."""
    kind = IncidentKind.objects.get(code="women_safety")
    if Incident.objects.filter(kind=kind, title=_TITLE).exists():
        return
    chance = random.Random(1090)  # noqa: S311 - a simulation
    places = [(one.lat, one.lon, one.jurisdiction) for one in chance.sample(city.premises, SPOTS)]
    evenings = [(chance.choice([18, 19, 20, 21, 22]), chance.choice([None, 4, 5])) for _ in places]
    with action("incident.demo", actor=system("demo"), reason="Demonstration") as act:
        for _ in range(CALLS):
            place, evening = chance.choice(list(zip(places, evenings, strict=True)))
            made = _call(kind, chance, place, *evening)
            act.about("incident", made.id, made.number, jurisdiction=made.jurisdiction_path, agency=made.agency_code,
                      also=True)  # fmt: skip


_TITLE = "प्रदर्शन: पुरानी कॉल / Demonstration: past call"


def _call(
    kind: IncidentKind, chance: random.Random, place: tuple[float, float, str], hour: int, weekday: int | None
) -> Incident:
    lat, lon, path = place
    at_ms = _moment(chance, hour, weekday)
    made = Incident(
        key=uuid.uuid4(), number=numbers.take(at_ms), kind=kind, severity="critical", rank=RANKS["critical"],
        state=State.CLOSED, outcome=Outcome.HANDLED, title=_TITLE, lat=lat + chance.gauss(0, 0.0006),
        lon=lon + chance.gauss(0, 0.0006), jurisdiction_path=path, agency_code="police", channel=Channel.CALL,
        happened_ms=at_ms, opened_ms=at_ms, in_hand_ms=at_ms, resolved_ms=at_ms + HOUR_MS, closed_ms=at_ms + HOUR_MS,
        edited_ms=at_ms,
    )  # fmt: skip
    writing.index(made)
    made.save(force_insert=True)
    IncidentAgency.objects.create(
        incident=made, agency_code="police", jurisdiction_path=path, part=Part.LEAD, since_ms=at_ms
    )
    return made


def _moment(chance: random.Random, hour: int, weekday: int | None) -> int:
    """In one of the last weeks, mostly at the place's own hour, on its own day if it has one."""
    today = local_day()
    back = chance.randrange(1, DAYS)
    if weekday is not None and chance.random() < 0.7:
        back += (today.weekday() - back - weekday) % 7
    start_ms = start_of_day_ms(today) - back * DAY_MS
    at_hour = hour if chance.random() < 0.75 else chance.randrange(24)
    return min(now_ms() - HOUR_MS, start_ms + at_hour * HOUR_MS + chance.randrange(HOUR_MS))
