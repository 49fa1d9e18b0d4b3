"""Alarm rules, their versions and trials, in the actor's scope."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from prahari.contracts.events import now_ms
from prahari.desks.alarms.choices import TrialState
from prahari.desks.alarms.models import Alarm, AlarmRule, AlarmRuleVersion, RuleTrial
from prahari.desks.common import paging
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import not_found, text
from prahari.desks.common.scoping import either, restrict, within
from prahari.desks.programme.officers import covering

VIEW = "alarm.view"
RULE = "alarm.rule"
WEEK_MS = 7 * 86_400_000
TRIALS_SHOWN = 10


def rules_in(actor: Actor, permission: str = VIEW) -> QuerySet[AlarmRule]:
    """To see: rules of the actor's area and those set above it, which hold there, too. To write: the former."""
    actor.require(permission)
    found = AlarmRule.objects.filter(retired_ms__isnull=True)
    if permission != VIEW:
        return restrict(found, actor.scope, permission)
    seen = Q(pk__in=[])
    for area, agency in actor.scope.areas(VIEW):
        one = either(within(area), Q(jurisdiction_path__in=covering(area)))
        if agency is not None:
            one &= Q(agency_code__in=("", agency))
        seen = either(seen, one)
    return found.filter(seen)


def rule(actor: Actor, rule_id: UUID, permission: str = VIEW) -> AlarmRule:
    """Raises Problem 403, 404."""
    found = rules_in(actor, permission).filter(id=rule_id).first()
    if found is None:
        raise not_found("There is no such alarm rule in your area.", "आपके क्षेत्र में ऐसा कोई अलार्म नियम नहीं है।")
    return found


def page(actor: Actor, limit: int, cursor: str | None) -> dict[str, Any]:
    """RulePage."""
    answer = paging.page(rules_in(actor), ("name_en", "id"), limit, cursor, lambda one: one)
    return answer | {"items": shown(actor, answer["items"])}


def shown(actor: Actor, rules: Iterable[AlarmRule]) -> list[dict[str, Any]]:
    """RuleOuts."""
    found = list(rules)
    ids = [one.id for one in found]
    newest = {(one.rule_id, one.number): one for one in AlarmRuleVersion.objects.filter(rule_id__in=ids)
              .select_related("by")}  # fmt: skip
    tried = set(RuleTrial.objects.filter(rule_id__in=ids, state=TrialState.DONE).values_list("rule_id", "number"))
    raised = Alarm.objects.filter(rule_id__in=[str(one) for one in ids], first_ms__gte=now_ms() - WEEK_MS)
    week = dict(raised.values_list("rule_id").order_by().annotate(count=Count("*")))
    return [_shown(actor, one, newest[one.id, one.latest], (one.id, one.latest) in tried, week.get(str(one.id), 0))
            for one in found]  # fmt: skip


def _shown(actor: Actor, one: AlarmRule, newest: AlarmRuleVersion, tried: bool, week: int) -> dict[str, Any]:
    return {
        "id": str(one.id),
        "name": text(one.name_en, one.name_hi),
        "jurisdiction": one.jurisdiction_path,
        "agency": one.agency_code,
        "version": one.version,
        "latest": one.latest,
        "in_force": one.in_force,
        "body": newest.body,
        "tried": tried,
        "alarms_week": week,
        "edited_ms": one.edited_ms,
        "by": newest.by.name if newest.by else "",
        "may_edit": actor.may(RULE, one.jurisdiction_path, one.agency_code),
    }


def detail(actor: Actor, rule_id: UUID, permission: str = VIEW) -> dict[str, Any]:
    """RuleDetail. Raises Problem 403, 404."""
    from prahari.desks.alarms import trials

    found = rule(actor, rule_id, permission)
    return {
        "rule": shown(actor, [found])[0],
        "versions": [
            {"number": one.number, "body": one.body, "reason": one.reason, "by": one.by.name if one.by else "",
             "at_ms": one.at_ms}
            for one in found.versions.select_related("by").order_by("-number")[:200]
        ],
        "trials": [trials.row(one) for one in found.trials.select_related("by").order_by("-id")[:TRIALS_SHOWN]],
    }  # fmt: skip
