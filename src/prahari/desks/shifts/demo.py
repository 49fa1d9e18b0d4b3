"""The demonstration's control room: three posts with cameras to watch, a pattern of shifts, and a roster that begins
tomorrow, so that nobody is late on the first day.
"""

from __future__ import annotations

import datetime as dt

from prahari.contracts.city import City
from prahari.contracts.clock import DAY_MS, local_day, start_of_day_ms
from prahari.desks.accounts.models import User
from prahari.desks.common.actor import system
from prahari.desks.registry.models import Camera
from prahari.desks.registry.schemas import BothNames
from prahari.desks.shifts import planning
from prahari.desks.shifts import schemas as s
from prahari.desks.shifts.models import Post


def _both(en: str, hi: str) -> BothNames:
    return BothNames(en=en, hi=hi)


WATCHED = 12
WEEKS = 2
POSTS = [
    ("events", _both("Events desk", "घटना डेस्क"), "police", "operator"),
    ("safety", _both("Women's safety desk", "महिला सुरक्षा डेस्क"), "police", None),
    ("shift-in-charge", _both("Shift in charge", "पाली प्रभारी"), "police", "supervisor"),
]
"""Code, name, agency, username of who walks through the roster there."""
TURNS = [
    s.ShiftTurn(name=_both("Morning", "प्रातः"), start="06:00", minutes=480),
    s.ShiftTurn(name=_both("Evening", "सायं"), start="14:00", minutes=480),
    s.ShiftTurn(name=_both("Night", "रात्रि"), start="22:00", minutes=480),
]
CYCLE = [0, 0, 1, 1, 2, 2, None, None]


def load(city: City) -> None:
    """Idempotent: where there is a post, nothing is made."""
    if Post.objects.exists():
        return
    whole = next(one.path for one in city.areas if one.level == "city")
    actor = system("demo")
    cameras = list(Camera.objects.filter(retired_ms__isnull=True).order_by("reg_id").values_list("id", flat=True))
    pattern = planning.create_pattern(actor=actor, form=s.PatternIn(
        name=_both("Three turns", "तीन पालियाँ"), jurisdiction=whole, agency="police", turns=TURNS, cycle=CYCLE,
        reason="Demonstration",
    ))  # fmt: skip
    for at, (code, name, agency, username) in enumerate(POSTS):
        post = planning.create_post(actor=actor, form=s.PostIn(
            code=code, name=name, jurisdiction=whole, agency=agency, role=None, reason="Demonstration",
            cameras=cameras[at * WATCHED : (at + 1) * WATCHED],
        ))  # fmt: skip
        person = User.objects.filter(username=username).first() if username else None
        if person is not None:
            planning.lay_out(actor=actor, form=s.LayOutIn(
                post=post, pattern=pattern, first=local_day() + dt.timedelta(days=1), weeks=WEEKS, keep=True,
                people=[s.LayOutPerson(person=person.id, begin=0)],
            ))  # fmt: skip
    tomorrow_ms = start_of_day_ms(local_day()) + DAY_MS
    planning.publish(actor=actor, form=s.PublishIn(
        from_ms=tomorrow_ms, to_ms=tomorrow_ms + WEEKS * 7 * DAY_MS, reason="Demonstration"
    ))  # fmt: skip
