"""The clocks of incidents by a clock of the test's own: warned, missed, told level by level, each once."""

from __future__ import annotations

import threading
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection

import incidents_rig as rig
from prahari.contracts import sealing
from prahari.contracts.clock import local_day
from prahari.contracts.events import now_ms
from prahari.desks.accounts.models import Jurisdiction, Role, RoleGrant, User
from prahari.desks.common.models import OutboxMessage, Rule
from prahari.desks.incidents import clocks, escalation, flow
from prahari.desks.incidents import schemas as s
from prahari.desks.incidents.models import NEVER_MS, ClockRun, Incident, TimelineEntry
from prahari.desks.messages.models import Message
from prahari.desks.programme import officers
from scope import World
from scopes.programme import appointed

LEVELS = [{"after_s": 60, "role": "supervisor"}, {"after_s": 300, "person": "chief", "sms": True}]


@pytest.fixture
def levels(db: None) -> None:
    Rule.objects.create(code="incident_escalation_high", valid_from=local_day(), value=LEVELS, source="test",
                        created_ms=now_ms())  # fmt: skip


def supervisor(world: World, name: str) -> User:
    person = world.person(name)
    RoleGrant.objects.create(user=person, role=Role.objects.get(code="supervisor"), agency_id=World.AGENCY,
                             jurisdiction=Jurisdiction.objects.get(path=World.HOME))  # fmt: skip
    return person


def chief(world: World) -> User:
    person = world.person("chief", at=World.CITY)
    office = appointed(world, at=World.CITY, person=person, agency=World.AGENCY)
    context = officers.sealing_context(office.id, "mobile")
    office.sealed_mobile = sealing.seal("+919839100001", settings.CONFIG.sealing_key(), context)
    office.save()
    return person


def run_of(incident: Incident, clock: str = "in_hand") -> ClockRun:
    return ClockRun.objects.get(incident=incident, clock=clock, round=incident.round)


def said(incident: Incident) -> list[str]:
    kinds = ("clock_warning", "clock_missed", "escalated")
    found = TimelineEntry.objects.filter(incident=incident, kind__in=kinds).order_by("id")
    return [one.said["en"] for one in found]


def test_warned_missed_then_told_level_by_level(world: World, levels: None) -> None:
    supervisor(world, "rekha")
    chief(world)
    made = rig.opened(world, severity="high")
    run = run_of(made)
    due = run.due_ms
    assert (due - run.starts_ms, run.next_ms) == (60_000, due - 15_000)
    assert escalation.sweep(due - 15_001) == 0
    assert escalation.sweep(due - 15_000) == 1
    assert escalation.sweep(due - 1) == 0
    assert escalation.sweep(due) == 1
    assert escalation.sweep(due + 59_999) == 0
    assert escalation.sweep(due + 60_000) == 1
    assert not Message.objects.exists()
    assert escalation.sweep(due + 60_000 + 300_000) == 1
    assert said(made) == [
        "Time is running out: taken in hand.", "Time has run out: taken in hand.",
        "Told because time has run out: Rekha.", "Told because time has run out: Chief.",
    ]  # fmt: skip
    [message] = Message.objects.all()
    assert message.channel == "sms" and message.about_id == str(made.id)
    assert escalation.sweep(due + 60_000 + 600_000) >= 1  # nothing falls out at the top
    assert said(made)[-1] == "Told because time has run out: Chief."


def test_whoever_takes_it_in_time_stops_all_that(world: World, levels: None) -> None:
    made = rig.opened(world, severity="high")
    due = run_of(made).due_ms
    flow.take_in_hand(actor=world.system, incident_id=made.id, form=s.Versioned(version=1))
    assert run_of(made).next_ms == NEVER_MS
    assert escalation.sweep(due + 1) == 0
    made.refresh_from_db()
    assert made.next_due_ms == run_of(made, "arrive").due_ms


def test_after_two_days_without_the_centre_each_step_comes_one_by_one(world: World, levels: None) -> None:
    supervisor(world, "rekha")
    made = rig.opened(world, severity="high")
    ClockRun.objects.filter(incident=made).exclude(clock="in_hand").update(next_ms=NEVER_MS)
    late = run_of(made).due_ms + 2 * 86_400_000
    assert [escalation.sweep(late) for _ in range(3)] == [1, 0, 0]
    assert said(made) == ["Time has run out: taken in hand."]  # and no warning of what is over
    assert escalation.sweep(late + 60_000) == 1
    assert said(made)[-1] == "Told because time has run out: Rekha."


def test_nobody_to_tell_is_said_and_the_next_level_is_told_soon(world: World, levels: None) -> None:
    chief(world)
    made = rig.opened(world, severity="high")
    due = run_of(made).due_ms
    for at in (due, due + 60_000, due + 61_000):
        escalation.sweep(at)
    assert said(made)[1:] == ["Nobody to tell: supervisor.", "Told because time has run out: Chief."]


def test_each_step_is_told_to_consoles(world: World, levels: None) -> None:
    made = rig.opened(world, severity="high")
    OutboxMessage.objects.all().delete()
    escalation.sweep(run_of(made).due_ms)
    [message] = OutboxMessage.objects.all()
    assert b'"what":"clock_missed"' in bytes(message.payload)


def test_resolved_without_anybody_on_the_spot_misses_nothing(world: World) -> None:
    made = rig.opened(world)
    flow.take_in_hand(actor=world.system, incident_id=made.id, form=s.Versioned(version=1))
    flow.resolve(actor=world.system, incident_id=made.id, form=s.ResolveIn(version=2, note="By telephone"))
    states = {one["clock"]: one["state"] for one in clocks.rows_of(Incident.objects.get(), now_ms() + 10**9)}
    assert states == {"in_hand": "kept", "arrive": "stopped", "resolve": "kept"}


@pytest.mark.parametrize(
    ("now", "met", "stopped", "state"),
    [(0, None, None, "running"), (75, None, None, "warning"), (100, None, None, "missed"), (500, 100, None, "kept"),
     (500, 101, None, "late"), (500, None, 90, "stopped"), (500, None, 110, "missed")],
)  # fmt: skip
def test_states_of_a_clock(now: int, met: int | None, stopped: int | None, state: str) -> None:
    run = ClockRun(starts_ms=0, due_ms=100, met_ms=met, stopped_ms=stopped)
    assert clocks.state_of(run, now, 25) == state


@pytest.mark.parametrize(
    "value", [[], {}, [{"after_s": -1, "role": "x"}], [{"after_s": 1}], [{"after_s": 1, "role": "x", "person": "y"}],
              [{"after_s": "1", "role": "x"}], [{"after_s": 1, "role": "x", "more": 1}]],
)  # fmt: skip
def test_levels_that_make_no_sense_are_refused(value: Any) -> None:
    from prahari.desks.common import rules
    from prahari.desks.incidents.rules import ESCALATION

    declared = rules.declared(ESCALATION["high"])
    assert declared is not None and declared.check(value) is not None
    assert declared.check(LEVELS) is None


@pytest.fixture
def committed_world(transactional_world: World) -> World:
    import_module("prahari.desks.incidents.migrations.0002_seeds").fill(apps, None)
    return transactional_world


def side_by_side(count: int, call: Any) -> list[Any]:
    results: list[Any] = []
    together = threading.Barrier(count)

    def work(number: int) -> None:
        together.wait()
        try:
            results.append(call(number))
        except Exception as error:
            results.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


def test_several_processes_that_sweep_at_once_take_each_step_once(committed_world: World) -> None:
    made = [rig.opened(committed_world, severity="high") for _ in range(5)]
    ClockRun.objects.exclude(clock="in_hand").update(next_ms=NEVER_MS)
    late = max(run_of(one).due_ms for one in made)
    taken = side_by_side(4, lambda _: escalation.sweep(late))
    assert sum(taken) == 5
    assert TimelineEntry.objects.filter(kind="clock_missed").count() == 5


def test_many_who_open_at_once_get_numbers_without_gap_or_double(committed_world: World) -> None:
    made = side_by_side(8, lambda _: rig.opened(committed_world).number)
    numbers = sorted(int(one.split("-")[1]) for one in made)
    assert numbers == list(range(numbers[0], numbers[0] + 8))


def test_the_same_form_sent_twice_at_once_opens_one(committed_world: World) -> None:
    key = "0190a000-0000-7000-8000-000000000001"
    made = side_by_side(4, lambda _: rig.opened(committed_world, key=key).number)
    assert len(set(made)) == 1 and Incident.objects.count() == 1


def test_of_two_who_take_it_at_once_one_is_told(committed_world: World) -> None:
    made = rig.opened(committed_world)
    outcome = side_by_side(
        2, lambda _: flow.take_in_hand(actor=committed_world.system, incident_id=made.id, form=s.Versioned(version=1))
    )
    assert sorted(getattr(one, "code", "done") for one in outcome) == ["changed", "done"]
