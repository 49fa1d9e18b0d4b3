"""The clock: reminders, what is late, climbing level by level; each once, whoever runs it and however often."""

from __future__ import annotations

import datetime as dt
import threading
from typing import Any

import pytest
from django.db import connection

from prahari.contracts.clock import DAY_MS, IST, local_day, start_of_day_ms
from prahari.contracts.events import now_ms
from prahari.desks.audit.models import AuditEntry
from prahari.desks.common.models import Rule
from prahari.desks.messages.models import Message
from prahari.desks.programme import escalation, laws, officers, people_actions, reminders, tasks_actions, working_days
from prahari.desks.programme.models import Appointment, Escalation, Holiday, Task
from prahari.desks.programme.schemas_tasks import EscalationDetail, ProgrammeOverview
from scope import World
from scopes.programme import VIEW, WORK, appointed, fill_seeds, order, task

JSON = "application/json"
API = "/api/v1"
STATION = f"{World.HOME}.kalyanpur"
HOUR_MS = 3_600_000


@pytest.fixture
def every_day_works(db: None) -> None:
    Rule.objects.create(code=laws.WEEKLY_OFF, value=[], valid_from="2020-01-01", source="x", created_ms=1)


def chain(world: World) -> list[Appointment]:
    return [
        appointed(world, at=STATION),
        appointed(world, "zone_officer", at=World.HOME, rank="sp"),
        appointed(world, "nodal_officer", at=World.CITY, agency=None, rank="additional_sp"),
        appointed(world, "divisional_commissioner", at="up", agency=None, rank="divisional_commissioner"),
    ]


def report_missing(day: str, below: Appointment, at_ms: int) -> Escalation:
    return escalation.raise_(
        kind="report_missing", key=f"report:{below.id}:{day}", jurisdiction=World.CITY, agency="", about_type="report",
        about_id=day, text_en=f"No report for {day}", text_hi=f"{day} की आख्या नहीं", below=below, now_ms=at_ms,
    )  # fmt: skip


def told(one: Escalation) -> list[object]:
    return list(one.steps.order_by("level").values_list("appointment_id", flat=True))


def test_it_climbs_one_level_each_time_the_hours_pass(world: World, every_day_works: None) -> None:
    station, zone, nodal, commissioner = chain(world)
    start = now_ms()
    one = escalation.raise_(
        kind="x", key="x", jurisdiction=STATION, agency="police", about_type="x", about_id="1", text_en="x",
        text_hi="x", now_ms=start,
    )  # fmt: skip
    assert told(one) == [station.id]
    assert escalation.climb(start + 24 * HOUR_MS - 1) == 0, "a moment too early"
    expected = [station.id]
    for level, officer in enumerate((zone, nodal, commissioner), 1):
        at = start + level * 24 * HOUR_MS
        assert escalation.climb(at) == 1
        assert [escalation.climb(at) for _ in range(3)] == [0, 0, 0], "however often it runs"
        expected.append(officer.id)
        assert told(one) == expected
    assert escalation.climb(start + 400 * DAY_MS) == 0, "nobody stands above"
    one.refresh_from_db()
    assert one.state == "open" and one.climbs_ms is None and one.level == 4
    assert AuditEntry.objects.filter(action="escalation.climb").count() == 3


def test_a_missing_report_escalates_once_a_level_also_after_two_days_off(world: World, every_day_works: None) -> None:
    _, _, nodal, commissioner = chain(world)
    state = appointed(world, "divisional_commissioner", at="", agency=None, rank="divisional_commissioner")
    Appointment.objects.filter(id=state.id).update(office_id="district_magistrate")  # outside the chain
    start = now_ms()
    for _ in range(5):
        one = report_missing("2026-11-20", nodal, start)
    assert Escalation.objects.count() == 1 and told(one) == [commissioner.id]
    back = start + 2 * DAY_MS
    for _ in range(5):
        report_missing("2026-11-20", nodal, back)
        escalation.climb(back)
    assert Escalation.objects.count() == 1 and told(one) == [commissioner.id]
    # A chain with room above: after two days off it moves by one level, and its new holder has the full hours.
    low = escalation.raise_(
        kind="x", key="low", jurisdiction=STATION, agency="police", about_type="x", about_id="2", text_en="x",
        text_hi="x", now_ms=start,
    )  # fmt: skip
    for _ in range(5):
        escalation.climb(back)
    assert len(told(low)) == 2
    low.refresh_from_db()
    assert low.climbs_ms == back + 24 * HOUR_MS


def test_hours_of_holidays_and_weekly_days_off_do_not_count(world: World) -> None:
    saturday = dt.datetime(2026, 11, 21, 18, 0, tzinfo=IST)  # Sunday follows, then a holiday
    Holiday.objects.create(day=dt.date(2026, 11, 23), name_en="x", name_hi="x")
    at = int(saturday.timestamp() * 1000)
    assert working_days.after_hours_ms(at, 24) == start_of_day_ms(dt.date(2026, 11, 24)) + 18 * HOUR_MS
    assert working_days.after_hours_ms(at, 6) == start_of_day_ms(dt.date(2026, 11, 22)), "to the end of that day"
    assert working_days.after_days(dt.date(2026, 11, 21), 1) == dt.date(2026, 11, 24)
    assert not working_days.is_working(dt.date(2026, 11, 22)) and working_days.is_working(dt.date(2026, 11, 24))


def test_a_list_of_nothing_but_holidays_holds_nothing_for_ever(world: World) -> None:
    first = dt.date(2026, 1, 1)
    Holiday.objects.bulk_create(Holiday(day=first + dt.timedelta(days=n), name_en="x", name_hi="x") for n in range(800))
    end = working_days.after_hours_ms(start_of_day_ms(first), 24)
    assert end < start_of_day_ms(first + dt.timedelta(days=400))


def test_an_answer_stops_the_climb(world: World, every_day_works: None) -> None:
    people = chain(world)
    user = people[1].person
    world.allow(user, VIEW, WORK)
    stranger = world.client(VIEW)
    start = now_ms()
    one = escalation.raise_(
        kind="x", key="x", jurisdiction=STATION, agency="police", about_type="x", about_id="1", text_en="x",
        text_hi="x", now_ms=start,
    )  # fmt: skip
    escalation.climb(start + 24 * HOUR_MS)
    path = f"{API}/escalations/{one.id}/acknowledge"
    refused = stranger.post(path, {"remark": "seen to"}, content_type=JSON)
    assert refused.status_code == 403 and refused.json()["code"] == "not_told_you"
    client = world.browser(user)
    overview = client.get(f"{API}/programme").json()
    ProgrammeOverview.model_validate(overview)
    assert [item["id"] for item in overview["escalations_to_me"]] == [str(one.id)]
    assert client.post(path, {"remark": ""}, content_type=JSON).status_code == 422
    answered = client.post(path, {"remark": "Sent an inspector today"}, content_type=JSON)
    assert answered.status_code == 200, answered.content
    EscalationDetail.model_validate(answered.json())
    assert answered.json()["state"] == "acknowledged" and answered.json()["remark"] == "Sent an inspector today"
    assert escalation.climb(start + 30 * DAY_MS) == 0
    assert client.post(path, {"remark": "again"}, content_type=JSON).json()["code"] == "answered"
    entry = AuditEntry.objects.get(action="escalation.acknowledge")
    assert entry.reason == "Sent an inspector today"


def test_with_nobody_appointed_it_waits_for_somebody(world: World, every_day_works: None) -> None:
    start = now_ms()
    one = escalation.raise_(
        kind="x", key="x", jurisdiction=STATION, agency="police", about_type="x", about_id="1", text_en="x",
        text_hi="x", now_ms=start,
    )  # fmt: skip
    assert one.level == 0 and told(one) == []
    assert escalation.climb(start + 2 * HOUR_MS) == 0
    station = appointed(world, at=STATION)
    assert escalation.climb(start + 4 * HOUR_MS) == 1
    assert told(one) == [station.id]


def test_an_officer_s_mobile_hears_of_it_once(world: World, every_day_works: None) -> None:
    station = appointed(world, at=STATION)
    people_actions._seal(station, "98390 22222", "")
    station.save()
    assert officers.address(station, "mobile")
    for _ in range(3):
        one = escalation.raise_(
            kind="x", key="x", jurisdiction=STATION, agency="police", about_type="x", about_id="1", text_en="Late",
            text_hi="विलम्ब से", since=local_day() - dt.timedelta(days=3),
        )  # fmt: skip
    message = Message.objects.get()
    assert message.template_code == "escalation" and "विलम्ब से" in message.body and "3" in message.body
    assert one.steps.get().channel == "sms" and "22222" not in message.to_hint


def test_late_tasks_of_a_place_are_one_matter_and_end_with_the_last(world: World, every_day_works: None) -> None:
    station, *_ = chain(world)
    yesterday = local_day() - dt.timedelta(days=1)
    several = [task(world, at=STATION, due_day=yesterday) for _ in range(3)]
    task(world, at=STATION, due_day=local_day())
    for _ in range(3):
        reminders.say_what_is_late()
    one = Escalation.objects.get()
    assert told(one) == [station.id] and "2 more" in one.text_en
    for number, late in enumerate(several, 1):
        tasks_actions._move(world.system, Task.objects.get(id=late.id), tasks_actions.TaskState.DONE, "")
        one.refresh_from_db()
        assert one.state == ("settled" if number == 3 else "open")
    assert reminders.say_what_is_late() == 0


def test_a_late_task_of_an_officer_goes_to_the_level_above(world: World, every_day_works: None) -> None:
    _, zone, nodal, _ = chain(world)
    task(world, at=STATION, due_day=local_day() - dt.timedelta(days=1), person=zone.person)
    reminders.say_what_is_late()
    assert told(Escalation.objects.get()) == [nodal.id]


def test_given_a_later_day_a_task_is_late_no_longer(world: World, every_day_works: None) -> None:
    chain(world)
    late = task(world, at=STATION, due_day=local_day() - dt.timedelta(days=1))
    reminders.say_what_is_late()
    manager = world.client("programme.manage", VIEW)
    body = {"due_day": str(local_day() + dt.timedelta(days=4)), "edited_ms": 1, "reason": "owner is away"}
    assert manager.patch(f"{API}/tasks/{late.id}", body, content_type=JSON).status_code == 200
    assert Escalation.objects.get().state == "settled"


def test_reminders_go_once_and_gather_what_is_due_together(world: World) -> None:
    station, *_ = chain(world)
    people_actions._seal(station, "98390 33333", "")
    station.save()
    tomorrow = local_day() + dt.timedelta(days=1)
    for _ in range(4):
        task(world, at=STATION, due_day=tomorrow)
    task(world, at=STATION, due_day=local_day() + dt.timedelta(days=20))
    assert reminders.remind() == 1
    assert [reminders.remind() for _ in range(3)] == [0, 0, 0]
    assert Message.objects.get().template_code == "task_due" and "3" in Message.objects.get().body
    Task.objects.filter(due_day=tomorrow).update(due_day=tomorrow + dt.timedelta(days=1))
    assert reminders.remind() == 1, "another day is reminded of anew"


def test_a_clause_whose_deadline_slips_is_told_to_its_office(world: World, every_day_works: None) -> None:
    chain(world)
    excise = appointed(world, "excise_officer", at=World.CITY, agency=None, rank="district_excise_officer")
    made = order(world, at=World.CITY, agency=None, deadline=local_day() + dt.timedelta(days=2))
    made.clauses.update(office_id="excise_officer")
    for _ in range(3):
        reminders.say_what_is_late()
    one = Escalation.objects.get()
    assert one.kind == "clause_slipping" and told(one) == [excise.id]
    done = task(world, clause=made.clauses.get(), state="done", closed_ms=1)
    assert done.clause is not None
    reminders.say_what_is_late()
    one.refresh_from_db()
    assert one.state == "settled"


def test_nobody_is_disturbed_at_night(world: World) -> None:
    def at(hour: int) -> int:
        return int(dt.datetime(2026, 11, 24, hour, 30, tzinfo=IST).timestamp() * 1000)

    assert [laws.may_disturb(at(hour)) for hour in (3, 8, 20, 23)] == [False, True, True, False]


def test_workers_at_the_same_moment_tell_each_level_once(transactional_world: World) -> None:
    world = transactional_world
    fill_seeds()
    Rule.objects.create(code=laws.WEEKLY_OFF, value=[], valid_from="2020-01-01", source="x", created_ms=1)
    station, zone, *_ = chain(world)
    start = now_ms()
    faults: list[BaseException] = []

    def together(work: Any) -> None:
        barrier = threading.Barrier(4)

        def run() -> None:
            try:
                barrier.wait()
                work()
            except BaseException as error:
                faults.append(error)
            finally:
                connection.close()

        threads = [threading.Thread(target=run) for _ in range(4)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()

    together(
        lambda: escalation.raise_(
            kind="x", key="x", jurisdiction=STATION, agency="police", about_type="x", about_id="1", text_en="x",
            text_hi="x", now_ms=start,
        )
    )  # fmt: skip
    one = Escalation.objects.get()
    assert not faults and told(one) == [station.id]
    together(lambda: escalation.climb(start + 24 * HOUR_MS))
    assert not faults and told(one) == [station.id, zone.id]
    yesterday = local_day() - dt.timedelta(days=1)
    task(world, at=STATION, due_day=yesterday)
    task(world, at=STATION, due_day=local_day() + dt.timedelta(days=1))
    together(lambda: (reminders.say_what_is_late(), reminders.remind()))
    assert not faults, faults
    assert Escalation.objects.filter(kind="task_overdue").count() == 1
    assert AuditEntry.objects.filter(action="task.remind").count() == 1
