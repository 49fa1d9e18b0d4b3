"""Planned against done against spent, and when it will be finished. Pure: reads no clock and no row.

Quantities are in the unit of the package's kind, days are local calendar days, shares run from 0 to 1.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from prahari.core import pace

DAY = dt.timedelta(days=1)
BEHIND_SHARE = 0.05
"""Less than a twentieth behind the plan is the ups and downs of any site."""
POINTS_MOST = 400


class State(StrEnum):
    LATE = "late"  # its last day has passed
    BEHIND = "behind"
    ON_TRACK = "on_track"
    NOT_STARTED = "not_started"
    DONE = "done"


ORDER = (State.LATE, State.BEHIND, State.ON_TRACK, State.NOT_STARTED, State.DONE)


@dataclass(frozen=True)
class Plan:
    start: dt.date
    end: dt.date
    quantity: float


def planned_share(plan: Plan, day: dt.date) -> float:
    """How much should be done at the end of a day when work goes on evenly from the first to the last."""
    if day < plan.start:
        return 0.0
    if day >= plan.end:
        return 1.0
    return ((day - plan.start).days + 1) / ((plan.end - plan.start).days + 1)


def share(done: float, of: float) -> float:
    return done / of if of > 0 else 0.0


def state_of(plan: Plan, done: float, today: dt.date) -> State:
    """`today` still counts as a working day: a package is late from the day after its last."""
    if done >= plan.quantity:
        return State.DONE
    if today > plan.end:
        return State.LATE
    if planned_share(plan, today - DAY) - share(done, plan.quantity) > BEHIND_SHARE:
        return State.BEHIND
    return State.NOT_STARTED if done <= 0 and today < plan.start else State.ON_TRACK


def days_lost(delays: Iterable[tuple[dt.date, dt.date | None]], today: dt.date) -> int:
    """Days covered by any of the delays, each counted once; an open one runs until today, a future one not at all."""
    spans = sorted((first, min(last or today, today)) for first, last in delays)
    lost, covered = 0, dt.date.min
    for first, last in spans:
        begin = max(first, covered + DAY) if covered > dt.date.min else first
        if last >= begin:
            lost += (last - begin).days + 1
            covered = last
    return lost


def forecast(plan: Plan, by_day: Mapping[dt.date, float], today: dt.date, calendar: pace.Calendar) -> pace.Forecast:
    """When the rest will be done, at the pace of the last weeks up to yesterday: half of a day's work is entered in the
    evening. The same reckoning as for cameras (core.pace)."""
    done = sum(by_day.values())
    if done >= plan.quantity:
        return pace.Forecast(pace.State.REACHED)
    if not by_day:
        return pace.Forecast(pace.State.TOO_LITTLE)
    last = today - DAY
    first = min(min(by_day), plan.start)
    net: Sequence[float] = [by_day.get(first + dt.timedelta(days=step), 0.0) for step in range((last - first).days + 1)]
    rate = pace.pace_of(net, last, calendar)  # type: ignore[arg-type]
    return pace.forecast(plan.quantity - done, rate, last, calendar)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Point:
    """Shares at the end of a day. done: None after today."""

    day: dt.date
    baseline: float
    planned: float
    done: float | None


def curve(baseline: Plan, plan: Plan, by_day: Mapping[dt.date, float], today: dt.date) -> list[Point]:
    """For drawing: from the first planned or worked day to the last, thinned to POINTS_MOST. The share done is of the
    plan in force, the baseline of what it was itself."""
    days = [baseline.start, plan.start, *by_day]
    first = min(days) - DAY
    last = max(baseline.end, plan.end, *(day for day in by_day), min(today, plan.end))
    if today > last:
        last = today
    total = (last - first).days
    step = max(1, -(-total // POINTS_MOST))
    wanted = {first + dt.timedelta(days=number) for number in range(0, total + 1, step)}
    wanted |= {last, plan.end, baseline.end, plan.start - DAY, baseline.start - DAY}
    if first <= today <= last:
        wanted.add(today)
    worked = sorted(by_day)
    points, done, at = [], 0.0, 0
    for day in sorted(one for one in wanted if first <= one <= last):
        while at < len(worked) and worked[at] <= day:
            done += by_day[worked[at]]
            at += 1
        points.append(
            Point(
                day,
                planned_share(baseline, day),
                planned_share(plan, day),
                share(done, plan.quantity) if day <= today else None,
            )
        )
    return points


@dataclass(frozen=True)
class Earned:
    """Earned value, kept simple: sums in paise. planned: what should have been done by now costs so much; earned: what
    was done was to cost so much; spent: so much it did cost."""

    budget: int
    planned: int
    earned: int
    spent: int


def earned(rows: Iterable[tuple[int, float, float, int]]) -> Earned:
    """rows: (budget, share planned, share done, spent) of each package. More than a whole package earns no more."""
    budget = planned = gained = spent = 0
    for sum_paise, planned_part, done_part, spent_paise in rows:
        budget += sum_paise
        planned += round(sum_paise * planned_part)
        gained += round(sum_paise * min(done_part, 1.0))
        spent += spent_paise
    return Earned(budget, planned, gained, spent)
