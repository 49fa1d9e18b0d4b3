"""Officers: the least rank, who holds what, who answers for a place, who stands above."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from prahari.contracts.clock import local_day
from prahari.desks.audit.models import AuditEntry
from prahari.desks.programme import officers
from prahari.desks.programme.models import Appointment
from prahari.desks.programme.schemas_people import AppointmentRow
from scope import World
from scopes.programme import MANAGE, VIEW, appointed

JSON = "application/json"
API = "/api/v1"
STATION = f"{World.HOME}.kalyanpur"


def appoint(client: Client, world: World, **more: Any) -> Any:
    body = {
        "person_id": str(world.person(at=World.CITY).pk), "rank": "additional_sp", "office": "nodal_officer",
        "jurisdiction": World.CITY, "from_day": str(local_day()), "order_reference": "77/2026",
    } | more  # fmt: skip
    return client.post(f"{API}/appointments", body, content_type=JSON)


@pytest.fixture
def manager(world: World) -> Client:
    return world.client(MANAGE, VIEW, at="", agency=None)


def test_a_nodal_officer_below_the_least_rank_is_refused_with_rule_and_order(world: World, manager: Client) -> None:
    refused = appoint(manager, world, rank="deputy_sp")
    assert refused.status_code == 422, refused.content
    said = refused.json()["fields"]["rank"]
    assert "nodal_least_rank" in said["en"] and "1684/9-9-2023" in said["en"] and "Additional SP" in said["en"]
    assert "अपर पुलिस अधीक्षक" in said["hi"] and "1684/9-9-2023" in said["hi"]
    assert appoint(manager, world, rank="adm").status_code == 201, "a rank of the same level, of another service"
    # The least rank does not bind other offices.
    station = appoint(manager, world, rank="sub_inspector", office="station_officer", jurisdiction=STATION)
    assert station.status_code == 201


def test_the_least_rank_is_dated_data(world: World, manager: Client) -> None:
    rule = {"code": "nodal_least_rank", "value": "deputy_sp", "valid_from": str(local_day()), "source": "Order 9/2026"}
    assert manager.post(f"{API}/rules", rule, content_type=JSON).status_code == 204
    assert appoint(manager, world, rank="deputy_sp").status_code == 201
    before = str(local_day() - dt.timedelta(days=1))
    earlier = appoint(manager, world, rank="deputy_sp", jurisdiction=World.HOME, from_day=before)
    assert earlier.status_code == 422, "the rule of that day counts"
    low = appoint(manager, world, rank="inspector", jurisdiction=World.ELSEWHERE)
    assert "Order 9/2026" in low.json()["fields"]["rank"]["en"]


def test_an_office_is_held_by_one_and_succession_keeps_the_history(world: World, manager: Client) -> None:
    first = appoint(manager, world, from_day="2026-01-01")
    assert first.status_code == 201, first.content
    AppointmentRow.model_validate(first.json())
    held = appoint(manager, world, from_day="2026-03-01")
    assert held.status_code == 409 and held.json()["code"] == "office_held"
    second = appoint(manager, world, from_day="2026-03-01", relieve=True)
    assert second.status_code == 201
    earlier = manager.get(f"{API}/appointments/{first.json()['id']}").json()
    assert earlier["to_day"] == "2026-02-28" and not earlier["standing"]
    assert [one.from_day for one in officers.for_area(World.CITY, day=dt.date(2026, 2, 1))] == [dt.date(2026, 1, 1)]
    listed = manager.get(f"{API}/appointments?standing=true").json()["items"]
    assert [one["id"] for one in listed] == [second.json()["id"]]
    changes = manager.get(f"{API}/appointments/{first.json()['id']}/history").json()["items"]
    assert any(change["field"] == "to_day" for item in changes for change in item["changes"])
    assert AuditEntry.objects.filter(action="officer.appoint").count() == 2


def test_the_database_holds_one_standing_holder(world: World) -> None:
    appointed(world, at=STATION)
    with pytest.raises(IntegrityError), transaction.atomic():
        appointed(world, at=STATION)


def test_an_appointment_outside_ones_area_is_refused(world: World) -> None:
    city = world.client(MANAGE, VIEW, at=World.HOME, agency=None)
    person = str(world.person(at=World.HOME).pk)
    assert appoint(city, world, jurisdiction=World.CITY, person_id=person).status_code == 403
    police = world.client(MANAGE, VIEW, at=World.HOME, agency="police")
    everybody = appoint(police, world, jurisdiction=World.HOME, person_id=person)
    assert everybody.status_code == 403, "an office for every agency is not one agency's to give"
    assert appoint(city, world, jurisdiction=World.HOME, person_id=person).status_code == 201


def test_official_numbers_are_sealed_and_shown_to_nobody(world: World, manager: Client) -> None:
    made = appoint(manager, world, mobile="98390 11111", mail="nodal@kanpur.example")
    assert made.status_code == 201 and made.json()["has_mobile"] and made.json()["has_mail"]
    row = Appointment.objects.get(id=made.json()["id"])
    assert officers.address(row, "mobile") == "98390 11111" and "98390" not in row.sealed_mobile
    everything = (
        manager.get(f"{API}/appointments/{row.id}").content
        + manager.get(f"{API}/appointments/{row.id}/history").content
    )
    # All of it: a few digits of a number may stand in a moment's milliseconds by chance.
    assert b"98390 11111" not in everything and b"9839011111" not in everything and b"kanpur.example" not in everything
    assert "98390" not in str(list(AuditEntry.objects.values_list("details", flat=True)))


def test_stale_edits_and_wrong_days_are_refused(world: World, manager: Client) -> None:
    row = appointed(world, at=STATION, from_day=dt.date(2026, 1, 1))
    path = f"{API}/appointments/{row.id}"
    stale = manager.patch(path, {"rank": "sub_inspector", "edited_ms": 0, "reason": "why not"}, content_type=JSON)
    assert stale.status_code == 409
    early = manager.post(f"{path}/end", {"to_day": "2025-12-31", "reason": "why not"}, content_type=JSON)
    assert early.status_code == 422 and "to_day" in early.json()["fields"]
    done = manager.post(f"{path}/end", {"to_day": "2026-02-01", "reason": "moved"}, content_type=JSON)
    again = manager.post(f"{path}/end", {"to_day": "2026-02-02", "reason": "moved"}, content_type=JSON)
    assert (done.status_code, again.status_code) == (204, 409)


def test_the_chain_climbs_from_the_station_to_the_division(world: World) -> None:
    commissioner = appointed(world, "divisional_commissioner", at="up", agency=None, rank="divisional_commissioner")
    nodal = appointed(world, "nodal_officer", at=World.CITY, agency=None, rank="additional_sp")
    zone = appointed(world, "zone_officer", at=World.HOME, rank="sp")
    station = appointed(world, at=STATION)
    appointed(world, at=World.ELSEWHERE)  # of another zone
    appointed(world, "circle_officer", at=World.HOME, agency="municipal")  # of another agency
    assert officers.for_area(f"{STATION}.post", "police") == [station, zone, nodal, commissioner]
    above = [officers.above(one) for one in (station, zone, nodal, commissioner)]
    assert above == [zone, nodal, commissioner, None]
    Appointment.objects.filter(id=zone.id).update(to_day=local_day() - dt.timedelta(days=1))
    assert officers.above(station) == nodal, "an office that nobody holds is passed over"
    assert officers.reporting() == [nodal]


def test_licensing_authorities_answer_for_their_classes(world: World) -> None:
    station = appointed(world, at=STATION)
    assert officers.for_owner_class(STATION, "liquor_shop", "police") == [station], "nobody holds the office yet"
    excise = appointed(world, "excise_officer", at=World.CITY, agency=None, rank="district_excise_officer")
    assert officers.for_owner_class(STATION, "liquor_shop", "police") == [excise]
    assert officers.for_owner_class(STATION, "shop", "police") == [station]
    client = world.client(VIEW)
    answer = client.get(f"{API}/answerable?jurisdiction={STATION}&agency=police&owner_class=liquor_shop").json()
    assert [one["id"] for one in answer["items"]] == [str(excise.id), str(station.id)]


def test_officers_above_ones_area_are_seen_those_beside_it_not(world: World) -> None:
    nodal = appointed(world, "nodal_officer", at=World.CITY, agency=None, rank="additional_sp")
    beside = appointed(world, at=World.ELSEWHERE)
    client = world.client(VIEW, at=STATION)
    seen = [one["id"] for one in client.get(f"{API}/appointments").json()["items"]]
    assert str(nodal.id) in seen and str(beside.id) not in seen


def test_ranks_and_holidays_need_the_whole_centre(world: World, manager: Client) -> None:
    rank = {"code": "dig", "name": {"en": "DIG", "hi": "पुलिस उप महानिरीक्षक"}, "level": 85, "service": "police"}
    local = world.client(MANAGE, at=World.CITY, agency=None)
    assert local.post(f"{API}/ranks", rank, content_type=JSON).status_code == 403
    assert manager.post(f"{API}/ranks", rank, content_type=JSON).status_code == 201
    assert manager.post(f"{API}/ranks", rank, content_type=JSON).json()["code"] == "code_taken"
    day = {"day": "2026-11-08", "name": {"en": "Diwali", "hi": "दीपावली"}}
    assert manager.post(f"{API}/holidays", day, content_type=JSON).status_code == 204
    assert manager.post(f"{API}/holidays", day, content_type=JSON).json()["code"] == "day_taken"
