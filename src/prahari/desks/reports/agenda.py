"""A review meeting's agenda: what became of the last decisions, then where each department stands. Live until the
meeting begins, then kept as it was.

{"as_of_ms", "follow_up", "departments", "totals", "refusals", "overdue_tasks", "down"}; counts are cameras, of refusals
and promises premises.
"""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

from django.db.models import Count

from prahari.contracts.clock import local_day
from prahari.contracts.events import now_ms
from prahari.desks.common.errors import text
from prahari.desks.linking import figures, linkages
from prahari.desks.linking.steps import Step
from prahari.desks.programme import tasks_selectors
from prahari.desks.registry.models import Department
from prahari.desks.reports import goals, snapshot
from prahari.desks.reports.models import Decision, Meeting
from prahari.desks.reports.officers import Area

WEEK_DAYS = 7
TASKS_MOST = 30
BACK_MOST = 50
"""How many meetings back open decisions are looked for."""
COLUMNS = ("listed", "asked", "consented", "refused", "withdrawn", "verified", "live_now", "down_24h")


def build(meeting: Meeting) -> dict[str, Any]:
    """The agenda as of now, for the meeting's area and agency."""
    area = Area(meeting.jurisdiction_path, meeting.agency_code)
    today = local_day()
    now = now_ms()
    departments = _departments(area, today)
    return {
        "as_of_ms": now,
        "follow_up": [decision_row(one, today) for one in follow_up(meeting)],
        **departments,
        "refusals": _refusals(area),
        "overdue_tasks": _overdue(area, today),
        "down": {key: value for key, value in snapshot.down(area, now).items() if key != "cameras"},
    }


def follow_up(meeting: Meeting) -> list[Decision]:
    """All decisions of the meeting before, and those of earlier ones that are still open; the oldest first."""
    found: list[Decision] = []
    earlier, first = meeting.follows, True
    for _ in range(BACK_MOST):
        if earlier is None:
            break
        rows = earlier.decisions.select_related("meeting").order_by("number")
        found = [one for one in rows if first or one.state == "open"] + found
        earlier, first = earlier.follows, False
    return found


def decision_row(one: Decision, today: dt.date) -> dict[str, Any]:
    """A decision as agenda, minutes and console show it. state: open, late (open past its day) or done."""
    late = one.state == "open" and one.due_on is not None and one.due_on < today
    return {
        "id": str(one.id),
        "meeting_id": str(one.meeting_id),
        "meeting_number": one.meeting.number,
        "number": one.number,
        "text": text(one.text_en, one.text_hi),
        "owner": text(one.owner_en, one.owner_hi),
        "department": one.department.code if one.department else None,
        "person_id": str(one.person_id) if one.person_id else None,
        "due_on": one.due_on.isoformat() if one.due_on else None,
        "state": "late" if late else one.state,
        "done_on": one.done_on.isoformat() if one.done_on else None,
        "done_note": one.done_note,
        "edited_ms": one.edited_ms,
    }


def _departments(area: Area, today: dt.date) -> dict[str, Any]:
    """{"departments": rows, "totals"}: target, gap, the last seven days against what is needed in seven."""
    reader = area.reader
    targets = goals.of(reader, area.path, today)
    names = {row.code: text(row.name_en, row.name_hi) for row in Department.objects.all()}
    week: dict[str, int] = {}
    first = today - dt.timedelta(days=WEEK_DAYS - 1)
    for _, keys, counts in figures.daily(reader, first, today, ("department",)):
        week[keys["department"]] = week.get(keys["department"], 0) + counts["verified"] - counts["lost"]
    table = {row.keys["department"]: row for row in figures.table(reader, ("department",))}
    rows = []
    for code in [*table, *(code for code in targets.departments if code not in table)]:
        counts = {name: table[code][name] if code in table else 0 for name in COLUMNS}
        target = targets.departments.get(code)
        rows.append(
            {"code": code, "name": names[code], **_pace(counts, target, week.get(code, 0), targets.due_on, today)}
        )
    rows.sort(key=lambda row: (-(row["gap"] or 0), row["code"]))
    whole = {name: sum(row[name] for row in rows) for name in COLUMNS}
    totals = _pace(whole, targets.whole, sum(week.values()), targets.due_on, today)
    return {"departments": rows, "totals": totals, "due_on": targets.due_on.isoformat() if targets.due_on else None}


def _pace(
    counts: dict[str, int], target: int | None, week: int, due_on: dt.date | None, today: dt.date
) -> dict[str, Any]:
    gap = None if target is None else max(target - counts["verified"], 0)
    needed = None
    if gap is not None and due_on is not None and due_on > today:
        needed = math.ceil(gap * WEEK_DAYS / (due_on - today).days)
    return {**counts, "target": target, "gap": gap, "last_7_days": week, "needed_7_days": needed}


def _refusals(area: Area) -> list[dict[str, Any]]:
    """Refusals that stand: [{"reason", "premises"}], the most frequent first."""
    rows = linkages.linkages_in(area.reader).filter(step=Step.REFUSED).order_by()
    counted = rows.values_list("refusal__name_en", "refusal__name_hi").annotate(n=Count("id")).order_by("-n")
    other = text("No reason entered", "कारण दर्ज नहीं")
    return [{"reason": text(en, hi) if en else other, "premises": n} for en, hi, n in counted]


def _overdue(area: Area, today: dt.date) -> dict[str, Any]:
    """{"count", "tasks": [...]}, the longest overdue first."""
    late = tasks_selectors.tasks_in(area.reader).filter(tasks_selectors.late_q(today)).order_by("due_day", "id")
    tasks = [
        {
            "title": text(one.title_en, one.title_hi),
            "due_on": one.due_day.isoformat() if one.due_day else None,
            "days": (today - one.due_day).days if one.due_day else 0,
            "who": text(one.office.name_en, one.office.name_hi)
            if one.office
            else text(*[one.person.name if one.person else ""] * 2),
        }
        for one in late[:TASKS_MOST]
    ]
    return {"count": late.count(), "tasks": tasks}
