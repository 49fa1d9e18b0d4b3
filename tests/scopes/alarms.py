"""Endpoints of the alarms desk."""

from __future__ import annotations

from typing import Any

import alarms_rig
from prahari.contracts.events import now_ms
from prahari.desks.alarms.models import AlarmRule, AlarmRuleVersion, RuleTrial
from scope import Endpoint, World

VIEW, WORK, RULE = "alarm.view", "alarm.work", "alarm.rule"
BODY: dict[str, Any] = {
    "name": {"en": "Crowd at the ghat", "hi": "घाट पर भीड़"}, "severity": "medium", "match": {"types": ["vision.crowd"]}
}  # fmt: skip


def alarm(world: World) -> dict[str, str]:
    return {"alarm_id": str(alarms_rig.put().alarm_id)}


def some(world: World) -> dict[str, Any]:
    one = alarms_rig.put()
    return {"items": [{"id": str(one.alarm_id), "version": one.version}]}


def assigning(world: World) -> dict[str, Any]:
    return some(world) | {"post": "desk-1"}


def closing(world: World) -> dict[str, Any]:
    return some(world) | {"verdict": "false", "reason": "A dog"}


def escalating(world: World) -> dict[str, Any]:
    return some(world) | {"reason": "More people needed"}


def rule(world: World) -> dict[str, str]:
    at = now_ms()
    made = AlarmRule.objects.create(
        name_en="Crowd",
        name_hi="भीड़",
        jurisdiction_path=World.HOME,
        agency_code=World.AGENCY,
        created_ms=at,
        edited_ms=at,
    )
    AlarmRuleVersion.objects.create(rule=made, number=1, body=BODY, at_ms=at)
    return {"rule_id": str(made.id)}


def trial(world: World) -> dict[str, str]:
    found = rule(world)
    made = RuleTrial.objects.create(rule_id=found["rule_id"], number=1, from_ms=0, to_ms=1, created_ms=now_ms())
    return found | {"trial_id": str(made.id)}


def new_rule(world: World) -> dict[str, Any]:
    return {"jurisdiction": World.HOME, "agency": World.AGENCY, "body": BODY, "reason": "Fair"}


OLD = {"version": 1, "reason": "Old"}
SWITCH = {"version": 1, "on": True, "untried": True, "reason": "Fair"}

ENDPOINTS = [
    Endpoint("GET", "/alarms", VIEW, row=alarm, lists=True),
    Endpoint("GET", "/alarms/counts", VIEW),
    Endpoint("GET", "/alarms/some", VIEW, query="id=8d8f2c63-21a7-4c55-8b7f-3a0f2f9e4c10"),
    Endpoint("GET", "/alarms/cameras", VIEW),
    Endpoint("GET", "/alarms/{alarm_id}", VIEW, row=alarm),
    Endpoint("GET", "/alarms/{alarm_id}/assignees", WORK, row=alarm),
    Endpoint("POST", "/alarms/acknowledge", WORK, body=some, elsewhere=404),
    Endpoint("POST", "/alarms/assign", WORK, body=assigning, elsewhere=404),
    Endpoint("POST", "/alarms/escalate", WORK, body=escalating, elsewhere=404),
    Endpoint("POST", "/alarms/close", WORK, body=closing, elsewhere=404),
    # Nothing was done that could be taken back: whoever may ask is told so (tests/unit/desks/alarms undoes).
    Endpoint("POST", "/alarms/undo", WORK, body=some, elsewhere=404, success=409),
    Endpoint("GET", "/alarm-rules", VIEW, row=rule, lists=True),
    Endpoint("POST", "/alarm-rules", RULE, body=new_rule, success=201, elsewhere=403),
    Endpoint("GET", "/alarm-rules/{rule_id}", VIEW, row=rule),
    Endpoint("PUT", "/alarm-rules/{rule_id}", RULE, row=rule, body={"version": 1, "body": BODY, "reason": "Fair"}),
    Endpoint("POST", "/alarm-rules/{rule_id}/switch", RULE, row=rule, body=SWITCH),
    Endpoint("POST", "/alarm-rules/{rule_id}/retire", RULE, row=rule, body=OLD, success=204),
    Endpoint("POST", "/alarm-rules/{rule_id}/trials", RULE, row=rule, body={"number": 1}, success=201),
    Endpoint("GET", "/alarm-rules/{rule_id}/trials/{trial_id}", VIEW, row=trial),
    Endpoint("POST", "/alarm-rules/{rule_id}/trials/{trial_id}/cancel", RULE, row=trial),
]  # fmt: skip
