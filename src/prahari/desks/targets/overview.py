"""A plan as a commissioner reads it: the whole, what it is allotted to, what is not, and when it will be done."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from prahari.contracts.clock import local_day
from prahari.contracts.events import now_ms
from prahari.core.pace import Calendar, Pace
from prahari.desks.accounts.models import Jurisdiction
from prahari.desks.common.actor import Actor
from prahari.desks.registry.models import Department, OwnerClass
from prahari.desks.targets import allotment, counts, history, selectors
from prahari.desks.targets.counts import Cell, Spec, spec_of
from prahari.desks.targets.models import Kind, Target, TargetPlan
from prahari.desks.targets.outlook import (
    Standing,
    coded,
    days_for_pace,
    line,
    outlook,
    pace_from,
)


def part_of(target: Target, whole: Target) -> allotment.Part:
    """A target as a share of the whole, in the whole's terms: cameras in all, or cameras more than on the base day."""
    share = target.goal if whole.kind == Kind.TOTAL else max(0, target.goal - target.base_done)
    return allotment.Part(
        target.id,
        share,
        target.owner_class and target.owner_class.code,
        target.department and target.department.code,
        target.area and target.area.path,
        target.ward and target.ward.path,
    )


def overview(actor: Actor, plan_id: UUID, today: dt.date | None = None) -> dict[str, Any]:
    """A PlanOverview. Raises Problem 403, 404."""
    plan = selectors.plan(actor, plan_id)
    whole, parts = selectors.standing(plan)
    body = selectors.plan_row(plan) | {"meant_for": plan.meant_for}
    return body | _Reader(actor, plan, whole, parts, today or local_day()).body()


class _Reader:
    """Everything read once: cells of now, counts of the ends of the last weeks."""

    def __init__(
        self, actor: Actor, plan: TargetPlan, whole: Target | None, parts: list[Target], today: dt.date
    ) -> None:
        self.actor, self.plan, self.whole, self.parts, self.today = actor, plan, whole, parts, today
        self.spec = spec_of(plan)
        self.calendar: Calendar = counts.working_days(today)
        cells = counts.cells(actor, by_ward=any(part.ward_id for part in parts))
        self.cells = [cell for cell in cells if self.spec.holds(cell)]
        self.stored = history.stored_days(today - dt.timedelta(days=70))
        self.days = days_for_pace(self.stored)
        self._paces: dict[str, dict[str, Pace | None]] = {}

    def body(self) -> dict[str, Any]:
        as_parts = [part_of(part, self.whole) for part in self.parts] if self.whole else []
        added = {part.id for part in allotment.added(as_parts)}
        holders = {part.id: allotment.parent(part, as_parts) for part in as_parts}
        lines = [
            self._line(
                target,
                added=target.id in added,
                within=holders.get(target.id),
                share=next((part.share for part in as_parts if part.id == target.id), target.cameras),
            )
            for target in self.parts
        ]
        return {
            "as_of_ms": now_ms(),
            "today": self.today.isoformat(),
            "history_from": self.stored[0].isoformat() if self.stored else None,
            "demonstration": history.demonstration_days(self.days),
            "total": self._line(self.whole, added=True, within=None, share=self.whole.cameras) if self.whole else None,
            "parts": sorted(lines, key=lambda one: (not one["added"], one["within"] is not None, -one["share"])),
            "rest": self._rest(self.whole, lines) if self.whole else None,
            "by_owner_class": self._by(OwnerClass, lambda cell: cell.owner_class, "owner_class"),
            "by_department": self._by(Department, lambda cell: cell.department, "department"),
            "by_area": self._by_area(),
        }

    # One target.

    def _line(self, target: Target, *, added: bool, within: allotment.Part | None, share: int) -> dict[str, Any]:
        spec = spec_of(self.plan, target)
        mine = [cell for cell in self.cells if spec.holds(cell)]
        done = sum(cell.done for cell in mine)
        gap = Standing(target.goal, done).gap
        found = outlook(gap, target.due_on, self._pace(target, spec), self.today, self.calendar)
        return line(
            target, done, sum(cell.counts["confirmed"] for cell in mine), found.as_json(target.due_on),
            added=added, within=within and str(within.id), share=share,
            listed=sum(cell.counts["listed"] for cell in mine),
            consented=sum(cell.counts["consented"] for cell in mine),
            working_days_left=self.calendar.between(self.today, target.due_on),
        )  # fmt: skip

    def _pace(self, target: Target, spec: Spec) -> Pace | None:
        """By one query for all classes, one for all departments; only the narrower ones ask on their own."""
        axis = [name for name in allotment.WHAT if getattr(target, f"{name}_id") is not None]
        if "ward" in axis or not self.days:
            return None  # days are not stored by ward
        if axis == ["owner_class"]:
            return self._paces_by("owner_class").get(spec.owner_class or "")
        if axis == ["department"]:
            return self._paces_by("department").get(spec.department or "")
        return pace_from(history.done_by_day(self.actor, spec, self.days), self.calendar)

    def _paces_by(self, key: str) -> dict[str, Pace | None]:
        if key not in self._paces:
            by_key = history.done_by(self.actor, self.spec, key, self.days)
            nothing = dict.fromkeys(self.days, 0)
            known = {getattr(cell, "path" if key == "jurisdiction_path" else key) for cell in self.cells}
            self._paces[key] = {
                value: pace_from(by_key.get(value, nothing), self.calendar) for value in {*known, *by_key}
            }
        return self._paces[key]

    # What is not allotted.

    def _rest(self, whole: Target, lines: list[dict[str, Any]]) -> dict[str, Any]:
        """The whole less the parts that are added up: its share, what is done outside of them, what it is meant for."""
        added = [one for one in lines if one["added"]]
        share = whole.cameras - sum(one["share"] for one in added)
        ids = {one["id"] for one in added}
        specs = [spec_of(self.plan, target) for target in self.parts if str(target.id) in ids]
        outside = [cell for cell in self.cells if not any(spec.holds(cell) for spec in specs)]
        done = sum(cell.done for cell in outside)
        goal = share
        if whole.kind == Kind.ADDITIONAL:
            goal += whole.base_done - sum(one["base_done"] for one in added)
        standing = Standing(goal, done)
        names = {row.code: row for row in OwnerClass.objects.filter(code__in=self.plan.meant_for)}
        return {
            "cameras": share,
            "goal": goal,
            "done": done,
            "gap": standing.gap,
            "surplus": standing.surplus,
            "meant_for": [
                {
                    **(coded(names[code]) or {}),
                    "listed": sum(cell.counts["listed"] for cell in outside if cell.owner_class == code),
                    "done": sum(cell.done for cell in outside if cell.owner_class == code),
                }
                for code in self.plan.meant_for
                if code in names
            ],
        }

    # Further views of the same cameras.

    def _by(self, model: type[OwnerClass | Department], key: Callable[[Cell], str], name: str) -> list[dict[str, Any]]:
        groups: dict[str, list[Cell]] = defaultdict(list)
        for cell in self.cells:
            groups[key(cell)].append(cell)
        targets = {
            getattr(target, name).code: target
            for target in self.parts
            if [axis for axis in allotment.WHAT if getattr(target, f"{axis}_id") is not None] == [name]
        }
        paces = self._paces_by(name) if self.days else {}
        return [
            {
                **(coded(row) or {}),
                **_sums(groups[row.code]),
                "pace_per_day": _rate(paces.get(row.code)),
                "goal": targets[row.code].goal if row.code in targets else None,
            }
            for row in model.objects.order_by("sort", "code")
            if row.code in groups or row.code in targets
        ]

    def _by_area(self) -> list[dict[str, Any]]:
        """Zones, and the police stations in each."""
        groups: dict[str, list[Cell]] = defaultdict(list)
        rows = Jurisdiction.objects.filter(level__in=("zone", "police_station")).defer("boundary").order_by("path")
        levels = {row.path: row for row in rows}
        for cell in self.cells:
            path = cell.path
            while path:
                if path in levels:
                    groups[path].append(cell)
                path = path.rpartition(".")[0]
        goals = {
            target.area.path: target.goal
            for target in self.parts
            if target.area and not (target.owner_class_id or target.department_id or target.ward_id)
        }
        return [
            {
                "path": path,
                "level": row.level,
                "name": {"en": row.name_en, "hi": row.name_hi},
                **_sums(groups[path]),
                "goal": goals.get(path),
            }
            for path, row in levels.items()
            if path in groups or path in goals
        ]


def _sums(cells: Iterable[Cell]) -> dict[str, int]:
    names = {"listed": "listed", "asked": "asked", "consented": "consented", "linked": "linked", "done": "verified"}
    found = dict.fromkeys(names, 0)
    for cell in cells:
        for name, count in names.items():
            found[name] += cell.counts[count]
    return found


def _rate(pace: Pace | None) -> float | None:
    return None if pace is None else round(pace.rate, 2)
