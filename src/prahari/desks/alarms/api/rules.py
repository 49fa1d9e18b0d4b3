"""Endpoints of alarm rules and their trials."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from prahari.desks.alarms import rule_actions, rule_selectors, trials
from prahari.desks.alarms import rule_schemas as schemas
from prahari.desks.common.actor import Actor, actor_of
from prahari.desks.common.errors import reply, responses
from prahari.desks.common.paging import LIMIT_DEFAULT, Limit

router = Router(tags=["alarms"])


def _detail(actor: Actor, rule_id: UUID, status: int = 200) -> HttpResponse:
    """What was just written, for whoever was allowed to write it."""
    return reply(rule_selectors.detail(actor, rule_id, rule_selectors.RULE), status)


@router.get("/alarm-rules", response=responses(schemas.RulePage))
def list_alarm_rules(request: HttpRequest, limit: Limit = LIMIT_DEFAULT, cursor: str | None = None) -> HttpResponse:
    return reply(rule_selectors.page(actor_of(request), limit, cursor))


@router.post("/alarm-rules", response=responses(schemas.RuleDetail, 201))
def create_alarm_rule(request: HttpRequest, payload: schemas.AlarmRuleIn) -> HttpResponse:
    """It is off until it is switched on."""
    actor = actor_of(request)
    return _detail(actor, rule_actions.create(actor=actor, form=payload).id, 201)


@router.get("/alarm-rules/{rule_id}", response=responses(schemas.RuleDetail))
def get_alarm_rule(request: HttpRequest, rule_id: UUID) -> HttpResponse:
    return reply(rule_selectors.detail(actor_of(request), rule_id))


@router.put("/alarm-rules/{rule_id}", response=responses(schemas.RuleDetail))
def edit_alarm_rule(request: HttpRequest, rule_id: UUID, payload: schemas.RuleEdit) -> HttpResponse:
    """A new version; what is in force stays so until it is switched on."""
    actor = actor_of(request)
    return _detail(actor, rule_actions.edit(actor=actor, rule_id=rule_id, form=payload).id)


@router.post("/alarm-rules/{rule_id}/switch", response=responses(schemas.RuleDetail))
def switch_alarm_rule(request: HttpRequest, rule_id: UUID, payload: schemas.RuleSwitch) -> HttpResponse:
    """On: the newest version is in force from now on. Off: none."""
    actor = actor_of(request)
    return _detail(actor, rule_actions.switch(actor=actor, rule_id=rule_id, form=payload).id)


@router.post("/alarm-rules/{rule_id}/retire", response=responses(None, 204))
def retire_alarm_rule(request: HttpRequest, rule_id: UUID, payload: schemas.RuleRetire) -> HttpResponse:
    rule_actions.retire(actor=actor_of(request), rule_id=rule_id, form=payload)
    return HttpResponse(status=204)


@router.post("/alarm-rules/{rule_id}/trials", response=responses(schemas.TrialOut, 201))
def start_trial(request: HttpRequest, rule_id: UUID, payload: schemas.TrialStart) -> HttpResponse:
    """Run a version over what has happened lately; ask for the trial to see how far it is."""
    actor = actor_of(request)
    return reply(trials.row(trials.start(actor=actor, rule_id=rule_id, form=payload)), 201)


@router.get("/alarm-rules/{rule_id}/trials/{trial_id}", response=responses(schemas.TrialOut))
def get_trial(request: HttpRequest, rule_id: UUID, trial_id: UUID) -> HttpResponse:
    return reply(trials.row(trials.trial(actor_of(request), rule_id, trial_id)))


@router.post("/alarm-rules/{rule_id}/trials/{trial_id}/cancel", response=responses(schemas.TrialOut))
def cancel_trial(request: HttpRequest, rule_id: UUID, trial_id: UUID) -> HttpResponse:
    return reply(trials.row(trials.cancel(actor=actor_of(request), rule_id=rule_id, trial_id=trial_id)))
