"""Hot spots through their door: who is told how much, which are dark, when to be there."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

import incidents_rig
import registry_rig
from dispatch_rig import get
from prahari.contracts.clock import IST
from prahari.contracts.events import now_ms
from prahari.desks.incidents.models import Incident
from prahari.desks.registry.models import CameraState
from scope import World

HERE, THERE, FAR = (26.45, 80.33), (26.46, 80.34), (26.47, 80.35)


def calls(world: World, place: tuple[float, float], count: int, hour: int = 20, **more: Any) -> None:
    """On the last days at this hour."""
    today = dt.datetime.now(IST).replace(hour=hour, minute=30)
    for days in range(1, count + 1):
        at_ms = int((today - dt.timedelta(days=days)).timestamp() * 1000)
        one = incidents_rig.opened(world, kind="women_safety", lat=place[0], lon=place[1], **more)
        Incident.objects.filter(id=one.id).update(happened_ms=at_ms)


@pytest.fixture
def investigator(world: World) -> Client:
    return world.client("dispatch.view", "incident.view")


def test_where_and_when(world: World, investigator: Client) -> None:
    calls(world, HERE, 4)
    calls(world, THERE, 2, hour=9)
    calls(world, FAR, 2, jurisdiction=World.ELSEWHERE)
    incidents_rig.opened(world, kind="fire")
    told = get(investigator, "/dispatch/hotspots")
    assert [cell["count"] for cell in told["cells"]] == [4, 2] and told["total"] == 6
    assert sum(told["hours"]) == 6 and len(told["hours"]) == 168
    assert sum(told["hours"][day * 24 + 20] for day in range(7)) == 4
    first, second = told["patrols"]
    assert (first["cell"], first["count"], first["of"]) == (told["cells"][0]["id"], 4, 4)
    assert first["hour"] in (19, 20) and len(first["days"]) == 4 and second["hour"] in (8, 9)
    west, south, east, north = told["cells"][0]["box"]
    assert south <= HERE[0] <= north and west <= HERE[1] <= east
    assert get(investigator, "/dispatch/hotspots?kinds=fire")["total"] == 1
    assert "kinds" in get(investigator, "/dispatch/hotspots?kinds=dragon", 422)["fields"]


def test_small_numbers_are_told_to_those_only_who_may_see_the_incidents(world: World) -> None:
    calls(world, HERE, 3)
    calls(world, THERE, 2, hour=9)
    told = get(world.client("dispatch.view"), "/dispatch/hotspots")
    assert [cell["count"] for cell in told["cells"]] == [3] and told["least"] == 3
    assert [patrol["days"] for patrol in told["patrols"]] == [[]] and told["total"] == 5
    assert set(told["hours"]) == {0, None}, "each hour of the week has had one at most"
    Incident.objects.all().update(outcome="test")
    calls(world, HERE, 2)
    few = get(world.client("dispatch.view"), "/dispatch/hotspots")
    assert few["cells"] == [] and few["total"] is None and few["patrols"] == []


def test_nothing_false_counts(world: World, investigator: Client) -> None:
    calls(world, HERE, 2)
    Incident.objects.all().update(outcome="false_call")
    assert get(investigator, "/dispatch/hotspots")["total"] == 0


def test_a_spot_without_a_working_camera_is_dark(world: World, investigator: Client) -> None:
    calls(world, HERE, 2)
    [cell] = get(investigator, "/dispatch/hotspots")["cells"]
    assert cell["dark"] and cell["camera_m"] is None
    near = registry_rig.camera(world, lat=cell["lat"] + 0.0005, lon=cell["lon"])
    registry_rig.state(near, "offline")
    assert get(investigator, "/dispatch/hotspots")["cells"][0]["dark"]
    CameraState.objects.update(status="live", proof_until_ms=now_ms() - 1)  # nobody has proved it lately
    assert get(investigator, "/dispatch/hotspots")["cells"][0]["dark"]
    CameraState.objects.update(proof_until_ms=now_ms() + 60_000)
    [lit] = get(investigator, "/dispatch/hotspots")["cells"]
    assert not lit["dark"] and 50 <= lit["camera_m"] <= 60
