"""Asking for a trial of a rule, looking how far it is, calling it off. What runs it: trial_run.py."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from prahari.contracts.events import now_ms
from prahari.desks.alarms import laws, rule_selectors, tasks
from prahari.desks.alarms.choices import TrialState
from prahari.desks.alarms.models import RuleTrial
from prahari.desks.alarms.rule_schemas import TrialStart
from prahari.desks.common import rules
from prahari.desks.common.action import action
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import conflict, invalid, not_found, text

DAY_MS = 86_400_000
OPEN = (TrialState.QUEUED, TrialState.RUNNING)


def start(*, actor: Actor, rule_id: UUID, form: TrialStart) -> RuleTrial:
    """Raises Problem 403, 404, 409 (one is running), 422 (no such version)."""
    with action("alarm_rule.try", actor=actor) as act:
        rule = rule_selectors.rule(actor, rule_id, rule_selectors.RULE)
        if not rule.versions.filter(number=form.number).exists():
            raise invalid(number=text("There is no such version.", "ऐसा कोई संस्करण नहीं है।"))
        if rule.trials.filter(state__in=OPEN).exists():
            raise conflict("running", "This rule is being tried already. Wait, or stop that trial.",
                           "यह नियम अभी परखा जा रहा है। प्रतीक्षा करें, या वह परख रोकें।")  # fmt: skip
        now = now_ms()
        days = form.days or rules.value(laws.TRIAL_DAYS)
        made = RuleTrial.objects.create(
            rule=rule, number=form.number, in_force=rule.in_force, from_ms=now - days * DAY_MS, to_ms=now,
            reached_ms=now - days * DAY_MS, by_id=actor.id, created_ms=now, pulse_ms=now,
        )  # fmt: skip
        tasks.request_trial(made.id)
        act.about("alarm rule", rule.id, rule.name_en, jurisdiction=rule.jurisdiction_path, agency=rule.agency_code)
        act.details(number=form.number, days=days)
    return made


def trial(actor: Actor, rule_id: UUID, trial_id: UUID, permission: str = rule_selectors.VIEW) -> RuleTrial:
    """Raises Problem 403, 404."""
    rule = rule_selectors.rule(actor, rule_id, permission)
    found = rule.trials.select_related("by").filter(id=trial_id).first()
    if found is None:
        raise not_found("There is no such trial.", "ऐसी कोई परख नहीं है।")
    return found


def cancel(*, actor: Actor, rule_id: UUID, trial_id: UUID) -> RuleTrial:
    """Whoever works on it notices within a second. Raises Problem 403, 404, 409 (over already)."""
    with action("alarm_rule.stop_trial", actor=actor) as act:
        found = trial(actor, rule_id, trial_id, rule_selectors.RULE)
        if not RuleTrial.objects.filter(id=found.id, state__in=OPEN).update(state=TrialState.CANCELLED):
            raise conflict("over", "This trial is over already.", "यह परख पहले ही पूरी हो चुकी है।")
        rule = found.rule
        act.about("alarm rule", rule.id, rule.name_en, jurisdiction=rule.jurisdiction_path, agency=rule.agency_code)
    return trial(actor, rule_id, trial_id, rule_selectors.RULE)


def row(one: RuleTrial) -> dict[str, Any]:
    """TrialOut."""
    whole = max(1, one.to_ms - one.from_ms)
    over = one.state == TrialState.DONE
    return {
        "id": str(one.id),
        "number": one.number,
        "in_force": one.in_force,
        "state": one.state,
        "from_ms": one.from_ms,
        "to_ms": one.to_ms,
        "read": one.read,
        "progress": 1.0 if over else round(max(0, one.reached_ms - one.from_ms) / whole, 3),
        "result": one.result,
        "by": one.by.name if one.by else "",
        "created_ms": one.created_ms,
    }
