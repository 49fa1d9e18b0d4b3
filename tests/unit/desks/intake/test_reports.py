"""What citizens report: with a confirmed number, once however often it is sent, and what becomes of it."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

import owners_rig
from files_rig import photograph
from prahari.contracts.events import decode
from prahari.desks.accounts.models import Centre
from prahari.desks.common.models import OutboxMessage, Rule
from prahari.desks.intake.models import CitizenReport
from scope import World

API = "/api/v1"
SQUARE = {"type": "Polygon", "coordinates": [[[80.0, 26.0], [81.0, 26.0], [81.0, 27.0], [80.0, 27.0], [80.0, 26.0]]]}


@pytest.fixture(autouse=True)
def centre(world: World) -> None:
    Centre.objects.get_or_create(id=1)


def _report(**more: Any) -> dict[str, Any]:
    return {"key": str(uuid.uuid4()), "kind": "fire", "words": "दुकान से धुआँ", "lat": 26.4, "lon": 80.3, **more}


def _post(client: Any, body: Any) -> Any:
    return client.post(f"{API}/citizen/reports", body, content_type="application/json")


def test_a_report_is_an_event_with_a_receipt(world: World) -> None:
    from prahari.desks.accounts.models import Jurisdiction

    station = f"{World.HOME}.kalyanpur"
    Jurisdiction.objects.filter(path=station).update(boundary=SQUARE)
    client = owners_rig.browser()
    body = _report()
    answer = _post(client, body)
    assert answer.status_code == 201
    first = answer.json()
    assert first["state"] == "received" and first["number"].startswith("CR-")
    assert _post(client, body).json()["id"] == first["id"]
    assert _post(owners_rig.browser(owners_rig.OTHER), body).status_code == 409
    row = OutboxMessage.objects.get(subject="events.intake")
    [event] = decode(bytes(row.payload)).events
    assert (event.type, event.subject, event.jurisdiction, event.agency) == (
        "citizen.report", first["id"], station, "police",
    )  # fmt: skip
    assert event.data["text"] == "दुकान से धुआँ" and owners_rig.MOBILE not in str(event)
    made = CitizenReport.objects.get()
    assert owners_rig.MOBILE not in made.sealed_mobile


def test_officers_answer_and_the_citizen_reads_it(world: World) -> None:
    citizen = owners_rig.browser()
    made = _post(citizen, _report()).json()
    officer = world.client("incident.view", "incident.work", at=World.CITY)
    [row] = officer.get(f"{API}/citizen-reports").json()["items"]
    assert row["id"] == made["id"] and "mobile" not in str(row)
    answer = {"state": "done", "answer": "Fire brigade was there.", "version": row["version"]}
    path = f"{API}/citizen-reports/{made['id']}/answer"
    assert officer.post(path, answer, content_type="application/json").status_code == 200
    assert officer.post(path, answer, content_type="application/json").status_code == 409
    [own] = citizen.get(f"{API}/citizen/reports").json()["items"]
    assert (own["state"], own["answer"]) == ("done", "Fire brigade was there.")
    assert owners_rig.browser(owners_rig.OTHER).get(f"{API}/citizen/reports").json()["items"] == []


def test_limits_and_kinds_are_rows(world: World) -> None:
    Rule.objects.create(code="citizen_reports_number_day", valid_from="2020-01-01", value=2, created_ms=1)
    client = owners_rig.browser()
    assert _post(client, _report(kind="alien")).json()["fields"]["kind"]["hi"]
    statuses = [_post(client, _report()).status_code for _ in range(3)]
    assert statuses == [201, 201, 429]
    assert _post(owners_rig.browser(owners_rig.OTHER), _report()).status_code == 201
    assert owners_rig.browser(None).get(f"{API}/citizen/start").json()["kinds"][0]["name"]["hi"]


def test_a_photograph_is_its_senders_own(world: World) -> None:
    client = owners_rig.browser()
    assert _post(client, _report(photo=str(uuid.uuid4()))).status_code in (404, 422)
    stored = client.generic(
        "POST", f"{API}/owner/files?kind=image&name=a.jpg", photograph(), content_type="application/octet-stream"
    ).json()["id"]
    assert _post(owners_rig.browser(owners_rig.OTHER), _report(photo=stored)).status_code in (404, 422)
    assert _post(client, _report(photo=stored)).status_code == 201
    assert str(CitizenReport.objects.get().photo_id) == stored
