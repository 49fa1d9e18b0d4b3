"""Credentials never come out again; the demonstration city goes in, once."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

import registry_rig as rig
from prahari.contracts import sealing
from prahari.contracts.city import Area, CameraSeed, City, DepartmentPlan, Name, PremisesPlan
from prahari.desks.accounts.models import Centre, User
from prahari.desks.audit.models import AuditEntry
from prahari.desks.linking import plans
from prahari.desks.linking.models import Consent, OrderedCamera
from prahari.desks.registry import demo
from prahari.desks.registry.models import Camera, CameraCredential, Premises
from scope import World

JSON = "application/json"
EVERYTHING = ("camera.view", "camera.edit", "camera.live", "camera.playback", "camera.export", "camera.test",
              "consent.manage", "registry.view", "registry.edit", "audit.view", "system.view")  # fmt: skip


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    with caplog.at_level(logging.DEBUG):
        yield caplog


def every_table() -> Iterator[tuple[str, str]]:
    """(table, all its text) of the whole database but the framework's own."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT string_agg(t::text, chr(10)) FROM "{table}" t')
            yield table, cursor.fetchone()[0] or ""


def test_credentials_never_come_out(world: World, logged: pytest.LogCaptureFixture) -> None:
    client = world.client(*EVERYTHING)
    answers: list[Any] = []

    def keep(answer: Any) -> Any:
        answers.append(answer)
        return answer

    body = {
        "name": {"en": "Gate", "hi": "द्वार"}, "premises": str(rig.premises(world).pk), "placement": "entry",
        "kind": "fixed", "lat": 26.45, "lon": 80.33, "url": f"rtsp://{rig.USERNAME}:{rig.PASSWORD}@10.0.0.9/1",
    }  # fmt: skip
    made = keep(client.post("/api/v1/cameras", body, content_type=JSON)).json()
    path = f"/api/v1/cameras/{made['id']}"
    edit = {"username": rig.USERNAME, "password": rig.PASSWORD, "reason": "new password"}
    assert keep(client.patch(path, edit, content_type=JSON)).status_code == 200
    broken = {"url": f"ftp://{rig.USERNAME}:{rig.PASSWORD}@10.0.0.9/1", "reason": "typing error"}
    assert keep(client.patch(path, broken, content_type=JSON)).status_code == 422
    keep(client.patch(path, {"password": [rig.PASSWORD], "reason": "not text"}, content_type=JSON))
    keep(client.patch(path, {"pasword": rig.PASSWORD, "reason": "no such field"}, content_type=JSON))
    for address in ("", "/history", "/status-history", "/permits"):
        keep(client.get(path + address))
    for address in ("cameras", "cameras/map", "search?q=gate", "premises", "audit", "health",
                    "cameras/export?format=csv", "cameras/export?format=geojson"):  # fmt: skip
        assert keep(client.get(f"/api/v1/{address}")).status_code == 200, address
    secrets = (rig.USERNAME, rig.PASSWORD)
    for answer in answers:
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert not any(secret.encode() in content for secret in secrets)
        assert CameraCredential.objects.get().sealed.encode() not in content
    for secret in secrets:
        assert [table for table, text in every_table() if secret in text] == []
        assert secret not in logged.text
    assert "changed" in str(AuditEntry.objects.filter(action="camera.edit").values_list("details", flat=True))


@pytest.fixture
def city() -> City:
    root = "st.dv.ds.cy"
    areas = [
        Area(path, level, Name(level, level))
        for path, level in (
            ("st", "state"), ("st.dv", "division"), ("st.dv.ds", "district"), (root, "city"), (f"{root}.z", "zone"),
            (f"{root}.z.c", "circle"), (f"{root}.z.c.ps", "police_station"), (f"{root}.ward-1", "ward"),
        )
    ]  # fmt: skip
    station, ward, none = f"{root}.z.c.ps", f"{root}.ward-1", Name("", "")
    departments = [DepartmentPlan("p", Name("P", "पी"), "police"), DepartmentPlan("m", Name("M", "एम"), "municipal")]
    premises = [
        PremisesPlan("A", Name("Shop", "दुकान"), "shop", "market", none, station, ward, "p", 26.4, 80.3, "Gupta",
                     "9839012345"),
        PremisesPlan("B", Name("Crossing", "चौराहा"), "smart_city", "junction", none, station, ward, "m", 26.4, 80.3),
        PremisesPlan("C", Name("Kiosk", "खोखा"), "kiosk", "pavement", none, station, ward, "p", 26.4, 80.3),
    ]  # fmt: skip
    cameras = [
        CameraSeed(f"D-{number}", Name("C", "कै"), "ABC"[number % 3], "entry", "fixed", 26.4, 80.3, 0, 90,
                   f"/cam/{number}")
        for number in range(9)
    ]  # fmt: skip
    bounds, basemap = (80.0, 26.0, 81.0, 27.0), {"water": {"type": "FeatureCollection", "features": []}}
    return City("demo", Name("Demo", "डेमो"), (80.3, 26.4), bounds, areas, departments, premises, cameras, basemap)


def test_the_demonstration_goes_in_once_and_follows_changes(world: World, city: City) -> None:
    people = demo.load(city, "rtsp://127.0.0.1:5000", "sim", "simpass-word", record=4)
    assert people is not None and {"operator", "traffic", "nodal", "commissioner"} <= {
        one["username"] for one in people
    }
    assert Camera.objects.count() == 9 and Camera.objects.filter(record_mode="continuous").count() == 4
    assert Centre.objects.get(pk=1).demo and Premises.objects.count() == 3
    assert Consent.objects.count() == 6 and OrderedCamera.objects.count() == 3
    assert all(plan.permit for plan in plans.build(list(Camera.objects.values_list("id", flat=True))))
    assert (settings.CONFIG.home / "basemap" / "city.json").read_bytes().startswith(b'{"water"')
    assert AuditEntry.objects.filter(action="demo.load").count() == 1
    before = set(Camera.objects.values_list("id", "edited_ms"))

    assert demo.load(city, "rtsp://127.0.0.1:5000", "sim", "simpass-word", record=4) == []
    assert (
        set(Camera.objects.values_list("id", "edited_ms")) == before
        and User.objects.filter(username="nodal").count() == 1
    )

    demo.load(city, "rtsp://127.0.0.1:6000", "sim", "second-password", record=2)
    camera = Camera.objects.get(reg_id="D-0")
    assert camera.url == "rtsp://127.0.0.1:6000/cam/0"
    assert Camera.objects.filter(record_mode="continuous").count() == 2 and Camera.objects.count() == 9
    sealed = CameraCredential.objects.get(camera=camera).sealed
    assert "second-password" in sealing.unseal(sealed, settings.CONFIG.sealing_key(), f"camera:{camera.pk}")
    assert Consent.objects.count() == 6 and OrderedCamera.objects.count() == 3


def test_the_published_counts_of_the_plan_come_out_of_the_register(world: World) -> None:
    from prahari.simcity.city import plan

    published = {
        "shop": 321, "school": 11, "smart_city": 624, "municipal": 39, "hospital": 9, "petrol_pump": 30,
        "automobile": 82, "kda": 7, "nhai": 8, "lab": 1, "police_post": 20, "industry": 114, "bank": 428,
        "bus_stand": 26,
    }  # fmt: skip
    demo.load(plan(), "rtsp://127.0.0.1:5000", "sim", "simpass-word", record=48)
    counts = world.client("camera.view", at="", agency=None).get("/api/v1/cameras/counts").json()
    assert counts["linked"] == 1720 and counts["recorded"] == 48
    assert {row["code"]: row["linked"] for row in counts["by_owner_class"]} == published
    assert sum(row["linked"] for row in counts["by_department"]) == 1720
