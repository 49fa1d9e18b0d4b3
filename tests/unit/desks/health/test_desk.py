"""The health desk through its doors: what is ill, seeing to it, uptime, maintenance, penalties."""

from __future__ import annotations

import datetime as dt
import io
import uuid
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client

import devices_rig
import registry_rig
from prahari.contracts.clock import IST, local_day, start_of_day_ms
from prahari.contracts.events import now_ms
from prahari.contracts.health import HEALTH_LIMITS, HealthKind
from prahari.desks.accounts.models import Jurisdiction
from prahari.desks.audit.models import AuditEntry
from prahari.desks.common.models import Rule
from prahari.desks.health import rules, uptime
from prahari.desks.health.models import Agreement, Episode, EpisodeNote, UptimeDay
from prahari.desks.registry.models import Camera
from scope import World

API = "/api/v1"
HOUR_MS = 3_600_000
pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def client(world: World) -> Client:
    return world.client("camera.view", "health.work", "camera.export", "service_level.view", "service_level.edit")


def ill(camera: Camera, kind: str = "covered", *, ago_s: int = 600, for_s: int | None = None, **more: Any) -> Episode:
    start_ms = now_ms() - ago_s * 1000
    end_ms = None if for_s is None else start_ms + for_s * 1000
    fields = {"cause": "", "value": 90.0, "limit": 70.0, **more}
    return Episode.objects.create(id=uuid.uuid4(), camera=camera, kind=kind, start_ms=start_ms, end_ms=end_ms, **fields)


def told(camera: Camera, at_ms: int, status: str) -> None:
    """What the event log would have written."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS event_default PARTITION OF event DEFAULT")
        day = dt.datetime.fromtimestamp(at_ms / 1000, dt.UTC).date()
        cursor.execute(
            "INSERT INTO event (id, time_ms, day, type, subject, source, jurisdiction, agency, data) VALUES"
            " (%s, %s, %s, 'camera.status', %s, 'media-0', '', '', jsonb_build_object('status', %s::text))",
            [uuid.uuid4(), at_ms, day, str(camera.id), status],
        )


def get(client: Client, path: str) -> Any:
    answer = client.get(API + path)
    assert answer.status_code == 200, answer.content[:500]
    return answer.json()


def post(client: Client, path: str, body: dict[str, Any], status: int = 200) -> Any:
    answer = client.post(API + path, body, content_type="application/json")
    assert answer.status_code == status, answer.content[:500]
    return answer.json()


# What is ill


def test_one_router_down_is_one_row_and_the_rest_stands_alone(world: World, client: Client) -> None:
    junction = registry_rig.site(world)
    cameras = [registry_rig.camera(world, site=junction) for _ in range(4)]
    for number, camera in enumerate(cameras[:3]):
        ill(camera, "offline", ago_s=900 - 30 * number, cause="unreachable")
    ill(cameras[3], "offline", ago_s=850, for_s=200, cause="unreachable")  # is back
    alone = registry_rig.camera(world)
    ill(alone, "frame_rate", ago_s=4000)
    ill(alone, "tampered", ago_s=60, cause="covered")
    body = get(client, "/camera-health/now")
    assert [(one["cameras"], one["still_down"], one["place"]["kind"]) for one in body["outages"]] == [(4, 3, "site")]
    assert body["outages"][0]["reason"] == "unreachable"
    assert [one["kind"] for one in body["episodes"]] == ["tampered", "frame_rate"]  # severest first
    assert body["counts"] == {"offline": 3, "frame_rate": 1, "tampered": 1}
    assert body["cameras"] == 4
    only = get(client, "/camera-health/now?kind=frame_rate")
    assert only["outages"] == [] and len(only["episodes"]) == 1
    assert client.get(f"{API}/camera-health/now?kind=ghost").status_code == 422


def test_what_hangs_on_one_recorder_is_told_as_the_recorder_s(world: World, client: Client) -> None:
    place = registry_rig.premises(world)
    recorder = devices_rig.device(world, premises=place, name="Recorder in the shop")
    cameras = [registry_rig.camera(world, premises=place) for _ in range(3)]
    for number, camera in enumerate(cameras, 1):
        devices_rig.channel(world, of=recorder, number=number, camera=camera)
    ill(cameras[0], "offline", ago_s=900)
    ill(cameras[1], "offline", ago_s=890)
    [outage] = get(client, "/camera-health/now")["outages"]
    assert outage["place"] == {
        "kind": "device",
        "id": str(recorder.id),
        "name": {"en": "Recorder in the shop", "hi": "Recorder in the shop"},
    }
    # A neighbour of the same premises without that recorder: the fault lies before it, and it is the same outage.
    ill(registry_rig.camera(world, premises=place), "offline", ago_s=880)
    [wider] = get(client, "/camera-health/now")["outages"]
    assert (wider["place"]["kind"], wider["id"], wider["cameras"]) == ("premises", outage["id"], 3)


def test_a_recorder_with_cameras_at_several_sites_is_one_row(world: World, client: Client) -> None:
    place = registry_rig.premises(world)
    recorder = devices_rig.device(world, premises=place)
    for number in (1, 2):
        camera = registry_rig.camera(world, premises=place, site=registry_rig.site(world))
        devices_rig.channel(world, of=recorder, number=number, camera=camera)
        ill(camera, "offline", ago_s=900)
    single = devices_rig.channel(world)  # a camera that is its own device
    ill(single.camera, "offline", ago_s=900)
    body = get(client, "/camera-health/now")
    assert [one["place"]["id"] for one in body["outages"]] == [str(recorder.id)]
    assert [one["camera"]["id"] for one in body["episodes"]] == [str(single.camera_id)]


def test_acknowledging_notes_who_and_why_with_one_audit_entry(world: World, client: Client) -> None:
    first, second = ill(registry_rig.camera(world), "offline"), ill(registry_rig.camera(world), "offline")
    body = {"episode_ids": [str(first.id), str(second.id)], "cause": "power", "note": "Transformer burnt"}
    assert len(post(client, "/camera-health/acknowledge", body)["items"]) == 2
    listed = get(client, "/camera-health/now?acknowledged=true")["episodes"]
    assert {one["note"]["cause"] for one in listed} == {"power"} and listed[0]["note"]["by"]
    assert AuditEntry.objects.filter(action="health.acknowledge").count() == 1
    post(client, "/camera-health/acknowledge", {"episode_ids": [str(first.id)], "cause": "network"})
    assert EpisodeNote.objects.get(episode_id=first.id).cause == "network"


def test_nothing_is_acknowledged_when_one_is_out_of_reach(world: World, client: Client) -> None:
    here, there = ill(registry_rig.camera(world)), ill(registry_rig.camera(world, at=World.ELSEWHERE))
    post(client, "/camera-health/acknowledge", {"episode_ids": [str(here.id), str(there.id)]}, 404)
    assert not EpisodeNote.objects.exists()
    assert [one["id"] for one in get(client, "/camera-health/now")["episodes"]] == [str(here.id)]


def test_a_cameras_episodes_of_the_last_days(world: World, client: Client) -> None:
    camera = registry_rig.camera(world)
    ill(camera, "blurred", ago_s=86_400, for_s=600, reference_ms=5)
    ill(camera, "offline", ago_s=60 * 86_400, for_s=600)
    body = get(client, f"/cameras/{camera.id}/health")
    assert [(one["kind"], one["reference_ms"]) for one in body["episodes"]] == [("blurred", 5)]
    assert body["may_work"]
    assert len(get(client, f"/cameras/{camera.id}/health?from_ms=0")["episodes"]) == 2


# Uptime


def a_day_of(camera: Camera, day: dt.date, *changes: tuple[float, str]) -> None:
    for hour, status in changes:
        told(camera, start_of_day_ms(day) + int(hour * HOUR_MS), status)


def test_days_are_stored_once_they_are_over(world: World, client: Client) -> None:
    shop = registry_rig.camera(world, make="Acme")
    day = local_day() - dt.timedelta(days=3)
    a_day_of(shop, day, (0, "live"), (6, "offline"), (12, "live"), (18, "no_consent"))
    assert uptime.keep_up() == 3
    assert uptime.keep_up() == 0
    row = UptimeDay.objects.get(camera=shop, day=day)
    hours = [value / HOUR_MS for value in (row.up_ms, row.down_ms, row.closed_ms)]
    assert hours == [12, 6, 6] and row.outages == 1 and row.last_status == "no_consent"
    next_day = UptimeDay.objects.get(camera=shop, day=day + dt.timedelta(days=1))
    assert next_day.closed_ms == 24 * HOUR_MS and next_day.up_ms == next_day.down_ms == 0
    first = day.isoformat()
    table = get(client, f"/camera-health/uptime?by=make&first={first}&last={first}")
    assert [(one["name"]["en"], one["pct"], one["cameras"]) for one in table["rows"]] == [("Acme", 66.667, 1)]
    assert table["rows"][0]["days"] == [{"day": first, "pct": 66.667, "down_ms": 6 * HOUR_MS, "outages": 1}]


@pytest.mark.parametrize("by", ["camera", "premises", "site", "owner_class", "make", "link", "district", "agency"])
def test_uptime_by_everything(world: World, client: Client, by: str) -> None:
    camera = registry_rig.camera(world, link_type="fibre", site=registry_rig.site(world))
    a_day_of(camera, local_day() - dt.timedelta(days=1), (0, "live"))
    registry_rig.camera(world)  # nothing is known of it
    table = get(client, f"/camera-health/uptime?by={by}")
    assert [(one["pct"], one["cameras"]) for one in table["rows"]] == [(100.0, 1)]
    assert table["rows"][0]["name"]["hi"]
    assert table["total"]["cameras"] == 1


def test_today_counts_up_to_now(world: World, client: Client) -> None:
    camera = registry_rig.camera(world)
    told(camera, now_ms() - 60_000, "live")
    total = get(client, "/camera-health/uptime?by=camera")["total"]
    assert total["pct"] == 100 and 0 < total["due_ms"] <= 65_000


def test_maintenance_entered_afterwards_changes_what_was_stored(
    world: World, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    camera = registry_rig.camera(world)
    day = local_day() - dt.timedelta(days=2)
    a_day_of(camera, day, (0, "live"), (6, "offline"), (12, "live"))
    uptime.keep_up()
    begin = start_of_day_ms(day) + 6 * HOUR_MS
    form = {"camera": str(camera.id), "from_ms": begin, "to_ms": begin + 4 * HOUR_MS, "why": "New pole"}
    made = post(client, "/maintenance-windows", form, 201)
    assert made["of"] == "camera" and made["by"]
    uptime.store_again((begin, begin + 4 * HOUR_MS))  # the task that the action asked for
    row = UptimeDay.objects.get(camera=camera, day=day)
    assert (row.down_ms, row.maintenance_ms, row.up_ms) == (2 * HOUR_MS, 4 * HOUR_MS, 18 * HOUR_MS)
    assert AuditEntry.objects.filter(action="health.announce_maintenance").exists()


def test_maintenance_of_an_area_covers_its_cameras_and_can_end_early(world: World, client: Client) -> None:
    camera, other = registry_rig.camera(world), registry_rig.camera(world, at=World.ELSEWHERE)
    at = now_ms()
    for one in (camera, other):
        told(one, at - 2 * HOUR_MS, "offline")
    form = {"area": World.HOME, "agency": World.AGENCY, "from_ms": at - HOUR_MS, "to_ms": at + HOUR_MS, "why": "Works"}
    made = post(client, "/maintenance-windows", form, 201)
    found = uptime.measure(local_day(), [camera.id, other.id])
    assert found[camera.id].maintenance_ms > 0 and found[other.id].maintenance_ms == 0
    post(client, f"/maintenance-windows/{made['id']}/end", {"reason": "Done early"})
    post(client, f"/maintenance-windows/{made['id']}/end", {"reason": "Again"}, 409)
    assert get(client, "/maintenance-windows?current=true")["items"] == []
    assert len(get(client, "/maintenance-windows")["items"]) == 1


@pytest.mark.parametrize("change", [{"to_ms": 1}, {"camera": str(uuid.uuid4())}, {"area": None}])
def test_maintenance_of_nothing_or_of_two_things_is_refused(
    world: World, client: Client, change: dict[str, Any]
) -> None:
    at = now_ms()
    form = {"area": World.HOME, "agency": World.AGENCY, "from_ms": at, "to_ms": at + 1000, "why": "Works"}
    post(client, "/maintenance-windows", form | change, 422)


# Service levels


def make_agreement(client: Client, **more: Any) -> dict[str, Any]:
    form = {
        "provider": "Net Carrier", "reference": "WO/7", "jurisdiction": World.HOME, "agency": World.AGENCY,
        "uptime_pct": 99, "response_minutes": 30, "repair_minutes": 120, "monthly_fee_inr": 100_000,
        "steps": [{"below_pct": 95, "penalty_pct": 5}, {"below_pct": 99, "penalty_pct": 2}], "late_pct_each": 0.5,
        "most_pct": 6, "valid_from": "2026-01-01", "reason": "Work order",
    } | more  # fmt: skip
    return dict(post(client, "/service-agreements", form, 201))


def test_a_months_penalty_can_be_followed_to_its_rows(world: World, client: Client) -> None:
    made = make_agreement(client, make="acme")
    good, bad = registry_rig.camera(world, make="Acme"), registry_rig.camera(world, make="ACME")
    registry_rig.camera(world, make="Other")
    begin = start_of_day_ms(dt.date(2026, 3, 1))
    for camera in (good, bad):
        told(camera, begin, "live")
    told(bad, begin + 48 * HOUR_MS, "offline")
    told(bad, begin + 120 * HOUR_MS, "live")
    for day in range(31):
        uptime.store(dt.date(2026, 3, 1) + dt.timedelta(days=day))
    Episode.objects.create(id=uuid.uuid4(), camera=bad, kind="offline", cause="unreachable",
                           start_ms=begin + 48 * HOUR_MS, end_ms=begin + 120 * HOUR_MS)  # fmt: skip
    month = get(client, f"/service-agreements/{made['id']}/month?month=2026-03")
    hours = 31 * 24
    assert month["total"]["pct"] == pytest.approx(100 * (2 * hours - 72) / (2 * hours), abs=0.001)
    assert [one["down_ms"] / HOUR_MS for one in month["cameras"]] == [72, 0]
    assert (month["kept"], month["step"]["below_pct"], month["uptime_penalty_pct"]) == (False, 99, 2)
    assert [(one["minutes"], one["late"], one["late_response"]) for one in month["repairs"]] == [(72 * 60, True, True)]
    assert (month["penalty_pct"], month["penalty_inr"], month["final"]) == (2.5, 2500, True)
    book = client.get(f"{API}/service-agreements/{made['id']}/month/export?month=2026-03&format=xlsx&language=en")
    sheets = openpyxl.load_workbook(io.BytesIO(book.content))
    assert "Cameras" in sheets.sheetnames and len(sheets.sheetnames) == 4
    for language in ("hi", "en"):
        paper = client.get(f"{API}/service-agreements/{made['id']}/month/export?month=2026-03&language={language}")
        assert paper.status_code == 200 and paper.content.startswith(b"%PDF")
    assert AuditEntry.objects.filter(action="service_level.export").count() == 3


def test_what_the_owner_caused_is_no_late_repair(world: World, client: Client) -> None:
    made = make_agreement(client)
    episode = ill(registry_rig.camera(world), "offline", ago_s=10 * 3600, for_s=9 * 3600)
    path = f"/service-agreements/{made['id']}/month?month={local_day(episode.end_ms).strftime('%Y-%m')}"
    assert get(client, path)["late_repairs"] == 1
    post(client, "/camera-health/acknowledge", {"episode_ids": [str(episode.id)], "cause": "owner"})
    assert get(client, path)["late_repairs"] == 0


def test_terms_are_superseded_never_edited(world: World, client: Client) -> None:
    made = make_agreement(client)
    terms = {
        "uptime_pct": 98, "response_minutes": 30, "repair_minutes": 120, "monthly_fee_inr": 90_000, "steps": [],
        "valid_from": "2026-06-01", "reason": "Renewed",
    }  # fmt: skip
    later = post(client, f"/service-agreements/{made['id']}/supersede", terms, 201)
    assert later["supersedes"] == made["id"]
    earlier = Agreement.objects.get(id=made["id"])
    assert str(earlier.valid_to) == "2026-05-31" and float(earlier.uptime_pct) == 99
    post(client, f"/service-agreements/{made['id']}/supersede", terms, 409)
    assert [one["id"] for one in get(client, "/service-agreements")["items"]] == [later["id"]]
    assert len(get(client, "/service-agreements?past=true")["items"]) == 2
    assert client.get(f"{API}/service-agreements/{made['id']}/month?month=2026-08").status_code == 422
    assert client.get(f"{API}/service-agreements/{made['id']}/month?month=soon").status_code == 422


@pytest.mark.parametrize(
    "steps",
    [
        [{"below_pct": 99, "penalty_pct": 5}, {"below_pct": 95, "penalty_pct": 2}],
        [{"below_pct": 99.9, "penalty_pct": 1}],
    ],
)
def test_steps_that_make_no_sense_are_refused(world: World, client: Client, steps: list[dict[str, float]]) -> None:
    form = {
        "provider": "V", "reference": "W", "jurisdiction": World.HOME, "agency": World.AGENCY, "uptime_pct": 99,
        "response_minutes": 1, "repair_minutes": 1, "monthly_fee_inr": 1, "steps": steps, "valid_from": "2026-01-01",
        "reason": "Work order",
    }  # fmt: skip
    post(client, "/service-agreements", form, 422)


# Rules


def test_limits_are_dated_rules() -> None:
    assert rules.settings().limits == HEALTH_LIMITS
    code = rules.code(HealthKind.COVERED, rules.LIMIT)
    Rule.objects.create(code=code, value=55, valid_from=local_day(), source="Order 5", created_ms=now_ms())
    Rule.objects.create(code=code, value=10, valid_from=local_day() + dt.timedelta(days=1), source="Order 6",
                        created_ms=now_ms())  # fmt: skip
    assert rules.settings().of(HealthKind.COVERED).limit == 55
    assert rules.settings().of(HealthKind.BLACK).limit == HEALTH_LIMITS[HealthKind.BLACK].limit


def test_the_uptime_workbook_holds_what_is_shown(world: World, client: Client) -> None:
    a_day_of(registry_rig.camera(world), local_day() - dt.timedelta(days=1), (0, "live"))
    answer = client.get(f"{API}/camera-health/uptime/export?by=camera&language=en")
    assert openpyxl.load_workbook(io.BytesIO(answer.content)).sheetnames == ["Uptime", "Days"]
    assert AuditEntry.objects.filter(action="health.export_uptime").exists()
    assert Jurisdiction.objects.filter(path=World.HOME).exists() and IST.utcoffset(None) == dt.timedelta(minutes=330)
