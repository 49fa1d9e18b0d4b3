"""Saving alarm rules, and switching them on and off. Whatever is in force reaches the engine after the commit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from prahari.contracts.events import now_ms
from prahari.desks.accounts.models import Agency, Jurisdiction
from prahari.desks.alarms import publishing, rule_bodies, rule_selectors
from prahari.desks.alarms.choices import TrialState
from prahari.desks.alarms.models import AlarmRule, AlarmRuleVersion, RuleTrial
from prahari.desks.alarms.rule_schemas import AlarmRuleIn, RuleBody, RuleEdit, RuleRetire, RuleSwitch
from prahari.desks.common.action import Action, action
from prahari.desks.common.actor import ROOT, Actor
from prahari.desks.common.changed import Changed
from prahari.desks.common.errors import conflict, invalid, text

RULE = rule_selectors.RULE


def create(*, actor: Actor, form: AlarmRuleIn) -> AlarmRule:
    """A new rule, switched off. Raises Problem 403, 422."""
    with action("alarm_rule.create", actor=actor, reason=form.reason) as act:
        actor.require_in(RULE, form.jurisdiction, form.agency)
        if form.jurisdiction != ROOT and not Jurisdiction.objects.filter(path=form.jurisdiction).exists():
            raise invalid(jurisdiction=text("There is no such place.", "ऐसा कोई क्षेत्र नहीं है।"))
        if form.agency and not Agency.objects.filter(code=form.agency, active=True).exists():
            raise invalid(agency=text("There is no such agency.", "ऐसी कोई एजेंसी नहीं है।"))
        at = now_ms()
        rule = AlarmRule(
            jurisdiction_path=form.jurisdiction, agency_code=form.agency, latest=0, version=1, created_ms=at,
            edited_ms=at,
        )  # fmt: skip
        _save(act, rule, form.body, form.reason)
    return rule


def edit(*, actor: Actor, rule_id: UUID, form: RuleEdit) -> AlarmRule:
    """A new version. What is in force stays so until it is switched on. Raises Problem 403, 404, 409, 422."""
    with _writing("alarm_rule.edit", actor, rule_id, form.version, form.reason) as (act, rule):
        _save(act, rule, form.body, form.reason)
    return rule


def _save(act: Action, rule: AlarmRule, form: RuleBody, reason: str) -> None:
    body = rule_bodies.checked(form, rule.jurisdiction_path, rule.agency_code)
    new = rule.latest == 0
    rule.name_en, rule.name_hi = form.name.en, form.name.hi
    rule.latest += 1
    rule.save(force_insert=new)
    AlarmRuleVersion.objects.create(
        rule=rule, number=rule.latest, body=body, reason=reason, by_id=act.actor.id, at_ms=rule.edited_ms
    )
    _about(act, rule)
    act.details(number=rule.latest)


def switch(*, actor: Actor, rule_id: UUID, form: RuleSwitch) -> AlarmRule:
    """Put the newest version in force, or nothing. Raises Problem 403, 404, 409 (changed; untried)."""
    with _writing("alarm_rule.switch", actor, rule_id, form.version, form.reason) as (act, rule):
        tried = RuleTrial.objects.filter(rule=rule, number=rule.latest, state=TrialState.DONE).exists()
        if form.on and not tried and not form.untried:
            raise conflict(
                "untried",
                "This version was not tried on past events. Try it first, or confirm that it is to be used untried.",
                "यह संस्करण पिछली गतिविधियों पर परखा नहीं गया। पहले परखें, या बिना परख लागू करने की पुष्टि करें।",
            )
        rule.in_force = rule.latest if form.on else None
        rule.save()
        publishing.publish()
        _about(act, rule)
        act.details(in_force=rule.in_force, tried=tried)
    return rule


def retire(*, actor: Actor, rule_id: UUID, form: RuleRetire) -> None:
    """Off, and gone from the list; its alarms keep its name. Raises Problem 403, 404, 409."""
    with _writing("alarm_rule.retire", actor, rule_id, form.version, form.reason) as (act, rule):
        rule.in_force, rule.retired_ms = None, now_ms()
        rule.save()
        publishing.publish()
        _about(act, rule)


@contextmanager
def _writing(name: str, actor: Actor, rule_id: UUID, version: int, reason: str) -> Iterator[tuple[Action, AlarmRule]]:
    """An action on the rule, locked, as its writer saw it. Raises Problem 403, 404, 409 with the rule as it is now."""
    with action(name, actor=actor, reason=reason) as act:
        rule_selectors.rule(actor, rule_id, RULE)
        rule = AlarmRule.objects.select_for_update().get(id=rule_id)
        if rule.version != version or rule.retired_ms is not None:
            raise Changed(rule_selectors.shown(actor, [rule])[0])
        rule.version += 1
        rule.edited_ms = now_ms()
        yield act, rule


def _about(act: Action, rule: AlarmRule) -> None:
    act.about("alarm rule", rule.id, rule.name_en, jurisdiction=rule.jurisdiction_path, agency=rule.agency_code)
