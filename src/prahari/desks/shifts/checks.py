"""Asking somebody on duty, at a moment drawn by chance, whether they are at the desk: never during a break.

A question that nobody answers is written down and nothing else happens: it may be that no console was open, that the
person stood at the wall, or that they were away.
"""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from prahari.contracts import events
from prahari.desks.common import rules as dated
from prahari.desks.common.action import action
from prahari.desks.common.actor import Actor, system
from prahari.desks.common.errors import not_found
from prahari.desks.shifts import duties, rules, telling
from prahari.desks.shifts.choices import NEVER_MS, CheckState, DutyState
from prahari.desks.shifts.models import AttentionCheck, Duty

MOST_AT_ONCE = 100
GRACE_MS = 5_000
"""An answer given in time may be on its way for so long."""


def sweep(now_ms: int | None = None) -> int:
    """Ask those who are due, close what ran out. How many of both. now_ms: for tests."""
    now = events.now_ms() if now_ms is None else now_ms
    return _ask(now) + _close(now)


def _ask(now: int) -> int:
    with transaction.atomic():
        due = list(
            Duty.objects.select_for_update(of=("self",), skip_locked=True).select_related("post")
            .filter(next_check_ms__lte=now).order_by("next_check_ms")[:MOST_AT_ONCE]
        )  # fmt: skip
        answer_ms = dated.value(rules.CHECK_ANSWER_S) * 1000
        asked = 0
        for duty in due:
            away = duty.breaks.filter(to_ms__isnull=True).exists()
            duty.next_check_ms = duties.next_check_ms(now) if away else NEVER_MS
            duty.save(update_fields=["next_check_ms"])
            if away or duty.state != DutyState.ON:
                continue
            with action("shift.ask", actor=system("shifts")) as act:
                made = AttentionCheck.objects.create(duty=duty, asked_ms=now, due_ms=now + answer_ms)
                telling.about(act, duty.post)
                act.details(duty=str(duty.id), check=str(made.id))
                telling.changed(act, duty.post, "check", person=str(duty.person_id))
            asked += 1
    return asked


def _close(now: int) -> int:
    with transaction.atomic():
        out = list(
            AttentionCheck.objects.select_for_update(of=("self",), skip_locked=True).select_related("duty")
            .filter(state=CheckState.ASKED, due_ms__lte=now - GRACE_MS)[:MOST_AT_ONCE]
        )  # fmt: skip
        for check in out:
            duty = Duty.objects.get(id=check.duty_id)
            away = duty.breaks.filter(from_ms__lte=check.due_ms).exclude(to_ms__lte=check.asked_ms).exists()
            over = duty.to_ms is not None and duty.to_ms <= check.due_ms
            check.state = CheckState.EXCUSED if away or over else CheckState.MISSED
            check.save(update_fields=["state"])
            _again(duty, now)
    return len(out)


def answer(*, actor: Actor, check_id: UUID) -> str:
    """The state it has then: too late an answer changes nothing. Raises Problem 404."""
    with action("shift.answer", actor=actor) as act:
        check = _own(actor, check_id)
        now = events.now_ms()
        if check.state == CheckState.ASKED and now <= check.due_ms + GRACE_MS:
            check.state, check.answered_ms = CheckState.ANSWERED, now
            check.shown_ms = check.shown_ms or now
            check.save()
            _again(check.duty, now)
        telling.about(act, check.duty.post)
        act.details(check=str(check.id), state=check.state)
    return str(check.state)


def shown(*, actor: Actor, check_id: UUID) -> None:
    """A console shows the question. Raises Problem 404."""
    with action("shift.check_shown", actor=actor) as act:
        check = _own(actor, check_id)
        if check.shown_ms is None and check.state == CheckState.ASKED:
            check.shown_ms = events.now_ms()
            check.save(update_fields=["shown_ms"])
        telling.about(act, check.duty.post)
        act.details(check=str(check.id))


def _again(duty: Duty, now: int) -> None:
    Duty.objects.filter(id=duty.id, state=DutyState.ON).update(next_check_ms=duties.next_check_ms(now))


def _own(actor: Actor, check_id: UUID) -> AttentionCheck:
    actor.require("shift.view")
    found = AttentionCheck.objects.select_for_update(of=("self",)).select_related("duty__post").filter(
        id=check_id, duty__person_id=actor.id
    ).first()  # fmt: skip
    if found is None:
        raise not_found("There is no such question.", "ऐसा कोई प्रश्न नहीं है।")
    return found
