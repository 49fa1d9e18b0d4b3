"""Who is how far: departments, police stations, officers. Fair: beside what each has done stands the share of what was
on its list, and a rate of few is marked as such."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from itertools import pairwise
from typing import Any, Literal

from django.db.models import Count, Q

from prahari.contracts.clock import local_day, start_of_day_ms
from prahari.contracts.events import now_ms
from prahari.desks.accounts.models import Jurisdiction, User
from prahari.desks.common.actor import Actor
from prahari.desks.common.scoping import restrict
from prahari.desks.linking.models import LadderEntry
from prahari.desks.registry.models import Department
from prahari.desks.targets import counts, history
from prahari.desks.targets.counts import Cell, Spec

SMALL = 20
"""Rates of fewer cameras listed (officers: premises visited) jump with each one."""
WEEKS_SHOWN = 6
OFFICER_DAYS = 30
ONE_DAY = dt.timedelta(days=1)
By = Literal["department", "police_station", "officer"]


def league(actor: Actor, by: By) -> dict[str, Any]:
    """A LeagueOut, best rate first, those of few after them. Raises Problem 403."""
    items = _officers(actor) if by == "officer" else _groups(actor, by)
    items.sort(key=lambda one: (one["small"], -(one["rate"] or 0), -one["done"], one["key"]))
    return {"by": by, "small_below": SMALL, "days": OFFICER_DAYS, "items": items, "as_of_ms": now_ms()}


def _groups(actor: Actor, by: By) -> list[dict[str, Any]]:
    """Departments or stations: done as a share of what is listed, and what the last weeks added."""
    groups: dict[str, list[Cell]] = defaultdict(list)
    for cell in counts.cells(actor):
        groups[cell.department if by == "department" else cell.path].append(cell)
    stored = history.stored_days(local_day() - ONE_DAY * 7 * (WEEKS_SHOWN + 1))
    ends = [stored[-1] - ONE_DAY * 7 * week for week in range(WEEKS_SHOWN, -1, -1)] if stored else []
    ends = [day for day in ends if day in set(stored)]
    key = "department" if by == "department" else "jurisdiction_path"
    weekly = history.done_by(actor, Spec(), key, ends)
    names = _names(by, groups)
    items = []
    for value, cells in groups.items():
        if value not in names:
            continue  # cameras that lie in no police station
        listed = sum(cell.counts["listed"] for cell in cells)
        # What is in the register and on no list counts as listed, too: nobody does more than all.
        done = sum(cell.done for cell in cells)
        base = max(listed, done)
        known = weekly.get(value, {})
        done_at = [known.get(day, 0) for day in ends]
        items.append(
            {
                "key": value,
                "name": names[value],
                "premises": sum(cell.counts["premises_listed"] for cell in cells),
                "listed": base,
                "asked": sum(cell.counts["asked"] for cell in cells),
                "consented": sum(cell.counts["consented"] for cell in cells),
                "refused": sum(cell.counts["refused"] for cell in cells),
                "done": done,
                "rate": round(done / base, 4) if base else None,
                "small": base < SMALL,
                "weeks": [later - earlier for earlier, later in pairwise(done_at)],
            }
        )
    return items


def _names(by: By, keys: Any) -> dict[str, dict[str, str]]:
    rows: Any = (
        Department.objects.filter(code__in=keys).values_list("code", "name_en", "name_hi")
        if by == "department"
        else Jurisdiction.objects.filter(path__in=keys, level="police_station").values_list(
            "path", "name_en", "name_hi"
        )
    )
    return {key: {"en": en, "hi": hi} for key, en, hi in rows}


def _officers(actor: Actor) -> list[dict[str, Any]]:
    """Those who entered steps within the last days: premises visited, and how many of them consented, by their entries.

    Only what lies in the reader's area counts, so an officer's work elsewhere does not show here.
    """
    actor.require(counts.VIEW)
    since = start_of_day_ms(local_day() - ONE_DAY * OFFICER_DAYS)
    entries = LadderEntry.objects.filter(at_ms__gte=since, by__isnull=False, is_correction=False, camera__isnull=True)
    entries = restrict(entries, actor.scope, counts.VIEW, "premises__jurisdiction__path", "premises__agency_id")

    def premises(*steps: str) -> Count:
        return Count("premises_id", distinct=True, filter=Q(step__in=steps))

    rows = entries.order_by().values("by_id").annotate(
        visited=premises("asked", "promised", "installed", "consented", "refused", "surveyed"),
        asked=premises("asked"), consented=premises("consented"), refused=premises("refused"),
        surveyed=premises("surveyed"),
    )  # fmt: skip
    found = {row["by_id"]: row for row in rows if row["visited"]}
    names = dict(User.objects.filter(id__in=found).values_list("id", "name"))
    return [
        {
            "key": str(user_id),
            "name": {"en": names.get(user_id, ""), "hi": names.get(user_id, "")},
            "premises": row["visited"],
            "listed": row["visited"],
            "asked": row["asked"],
            "consented": row["consented"],
            "refused": row["refused"],
            "done": row["consented"],
            "rate": round(row["consented"] / row["visited"], 4),
            "small": row["visited"] < SMALL,
            "weeks": [],
        }
        for user_id, row in found.items()
    ]
