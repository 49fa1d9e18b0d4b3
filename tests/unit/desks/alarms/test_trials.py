"""Trials of rules over stored events: what each version would have raised, in the rule's own area only."""

from __future__ import annotations

import datetime as dt
import threading
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from psycopg.types.json import Jsonb

import registry_rig
from prahari.contracts.events import now_ms
from prahari.core.ids import uuid7
from prahari.desks.alarms import laws, trial_run
from prahari.desks.alarms.choices import TrialState
from prahari.desks.alarms.models import AlarmRule, AlarmRuleVersion, RuleTrial
from prahari.desks.common import rules
from scope import World

MINUTE_MS, DAY_MS = 60_000, 86_400_000
BODY: dict[str, Any] = {
    "name": {"en": "Crowd", "hi": "भीड़"}, "severity": "medium", "match": {"types": ["vision.*"]}, "group_s": 300,
}  # fmt: skip
_INSERT = (
    "INSERT INTO event (id, time_ms, day, type, subject, source, jurisdiction, agency, data)"
    " VALUES (%s, %s, %s, %s, %s, 'vision', %s, %s, %s)"
)


def happened(*times_ms: int, kind: str = "vision.crowd", path: str = World.HOME, camera: UUID | None = None) -> None:
    camera = camera or uuid7()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS event_default PARTITION OF event DEFAULT")
        cursor.executemany(
            _INSERT,
            [(uuid7(), at, dt.datetime.fromtimestamp(at / 1000, dt.UTC).date(), kind, f"camera:{camera}", path,
              World.AGENCY, Jsonb({"confidence": 0.9})) for at in times_ms],
        )  # fmt: skip


@pytest.fixture
def rule(transactional_world: World) -> AlarmRule:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE event")
    now = now_ms()
    made = AlarmRule.objects.create(
        name_en="Crowd", name_hi="भीड़", jurisdiction_path=World.HOME, agency_code=World.AGENCY, latest=2, in_force=1,
        created_ms=now, edited_ms=now,
    )  # fmt: skip
    for number, body in ((1, BODY), (2, BODY | {"count": 3, "window_s": 60})):
        AlarmRuleVersion.objects.create(rule=made, number=number, body=body, at_ms=now)
    return made


def asked(rule: AlarmRule, number: int = 2, days: int = 2) -> RuleTrial:
    now = now_ms()
    return RuleTrial.objects.create(
        rule=rule, number=number, in_force=rule.in_force, from_ms=now - days * DAY_MS, to_ms=now, created_ms=now,
        pulse_ms=now,
    )  # fmt: skip


def test_both_versions_over_what_happened_in_the_rules_area(transactional_world: World, rule: AlarmRule) -> None:
    trial = asked(rule)
    camera = registry_rig.camera(transactional_world)
    at = trial.from_ms + DAY_MS
    happened(at, at + 1000, at + 2000, at + 100_000, camera=camera.id)
    happened(at + 20 * MINUTE_MS, at + 40 * MINUTE_MS)
    happened(at, at + 1, at + 2, path=World.ELSEWHERE)
    happened(at, kind="visionary.x")
    trial_run.run(trial.id)
    trial.refresh_from_db()
    assert (trial.state, trial.read, trial.reached_ms) == (TrialState.DONE, 6, trial.to_ms)
    result = trial.result
    assert result["tried"] == {"alarms": 1, "matched": 6, "grouped": 1, "flooded": 0}
    assert result["now"] == {"alarms": 3, "matched": 6, "grouped": 3, "flooded": 0}
    assert sum(day["tried"] for day in result["days"]) == 1
    assert sum(day["now"] for day in result["days"]) == 3
    assert len(result["days"]) == 3
    (sample,) = result["samples"]
    assert (sample["first_ms"], sample["last_ms"], sample["count"]) == (at, at + 100_000, 4)
    assert sample["camera"]["reg_id"] == camera.reg_id
    assert result["cut"] is False
    client = transactional_world.client("alarm.view")
    shown = client.get(f"/api/v1/alarm-rules/{rule.id}/trials/{trial.id}").json()
    assert shown["result"]["samples"][0]["count"] == 4


def test_a_trial_reads_so_many_events_at_most(
    transactional_world: World, rule: AlarmRule, monkeypatch: pytest.MonkeyPatch
) -> None:
    trial = asked(rule)
    at = trial.from_ms + MINUTE_MS
    happened(*range(at, at + 12_000, 1000))
    value = rules.value
    monkeypatch.setattr(rules, "value", lambda one: 7 if one is laws.TRIAL_EVENTS_MOST else value(one))
    trial_run.run(trial.id)
    trial.refresh_from_db()
    assert (trial.read, trial.result["cut"], trial.result["tried"]["matched"]) == (7, True, 7)
    assert len(trial.result["days"]) == 1, "the days reach as far as it came"


def test_one_that_is_called_off_ends_and_stays_so(
    transactional_world: World, rule: AlarmRule, monkeypatch: Any
) -> None:
    monkeypatch.setattr(trial_run, "REPORT_S", 0.0)
    monkeypatch.setattr(trial_run, "SLICE_MS", 1000)  # two days of seconds: it would take minutes
    trial = asked(rule)
    worker = threading.Thread(target=trial_run.run, args=(trial.id,))
    worker.start()
    while not RuleTrial.objects.filter(id=trial.id, state=TrialState.RUNNING, reached_ms__gt=trial.from_ms).exists():
        assert worker.is_alive()
    RuleTrial.objects.filter(id=trial.id).update(state=TrialState.CANCELLED)
    worker.join(1.0)
    assert not worker.is_alive()
    trial.refresh_from_db()
    assert (trial.state, trial.result) == (TrialState.CANCELLED, None)
    trial_run.run(trial.id)
    trial.refresh_from_db()
    assert trial.state == TrialState.CANCELLED


def test_one_whose_process_died_begins_anew(transactional_world: World, rule: AlarmRule) -> None:
    trial = asked(rule)
    happened(trial.from_ms + MINUTE_MS)
    silent = now_ms() - trial_run.PULSE_MS - 1
    RuleTrial.objects.filter(id=trial.id).update(state=TrialState.RUNNING, read=99, pulse_ms=silent)
    assert list(trial_run.left_alone()) == [trial.id]
    trial_run.run(trial.id)
    trial.refresh_from_db()
    assert (trial.state, trial.read) == (TrialState.DONE, 1)


def test_what_fails_says_so(transactional_world: World, rule: AlarmRule) -> None:
    AlarmRuleVersion.objects.filter(rule=rule, number=2).update(body={"match": 3})
    trial = asked(rule)
    with pytest.raises(ValueError, match="Expected"):
        trial_run.run(trial.id)
    trial.refresh_from_db()
    assert trial.state == TrialState.FAILED
