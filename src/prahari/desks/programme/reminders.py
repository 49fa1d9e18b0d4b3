"""What the clock alone brings about: reminders before a task is due, and what is late said one level up."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import IntegrityError
from django.db.models import Exists, OuterRef

from prahari.contracts.clock import local_day
from prahari.contracts.events import now_ms as clock_ms
from prahari.desks.common import rules
from prahari.desks.common.action import action
from prahari.desks.common.actor import system
from prahari.desks.programme import clause_state, escalation, laws, notify, officers, tasks_selectors
from prahari.desks.programme.choices import STANDING, TASK_OVERDUE, ClauseState, EscalationState
from prahari.desks.programme.models import Appointment, Clause, Escalation, Reminder, Task

MOST = 2000
"""Tasks looked at in one run; the next run, minutes later, finds the others."""


def remind(now_ms: int | None = None) -> int:
    """Remind of standing tasks that are due soon, once for each task, due day and officer; one message for all tasks
    of an officer that are due on the same day. How many messages or, without an address, notes."""
    now = clock_ms() if now_ms is None else now_ms
    today = local_day(now)
    until = today + dt.timedelta(days=int(rules.value(laws.REMIND_DAYS, today)))
    due = Task.objects.filter(state__in=STANDING, due_day__gte=today, due_day__lte=until).filter(
        ~Exists(Reminder.objects.filter(task_id=OuterRef("pk"), due_day=OuterRef("due_day")))
    )
    groups: dict[tuple[UUID, dt.date], tuple[Appointment, list[Task]]] = {}
    chosen = _Doers(today)
    for task in due.select_related("person", "office").order_by("due_day", "id")[:MOST]:
        assert task.due_day is not None
        if (to := chosen.of(task)) is not None:
            groups.setdefault((to.person_id, task.due_day), (to, []))[1].append(task)
    return sum(_remind_of(to, due_day, tasks, now) for (_, due_day), (to, tasks) in groups.items())


def _remind_of(to: Appointment, due_day: dt.date, tasks: list[Task], now: int) -> int:
    language = to.person.language
    first = tasks[0]
    try:
        with action("task.remind", actor=system("reminders")) as act:
            # The rows come first: another process that reminds of the same tasks fails on them and sends nothing.
            made = Reminder.objects.bulk_create(
                [Reminder(task=one, due_day=due_day, person_id=to.person_id, channel="", at_ms=now) for one in tasks]
            )
            channel = notify.tell(
                to, template="task_due",
                values={"title": _title(tasks, language), "due": notify.day_in(due_day, language)},
                key=f"task-due:{made[0].id}", about=("task", str(first.id)), jurisdiction=first.jurisdiction_path,
                agency=first.agency_code,
            )  # fmt: skip
            Reminder.objects.filter(id__in=[one.id for one in made]).update(channel=channel)
            act.about("task", first.id, first.title_en, jurisdiction=first.jurisdiction_path, agency=first.agency_code)
            act.details(to=to.person.name, channel=channel, tasks=len(tasks))
    except IntegrityError:
        return 0
    return 1


def _title(tasks: list[Task], language: str) -> str:
    first = tasks[0].title_en if language == "en" else tasks[0].title_hi
    if len(tasks) == 1:
        return first
    more = len(tasks) - 1
    return f"{first} and {more} more" if language == "en" else f"{first} और {more} अन्य"


class _Doers:
    """Officers who are to hear of a task, looked up once for each place and assignment."""

    def __init__(self, day: dt.date) -> None:
        self._day = day
        self._found: dict[tuple[object, ...], Appointment | None] = {}

    def of(self, task: Task) -> Appointment | None:
        key = (task.person_id, task.office_id, task.jurisdiction_path, task.agency_code)
        if key not in self._found:
            self._found[key] = next(iter(_doers(task, self._day)), None)
        return self._found[key]


def _doers(task: Task, day: dt.date) -> list[Appointment]:
    """Officers who are to hear of a task: the person it is for, the holder of its office, else the nearest officer."""
    if task.person is not None:
        held = officers.held_by(task.person_id, day)
        return held[:1]
    if task.office_id is not None:
        return officers.for_area(task.jurisdiction_path, task.agency_code, task.office_id, day)[:1]
    return officers.for_area(task.jurisdiction_path, task.agency_code, None, day)[:1]


def say_what_is_late(now_ms: int | None = None) -> int:
    """Raise every standing task that is past its day, and every clause whose deadline slips. How many were new."""
    now = clock_ms() if now_ms is None else now_ms
    return _late_tasks(now) + _slipping_clauses(now)


def _late_tasks(now: int) -> int:
    """One matter for all late tasks of the same place, doer and day: an officer is told once, not once a task."""
    today = local_day(now)
    groups: dict[str, list[Task]] = {}
    for task in tasks_selectors.late(today).select_related("person", "office").order_by("due_day", "id"):
        groups.setdefault(tasks_selectors.late_key(task), []).append(task)
    open_ones = Escalation.objects.filter(kind=TASK_OVERDUE, state=EscalationState.OPEN).values_list("key", flat=True)
    for key in set(open_ones) - set(groups):  # all done, or given another day, while nobody looked
        escalation.settle(actor=system("escalation"), key=key)
    known = set(Escalation.objects.filter(key__in=list(groups)).values_list("key", flat=True))
    fresh = [(key, tasks) for key, tasks in groups.items() if key not in known]
    for key, tasks in fresh:
        first = tasks[0]
        assert first.due_day is not None
        doers = _doers(first, today)
        # A person without an office, or everybody of a place: the nearest officer hears of it first.
        below = doers[0] if doers and (first.person_id or first.office_id) else None
        escalation.raise_(
            kind=TASK_OVERDUE, key=key, jurisdiction=first.jurisdiction_path, agency=first.agency_code,
            about_type="task", about_id=str(first.id), below=below, since=first.due_day, now_ms=now,
            text_en=f"Not done by {notify.day_in(first.due_day, 'en')}: {_title(tasks, 'en')}",
            text_hi=f"{notify.day_in(first.due_day, 'hi')} तक पूरा नहीं हुआ: {_title(tasks, 'hi')}",
        )  # fmt: skip
    return len(fresh)


def _slipping_clauses(now: int) -> int:
    """Clauses not done so many days before their day: to the office that answers, and upwards from there."""
    today = local_day(now)
    soon = today + dt.timedelta(days=int(rules.value(laws.CLAUSE_SLIP_DAYS, today)))
    raised = 0
    for clause in Clause.objects.select_related("order__jurisdiction", "office").order_by("order_id", "sort"):
        due = clause_state.due_of(clause)
        key = f"clause:{clause.id}:{due}"
        if due is None or due > soon:
            continue
        found = clause_state.derived(clause, today)
        if found.state == ClauseState.DONE:
            escalation.settle_about(actor=system("escalation"), about_type="clause", about_id=str(clause.id))
            continue
        if Escalation.objects.filter(key=key).exists():
            continue
        by_en, by_hi = notify.day_in(due, "en"), notify.day_in(due, "hi")
        number, point = clause.order.number, clause.number
        escalation.raise_(
            kind="clause_slipping", key=key, jurisdiction=clause.order.jurisdiction.path,
            agency=clause.order.agency_id or "", about_type="clause", about_id=str(clause.id),
            to_office=clause.office_id, since=min(due, today), now_ms=now,
            text_en=f"Order {number}, point {point}, due on {by_en}, is not done",
            text_hi=f"आदेश {number} का बिन्दु {point}, समय-सीमा {by_hi}, पूर्ण नहीं है",
        )  # fmt: skip
        raised += 1
    return raised
