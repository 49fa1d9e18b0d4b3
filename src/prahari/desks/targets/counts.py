"""How many cameras are verified live, in cells of owner class, department and police station: what targets are held
against. All figures come from the linking desk's table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.apps import apps

from prahari.core.pace import Calendar
from prahari.core.scope import is_within
from prahari.desks.accounts.models import Jurisdiction
from prahari.desks.common import rules
from prahari.desks.common.actor import Actor
from prahari.desks.linking import figures
from prahari.desks.targets.models import Target, TargetPlan

VIEW = "linking.view"
_WHERE = ("police_station", "circle", "zone")
_BY = ("owner_class", "department", "agency")


@dataclass(frozen=True, slots=True)
class Cell:
    """Counts (figures.COUNTS) of what shares these keys. path: police station, or the area above it where a camera lies
    in none. ward: "" unless counted by ward."""

    owner_class: str
    department: str
    agency: str
    path: str
    counts: dict[str, int]
    ward: str = ""

    @property
    def done(self) -> int:
        return self.counts["verified"]


@dataclass(frozen=True, slots=True)
class Spec:
    """Which cameras a target is about; None does not narrow."""

    area: str = ""
    agency: str | None = None
    owner_class: str | None = None
    department: str | None = None
    ward: str | None = None

    def holds(self, cell: Cell) -> bool:
        return (
            (self.owner_class is None or cell.owner_class == self.owner_class)
            and (self.department is None or cell.department == self.department)
            and (self.agency is None or cell.agency == self.agency)
            and (self.ward is None or cell.ward == self.ward)
            and is_within(cell.path, self.area)
        )

    def done(self, cells: Iterable[Cell]) -> int:
        return sum(cell.done for cell in cells if self.holds(cell))


def spec_of(plan: TargetPlan, target: Target | None = None) -> Spec:
    """The plan's own cameras, or those of one of its targets. Relations are read where they are not yet."""
    whole = Spec(area=plan.jurisdiction_path, agency=plan.agency_id)
    if target is None or target.whole:
        return whole
    return replace(
        whole,
        area=target.area.path if target.area else plan.jurisdiction_path,
        owner_class=target.owner_class.code if target.owner_class else None,
        department=target.department.code if target.department else None,
        ward=target.ward.path if target.ward else None,
    )


def cells(actor: Actor, day: dt.date | None = None, *, by_ward: bool = False, permission: str = VIEW) -> list[Cell]:
    """All counts in the actor's scope, now or as at the end of `day`. Raises Problem 403."""
    by = (*_BY, *_WHERE, *(("ward",) if by_ward else ()))
    city = city_path()
    return [
        Cell(
            row.keys["owner_class"],
            row.keys["department"],
            row.keys["agency"],
            next((row.keys[level] for level in _WHERE if row.keys[level]), city),
            row.counts,
            row.keys.get("ward", ""),
        )
        for row in figures.table(actor, by, day, permission)
    ]


def city_path() -> str:
    """The city of this centre; the whole tree where none or several are entered."""
    found = list(Jurisdiction.objects.filter(level="city").values_list("path", flat=True)[:2])
    return str(found[0]) if len(found) == 1 else ""


def working_days(day: dt.date) -> Calendar:
    """Holidays and weekly days off as the programme desk keeps them; Sundays off where there is none."""
    if not apps.is_installed("prahari.desks.programme"):
        return Calendar()
    from prahari.desks.programme import laws
    from prahari.desks.programme.models import Holiday

    off: Any = rules.value(laws.WEEKLY_OFF, day)
    return Calendar(
        frozenset(Holiday.objects.values_list("day", flat=True)),
        frozenset(laws.WEEKDAYS.index(name) for name in off),
    )
