"""The crew's telephone: signing on, deeds that come late, twice or out of order, positions."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client

import dispatch_rig as rig
import incidents_rig
from dispatch_rig import get, post, status_of
from prahari.contracts import events
from prahari.contracts.events import now_ms
from prahari.desks.accounts.models import User
from prahari.desks.audit.models import AuditEntry
from prahari.desks.common.models import OutboxMessage
from prahari.desks.dispatch.models import Assignment, CrewDeed, CrewMember, Unit, UnitMessage
from prahari.desks.incidents.models import Incident
from scope import World


@pytest.fixture
def ravi(world: World) -> User:
    return rig.constable(world, "ravi")


@pytest.fixture
def phone(world: World, ravi: User) -> Client:
    return world.browser(ravi)


@pytest.fixture
def unit(world: World, ravi: User) -> Unit:
    """With Ravi on board."""
    made = rig.unit(world)
    rig.aboard(made, ravi)
    return made


def sync(phone: Client, *deeds: dict[str, Any], skew_ms: int = 0) -> list[dict[str, Any]]:
    answer = post(phone, "/unit/sync", {"sent_at_ms": now_ms() + skew_ms, "deeds": deeds})
    return list(answer["results"])


def outcomes(results: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(one["status"], one["code"]) for one in results]


# On board


def test_the_first_takes_the_unit_on_duty_the_last_off(world: World, phone: Client) -> None:
    one = rig.unit(world, status="off_duty")
    offered = get(phone, "/unit")
    assert offered["unit"] is None and [row["call_sign"] for row in offered["units"]] == [one.call_sign]
    for _ in range(2):  # twice does no harm
        day = post(phone, "/unit/sign-on", {"unit": str(one.id)})
    assert day["unit"]["call_sign"] == one.call_sign and status_of(one) == "available" and not day["agreed"]
    other = world.browser(rig.constable(world))
    post(other, "/unit/sign-on", {"unit": str(one.id)})
    another = rig.unit(world)
    assert post(phone, "/unit/sign-on", {"unit": str(another.id)}, 409)["code"] == "on_board"
    post(phone, "/unit/sign-off", {})
    assert status_of(one) == "available"
    post(other, "/unit/sign-off", {})
    assert status_of(one) == "off_duty"
    assert CrewMember.objects.filter(until_ms__isnull=True).count() == 0


def test_the_last_one_does_not_leave_a_unit_that_is_sent(world: World, phone: Client, unit: Unit) -> None:
    rig.sent(world, incidents_rig.opened(world), unit)
    assert post(phone, "/unit/sign-off", {}, 409)["code"] == "sent"
    assert CrewMember.objects.get(unit=unit).until_ms is None


def test_only_units_of_ones_own(world: World, phone: Client) -> None:
    for more in ({"jurisdiction": World.ELSEWHERE}, {"agency": "municipal"}):
        post(phone, "/unit/sign-on", {"unit": str(rig.unit(world, **more).id)}, 404)


def test_a_crew_reads_what_it_is_sent_to_without_a_right_to_incidents(
    world: World, phone: Client, unit: Unit
) -> None:  # fmt: skip
    incident = incidents_rig.opened(world, description="Red gate", reporter_phone="98765 43210")
    sent = rig.sent(world, incident, unit, note="Come from behind")
    [row] = get(phone, "/unit")["assignments"]
    assert (row["incident"]["lat"], row["description"], row["note"]) == (26.45, "Red gate", "Come from behind")
    assert row["reporter_phone"] == "98765 43210"
    get(phone, f"/incidents/{incident.id}", 403)
    assert outcomes(sync(phone, rig.deed(unit, "clear", assignment=sent.id))) == [("done", "")]
    day = get(phone, "/unit")
    assert day["assignments"] == [] and day["ended"][0]["state"] == "cleared" and "description" not in day["ended"][0]


# Deeds


def test_a_whole_call_without_a_network_comes_in_order(world: World, phone: Client, unit: Unit) -> None:
    incident = incidents_rig.opened(world)
    sent = rig.sent(world, incident, unit)
    at = now_ms()
    Assignment.objects.filter(id=sent.id).update(offered_ms=at - 1_800_000)
    Incident.objects.filter(id=incident.id).update(opened_ms=at - 1_900_000, happened_ms=at - 1_900_000)
    moments = {"acknowledge": 1_500_000, "en_route": 1_400_000, "arrive": 900_000, "clear": 60_000}
    deeds = [rig.deed(unit, kind, assignment=sent.id, made_at_ms=at - ago) for kind, ago in moments.items()]
    deeds[3]["text"] = "Taken home"
    results = sync(phone, *reversed(deeds))
    assert outcomes(results) == [("done", "")] * 4 and [one["id"] for one in results] == [
        one["id"] for one in reversed(deeds)
    ]
    row = Assignment.objects.get(id=sent.id)
    assert (row.acknowledged_ms, row.en_route_ms, row.arrived_ms, row.ended_ms) == tuple(
        at - ago for ago in moments.values()
    )
    incident.refresh_from_db()
    assert incident.arrived_ms == at - 900_000  # the clock was met when it was, not when we heard
    audited = AuditEntry.objects.count()
    assert sync(phone, *reversed(deeds)) == results  # the answer was lost on the way: sent again
    assert CrewDeed.objects.count() == 4 and AuditEntry.objects.count() == audited
    row.refresh_from_db()
    assert row.version == 5


def test_steps_that_come_after_a_later_one_stand_where_they_were(
    world: World, phone: Client, unit: Unit
) -> None:  # fmt: skip
    incident = incidents_rig.opened(world)
    sent = rig.sent(world, incident, unit)
    at = now_ms()
    Assignment.objects.filter(id=sent.id).update(offered_ms=at - 1_800_000)
    Incident.objects.filter(id=incident.id).update(opened_ms=at - 1_900_000, happened_ms=at - 1_900_000)
    moments = {"clear": 60_000, "arrive": 900_000, "acknowledge": 1_500_000, "en_route": 1_400_000}
    for kind, ago in moments.items():  # each by itself
        deed = rig.deed(unit, kind, assignment=sent.id, made_at_ms=at - ago)
        assert outcomes(sync(phone, deed)) == [("done", "")]
    row = Assignment.objects.get(id=sent.id)
    assert (row.acknowledged_ms, row.en_route_ms, row.arrived_ms, row.ended_ms) == tuple(
        at - ago for ago in (1_500_000, 1_400_000, 900_000, 60_000)
    )
    incident.refresh_from_db()
    assert (row.state, incident.arrived_ms) == ("cleared", at - 900_000)
    after = rig.deed(unit, "arrive", assignment=sent.id, made_at_ms=at)
    assert outcomes(sync(phone, after)) == [("refused", "ended")]


def test_a_wrong_clock_is_put_right(world: World, phone: Client, unit: Unit) -> None:
    sent = rig.sent(world, incidents_rig.opened(world), unit)
    Assignment.objects.filter(id=sent.id).update(offered_ms=now_ms() - 600_000)
    behind_ms = 7_200_000  # the telephone's clock is two hours behind
    done = rig.deed(unit, "acknowledge", assignment=sent.id, made_at_ms=now_ms() - behind_ms - 300_000)
    assert outcomes(sync(phone, done, skew_ms=-behind_ms)) == [("done", "")]
    assert abs(Assignment.objects.get(id=sent.id).acknowledged_ms - (now_ms() - 300_000)) < 5_000


def test_what_was_withdrawn_meanwhile_is_told(world: World, phone: Client, unit: Unit) -> None:
    sent = rig.sent(world, incidents_rig.opened(world), unit)
    dispatcher = world.browser(rig.dispatcher(world))
    post(dispatcher, f"/assignments/{sent.id}/withdraw", {"version": 1, "reason": "Not needed"})
    late = rig.deed(unit, "arrive", assignment=sent.id)
    [result] = sync(phone, late)
    assert (result["status"], result["code"]) == ("refused", "ended") and result["message"]["hi"]
    assert sync(phone, late) == [result]
    assert CrewDeed.objects.get().outcome == "refused"


def test_two_on_board_press_the_same_button(world: World, phone: Client, unit: Unit) -> None:
    sent = rig.sent(world, incidents_rig.opened(world), unit)
    mate = rig.constable(world)
    rig.aboard(unit, mate)
    for one in (phone, world.browser(mate)):
        assert outcomes(sync(one, rig.deed(unit, "clear", assignment=sent.id))) == [("done", "")]
    assert Assignment.objects.get(id=sent.id).version == 2


def test_refused_with_a_reason(world: World, phone: Client, unit: Unit) -> None:
    incident = incidents_rig.opened(world)
    sent = rig.sent(world, incident, unit)
    assert outcomes(sync(phone, rig.deed(unit, "refuse", assignment=sent.id))) == [("refused", "invalid")]
    assert outcomes(sync(phone, rig.deed(unit, "refuse", assignment=sent.id, text="Flat tyre"))) == [("done", "")]
    row = Assignment.objects.get(id=sent.id)
    assert (row.state, row.reason) == ("refused", "Flat tyre") and status_of(unit) == "available"
    again = rig.sent(world, incident, unit)
    sync(phone, rig.deed(unit, "arrive", assignment=again.id))
    late = rig.deed(unit, "refuse", assignment=again.id, text="Too far")
    assert outcomes(sync(phone, late)) == [("refused", "arrived")]


def test_own_status_and_an_older_word(world: World, phone: Client, unit: Unit) -> None:
    assert outcomes(sync(phone, rig.deed(unit, "status", status="busy", text="Petrol"))) == [("done", "")]
    assert status_of(unit) == "busy" and unit.status_note == "Petrol"
    Unit.objects.filter(id=unit.id).update(status_ms=now_ms())
    old = rig.deed(unit, "status", status="available", made_at_ms=now_ms() - 600_000)
    assert outcomes(sync(phone, old)) == [("refused", "later_word")]
    assert status_of(unit) == "busy"


def test_messages_from_the_lanes(world: World, phone: Client, unit: Unit) -> None:
    dispatcher = world.browser(rig.dispatcher(world))
    post(dispatcher, f"/units/{unit.id}/messages", {"key": str(uuid.uuid4()), "text": "Where are you?"}, 201)
    [question] = get(phone, "/unit")["messages"]
    answer = rig.deed(unit, "message", text="Mall Road", made_at_ms=now_ms() - 120_000)
    read = rig.deed(unit, "read", up_to_ms=question["came_ms"])
    for _ in range(2):
        assert outcomes(sync(phone, answer, read)) == [("done", "")] * 2
    assert UnitMessage.objects.count() == 2
    newest = get(dispatcher, f"/units/{unit.id}/messages")["items"]
    assert [row["text"] for row in newest] == ["Mall Road", "Where are you?"]
    assert newest[1]["read_ms"] and newest[0]["at_ms"] < newest[0]["came_ms"] - 100_000


def test_a_shift_that_ended_still_hands_in_what_was_done(world: World, phone: Client, unit: Unit) -> None:
    sent = rig.sent(world, incidents_rig.opened(world), unit)
    at = now_ms()
    CrewMember.objects.filter(unit=unit).update(until_ms=at - 600_000)
    before = rig.deed(unit, "acknowledge", assignment=sent.id, made_at_ms=at - 900_000)
    after = rig.deed(unit, "en_route", assignment=sent.id, made_at_ms=at)
    assert outcomes(sync(phone, before, after)) == [("done", ""), ("refused", "not_on_board")]


@pytest.mark.parametrize(
    "bad",
    [{}, {"id": "x"}, {"deed": "fly"}, {"unit": None}, {"text": "a" * 5000}, {"text": "a\x00b"}, {"surprise": 1},
     {"made_at_ms": -1}],
)  # fmt: skip
def test_one_bad_deed_costs_no_other(world: World, phone: Client, unit: Unit, bad: dict[str, Any]) -> None:
    broken = rig.deed(unit, "message", text="x") | bad if bad else {}
    results = sync(phone, broken, rig.deed(unit, "message", text="good"))
    assert outcomes(results) == [("refused", "invalid"), ("done", "")]
    assert UnitMessage.objects.get().text == "good"


def test_another_units_assignment_is_out_of_reach(world: World, phone: Client, unit: Unit) -> None:
    other = rig.sent(world, incidents_rig.opened(world), rig.unit(world))
    assert outcomes(sync(phone, rig.deed(unit, "clear", assignment=other.id))) == [("refused", "invalid")]
    assert Assignment.objects.get(id=other.id).state == "offered"


def test_anothers_number_is_not_taken(world: World, phone: Client, unit: Unit) -> None:
    mate = rig.constable(world)
    rig.aboard(unit, mate)
    mine = rig.deed(unit, "message", text="mine")
    sync(phone, mine)
    assert outcomes(sync(world.browser(mate), mine)) == [("refused", "number_used")]


# Positions


def told() -> list[events.Event]:
    rows = OutboxMessage.objects.filter(subject="events.units").order_by("sequence")
    batches = [events.decode(bytes(one.payload)) for one in rows]
    return [event for batch in batches for event in batch.events]


def tell(phone: Client, *positions: dict[str, Any]) -> Any:
    return post(phone, "/unit/position", {"sent_at_ms": now_ms(), "positions": positions})


def test_positions_go_in_order_and_twice_under_the_same_id(phone: Client, unit: Unit) -> None:
    at, audited = now_ms(), AuditEntry.objects.count()
    spool = [rig.position(at_ms=at - ago, speed_kmh=20.0) for ago in (0, 300_000, 600_000)]
    for _ in range(2):
        assert tell(phone, *spool) == {"taken": 3, "refused": []}
    first, second = told()[:3], told()[3:]
    assert [event.id for event in first] == [event.id for event in second]
    assert [event.time_ms for event in first] == sorted(event.time_ms for event in first)
    assert {(event.subject, event.jurisdiction, event.agency) for event in first} == {
        (str(unit.id), World.HOME, World.AGENCY)
    }
    assert AuditEntry.objects.count() == audited, "no row of the audit for a position"


def test_only_who_is_on_board_and_agrees(world: World, phone: Client, unit: Unit) -> None:
    post(phone, "/unit/agree", {"agreed": False})
    assert tell(phone, rig.position())["refused"][0]["code"] == "not_agreed"
    assert post(phone, "/unit/agree", {"agreed": True})["agreed"]
    day_ago = rig.position(at_ms=now_ms() - 86_400_000)
    old = rig.position(at_ms=now_ms() - 9 * 86_400_000)
    answer = tell(phone, day_ago, rig.position(), old)
    assert answer["taken"] == 1
    assert [one["code"] for one in answer["refused"]] == ["not_on_board", "too_old"]
    assert {"unit.agree_position"} <= set(AuditEntry.objects.values_list("action", flat=True))


def test_one_bad_position_costs_no_other(phone: Client, unit: Unit) -> None:
    bad = [{"id": "x"}, rig.position(lat=91), rig.position(battery_pct=-1), rig.position(more=1)]
    answer = tell(phone, *bad, rig.position())
    assert answer["taken"] == 1 and [one["code"] for one in answer["refused"]] == ["invalid"] * 4
    assert all(one["message"]["hi"] for one in answer["refused"])


def test_a_moment_ahead_is_now(phone: Client, unit: Unit) -> None:
    tell(phone, rig.position(at_ms=now_ms() + 86_400_000))
    assert told()[0].time_ms <= now_ms()
