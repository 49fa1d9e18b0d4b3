"""From a goal, a count and the history of the count: what is to do, how fast it goes, when it will be done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from prahari.core.pace import WEEK, WEEKS_MOST, Calendar, Forecast, Pace, State, forecast, needed, net_days, pace_of
from prahari.desks.targets.models import Target

ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Standing:
    """Where a target stands. gap: cameras still to verify; surplus: those beyond the goal. One of them is 0."""

    goal: int
    done: int

    @property
    def gap(self) -> int:
        return max(0, self.goal - self.done)

    @property
    def surplus(self) -> int:
        return max(0, self.done - self.goal)


def days_for_pace(stored: Sequence[dt.date]) -> list[dt.date]:
    """Of the stored days those whose counts the pace needs: the ends of the last weeks."""
    if not stored:
        return []
    last, kept = stored[-1], set(stored)
    ends = [last - ONE_DAY * WEEK * week for week in range(WEEKS_MOST + 1)]
    first = max(stored[0], ends[-1])
    return sorted({first, *(day for day in ends if day >= first)} & kept)


def pace_from(done: Mapping[dt.date, int], calendar: Calendar) -> Pace | None:
    """Pace up to the last counted day; None with too little history."""
    if len(done) < 2:
        return None
    first, last = min(done), max(done)
    return pace_of(net_days(done, first + ONE_DAY, last), last, calendar)


@dataclass(frozen=True)
class Outlook:
    needed: float | None
    pace: Pace | None
    forecast: Forecast

    def as_json(self, due: dt.date) -> dict[str, Any]:
        """An Outlook of the API."""
        found = self.forecast
        return {
            "needed_per_day": None if self.needed is None else round(self.needed, 2),
            "pace_per_day": None if self.pace is None else round(self.pace.rate, 2),
            "weeks": self.pace.weeks if self.pace else 0,
            "state": found.state,
            "on": found.on and found.on.isoformat(),
            "early": found.early and found.early.isoformat(),
            "late": found.late and found.late.isoformat(),
            "in_time": None if found.state in (State.TOO_LITTLE, State.REACHED) else bool(found.on and found.on <= due),
        }


def outlook(gap: int, due: dt.date, pace: Pace | None, today: dt.date, calendar: Calendar) -> Outlook:
    return Outlook(needed(gap, today, due, calendar), pace, forecast(gap, pace, today, calendar))


def line(target: Target, done: int, confirmed: int, outlooks: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A TargetLine of the API."""
    standing = Standing(target.goal, done)
    return {
        "id": str(target.id),
        "whole": target.whole,
        "owner_class": coded(target.owner_class),
        "department": coded(target.department),
        "area": area(target.area),
        "ward": area(target.ward),
        "cameras": target.cameras,
        "kind": target.kind,
        "base_on": target.base_on.isoformat(),
        "base_done": target.base_done,
        "goal": target.goal,
        "done": done,
        "confirmed": confirmed,
        "gap": standing.gap,
        "surplus": standing.surplus,
        "valid_from": target.valid_from.isoformat(),
        "due_on": target.due_on.isoformat(),
        "set_by": target.set_by,
        "source": target.source,
        "outlook": outlooks,
        **more,
    }


def coded(row: Any) -> dict[str, Any] | None:
    return row and {"code": row.code, "name": {"en": row.name_en, "hi": row.name_hi}}


def area(row: Any) -> dict[str, Any] | None:
    return row and {"path": row.path, "name": {"en": row.name_en, "hi": row.name_hi}}
