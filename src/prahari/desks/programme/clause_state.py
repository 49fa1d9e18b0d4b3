"""How far a clause is: read from its tasks and its figure, never typed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from prahari.desks.programme import clause_figures
from prahari.desks.programme.choices import ClauseState, TaskState
from prahari.desks.programme.models import Clause, GovernmentOrder, Task

Tally = dict[str, int]
NOTHING: Tally = {"tasks": 0, "tasks_done": 0, "tasks_begun": 0, "tasks_late": 0}


@dataclass(frozen=True)
class Derived:
    """value, against: of the clause's figure; None without one (or nothing to hold it against)."""

    state: ClauseState
    value: int | None
    against: int | None
    tally: Tally


def due_of(clause: Clause) -> dt.date | None:
    return clause.due_day or clause.order.deadline


def area_of(order: GovernmentOrder) -> clause_figures.FigureArea:
    return clause_figures.FigureArea(order.jurisdiction.path, order.agency_id)


def tallies(clause_ids: list[UUID], today: dt.date) -> dict[UUID, Tally]:
    """Tasks of clauses; cancelled ones do not count."""
    late = Q(state__in=(TaskState.OPEN, TaskState.IN_PROGRESS), due_day__lt=today)
    rows = (
        Task.objects.filter(clause_id__in=clause_ids)
        .exclude(state=TaskState.CANCELLED)
        .order_by()
        .values("clause_id")
        .annotate(
            tasks=Count("id"),
            tasks_done=Count("id", filter=Q(state=TaskState.DONE)),
            tasks_begun=Count("id", filter=Q(state=TaskState.IN_PROGRESS)),
            tasks_late=Count("id", filter=late),
        )
    )
    return {row["clause_id"]: {name: row[name] for name in NOTHING} for row in rows}


def derived(
    clause: Clause, today: dt.date, area: clause_figures.FigureArea | None = None, tally: Tally | None = None
) -> Derived:
    """Done: every task done and the figure reached, and there is at least one of both. Late: not done after its day."""
    tally = tallies([clause.id], today).get(clause.id, NOTHING) if tally is None else tally
    figure = clause_figures.read(area or area_of(clause.order), clause.figure)
    value, against = figure or (None, None)
    reached = figure is None or (value is not None and against is not None and 0 < against <= value)
    has_work = figure is not None or tally["tasks"] > 0
    if has_work and reached and tally["tasks_done"] == tally["tasks"]:
        return Derived(ClauseState.DONE, value, against, tally)
    due = due_of(clause)
    if due is not None and due < today:
        return Derived(ClauseState.LATE, value, against, tally)
    begun = bool(value) or tally["tasks_done"] > 0 or tally["tasks_begun"] > 0
    return Derived(ClauseState.UNDER_WAY if begun else ClauseState.NOT_BEGUN, value, against, tally)
