"""Sources as administrators enter them, and what reaches the intake process."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from django.conf import settings
from django.db import connection
from psycopg.types.json import Jsonb

from prahari.contracts.events import decode, now_ms
from prahari.contracts.happenings import INTAKE_TOLD, SourceRecord, credentials_context
from prahari.contracts.sealing import unseal
from prahari.core.ids import uuid7
from prahari.desks.accounts.models import Jurisdiction
from prahari.desks.audit.models import AuditEntry
from prahari.desks.common.models import OutboxMessage
from prahari.desks.intake.models import EventSource
from prahari.engines.intake.sources import hash_of
from scope import World

API = "/api/v1/intake/sources"
SQUARE = {"type": "Polygon", "coordinates": [[[80.0, 26.0], [81.0, 26.0], [81.0, 27.0], [80.0, 27.0], [80.0, 26.0]]]}


def _new(**more: Any) -> dict[str, Any]:
    return {
        "name": "Panic buttons", "kind": "http", "kinds": ["device.panic"], "jurisdiction": World.HOME,
        "agency": World.AGENCY, "reason": "Agreed with the vendor", **more,
    }  # fmt: skip


def _post(client: Any, path: str, body: Any) -> Any:
    return client.post(API + path, body, content_type="application/json")


def _told() -> SourceRecord | None:
    row = OutboxMessage.objects.filter(subject__startswith="$KV.intake_sources.").order_by("-sequence").first()
    assert row is not None
    return msgspec.json.decode(bytes(row.payload), type=SourceRecord) if not row.headers else None


@pytest.fixture
def client(world: World) -> Any:
    return world.client("intake.manage")


def test_a_key_is_shown_once_and_only_its_hash_is_kept(world: World, client: Any) -> None:
    Jurisdiction.objects.filter(path=World.CITY).update(boundary=SQUARE)
    answer = _post(client, "", _new())
    assert answer.status_code == 201
    key, source = answer.json()["key"], answer.json()["source"]
    assert key not in client.get(API).content.decode() and source["key_hint"] == key[-4:]
    told = _told()
    assert told is not None and told.key_hash == hash_of(key) and told.source_id == source["id"]
    assert told.boundary[0][0][0] == (80.0, 26.0)  # of the city: the zone is not drawn
    assert key not in "".join(str(one.details) for one in AuditEntry.objects.all())
    renewed = _post(client, f"/{source['id']}/key", {"reason": "The old one was lost"}).json()["key"]
    told = _told()
    assert renewed != key and told is not None and told.key_hash == hash_of(renewed)
    assert [one.action for one in AuditEntry.objects.order_by("sequence")] == ["intake.create", "intake.key"]


def test_edits_do_not_overwrite_each_other(client: Any) -> None:
    source = _post(client, "", _new()).json()["source"]
    edit = {"name": "Buttons", "kinds": ["device.door"], "per_minute": 5, "reason": "Other devices", "version": 1}
    first = client.patch(f"{API}/{source['id']}", edit, content_type="application/json")
    assert first.status_code == 200 and first.json()["version"] == 2
    second = client.patch(f"{API}/{source['id']}", edit, content_type="application/json")
    assert second.status_code == 409 and second.json()["present"]["name"] == "Buttons"


def test_one_that_is_switched_off_is_taken_from_the_intake_process(client: Any) -> None:
    source = _post(client, "", _new()).json()["source"]
    off = _post(client, f"/{source['id']}/switch", {"enabled": False, "version": 1, "reason": "Stolen"})
    assert off.json()["enabled"] is False and _told() is None
    _post(client, f"/{source['id']}/switch", {"enabled": True, "version": 2, "reason": "Found again"})
    assert _told() is not None


def test_112_has_an_address_and_sealed_credentials(client: Any) -> None:
    for url in ("", "ftp://x", "http://", "http://user:pw@host/x", "http://[::1", "javascript:alert(1)"):
        assert "url" in _post(client, "", _new(kind="erss", url=url)).json()["fields"]
    answer = _post(client, "", _new(kind="erss", url="https://112.example/api", credentials="t0ken")).json()
    assert answer["key"] == "" and answer["source"]["kinds"] == ["erss.call"] and answer["source"]["has_credentials"]
    told = _told()
    assert told is not None and "t0ken" not in str(answer) and told.kinds == ["erss.call"]
    assert (
        unseal(told.sealed_credentials, settings.CONFIG.sealing_key(), credentials_context(told.source_id)) == "t0ken"
    )
    row = EventSource.objects.get()
    edit = {"name": row.name, "url": row.url, "reason": "Slower", "poll_s": 60, "version": 1}
    client.patch(f"{API}/{row.id}", edit, content_type="application/json")
    assert EventSource.objects.get().sealed_credentials == row.sealed_credentials
    assert _post(client, f"/{row.id}/key", {"reason": "Why not"}).status_code == 409


def test_a_source_hands_in_nothing_of_the_centres_own(client: Any) -> None:
    for kinds in (["alarm.raised"], ["camera.status"], []):
        assert _post(client, "", _new(kinds=kinds)).status_code == 422


def test_a_tracker_names_units(client: Any) -> None:
    unit = str(uuid7())
    _post(client, "", _new(kind="tracker", kinds=[], units={"PCR-7": unit}))
    told = _told()
    assert told is not None and told.units == {"PCR-7": unit} and told.kinds == ["unit.position"]


def test_a_test_event_is_marked(client: Any) -> None:
    source = _post(client, "", _new()).json()["source"]
    event_id = _post(client, f"/{source['id']}/test", {}).json()["event_id"]
    row = OutboxMessage.objects.get(subject="events.intake")
    [event] = decode(bytes(row.payload)).events
    assert (event.id, event.type, event.data["parameters"]) == (event_id, "device.panic", {"test": True})
    assert (event.jurisdiction, event.agency) == (World.HOME, World.AGENCY)


def test_what_came_lately(client: Any) -> None:
    source = _post(client, "", _new()).json()["source"]
    now = now_ms()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS event_intake_test PARTITION OF event DEFAULT")
        for at, taken, refused, trouble in (
            (now - 30 * 3_600_000, 99, {}, ""),
            (now - 3_600_000, 5, {"kind": 2}, "denied"),
            (now, 7, {"kind": 1, "rate": 4}, ""),
        ):
            cursor.execute(
                "INSERT INTO event (id, time_ms, day, type, subject, source, jurisdiction, agency, data) VALUES"
                " (%s, %s, to_timestamp(%s)::date, %s, %s, 'intake', '', '', %s)",
                [uuid7(), at, at // 1000, INTAKE_TOLD, source["id"],
                 Jsonb({"taken": taken, "refused": refused, "last_ms": at, "trouble": trouble})],
            )  # fmt: skip
    [row] = client.get(API).json()["items"]
    assert [(one["taken"], one["refused"]) for one in row["hours"]] == [(5, 2), (7, 5)]
    assert (row["last_ms"], row["refused"], row["trouble"]) == (now, {"kind": 3, "rate": 4}, "")
