"""The count of each day towards a target, what is needed to be in time, and what is to be expected."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any
from uuid import UUID

from prahari.contracts.clock import local_day
from prahari.contracts.events import now_ms
from prahari.core.pace import Calendar, State, band
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import not_found
from prahari.desks.targets import counts, history, selectors
from prahari.desks.targets.counts import Spec, spec_of
from prahari.desks.targets.models import Target
from prahari.desks.targets.outlook import Outlook, Standing, days_for_pace, outlook, pace_from

POINTS_AHEAD = 60
"""The days to come are drawn by so many points at the most."""
AHEAD_MOST = dt.timedelta(days=550)
ONE_DAY = dt.timedelta(days=1)


def burn_up(
    actor: Actor, plan_id: UUID, target_id: UUID | None, owner_class: str, department: str, jurisdiction: str,
    today: dt.date | None = None,
) -> dict[str, Any]:  # fmt: skip
    """A BurnUpOut: of the whole, of one of the plan's targets, or of a class, department or area without a target."""
    today = today or local_day()
    plan = selectors.plan(actor, plan_id)
    whole, parts = selectors.standing(plan)
    target = _target(whole, parts, target_id)
    spec = spec_of(plan, target)
    narrowed = bool(owner_class or department or jurisdiction)
    if narrowed:
        named = {"owner_class": owner_class, "department": department, "area": jurisdiction}
        spec = replace(spec, **{name: value for name, value in named.items() if value})
        target = None
    calendar = counts.working_days(today)
    stored = history.stored_days()
    by_day = history.done_by_day(actor, spec, stored) if spec.ward is None else {}
    by_day[today] = spec.done(counts.cells(actor, by_ward=spec.ward is not None))
    done = by_day[today]
    goal = target.goal if target else None
    gap = Standing(goal, done).gap if goal is not None else 0
    found = None
    if target:
        pace = pace_from({day: by_day[day] for day in days_for_pace(stored)}, calendar) if spec.ward is None else None
        found = outlook(gap, target.due_on, pace, today, calendar)
    return {
        "as_of_ms": now_ms(),
        "target_id": str(target.id) if target else None,
        "goal": goal,
        "base_on": target.base_on.isoformat() if target else None,
        "due_on": target.due_on.isoformat() if target else None,
        "done": done,
        "gap": gap,
        "outlook": found.as_json(target.due_on) if found and target else None,
        "demonstration": history.demonstration_days(stored),
        "points": _points(by_day, today, target, gap, found, calendar, spec),
    }


def _target(whole: Target | None, parts: list[Target], target_id: UUID | None) -> Target | None:
    if target_id is None:
        return whole
    found = next((one for one in (whole, *parts) if one and one.id == target_id), None)
    if found is None:
        raise not_found("There is no such target in this plan.", "इस योजना में ऐसा कोई लक्ष्य नहीं है।")
    return found


def _points(
    by_day: dict[dt.date, int], today: dt.date, target: Target | None, gap: int, found: Outlook | None,
    calendar: Calendar, spec: Spec,
) -> list[dict[str, Any]]:  # fmt: skip
    """Days in order: counted ones with `done`, those to come with `expected`, `low`, `high`; `needed` from today on."""
    points: dict[dt.date, dict[str, Any]] = {
        day: {"day": day.isoformat(), "done": done, "needed": None, "expected": None, "low": None, "high": None}
        for day, done in sorted(by_day.items())
    }
    if target is None:
        return list(points.values())
    done = by_day[today]
    end = _end(today, target, found)
    step = max(1, -(-(end - today).days // POINTS_AHEAD))
    ahead = {today + ONE_DAY * days for days in range(0, (end - today).days + 1, step)} | {end}
    if target.due_on > today:
        ahead.add(target.due_on)
    days = sorted(ahead)
    bands = [None] * len(days)
    if found and found.pace and found.forecast.state is State.FORECAST:
        bands = band(found.pace, [calendar.between(today, day) for day in days])  # type: ignore[assignment]
    due_days = calendar.between(today, target.due_on)
    for day, one in zip(days, bands, strict=True):
        point = points.setdefault(
            day, {"day": day.isoformat(), "done": None, "needed": None, "expected": None, "low": None, "high": None}
        )
        if one is not None:
            point["expected"], point["low"], point["high"] = (
                round(done + value) for value in (one.middle, max(one.low, -done), one.high)
            )
        if gap and due_days and day <= target.due_on:
            point["needed"] = round(done + gap * calendar.between(today, day) / due_days)
    return [points[day] for day in sorted(points)]


def _end(today: dt.date, target: Target, found: Outlook | None) -> dt.date:
    """The last day drawn: the due day, or the late end of the forecast where that comes later; a year and a half at the
    most."""
    candidates = [today + ONE_DAY * 14, target.due_on]
    if found and found.forecast.on:
        candidates += [found.forecast.late or found.forecast.on]
    return min(max(candidates), today + AHEAD_MOST)
