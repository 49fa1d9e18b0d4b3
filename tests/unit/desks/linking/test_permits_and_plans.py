"""From a consent or an order to the camera's plan in NATS, and back out within a second when it is withdrawn."""

from __future__ import annotations

import asyncio
import dataclasses
import logging
import threading
import time
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import msgspec
import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client

import registry_rig as rig
from prahari.contracts import bus, sealing, subjects, tokens
from prahari.contracts.events import now_ms
from prahari.contracts.media import CameraPlan, PermitClaims, ProbeReply, ProbeRequest
from prahari.desks.audit.models import AuditEntry
from prahari.desks.common import outbox
from prahari.desks.linking import engine, permits, plans
from prahari.desks.linking.tasks import reconcile_plans
from scope import World

JSON = "application/json"
MANAGE = ("camera.view", "camera.edit", "consent.manage", "registry.view", "camera.live", "camera.test")
CONSENT = {"given_by": "R. Gupta", "given_on": "2026-01-05", "document_note": "file 7"}


@pytest.fixture
def seeded(transactional_world: World) -> World:
    """Committed rows; classes are put back after the last such test took everything away."""
    from prahari.desks.registry.models import OwnerClass

    if not OwnerClass.objects.exists():
        import_module("prahari.desks.registry.migrations.0003_seeds").sow(apps, None)
    return transactional_world


@pytest.fixture
def bucket(nats_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Publisher and engine line on the test's NATS."""
    monkeypatch.setattr(settings, "CONFIG", dataclasses.replace(settings.CONFIG, nats_url=nats_url))
    publisher = outbox.Publisher()
    monkeypatch.setattr(outbox, "publisher", publisher)
    line = engine.Line()
    monkeypatch.setattr(engine, "line", line)
    monkeypatch.setattr("prahari.desks.linking.tasks.line", line)
    monkeypatch.setattr("prahari.desks.linking.health.line", line)
    yield nats_url
    publisher.stop()


def stored(url: str, camera_id: Any) -> bytes | None:
    """What the bucket holds for a camera, whatever it is."""

    async def read() -> bytes | None:
        client = await bus.connect(url, "test")
        try:
            kv = await bus.ensure_plan_bucket(client.jetstream())
            try:
                return (await kv.get(str(camera_id))).value or b""
            except Exception as error:
                if type(error).__name__ in {"KeyNotFoundError", "KeyDeletedError"}:
                    return None
                raise
        finally:
            await client.close()

    return asyncio.run(read())


def plan_of(url: str, camera_id: Any) -> CameraPlan | None:
    found = stored(url, camera_id)
    return None if found is None else msgspec.json.decode(found, type=CameraPlan)


def within(seconds: float, condition: Any, what: str) -> Any:
    deadline = time.monotonic() + seconds
    while not (value := condition()):
        assert time.monotonic() < deadline, f"not within {seconds} s: {what}"
        time.sleep(0.02)
    return value


def post(client: Client, path: str, body: Any) -> Any:
    return client.post(f"/api/v1{path}", body, content_type=JSON)


def permit_in(plan: CameraPlan | None) -> PermitClaims | None:
    if plan is None or not plan.permit:
        return None
    return tokens.verify(plan.permit, PermitClaims, settings.CONFIG.verifying_key())


@pytest.mark.django_db(transaction=True)
def test_consent_reaches_the_engine_and_its_withdrawal_too(seeded: World, bucket: str) -> None:
    client = seeded.client(*MANAGE)
    camera = rig.camera(seeded, credentials=True, record_mode="continuous")
    scope = {"live": True, "record": False, "hours": [[540, 1260]]}
    made = post(client, f"/cameras/{camera.pk}/consents", {**CONSENT, "scope": scope})
    assert made.status_code == 201, made.content
    plan = within(10, lambda: plan_of(bucket, camera.pk), "plan in the bucket")
    claims = permit_in(plan)
    assert claims is not None
    assert (claims.camera_id, claims.basis, claims.basis_id) == (str(camera.pk), "consent", made.json()["id"])
    assert claims.live and not claims.record and claims.hours == [(540, 1260)]
    assert claims.exp_s <= time.time() + permits.PERMIT_S
    assert (plan.jurisdiction, plan.agency, plan.record, plan.retention_days) == (
        World.HOME,
        "police",
        "continuous",
        30,
    )
    assert rig.PASSWORD not in msgspec.json.encode(plan).decode()
    opened = sealing.unseal(plan.address.sealed_credentials, settings.CONFIG.sealing_key(), f"camera:{camera.pk}")
    assert msgspec.json.decode(opened) == {"username": rig.USERNAME, "password": rig.PASSWORD}

    begun = time.monotonic()
    done = post(client, f"/consents/{made.json()['id']}/withdraw", {"reason": "owner asked"})
    assert done.status_code == 204
    within(10, lambda: permit_in(plan_of(bucket, camera.pk)) is None, "permit gone")
    logging.getLogger(__name__).info("withdrawal took %.3f s", time.monotonic() - begun)
    shown = client.get(f"/api/v1/cameras/{camera.pk}/permits").json()
    assert shown["current"]["state"] == "withdrawn" and shown["items"][0]["reason"] == "owner asked"
    assert post(client, f"/consents/{made.json()['id']}/withdraw", {"reason": "again"}).status_code == 409


@pytest.mark.django_db(transaction=True)
def test_an_order_opens_public_cameras_until_revoked(seeded: World, bucket: str) -> None:
    client = seeded.client(*MANAGE)
    cameras = [rig.camera(seeded, owner_class="smart_city") for _ in range(2)]
    assert post(client, f"/cameras/{cameras[0].pk}/consents", CONSENT).json()["code"] == "needs_order"
    order = post(client, "/orders", {
        "authority": "Municipal Commissioner", "number": "12/2026", "dated_on": "2026-02-01", "title": "Linking",
        "department": "dept-police", "camera_ids": [str(camera.pk) for camera in cameras],
    })  # fmt: skip
    assert order.status_code == 201 and order.json()["cameras"] == 2, order.content
    for camera in cameras:
        claims = within(10, lambda one=camera: permit_in(plan_of(bucket, one.pk)), "permit by order")
        assert claims.basis == "order"
    assert post(client, f"/orders/{order.json()['id']}/revoke", {"reason": "expired"}).status_code == 204
    for camera in cameras:
        within(10, lambda one=camera: permit_in(plan_of(bucket, one.pk)) is None, "permit gone")


@pytest.mark.django_db(transaction=True)
def test_reconciling_heals_a_lost_bucket_and_removes_strangers(seeded: World, bucket: str) -> None:
    camera, retired = rig.camera(seeded), rig.camera(seeded, retired_ms=now_ms())
    rig.consent(camera)
    outbox.publisher.keep_running()

    async def disturb() -> None:
        client = await bus.connect(bucket, "test")
        kv = await bus.ensure_plan_bucket(client.jetstream())
        await kv.put(str(retired.pk), b"{}")
        await kv.put("not-a-camera", b"{}")
        await client.close()

    asyncio.run(disturb())
    reconcile_plans(timestamp=0)
    assert within(10, lambda: permit_in(plan_of(bucket, camera.pk)), "plan put back")
    within(10, lambda: stored(bucket, retired.pk) is None and stored(bucket, "not-a-camera") is None, "keys deleted")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({}, "stands"),
        ({"valid_from_ms": now_ms() + 3_600_000}, "not_yet"),
        ({"valid_from_ms": 1, "valid_to_ms": 2}, "ended"),
        ({"withdrawn_ms": 5}, "withdrawn"),
    ],
)
def test_only_what_stands_becomes_a_permit(world: World, fields: dict[str, Any], state: str) -> None:
    camera = rig.camera(world)
    rig.consent(camera, **fields)
    [permit] = permits.all_of([camera.pk], now_ms())[camera.pk]
    assert permit.state == state
    assert (permits.claims(permit, now_ms()) is not None) == (state == "stands")
    [plan] = plans.build([camera.pk])
    assert bool(plan.permit) == (state == "stands")


@pytest.mark.django_db
def test_a_permit_never_outlives_its_consent(world: World) -> None:
    camera = rig.camera(world)
    ends = now_ms() + 60_000
    rig.consent(camera, valid_to_ms=ends)
    [permit] = permits.all_of([camera.pk], now_ms())[camera.pk]
    claims = permits.claims(permit, now_ms())
    assert claims is not None and claims.exp_s == ends // 1000


@pytest.mark.django_db
def test_the_owners_kind_decides_what_counts(world: World) -> None:
    private, public = rig.camera(world), rig.camera(world, owner_class="smart_city")
    rig.order(world, private, public)
    rig.consent(public)
    found = {plan.camera_id: plan.permit for plan in plans.build([private.pk, public.pk])}
    assert found[str(private.pk)] == "" and found[str(public.pk)] != ""


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"given_on": "2999-01-01"}, "given_on"),
        ({"valid_to_ms": 5}, "valid_to_ms"),
        ({"scope": {"live": False, "record": False}}, "scope"),
        ({"scope": {"hours": [[600, 500]]}}, "hours"),
        ({"given_by": ""}, "given_by"),
    ],
)
def test_a_consent_that_makes_no_sense_is_refused(world: World, change: dict[str, Any], field: str) -> None:
    answer = post(world.client(*MANAGE), f"/cameras/{rig.camera(world).pk}/consents", CONSENT | change)
    assert answer.status_code == 422 and set(answer.json()["fields"]) == {field}, answer.content


@pytest.mark.django_db
def test_an_order_reaches_no_further_than_its_place_and_its_giver(world: World) -> None:
    client = world.client(*MANAGE)
    order = rig.order(world)
    path = f"/orders/{order.pk}/cameras"
    elsewhere = rig.camera(world, at=World.ELSEWHERE, owner_class="smart_city")
    private = rig.camera(world)
    for camera in (elsewhere, private):
        answer = post(client, path, {"camera_ids": [str(camera.pk)]})
        assert answer.status_code == 422 and set(answer.json()["fields"]) == {"camera_ids"}
    both = world.client(*MANAGE, at=World.CITY)
    assert post(both, path, {"camera_ids": [str(elsewhere.pk)]}).status_code == 422  # the order is for HOME only


@pytest.mark.django_db
def test_media_tokens_are_for_one_person_one_camera_two_minutes(world: World) -> None:
    from prahari.contracts.media import MediaClaims

    client = world.client("camera.view", "camera.live")
    camera, other = rig.camera(world), rig.camera(world, at=World.ELSEWHERE)
    answer = post(client, f"/cameras/{camera.pk}/media-token", {"uses": ["live"]})
    assert answer.status_code == 200, answer.content
    body = answer.json()
    claims = tokens.verify(body["token"], MediaClaims, settings.CONFIG.verifying_key())
    assert (claims.camera_id, claims.uses) == (str(camera.pk), ["live"])
    assert 110 < claims.exp_s - time.time() <= 120
    assert body["origin"].startswith("http://testserver:")
    for use in ("playback", "snapshot", "clip"):
        assert post(client, f"/cameras/{camera.pk}/media-token", {"uses": [use]}).status_code == 403
    many = post(client, "/media-tokens", {"uses": ["live"], "camera_ids": [str(camera.pk), str(other.pk)]}).json()
    assert [item["camera_id"] for item in many["items"]] == [str(camera.pk)]
    assert many["refused"] == [{"camera_id": str(other.pk), "code": "not_found"}]
    entries = AuditEntry.objects.filter(action="camera.watch")
    assert entries.count() == 2 and all(entry.details == {"uses": ["live"]} for entry in entries)
    assert body["token"] not in str(list(AuditEntry.objects.values()))


class Engine:
    """Answers probes as a media worker would, from a thread of its own."""

    def __init__(self, url: str, answer: ProbeReply) -> None:
        self._url, self._answer = url, answer
        self.asked: list[ProbeRequest] = []
        self._ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._stop = asyncio.Event()
        self._thread = threading.Thread(target=self._loop.run_until_complete, args=(self._serve(),))

    def __enter__(self) -> Engine:
        self._thread.start()
        assert self._ready.wait(10)
        return self

    def __exit__(self, *error: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)
        self._loop.close()

    async def _serve(self) -> None:
        client = await bus.connect(self._url, "engine")

        async def reply(message: Any) -> None:
            self.asked.append(msgspec.json.decode(message.data, type=ProbeRequest))
            await message.respond(msgspec.json.encode(self._answer))

        await client.subscribe(subjects.MEDIA_PROBE, queue="media", cb=reply)
        await client.flush()
        self._ready.set()
        await self._stop.wait()
        await client.close()


@pytest.mark.django_db(transaction=True)
def test_trying_a_camera_needs_its_owner_and_a_survey_permit(seeded: World, bucket: str) -> None:
    client = seeded.client("camera.test")
    body = {"url": f"rtsp://{rig.USERNAME}:{rig.PASSWORD}@10.1.1.1/live", "owner_present": True}
    nobody = post(client, "/camera-tests", body)
    assert nobody.status_code == 503 and nobody.json()["code"] == "engine_away"

    with Engine(bucket, ProbeReply(True, video={"codec": "h264", "width": 640}, elapsed_ms=12)) as worker:
        answer = post(client, "/camera-tests", body)
    assert answer.status_code == 200 and answer.json()["ok"], answer.content
    [asked] = worker.asked
    assert asked.address.url == "rtsp://10.1.1.1/live"
    claims = tokens.verify(asked.permit, PermitClaims, settings.CONFIG.verifying_key())
    assert claims.basis == "survey" and claims.exp_s - time.time() <= 120 and not claims.record
    assert rig.PASSWORD not in str(list(AuditEntry.objects.values())) and rig.PASSWORD.encode() not in answer.content


@pytest.mark.django_db(transaction=True)
def test_health_tells_what_is_away(seeded: World, bucket: str) -> None:
    body = seeded.client("system.view").get("/api/v1/health").json()
    assert body["database"]["ok"] and body["workers"] == [] and body["workers_expected"] >= 1
    assert body["disk"]["free_bytes"] > 0
