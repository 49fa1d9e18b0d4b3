"""Machines of the centre: what people do with them is audited, and consoles are sent to who serves a camera."""

from __future__ import annotations

import asyncio
import dataclasses
import threading
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from media_rig import until
from prahari.contracts import bus, subjects
from prahari.contracts.cluster import (
    CameraPlacement,
    LeaseState,
    NodeRecord,
    Obeys,
    PlacementMode,
    WorkerLease,
)
from prahari.desks.audit.models import AuditEntry
from prahari.desks.common.actor import system
from prahari.desks.common.errors import Problem
from prahari.desks.linking import nodes
from prahari.desks.linking.engine import line
from prahari.desks.linking.whereabouts import Whereabouts

pytestmark = pytest.mark.django_db(transaction=True)
ACTOR = system("command line")
CAMERA = "0197a000-0000-7000-8000-000000000001"


@pytest.fixture
def with_nats(fresh_nats_url: str, settings: Any) -> Iterator[str]:
    settings.CONFIG = dataclasses.replace(settings.CONFIG, nats_url=fresh_nats_url)
    yield fresh_nats_url


async def _records(url: str) -> dict[str, NodeRecord]:
    client = await bus.connect(url, "test")
    bucket = await bus.ensure_cluster_bucket(client.jetstream(), subjects.MEDIA_NODE_BUCKET)
    found = {}
    for key in await bucket.keys():
        found[key] = msgspec.json.decode((await bucket.get(key)).value or b"", type=NodeRecord)
    await client.close()
    return found


def test_invited_joined_drained_and_left_with_an_audit_entry_each(with_nats: str) -> None:
    number = nodes.invite(actor=ACTOR, name="rack-2")
    assert nodes.invite(actor=ACTOR, name="rack-3") == number + 1
    nodes.join(actor=ACTOR, name="rack-2", number=number, address="10.0.0.2", workers=3, media_port=8410)
    with pytest.raises(Problem):
        nodes.invite(actor=ACTOR, name="rack-2")
    for bad in ("centre", "Rack 2", "", "a" * 40):
        with pytest.raises(Problem):
            nodes.invite(actor=ACTOR, name=bad)
    nodes.drain(actor=ACTOR, name="rack-2", on=True)
    assert asyncio.run(_records(with_nats))["rack-2"].draining
    nodes.drain(actor=ACTOR, name="rack-2", on=False)
    nodes.leave(actor=ACTOR, name="rack-2")
    with pytest.raises(Problem):
        nodes.drain(actor=ACTOR, name="rack-2", on=True)
    with pytest.raises(Problem):
        nodes.drain(actor=ACTOR, name="never-heard-of", on=True)
    assert asyncio.run(_records(with_nats))["rack-2"].left
    assert nodes.invite(actor=ACTOR, name="rack-2") == number + 2  # no number is given twice
    told = list(AuditEntry.objects.order_by("id").values_list("action", "object_name"))
    assert [one for one in told if one[1] == "rack-2"] == [
        ("node.invite", "rack-2"),
        ("node.join", "rack-2"),
        ("node.drain", "rack-2"),
        ("node.undrain", "rack-2"),
        ("node.leave", "rack-2"),
        ("node.invite", "rack-2"),
    ]


async def test_a_console_is_sent_to_the_machine_that_serves_the_camera(with_nats: str, settings: Any) -> None:
    config = settings.CONFIG
    client = await bus.connect(with_nats, "test")
    js = client.jetstream()
    leases = await bus.ensure_cluster_bucket(js, subjects.MEDIA_LEASE_BUCKET)
    placements = await bus.ensure_cluster_bucket(js, subjects.CAMERA_PLACEMENT_BUCKET)
    where = Whereabouts()
    where.start()
    computed = where.origin(CAMERA, "iccc.example")
    assert computed.startswith(f"http://iccc.example:{config.media_port}")

    def lease(worker: int, node: str, **changes: Any) -> WorkerLease:
        fields = {"number": 4, "floor": 2, "origin": f"https://{node}:8410", **changes}
        return WorkerLease(worker, node, state=LeaseState.HELD, obeys=Obeys.PLACED, capacity=200, cameras=0, **fields)

    await leases.put(subjects.worker_lease(0), msgspec.json.encode(lease(0, "centre")))
    await leases.put(subjects.worker_lease(100), msgspec.json.encode(lease(100, "rack-2")))
    await placements.put(CAMERA, msgspec.json.encode(CameraPlacement(100, 3)))
    await until(lambda: where.origins("iccc.example") == ("https://rack-2:8410",), what="the other machine known")
    assert where.origin(CAMERA, "iccc.example") == computed  # placements do not count yet
    await placements.put(subjects.CAMERA_PLACEMENT_MODE, msgspec.json.encode(PlacementMode(Obeys.PLACED, 1)))
    await until(lambda: where.origin(CAMERA, "iccc.example") == "https://rack-2:8410", what="the console sent there")
    await placements.put(CAMERA, msgspec.json.encode(CameraPlacement(0, 3)))
    await until(lambda: where.origin(CAMERA, "iccc.example") == computed, what="and back")
    await client.close()


def test_a_line_that_was_closed_ends_what_was_begun_and_is_opened_anew(with_nats: str) -> None:
    Whereabouts().start()
    assert line.run(line.plan_keys(), 10) == []
    line.close()
    assert "engine line" not in [thread.name for thread in threading.enumerate()]
    assert line.run(line.plan_keys(), 10) == []
