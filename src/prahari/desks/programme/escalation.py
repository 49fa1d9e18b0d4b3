"""Matters that were not done in time: told to an officer, and one level higher each time the hours pass unanswered.

    escalation.raise_(kind="report_missing", key=f"report:{appointment.id}:{day}", jurisdiction=..., agency=...,
                      about_type="report", about_id=..., text_en=..., text_hi=..., below=appointment)

A key is one matter for ever: however often it is raised, by however many processes, it is one row, and each level is
told once. `climb` moves by one level at most each time, so that somebody told after two days without the centre has
their full hours, too. An answer (`acknowledge`) or the thing being mended (`settle`) ends it.
"""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from prahari.contracts.clock import local_day
from prahari.contracts.events import now_ms as clock_ms
from prahari.desks.common import rules
from prahari.desks.common.action import action
from prahari.desks.common.actor import Actor, system
from prahari.desks.common.errors import Problem, conflict
from prahari.desks.programme import escalation_selectors, laws, notify, officers
from prahari.desks.programme.choices import EscalationState
from prahari.desks.programme.models import Appointment, Escalation, EscalationStep
from prahari.desks.programme.working_days import HOUR_MS, after_hours_ms

log = logging.getLogger(__name__)

AGAIN_MS = HOUR_MS
"""How soon somebody is looked for again when nobody is appointed."""
LEVELS_MOST = 12


def raise_(
    *, kind: str, key: str, jurisdiction: str, agency: str, about_type: str, about_id: str, text_en: str, text_hi: str,
    to_office: str | None = None, below: Appointment | None = None, since: dt.date | None = None,
    now_ms: int | None = None, actor: Actor | None = None,
) -> Escalation:  # fmt: skip
    """Tell whoever is to know; once a key.

    to_office: the first to be told holds this office over the place. below: else the level above this appointment.
    Neither: the nearest officer of the place. since: the day since when it is late (today). now_ms: for tests.
    """
    known = Escalation.objects.filter(key=key).first()
    if known is not None:
        return known
    now = clock_ms() if now_ms is None else now_ms
    try:
        with action("escalation.raise", actor=actor or system("escalation")) as act:
            made = Escalation.objects.create(
                kind=kind, key=key, jurisdiction_path=jurisdiction, agency_code=agency, about_type=about_type,
                about_id=about_id, text_en=text_en[:400], text_hi=text_hi[:400], raised_ms=now, climbs_ms=now,
            )  # fmt: skip
            first = _first(made, to_office, below, local_day(now))
            _tell(made, first, since or local_day(now), now)
            act.about("escalation", made.id, made.text_en, jurisdiction=jurisdiction, agency=agency)
            act.details(kind=kind, key=key, told=first.person.name if first else None)
    except IntegrityError:  # raised elsewhere at the same moment
        return Escalation.objects.get(key=key)
    return made


def climb(now_ms: int | None = None) -> int:
    """Move every unanswered matter whose hours have passed one level up. How many moved. Safe to run at any time, by
    several processes at once."""
    now = clock_ms() if now_ms is None else now_ms
    moved = 0
    due = Escalation.objects.filter(state=EscalationState.OPEN, climbs_ms__lte=now).order_by("climbs_ms")
    for escalation_id in list(due.values_list("id", flat=True)):
        moved += _climb_one(escalation_id, now)
    return moved


def _climb_one(escalation_id: UUID, now: int) -> int:
    with transaction.atomic():
        # Whoever holds the lock is moving it; a moment later it is not due any more.
        one = (
            Escalation.objects.select_for_update(skip_locked=True)
            .filter(id=escalation_id, state=EscalationState.OPEN, climbs_ms__lte=now)
            .first()
        )
        if one is None:
            return 0
        higher = _next(one, local_day(now))
        if higher is None:
            one.climbs_ms = None if one.level else now + AGAIN_MS  # the top was told; or still nobody is there
            one.save(update_fields=["climbs_ms"])
            return 0
        with action("escalation.climb", actor=system("escalation")) as act:
            _tell(one, higher, local_day(one.raised_ms), now)
            act.about("escalation", one.id, one.text_en, jurisdiction=one.jurisdiction_path, agency=one.agency_code)
            act.details(level=one.level, told=higher.person.name)
    return 1


def acknowledge(*, actor: Actor, escalation_id: UUID, remark: str) -> Escalation:
    """Answer a matter: it stops climbing. By whoever was told, or who manages the programme there.

    Raises Problem: 403, 404, 409 (answered or mended already).
    """
    with action("escalation.acknowledge", actor=actor, reason=remark) as act:
        escalation_selectors.escalation(actor, escalation_id)
        one = Escalation.objects.select_for_update().get(id=escalation_id)
        if not escalation_selectors.may_acknowledge(actor, one):
            raise Problem(403, "not_told_you",
                          "Only those who were told may answer this, or who manages the programme.",
                          "इसका उत्तर वही दे सकते हैं जिन्हें यह भेजा गया, या कार्यक्रम सँभालने वाले।")  # fmt: skip
        if one.state != EscalationState.OPEN:
            raise conflict("answered", "This has been answered already.", "इसका उत्तर पहले ही दिया जा चुका है।")
        _close(actor, one, EscalationState.ACKNOWLEDGED, remark)
        act.about("escalation", one.id, one.text_en, jurisdiction=one.jurisdiction_path, agency=one.agency_code)
        act.details(level=one.level)
    return one


def settle(*, actor: Actor, key: str) -> bool:
    """What a matter was about has been mended: it ends. Whether it was open."""
    return _settle(actor, key=key) > 0


def settle_about(*, actor: Actor, about_type: str, about_id: str) -> int:
    """End every open matter about a thing. How many there were."""
    return _settle(actor, about_type=about_type, about_id=about_id)


def _settle(actor: Actor, **which: str) -> int:
    with transaction.atomic():
        rows = list(Escalation.objects.select_for_update().filter(state=EscalationState.OPEN, **which).order_by("id"))
        for one in rows:
            with action("escalation.settle", actor=actor) as act:
                _close(actor, one, EscalationState.SETTLED, "")
                act.about("escalation", one.id, one.text_en, jurisdiction=one.jurisdiction_path, agency=one.agency_code)
    return len(rows)


def _close(actor: Actor, one: Escalation, state: EscalationState, remark: str) -> None:
    one.state, one.remark = state, remark
    one.closed_ms, one.closed_by_id, one.climbs_ms = clock_ms(), actor.id, None
    one.save(update_fields=["state", "remark", "closed_ms", "closed_by", "climbs_ms"])


def _first(one: Escalation, to_office: str | None, below: Appointment | None, day: dt.date) -> Appointment | None:
    if to_office:
        found = officers.for_area(one.jurisdiction_path, one.agency_code, to_office, day)
        if found:
            return found[0]
    if below is not None:
        return officers.above(below, day)
    return next(iter(officers.for_area(one.jurisdiction_path, one.agency_code, None, day)), None)


def _next(one: Escalation, day: dt.date) -> Appointment | None:
    """The level above the last one told, of those not told yet; the nearest officer when nobody was told yet."""
    steps = list(one.steps.select_related("appointment__office", "appointment__jurisdiction"))
    if not steps:
        return _first(one, None, None, day)
    told = {step.person_id for step in steps}
    candidate: Appointment | None = steps[-1].appointment
    for _ in range(LEVELS_MOST):
        candidate = officers.above(candidate, day) if candidate else None
        if candidate is None or candidate.person_id not in told:
            return candidate
    return None


def _tell(one: Escalation, to: Appointment | None, since: dt.date, now: int) -> None:
    """Write the step of the next level, queue its message, set the clock anew."""
    if to is None:
        one.climbs_ms = now + AGAIN_MS
        one.save(update_fields=["climbs_ms"])
        log.warning("nobody is appointed who could be told of %s", one.key)
        return
    one.level += 1
    language = to.person.language
    days = max((local_day(now) - since).days, 0)
    values: dict[str, Any] = {
        "title": one.text_en if language == "en" else one.text_hi,
        "days": days,
        "officer": to.designation_en if language == "en" else to.designation_hi,
    }
    channel = notify.tell(
        to, template="escalation", values=values, key=f"escalation:{one.id}:{one.level}",
        about=("escalation", str(one.id)), jurisdiction=one.jurisdiction_path, agency=one.agency_code,
    )  # fmt: skip
    EscalationStep.objects.create(
        escalation=one, level=one.level, appointment=to, person_id=to.person_id, channel=channel, at_ms=now
    )
    one.climbs_ms = after_hours_ms(now, int(rules.value(laws.CLIMB_HOURS, local_day(now))))
    one.save(update_fields=["level", "climbs_ms"])
