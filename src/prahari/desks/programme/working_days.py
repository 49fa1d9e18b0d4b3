"""Days on which hours count: not on the weekly day off (a rule) nor on holidays (rows)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from prahari.contracts.clock import end_of_day_ms, local_day
from prahari.desks.common import rules
from prahari.desks.programme import laws
from prahari.desks.programme.models import Holiday

HOUR_MS = 3_600_000
LONGEST_DAYS = 400
"""Beyond so many days off in a row every day counts, so that a wrong list of holidays cannot hold a matter for ever."""


def calendar(first: dt.date) -> Callable[[dt.date], bool]:
    """Whether a day from `first` on is a working day; reads rows and rule once."""
    off = {laws.WEEKDAYS.index(name) for name in rules.value(laws.WEEKLY_OFF, first)}
    days = set(Holiday.objects.filter(day__gte=first).values_list("day", flat=True))
    return lambda day: day.weekday() not in off and day not in days


def is_working(day: dt.date) -> bool:
    return calendar(day)(day)


def after_hours_ms(from_ms: int, hours: int) -> int:
    """The moment (Unix ms) at which so many hours of working days have passed since from_ms."""
    left_ms = hours * HOUR_MS
    day = local_day(from_ms)
    works = calendar(day)
    at_ms = from_ms
    for passed in range(LONGEST_DAYS):
        end_ms = end_of_day_ms(day)
        if works(day) or passed > LONGEST_DAYS // 2:
            if at_ms + left_ms <= end_ms:
                return at_ms + left_ms
            left_ms -= end_ms - at_ms
        day += dt.timedelta(days=1)
        at_ms = end_ms
    return at_ms


def after_days(day: dt.date, count: int) -> dt.date:
    """The working day that comes `count` working days after `day`."""
    works = calendar(day)
    for passed in range(LONGEST_DAYS):
        day += dt.timedelta(days=1)
        if works(day) or passed > LONGEST_DAYS // 2:
            count -= 1
            if count <= 0:
                break
    return day
