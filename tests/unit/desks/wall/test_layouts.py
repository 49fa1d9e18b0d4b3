"""Layouts of the wall: one's own, shared ones, and two people saving the same."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

import registry_rig as rig
from prahari.desks.wall import schemas
from scope import World

JSON = "application/json"
PATH = "/api/v1/wall-layouts"


def save(client: Client, **more: Any) -> Any:
    return client.post(PATH, {"name": "Night", "grid": 4, "tiles": []} | more, content_type=JSON)


def names(client: Client) -> list[str]:
    return [item["name"] for item in client.get(PATH).json()["items"]]


def test_saved_layouts_come_back_with_as_many_tiles_as_the_grid(world: World) -> None:
    client = world.client("wall.use")
    camera = str(rig.camera(world).pk)
    made = save(client, tiles=[None, camera])
    assert made.status_code == 201, made.content
    schemas.Layout.model_validate(made.json())
    assert made.json()["tiles"] == [None, camera, None, None]
    assert names(client) == ["Night"] and names(world.client("wall.use")) == []
    assert save(client).json()["code"] == "name_used"
    assert client.delete(f"{PATH}/{made.json()['id']}").status_code == 204 and names(client) == []


@pytest.mark.parametrize("wrong", [{"grid": 5}, {"grid": 1, "tiles": [None, None]}, {"name": " "}, {"tiles": ["x"]}])
def test_what_is_no_layout_is_refused(world: World, wrong: dict[str, Any]) -> None:
    assert save(world.client("wall.use"), **wrong).status_code == 422


def test_the_later_of_two_saves_is_told(world: World) -> None:
    client = world.client("wall.use")
    made = save(client).json()
    path = f"{PATH}/{made['id']}"
    first = client.patch(path, {"grid": 9, "edited_ms": made["edited_ms"]}, content_type=JSON)
    assert first.status_code == 200 and len(first.json()["tiles"]) == 9
    late = client.patch(path, {"name": "Late", "edited_ms": made["edited_ms"]}, content_type=JSON)
    assert late.status_code == 409 and late.json()["code"] == "edited_meanwhile"
    smaller = client.patch(path, {"grid": 1, "edited_ms": first.json()["edited_ms"]}, content_type=JSON)
    assert len(smaller.json()["tiles"]) == 1


def test_shared_means_seen_there_and_changed_by_its_owner_alone(world: World) -> None:
    assert save(world.client("wall.use"), shared=True).status_code == 403
    owner = world.client("wall.use", "wall.share")
    made = save(owner, shared=True).json()
    station = world.client("wall.use", at=f"{World.HOME}.kalyanpur")
    assert names(station) == ["Night"] and names(world.client("wall.use", at=World.CITY)) == ["Night"]
    assert names(world.client("wall.use", at=World.ELSEWHERE)) == []
    assert names(world.client("wall.use", agency=World.OTHER_AGENCY)) == []
    change = {"name": "Mine", "edited_ms": made["edited_ms"]}
    answer = station.patch(f"{PATH}/{made['id']}", change, content_type=JSON)
    assert answer.status_code == 403 and answer.json()["code"] == "not_owner"
    unshared = owner.patch(f"{PATH}/{made['id']}", {"shared": False, "edited_ms": made["edited_ms"]}, content_type=JSON)
    assert unshared.status_code == 200 and names(station) == []
