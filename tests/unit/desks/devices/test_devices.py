"""Devices from the API to the register and into the cameras' plans, with a real worker and a simulated recorder."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime as dt
import json
import threading
import time
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import msgspec
import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test import Client

import devices_rig
import registry_rig as rig
from media_rig import running_worker, until
from prahari.contracts import sealing
from prahari.contracts.events import now_ms
from prahari.contracts.media import CameraPlan, DevicePlan
from prahari.desks.audit.models import AuditEntry
from prahari.desks.common import outbox
from prahari.desks.common.models import OutboxMessage
from prahari.desks.devices.models import Channel, Device, DeviceCredential, PtzHold, PtzTour, VendorTemplate
from prahari.desks.linking import engine, plans
from prahari.desks.registry.models import Camera
from prahari.simcity.onvif import SimChannel, SimDevice, SimOnvif
from scope import World

JSON = "application/json"
USERNAME, PASSWORD = "admin", "nvr-pa55-never-shown"
ALL = (
    "camera.view", "camera.edit", "camera.test", "camera.playback", "camera.ptz", "registry.view", "consent.manage",
)  # fmt: skip


def send(client: Client, path: str, body: Any = None, method: str = "post") -> Any:
    return getattr(client, method)(f"/api/v1{path}", {} if body is None else body, content_type=JSON)


def plan_of(camera_id: Any) -> CameraPlan:
    return next(plans.build([camera_id]))


def form(world: World, **changes: Any) -> dict[str, Any]:
    spot = {"placement": "entry", "lat": 26.45, "lon": 80.33}
    gate = {"name": {"en": "Gate", "hi": "द्वार"}, "kind": "ptz", **spot}
    return {
        "premises": str(rig.premises(world).pk), "name": "Shop recorder", "url": "10.0.0.9:8080", "username": USERNAME,
        "password": PASSWORD, "make": "Netra", "model": "N8", "serial": "77", "firmware": "2.1", "clock_drift_s": 4.5,
        "abilities": ["ptz", "events", "replay"],
        "channels": [
            {"number": 1, "name": "Gate", "source": "s1", "profile": "p1", "recording": "r1", "ptz": True,
             "url": "rtsp://10.0.0.9/1", "sub_url": "rtsp://10.0.0.9/1s", "camera": gate},
            {"number": 2, "name": "Bedroom", "source": "s2", "profile": "p2", "url": "rtsp://10.0.0.9/2"},
        ],
    } | changes  # fmt: skip


@pytest.mark.django_db
def test_a_recorder_is_entered_with_those_channels_that_were_consented_to(world: World) -> None:
    answer = send(world.client(*ALL), "/devices", form(world))
    assert answer.status_code == 201, answer.content
    body = answer.json()
    assert PASSWORD not in answer.content.decode()
    assert (body["url"], body["has_credentials"]) == ("http://10.0.0.9:8080/onvif/device_service", True)
    gate, bedroom = body["channels"]
    assert bedroom["camera"] is None and gate["camera"]["name"]["en"] == "Gate"
    camera = Camera.objects.get()  # of the second channel nobody made one
    assert (camera.url, camera.sub_url, camera.kind, camera.make) == (
        "rtsp://10.0.0.9:554/1".replace(":554", ""), "rtsp://10.0.0.9/1s", "ptz", "Netra",
    )  # fmt: skip
    plan = plan_of(camera.id)
    assert isinstance(plan.device, DevicePlan)
    assert (plan.device.profile, plan.device.ptz, plan.device.events, plan.device.hears_device) == (
        "p1",
        True,
        True,
        True,
    )
    opened = sealing.unseal(plan.device.sealed_credentials, settings.CONFIG.sealing_key(), f"device:{body['id']}")
    assert msgspec.json.decode(opened) == {"username": USERNAME, "password": PASSWORD}
    assert OutboxMessage.objects.filter(subject=f"$KV.camera_plans.{camera.id}").exists()
    entry = AuditEntry.objects.get(action="device.create")
    assert PASSWORD not in str(entry.details) and entry.details["cameras"] == 1


@pytest.mark.django_db
def test_what_is_wrong_is_told_beside_its_field(world: World) -> None:
    client = world.client(*ALL)
    for change, field in (
        ({"url": "rtsp://10.0.0.9/"}, "url"),
        ({"url": "http://a:b@10.0.0.9/"}, "url"),
        ({"premises": "00000000-0000-7000-8000-000000000000"}, "premises"),
        ({"channels": [{"number": 1}, {"number": 1}]}, "channels"),
    ):
        answer = send(client, "/devices", form(world, **change))
        assert answer.status_code == 422 and field in answer.json()["fields"], (change, answer.content)
    assert not Device.objects.exists() and not Camera.objects.exists()


@pytest.mark.django_db
def test_credentials_are_not_sent_to_another_machine_and_end_with_the_device(world: World) -> None:
    client = world.client(*ALL)
    made = send(client, "/devices", form(world)).json()
    camera = Camera.objects.get()
    answer = send(client, f"/devices/{made['id']}", {"url": "10.0.0.66", "reason": "moved"}, "patch")
    assert answer.status_code == 422 and "url" in answer.json()["fields"]
    change = {"url": "10.0.0.66", "username": "u", "password": "p", "reason": "moved"}
    assert send(client, f"/devices/{made['id']}", change, "patch").status_code == 200
    assert plan_of(camera.id).device.url == "http://10.0.0.66/onvif/device_service"  # type: ignore[union-attr]
    assert send(client, f"/devices/{made['id']}/retire", {"reason": "broken"}).status_code == 204
    assert plan_of(camera.id).device is None and not DeviceCredential.objects.exists()
    assert client.get(f"/api/v1/cameras/{camera.id}/device").json() == {"device": None, "channel": None}


@pytest.mark.django_db
def test_a_channel_is_a_camera_of_its_own_premises_once(world: World) -> None:
    client = world.client(*ALL)
    device = devices_rig.device(world)
    for number in (1, 2):
        Channel.objects.create(device=device, number=number)
    own, strange = rig.camera(world, premises=device.premises), rig.camera(world)
    place = f"/devices/{device.pk}/channels"
    assert send(client, f"{place}/1", {"camera": str(strange.pk), "reason": "try"}, "put").status_code == 422
    assert send(client, f"{place}/1", {"camera": str(own.pk), "reason": "try"}, "put").status_code == 200
    assert send(client, f"{place}/2", {"camera": str(own.pk), "reason": "try"}, "put").status_code == 409
    assert send(client, f"{place}/9", {"camera": None, "reason": "try"}, "put").status_code == 404


@pytest.mark.django_db
def test_a_device_is_asked_only_with_leave(world: World) -> None:
    client = world.client(*ALL)
    device = devices_rig.channel(world).device
    answer = send(client, f"/devices/{device.pk}/refresh")
    assert (answer.status_code, answer.json()["code"]) == (409, "no_permit")


@pytest.mark.django_db
def test_makers_addresses(world: World) -> None:
    client = world.client()
    assert {"hikvision", "dahua", "cp_plus", "axis", "uniview", "hanwha"} <= {
        item["code"] for item in client.get("/api/v1/vendor-templates").json()["items"]
    }
    found = client.get("/api/v1/vendor-templates/hikvision/addresses?host=10.0.0.5&channels=2").json()["items"]
    assert found[1]["url"] == "rtsp://10.0.0.5:554/Streaming/Channels/201"
    assert found[1]["sub_url"] == "rtsp://10.0.0.5:554/Streaming/Channels/202"
    assert client.get("/api/v1/vendor-templates/hikvision/addresses?host=a@b").status_code == 422
    for row in VendorTemplate.objects.all():
        assert client.get(f"/api/v1/vendor-templates/{row.code}/addresses?host=cam.local").status_code == 200
    centre = world.client("registry.edit", at="", agency=None)
    wrong = send(centre, "/vendor-templates/axis", {"main": "rtsp://{host}/{password}", "reason": "newer"}, "patch")
    assert wrong.status_code == 422 and "main" in wrong.json()["fields"]


@pytest.mark.django_db
def test_what_a_camera_noticed_itself_is_listed_newest_first(world: World) -> None:
    camera = devices_rig.channel(world).camera
    day = dt.datetime.now(dt.UTC).date()
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE IF NOT EXISTS event_{day:%Y%m%d} PARTITION OF event FOR VALUES FROM ('{day}') "
                       f"TO ('{day + dt.timedelta(days=1)}')")  # fmt: skip
        for at_ms, state in ((now_ms() - 5000, True), (now_ms() - 1000, False)):
            data = json.dumps(
                {"name": "motion", "topic": "tns1:VideoSource/MotionAlarm", "state": state, "at_ms": at_ms}
            )
            cursor.execute(
                "INSERT INTO event (id, time_ms, day, type, subject, source, jurisdiction, agency, data) "
                "VALUES (gen_random_uuid(), %s, %s, 'camera.device_event', %s, 'media-0', '', '', %s)",
                [at_ms, day, str(camera.pk), data],
            )
    items = world.client("camera.view").get(f"/api/v1/cameras/{camera.pk}/device-events").json()["items"]
    assert [(item["name"], item["state"]) for item in items] == [("motion", False), ("motion", True)]


# Through the real engine


@pytest.fixture
def recorder() -> SimDevice:
    channels = [SimChannel("Gate", "rtsp://127.0.0.1:9/1", ptz=True), SimChannel("Hall", "rtsp://127.0.0.1:9/2")]
    now_s = int(time.time())
    channels[0].stretches = [(now_s - 3600, now_s - 60)]
    return SimDevice("NVR", channels, username=USERNAME, password=PASSWORD)


@pytest.fixture
def engine_running(
    transactional_world: World, fresh_nats_url: str, recorder: SimDevice, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """A media worker and the recorder in a thread; address of the recorder. The desks' lines lead there."""
    if not apps.get_model("devices", "VendorTemplate").objects.exists():
        import_module("prahari.desks.devices.migrations.0002_seeds").sow(apps, None)
    config = dataclasses.replace(settings.CONFIG, nats_url=fresh_nats_url, media_port=_free_port())
    monkeypatch.setattr(settings, "CONFIG", config)
    publisher, line = outbox.Publisher(), engine.Line()
    monkeypatch.setattr(outbox, "publisher", publisher)
    monkeypatch.setattr(engine, "line", line)
    ready, stop = threading.Event(), threading.Event()
    address: list[str] = []

    async def run() -> None:
        async with SimOnvif({"NVR": recorder}.get) as server, running_worker(config, fresh_nats_url) as worker:
            await until(lambda: worker.is_serving)
            address.append(server.url("NVR"))
            ready.set()
            while not stop.is_set():
                await asyncio.sleep(0.05)

    thread = threading.Thread(target=lambda: asyncio.run(run()))
    thread.start()
    assert ready.wait(20)
    yield address[0]
    stop.set()
    thread.join(20)
    publisher.stop()


def _free_port() -> int:
    from prahari.runtime import ports

    return ports.free(1)[0]


def until_answer(ask: Any, status: int) -> Any:
    """The plan takes a moment to reach the engine."""
    deadline = time.monotonic() + 30
    while (answer := ask()).status_code != status:
        assert time.monotonic() < deadline, answer.content
        time.sleep(0.05)
    return answer


@pytest.mark.django_db(transaction=True)
def test_from_the_question_to_the_move(transactional_world: World, engine_running: str, recorder: SimDevice) -> None:
    world = transactional_world
    user = world.person("mover")
    world.allow(user, *ALL)
    client = world.browser(user)
    question = {"url": engine_running, "username": USERNAME, "password": PASSWORD, "owner_present": True}
    wrong = send(client, "/device-questions", {**question, "password": "guess"}).json()
    assert (wrong["ok"], wrong["reason"]) == (False, "wrong_password")
    found = send(client, "/device-questions", question).json()
    assert found["ok"] and [one["name"] for one in found["channels"]] == ["Gate", "Hall"]

    one = found["channels"][0]
    channel = {
        "number": 1, "name": one["name"], "source": one["source"], "profile": one["main"]["profile"],
        "recording": one["recording"], "ptz": one["ptz"], "url": one["main"]["url"],
        "camera": {"name": {"en": "Gate", "hi": "द्वार"}, "placement": "entry", "kind": "ptz", "lat": 26.4, "lon": 80.3},
    }  # fmt: skip
    entered = form(world, url=engine_running, channels=[channel], abilities=found["abilities"])
    device = send(client, "/devices", entered).json()
    camera_id = device["channels"][0]["camera"]["id"]

    moves = f"/cameras/{camera_id}/ptz/moves"
    pan = {"kind": "continuous", "pan": 1.0, "timeout_ms": 300}
    refused = until_answer(lambda: send(client, moves, pan), 409)  # no consent: the engine says no
    assert refused.json()["code"] == "device_no_permit" and recorder.channels[0].orders == []
    rig.consent(Camera.objects.get(id=camera_id))
    from django.db import transaction

    with transaction.atomic():
        plans.publish([Camera.objects.get(id=camera_id).id])
    moved = until_answer(lambda: send(client, moves, pan), 200).json()
    assert moved["holder"]["mine"]
    deadline = time.monotonic() + 30
    while recorder.channels[0].orders[-1] != "Stop":
        assert time.monotonic() < deadline
        time.sleep(0.02)

    kept = send(client, f"/cameras/{camera_id}/ptz/places", {"name": "मुख्य द्वार"})
    assert kept.status_code == 201, kept.content
    [place] = kept.json()["places"]
    assert place["name"] == "मुख्य द्वार" and list(recorder.channels[0].presets) == [place["preset"]]
    recorder.channels[0].presets["own"] = ("Road", (0.2, 0.0, 0.0))
    places = send(client, f"/cameras/{camera_id}/ptz/places/read").json()["places"]
    assert {p["name"] for p in places} == {"मुख्य द्वार", "Road"}
    stops = [{"preset": p["preset"], "stay_s": 5} for p in places]
    tour = send(client, f"/cameras/{camera_id}/ptz/tours", {"name": "Night", "stops": stops}).json()
    assert send(client, f"/ptz-places/{place['id']}", method="delete").status_code == 409  # part of a tour
    before = recorder.channels[0].orders.count("GotoPreset")
    assert send(client, f"/ptz-tours/{tour['id']}", {"running": True}, "patch").json()["running"]
    deadline = time.monotonic() + 30
    while recorder.channels[0].orders.count("GotoPreset") == before:
        assert time.monotonic() < deadline, "the tour does not run"
        time.sleep(0.05)
    assert send(client, moves, {"kind": "stop"}).status_code == 200
    assert not PtzTour.objects.get().running  # who moves a camera ends its tour

    until_ms = now_ms()
    period = f"from_ms={until_ms - 86_400_000}&to_ms={until_ms}"
    items = client.get(f"/api/v1/cameras/{camera_id}/device-recordings?{period}").json()["items"]
    assert len(items) == 1

    recorder.set_faults(clock_off_s=7200)
    recorder.firmware = "9.9"
    fresh = send(client, f"/devices/{device['id']}/refresh")
    assert fresh.status_code == 200 and fresh.json()["ok"], fresh.content
    shown = client.get(f"/api/v1/cameras/{camera_id}/device").json()["device"]
    assert shown["firmware"] == "9.9" and 7198 < shown["clock_drift_s"] < 7202
    assert AuditEntry.objects.filter(action="camera.move").count() >= 3


@pytest.mark.django_db(transaction=True)
def test_who_moves_a_camera_has_it_until_it_is_taken_over(
    transactional_world: World, engine_running: str, recorder: SimDevice
) -> None:
    world = transactional_world
    device = devices_rig.device(world, url=engine_running, credentials=(USERNAME, PASSWORD))
    camera = devices_rig.channel(world, of=device).camera
    rig.consent(camera)
    from django.db import transaction

    with transaction.atomic():
        plans.publish([camera.id])
    people = {}
    for name, more in (("anita", ()), ("bala", ()), ("chief", ("camera.ptz_first",))):
        user = world.person(name)
        world.allow(user, "camera.view", "camera.ptz", *more)
        people[name] = world.browser(user)
    moves = f"/cameras/{camera.id}/ptz/moves"
    stop = {"kind": "stop"}
    until_answer(lambda: send(people["anita"], moves, stop), 200)
    held = send(people["bala"], moves, {**stop, "take_over": True})
    assert (held.status_code, held.json()["code"]) == (409, "held") and "Anita" in held.json()["message"]["en"]
    assert send(people["chief"], moves, stop).json()["code"] == "held_may_take"
    orders = len(recorder.channels[0].orders)
    assert send(people["chief"], moves, {**stop, "take_over": True}).status_code == 200
    assert len(recorder.channels[0].orders) == orders + 1
    entry = AuditEntry.objects.get(action="camera.ptz_take_over")
    assert entry.details["held_by_name"] == "Anita" and entry.object_id == str(camera.id)
    assert send(people["anita"], moves, stop).status_code == 409
    state = people["anita"].get(f"/api/v1/cameras/{camera.id}/ptz").json()
    assert state["holder"]["name"] == "Chief" and not state["holder"]["mine"] and state["movable"] and state["may"]
    PtzHold.objects.update(until_ms=1)  # it has run out
    assert send(people["bala"], moves, stop).status_code == 200
    assert send(people["bala"], f"/cameras/{camera.id}/ptz/release").status_code == 204
    assert send(people["anita"], moves, stop).status_code == 200
