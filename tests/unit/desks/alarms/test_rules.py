"""Alarm rules: versions, the switch, what the engine is told of them through a real NATS."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from typing import Any

import msgspec
import nats
import pytest
from django.apps import apps
from django.conf import settings

from prahari.contracts import subjects
from prahari.contracts.events import now_ms
from prahari.core.alarming.rule import RuleSet
from prahari.desks.alarms import publishing, rule_bodies, seeds
from prahari.desks.alarms.models import AlarmRule, AlarmRuleVersion, RuleTrial
from prahari.desks.alarms.rule_schemas import RuleBody
from prahari.desks.audit.models import AuditEntry
from prahari.desks.common import outbox
from prahari.desks.common.models import OutboxMessage
from scope import World

JSON = "application/json"
API = "/api/v1/alarm-rules"
BODY: dict[str, Any] = {
    "name": {"en": "Crowd at the ghat", "hi": "घाट पर भीड़"}, "severity": "medium",
    "match": {"types": ["vision.crowd"], "hours": [[0, 1320, 360]], "where": [["parameters.people", ">=", 50]]},
    "count": 3, "window_s": 120,
}  # fmt: skip
RIGHTS = ("alarm.view", "alarm.rule")


def create(client: Any, **more: Any) -> dict[str, Any]:
    form = {"jurisdiction": World.HOME, "agency": World.AGENCY, "body": BODY, "reason": "Fair"} | more
    answer = client.post(API, form, content_type=JSON)
    assert answer.status_code == 201, answer.content
    return dict(answer.json()["rule"])


def told() -> list[RuleSet]:
    subject = f"$KV.{subjects.ALARM_RULES_BUCKET}.{subjects.ALARM_RULES_KEY}"
    rows = OutboxMessage.objects.filter(subject=subject).order_by("sequence")
    return [msgspec.json.decode(bytes(row.payload), type=RuleSet) for row in rows]


def test_every_save_is_a_version_and_none_is_in_force_by_itself(world: World) -> None:
    client = world.client(*RIGHTS)
    rule = create(client)
    assert (rule["latest"], rule["in_force"], rule["version"]) == (1, None, 1)
    body = BODY | {"count": 5}
    answer = client.put(f"{API}/{rule['id']}", {"version": 1, "body": body, "reason": "Fewer"}, content_type=JSON)
    detail = answer.json()
    assert (detail["rule"]["latest"], detail["rule"]["in_force"]) == (2, None)
    assert [(one["number"], one["reason"], one["body"]["count"]) for one in detail["versions"]] == [
        (2, "Fewer", 5), (1, "Fair", 3)
    ]  # fmt: skip
    assert told() == []
    actions = AuditEntry.objects.filter(object_id=rule["id"]).order_by("sequence").values_list("action", flat=True)
    assert list(actions) == ["alarm_rule.create", "alarm_rule.edit"]


def test_two_who_edit_at_once(world: World) -> None:
    client = world.client(*RIGHTS)
    rule = create(client)
    first = client.put(f"{API}/{rule['id']}", {"version": 1, "body": BODY, "reason": "First"}, content_type=JSON)
    second = client.put(f"{API}/{rule['id']}", {"version": 1, "body": BODY, "reason": "Second"}, content_type=JSON)
    assert (first.status_code, second.status_code) == (200, 409)
    assert second.json()["present"]["version"] == 2
    assert AlarmRuleVersion.objects.filter(rule_id=rule["id"]).count() == 2


def test_switching_on_untried_has_to_be_confirmed(world: World) -> None:
    client = world.client(*RIGHTS)
    AlarmRule.objects.update(in_force=None)
    rule = create(client)
    switch = {"version": 1, "on": True, "reason": "Now"}
    refused = client.post(f"{API}/{rule['id']}/switch", switch, content_type=JSON)
    assert (refused.status_code, refused.json()["code"]) == (409, "untried")
    RuleTrial.objects.create(rule_id=rule["id"], number=1, state="done", from_ms=0, to_ms=1, created_ms=now_ms())
    on = client.post(f"{API}/{rule['id']}/switch", switch, content_type=JSON).json()["rule"]
    assert (on["in_force"], on["tried"]) == (1, True)
    [sent] = told()
    [only] = sent.rules
    assert (only.rule_id, only.version, only.match.jurisdictions, only.match.agencies) == (
        rule["id"], 1, [World.HOME], [World.AGENCY]
    )  # fmt: skip
    # A newer version does not count as tried, and what is in force stays until it is switched on.
    client.put(f"{API}/{rule['id']}", {"version": 2, "body": BODY | {"count": 9}, "reason": "More"}, content_type=JSON)
    refused = client.post(f"{API}/{rule['id']}/switch", switch | {"version": 3}, content_type=JSON)
    assert refused.status_code == 409
    on = client.post(f"{API}/{rule['id']}/switch", switch | {"version": 3, "untried": True}, content_type=JSON)
    assert on.json()["rule"]["in_force"] == 2
    off = client.post(f"{API}/{rule['id']}/switch", switch | {"version": 4, "on": False}, content_type=JSON)
    assert off.json()["rule"]["in_force"] is None
    assert [[one.count for one in sent.rules] for sent in told()] == [[3], [9], []]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"match": {"types": []}}, "body.match.types"),
        ({"match": {"types": ["vision crowd; DROP"]}}, "body.match.types.0"),
        ({"match": {"types": ["a"], "jurisdictions": [World.ELSEWHERE]}}, "body.match.jurisdictions"),
        ({"match": {"types": ["a"], "jurisdictions": ["up.nowhere"]}}, "body.match.jurisdictions"),
        ({"match": {"types": ["a"], "agencies": ["municipal"]}}, "body.match.agencies"),
        ({"match": {"types": ["a"], "owner_classes": ["castle"]}}, "body.match.owner_classes"),
        ({"match": {"types": ["a"], "cameras": ["8d8f2c63-21a7-4c55-8b7f-3a0f2f9e4c10"]}}, "body.match.cameras"),
        ({"match": {"types": ["a"], "where": [["kind", ">", "many"]]}}, "body.match.where"),
        ({"match": {"types": ["a"], "where": [["kind", "in", "one"]]}}, "body.match.where"),
        ({"match": {"types": ["a"], "hours": [[7, 0, 10]]}}, "body.match.hours.0.0"),
        ({"suppress": [{"types": ["device.door"]}]}, "body.suppress_s"),
        ({"assign_agency": "municipal"}, "body.assign_agency"),
        ({"count": 0}, "body.count"),
        ({"name": {"en": "x", "hi": "\x00"}}, "body.name.hi"),
        ({"surprise": 1}, "body.surprise"),
    ],
)
def test_what_makes_no_sense_is_told_beside_its_field(world: World, body: dict[str, Any], field: str) -> None:
    client = world.client(*RIGHTS)
    form = {"jurisdiction": World.HOME, "agency": World.AGENCY, "body": BODY | body, "reason": "Fair"}
    answer = client.post(API, form, content_type=JSON)
    assert answer.status_code == 422
    assert list(answer.json()["fields"]) == [field]
    assert answer.json()["fields"][field]["hi"]


def test_a_rule_of_the_whole_centre_needs_the_right_for_it(world: World) -> None:
    form = {"body": BODY, "reason": "Fair"}
    assert world.client(*RIGHTS).post(API, form, content_type=JSON).status_code == 403
    assert world.client(*RIGHTS, at="", agency=None).post(API, form, content_type=JSON).status_code == 201


def test_a_rule_set_above_is_seen_below_but_not_changed_there(world: World) -> None:
    above = create(world.client(*RIGHTS, at="", agency=None), jurisdiction="", agency="")
    station = world.client(*RIGHTS)
    [seen] = [one for one in station.get(API, {"limit": 500}).json()["items"] if one["id"] == above["id"]]
    assert seen["may_edit"] is False
    form = {"version": 1, "body": BODY, "reason": "Mine"}
    assert station.put(f"{API}/{above['id']}", form, content_type=JSON).status_code == 404


def test_the_seeds_are_rules_that_the_engine_understands(world: World) -> None:
    for body in seeds.RULES:
        rule_bodies.checked(RuleBody(**body), "", "")
        assert body["name"]["hi"]
    if not AlarmRule.objects.exists():  # a test that really commits leaves no seeds
        seeds.sow(apps, now_ms())
    sent = publishing.rule_set()
    assert len(sent.rules) == len(seeds.RULES)
    assert msgspec.json.decode(msgspec.json.encode(sent), type=RuleSet) == sent


async def told_by(url: str) -> RuleSet:
    client = await nats.connect(url)
    try:
        bucket = await client.jetstream().key_value(subjects.ALARM_RULES_BUCKET)
        return msgspec.json.decode((await bucket.get(subjects.ALARM_RULES_KEY)).value or b"", type=RuleSet)
    finally:
        await client.close()


def test_what_is_switched_on_reaches_the_engine_and_is_healed(
    transactional_world: World, fresh_nats_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "CONFIG", replace(settings.CONFIG, nats_url=fresh_nats_url))
    AlarmRule.objects.update(in_force=None)
    client = transactional_world.client(*RIGHTS)
    rule = create(client)
    client.post(
        f"{API}/{rule['id']}/switch", {"version": 1, "on": True, "untried": True, "reason": "Now"}, content_type=JSON
    )
    publisher = outbox.Publisher()
    publisher.keep_running()
    try:
        wait_until_empty()
        assert [one.rule_id for one in asyncio.run(told_by(fresh_nats_url)).rules] == [rule["id"]]
        assert publishing.reconcile() is False

        async def lose() -> None:
            connection = await nats.connect(fresh_nats_url)
            await (await connection.jetstream().key_value(subjects.ALARM_RULES_BUCKET)).delete(subjects.ALARM_RULES_KEY)
            await connection.close()

        asyncio.run(lose())
        assert publishing.reconcile() is True
        wait_until_empty()
        assert [one.rule_id for one in asyncio.run(told_by(fresh_nats_url)).rules] == [rule["id"]]
    finally:
        publisher.stop()


def wait_until_empty() -> None:
    deadline = time.monotonic() + 20
    while OutboxMessage.objects.exists():
        assert time.monotonic() < deadline
        time.sleep(0.02)
