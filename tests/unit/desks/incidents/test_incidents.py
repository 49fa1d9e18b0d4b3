"""Incidents through their doors: opened, worked on, handed over, closed; who sees them; what two at once get."""

from __future__ import annotations

import io
import uuid
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import alarms_rig
import files_rig
import incidents_rig as rig
import registry_rig
from prahari.contracts import events
from prahari.contracts.clock import local_day
from prahari.contracts.events import now_ms
from prahari.desks.alarms.models import AlarmHandling
from prahari.desks.audit.models import AuditEntry
from prahari.desks.common.models import OutboxMessage
from prahari.desks.incidents.models import Incident, TimelineEntry
from scope import World

API = "/api/v1"
pytestmark = pytest.mark.django_db


@pytest.fixture
def client(world: World) -> Client:
    return world.browser(rig.worker(world, name="Asha"))


@pytest.fixture
def traffic(world: World) -> Client:
    return world.browser(rig.worker(world, agency="traffic", name="Vikram"))


def ask(client: Client, method: str, path: str, body: Any = None, status: int = 200) -> Any:
    answer = client.generic(method, API + path, events.msgspec.json.encode(body) if body is not None else b"",
                            content_type="application/json")  # fmt: skip
    assert answer.status_code == status, answer.content[:600].decode()
    return answer.json()


def get(client: Client, path: str, status: int = 200) -> Any:
    return ask(client, "GET", path, status=status)


def post(client: Client, path: str, body: Any, status: int = 200) -> Any:
    return ask(client, "POST", path, body, status)


def opened(client: Client, **more: Any) -> Any:
    return post(client, "/incidents", rig.form(**more), 201)


def kinds_of(client: Client, incident: Any) -> list[str]:
    return [one["kind"] for one in reversed(get(client, f"/incidents/{incident['id']}/timeline")["items"])]


# Opening


def test_numbers_follow_one_another_within_a_year(client: Client) -> None:
    numbers = [opened(client)["number"] for _ in range(3)]
    year, first = numbers[0].split("-")
    assert year == str(local_day().year) and len(first) == 6
    assert [int(one.split("-")[1]) for one in numbers] == [int(first), int(first) + 1, int(first) + 2]


def test_the_same_form_opens_once(client: Client) -> None:
    form = rig.form()
    assert post(client, "/incidents", form, 201)["id"] == post(client, "/incidents", form, 201)["id"]
    assert Incident.objects.count() == 1


def test_another_ones_form_is_not_taken_for_ones_own(world: World, client: Client, traffic: Client) -> None:
    form = rig.form()
    post(client, "/incidents", form, 201)
    assert post(traffic, "/incidents", form | {"agency": "traffic"}, 409)["code"] == "key_used"


def test_what_is_left_out_is_found_where_it_is_known(world: World, client: Client) -> None:
    registry_rig.camera(world, at=f"{World.HOME}.kalyanpur", lat=26.45, lon=80.33)
    made = opened(client, jurisdiction=None, agency=None, kind="fire", severity=None)
    assert made["jurisdiction"]["path"] == f"{World.HOME}.kalyanpur"  # as the nearest camera's
    assert made["agency"]["code"] == "police" and made["severity"] == "critical"
    far = opened(client, jurisdiction=None, lat=None, lon=None)
    assert far["jurisdiction"]["path"] == World.HOME  # the opener's own


def test_one_click_from_an_alarm(client: Client) -> None:
    alarm = alarms_rig.put(incident_kind="crowd")
    made = post(client, "/incidents", {"key": str(uuid.uuid4()), "alarms": [str(alarm.alarm_id)], "take": True}, 201)
    assert (made["kind"]["code"], made["severity"], made["channel"]) == ("crowd", "high", "alarm")
    assert (made["lat"], made["lon"], made["happened_ms"]) == (26.45, 80.33, alarm.first_ms)
    assert made["title"] == "रात में प्रवेश"
    assert [one["id"] for one in made["alarms"]] == [str(alarm.alarm_id)]
    assert made["state"] == "in_hand" and made["in_charge"] == "Asha"
    alarm.refresh_from_db()
    assert (alarm.state, str(alarm.incident_id)) == ("in_incident", made["id"])
    again = {"key": str(uuid.uuid4()), "alarms": [str(alarm.alarm_id)]}
    assert post(client, "/incidents", again, 409)["code"] == "in_incident"
    assert Incident.objects.count() == 1  # and no number was lost
    assert opened(client)["number"][-6:] == f"{int(made['number'][-6:]) + 1:06d}"


def test_an_alarm_out_of_reach_opens_nothing(client: Client) -> None:
    alarm = alarms_rig.put(World.ELSEWHERE)
    post(client, "/incidents", {"key": str(uuid.uuid4()), "alarms": [str(alarm.alarm_id)]}, 404)
    assert not Incident.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [("kind", "dragon"), ("severity", "huge"), ("jurisdiction", "up.nowhere"), ("agency", "navy"), ("lat", 99),
     ("happened_ms", 4_000_000_000_000), ("reporter_phone", "call me"), ("title", "x\x00y"), ("agencies", ["navy"])],
)  # fmt: skip
def test_what_is_wrong_is_told_beside_its_field(client: Client, field: str, value: Any) -> None:
    answer = post(client, "/incidents", rig.form(**{field: value}), 422)
    assert field in answer["fields"] and answer["fields"][field]["hi"]
    assert not Incident.objects.exists()


# The life of one


def test_from_opened_to_closed(client: Client) -> None:
    made = opened(client)
    path = f"/incidents/{made['id']}"
    post(client, f"{path}/resolve", {"version": made["version"], "note": "Done"}, 409)
    taken = post(client, f"{path}/take", {"version": made["version"]})
    assert (taken["state"], taken["in_charge"]) == ("in_hand", "Asha")
    assert post(client, f"{path}/take", {"version": taken["version"]}, 409)["code"] == "state"
    there = post(client, f"{path}/arrived", {"version": taken["version"], "note": "PRV 12"})
    assert there["arrived_ms"]
    done = post(client, f"{path}/resolve", {"version": there["version"], "note": "Both drivers taken to hospital"})
    assert {one["clock"]: one["state"] for one in done["clocks"]} == dict.fromkeys(
        ("in_hand", "arrive", "resolve"), "kept"
    )
    closed = post(client, f"{path}/close", {"version": done["version"], "lessons": "The signal was dark."})
    assert (closed["state"], closed["outcome"]) == ("closed", "handled")
    assert kinds_of(client, made) == ["opened", "taken_in_hand", "arrived", "resolved", "closed"]
    assert get(client, "/incidents")["items"] == []  # what is closed is not in the way
    assert [one["number"] for one in get(client, "/incidents?state=closed")["items"]] == [made["number"]]
    actions = list(AuditEntry.objects.order_by("sequence").values_list("action", flat=True))
    assert actions == [f"incident.{one}" for one in ("open", "take_in_hand", "arrived", "resolve", "close")]


def test_a_false_call_is_closed_at_once_but_says_why(client: Client) -> None:
    alarm = alarms_rig.put()
    made = opened(client, alarms=[str(alarm.alarm_id)])
    path = f"/incidents/{made['id']}/close"
    assert post(client, path, {"version": 1}, 409)["code"] == "not_resolved"
    assert "reason" in post(client, path, {"version": 1, "outcome": "false_call"}, 422)["fields"]
    closed = post(client, path, {"version": 1, "outcome": "false_call", "reason": "A child played"})
    assert {one["state"] for one in closed["clocks"]} == {"stopped"}
    alarm.refresh_from_db()
    assert (alarm.state, alarm.verdict) == ("closed", "false")


def test_reopened_it_has_new_clocks_and_keeps_the_old(world: World, client: Client) -> None:
    made = opened(client)
    path = f"/incidents/{made['id']}"
    closed = post(client, f"{path}/close", {"version": 1, "outcome": "test", "reason": "Exercise"})
    only_works = world.browser(rig.worker(world, "incident.view", "incident.work"))
    post(only_works, f"{path}/reopen", {"version": closed["version"], "reason": "It was real"}, 403)
    again = post(client, f"{path}/reopen", {"version": closed["version"], "reason": "It was real"})
    assert (again["state"], again["reopened"], again["outcome"]) == ("open", 1, "")
    assert [one["round"] for one in again["clocks"]] == [1, 1, 1, 2, 2, 2]
    assert [one["state"] for one in again["clocks"][3:]] == ["running"] * 3


def test_whoever_comes_second_is_shown_what_stands_there_now(client: Client) -> None:
    made = opened(client)
    path = f"/incidents/{made['id']}"
    ask(client, "PATCH", path, {"version": 1, "address": "Opposite the bank"})
    refused = ask(client, "PATCH", path, {"version": 1, "address": "Behind the bank"}, 409)
    assert refused["code"] == "changed"
    assert (refused["present"]["address"], refused["present"]["version"]) == ("Opposite the bank", 2)
    assert Incident.objects.get().address == "Opposite the bank"


def test_another_severity_needs_a_reason_and_sets_the_clocks_anew(client: Client) -> None:
    made = opened(client, severity="medium")
    path = f"/incidents/{made['id']}"
    assert "reason" in ask(client, "PATCH", path, {"version": 1, "severity": "critical"}, 422)["fields"]
    now = ask(client, "PATCH", path, {"version": 1, "severity": "critical", "reason": "A bus is in it"})
    before = {one["clock"]: one["due_ms"] - one["starts_ms"] for one in made["clocks"]}
    after = {one["clock"]: one["due_ms"] - one["starts_ms"] for one in now["clocks"]}
    assert (before["arrive"], after["arrive"]) == (30 * 60_000, 10 * 60_000)
    [entry] = [one for one in get(client, f"{path}/timeline")["items"] if one["kind"] == "edited"]
    assert "Medium → Critical" in entry["said"]["en"] and "मध्यम → अति गंभीर" in entry["said"]["hi"]


# Notes and files


def test_a_note_is_written_once_and_shown_to_all_that_take_part(client: Client, traffic: Client) -> None:
    made = opened(client, agencies=["traffic"])
    path = f"/incidents/{made['id']}"
    photo = client.post(f"{API}/files?name=car.jpg", files_rig.photograph(), "application/octet-stream").json()
    body = {"key": str(uuid.uuid4()), "text": "लाल कार", "files": [photo["id"]], "happened_ms": now_ms() - 60_000}
    assert post(client, f"{path}/notes", body, 201)["id"] == post(client, f"{path}/notes", body, 201)["id"]
    entries = get(traffic, f"{path}/timeline")["items"]
    assert [one["text"] for one in entries if one["kind"] == "note"] == ["लाल कार"]
    assert get(traffic, path)["files"][0]["name"] == "car.jpg"
    assert (
        traffic.get(f"{API}/files/{photo['id']}").status_code == 404
    )  # the vault's own door is the uploader's agency's
    seen = traffic.get(f"{API}{path}/files/{photo['id']}")
    assert seen.status_code == 200 and b"".join(seen.streaming_content)[:2] == b"\xff\xd8"
    assert traffic.get(f"{API}{path}/files/{photo['id']}/thumbnail")["Content-Type"] == "image/jpeg"
    assert get(client, path)["version"] == 1  # a note stands in nobody's way


def test_a_time_line_cannot_be_rewritten(world: World) -> None:
    made = rig.opened(world)
    entry = TimelineEntry.objects.filter(incident=made).first()
    assert entry is not None
    entry.text = "Nothing happened"
    with pytest.raises(Exception, match="append_only"):
        entry.save()


# Agencies


def test_each_agency_that_takes_part_sees_it_and_no_other(world: World, client: Client, traffic: Client) -> None:
    made = opened(client)
    path = f"/incidents/{made['id']}"
    get(traffic, path, 404)
    assert get(traffic, "/incidents")["items"] == []
    more = post(client, f"{path}/agencies", {"version": 1, "agency": "traffic", "note": "Block the road"})
    assert get(traffic, path)["may"] == {"work": True, "lead": False, "supervise": False, "answer_handover": False}
    assert [one["id"] for one in get(traffic, "/incidents")["items"]] == [made["id"]]
    refused = post(traffic, f"{path}/close", {"version": more["version"], "outcome": "test", "reason": "Exercise"}, 403)
    assert refused["code"] == "not_lead"
    gone = post(traffic, f"{path}/agencies/traffic/leave", {"version": more["version"], "reason": "Road is free"})
    assert gone == {"incident": None}
    get(traffic, path, 404)


def test_handed_over_and_accepted(client: Client, traffic: Client) -> None:
    made = opened(client)
    path = f"/incidents/{made['id']}"
    post(client, f"{path}/handover", {"version": 1, "to_agency": "police", "note": "To ourselves"}, 422)
    asked = post(client, f"{path}/handover", {"version": 1, "to_agency": "traffic", "note": "Only a broken signal"})
    assert asked["handover_to"] == "traffic" and asked["agency"]["code"] == "police"
    assert post(client, f"{path}/handover", {"version": 2, "to_agency": "municipal", "note": "Or you"}, 409)
    assert post(client, f"{path}/handover/answer", {"version": 2, "accept": True}, 403)["code"] == "not_yours"
    seen = get(traffic, path)
    assert seen["may"]["answer_handover"]
    now = post(traffic, f"{path}/handover/answer", {"version": 2, "accept": True, "note": "Ours"})["incident"]
    assert (now["agency"]["code"], now["handover_to"]) == ("traffic", None)
    assert [(one["code"], one["part"]) for one in now["parts"]] == [("traffic", "lead"), ("police", "support")]
    assert get(client, path)["may"]["lead"] is False
    assert kinds_of(client, made)[1:] == ["handover_offered", "handover_accepted"]


def test_refused_the_asked_agency_sees_it_no_more(client: Client, traffic: Client) -> None:
    made = opened(client)
    path = f"/incidents/{made['id']}"
    post(client, f"{path}/handover", {"version": 1, "to_agency": "traffic", "note": "Only a broken signal"})
    assert "note" in post(traffic, f"{path}/handover/answer", {"version": 2, "accept": False}, 422)["fields"]
    answer = {"version": 2, "accept": False, "note": "No traffic matter"}
    assert post(traffic, f"{path}/handover/answer", answer) == {"incident": None}
    assert [one["state"] for one in get(client, path)["handovers"]] == ["refused"]
    assert get(client, path)["agencies"] == ["police"]


def test_a_withdrawn_offer_leaves_who_took_part_before(client: Client, traffic: Client) -> None:
    made = opened(client, agencies=["traffic"])
    path = f"/incidents/{made['id']}"
    post(client, f"{path}/handover", {"version": 1, "to_agency": "traffic", "note": "Only a broken signal"})
    post(client, f"{path}/handover/withdraw", {"version": 2, "reason": "Not so"})
    assert get(traffic, path)["handover_to"] is None


def test_every_agency_that_takes_part_is_told(client: Client) -> None:
    OutboxMessage.objects.all().delete()
    opened(client, agencies=["traffic", "municipal"])
    told = [event for one in OutboxMessage.objects.filter(subject="events.incidents")
            for event in events.decode(bytes(one.payload)).events]  # fmt: skip
    assert sorted(one.agency for one in told) == ["municipal", "police", "traffic"]
    assert {(one.type, one.data["what"], one.jurisdiction) for one in told} == {
        ("incident.changed", "opened", World.HOME)
    }


# People, cameras


def test_people_of_the_agencies_that_take_part_can_be_put_to_work(world: World, client: Client) -> None:
    other = rig.worker(world, name="Vikram")
    stranger = rig.worker(world, agency="municipal", name="Meena")
    made = opened(client)
    path = f"/incidents/{made['id']}"
    assert [one["name"] for one in get(client, f"{path}/workers")["items"]] == ["Asha", "Vikram"]
    post(client, f"{path}/people", {"version": 1, "person": str(stranger.id)}, 422)
    now = post(client, f"{path}/people", {"version": 1, "person": str(other.id), "in_charge": True})
    assert now["in_charge"] == "Vikram"
    taken = post(client, f"{path}/take", {"version": 2})
    assert taken["in_charge"] == "Asha" and len(taken["people"]) == 2
    relieved = post(client, f"{path}/people/{other.id}/relieve", {"version": 3})
    assert [one["name"] for one in relieved["people"]] == ["Asha"]
    assert get(client, "/incidents?mine=true")["total"] == 1


def test_cameras_near_it_in_the_readers_scope(world: World, client: Client) -> None:
    near = registry_rig.camera(world, lat=26.4505, lon=80.33)
    nearer = registry_rig.camera(world, lat=26.4502, lon=80.33)
    registry_rig.camera(world, lat=26.48, lon=80.33)  # three kilometres away
    registry_rig.camera(world, lat=26.4501, lon=80.33, at=World.ELSEWHERE)
    made = opened(client)
    found = get(client, f"/incidents/{made['id']}/cameras?within_m=300")["items"]
    assert [(one["id"], one["distance_m"]) for one in found] == [(str(nearer.id), 22), (str(near.id), 56)]
    nowhere = opened(client, lat=None, lon=None)
    assert get(client, f"/incidents/{nowhere['id']}/cameras")["items"] == []


# Lists


def test_filters_counts_and_workbook_tell_of_the_same(client: Client) -> None:
    opened(client, kind="fire", title="Godown burns")
    opened(client, kind="theft", title="मोबाइल चोरी", severity="low")
    closed = opened(client, kind="theft")
    post(client, f"/incidents/{closed['id']}/close", {"version": 1, "outcome": "test", "reason": "Exercise"})
    assert get(client, "/incidents?kind=theft")["total"] == 1
    assert get(client, "/incidents?state=all&kind=theft")["total"] == 2
    assert [one["title"] for one in get(client, "/incidents?q=mobail")["items"]] == ["मोबाइल चोरी"]
    assert get(client, f"/incidents?q={closed['number']}&state=all")["total"] == 1
    assert [one["severity"] for one in get(client, "/incidents?sort=severity")["items"]] == ["critical", "low"]
    assert get(client, "/incidents?sort=due")["items"][0]["kind"]["code"] == "fire"
    counts = get(client, "/incidents/counts?state=all")
    assert counts["by_state"] == {"open": 2, "closed": 1} and counts["by_kind"] == {"fire": 1, "theft": 2}
    assert get(client, "/incidents?state=dream", 422)["fields"]["state"]
    assert len(get(client, "/incidents/map?state=all")["items"]) == 3
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{API}/incidents/export?state=all&language=en").content))
    assert book.active is not None and book.active.max_row >= 5


def test_a_page_takes_as_many_queries_for_two_as_for_twenty(world: World, client: Client) -> None:
    for _ in range(2):
        rig.opened(world)
    with CaptureQueriesContext(connection) as two:
        get(client, "/incidents")
    for _ in range(18):
        rig.opened(world, agencies=["traffic"])
    with CaptureQueriesContext(connection) as twenty:
        assert len(get(client, "/incidents")["items"]) == 20
    assert len(two) == len(twenty) <= 14


def test_pages_follow_without_gap_or_overlap(world: World, client: Client) -> None:
    numbers = {rig.opened(world).number for _ in range(7)}
    seen: list[str] = []
    cursor = ""
    while True:
        page = get(client, f"/incidents?sort=due&limit=3&cursor={cursor}")
        seen += [one["number"] for one in page["items"]]
        if not page["next"]:
            break
        cursor = page["next"]
    assert len(seen) == 7 and set(seen) == numbers


# Reports and kinds


@pytest.mark.parametrize("language", ["hi", "en"])
def test_the_report_is_a_pdf_in_both_languages(client: Client, language: str) -> None:
    made = opened(client, alarms=[str(alarms_rig.put().alarm_id)], description="Two injured")
    answer = client.get(f"{API}/incidents/{made['id']}/report?language={language}")
    assert answer.status_code == 200 and answer.content.startswith(b"%PDF")
    assert made["number"] in answer["Content-Disposition"]


def test_clocks_of_a_kind_hold_from_their_day_on(world: World) -> None:
    chief = world.client("incident.supervise", "incident.view", "incident.work", at="", agency=None)
    limits = {one: {"in_hand": 45, "resolve": 900} for one in ("low", "medium", "high", "critical")}
    body = {"valid_from": str(local_day()), "limits": limits, "source": "Order 12 of the SSP"}
    kinds = post(chief, "/incident-kinds/accident/clocks", body, 201)["items"]
    assert next(one for one in kinds if one["code"] == "accident")["limits"]["high"]["resolve"] == 900
    made = opened(chief, kind="accident")
    assert {one["clock"]: one["due_ms"] - one["starts_ms"] for one in made["clocks"]} == {
        "in_hand": 45_000, "resolve": 900_000
    }  # fmt: skip
    assert post(chief, "/incident-kinds/accident/clocks", body, 409)["code"] == "day_taken"


def test_a_kind_saved_by_another_meanwhile_is_shown(world: World) -> None:
    chief = world.client("incident.supervise", at="", agency=None)
    kind = next(one for one in get(chief, "/incident-kinds")["items"] if one["code"] == "fire")
    body = {"name": {"en": "Fire", "hi": "आग"}, "severity": "critical", "procedure": "fire", "reason": "Shorter",
            "edited_ms": kind["edited_ms"]}  # fmt: skip
    ask(chief, "PUT", "/incident-kinds/fire", body)
    assert ask(chief, "PUT", "/incident-kinds/fire", body, 409)["present"]["name"]["hi"] == "आग"


def test_alarms_are_added_later(client: Client) -> None:
    made, alarm = opened(client), alarms_rig.put()
    now = post(client, f"/incidents/{made['id']}/alarms", {"version": 1, "alarms": [str(alarm.alarm_id)]})
    assert len(now["alarms"]) == 1
    assert AlarmHandling.objects.get().state == "in_incident"
