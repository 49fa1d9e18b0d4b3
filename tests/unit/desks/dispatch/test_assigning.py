"""Units sent to incidents: by one of two dispatchers, answered or not, until they are clear; what the report says."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import Client

import dispatch_rig as rig
import incidents_rig
from dispatch_rig import get, post, status_of
from prahari.contracts import events
from prahari.contracts.events import now_ms
from prahari.desks.audit.models import AuditEntry
from prahari.desks.common.models import OutboxMessage, Rule
from prahari.desks.dispatch import rules, unanswered
from prahari.desks.dispatch.models import Assignment, Unit
from prahari.desks.incidents.models import Incident
from prahari.desks.messages.models import Message
from scope import World

API = "/api/v1"


@pytest.fixture
def client(world: World) -> Client:
    return world.browser(rig.dispatcher(world, "asha"))


def send(client: Client, incident: Incident, unit: Unit, status: int = 201, **more: Any) -> Any:
    unit.refresh_from_db()
    body = {"key": uuid.uuid4(), "unit": unit.id, "version": unit.version} | more
    return post(client, f"/incidents/{incident.id}/assignments", body, status)


def step(client: Client, sent: Any, state: str, status: int = 200, **more: Any) -> Any:
    body = {"version": sent["version"], "state": state} | more
    return post(client, f"/assignments/{sent['id']}/step", body, status)


def kinds_of(client: Client, incident: Incident) -> list[str]:
    entries = get(client, f"/incidents/{incident.id}/timeline")["items"]
    return [one["kind"] for one in reversed(entries)]


def told(of_type: str) -> list[events.Event]:
    rows = OutboxMessage.objects.filter(subject="events.dispatch").order_by("sequence")
    batches = [events.decode(bytes(one.payload)) for one in rows]
    return [event for batch in batches for event in batch.events if event.type == of_type]


# From call to clear


def test_from_called_to_clear(world: World, client: Client) -> None:
    incident, unit = incidents_rig.opened(world), rig.unit(world)
    sent = send(client, incident, unit, note="At the back gate")
    assert (sent["state"], sent["note"], sent["offered_by"]) == ("offered", "At the back gate", "Asha")
    assert 60 < sent["eta_s"] < 1200 and status_of(unit) == "assigned"
    sent = step(client, sent, "acknowledged")
    sent = step(client, sent, "en_route")
    assert status_of(unit) == "en_route"
    sent = step(client, sent, "arrived")
    assert status_of(unit) == "at_scene"
    sent = step(client, sent, "cleared", note="Taken home")
    assert status_of(unit) == "available" and sent["reason"] == "Taken home"
    assert sent["offered_ms"] <= sent["acknowledged_ms"] <= sent["en_route_ms"] <= sent["arrived_ms"]
    assert kinds_of(client, incident) == [
        "opened", "dispatch.sent", "dispatch.acknowledged", "dispatch.en_route", "arrived", "dispatch.arrived",
        "dispatch.cleared",
    ]  # fmt: skip
    states = [event.data["state"] for event in told(events.ASSIGNMENT_CHANGED)]
    assert states == ["offered", "acknowledged", "en_route", "arrived", "cleared"]
    assert [event.data["status"] for event in told(events.UNIT_CHANGED)][-5:] == [
        "assigned", "assigned", "en_route", "at_scene", "available"
    ]  # fmt: skip
    assert AuditEntry.objects.filter(action="dispatch.assign", object_id=str(unit.id)).count() == 1


def test_the_first_arrival_settles_the_clock(world: World, client: Client) -> None:
    incident, first, second = incidents_rig.opened(world), rig.unit(world), rig.unit(world)
    one, other = send(client, incident, first), send(client, incident, second)
    at = now_ms()
    step(client, one, "arrived", at_ms=at)  # the steps before it are taken with it
    arrived = get(client, f"/incidents/{incident.id}")
    assert arrived["arrived_ms"] and {c["clock"]: c["state"] for c in arrived["clocks"]}["arrive"] == "kept"
    step(client, other, "arrived")
    assert get(client, f"/incidents/{incident.id}")["arrived_ms"] == arrived["arrived_ms"]
    row = Assignment.objects.get(id=one["id"])
    assert row.acknowledged_ms == row.en_route_ms == row.arrived_ms


def test_a_moment_told_later_stands_where_it_was(world: World, client: Client) -> None:
    incident, unit = incidents_rig.opened(world), rig.unit(world)
    sent = send(client, incident, unit)
    sent = step(client, sent, "en_route", at_ms=1)  # before it was called: it cannot have been
    assert sent["en_route_ms"] == sent["offered_ms"]
    assert "at_ms" in step(client, sent, "arrived", 422, at_ms=now_ms() + 3_600_000)["fields"]


def test_steps_go_forward_only(world: World, client: Client) -> None:
    incident, unit = incidents_rig.opened(world), rig.unit(world)
    sent = step(client, send(client, incident, unit), "arrived")
    again = step(client, sent, "en_route")
    assert again["state"] == "arrived" and again["version"] == sent["version"]
    cleared = step(client, sent, "cleared")
    assert step(client, cleared, "arrived", 409)["code"] == "ended"


def test_withdrawn(world: World, client: Client) -> None:
    incident, unit = incidents_rig.opened(world), rig.unit(world)
    sent = send(client, incident, unit)
    body = {"version": sent["version"], "reason": "Another one is nearer"}
    ended = post(client, f"/assignments/{sent['id']}/withdraw", body)
    assert (ended["state"], ended["reason"]) == ("withdrawn", "Another one is nearer") and status_of(
        unit
    ) == "available"
    assert post(client, f"/assignments/{sent['id']}/withdraw", body, 409)["present"]["state"] == "withdrawn"
    messages = get(client, f"/units/{unit.id}/messages")["items"]
    assert messages[0]["said"]["en"] == f"You are not needed any more: {incident.number}." and not messages[0]["by"]
    assert send(client, incident, unit)["state"] == "offered"  # and may be called again


# Two at once, twice the same


def test_the_same_form_sends_once(world: World, client: Client) -> None:
    incident, unit = incidents_rig.opened(world), rig.unit(world)
    key = uuid.uuid4()
    body = {"key": key, "unit": unit.id, "version": unit.version}
    path = f"/incidents/{incident.id}/assignments"
    assert post(client, path, body, 201)["id"] == post(client, path, body, 201)["id"]
    other = world.browser(rig.dispatcher(world))
    assert post(other, path, body, 409)["code"] == "key_used"
    assert Assignment.objects.count() == 1


def test_whoever_comes_second_is_shown_what_stands(world: World, client: Client) -> None:
    first, second, unit = incidents_rig.opened(world), incidents_rig.opened(world), rig.unit(world)
    version = unit.version
    send(client, first, unit)
    refused = post(client, f"/incidents/{second.id}/assignments",
                   {"key": uuid.uuid4(), "unit": unit.id, "version": version}, 409)  # fmt: skip
    assert refused["code"] == "changed" and refused["present"]["status"] == "assigned"
    assert refused["present"]["active"][0]["incident"]["number"] == first.number


@pytest.mark.django_db(transaction=True)
def test_two_dispatchers_take_the_same_unit_in_the_same_moment(transactional_world: World) -> None:
    world = transactional_world
    _seed_kinds()
    incidents = [incidents_rig.opened(world), incidents_rig.opened(world)]
    unit = rig.unit(world)
    clients = [world.browser(rig.dispatcher(world)) for _ in incidents]

    def take(client: Client, incident: Incident) -> int:
        body = {"key": str(uuid.uuid4()), "unit": str(unit.id), "version": unit.version}
        try:
            return client.post(f"{API}/incidents/{incident.id}/assignments", body, "application/json").status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        answers = sorted(both.map(take, clients, incidents))
    assert answers == [201, 409] and Assignment.objects.count() == 1


def _seed_kinds() -> None:
    from importlib import import_module

    from django.apps import apps

    import_module("prahari.desks.incidents.migrations.0002_seeds").fill(apps, None)


# Not free, not there, not ours


def test_a_unit_at_work_is_sent_with_a_reason_only(world: World, client: Client) -> None:
    first, second, unit = incidents_rig.opened(world), incidents_rig.opened(world), rig.unit(world)
    step(client, send(client, first, unit), "arrived")
    refused = send(client, second, unit, 409)
    assert refused["code"] == "not_free" and "anyway" in refused["fields"]
    sent = send(client, second, unit, anyway="Two streets on, the first is quiet")
    assert sent["why"] == "Two streets on, the first is quiet"
    assert status_of(unit) == "at_scene"  # still, with the first
    assert send(client, second, unit, 409, anyway="Once more, please")["code"] == "sent_already"


def test_a_city_may_allow_more_at_once(world: World, client: Client) -> None:
    Rule.objects.create(code=rules.ASSIGNMENTS_MOST, value=2, valid_from="2026-01-01", source="Order 1", created_ms=1)
    unit = rig.unit(world)
    for _ in range(2):
        send(client, incidents_rig.opened(world), unit)
    assert send(client, incidents_rig.opened(world), unit, 409)["code"] == "not_free"


@pytest.mark.parametrize("status", ["off_duty", "out_of_service"])
def test_who_is_not_there_cannot_be_sent(world: World, client: Client, status: str) -> None:
    unit = rig.unit(world, status=status)
    assert send(client, incidents_rig.opened(world), unit, 409, anyway="Wake them")["code"] == "not_on_duty"


def test_nobody_is_sent_to_what_is_closed(world: World, client: Client) -> None:
    incident = incidents_rig.opened(world)
    closing = {"version": incident.version, "outcome": "test", "reason": "An exercise"}
    post(client, f"/incidents/{incident.id}/close", closing)
    assert send(client, incident, rig.unit(world), 409)["code"] == "state"


def test_the_units_agency_takes_part_from_then_on(world: World) -> None:
    incident = incidents_rig.opened(world)
    tender = rig.unit(world, kind="fire_tender", agency="municipal")
    everybody = world.browser(rig.dispatcher(world, agency=None))
    firemen = world.browser(rig.dispatcher(world, agency="municipal"))
    get(firemen, f"/incidents/{incident.id}", 404)
    send(everybody, incident, tender)
    seen = get(firemen, f"/incidents/{incident.id}")
    assert {one["code"] for one in seen["parts"]} == {"police", "municipal"}
    assert {event.agency for event in told(events.ASSIGNMENT_CHANGED)} == {"police", "municipal"}
    listed = get(world.browser(rig.dispatcher(world)), f"/incidents/{incident.id}/assignments")["items"]
    assert listed[0]["unit"]["call_sign"] == tender.call_sign  # seen by all who take part, but not where it is
    get(world.browser(rig.dispatcher(world)), f"/units/{tender.id}", 404)


def test_another_ones_unit_is_not_sent(world: World, client: Client) -> None:
    incident = incidents_rig.opened(world)
    for more in ({"jurisdiction": World.ELSEWHERE}, {"agency": "municipal"}):
        send(client, incident, rig.unit(world, **more), 404)


# Nobody answers


def test_who_does_not_answer_is_told_again_and_never_forgotten(world: World, client: Client) -> None:
    incident, unit = incidents_rig.opened(world), rig.unit(world)
    sent = send(client, incident, unit)
    at = sent["offered_ms"]
    assert unanswered.sweep(at + 44_000) == 0
    assert unanswered.sweep(at + 45_000) == 1
    assert unanswered.sweep(at + 46_000) == 0  # said already
    row = Assignment.objects.get(id=sent["id"])
    assert row.told == 1 and row.state == "offered"
    assert kinds_of(client, incident)[-1] == "dispatch.unanswered"
    assert told(events.ASSIGNMENT_CHANGED)[-1].data["what"] == "unanswered"
    sms = Message.objects.get(template_code="unit_called")
    assert (sms.about_type, sms.about_id) == ("assignment", sent["id"])
    later = at + 45_000
    for count in range(2, 30):  # the pause grows, up to ten minutes, and there it stays
        later += min(45 * count, 600) * 1000
        assert unanswered.sweep(later) == 1
    assert Message.objects.filter(template_code="unit_called").count() == 1
    row.refresh_from_db()
    step(client, {"id": sent["id"], "version": row.version}, "acknowledged")
    assert unanswered.sweep(later + 10_000_000) == 0


# Incidents that end or become one


def test_closing_releases_the_units(world: World, client: Client) -> None:
    incident, unit = incidents_rig.opened(world), rig.unit(world)
    send(client, incident, unit)
    detail = get(client, f"/incidents/{incident.id}")
    assert detail["open_items"][-1]["en"] == f"{unit.call_sign}: called"
    closing = {"version": detail["version"], "outcome": "false_call", "reason": "A child played"}
    post(client, f"/incidents/{incident.id}/close", closing)
    assert status_of(unit) == "available"
    [row] = get(client, f"/incidents/{incident.id}/assignments")["items"]
    assert row["state"] == "cancelled" and row["reason"]
    assert kinds_of(client, incident)[-2:] == ["dispatch.cancelled", "closed"]


def test_units_go_with_an_incident_that_becomes_part_of_another(world: World, client: Client) -> None:
    part, whole = incidents_rig.opened(world), incidents_rig.opened(world)
    both, one = rig.unit(world), rig.unit(world)
    send(client, part, both)
    send(client, whole, both, anyway="The same thing")
    sent = send(client, part, one)
    part.refresh_from_db()
    whole.refresh_from_db()
    post(client, f"/incidents/{part.id}/merge",
         {"version": part.version, "into": whole.id, "into_version": whole.version, "reason": "The same"})  # fmt: skip
    listed = get(client, f"/incidents/{whole.id}/assignments")["items"]
    assert sorted((row["unit"]["call_sign"], row["state"]) for row in listed) == sorted([
        (both.call_sign, "offered"), (both.call_sign, "cancelled"), (one.call_sign, "offered"),
    ])  # fmt: skip
    assert {row["incident"]["number"] for row in listed} == {whole.number}
    arrived = step(client, sent, "arrived")  # and counts there
    assert arrived["incident"]["number"] == whole.number
    assert get(client, f"/incidents/{whole.id}")["arrived_ms"]
    assert kinds_of(client, whole).count("dispatch.arrived") == 1
    assert send(client, whole, one, 409, anyway="Once more")["code"] == "sent_already"
    board = get(client, "/dispatch/board")["items"]
    assert [len(item["assignments"]) for item in board if item["incident"]["number"] == whole.number] == [2]


def test_the_report_tells_who_was_sent(world: World, client: Client) -> None:
    incident, unit = incidents_rig.opened(world), rig.unit(world)
    step(client, send(client, incident, unit), "cleared", note="All quiet")
    answer = client.get(f"{API}/incidents/{incident.id}/report?language=hi")
    assert answer.status_code == 200 and answer.content.startswith(b"%PDF")


# Suggestions and the board


def test_the_first_to_arrive_comes_first(world: World, client: Client) -> None:
    incident = incidents_rig.opened(world, kind="theft")
    near, far = rig.unit(world, at=(26.452, 80.331)), rig.unit(world, at=(26.50, 80.36))
    old = rig.unit(world, at=(26.4501, 80.3301), age_s=900)
    lost = rig.unit(world, at=None)
    for other in ({"kind": "ambulance"}, {"status": "busy"}, {"status": "off_duty"}, {"jurisdiction": World.ELSEWHERE}):
        rig.unit(world, at=(26.45, 80.33), **other)
    answer = get(client, f"/incidents/{incident.id}/suggestions")
    items = answer["items"]
    assert [one["unit"]["id"] for one in items] == [str(one.id) for one in (near, far, old, lost)]
    assert [one["certain"] for one in items] == [True, True, False, False]
    assert items[0]["eta_s"] < items[1]["eta_s"] and items[2]["age_s"] >= 900 and items[3]["eta_s"] is None
    assert answer["wish"] == {"kinds": ["patrol_car", "motorcycle", "quick_response"], "skill": ""}
    everything = get(client, f"/incidents/{incident.id}/suggestions?everything=true")["items"]
    assert [one["free"] for one in everything] == [True] * 5 + [False]  # the ambulance, then who is busy


def test_a_woman_officer_goes_before_who_is_a_little_nearer(world: World, client: Client) -> None:
    incident = incidents_rig.opened(world, kind="women_safety")
    nearest = rig.unit(world, at=(26.451, 80.33))
    with_her = rig.unit(world, at=(26.455, 80.33), skills=["women_officer"])
    items = get(client, f"/incidents/{incident.id}/suggestions")["items"]
    assert [one["unit"]["id"] for one in items] == [str(with_her.id), str(nearest.id)]
    assert [one["skilled"] for one in items] == [True, False]


def test_without_a_place_nobody_is_nearest(world: World, client: Client) -> None:
    incident = incidents_rig.opened(world, kind="theft", lat=None, lon=None)
    rig.unit(world)
    [only] = get(client, f"/incidents/{incident.id}/suggestions")["items"]
    assert only["eta_s"] is None and only["distance_m"] is None


def test_the_board_begins_with_those_without_a_unit(world: World, client: Client) -> None:
    served = incidents_rig.opened(world, severity="critical")
    waiting = incidents_rig.opened(world, severity="low")
    urgent = incidents_rig.opened(world, severity="high")
    send(client, served, rig.unit(world))
    board = get(client, "/dispatch/board")
    assert [one["incident"]["number"] for one in board["items"]] == [urgent.number, waiting.number, served.number]
    assert board["items"][2]["assignments"][0]["state"] == "offered" and board["more"] == 0
