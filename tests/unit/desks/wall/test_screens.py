"""Screens of the wall: shown on, over one another, taken back, switched together; alarms come by themselves."""

from __future__ import annotations

import threading
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client

import alarms_rig
import incidents_rig
import registry_rig
import wall_rig as rig
from prahari.contracts import events
from prahari.contracts.events import WALL_CHANGED, now_ms
from prahari.desks.common.errors import Problem
from prahari.desks.common.models import OutboxMessage, Rule
from prahari.desks.procedures import automatic
from prahari.desks.wall import alarm_tiles, screens
from prahari.desks.wall import screen_schemas as s
from prahari.desks.wall.models import Screen, Showing, WallLayout
from scope import World

JSON = "application/json"
API = "/api/v1"
RIGHTS = ("wall.control", "wall.use", "camera.view", "camera.live")


def operator(world: World, name: str = "") -> Client:
    person = world.person(name)
    world.allow(person, *RIGHTS)
    return world.browser(person)


def camera(world: World, **more: Any) -> dict[str, Any]:
    return {"kind": "camera", "camera": str(registry_rig.camera(world, **more).pk)}


def state(client: Client, one: Screen) -> dict[str, Any]:
    answer = client.get(f"{API}/screens")
    assert answer.status_code == 200, answer.content
    s.ScreenPage.model_validate(answer.json())
    found: dict[str, Any] = next(row for row in answer.json()["items"] if row["id"] == str(one.id))
    return found


def cameras(found: dict[str, Any], which: str = "items") -> list[str]:
    return [item["content"]["cameras"][0]["id"] for item in found[which]]


def test_a_camera_is_put_on_a_screen_told_of_and_taken_back(world: World) -> None:
    screen, client = rig.screen(world), operator(world, "asha")
    item = camera(world)
    put = rig.show(client, screen, item)
    assert put.status_code == 200, put.content
    s.ScreenPut.model_validate(put.json())
    found = state(client, screen)
    assert cameras(found) == [item["camera"]]
    assert (found["items"][0]["by"], found["items"][0]["source"], found["version"]) == ("Asha", "person", 2)
    told = [
        (one.type, one.subject, one.data["what"])
        for message in OutboxMessage.objects.filter(subject="events.wall").order_by("sequence")
        for one in events.decode(bytes(message.payload)).events
    ]  # fmt: skip
    assert told == [(WALL_CHANGED, str(screen.id), "setup"), (WALL_CHANGED, str(screen.id), "show")]
    undone = client.post(f"{API}/wall-acts/{put.json()['act']}/undo")
    assert undone.status_code == 200 and state(client, screen)["items"] == []


def test_the_same_act_is_done_once(world: World) -> None:
    screen, client = rig.screen(world), operator(world)
    key, item = str(uuid.uuid4()), camera(world)
    for _ in range(2):
        assert rig.show(client, screen, item, key=key).status_code == 200
    assert Showing.objects.count() == 1


def test_two_on_one_tile_both_stand_there_by_name(world: World) -> None:
    screen = rig.screen(world)
    asha, ravi = operator(world, "asha"), operator(world, "ravi")
    first, second = camera(world) | {"at": [1, 1]}, camera(world) | {"at": [1, 1]}
    rig.show(asha, screen, first)
    over = rig.show(ravi, screen, second).json()
    assert [(one["by"], one["content"]["cameras"][0]["id"]) for one in over["over"]] == [("Asha", first["camera"])]
    found = state(asha, screen)
    assert cameras(found) == [second["camera"]] and cameras(found, "beneath") == [first["camera"]]
    assert asha.post(f"{API}/wall-acts/{over['act']}/undo").status_code == 200
    assert cameras(state(ravi, screen)) == [first["camera"]], "what lay beneath is back"


def test_what_nobody_places_goes_where_there_is_room_and_too_deep_is_taken_away(world: World) -> None:
    screen, client = rig.screen(world), operator(world)
    for _ in range(4):
        rig.show(client, screen, camera(world))
    found = state(client, screen)
    assert sorted((one["x"], one["y"]) for one in found["items"]) == [(0, 0), (0, 1), (1, 0), (1, 1)]
    corner = {"at": [0, 0]}
    for _ in range(5):
        rig.show(client, screen, camera(world) | corner)
    assert len(state(client, screen)["beneath"]) == 3


def test_what_runs_out_is_gone_and_what_lay_beneath_is_seen(world: World) -> None:
    screen, client = rig.screen(world), operator(world)
    stays, passes = camera(world) | {"at": [0, 0]}, camera(world) | {"at": [0, 0]}
    rig.show(client, screen, stays)
    rig.show(client, screen, passes, for_s=60)
    assert cameras(state(client, screen)) == [passes["camera"]]
    Showing.objects.filter(until_ms__isnull=False).update(until_ms=now_ms() - 1)
    assert cameras(state(client, screen)) == [stays["camera"]]


def test_taking_away_all_and_undoing_it(world: World) -> None:
    screen, client = rig.screen(world), operator(world)
    rig.show(client, screen, camera(world), camera(world), {"kind": "counts"}, {"kind": "map"})
    kinds = {one["kind"] for one in state(client, screen)["items"]}
    cleared = client.post(f"{API}/screens/{screen.id}/release", {"key": str(uuid.uuid4())}, content_type=JSON)
    assert cleared.json()["screen"]["items"] == []
    client.post(f"{API}/wall-acts/{cleared.json()['act']}/undo")
    assert {one["kind"] for one in state(client, screen)["items"]} == kinds
    assert client.post(f"{API}/wall-acts/{uuid.uuid4()}/undo").status_code == 404


def test_a_camera_is_shown_where_both_the_person_and_the_screen_may(world: World) -> None:
    narrow = rig.screen(world, jurisdiction=f"{World.HOME}.kalyanpur")
    client = operator(world)
    refused = rig.show(client, narrow, camera(world))
    assert refused.status_code == 422 and "area" in refused.json()["fields"]["camera"]["en"]
    assert rig.show(client, rig.screen(world), camera(world, at=World.ELSEWHERE)).status_code == 422
    wide = rig.screen(world, jurisdiction=World.CITY, agency="")
    assert rig.show(client, wide, camera(world)).status_code == 404, "the screen is the city's, not theirs"
    shared = rig.screen(world, agency="")
    assert rig.show(client, shared, camera(world)).status_code == 200, "of all agencies: theirs too"
    watcher = world.client("wall.control")
    [item] = state(watcher, shared)["items"]
    assert item["content"]["cameras"] == [None], "who may not see a camera is not told its name"


def test_pages_only_from_the_list(world: World) -> None:
    screen, client = rig.screen(world), operator(world)
    Rule.objects.create(code="wall_pages", valid_from="2020-01-01", value=["https://weather.example.in/kanpur"],
                        source="test", created_ms=1)  # fmt: skip
    for url, status in (
        ("https://weather.example.in/kanpur", 200), ("https://weather.example.in/kanpur/radar?x=1", 200),
        ("https://weather.example.in/kanpur2", 422), ("https://weather.example.in.evil.example/kanpur", 422),
        ("javascript:alert(1)", 422), ("https://evil.example/?https://weather.example.in/kanpur", 422), ("", 422),
    ):  # fmt: skip
        assert rig.show(client, screen, {"kind": "page", "url": url}).status_code == status, url
    policy = client.get("/screen").headers["Content-Security-Policy"]
    assert "frame-src https://weather.example.in;" in policy
    assert "frame-src 'none'" in client.get("/wall/screens").headers["Content-Security-Policy"]


def test_a_layout_and_a_tour(world: World) -> None:
    screen, person = rig.screen(world), world.person("asha")
    world.allow(person, *RIGHTS)
    client = world.browser(person)
    shown, retired = registry_rig.camera(world), registry_rig.camera(world, at=World.ELSEWHERE)
    layout = WallLayout.objects.create(
        name="Night", grid=4, tiles=[str(shown.pk), None, str(retired.pk), None], owner=person, edited_ms=1
    )
    tour = {"kind": "tour", "cameras": [str(shown.pk)], "dwell_s": 10, "at": [0, 0]}
    assert rig.show(client, screen, {"kind": "layout", "layout": str(layout.pk)}, tour).status_code == 200
    first, second = state(client, screen)["items"]
    assert (first["w"], first["h"], first["content"]["grid"]) == (2, 2, 4)
    assert [one and one["id"] for one in first["content"]["cameras"]] == [str(shown.pk), None, None, None]
    assert second["content"]["dwell_s"] == 10
    assert rig.show(client, screen, {"kind": "layout", "layout": str(uuid.uuid4())}).status_code == 422


def test_a_set_of_screens_is_switched_with_one_call_and_back(world: World) -> None:
    left, right, client = rig.screen(world), rig.screen(world), operator(world)
    crowd, gate, other = camera(world), camera(world), camera(world)
    rig.show(client, left, crowd)
    rig.show(client, right, gate)
    body = {"name": {"en": "Festival", "hi": "त्योहार"}, "screens": [str(left.id), str(right.id)]}
    made = client.post(f"{API}/salvos", body, content_type=JSON)
    assert made.status_code == 201, made.content
    for screen in (left, right):
        client.post(f"{API}/screens/{screen.id}/release", {"key": str(uuid.uuid4())}, content_type=JSON)
    rig.show(client, left, other)
    registry_rig.Camera.objects.filter(pk=gate["camera"]).update(retired_ms=now_ms())
    key = {"key": str(uuid.uuid4())}
    path = f"{API}/salvos/{made.json()['id']}/switch"
    switched = client.post(path, key, content_type=JSON)
    s.SalvoSwitched.model_validate(switched.json())
    assert switched.json()["left_out"] == 1
    assert cameras(state(client, left)) == [crowd["camera"]] and state(client, right)["items"] == []
    client.post(path, key, content_type=JSON)
    assert Showing.objects.filter(act=key["key"]).count() == 1
    client.post(f"{API}/wall-acts/{key['key']}/undo")
    assert cameras(state(client, left)) == [other["camera"]]
    narrow = world.client("wall.control", at=f"{World.HOME}.kalyanpur")
    assert narrow.post(path, key, content_type=JSON).status_code == 404


def test_a_grave_alarm_comes_by_itself_once_for_a_while(world: World) -> None:
    screen = rig.screen(world, reserved=[1, 0, 1, 1], alarm_severity="high", alarm_for_s=60)
    client = operator(world)
    rig.show(client, screen, {"kind": "map", "size": [2, 2]})
    one, other = registry_rig.camera(world), registry_rig.camera(world)
    alarms_rig.put(severity="medium", cameras=[str(one.pk)])
    alarms_rig.put(severity="critical", cameras=[str(one.pk)])
    alarms_rig.put(severity="high", cameras=[str(other.pk)])
    alarms_rig.put(severity="high", jurisdiction=World.ELSEWHERE, cameras=[str(one.pk)])
    alarms_rig.put(severity="high", cameras=[str(registry_rig.camera(world, at=World.ELSEWHERE).pk)])
    assert alarm_tiles.sweep() == 2
    assert alarm_tiles.sweep() == 0
    found = state(client, screen)
    assert [item["kind"] for item in found["items"]] == ["map", "camera"]
    top = found["items"][-1]
    assert (top["x"], top["y"], top["source"], top["by"], top["why"]["en"]) == (1, 0, "alarm", "", "Intrusion at night")
    assert top["content"]["cameras"][0]["id"] == str(one.pk), "the graver lies on top"
    Showing.objects.filter(source="alarm").update(until_ms=now_ms() - 1)
    assert [item["kind"] for item in state(client, screen)["items"]] == ["map"]


def test_an_alarm_without_a_camera_shows_the_nearest_or_its_place(world: World) -> None:
    screen = rig.screen(world, reserved=[0, 0, 1, 1], alarm_severity="high")
    client = operator(world)
    near = registry_rig.camera(world, lat=26.4502, lon=80.33)
    registry_rig.camera(world, lat=26.4508, lon=80.33)
    registry_rig.camera(world, lat=26.45, lon=80.33, at=World.ELSEWHERE)
    alarms_rig.put(severity="high", cameras=[])
    alarms_rig.put(severity="critical", cameras=[], lat=26.55, lon=80.33)
    assert alarm_tiles.sweep() == 2
    found = state(client, screen)
    assert [(one["kind"], one["content"]["lat"]) for one in found["items"]] == [("map", 26.55)]
    assert cameras(found, "beneath") == [str(near.pk)]


def test_a_flood_of_alarms_does_not_flicker(world: World) -> None:
    screen = rig.screen(world, reserved=[1, 0, 1, 1], alarm_severity="high", alarm_for_s=60)
    client = operator(world)
    first, second, graver = (str(registry_rig.camera(world).pk) for _ in range(3))
    alarms_rig.put(severity="high", cameras=[first])
    assert alarm_tiles.sweep() == 1
    alarms_rig.put(severity="high", cameras=[second])
    assert alarm_tiles.sweep() == 0 and cameras(state(client, screen)) == [first], "it stands a while"
    alarms_rig.put(severity="critical", cameras=[graver])
    assert alarm_tiles.sweep() == 1 and cameras(state(client, screen)) == [graver], "a graver one waits for nobody"
    Showing.objects.filter(source="alarm").update(put_ms=now_ms() - 9_000)
    assert alarm_tiles.sweep() == 1 and cameras(state(client, screen)) == [graver]
    assert second in cameras(state(client, screen), "beneath")


def test_a_procedure_shows_an_incident_on_the_screen_of_its_place(world: World) -> None:
    near = registry_rig.camera(world)
    incident = incidents_rig.opened(world)
    call = automatic.of("show_on_wall")
    assert call is not None and call.call is not None
    with pytest.raises(Problem, match="no_screen"):
        call.call(actor=world.system, incident=incident, values={}, key="step-1")
    rig.screen(world, jurisdiction=World.ELSEWHERE)
    city, home = rig.screen(world, jurisdiction=World.CITY), rig.screen(world)
    for _ in range(2):
        said = call.call(actor=world.system, incident=incident, values={}, key="step-1")
    assert said and said["en"] == f"On {home.name_en}."
    assert {one.kind for one in Showing.objects.filter(screen=home)} == {"map", "camera"}
    assert Showing.objects.filter(kind="camera").get().what == {"camera": str(near.pk)}
    values = {"screen": str(city.id), "what": "map", "minutes": 5}
    call.call(actor=world.system, incident=incident, values=values, key="step-2")
    assert [one.kind for one in Showing.objects.filter(screen=city)] == ["map"]


def test_setting_up_is_kept_from_two_writers_and_what_does_not_fit_goes(world: World) -> None:
    screen, boss = rig.screen(world), world.client("wall.control", "wall.share", "camera.live", "camera.view")
    rig.show(boss, screen, camera(world) | {"at": [1, 1]})
    path = f"{API}/screens/{screen.id}"
    body = rig.fields(setup=1, columns=1, rows=1)
    assert boss.put(path, body, content_type=JSON).json()["items"] == []
    late = boss.put(path, body, content_type=JSON)
    assert late.status_code == 409 and late.json()["present"]["columns"] == 1
    assert operator(world).put(path, body, content_type=JSON).status_code == 403
    outside = rig.fields(reserved=[1, 1, 2, 1])
    assert "reserved" in boss.post(f"{API}/screens", outside, content_type=JSON).json()["fields"]
    nowhere = rig.fields(alarm_severity="high")
    assert "reserved" in boss.post(f"{API}/screens", nowhere, content_type=JSON).json()["fields"]
    assert boss.post(f"{API}/screens", rig.fields(agency="municipal"), content_type=JSON).status_code == 403


def test_what_was_shown_long_ago_is_forgotten(world: World) -> None:
    screen, client = rig.screen(world), operator(world)
    rig.show(client, screen, {"kind": "counts"})
    Showing.objects.update(ended_ms=now_ms() - 91 * 86_400_000)
    assert screens.forget_old() == 1


@pytest.mark.django_db(transaction=True)
def test_many_who_push_at_once_all_stand_there(transactional_world: World) -> None:
    world = transactional_world
    screen = rig.screen(world)
    clients = [operator(world, f"p{number}") for number in range(4)]
    item = camera(world) | {"at": [0, 0]}
    answers: list[int] = []

    def push(client: Client) -> None:
        answers.append(rig.show(client, screen, item).status_code)
        connection.close()

    threads = [threading.Thread(target=push, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [200] * 4
    found = state(clients[0], screen)
    assert len(found["items"]) == 1 and len(found["beneath"]) == 3 and found["version"] == 5
