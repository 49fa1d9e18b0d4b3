"""Edge sites at their desk: enrolled by a code, certified, their cameras named, revoked; what gate and box are told."""

from __future__ import annotations

import time
from typing import Any

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.test import Client

import registry_rig
from prahari.contracts import edgekeys, tokens
from prahari.contracts.edge import EdgeCertificate, EdgeRecord
from prahari.contracts.media import CameraPlan, PermitClaims
from prahari.desks.audit.models import AuditEntry
from prahari.desks.common.models import OutboxMessage
from prahari.desks.edge import actions, planning
from prahari.desks.edge.models import EdgeCode, EdgeLink, EdgeSite
from prahari.desks.linking import plans
from prahari.desks.registry.models import Camera, CameraCredential
from scope import World

pytestmark = pytest.mark.django_db

ALL = ("edge.manage", "camera.view", "registry.view", "camera.edit", "camera.live")
WHY = {"reason": "Agreed with the owner"}


@pytest.fixture
def world() -> World:
    return World()


def post(client: Client, path: str, body: Any, status: int = 200) -> Any:
    answer = client.post(f"/api/v1{path}", body, content_type="application/json")
    assert answer.status_code == status, answer.content
    return answer.json()


def made(world: World, client: Client) -> str:
    premises = registry_rig.premises(world)
    return str(post(client, "/edge-sites", {**WHY, "name": "Shop", "premises": str(premises.id)}, 201)["id"])


def enrol(code: str, key: Ed25519PrivateKey, status: int = 200) -> Any:
    public = edgekeys.public_text(key)
    signature = edgekeys.sign(edgekeys.enrolment(code, public), key)
    return post(Client(), "/edge/enrol", {"code": code, "public_key": public, "signature": signature}, status)


def records(site_id: str) -> list[EdgeRecord]:
    found = OutboxMessage.objects.filter(subject=f"$KV.edge_sites.{site_id}").order_by("id")
    return [msgspec.json.decode(bytes(one.payload), type=EdgeRecord) for one in found]


def test_a_code_makes_a_site_once_and_its_record_goes_to_the_gate(world: World) -> None:
    client = world.client(*ALL)
    site_id = made(world, client)
    ticket = post(client, f"/edge-sites/{site_id}/code", WHY, 201)
    assert ticket["ticket"].startswith("prahari-edge:?centre=") and "<svg" in ticket["qr"]
    assert ticket["code"] not in str(EdgeCode.objects.values_list())  # a hash of it
    key = Ed25519PrivateKey.generate()
    reply = enrol(ticket["code"], key)
    certificate = tokens.verify(reply["certificate"], EdgeCertificate, settings.CONFIG.verifying_key())
    assert certificate.site_id == site_id and certificate.public_key == edgekeys.public_text(key)
    assert abs(certificate.exp_s - time.time() - 90 * 86_400) < 60
    record = records(site_id)[-1]
    assert (record.public_key, record.certificate, record.revoked) == (
        certificate.public_key,
        reply["certificate"],
        False,
    )
    assert record.jurisdiction == World.HOME
    enrol(ticket["code"], Ed25519PrivateKey.generate(), 409)  # used
    detail = client.get(f"/api/v1/edge-sites/{site_id}").json()
    assert detail["state"] == "never" and detail["may_manage"]
    assert {"edge.create", "edge.code", "edge.enrol"} <= set(AuditEntry.objects.values_list("action", flat=True))
    assert ticket["code"].split("-")[1] not in str(list(AuditEntry.objects.values_list("details", flat=True)))


def test_a_wrong_code_is_tried_few_times_and_a_wrong_signature_never_counts(world: World) -> None:
    client = world.client(*ALL)
    site_id = made(world, client)
    code = post(client, f"/edge-sites/{site_id}/code", WHY, 201)["code"]
    mark = code.split("-")[0]
    key = Ed25519PrivateKey.generate()
    public = edgekeys.public_text(key)
    forged = {"code": code, "public_key": public, "signature": edgekeys.sign(b"other", key)}
    post(Client(), "/edge/enrol", forged, 422)
    for guess in range(5):
        enrol(f"{mark}-0000-000{guess}", key, 409)
    enrol(code, key, 409)  # tried too often: also the right one opens nothing
    assert not EdgeSite.objects.get(id=site_id).public_key
    fresh = post(client, f"/edge-sites/{site_id}/code", WHY, 201)["code"]
    EdgeCode.objects.update(expires_ms=1)
    enrol(fresh, key, 409)


def test_a_camera_of_a_site_has_a_short_permit_a_name_and_no_address(world: World) -> None:
    client = world.client(*ALL)
    site_id = made(world, client)
    camera = registry_rig.camera(world, credentials=True)
    registry_rig.consent(camera)
    body = {**WHY, "camera_id": str(camera.id), "local_name": "door"}
    detail = post(client, f"/edge-sites/{site_id}/cameras", body)
    assert [(one["name"], one["known"]) for one in detail["local_cameras"]] == [("door", False)]
    plan = msgspec.json.decode(
        bytes(OutboxMessage.objects.filter(subject=plans.subject_of(camera.id)).latest("id").payload), type=CameraPlan
    )
    assert (plan.edge, plan.address.url, plan.address.sealed_credentials, plan.sub) == (site_id, "edge:door", "", None)
    claims = tokens.verify(plan.permit, PermitClaims, settings.CONFIG.verifying_key())
    assert claims.exp_s <= time.time() + 3600
    assert not CameraCredential.objects.filter(camera=camera).exists()
    token = post(client, f"/cameras/{camera.id}/media-token", {"uses": ["live"], "reason": "x"})
    assert token["origin"].endswith(f":{settings.CONFIG.edge_port}")
    post(client, f"/edge-sites/{site_id}/cameras/{camera.id}/detach", WHY)
    assert planning.sites_of([camera.id]) == {} and Camera.objects.get(id=camera.id).url == ""


def test_revoked_a_site_is_shut_out_until_a_new_code(world: World) -> None:
    client = world.client(*ALL)
    site_id = made(world, client)
    key = Ed25519PrivateKey.generate()
    enrol(post(client, f"/edge-sites/{site_id}/code", WHY, 201)["code"], key)
    detail = post(client, f"/edge-sites/{site_id}/revoke", {"reason": "The box was stolen"})
    assert (detail["state"], detail["revoked_reason"]) == ("revoked", "The box was stolen")
    assert records(site_id)[-1].revoked
    post(client, f"/edge-sites/{site_id}/revoke", WHY, 409)
    enrol(post(client, f"/edge-sites/{site_id}/code", WHY, 201)["code"], Ed25519PrivateKey.generate())
    assert not records(site_id)[-1].revoked and records(site_id)[-1].public_key != edgekeys.public_text(key)


def test_certificates_of_sites_that_are_heard_of_renew_themselves(world: World) -> None:
    client = world.client(*ALL)
    site_id = made(world, client)
    enrol(post(client, f"/edge-sites/{site_id}/code", WHY, 201)["code"], Ed25519PrivateKey.generate())
    now_ms = int(time.time() * 1000)
    soon_s = now_ms // 1000 + 29 * 86_400
    EdgeSite.objects.update(certificate_until_s=soon_s)
    assert actions.renew_certificates() == 0  # never seen: nobody proved its key
    EdgeLink.objects.create(
        site_id=site_id, state="online", reason="", version="1", since_ms=now_ms, changed_ms=now_ms + 10_000,
        seen_ms=now_ms, certificate_until_s=soon_s, events_waiting=0, update_state="",
        cameras=[{"name": "door", "title": "Door", "has_sub": True}],
    )  # fmt: skip
    assert actions.renew_certificates() == 1
    assert EdgeSite.objects.get(id=site_id).certificate_until_s > soon_s + 50 * 86_400
    assert actions.renew_certificates() == 0
    detail = client.get(f"/api/v1/edge-sites/{site_id}").json()
    assert detail["state"] == "online" and detail["local_cameras"][0]["known"]
    EdgeLink.objects.update(changed_ms=now_ms - 300_000)
    EdgeSite.objects.update(enrolled_ms=1)
    assert client.get(f"/api/v1/edge-sites/{site_id}").json()["state"] == "offline"  # nothing was heard for minutes
