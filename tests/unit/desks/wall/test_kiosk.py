"""A kiosk before a screen: enrolled by a code, opens its own doors only, revoked at once."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

import registry_rig
import wall_rig as rig
from prahari.contracts import tokens
from prahari.contracts.events import now_ms
from prahari.contracts.media import MediaClaims, StreamClaims
from prahari.desks.audit.models import AuditEntry
from prahari.desks.common.keys import signing_key
from prahari.desks.wall import kiosk, screens
from prahari.desks.wall import screen_schemas as s
from prahari.desks.wall.models import Screen, ScreenEnrolment
from scope import World

JSON = "application/json"
API = "/api/v1"
pytestmark = pytest.mark.usefixtures("without_event_log")


def boss(world: World) -> Client:
    return world.client("wall.control", "wall.share", "camera.view", "camera.live")


def test_the_code_on_the_screen_is_typed_in_at_the_desk(world: World) -> None:
    screen, client, waiting = rig.screen(world), boss(world), rig.Kiosk()
    assert waiting.ask().status_code == 401
    code = waiting.wait()
    assert re.fullmatch(r"[A-Z2-9]{4}-[A-Z2-9]{4}", code)
    path = f"{API}/screens/{screen.id}/enrol"
    wrong = client.post(path, {"code": "AAAA-AAAA", "reason": "New screen"}, content_type=JSON)
    assert wrong.status_code == 409 and "code" in wrong.json()["fields"]
    typed = code.lower().replace("-", " ")
    right = client.post(path, {"code": typed, "reason": "New screen"}, content_type=JSON)
    assert right.status_code == 200 and right.json()["enrolled_ms"]
    answer = waiting.ask()
    assert answer.status_code == 200, answer.content
    s.ScreenNow.model_validate(answer.json())
    assert answer.json()["screen"]["id"] == str(screen.id)
    assert client.get(f"{API}/screens").json()["items"][0]["linked"]
    again = client.post(path, {"code": code, "reason": "New screen"}, content_type=JSON)
    assert again.json()["code"] == "wrong_code", "a code is good once"
    assert code not in str(list(AuditEntry.objects.values_list("details", "object_name")))


def test_a_code_runs_out_and_another_takes_its_place(world: World) -> None:
    screen, client, waiting = rig.screen(world), boss(world), rig.Kiosk()
    first, second = waiting.wait(), waiting.wait()
    assert ScreenEnrolment.objects.count() == 1
    path = f"{API}/screens/{screen.id}/enrol"
    assert client.post(path, {"code": first, "reason": "xyz"}, content_type=JSON).status_code == 409
    ScreenEnrolment.objects.update(expires_ms=now_ms() - 1)
    assert client.post(path, {"code": second, "reason": "xyz"}, content_type=JSON).status_code == 409


def test_strangers_cannot_fill_the_list_of_those_who_wait(world: World) -> None:
    kiosks = [rig.Kiosk() for _ in range(screens.WAITING_MOST_AN_ADDRESS)]
    for one in kiosks:
        one.wait()
    answer = Client().post(f"{API}/screen/enrolments", {"key_hash": "ab" * 32}, content_type=JSON)
    assert answer.status_code == 429
    assert kiosks[0].wait(), "who waits already is told a new code all the same"


def test_a_revoked_kiosk_is_believed_no_more(world: World) -> None:
    screen = rig.screen(world)
    one = rig.enrolled(world, screen)
    assert one.ask().status_code == 200
    client = boss(world)
    assert client.post(f"{API}/screens/{screen.id}/revoke", {"reason": "Stolen"}, content_type=JSON).status_code == 200
    for answer in (one.ask(), one.ask("/cameras/counts"), one.send("/screen/event-token")):
        assert answer.status_code == 401
    assert not client.get(f"{API}/screens").json()["items"][0]["enrolled_ms"]
    second = rig.enrolled(world, screen)
    third = rig.enrolled(world, screen)
    assert second.ask().status_code == 401 and third.ask().status_code == 200, "one kiosk a screen"
    Screen.objects.update(active=False)
    assert third.ask().status_code == 401


def test_it_changes_its_key_by_itself_and_a_lost_answer_costs_nothing(world: World) -> None:
    one = rig.enrolled(world, rig.screen(world))
    assert not one.ask().json()["change_key"]
    Screen.objects.update(key_ms=now_ms() - 8 * 86_400_000)
    assert one.ask().json()["change_key"]
    before, after = one.key, rig.Kiosk()
    assert one.change_to(after).status_code == 204
    assert one.key == before and one.ask().status_code == 401, "the answer was lost: the old key is good no more"
    assert after.ask().status_code == 200 and not after.ask().json()["change_key"], "and the other one is"
    other = rig.enrolled(world, rig.screen(world))
    assert other.change_to(after).status_code == 409
    assert AuditEntry.objects.filter(action="screen.change_key").count() == 1


def test_it_gets_pictures_of_what_stands_on_it_and_of_nothing_else(world: World) -> None:
    screen = rig.screen(world)
    one = rig.enrolled(world, screen)
    shown, other = registry_rig.camera(world), registry_rig.camera(world)
    rig.show(boss(world), screen, {"kind": "camera", "camera": str(shown.pk)})
    [item] = one.ask().json()["screen"]["items"]
    assert item["content"]["cameras"][0]["id"] == str(shown.pk)
    answer = one.send("/screen/media-tokens", camera_ids=[str(shown.pk), str(other.pk)], uses=["live"])
    assert answer.status_code == 200, answer.content
    [given] = answer.json()["items"]
    claims = tokens.verify(given["token"], MediaClaims, signing_key().public_key())
    assert (claims.camera_id, claims.user_id, claims.uses) == (str(shown.pk), str(screen.id), ["live"])
    assert [refused["camera_id"] for refused in answer.json()["refused"]] == [str(other.pk)]
    assert AuditEntry.objects.get(action="camera.watch").actor_name == screen.name_en
    registry_rig.Camera.objects.filter(pk=shown.pk).update(retired_ms=now_ms())
    assert one.ask().json()["screen"]["items"][0]["content"]["cameras"] == [None]
    assert one.send("/screen/media-tokens", camera_ids=[str(shown.pk)], uses=["playback"]).status_code == 422


def test_it_hears_events_of_its_area_and_agency(world: World) -> None:
    one = rig.enrolled(world, rig.screen(world))
    answer = one.send("/screen/event-token")
    claims = tokens.verify(answer.json()["token"], StreamClaims, signing_key().public_key())
    assert claims.grants == [(World.HOME, World.AGENCY, ["alarm.view", "camera.live", "camera.view"])]


def test_its_key_opens_the_doors_that_a_screen_needs_and_no_others(world: World) -> None:
    one = rig.enrolled(world, rig.screen(world))
    mine, other = registry_rig.camera(world), registry_rig.camera(world, at=World.ELSEWHERE)
    for path in ("/centre", "/cameras/counts", "/alarms", "/alarms/counts", "/jurisdictions", "/cameras/map?zoom=12"):
        assert one.ask(path).status_code in {200, 422}, path
    assert one.ask("/cameras/counts").json()["linked"] == 1 and mine != other
    for path in ("/me", "/cameras", f"/cameras/{mine.pk}", "/screens", "/users", "/audit", "/shifts/me", "/alarms/x"):
        assert one.ask(path).status_code in {401, 404}, path
    for path in ("/event-token", "/media-tokens", "/screens", "/alarms/acknowledge"):
        assert one.send(path).status_code in {401, 403, 404, 405}, path


@pytest.mark.parametrize(
    "header", ["Screen ", "Screen x", "Bearer abc", f"Screen {'a' * 5000}", "Screen \u0915" * 9, ""]
)
def test_what_is_no_key_opens_nothing(world: World, header: str) -> None:
    client = Client()
    assert client.get(f"{API}/screen", headers={"Authorization": header}).status_code == 401
    assert client.get(f"{API}/cameras/counts", headers={"Authorization": header}).status_code == 401


def test_the_build_changes_with_the_console(world: World, settings: Any, tmp_path: Any) -> None:
    settings.WEB_DIST = tmp_path
    assert kiosk.build() == ""
    (tmp_path / "index.html").write_text("one")
    first = kiosk.build()
    (tmp_path / "index.html").write_text("two")
    assert first and kiosk.build() != first
