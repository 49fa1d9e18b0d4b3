"""Versions of the connector at their desk: only what is signed is published, chosen site by site or for a share."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.conf import settings
from django.test import Client

import registry_rig
from prahari.contracts import edgepackages
from prahari.contracts.edge import RELEASE_FOLDER, EdgeRecord, UpdatePhase, UpdateState
from prahari.desks.audit.models import AuditEntry
from prahari.desks.common.models import OutboxMessage
from prahari.desks.edge.models import EdgeLink, EdgeRelease, EdgeSite
from scope import World

pytestmark = pytest.mark.django_db

ALL = ("edge.manage", "camera.view")
WHY = {"reason": "Tried at the office"}
_numbers = itertools.count(1)


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def client(world: World) -> Client:
    """Somebody who manages all sites of the centre."""
    return world.client(*ALL, at="", agency=None)


@pytest.fixture
def package(tmp_path: Path) -> Any:
    key = load_pem_private_key((settings.CONFIG.keys / "edge-release.pem").read_bytes(), password=None)
    assert isinstance(key, Ed25519PrivateKey)

    def made(version: str, key: Ed25519PrivateKey = key) -> bytes:
        out = tmp_path / version
        edgepackages.make(b"payload" * 1000, version, key, out)
        return out.read_bytes()

    return made


def send(client: Client, data: bytes, status: int = 201) -> Any:
    answer = client.post("/api/v1/edge-releases?reason=A+new+version", data, content_type="application/octet-stream")
    assert answer.status_code == status, answer.content
    return answer.json()


def post(client: Client, path: str, body: Any, status: int = 200) -> Any:
    answer = client.post(f"/api/v1{path}", body, content_type="application/json")
    assert answer.status_code == status, answer.content
    return answer.json()


def site(world: World, version: str = "1.0.0", update: UpdateState | None = None) -> EdgeSite:
    """Enrolled and linked."""
    number = next(_numbers)
    made = EdgeSite.objects.create(
        name=f"Shop {number}", premises=registry_rig.premises(world), public_key=f"{number:043d}", created_ms=1,
        edited_ms=1,
    )  # fmt: skip
    EdgeLink.objects.create(
        site_id=made.id, state="online", reason="", version=version, since_ms=1, changed_ms=1, seen_ms=1,
        certificate_until_s=1, events_waiting=0, cameras=[],
        update_state=msgspec.json.encode(update).decode() if update else "",
    )  # fmt: skip
    return made


def record(made: EdgeSite) -> EdgeRecord:
    found = OutboxMessage.objects.filter(subject=f"$KV.edge_sites.{made.id}").latest("id")
    return msgspec.json.decode(bytes(found.payload), type=EdgeRecord)


def kept() -> list[Path]:
    return sorted((settings.CONFIG.home / RELEASE_FOLDER).glob("*"))


def test_only_a_package_signed_by_the_release_key_is_published_and_once(client: Client, package: Any) -> None:
    before = kept()
    strange = send(client, package("2.0.0", Ed25519PrivateKey.generate()), 422)
    assert "not signed" in strange["fields"]["file"]["en"]
    data = bytearray(package("2.0.0"))
    data[data.index(b"payloadpayload") + 5] ^= 1
    send(client, bytes(data), 422)
    send(client, b"no package", 422)
    send(client, b"", 422)
    assert kept() == before and not EdgeRelease.objects.exists()
    row = send(client, package("2.0.0"))
    assert (row["version"], row["sites"]) == ("2.0.0", 0)
    path = settings.CONFIG.home / RELEASE_FOLDER / f"{row['sha256']}.tar"
    assert path.read_bytes() == package("2.0.0") and path.stat().st_mode & 0o77 == 0
    send(client, package("2.0.0"), 409)
    page = client.get("/api/v1/edge-releases").json()
    assert [one["version"] for one in page["items"]] == ["2.0.0"]
    entry = AuditEntry.objects.get(action="edge.release_publish")
    assert (entry.details["sha256"], entry.reason) == (row["sha256"], "A new version")


def test_a_version_is_chosen_for_one_site_and_told_to_the_gate(world: World, client: Client, package: Any) -> None:
    release = send(client, package("2.1.0"))
    old, new = site(world), site(world, version="2.2.0")
    post(client, f"/edge-sites/{new.id}/release", {**WHY, "release": release["id"]}, 409)  # runs a newer one
    detail = post(client, f"/edge-sites/{old.id}/release", {**WHY, "release": release["id"]})
    assert detail["chosen_version"] == "2.1.0"
    told = record(old).release
    assert told is not None and (told.version, told.sha256, told.size) == (
        "2.1.0", release["sha256"], release["size_bytes"],
    )  # fmt: skip
    post(client, f"/edge-sites/{old.id}/release", {**WHY, "release": None})
    assert record(old).release is None
    here = AuditEntry.objects.filter(action="edge.release_choose", object_id=str(old.id)).order_by("sequence")
    assert [one.details["version"] for one in here] == ["2.1.0", ""]


def test_a_share_grows_by_stages_and_tells_what_became_of_it(world: World, client: Client, package: Any) -> None:
    sites = [site(world) for _ in range(4)]
    site(world, version="2.5.0")  # newer already
    EdgeSite.objects.create(
        name="Never", premises=registry_rig.premises(world), created_ms=1, edited_ms=1
    )  # not enrolled
    release = send(client, package("2.3.0"))
    first = post(client, f"/edge-releases/{release['id']}/offer", {**WHY, "share_pct": 40})
    assert first["sites"] in (1, 2)
    chosen = set(EdgeSite.objects.filter(release_id=release["id"]).values_list("id", flat=True))
    after = post(client, f"/edge-releases/{release['id']}/offer", {**WHY, "share_pct": 100})
    assert after["sites"] == 4
    assert chosen <= set(EdgeSite.objects.filter(release_id=release["id"]).values_list("id", flat=True))
    EdgeLink.objects.filter(site_id=sites[0].id).update(version="2.3.0")
    failed = msgspec.json.encode(UpdateState(UpdatePhase.FAILED, "2.3.0", 0, "fell_back")).decode()
    EdgeLink.objects.filter(site_id=sites[1].id).update(update_state=failed)
    row = client.get("/api/v1/edge-releases").json()["items"][0]
    assert (row["sites"], row["running"], row["failed"]) == (4, 1, 1)
    detail = client.get(f"/api/v1/edge-sites/{sites[1].id}").json()
    assert detail["update"] == {"phase": "failed", "version": "2.3.0", "percent": 0, "reason": "fell_back"}
    # Of somebody whose sites are elsewhere nothing is chosen, and they publish nothing for the whole centre.
    other = world.client(*ALL, at=World.ELSEWHERE)
    assert post(other, f"/edge-releases/{release['id']}/offer", {**WHY, "share_pct": 100})["sites"] == 0
    send(other, package("2.4.0"), 403)
    # Withdrawn: no site is told of it any more, and it is not chosen again.
    path = settings.CONFIG.home / RELEASE_FOLDER / f"{release['sha256']}.tar"
    post(client, f"/edge-releases/{release['id']}/withdraw", WHY)
    assert record(sites[2]).release is None
    assert not EdgeSite.objects.filter(release__isnull=False).exists()
    post(client, f"/edge-releases/{release['id']}/offer", {**WHY, "share_pct": 10}, 409)
    post(client, f"/edge-sites/{sites[2].id}/release", {**WHY, "release": release["id"]}, 409)
    assert path.exists()  # gone with the commit, which no test makes
