"""How fast a count grows, when it will reach a goal, and how sure one can be of that.

Days are local calendar days, counts are cameras, a pace is cameras a working day. Nothing here reads a clock or a row.

**Pace** is the median of the last weekly rates (net of what was withdrawn or fell). A department that joins six
hundred cameras in one afternoon, or a cut cable that fells a hundred for two days, moves a mean and every exponentially
weighted one; the median moves only when the usual week does, and a commissioner can be told what it is: half of the
weeks were faster.

**Forecast** treats the weeks as counts with more spread than Poisson's (as a negative binomial has): after T working
days the growth is about normal with mean r*T and variance a*T + b*T^2, where r is the pace, a the spread of the weeks
themselves and b what is not known about r after so few of them. The early and the late date are the two roots of one
quadratic, so they move with every number the way they should, and are the same each time they are asked for. The point
is robust, the spread is not: a bulk week widens the range, as it should.
"""

from __future__ import annotations

import datetime as dt
import math
import statistics
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

WEEK = 7
WEEKS_LEAST = 2
"""Fewer whole weeks say nothing about a usual week."""
WEEKS_MOST = 8
"""Older weeks are another season."""
HORIZON_DAYS = 3650
"""Working days beyond which a date is no forecast any more."""
MEDIAN_COST = math.pi / 2
"""Variance of a median over that of a mean, for about normal values."""

_T90 = (3.078, 1.886, 1.638, 1.533, 1.476, 1.440, 1.415, 1.397, 1.383, 1.372)
"""Student's t, 90 % quantile, by degrees of freedom from 1: 10 % lie below the range and 10 % above."""
_SUNDAY = 6


@dataclass(frozen=True)
class Calendar:
    """Which days are worked. weekly_off: weekdays as Python counts them (Monday 0)."""

    holidays: frozenset[dt.date] = frozenset()
    weekly_off: frozenset[int] = frozenset({_SUNDAY})
    _off: tuple[dt.date, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if len(self.weekly_off) >= WEEK:
            raise ValueError("at least one day of the week must be worked")
        off = sorted(day for day in self.holidays if day.weekday() not in self.weekly_off)
        object.__setattr__(self, "_off", tuple(off))

    def works(self, day: dt.date) -> bool:
        return day.weekday() not in self.weekly_off and day not in self.holidays

    def between(self, after: dt.date, until: dt.date) -> int:
        """Working days later than `after` and not later than `until`; 0 when there are none."""
        days = (until - after).days
        if days <= 0:
            return 0
        whole, rest = divmod(days, WEEK)
        first = after.weekday() + 1
        worked = whole * (WEEK - len(self.weekly_off))
        worked += sum((first + step) % WEEK not in self.weekly_off for step in range(rest))
        return worked - (bisect_right(self._off, until) - bisect_right(self._off, after))

    def later(self, after: dt.date, working_days: int) -> dt.date:
        """The day on which the n-th working day after `after` falls; `after` itself for 0."""
        day, left = after, working_days
        while left > 0:
            # As many days as working ones are missing never lead too far.
            step = dt.timedelta(days=left)
            left -= self.between(day, day + step)
            day += step
        return day


@dataclass(frozen=True)
class Pace:
    """Cameras a working day. spread: standard deviation of the weekly rates; week_days: working days of a usual week,
    weeks: how many were looked at."""

    rate: float
    spread: float
    weeks: int
    week_days: float


class State(StrEnum):
    REACHED = "reached"
    TOO_LITTLE = "too_little"
    STANDING = "standing"
    FAR = "far"
    FORECAST = "forecast"


@dataclass(frozen=True)
class Forecast:
    """When the goal is reached. on: middle; early, late: 10 % and 90 %. late is None when, at a pace that the history
    still allows, the goal may not be reached at all."""

    state: State
    on: dt.date | None = None
    early: dt.date | None = None
    late: dt.date | None = None


@dataclass(frozen=True)
class Band:
    """What is expected to have been added after a number of working days: 10 %, middle, 90 %."""

    low: float
    middle: float
    high: float


def net_days(done: Mapping[dt.date, int], first: dt.date, last: dt.date) -> list[int]:
    """What each day from first to last added: differences of the counts at the ends of the days. A day that nobody
    counted stands as the day before it, so what it added shows on the next one counted. The day before `first` is the
    base; without it, the first counted day is."""
    counted = [day for day in sorted(done) if day < first]
    before = done[counted[-1]] if counted else None
    added = []
    for step in range((last - first).days + 1):
        now = done.get(first + dt.timedelta(days=step), before)
        added.append((now - before) if now is not None and before is not None else 0)
        before = now
    return added


def pace_of(net: Sequence[int], last: dt.date, calendar: Calendar) -> Pace | None:
    """The pace after the days `net` (net growth a day, the last of them being `last`); None with too little history.

    Whole weeks are cut from the end; weeks without a working day are left out.
    """
    rates: list[float] = []
    worked: list[int] = []
    for week in range(min(len(net) // WEEK, WEEKS_MOST)):
        end = last - dt.timedelta(days=WEEK * week)
        days = calendar.between(end - dt.timedelta(days=WEEK), end)
        if days == 0:
            continue
        stop = len(net) - WEEK * week
        rates.append(sum(net[stop - WEEK : stop]) / days)
        worked.append(days)
    if len(rates) < WEEKS_LEAST:
        return None
    return Pace(statistics.median(rates), statistics.stdev(rates), len(rates), statistics.fmean(worked))


def needed(gap: int, after: dt.date, due: dt.date, calendar: Calendar) -> float | None:
    """Cameras a working day to close the gap by the due date; 0 without a gap, None when no working day is left."""
    if gap <= 0:
        return 0.0
    days = calendar.between(after, due)
    return gap / days if days else None


def _spread(pace: Pace) -> tuple[float, float]:
    """(a, b): variance of the growth over T working days is a*T + b*T^2.

    No steadier than Poisson: two weeks of 38 each do not promise a third.
    """
    of_rates = max(pace.spread**2, abs(pace.rate) / pace.week_days)
    return pace.week_days * of_rates, MEDIAN_COST * of_rates / pace.weeks


def _quantile(pace: Pace) -> float:
    return _T90[min(pace.weeks - 1, len(_T90)) - 1]


def forecast(gap: int, pace: Pace | None, after: dt.date, calendar: Calendar) -> Forecast:
    """When `gap` more will have been added, at the pace up to the day `after`."""
    if gap <= 0:
        return Forecast(State.REACHED)
    if pace is None:
        return Forecast(State.TOO_LITTLE)
    if pace.rate <= 0:
        return Forecast(State.STANDING)
    middle = gap / pace.rate
    if middle > HORIZON_DAYS:
        return Forecast(State.FAR)
    early, late = _roots(gap, pace)

    def day(working_days: float) -> dt.date:
        return calendar.later(after, max(1, math.ceil(working_days - 1e-9)))

    return Forecast(
        State.FORECAST, day(middle), day(early), day(late) if late is not None and late <= HORIZON_DAYS else None
    )


def _roots(gap: int, pace: Pace) -> tuple[float, float | None]:
    """Working days at which the 90 % and the 10 % line of the growth cross the gap: both solve
    (r*T - gap)^2 = t^2 (a*T + b*T^2)."""
    a, b = _spread(pace)
    t2 = _quantile(pace) ** 2
    square = pace.rate**2 - t2 * b
    half = pace.rate * gap + t2 * a / 2
    root = math.sqrt(max(half**2 - square * gap**2, 0.0))
    early = gap**2 / (half + root)  # the small root, written so that nothing cancels
    return early, ((half + root) / square if square > 0 else None)


def band(pace: Pace, working_days: Iterable[int]) -> list[Band]:
    """The expected growth after each of the numbers of working days, for drawing."""
    a, b = _spread(pace)
    t = _quantile(pace)
    found = []
    for days in working_days:
        reach = t * math.sqrt(a * days + b * days**2)
        found.append(Band(pace.rate * days - reach, pace.rate * days, pace.rate * days + reach))
    return found
