"""Officers and citizens' reports: found by filters, answered by two at once, made an incident of."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

import alarms_rig
import citizens_rig
import incidents_rig
from prahari.contracts.events import CITIZEN_REPORT_CHANGED, decode
from prahari.desks.accounts.models import Centre
from prahari.desks.alarms.models import AlarmHandling
from prahari.desks.audit.models import AuditEntry
from prahari.desks.common.models import OutboxMessage
from prahari.desks.incidents.models import Incident
from prahari.desks.intake.models import CitizenReport
from scope import World

PATH = "/api/v1/citizen-reports"
JSON = "application/json"
RIGHTS = ("incident.view", "incident.work", "alarm.view", "alarm.work")


@pytest.fixture(autouse=True)
def centre(world: World) -> None:
    Centre.objects.get_or_create(id=1)


def post(client: Any, report: CitizenReport, what: str, body: dict[str, Any]) -> Any:
    return client.post(f"{PATH}/{report.id}/{what}", body, content_type=JSON)


def form(**more: Any) -> dict[str, Any]:
    return {"key": str(uuid.uuid4()), "kind": "fire", "agency": World.AGENCY} | more


def alarm_of(report: CitizenReport, **more: Any) -> AlarmHandling:
    fields = {"type": "citizen.report", "events": [str(report.id)], "group_key": str(report.id)}
    return alarms_rig.put(at_ms=report.created_ms, **(fields | more))


def told() -> list[tuple[str, str]]:
    batches = [decode(bytes(one.payload)) for one in OutboxMessage.objects.filter(subject="events.citizen_reports")]
    events = [event for batch in batches for event in batch.events]
    assert {event.type for event in events} <= {CITIZEN_REPORT_CHANGED}
    return [(event.subject, event.data["what"]) for event in events]


def test_reports_are_found_by_words_state_kind_and_place(world: World) -> None:
    fire = citizens_rig.report(world, created_ms=3_000)
    lamp = citizens_rig.report(
        world, kind="street_light", words="Lamp dark since Monday", state="done", created_ms=2_000
    )
    far = citizens_rig.report(world, jurisdiction_path=World.ELSEWHERE, created_ms=1_000)
    client = world.client("incident.view", at=World.CITY)

    def numbers(**query: str) -> list[str]:
        return [one["number"] for one in client.get(PATH, query).json()["items"]]

    assert numbers() == [fire.number, lamp.number, far.number]
    for asked in ("golghar chauraha", "गोलघर", "dhuan", "धुआं"):
        assert numbers(q=asked) == [fire.number, far.number], asked
    assert numbers(q=lamp.number) == numbers(q=lamp.number.rpartition("-")[2].lstrip("0")) == [lamp.number]
    assert numbers(q="?!") == []
    assert numbers(state="done") == numbers(kind="street_light") == [lamp.number]
    assert numbers(state="received,done", area=World.HOME) == [fire.number, lamp.number]
    assert client.get(PATH, {"state": "gone"}).status_code == 422
    counts = client.get(f"{PATH}/counts", {"kind": "fire"}).json()
    assert counts["by_state"] == {"received": 2, "in_hand": 0, "done": 0, "not_ours": 0}
    by_kind = {one["code"]: one["number"] for one in counts["kinds"]}
    assert (by_kind["fire"], by_kind["street_light"], by_kind["accident"]) == (2, 1, 0)


def test_who_answers_second_sees_what_the_first_wrote(world: World) -> None:
    report = citizens_rig.report(world)
    asha, imran = world.client(*RIGHTS), world.client(*RIGHTS)
    seen = asha.get(f"{PATH}/{report.id}").json()
    assert seen["told"] == [] and seen["may"] == {"answer": True}
    first = {"state": "in_hand", "answer": "A patrol is on its way.", "version": seen["version"]}
    now = post(asha, report, "answer", first).json()
    assert [(one["state"], one["answer"]) for one in now["told"]] == [("in_hand", "A patrol is on its way.")]
    late = {"state": "not_ours", "answer": "Call the municipality.", "version": seen["version"]}
    refused = post(imran, report, "answer", late)
    assert refused.status_code == 409
    present = refused.json()["present"]
    assert (present["answer"], present["told"][0]["by"]) == ("A patrol is on its way.", now["told"][0]["by"])
    again = post(imran, report, "answer", late | {"version": present["version"]}).json()
    assert [one["answer"] for one in again["told"]] == ["Call the municipality.", "A patrol is on its way."]
    assert told() == [(str(report.id), "answered")] * 2
    entry = AuditEntry.objects.filter(action="citizen.answer").latest("sequence")
    assert (entry.object_name, entry.details) == (report.number, {"state": "not_ours"})


def test_an_incident_takes_over_what_the_report_says_with_its_alarm(world: World) -> None:
    report = citizens_rig.report(world)
    alarm, other = alarm_of(report), alarms_rig.put()
    client = world.client(*RIGHTS)
    [shown] = client.get(f"{PATH}/{report.id}").json()["alarms"]
    assert (shown["id"], shown["state"]) == (str(alarm.alarm_id), "new")
    body = form(lat=report.lat, lon=report.lon)
    made = post(client, report, "incident", body)
    assert made.status_code == 201
    incident = Incident.objects.get()
    assert (incident.channel, incident.happened_ms, incident.jurisdiction_path) == (
        "citizen", report.created_ms, World.HOME,
    )  # fmt: skip
    alarm.refresh_from_db()
    other.refresh_from_db()
    assert (alarm.incident_id, alarm.state, other.state) == (incident.id, "in_incident", "new")
    shown = client.get(f"{PATH}/{report.id}").json()["incident"]
    assert shown == {"id": str(incident.id), "number": incident.number, "state": "open"}
    [row] = client.get(PATH, {"incident": str(incident.id)}).json()["items"]
    assert row["id"] == str(report.id)
    # The same form again is the same incident; another one is refused, and leaves nothing behind.
    assert post(client, report, "incident", body).json()["id"] == str(incident.id)
    refused = post(client, report, "incident", form())
    assert (refused.status_code, refused.json()["code"]) == (409, "has_incident")
    assert Incident.objects.count() == 1
    assert AuditEntry.objects.filter(action="citizen.incident", object_id=str(report.id)).count() == 2


def test_opened_from_its_alarm_the_report_leads_to_the_incident_too(world: World) -> None:
    report = citizens_rig.report(world)
    alarm = alarm_of(report)
    person = incidents_rig.worker(world)
    client = world.browser(person)
    made = client.post("/api/v1/incidents", form(alarms=[str(alarm.alarm_id)]), content_type=JSON).json()
    assert client.get(f"{PATH}/{report.id}").json()["incident"]["number"] == made["number"]
    assert told() == [(str(report.id), "incident")]


def test_an_incident_out_of_reach_is_named_but_not_opened(world: World) -> None:
    incident = incidents_rig.opened(world, jurisdiction=World.ELSEWHERE)
    report = citizens_rig.report(world, incident_id=incident.id)
    found = world.client("incident.view").get(f"{PATH}/{report.id}").json()
    assert found["incident"] == {"id": None, "number": incident.number, "state": ""}
    assert found["may"] == {"answer": False}


def test_alarms_are_for_who_sees_alarms(world: World) -> None:
    report = citizens_rig.report(world)
    alarm_of(report)
    alarm_of(citizens_rig.report(world))
    assert world.client("incident.view").get(f"{PATH}/{report.id}").json()["alarms"] == []
    assert len(world.client("incident.view", "alarm.view").get(f"{PATH}/{report.id}").json()["alarms"]) == 1


def test_the_number_is_told_for_a_reason_that_is_kept(world: World) -> None:
    report = citizens_rig.report(world)
    client = world.client(*RIGHTS)
    assert citizens_rig.MOBILE[3:] not in client.get(f"{PATH}/{report.id}").content.decode()
    assert post(client, report, "number", {"reason": ""}).status_code == 422
    assert not AuditEntry.objects.filter(action="citizen.number").exists()
    answer = post(client, report, "number", {"reason": "Which of the two lanes is it?"})
    assert answer.json() == {"mobile": citizens_rig.MOBILE}
    entry = AuditEntry.objects.get(action="citizen.number")
    assert (entry.object_name, entry.reason) == (report.number, "Which of the two lanes is it?")
    assert citizens_rig.MOBILE not in str(entry.details)
