"""Tasks that the facts ask for: made when a step has waited too long, finished when the fact is settled.

Each rule has a key a subject ("rule:survey:<premises>"), so that it never makes a second task while one stands; days
and switches are dated rules (laws.py). Somebody who closes such a task without the fact having changed is left in
peace for as many days as the rule waits.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from prahari.contracts.clock import DAY_MS, local_day
from prahari.contracts.events import now_ms as clock_ms
from prahari.desks.common import rules
from prahari.desks.common.action import action
from prahari.desks.common.actor import system
from prahari.desks.linking.models import CameraLinkage, Linkage
from prahari.desks.linking.steps import CameraStep, Step
from prahari.desks.programme import laws, officers, working_days
from prahari.desks.programme.choices import STANDING, TaskState
from prahari.desks.programme.models import Responsibility, Task

log = logging.getLogger(__name__)

MOST = 5000
"""Tasks made by one rule in one run; the next run makes the others."""
ROWS = 1000
LINKED = (CameraStep.LINKED, CameraStep.VERIFIED_LIVE, CameraStep.OWNER_CONFIRMED)


@dataclass(frozen=True)
class TaskRule:
    """facts: subjects for which the fact stands, at all (since_ms None) or since before a moment; rows of Linkage or of
    CameraLinkage."""

    code: str
    days_rule: str
    kind: str
    title_en: str
    title_hi: str
    facts: Callable[[int | None, dt.date], QuerySet[Any]]
    of_cameras: bool = False


def _consented(before_ms: int | None, today: dt.date) -> QuerySet[Any]:
    found = Linkage.objects.filter(step=Step.CONSENTED)
    return found if before_ms is None else found.filter(consented_ms__lte=before_ms)


def _asked(before_ms: int | None, today: dt.date) -> QuerySet[Any]:
    found = Linkage.objects.filter(step=Step.ASKED)
    if before_ms is None:
        return found
    return found.filter(Q(come_again_on__isnull=True) | Q(come_again_on__lte=today), asked_ms__lte=before_ms)


def _unconfirmed(before_ms: int | None, today: dt.date) -> QuerySet[Any]:
    """Premises of private owners with a camera that is linked and not confirmed."""
    waiting = CameraLinkage.objects.filter(
        step__in=(CameraStep.LINKED, CameraStep.VERIFIED_LIVE), camera__retired_ms__isnull=True
    )
    if before_ms is not None:
        waiting = waiting.filter(linked_ms__lte=before_ms)
    return Linkage.objects.filter(
        premises__owner_class__public=False, premises_id__in=waiting.values("camera__premises_id")
    )


def _promise_over(before_ms: int | None, today: dt.date) -> QuerySet[Any]:
    """Promised cameras whose day is over; the rule's days count from that day."""
    found = Linkage.objects.filter(step=Step.PROMISED)
    return found if before_ms is None else found.filter(promised_for__lte=local_day(before_ms))


def _down(before_ms: int | None, today: dt.date) -> QuerySet[Any]:
    """Linked cameras without a proof of frames. A camera never proved counts from its linking."""
    found = CameraLinkage.objects.filter(step__in=LINKED, camera__retired_ms__isnull=True)
    if before_ms is None:
        return found.exclude(camera__state__status="live")
    return found.filter(
        Q(camera__state__proved_at_ms__lte=before_ms) | Q(camera__state__proved_at_ms__isnull=True),
        linked_ms__lte=before_ms,
    ).exclude(camera__state__status="live")


RULES = (
    TaskRule("survey", laws.SURVEY_DAYS, "survey", "Survey", "सर्वेक्षण", _consented),
    TaskRule("answer", laws.ANSWER_DAYS, "visit", "Ask again", "पुनः सम्पर्क", _asked),
    TaskRule("promise", laws.PROMISE_DAYS, "visit", "See whether the promised cameras are there",
             "देखें कि वादे के अनुसार कैमरे लगे या नहीं", _promise_over),
    TaskRule("confirm", laws.CONFIRM_DAYS, "visit", "Have the owner confirm", "स्वामी से पुष्टि लें", _unconfirmed),
    TaskRule("repair", laws.DOWN_DAYS, "repair", "Get the camera live again", "कैमरा पुनः चालू कराएँ", _down, True),
)  # fmt: skip


def run(now_ms: int | None = None) -> dict[str, int]:
    """Make and finish what the rules ask for: {"made", "settled"}. Any number of processes may run it at once."""
    now = clock_ms() if now_ms is None else now_ms
    made = settled = 0
    for rule in RULES:
        settled += _settle(rule, now)
        made += _make(rule, now)
    if made or settled:
        log.info("tasks made by rules: %d, finished since their fact is settled: %d", made, settled)
    return {"made": made, "settled": settled}


def _settle(rule: TaskRule, now: int) -> int:
    """Finish standing tasks whose fact stands no longer."""
    column, subject = ("camera_id", "camera_id") if rule.of_cameras else ("premises_id", "premises_id")
    with transaction.atomic():
        over = Task.objects.filter(key__startswith=f"rule:{rule.code}:", state__in=STANDING).exclude(
            **{f"{column}__in": rule.facts(None, local_day(now)).values(subject)}
        )
        ids = list(over.select_for_update(skip_locked=True, of=("self",)).values_list("id", flat=True)[:MOST])
        if not ids:
            return 0
        with action("task.settle", actor=system("task rules")) as act:
            Task.objects.filter(id__in=ids).update(state=TaskState.DONE, closed_ms=now, closed_by=None, edited_ms=now)
            act.about("task rule", rule.code, rule.title_en)
            act.details(finished=len(ids))
    return len(ids)


def _make(rule: TaskRule, now: int) -> int:
    today = local_day(now)
    days = rules.value(rule.days_rule, today)
    if days is None:
        return 0
    column = "camera_id" if rule.of_cameras else "premises_id"
    lately = Q(state__in=STANDING) | Q(closed_ms__gte=now - days * DAY_MS)
    busy = Task.objects.filter(lately, key__startswith=f"rule:{rule.code}:").values(column)
    names = "camera__" if rule.of_cameras else "premises__"
    due = rule.facts(now - days * DAY_MS, today).exclude(**{f"{column}__in": busy})
    rows = list(
        due.order_by(column).values(
            column, f"{names}name_en", f"{names}name_hi", f"{names}jurisdiction__path", f"{names}agency_id",
            f"{names}owner_class_id",
        )[:MOST]
    )  # fmt: skip
    if not rows:
        return 0
    offices = dict(Responsibility.objects.values_list("owner_class_id", "office_id"))
    held: dict[tuple[str, str], bool] = {}
    due_day = working_days.after_days(today, int(rules.value(laws.DUE_DAYS, today)))

    def office_of(path: str, owner_class_id: int) -> str | None:
        """The licensing authority's office, where somebody holds it."""
        office = offices.get(owner_class_id)
        if office is None or rule.of_cameras:
            return None
        if (path, office) not in held:
            held[path, office] = bool(officers.for_area(path, "", office, today))
        return office if held[path, office] else None

    with action("task.rule", actor=system("task rules")) as act:
        tasks = [
            Task(
                key=f"rule:{rule.code}:{row[column]}", kind=rule.kind,
                title_en=f"{rule.title_en}: {row[f'{names}name_en']}"[:300],
                title_hi=f"{rule.title_hi}: {row[f'{names}name_hi'] or row[f'{names}name_en']}"[:300],
                jurisdiction_path=row[f"{names}jurisdiction__path"], agency_code=row[f"{names}agency_id"],
                office_id=office_of(row[f"{names}jurisdiction__path"], row[f"{names}owner_class_id"]),
                due_day=due_day, created_ms=now, edited_ms=now, **{column: row[column]},
            )
            for row in rows
        ]  # fmt: skip
        Task.objects.bulk_create(tasks, batch_size=ROWS, ignore_conflicts=True)  # another process may be quicker
        made = Task.objects.filter(id__in=[one.id for one in tasks]).count()
        act.about("task rule", rule.code, rule.title_en)
        act.details(made=made)
    return made
