"""What the media engines are told of a screen: its pictures end there with the pairing, and with what stands on it."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from django.test import Client

import registry_rig
import wall_rig as rig
from prahari.contracts import tokens
from prahari.contracts.events import now_ms
from prahari.contracts.media import HolderState, MediaClaims
from prahari.desks.accounts.models import Jurisdiction
from prahari.desks.common.keys import signing_key
from prahari.desks.common.models import OutboxMessage
from prahari.desks.wall import screen_schemas as s
from prahari.desks.wall import screens, streams
from prahari.desks.wall.models import Screen, Showing, WallLayout
from scope import World

JSON = "application/json"
API = "/api/v1"
pytestmark = pytest.mark.usefixtures("without_event_log")


@pytest.fixture(autouse=True)
def nothing_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "_told", {})


def boss(world: World) -> Client:
    return world.client("wall.control", "wall.share", "camera.view", "camera.live")


def area(path: str) -> Jurisdiction:
    return Jurisdiction.objects.get(path=path)


def told(screen: Screen) -> HolderState:
    found = OutboxMessage.objects.filter(subject=f"$KV.media_holders.{screen.id}").latest("sequence")
    return msgspec.json.decode(found.payload, type=HolderState)


def given(kiosk: rig.Kiosk, camera: Any) -> MediaClaims:
    answer = kiosk.send("/screen/media-tokens", camera_ids=[str(camera.pk)], uses=["live"])
    [one] = answer.json()["items"]
    return tokens.verify(one["token"], MediaClaims, signing_key().public_key())


def holds(screen: Screen, claims: MediaClaims) -> bool:
    return told(screen).holds(claims.camera_id, claims.signed_ms)


def test_leave_ends_with_what_stands_there(world: World) -> None:
    screen, client = rig.screen(world), boss(world)
    kiosk, camera, other = rig.enrolled(world, screen), registry_rig.camera(world), registry_rig.camera(world)
    rig.show(client, screen, {"kind": "camera", "camera": str(camera.pk)})
    shown = given(kiosk, camera)
    assert told(screen).cameras == [str(camera.pk)] and holds(screen, shown)
    rig.show(client, screen, {"kind": "camera", "camera": str(other.pk), "at": [1, 1]})
    assert holds(screen, shown) and len(told(screen).cameras) == 2
    item = Showing.objects.get(what__camera=str(camera.pk))
    body = {"key": "0190f0a0-0000-7000-8000-000000000001", "showings": [str(item.id)]}
    assert client.post(f"{API}/screens/{screen.id}/release", body, content_type=JSON).status_code == 200
    assert not holds(screen, shown) and told(screen).cameras == [str(other.pk)]
    rig.show(client, screen, {"kind": "camera", "camera": str(camera.pk)})
    assert holds(screen, given(kiosk, camera))


def test_leave_ends_with_the_pairing_and_does_not_come_back_with_another(world: World) -> None:
    screen, client, camera = rig.screen(world), boss(world), registry_rig.camera(world)
    kiosk = rig.enrolled(world, screen)
    rig.show(client, screen, {"kind": "camera", "camera": str(camera.pk)})
    before = given(kiosk, camera)
    assert client.post(f"{API}/screens/{screen.id}/revoke", {"reason": "Stolen"}, content_type=JSON).status_code == 200
    assert not holds(screen, before)
    second = rig.enrolled(world, screen)
    rig.show(client, screen, {"kind": "counts"})
    assert not holds(screen, before) and holds(screen, given(second, camera))
    assert kiosk.send("/screen/media-tokens", camera_ids=[str(camera.pk)], uses=["live"]).status_code == 401


def test_a_kiosk_that_goes_before_another_screen_takes_no_picture_along(world: World) -> None:
    first, second, camera = rig.screen(world), rig.screen(world), registry_rig.camera(world)
    kiosk = rig.enrolled(world, first)
    rig.show(boss(world), first, {"kind": "camera", "camera": str(camera.pk)})
    before = given(kiosk, camera)
    form = s.ScreenCodeIn(code=kiosk.wait(), reason="It hangs elsewhere now")
    screens.enrol(actor=world.system, screen_id=second.id, form=form)
    assert not holds(first, before)
    answer = kiosk.send("/screen/media-tokens", camera_ids=[str(camera.pk)], uses=["live"])
    assert answer.json()["items"] == [] and kiosk.ask().json()["screen"]["id"] == str(second.id)


def test_what_ends_without_an_act_is_looked_for(world: World) -> None:
    screen, client, camera = rig.screen(world), boss(world), registry_rig.camera(world)
    kiosk = rig.enrolled(world, screen)
    layout = WallLayout.objects.create(
        name="Gates", grid=4, tiles=[str(camera.pk), None, None, None], owner=world.person(), shared=True, edited_ms=1,
        agency_id=World.AGENCY, jurisdiction=area(World.HOME),
    )  # fmt: skip
    seer = world.client("wall.control", "wall.use", "camera.view", "camera.live")
    assert rig.show(seer, screen, {"kind": "layout", "layout": str(layout.id)}, for_s=600).status_code == 200
    shown = given(kiosk, camera)
    assert streams.sweep() == 1 and holds(screen, shown)
    assert streams.sweep() == 0, "told once"
    # A layout is edited.
    WallLayout.objects.filter(id=layout.id).update(tiles=[None] * 4)
    assert streams.sweep() == 1 and not holds(screen, shown)
    WallLayout.objects.filter(id=layout.id).update(tiles=[str(camera.pk), None, None, None])
    assert streams.sweep() == 1
    # The camera is moved out of the area.
    shown = given(kiosk, camera)
    registry_rig.Camera.objects.filter(pk=camera.pk).update(jurisdiction=area(World.ELSEWHERE))
    assert streams.sweep() == 1 and not holds(screen, shown)
    registry_rig.Camera.objects.filter(pk=camera.pk).update(jurisdiction=area(World.HOME))
    assert streams.sweep() == 1
    # Its time has run out.
    shown = given(kiosk, camera)
    Showing.objects.update(until_ms=now_ms() - 1)
    assert kiosk.send("/screen/media-tokens", camera_ids=[str(camera.pk)], uses=["live"]).json()["items"] == []
    assert streams.sweep() == 1 and not holds(screen, shown)
    # An act between two looks, which ends before the second, is not overlooked.
    rig.show(client, screen, {"kind": "camera", "camera": str(camera.pk)}, for_s=5)
    shown = given(kiosk, camera)
    Showing.objects.update(until_ms=now_ms() - 1)
    assert streams.sweep() == 1 and not holds(screen, shown)
