"""Being at a post: one at a time, handed over with both names, breaks with somebody who covers."""

from __future__ import annotations

import threading
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client

import alarms_rig
import incidents_rig
import shifts_rig as rig
from prahari.contracts import events
from prahari.contracts.events import SHIFT_CHANGED
from prahari.desks.accounts.models import User
from prahari.desks.alarms import contacts
from prahari.desks.audit.models import AuditEntry
from prahari.desks.common.models import OutboxMessage
from prahari.desks.shifts import posts, schemas
from prahari.desks.shifts.models import Duty, DutyBreak, Post
from scope import World

JSON = "application/json"
API = "/api/v1"


def send(client: Client, path: str, **body: Any) -> Any:
    return client.post(f"{API}{path}", body, content_type=JSON)


def sign_on(client: Client, post: Post) -> Any:
    return send(client, f"/shift-posts/{post.id}/sign-on", key=str(uuid.uuid4()))


def seated(world: World, name: str, *rights: str) -> tuple[User, Client]:
    person = rig.sitter(world, name, *rights)
    return person, world.browser(person)


def told() -> list[str]:
    found = []
    for message in OutboxMessage.objects.order_by("sequence"):
        batch = events.decode(bytes(message.payload))
        found += [one.data["what"] for one in batch.events if one.type == SHIFT_CHANGED]
    return found


def test_one_sits_at_a_post_and_the_next_takes_over_with_both_names(world: World) -> None:
    post = rig.post(world)
    asha, first = seated(world, "asha")
    ravi, second = seated(world, "ravi")
    mine = sign_on(first, post)
    assert mine.status_code == 201, mine.content
    schemas.MyShift.model_validate(mine.json())
    duty = mine.json()["duty"]
    assert (duty["state"], duty["person"]["name"]) == ("on", "Asha")
    alarm = alarms_rig.put(assign_post=post.code)

    items = first.get(f"{API}/duties/{duty['id']}/open-items").json()["items"]
    assert [(one["kind"], one["id"]) for one in items] == [("alarm", str(alarm.alarm_id))]
    given = send(first, f"/duties/{duty['id']}/hand-over", note="Procession at six on Mall Road")
    assert given.status_code == 200, given.content
    assert send(first, f"/duties/{duty['id']}/hand-over", note="Again").json()["code"] == "offered"

    [waiting] = second.get(f"{API}/shifts/me").json()["handovers"]
    assert waiting["note"] == "Procession at six on Mall Road" and len(waiting["items"]) == 1
    assert send(first, f"/shift-handovers/{waiting['id']}/accept", key=str(uuid.uuid4())).json()["code"] == "own"
    taken = send(second, f"/shift-handovers/{waiting['id']}/accept", key=str(uuid.uuid4()), remark="Understood")
    assert taken.status_code == 200 and taken.json()["duty"]["state"] == "on"
    assert first.get(f"{API}/shifts/me").json()["duty"] is None
    assert list(posts.on_duty(post.code)) == [ravi.id] and posts.posts_of(asha.id) == []

    [kept] = second.get(f"{API}/shift-handovers?post={post.code}").json()["items"]
    schemas.ShiftHandoverRow.model_validate(kept)
    assert (kept["state"], kept["given_by"]["name"], kept["taken_by"]["name"], kept["remark"]) == (
        "accepted", "Asha", "Ravi", "Understood",
    )  # fmt: skip
    assert Duty.objects.get(person=asha).ended == "handed_over"
    assert told() == ["post", "signed_on", "handover_offered", "signed_on", "handed_over"]
    again = send(second, f"/shift-handovers/{waiting['id']}/accept", key=str(uuid.uuid4()))
    assert again.status_code == 409 and again.json()["code"] in {"answered", "own"}


def test_who_comes_early_waits_beside_and_a_third_is_told(world: World) -> None:
    post = rig.post(world)
    _, first = seated(world, "asha")
    ravi, second = seated(world, "ravi")
    _, third = seated(world, "sunil")
    duty = sign_on(first, post).json()["duty"]
    assert sign_on(second, post).json()["duty"]["state"] == "incoming"
    refused = sign_on(third, post)
    assert refused.status_code == 409 and "Ravi" in refused.json()["message"]["en"]
    assert sign_on(second, rig.post(world)).json()["code"] == "on_duty"
    assert list(posts.on_duty(post.code)) != [ravi.id]

    silent = send(first, f"/duties/{duty['id']}/sign-off")
    assert silent.status_code == 422 and "reason" in silent.json()["fields"]
    assert send(first, f"/duties/{duty['id']}/sign-off", reason="Taken ill").status_code == 200
    assert list(posts.on_duty(post.code)) == [ravi.id], "whoever came to take over has the post"
    assert second.get(f"{API}/shifts/me").json()["duty"]["state"] == "on"
    assert AuditEntry.objects.get(action="shift.sign_off").reason == "Taken ill"


def test_the_same_form_signs_on_once(world: World) -> None:
    post = rig.post(world)
    _, client = seated(world, "asha")
    key = str(uuid.uuid4())
    for _ in range(2):
        assert send(client, f"/shift-posts/{post.id}/sign-on", key=key).status_code == 201
    assert Duty.objects.count() == 1


def test_a_break_has_somebody_who_covers_and_alarms_go_to_them(world: World) -> None:
    post = rig.post(world)
    asha, client = seated(world, "asha")
    ravi, covering = seated(world, "ravi")
    duty = sign_on(client, post).json()["duty"]
    path = f"/duties/{duty['id']}"
    outsider = rig.sitter(world, "far", at=World.ELSEWHERE)
    assert "cover" in send(client, f"{path}/break", cover=str(outsider.id)).json()["fields"]
    assert "cover" in send(client, f"{path}/break", cover=str(asha.id)).json()["fields"]
    away = send(client, f"{path}/break", cover=str(ravi.id))
    assert away.json()["duty"]["away"]["cover"]["name"] == "Ravi"
    assert posts.on_duty(post.code) == [ravi.id]
    assert posts.posts_of(ravi.id) == [post.code] and posts.posts_of(asha.id) == []
    assert covering.get(f"{API}/shifts/me").json()["covers"] == [post.code]
    assert [one.name for one in contacts.people("post", post.code, World.HOME, World.AGENCY)] == ["Ravi"]
    assert send(client, f"{path}/break", cover=str(ravi.id)).json()["code"] == "away"
    assert send(client, f"{path}/back").json()["duty"]["away"] is None
    assert [one.name for one in contacts.people("post", post.code, World.HOME, World.AGENCY)] == ["Asha"]
    assert send(client, f"{path}/back").json()["code"] == "not_away"
    assert DutyBreak.objects.get().to_ms is not None


def test_who_may_not_sit_there_is_told(world: World) -> None:
    post = rig.post(world, role="supervisor")
    _, client = seated(world, "asha")
    refused = sign_on(client, post)
    assert (refused.status_code, refused.json()["code"]) == (403, "may_not_sit")
    assert client.get(f"{API}/shifts/me").json()["posts"] == []


def test_a_supervisor_relieves_with_a_reason(world: World) -> None:
    post = rig.post(world)
    duty = rig.on_duty(world, post, "asha")
    boss = world.client("shift.view", "shift.manage")
    assert send(boss, f"/duties/{duty.id}/relieve", reason="").status_code == 422
    assert send(boss, f"/duties/{duty.id}/relieve", reason="Went home without signing off").status_code == 204
    assert posts.on_duty(post.code) == []
    assert send(boss, f"/duties/{duty.id}/relieve", reason="Once more").json()["code"] == "not_on"


def test_incidents_in_charge_are_handed_over_too(world: World) -> None:
    post = rig.post(world)
    person, client = seated(world, "asha", *rig.RIGHTS, *incidents_rig.RIGHTS)
    made = incidents_rig.opened(world)
    path = f"{API}/incidents/{made.id}/people"
    body = {"version": 1, "person": str(person.id), "in_charge": True}
    assert client.post(path, body, content_type=JSON).status_code == 200
    duty = sign_on(client, post).json()["duty"]
    items = client.get(f"{API}/duties/{duty['id']}/open-items").json()["items"]
    assert [(one["kind"], one["to"]) for one in items] == [("incident", f"/incidents/{made.id}")]


@pytest.mark.django_db(transaction=True)
def test_two_who_sign_on_at_once_are_told_of_each_other(transactional_world: World) -> None:
    world = transactional_world
    post = rig.post(world)
    clients = [seated(world, name)[1] for name in ("asha", "ravi", "sunil")]
    answers: list[int] = []

    def go(client: Client) -> None:
        answers.append(sign_on(client, post).status_code)
        connection.close()

    threads = [threading.Thread(target=go, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [201, 201, 409]
    assert sorted(Duty.objects.values_list("state", flat=True)) == ["incoming", "on"]
