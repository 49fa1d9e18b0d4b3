"""What is recorded of a camera: its own policy, the rules for its class, and what the engine is told of both."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

import registry_rig as rig
from prahari.desks.common.models import Rule
from prahari.desks.linking import plans
from prahari.desks.registry import recording, schemas
from prahari.desks.registry.models import Camera
from scope import World

JSON = "application/json"
ALL = ("camera.view", "camera.edit", "registry.view", "registry.edit")
pytestmark = pytest.mark.django_db


def form(world: World, **more: Any) -> dict[str, Any]:
    return {
        "name": {"en": "Gate 1", "hi": "द्वार 1"}, "premises": str(rig.premises(world).pk), "placement": "entry",
        "kind": "fixed", "lat": 26.45, "lon": 80.33, "url": "rtsp://10.0.0.9/1",
    } | more  # fmt: skip


def rule(code: str, value: Any) -> None:
    Rule.objects.create(code=code, value=value, valid_from=dt.date(2020, 1, 1), source="test", created_ms=1)


def post(client: Client, body: Any) -> Any:
    return client.post("/api/v1/cameras", body, content_type=JSON)


def test_a_small_stream_and_a_policy_reach_the_engine_and_the_history(world: World) -> None:
    client = world.client(*ALL)
    body = form(
        world, sub_url="rtsp://10.0.0.9/2", username=rig.USERNAME, password=rig.PASSWORD, record_mode="schedule",
        record_schedule=[[0, 540, 1080], [6, 1200, 360]], pre_roll_s=5,
    )  # fmt: skip
    made = post(client, body)
    assert made.status_code == 201, made.content
    camera = made.json()
    schemas.CameraDetail.model_validate(camera)
    assert camera["recorded"] and camera["record_schedule"] == [[0, 540, 1080], [6, 1200, 360]]
    (plan,) = plans.build([Camera.objects.get(id=camera["id"]).id])
    assert plan.record == "schedule" and plan.schedule == [(0, 540, 1080), (6, 1200, 360)]
    assert plan.sub is not None and plan.sub.url == "rtsp://10.0.0.9/2"
    assert plan.sub.sealed_credentials == plan.address.sealed_credentials != ""
    assert (plan.pre_roll_s, plan.post_roll_s, plan.disk_class) == (5, 30, "shop")
    path = f"/api/v1/cameras/{camera['id']}"
    edit = {"record_mode": "on_event", "sub_url": "", "reason": "by order"}
    assert client.patch(path, edit, content_type=JSON).status_code == 200
    (plan,) = plans.build([Camera.objects.get(id=camera["id"]).id])
    assert plan.record == "on_event" and plan.sub is None
    changes = {change["field"] for change in client.get(f"{path}/history").json()["items"][0]["changes"]}
    assert {"record_mode", "sub_url"} <= changes
    listed = client.get("/api/v1/cameras?recorded=true").json()
    assert [item["id"] for item in listed["items"]] == [camera["id"]]


@pytest.mark.parametrize(
    "wrong",
    [
        {"record_mode": "schedule"},
        {"record_mode": "sometimes"},
        {"record_schedule": [[7, 0, 10]]},
        {"record_schedule": [[0, 1440, 10]]},
        {"pre_roll_s": 61},
        {"post_roll_s": 0},
    ],
)
def test_what_cannot_be_is_told_beside_its_field(world: World, wrong: dict[str, Any]) -> None:
    answer = post(world.client(*ALL), form(world, **wrong))
    assert answer.status_code == 422 and answer.json()["fields"], answer.content


def test_the_rules_say_what_is_left_out(world: World) -> None:
    client = world.client(*ALL)
    assert post(client, form(world)).json()["record_mode"] == "none"
    rule(recording.MODE_OF_CLASS, {"shop": "on_event"})
    rule(recording.PRE_ROLL_S, 20)
    rule(recording.SHARES, {"shop": 30})
    made = post(client, form(world)).json()
    assert made["record_mode"] == "on_event" and made["pre_roll_s"] is None
    (plan,) = plans.build([Camera.objects.get(id=made["id"]).id])
    assert plan.pre_roll_s == 20 and plan.disk_class == "shop"
    assert post(client, form(world, record_mode="none")).json()["record_mode"] == "none"
    told = recording.settings()
    assert told["storage"].class_share_pct == {"shop": 30.0} and told["conversions"].most == 2
