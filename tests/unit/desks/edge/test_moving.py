"""A camera of a site that its box can move is moved as any other; its device stays the box's own affair."""

from __future__ import annotations

import msgspec
import pytest

import devices_rig
import registry_rig
from prahari.contracts.media import CameraPlan
from prahari.desks.common.models import OutboxMessage
from prahari.desks.edge.models import EdgeCamera, EdgeLink, EdgeSite
from prahari.desks.linking import plans
from scope import World

pytestmark = pytest.mark.django_db


def test_what_a_site_can_move_is_movable_and_only_its_tour_is_told(world: World) -> None:
    client = world.client("camera.view", "camera.ptz")
    camera = registry_rig.camera(world, kind="ptz")
    devices_rig.channel(world, camera=camera, ptz=False)  # from before it was a site's
    site = EdgeSite.objects.create(name="Shop", premises=registry_rig.premises(world), created_ms=1, edited_ms=1)
    EdgeCamera.objects.create(site=site, camera=camera, local_name="gate")
    state = f"/api/v1/cameras/{camera.id}/ptz"
    assert not client.get(state).json()["movable"]
    link = EdgeLink.objects.create(
        site_id=site.id, state="online", reason="", version="1.0.0", since_ms=1, changed_ms=1, seen_ms=1,
        certificate_until_s=1, events_waiting=0, update_state="", cameras=[{"name": "gate", "has_sub": True}],
    )  # fmt: skip
    assert not client.get(state).json()["movable"]
    link.cameras = [{"name": "gate", "has_sub": True, "ptz": True}]
    link.save()
    assert client.get(state).json()["movable"]
    assert plan(camera.id).device is None
    devices_rig.tour(world, camera, running=True, started_ms=7)
    told = plan(camera.id).device
    assert told is not None and told.tour is not None and told.tour.started_ms == 7
    assert (told.url, told.sealed_credentials) == ("edge", "")


def plan(camera_id: object) -> CameraPlan:
    plans.publish([camera_id])
    payload = OutboxMessage.objects.filter(subject=plans.subject_of(camera_id)).latest("id").payload
    return msgspec.json.decode(bytes(payload), type=CameraPlan)


@pytest.fixture
def world() -> World:
    return World()
