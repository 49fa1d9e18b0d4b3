"""Cameras through HTTP: entering, listing, narrowing, changing, retiring, what the database itself refuses."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from django.db import IntegrityError, transaction
from django.test import Client

import registry_rig as rig
from prahari.contracts.events import now_ms
from prahari.desks.accounts.actions import set_centre
from prahari.desks.accounts.models import Agency, Jurisdiction
from prahari.desks.audit.models import AuditEntry
from prahari.desks.common.models import OutboxMessage
from prahari.desks.registry import schemas, totals
from prahari.desks.registry.models import Camera, CameraCredential, Department, OwnerClass, Premises
from scope import World

JSON = "application/json"
ALL = ("camera.view", "camera.edit", "registry.view", "registry.edit", "consent.manage", "camera.export")


def form(world: World, **more: Any) -> dict[str, Any]:
    return {
        "name": {"en": "Gate 1", "hi": "द्वार 1"}, "premises": str(rig.premises(world).pk), "placement": "entry",
        "kind": "fixed", "lat": 26.45, "lon": 80.33, "url": "rtsp://10.0.0.9/1",
    } | more  # fmt: skip


def post(client: Client, path: str, body: Any) -> Any:
    return client.post(f"/api/v1{path}", body, content_type=JSON)


def patch(client: Client, path: str, body: Any) -> Any:
    return client.patch(f"/api/v1{path}", body, content_type=JSON)


def ids(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.content
    return [item["id"] for item in answer.json()["items"]]


def test_a_new_camera_is_listed_with_history_audit_event_and_plan(world: World) -> None:
    client = world.client(*ALL)
    made = post(client, "/cameras", form(world, username=rig.USERNAME, password=rig.PASSWORD))
    assert made.status_code == 201, made.content
    camera = made.json()
    schemas.CameraDetail.model_validate(camera)
    assert camera["has_credentials"] and camera["url"] == "rtsp://10.0.0.9/1" and camera["status"] == "unknown"
    assert camera["owner_class"]["code"] == "shop" and camera["jurisdiction"]["path"] == World.HOME
    listed = client.get("/api/v1/cameras").json()
    schemas.CameraPage.model_validate(listed)
    assert [item["id"] for item in listed["items"]] == [camera["id"]] and listed["total"] == 1
    history = client.get(f"/api/v1/cameras/{camera['id']}/history").json()["items"]
    assert history[0]["action"] == "camera.create" and history[0]["who"]["name"]
    assert AuditEntry.objects.filter(action="camera.create", object_id=camera["id"]).exists()
    subjects = list(OutboxMessage.objects.order_by("sequence").values_list("subject", flat=True))
    assert subjects.count(f"$KV.camera_plans.{camera['id']}") == 1 and "events.registry" in subjects


def test_credentials_inside_the_address_are_taken_out_and_sealed(world: World) -> None:
    client = world.client(*ALL)
    made = post(
        client, "/cameras", form(world, url=f"rtsp://{rig.USERNAME}:{rig.PASSWORD}@cam.local:8554/a?b=c")
    ).json()
    assert made["url"] == "rtsp://cam.local:8554/a?b=c"
    assert rig.PASSWORD not in CameraCredential.objects.get(camera_id=made["id"]).sealed


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"url": "ftp://10.0.0.1/"}, "url"),
        ({"url": "rtsp:///nowhere"}, "url"),
        ({"url": "rtsp://10.0.0.1:99999/"}, "url"),
        ({"url": "rtsp://10.0.0.1/a b"}, "url"),
        ({"lat": 91}, "lat"),
        ({"lat": None}, "lat"),
        ({"bearing_deg": 360}, "bearing_deg"),
        ({"kind": "drone"}, "kind"),
        ({"owner_class": "dragon"}, "owner_class"),
        ({"premises": "00000000-0000-7000-8000-000000000000"}, "premises"),
        ({"jurisdiction": "nowhere"}, "jurisdiction"),
        ({"ward": World.HOME}, "ward"),
        ({"colour": "red"}, "colour"),
        ({"name": {"en": "", "hi": "x"}}, "name.en"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field(world: World, change: dict[str, Any], field: str) -> None:
    answer = post(world.client(*ALL), "/cameras", form(world, **change))
    assert answer.status_code == 422, answer.content
    assert set(answer.json()["fields"]) == {field}
    assert all(answer.json()["fields"][field][language] for language in ("en", "hi"))
    assert not Camera.objects.exists() and not OutboxMessage.objects.exists()


def test_a_position_outside_the_city_says_so_and_when_it_is_swapped(world: World) -> None:
    set_centre(actor=world.system, code="knp", name_en="Kanpur", name_hi="कानपुर", centre=(80.33, 26.45),
               bounds=(80.1, 26.3, 80.5, 26.6))  # fmt: skip
    client = world.client(*ALL)
    outside = post(client, "/cameras", form(world, lat=12.9, lon=77.6))
    assert outside.status_code == 422 and "outside Kanpur" in outside.json()["message"]["en"]
    swapped = post(client, "/cameras", form(world, lat=80.33, lon=26.45))
    assert "swapped" in swapped.json()["message"]["en"]
    numbered = post(client, "/cameras", form(world)).json()
    assert numbered["reg_id"].startswith("KNP-")


def test_a_number_is_used_once(world: World) -> None:
    client = world.client(*ALL)
    assert post(client, "/cameras", form(world, reg_id="X-1")).status_code == 201
    assert post(client, "/cameras", form(world, reg_id="X-1")).json()["code"] == "reg_id_taken"


def test_two_people_editing_do_not_overwrite_each_other(world: World) -> None:
    client = world.client(*ALL)
    camera = post(client, "/cameras", form(world)).json()
    path, why = f"/cameras/{camera['id']}", "corrected on site"
    first = patch(client, path, {"make": "Netra", "reason": why, "edited_ms": camera["edited_ms"]})
    assert first.status_code == 200 and first.json()["make"] == "Netra"
    late = patch(client, path, {"make": "Other", "reason": why, "edited_ms": camera["edited_ms"]})
    assert late.status_code == 409 and late.json()["code"] == "edited_meanwhile"
    assert client.get(f"/api/v1{path}").json()["make"] == "Netra"
    changes = client.get(f"/api/v1{path}/history").json()["items"][0]
    assert changes["why"] == why and changes["changes"] == [{"field": "make", "before": "", "after": "Netra"}]


def test_stored_credentials_are_not_sent_to_another_machine(world: World) -> None:
    client = world.client(*ALL)
    camera = rig.camera(world, credentials=True)
    path = f"/cameras/{camera.pk}"
    moved = patch(client, path, {"url": "rtsp://evil.example/1", "reason": "moved"})
    assert moved.status_code == 422 and set(moved.json()["fields"]) == {"url"}
    same = patch(client, path, {"url": camera.url + "/sub", "reason": "other stream"})
    assert same.status_code == 200 and same.json()["has_credentials"]
    without = patch(client, path, {"url": "rtsp://other/1", "username": "", "password": "", "reason": "moved"})
    assert without.status_code == 200 and not without.json()["has_credentials"]


def test_nobody_moves_a_camera_out_of_their_area(world: World) -> None:
    client = world.client(*ALL)
    camera = rig.camera(world)
    answer = patch(client, f"/cameras/{camera.pk}", {"jurisdiction": World.ELSEWHERE, "reason": "moved"})
    assert answer.status_code == 403


def test_retired_is_gone_from_lists_and_takes_its_secrets_along(world: World) -> None:
    client = world.client(*ALL)
    camera = rig.camera(world, credentials=True)
    assert post(client, f"/cameras/{camera.pk}/retire", {"reason": "taken down"}).status_code == 204
    assert ids(client.get("/api/v1/cameras")) == []
    assert not CameraCredential.objects.exists()
    message = OutboxMessage.objects.get(subject=f"$KV.camera_plans.{camera.pk}")
    assert message.headers == {"KV-Operation": "DEL"} and bytes(message.payload) == b""
    assert post(client, f"/cameras/{camera.pk}/retire", {"reason": "again"}).status_code == 409


def test_live_is_believed_only_until_its_proof_ends(world: World) -> None:
    client = world.client(*ALL)
    fresh, stale, off = (rig.camera(world) for _ in range(3))
    rig.state(fresh, recording=True)
    rig.state(stale, proof_until_ms=now_ms() - 1, recording=True)
    rig.state(off, "offline", reason="unreachable")
    rows = {item["id"]: item for item in client.get("/api/v1/cameras").json()["items"]}
    assert rows[str(fresh.pk)]["status"] == "live" and rows[str(fresh.pk)]["recording"]
    assert rows[str(stale.pk)]["status"] == "stalled" and rows[str(stale.pk)]["reason"] == "no_frames"
    assert not rows[str(stale.pk)]["recording"]
    assert ids(client.get("/api/v1/cameras?status=stalled")) == [str(stale.pk)]
    counts = client.get("/api/v1/cameras/counts").json()
    schemas.Counts.model_validate(counts)
    assert {name: counts[name] for name in ("linked", "live", "stalled", "offline", "unknown", "recording")} == {
        "linked": 3, "live": 1, "stalled": 1, "offline": 1, "unknown": 0, "recording": 1,
    }  # fmt: skip
    assert [(row["code"], row["linked"]) for row in counts["by_owner_class"]] == [("shop", 3)]


def test_every_filter_narrows(world: World) -> None:
    client = world.client(*ALL, at="", agency=None)
    station = f"{World.HOME}.kalyanpur"
    one = rig.camera(world, at=station, kind="ptz", placement="exit", record_mode="continuous", lat=26.5, lon=80.2)
    two = rig.camera(world, at=World.ELSEWHERE, owner_class="bank", site=rig.site(world))
    for query, expected in (
        ("kind=ptz", [one]), ("placement=exit", [one]), ("recorded=true", [one]), ("recorded=false", [two]),
        ("owner_class=bank", [two]), ("owner_class=bank,shop", [one, two]), (f"jurisdiction={World.HOME}", [one]),
        (f"jurisdiction={World.CITY}", [one, two]), (f"site={two.site_id}", [two]),
        (f"premises={one.premises_id}", [one]),
        ("bbox=80.1,26.4,80.25,26.6", [one]), (f"q={two.reg_id}", [two]), ("status=unknown", [one, two]),
        ("status=live", []), ("agency=police", [one, two]), ("department=dept-police", [one, two]), ("q=...", []),
    ):  # fmt: skip
        found = ids(client.get(f"/api/v1/cameras?{query}"))
        assert found == [str(camera.pk) for camera in expected], query
    for wrong in ("status=sleeping", "bbox=1,2,3", "bbox=a,b,c,d", "site=x", "sort=colour", "kind=x", "limit=501"):
        answer = client.get(f"/api/v1/cameras?{wrong}")
        assert answer.status_code == 422 and answer.json()["fields"], wrong
    assert client.get("/api/v1/cameras?cursor=rubbish").status_code == 400


@pytest.mark.parametrize(
    "sort", ["reg_id", "-reg_id", "name", "-status", "since", "owner_class", "-department", "created"]
)
def test_pages_by_cursor_hold_every_row_once(world: World, sort: str) -> None:
    made = {str(rig.camera(world, name_en=f"N{number % 3}").pk) for number in range(7)}
    client = world.client("camera.view")
    seen: list[str] = []
    cursor = ""
    for _ in range(4):
        page = client.get(f"/api/v1/cameras?limit=2&sort={sort}&cursor={cursor}").json()
        assert page["total"] == 7
        seen += [item["id"] for item in page["items"]]
        cursor = page["next"]
    assert cursor is None and len(seen) == 7 and set(seen) == made


def test_the_map_shows_cameras_and_beyond_many_clusters(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    client = world.client("camera.view")
    for number in range(5):
        rig.camera(world, lat=26.40 + number * 0.02)
    box = "bbox=80.0,26.0,81.0,27.0"
    shown = client.get(f"/api/v1/cameras/map?{box}&zoom=12").json()
    schemas.MapView.model_validate(shown)
    assert len(shown["cameras"]) == 5 and shown["clusters"] == []
    monkeypatch.setattr("prahari.desks.registry.rows.MAP_MAX", 4)
    clustered = client.get(f"/api/v1/cameras/map?{box}&zoom=8").json()
    schemas.MapView.model_validate(clustered)
    assert clustered["cameras"] == [] and sum(one["count"] for one in clustered["clusters"]) == 5
    assert sum(one["by_status"]["unknown"] for one in clustered["clusters"]) == 5


def test_renaming_what_a_row_shows_renames_it_in_every_row(world: World) -> None:
    camera = rig.camera(world, site=rig.site(world), ward=Jurisdiction.objects.get(path=f"{World.CITY}.ward-12"))
    Premises.objects.filter(pk=camera.premises_id).update(name_en="Renamed premises")
    Department.objects.filter(pk=camera.department_id).update(name_en="Renamed department")
    OwnerClass.objects.filter(pk=camera.owner_class_id).update(name_hi="नया वर्ग")
    Agency.objects.filter(pk=camera.agency_id).update(name_en="Renamed agency")
    Jurisdiction.objects.filter(pk=camera.jurisdiction_id).update(name_en="Renamed zone")
    [row] = world.client("camera.view").get("/api/v1/cameras").json()["items"]
    assert row["premises"]["name"]["en"] == "Renamed premises" and row["owner_class"]["name"]["hi"] == "नया वर्ग"
    assert row["department"]["name"]["en"] == "Renamed department" and row["agency"]["name"]["en"] == "Renamed agency"
    assert row["jurisdiction"]["name"]["en"] == "Renamed zone" and row["ward"]["path"].endswith("ward-12")


@pytest.mark.parametrize(
    "wrong",
    [{"lat": 95.0}, {"lon": -190.0}, {"bearing_deg": 360}, {"fov_deg": 0}, {"url": "rtsp://user:secret@host/"},
     {"sub_url": "rtsp://user@host/"}],
)  # fmt: skip
def test_the_database_itself_refuses(world: World, wrong: dict[str, Any]) -> None:
    camera = rig.camera(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        Camera.objects.filter(pk=camera.pk).update(**wrong)


def test_lists_cost_the_same_however_long(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    client = world.client(*ALL)
    executed: list[str] = []
    original = psycopg.Cursor.execute

    def execute(self: Any, query: Any, *args: Any, **kwargs: Any) -> Any:
        executed.append(str(query))
        return original(self, query, *args, **kwargs)

    monkeypatch.setattr(psycopg.Cursor, "execute", execute)
    pinned = {"/cameras": 3, "/cameras/map": 3, "/cameras/counts": 5, "/premises": 4, "/search?q=camera": 9}
    for rows in (1, 12):
        for _ in range(rows):
            rig.camera(world)
        for path, most in pinned.items():
            totals.remembered.forget()
            executed.clear()
            assert client.get(f"/api/v1{path}").status_code == 200
            asked = [query for query in executed if not query.startswith(("SAVEPOINT", "RELEASE", "SELECT set_config"))]
            assert len(asked) <= most, (path, rows, asked)
