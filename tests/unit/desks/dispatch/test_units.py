"""Units entered, changed, retired, found; what is said of them; their trackers; messages."""

from __future__ import annotations

import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import dispatch_rig as rig
import incidents_rig
from dispatch_rig import ask, get, post
from prahari.contracts.events import now_ms
from prahari.desks.audit.models import AuditEntry
from prahari.desks.dispatch.models import Unit, UnitMessage
from prahari.desks.intake import actions as intake
from prahari.desks.intake.models import EventSource
from prahari.desks.intake.schemas import EventSourceIn
from scope import World


@pytest.fixture
def client(world: World) -> Client:
    return world.browser(rig.dispatcher(world, "asha"))


def tracker(world: World) -> EventSource:
    form = EventSourceIn(
        name="Trackers", kind="tracker", jurisdiction=World.CITY, agency="police", reason="For the fleet"
    )
    return intake.create(actor=world.system, form=form)[0]


def test_entered_and_changed(world: World, client: Client) -> None:
    made = post(client, "/units", rig.form(call_sign="PRV 12", skills=["first_aid", "first_aid"], capacity=5), 201)
    assert (made["status"], made["skills"], made["capacity"], made["position"]) == ("off_duty", ["first_aid"], 5, None)
    edit = rig.form(call_sign="PRV 13", kind="quick_response", version=made["version"])
    del edit["agency"]
    changed = ask(client, "PATCH", f"/units/{made['id']}", edit)
    assert (changed["call_sign"], changed["kind"], changed["version"]) == ("PRV 13", "quick_response", 2)
    refused = ask(client, "PATCH", f"/units/{made['id']}", edit, 409)
    assert refused["code"] == "changed" and refused["present"]["call_sign"] == "PRV 13"
    items = get(client, f"/units/{made['id']}/history")["items"]
    assert [one["action"] for one in items] == ["unit.edit", "unit.create"] and items[0]["who"]["name"] == "Asha"


@pytest.mark.parametrize(
    ("field", "value"),
    [("call_sign", ""), ("call_sign", "pcr-a"), ("kind", "tank"), ("skills", ["flying"]), ("capacity", 0),
     ("phone", "call us"), ("jurisdiction", "up.nowhere"), ("agency", "navy"), ("tracker", "X-1"),
     ("tracker_source", "0a4f2f5e-5f0b-4f0a-9f0e-7a2f6c1f7d11"), ("reason", "")],
)  # fmt: skip
def test_what_is_wrong_is_told_beside_its_field(world: World, client: Client, field: str, value: object) -> None:
    rig.unit(world, call_sign="PCR-A")
    answer = post(client, "/units", rig.form(**{field: value}), 422)
    told = {"tracker": "tracker_source", "tracker_source": "tracker"}.get(field, field)
    assert answer["fields"][told]["hi"] and Unit.objects.count() == 1


def test_elsewhere_nobody_enters_or_moves_one(world: World, client: Client) -> None:
    post(client, "/units", rig.form(jurisdiction=World.ELSEWHERE), 403)
    one = rig.unit(world)
    edit = rig.form(jurisdiction=World.ELSEWHERE, version=one.version)
    del edit["agency"]
    ask(client, "PATCH", f"/units/{one.id}", edit, 403)


def test_retired_its_call_sign_is_free_and_its_past_stays(world: World, client: Client) -> None:
    one = rig.unit(world, call_sign="PRV 12")
    sent = rig.sent(world, incidents_rig.opened(world), one)
    body = {"version": one.version, "reason": "Sold"}
    assert post(client, f"/units/{one.id}/retire", body, 409)["code"] == "sent"
    post(client, f"/assignments/{sent.id}/withdraw", {"version": 1, "reason": "Not needed"})
    one.refresh_from_db()
    post(client, f"/units/{one.id}/retire", {"version": one.version, "reason": "Sold"}, 204)
    get(client, f"/units/{one.id}", 404)
    post(client, "/units", rig.form(call_sign="prv 12"), 201)


def test_the_dispatcher_says_what_the_radio_told(world: World, client: Client) -> None:
    one = rig.unit(world)
    rig.aboard(one, rig.constable(world, "ravi"))
    path = f"/units/{one.id}/status"
    assert "note" in post(client, path, {"version": one.version, "status": "out_of_service"}, 422)["fields"]
    body = {"version": one.version, "status": "out_of_service", "note": "Flat tyre"}
    out = post(client, path, body)
    assert (out["status"], out["status_note"], out["status_by"]) == ("out_of_service", "Flat tyre", "Asha")
    assert post(client, path, body, 409)["code"] == "changed"
    back = post(client, path, {"version": out["version"], "status": "available"})
    assert [one["name"] for one in back["crew"]] == ["Ravi"]
    gone = post(client, path, {"version": back["version"], "status": "off_duty"})
    assert gone["crew"] == []
    post(client, path, {"version": gone["version"], "status": "at_scene"}, 422)  # that follows from assignments
    one.refresh_from_db()
    one.status = "available"
    one.save()
    rig.sent(world, incidents_rig.opened(world), one)
    assert post(client, path, {"version": one.version, "status": "busy"}, 409)["code"] == "sent"


def test_lists_are_narrowed_and_cost_the_same_however_long(world: World, client: Client) -> None:
    first = rig.unit(world, call_sign="Alpha 1", kind="ambulance", agency="police")
    rig.unit(world, status="busy")
    assert [one["id"] for one in get(client, "/units?q=alpha")["items"]] == [str(first.id)]
    assert get(client, "/units?kind=ambulance,foot")["total"] == 1
    assert get(client, "/units?status=busy&area=up.kanpur.west")["total"] == 1
    assert get(client, "/units?agency=municipal")["total"] == 0
    with CaptureQueriesContext(
        connection,
    ) as few:
        get(client, "/units")
    for _ in range(6):
        one = rig.unit(world)
        rig.aboard(one, rig.constable(world))
        rig.sent(world, incidents_rig.opened(world), one)
    with CaptureQueriesContext(connection) as many:
        assert len(get(client, "/units")["items"]) == 8
    assert len(many) <= len(few) + 1  # agencies' names are asked for by code


def test_where_it_is_and_was(world: World, client: Client) -> None:
    one = rig.unit(world, at=(26.45, 80.33), age_s=120)
    rig.place(one, 26.46, 80.34, now_ms())
    found = get(client, f"/units/{one.id}")["position"]
    assert (found["lat"], found["lon"]) == (26.46, 80.34)
    points = get(client, f"/units/{one.id}/track")["points"]
    assert [point[1:] for point in points] == [[26.45, 80.33], [26.46, 80.34]] and points[0][0] < points[1][0]
    assert get(client, f"/units/{one.id}/track?to_ms=1")["points"] == []


def test_a_tracker_is_told_to_the_intake(world: World, client: Client) -> None:
    source = tracker(world)
    assert get(client, "/unit-trackers")["items"] == [{"id": str(source.id), "name": "Trackers"}]
    made = post(client, "/units", rig.form(tracker_source=str(source.id), tracker="T-1"), 201)
    source.refresh_from_db()
    assert source.units == {"T-1": made["id"]}
    other = post(client, "/units", rig.form(tracker_source=str(source.id), tracker="T-1"), 422)
    assert "tracker" in other["fields"]
    edit = rig.form(call_sign=made["call_sign"], tracker_source=str(source.id), tracker="T-2", version=made["version"])
    del edit["agency"]
    changed = ask(client, "PATCH", f"/units/{made['id']}", edit)
    source.refresh_from_db()
    assert source.units == {"T-2": made["id"]} and changed["tracker"] == "T-2"
    post(client, f"/units/{made['id']}/retire", {"version": changed["version"], "reason": "Sold"}, 204)
    source.refresh_from_db()
    assert source.units == {}


def test_messages_are_written_once_and_read_once(world: World, client: Client) -> None:
    one = rig.unit(world)
    body = {"key": str(uuid.uuid4()), "text": "Where are you?"}
    path = f"/units/{one.id}/messages"
    assert post(client, path, body, 201)["id"] == post(client, path, body, 201)["id"]
    assert post(client, f"/units/{rig.unit(world).id}/messages", body, 409)["code"] == "key_used"
    at = now_ms()
    UnitMessage.objects.create(key=uuid.uuid4(), unit=one, from_unit=True, text="Mall Road", at_ms=at, came_ms=at)
    assert get(client, f"/units/{one.id}")["unread"] == 1
    for _ in range(2):
        post(client, f"{path}/read", {"up_to_ms": at}, 204)
    assert get(client, f"/units/{one.id}")["unread"] == 0
    assert AuditEntry.objects.filter(action="unit.read_messages").count() == 1
    newest = get(client, path)["items"]
    assert [(row["text"], row["read_ms"] is None) for row in newest] == [("Mall Road", False), ("Where are you?", True)]
