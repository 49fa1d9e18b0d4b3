"""Alarms that nobody takes: level by level, each told once, over kills, and from the top to the beginning again."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

import alarms_rig
from alarms_rig import operator
from prahari.contracts import sealing
from prahari.contracts.clock import local_day
from prahari.contracts.events import now_ms
from prahari.desks.accounts.models import Jurisdiction, Role, RoleGrant, User
from prahari.desks.alarms import actions, duty, escalation, laws, tasks
from prahari.desks.alarms.models import AlarmHandling, AlarmNotice
from prahari.desks.audit.models import AuditEntry
from prahari.desks.common.errors import Problem
from prahari.desks.common.models import OutboxMessage, Rule
from prahari.desks.messages.models import Message
from prahari.desks.programme import officers
from scope import World
from scopes.programme import appointed

LEVELS = [
    {"after_s": 60, "role": "supervisor"},
    {"after_s": 120, "role": "supervisor", "sms": True},
    {"after_s": 300, "person": "commissioner1", "sms": True},
]


def set_levels(levels: list[dict[str, Any]], severity: str = "high") -> None:
    Rule.objects.update_or_create(
        code=f"alarm_escalation_{severity}", valid_from=local_day(),
        defaults={"value": levels, "source": "test", "created_ms": now_ms()},
    )  # fmt: skip


def holder(world: World, role: str = "supervisor", *, at: str = World.CITY, mobile: str = "", name: str = "") -> User:
    person = world.person(name, at=at)
    where = Jurisdiction.objects.get(path=at)
    RoleGrant.objects.create(user=person, role=Role.objects.get(code=role), agency_id=None, jurisdiction=where)
    if mobile:
        office = appointed(world, at=at, person=person, agency=None if role == "commissioner" else World.AGENCY)
        office.sealed_mobile = sealing.seal(
            mobile, settings.CONFIG.sealing_key(), officers.sealing_context(office.id, "mobile")
        )
        office.save()
    return person


def came(one: AlarmHandling, at_ms: int) -> AlarmHandling:
    AlarmHandling.objects.filter(alarm_id=one.alarm_id).update(came_ms=at_ms)
    return one


def level_of(one: AlarmHandling) -> int:
    return AlarmHandling.objects.get(alarm_id=one.alarm_id).level


def test_it_climbs_by_the_clock_and_begins_again_at_the_top(world: World) -> None:
    set_levels(LEVELS)
    supervisor = holder(world, mobile="9999900001")
    holder(world, "commissioner", mobile="9999900002", name="commissioner1")
    t0 = now_ms()
    one = came(alarms_rig.put(), t0)
    levels = []
    for after_s in (59, 61, 62, 179, 182, 481, 483, 542, 544, 663, 665):
        escalation.sweep(t0 + after_s * 1000)
        levels.append(level_of(one))
    assert levels == [0, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5]
    notices = list(AlarmNotice.objects.filter(alarm_id=one.alarm_id).order_by("level"))
    assert [(notice.to, notice.code) for notice in notices] == [
        ("role", "supervisor"), ("role", "supervisor"), ("person", "commissioner1"), ("role", "supervisor"),
        ("role", "supervisor"),
    ]  # fmt: skip
    assert [notice.people[0]["sms"] for notice in notices] == ["", "queued", "queued", "", "queued"]
    assert notices[0].people[0]["id"] == str(supervisor.id)
    assert Message.objects.filter(template_code="alarm_waiting", about_id=str(one.alarm_id)).count() == 3
    assert AuditEntry.objects.filter(action="alarm.climb", object_id=str(one.alarm_id)).count() == 5
    told = [bytes(row.payload) for row in OutboxMessage.objects.all()]
    assert sum(b'"told_to":"role:supervisor"' in payload and b'"level":1' in payload for payload in told) == 1


def test_what_somebody_has_taken_climbs_no_more(world: World) -> None:
    set_levels(LEVELS)
    holder(world)
    t0 = now_ms()
    taken, test, waiting = came(alarms_rig.put(), t0), came(alarms_rig.put(test=True), t0), came(alarms_rig.put(), t0)
    actions.acknowledge(actor=operator(world), seen=alarms_rig.seen(taken))
    escalation.sweep(t0 + 61_000)
    assert (level_of(taken), level_of(test), level_of(waiting)) == (0, 0, 1)


def test_a_level_at_which_nobody_is_found_is_passed_over_and_shows(world: World) -> None:
    set_levels([{"after_s": 60, "post": "nobody-here"}, {"after_s": 600, "role": "supervisor", "sms": True}])
    without_number = holder(world)
    t0 = now_ms()
    one = came(alarms_rig.put(), t0)
    escalation.sweep(t0 + 61_000)
    first, second = AlarmNotice.objects.filter(alarm_id=one.alarm_id).order_by("level")
    assert (first.to, first.code, first.people) == ("post", "nobody-here", [])
    assert second.people == [{"id": str(without_number.id), "name": without_number.name, "sms": "no_number"}]


def test_when_nobody_is_anywhere_it_is_asked_again_soon(world: World) -> None:
    set_levels([{"after_s": 3600, "post": "a"}, {"after_s": 3600, "post": "b"}])
    t0 = now_ms()
    one = came(alarms_rig.put(), t0)
    escalation.sweep(t0 + 3_601_000)
    assert level_of(one) == 2
    people = holder(world)
    duty.register(on_duty=lambda post: [people.id] if post == "a" else [], posts_of=lambda person: [])
    try:
        escalation.sweep(t0 + 3_601_000 + escalation.AGAIN_MS)
        assert level_of(one) == 3
        assert AlarmNotice.objects.get(alarm_id=one.alarm_id, level=3).people[0]["id"] == str(people.id)
    finally:
        duty.register(on_duty=lambda post: [], posts_of=lambda person: [])


def test_hundreds_at_once_make_one_sms_a_person(world: World) -> None:
    set_levels([{"after_s": 60, "role": "supervisor", "sms": True}])
    holder(world, mobile="9999900001")
    t0 = now_ms()
    for _ in range(450):
        came(alarms_rig.put(), t0)
    assert escalation.sweep(t0 + 61_000) == 450
    assert Message.objects.filter(template_code="alarm_waiting").count() == 1
    told = [notice.people[0]["sms"] for notice in AlarmNotice.objects.all()]
    assert (told.count("queued"), told.count("with_another")) == (1, 449)


def test_a_role_is_told_where_it_holds(world: World) -> None:
    set_levels([{"after_s": 60, "role": "supervisor"}])
    holder(world, at=World.ELSEWHERE)
    here = holder(world, at=World.HOME)
    t0 = now_ms()
    one = came(alarms_rig.put(), t0)
    escalation.sweep(t0 + 61_000)
    assert [person["id"] for person in AlarmNotice.objects.get(alarm_id=one.alarm_id).people] == [str(here.id)]


def test_killed_before_the_commit_nothing_was_done_and_all_is_done_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_levels([{"after_s": 60, "role": "supervisor", "sms": True}])
    holder(world, mobile="9999900001")
    t0 = now_ms()
    one = came(alarms_rig.put(), t0)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(escalation.telling, "changed", killed)
        with pytest.raises(KeyboardInterrupt):
            escalation.sweep(t0 + 61_000)
    assert (level_of(one), Message.objects.count(), AlarmNotice.objects.count()) == (0, 0, 0)
    escalation.sweep(t0 + 61_000)
    escalation.sweep(t0 + 61_000)
    assert (level_of(one), Message.objects.count(), AlarmNotice.objects.count()) == (1, 1, 1)


def test_several_sweeps_at_once_tell_each_level_once(transactional_world: World) -> None:
    set_levels([{"after_s": 60, "role": "supervisor"}])
    holder(transactional_world)
    t0 = now_ms()
    alarms = [came(alarms_rig.put(), t0) for _ in range(300)]
    barrier = threading.Barrier(4)

    def sweep() -> None:
        barrier.wait()
        try:
            escalation.sweep(t0 + 61_000)
        finally:
            connection.close()

    threads = [threading.Thread(target=sweep) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(AlarmHandling.objects.values_list("level", flat=True)) == {1}
    assert AlarmNotice.objects.count() == len(alarms)


def test_a_shorter_time_holds_for_those_that_wait_already(world: World) -> None:
    set_levels([{"after_s": 3600, "role": "supervisor"}])
    holder(world)
    climbing = tasks.Climbing()
    one = came(alarms_rig.put(), now_ms() - 30_000)
    climbing()
    assert level_of(one) == 0
    set_levels([{"after_s": 10, "role": "supervisor"}])
    climbing()
    assert level_of(one) == 1


def test_passed_up_by_hand_at_once(world: World) -> None:
    set_levels(LEVELS)
    supervisor, actor, one = holder(world), operator(world), alarms_rig.put()
    actions.acknowledge(actor=actor, seen=alarms_rig.seen(one))
    one.refresh_from_db()
    [row] = escalation.escalate(actor=actor, seen=alarms_rig.seen(one), reason="Two more cars needed")
    assert row["handling"]["told_to"] == "role:supervisor"
    assert (row["handling"]["state"], row["handling"]["level"], row["handling"]["version"]) == ("new", 1, 3)
    assert AlarmNotice.objects.get(alarm_id=one.alarm_id).people[0]["id"] == str(supervisor.id)
    one.refresh_from_db()
    actions.close(actor=actor, seen=alarms_rig.seen(one), verdict="true", reason="Dealt with")
    one.refresh_from_db()
    with pytest.raises(Problem, match="not_open"):
        escalation.escalate(actor=actor, seen=alarms_rig.seen(one), reason="Again")


@pytest.mark.parametrize(
    "value",
    [[], {}, None, [{"after_s": -1, "role": "a"}], [{"after_s": 1}], [{"after_s": 1, "role": "a", "post": "b"}],
     [{"after_s": 1, "role": "a", "fax": True}], [{"after_s": 1, "role": "a"}] * 9, [{"after_s": "1", "role": "a"}]],
)  # fmt: skip
def test_rules_that_make_no_sense_are_refused(value: Any) -> None:
    from prahari.desks.common import rules

    declared = rules.declared(laws.ESCALATION[next(iter(laws.ESCALATION))])
    assert declared is not None
    assert declared.check(value) is not None
    assert declared.check(declared.default) is None
