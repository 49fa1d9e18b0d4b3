"""Targets as a report shows them: of the whole area, of a class in it, of a station, of a class in a station."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from prahari.core.scope import is_within
from prahari.desks.common.actor import ROOT, Actor
from prahari.desks.targets import selectors
from prahari.desks.targets.counts import city_path


@dataclass
class Goals:
    """Cameras verified live to be reached. classes: code -> cameras; stations: path -> cameras; cells: (code, path)."""

    whole: int | None = None
    due_on: dt.date | None = None
    classes: dict[str, int] = field(default_factory=dict)
    stations: dict[str, int] = field(default_factory=dict)
    cells: dict[tuple[str, str], int] = field(default_factory=dict)
    departments: dict[str, int] = field(default_factory=dict)


def of(actor: Actor, path: str, day: dt.date) -> Goals:
    """Targets in force on a day that are set for area `path` itself or for places in it; the later row wins."""
    found = Goals()
    same = {path, ROOT, city_path()} if path in (ROOT, city_path()) else {path}
    rows = (
        selectors.targets_in(actor)
        .filter(ended_ms__isnull=True, valid_from__lte=day)
        .select_related("plan__jurisdiction")
    )
    for row in rows.order_by("created_ms", "id"):
        place = row.area.path if row.area else row.plan.jurisdiction.path
        here = place in same
        if row.ward_id is not None or not (here or is_within(place, path)):
            continue
        if row.whole and here:
            found.whole, found.due_on = row.goal, row.due_on
        elif row.department_id is not None:
            if here and row.owner_class_id is None:
                found.departments[row.department.code] = row.goal
        elif row.owner_class is not None:
            if here:
                found.classes[row.owner_class.code] = row.goal
            else:
                found.cells[row.owner_class.code, place] = row.goal
        elif here:
            found.whole, found.due_on = row.goal, row.due_on
        else:
            found.stations[place] = row.goal
    return found
