"""Departments and police stations side by side: what each is to link, what it has, who answers for it, what is late."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, Literal

from django.db.models import Count, Q

from prahari.contracts.clock import local_day
from prahari.contracts.events import now_ms
from prahari.desks.accounts.models import Jurisdiction
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import text
from prahari.desks.linking import figures
from prahari.desks.programme import officers, people_selectors, tasks_selectors
from prahari.desks.programme.choices import STANDING
from prahari.desks.programme.models import Appointment
from prahari.desks.registry.models import Department
from prahari.desks.targets import selectors as targets

By = Literal["department", "police_station"]
COUNTS = ("listed", "asked", "consented", "refused", "linked", "verified", "confirmed", "live_now", "down_24h")


def scorecards(actor: Actor, by: By) -> dict[str, Any]:
    """Scorecards of what the actor sees, most behind first. Raises Problem 403."""
    rows = figures.table(actor, (by,))
    codes = [row.keys[by] for row in rows]
    names = _names(by, codes)
    goals = _goals(actor, by)
    for code in set(goals) - set(codes):  # a target, and nothing listed yet
        codes.append(code)
        rows.append(figures.Row({by: code}))
    names.update(_names(by, [code for code in codes if code not in names]))
    tasks = _tasks(actor, by, codes)
    people = _officers(actor, by, codes)
    items = [
        _row(code, names.get(code, text(code, code)), row, goals.get(code), tasks[code], people.get(code))
        for code, row in zip(codes, rows, strict=True)
    ]
    items.sort(
        key=lambda one: (-(one["gap"] if one["gap"] is not None else one["listed"] - one["verified"]), one["code"])
    )
    whole = sum(goals.values()) if goals else None
    everything = [sum(tally) for tally in zip(*tasks.values(), strict=True)] or [0, 0]
    total = _row("", text("Total", "योग"), figures.total(rows), whole, everything, None)
    return {"items": items, "total": total, "as_of_ms": now_ms()}


def _row(
    code: str, name: dict[str, str], row: figures.Row, goal: int | None, tasks: list[int], officer: Any
) -> dict[str, Any]:
    return {
        "code": code,
        "name": name,
        "officer": officer,
        "target": goal,
        **{one: row[one] for one in COUNTS},
        "gap": None if goal is None else max(goal - row["verified"], 0),
        "tasks_open": tasks[0],
        "tasks_late": tasks[1],
    }


def _names(by: By, codes: list[str]) -> dict[str, dict[str, str]]:
    if by == "department":
        rows = Department.objects.filter(code__in=codes).values_list("code", "name_en", "name_hi")
    else:
        rows = Jurisdiction.objects.filter(path__in=codes).values_list("path", "name_en", "name_hi")
    named = {code: text(en, hi) for code, en, hi in rows}
    if "" in codes:
        named[""] = text("Outside every police station", "किसी थाने में नहीं")
    return named


def _goals(actor: Actor, by: By) -> dict[str, int]:
    """Goals of standing targets that name exactly one department, or one area, and nothing else."""
    alone = {"owner_class": None, "ward": None, "department" if by == "police_station" else "area": None}
    found: dict[str, int] = defaultdict(int)
    for row in targets.targets_in(actor).filter(ended_ms__isnull=True, whole=False, **alone):
        if by == "department" and row.department is not None:
            found[row.department.code] += row.goal
        elif by == "police_station" and row.area is not None and row.area.level == "police_station":
            found[row.area.path] += row.goal
    return dict(found)


def _tasks(actor: Actor, by: By, codes: list[str]) -> dict[str, list[int]]:
    """[standing, late] of each code: by the department of the task's premises or camera, or by its place."""
    tally: dict[str, list[int]] = {code: [0, 0] for code in codes}
    standing = tasks_selectors.tasks_in(actor).filter(state__in=STANDING).order_by()
    late = Count("id", filter=tasks_selectors.late_q(local_day()))
    if by == "department":
        for names in ("premises__department__code", "camera__department__code"):
            rows = standing.filter(**{f"{names}__isnull": False})
            if names.startswith("camera"):
                rows = rows.filter(premises__isnull=True)
            for code, number, behind in rows.values_list(names).annotate(number=Count("id"), behind=late):
                _add(tally, code, number, behind)
        return tally
    stations = set(codes)
    for path, number, behind in standing.values_list("jurisdiction_path").annotate(number=Count("id"), behind=late):
        while path and path not in stations:
            path = path.rpartition(".")[0]
        _add(tally, path, number, behind)
    return tally


def _add(tally: dict[str, list[int]], code: str, number: int, behind: int) -> None:
    if code in tally:
        tally[code][0] += number
        tally[code][1] += behind


def _officers(actor: Actor, by: By, codes: list[str]) -> dict[str, Any]:
    """Who answers: the officer appointed for the department, or the nearest of the station itself."""
    visible = people_selectors.appointments_in(actor).filter(officers.standing_q(local_day()))
    if by == "department":
        which = Q(department__code__in=codes)
    else:
        which = Q(jurisdiction__path__in=codes, office__climbs=True)
    best: dict[str, Appointment] = {}
    for one in visible.filter(which).order_by("office__tier", "from_day", "id"):
        code = one.department.code if by == "department" and one.department else one.jurisdiction.path
        best.setdefault(code, one)
    return {code: people_selectors.appointment_row(one) for code, one in best.items()}
