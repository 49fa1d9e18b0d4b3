"""Tasks by hand, in bulk, by rule; who may do what with them."""

from __future__ import annotations

import datetime as dt
import threading
from typing import Any

import pytest
from django.db import connection
from django.test import Client

import registry_rig as rig
from prahari.contracts.clock import DAY_MS, local_day
from prahari.contracts.events import now_ms
from prahari.desks.accounts.models import User
from prahari.desks.audit.models import AuditEntry
from prahari.desks.common.models import Rule
from prahari.desks.linking.models import CameraLinkage
from prahari.desks.programme import laws, task_rules, tasks_actions
from prahari.desks.programme.models import Task
from prahari.desks.programme.schemas_tasks import TaskDetail, TaskPage
from scope import World
from scopes.programme import MANAGE, VIEW, WORK, appointed, listed, task

JSON = "application/json"
API = "/api/v1"
STATION = f"{World.HOME}.kalyanpur"
OTHER_STATION = f"{World.HOME}.panki"
NAME = {"en": "Visit", "hi": "भ्रमण"}


def constable(world: World, at: str = STATION) -> tuple[User, Client]:
    user = world.person(at=at)
    world.allow(user, VIEW, WORK, at=at)
    return user, world.browser(user)


@pytest.fixture
def manager(world: World) -> Client:
    return world.client(MANAGE, VIEW, at="", agency=None)


def move(client: Client, one: Task | str, state: str, **more: Any) -> Any:
    task_id = one if isinstance(one, str) else one.id
    return client.post(f"{API}/tasks/{task_id}/state", {"state": state} | more, content_type=JSON)


def test_a_task_lives_from_its_making_to_its_end(world: World, manager: Client) -> None:
    user, phone = constable(world)
    house = rig.premises(world, at=STATION)
    due = str(local_day() + dt.timedelta(days=3))
    body = {"kind": "visit", "title": NAME, "premises_id": str(house.pk), "person_id": str(user.pk), "due_day": due,
            "checklist": ["See the owner", "Photograph the form"], "priority": "high"}  # fmt: skip
    made = manager.post(f"{API}/tasks", body, content_type=JSON)
    assert made.status_code == 201, made.content
    TaskDetail.model_validate(made.json())
    assert made.json()["jurisdiction"]["path"] == STATION and made.json()["agency"] == World.AGENCY
    mine = phone.get(f"{API}/tasks?mine=true&state=standing").json()
    TaskPage.model_validate(mine)
    assert [one["id"] for one in mine["items"]] == [made.json()["id"]]
    points = made.json()["checklist"]
    early = move(phone, made.json()["id"], "done")
    assert early.status_code == 409 and early.json()["code"] == "list_not_done"
    for point in points:
        path = f"{API}/tasks/{made.json()['id']}/checklist/{point['id']}"
        ticked = phone.post(path, {"done": True}, content_type=JSON)
        assert ticked.status_code == 200
    assert ticked.json()["state"] == "in_progress" and ticked.json()["items_done"] == 2
    phone.post(f"{API}/tasks/{made.json()['id']}/comments", {"text": "Owner agreed"}, content_type=JSON)
    done = move(phone, made.json()["id"], "done", outcome="Owner agreed")
    assert done.status_code == 200 and done.json()["closed_by"] == user.name
    assert [one["text"] for one in done.json()["comments"]] == ["Owner agreed"]
    assert move(phone, made.json()["id"], "open").json()["code"] == "task_closed"
    opened = manager.patch(
        f"{API}/tasks/{made.json()['id']}",
        {"state": "open", "edited_ms": done.json()["edited_ms"], "reason": "not so"}, content_type=JSON,
    )  # fmt: skip
    assert opened.status_code == 200 and opened.json()["closed_ms"] is None
    actions = set(AuditEntry.objects.values_list("action", flat=True))
    assert {"task.create", "task.tick", "task.comment", "task.done", "task.edit"} <= actions


def test_somebody_elses_task_is_theirs(world: World) -> None:
    user, theirs = constable(world)
    _, other = constable(world)
    one = task(world, at=STATION, person=user)
    answer = move(other, one, "done")
    assert answer.status_code == 403 and user.name in answer.json()["message"]["en"]
    assert move(theirs, one, "done").status_code == 200
    station = task(world, at=STATION)
    assert move(other, station, "in_progress").status_code == 200, "set to the station: everybody's who works there"


def test_an_officer_sets_tasks_below_and_a_constable_does_not(world: World) -> None:
    officer = world.person(at=World.HOME)
    world.allow(officer, VIEW, WORK)
    appointed(world, "zone_officer", at=World.HOME, rank="sp", person=officer)
    client = world.browser(officer)
    new = {"kind": "visit", "title": NAME, "jurisdiction": STATION, "agency": World.AGENCY}
    made = client.post(f"{API}/tasks", new, content_type=JSON)
    assert made.status_code == 201, made.content
    outside = client.post(f"{API}/tasks", new | {"jurisdiction": World.ELSEWHERE}, content_type=JSON)
    assert outside.status_code == 403
    _, phone = constable(world)
    assert phone.post(f"{API}/tasks", new, content_type=JSON).status_code == 403
    aside = {"state": "cancelled", "edited_ms": made.json()["edited_ms"], "reason": "no more"}
    assert phone.patch(f"{API}/tasks/{made.json()['id']}", aside, content_type=JSON).status_code == 403
    assert client.patch(f"{API}/tasks/{made.json()['id']}", aside, content_type=JSON).status_code == 200


def test_an_office_s_task_is_its_holder_s(world: World) -> None:
    excise = world.person(at=World.CITY, agency=None)
    world.allow(excise, VIEW, WORK, at=World.CITY, agency=None)
    appointed(world, "excise_officer", at=World.CITY, agency=None, rank="district_excise_officer", person=excise)
    one = task(world, at=STATION, office_id="excise_officer")
    seen = world.browser(excise).get(f"{API}/tasks?mine=true").json()["items"]
    assert [item["id"] for item in seen] == [str(one.id)]
    _, phone = constable(world)
    assert move(phone, one, "done").status_code == 403
    assert move(world.browser(excise), one, "done").status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"due_day": "2020-01-01"},
        {"jurisdiction": "up.nowhere"},
        {"office": "no_such"},
        {"person_id": "01890000-0000-7000-8000-000000000000"},
        {"title": {"en": "", "hi": ""}},
        {"kind": "dance"},
    ],
)
def test_what_is_no_task_is_refused(world: World, manager: Client, wrong: dict[str, Any]) -> None:
    new = {"kind": "visit", "title": NAME, "jurisdiction": STATION} | wrong
    assert manager.post(f"{API}/tasks", new, content_type=JSON).status_code == 422


def test_filters_and_pages_agree(world: World, manager: Client) -> None:
    today = local_day()
    late = task(world, due_day=today - dt.timedelta(days=1), priority="high")
    soon = task(world, due_day=today)
    never = task(world)
    task(world, at=World.ELSEWHERE)

    def ids(query: str) -> list[str]:
        found: list[str] = []
        cursor = ""
        while True:
            page = manager.get(f"{API}/tasks?limit=1&jurisdiction={World.HOME}&{query}&cursor={cursor}").json()
            found += [one["id"] for one in page["items"]]
            cursor = page["next"]
            if not cursor:
                return found

    everything = [str(one.id) for one in (late, soon, never)]
    assert ids("sort=due") == everything and ids("sort=-due") == everything[::-1]
    assert ids("late=true") == [str(late.id)] and ids("priority=high") == [str(late.id)]
    assert manager.get(f"{API}/tasks?sort=colour").status_code == 422


def test_bulk_is_counted_before_made_once_and_undone(world: World, manager: Client) -> None:
    for _ in range(3):
        listed(world, "refused", at=STATION)
    listed(world, "refused", at=OTHER_STATION)
    listed(world, "asked", at=STATION)
    listed(world, "refused", at=World.ELSEWHERE)
    body = {"kind": "visit", "title": NAME, "filters": {"step": ["refused"], "jurisdiction": World.HOME},
            "checklist": ["Explain why"]}  # fmt: skip
    shown = manager.post(f"{API}/tasks/bulk-preview", body, content_type=JSON).json()
    assert (shown["count"], shown["already"]) == (4, 0)
    assert [(one["path"], one["count"]) for one in shown["by_area"]] == [(STATION, 3), (OTHER_STATION, 1)]
    wrong = manager.post(f"{API}/tasks/bulk", body | {"expected": 5}, content_type=JSON)
    assert wrong.status_code == 409 and wrong.json()["code"] == "count_changed"
    made = manager.post(f"{API}/tasks/bulk", body | {"expected": 4}, content_type=JSON)
    assert made.status_code == 201 and made.json()["count"] == 4
    again = manager.post(f"{API}/tasks/bulk", body, content_type=JSON)
    assert again.status_code == 422, "each of them has its task already"
    assert manager.post(f"{API}/tasks/bulk-preview", body, content_type=JSON).json()["already"] == 4
    begun = Task.objects.filter(batch_id=made.json()["id"], jurisdiction_path=STATION).first()
    assert begun is not None
    _, phone = constable(world)
    assert move(phone, begun, "in_progress").status_code == 200
    undone = manager.post(f"{API}/task-batches/{made.json()['id']}/undo", {}, content_type=JSON)
    assert undone.json() == {"cancelled": 3, "kept": 1}
    twice = manager.post(f"{API}/task-batches/{made.json()['id']}/undo", {}, content_type=JSON)
    assert twice.status_code == 409
    batch = manager.get(f"{API}/task-batches").json()["items"][0]
    assert (batch["count"], batch["standing"]) == (4, 1)


def test_bulk_stays_within_ones_own_area(world: World) -> None:
    listed(world, "refused", at=STATION)
    listed(world, "refused", at=World.ELSEWHERE)
    client = world.client(MANAGE, VIEW, at=World.HOME)
    world_wide = {"kind": "visit", "title": NAME, "filters": {"step": ["refused"]}}
    assert client.post(f"{API}/tasks/bulk-preview", world_wide, content_type=JSON).json()["count"] == 1


def standing(prefix: str) -> list[Task]:
    return list(Task.objects.filter(key__startswith=prefix, state__in=("open", "in_progress")))


def test_rules_make_each_task_once_and_finish_it_with_the_fact(world: World) -> None:
    old = now_ms() - 30 * DAY_MS
    unsurveyed = listed(world, "consented", at=STATION, consented_ms=old)
    listed(world, "consented", at=STATION, consented_ms=now_ms())  # only just
    listed(world, "asked", at=STATION, asked_ms=old)
    listed(world, "promised", at=STATION, promised_for=local_day() - dt.timedelta(days=2), promised_ms=old)
    house = listed(world, "surveyed", at=STATION, surveyed_ms=old).premises
    CameraLinkage.objects.create(
        camera=rig.camera(world, premises=house), step="verified_live", entered_ms=old, linked_ms=old, verified_ms=old
    )
    for _ in range(3):
        task_rules.run()
    kinds = sorted(one.key.split(":")[1] for one in standing("rule:"))
    assert kinds == ["answer", "confirm", "promise", "repair", "survey"]
    survey = Task.objects.get(key=f"rule:survey:{unsurveyed.premises_id}")
    assert survey.jurisdiction_path == STATION and survey.due_day is not None and survey.due_day > local_day()
    unsurveyed.step, unsurveyed.surveyed_ms = "surveyed", now_ms()
    unsurveyed.save()
    CameraLinkage.objects.update(step="owner_confirmed", confirmed_ms=now_ms())
    task_rules.run()
    survey.refresh_from_db()
    assert survey.state == "done" and survey.closed_by_id is None
    assert sorted(one.key.split(":")[1] for one in standing("rule:")) == ["answer", "promise", "repair"]


def test_a_camera_that_is_live_is_no_task(world: World) -> None:
    old = now_ms() - 30 * DAY_MS
    camera = rig.camera(world, at=STATION)
    CameraLinkage.objects.create(camera=camera, step="verified_live", entered_ms=old, linked_ms=old, verified_ms=old)
    rig.state(camera, "live")
    task_rules.run()
    assert standing("rule:repair:") == []


def test_a_rule_switched_off_makes_nothing_and_days_are_dated(world: World) -> None:
    listed(world, "asked", at=STATION, asked_ms=now_ms() - 5 * DAY_MS)
    assert task_rules.run() == {"made": 0, "settled": 0}
    Rule.objects.create(code=laws.ANSWER_DAYS, value=3, valid_from=local_day(), source="x", created_ms=1)
    assert task_rules.run() == {"made": 1, "settled": 0}
    Task.objects.all().delete()
    Rule.objects.filter(code=laws.ANSWER_DAYS).update(value=None)
    assert task_rules.run() == {"made": 0, "settled": 0}


def test_closed_by_hand_it_is_not_made_anew_the_next_minute(world: World) -> None:
    listed(world, "asked", at=STATION, asked_ms=now_ms() - 30 * DAY_MS)
    task_rules.run()
    _, phone = constable(world)
    assert move(phone, standing("rule:")[0], "done").status_code == 200
    assert task_rules.run()["made"] == 0
    assert task_rules.run(now_ms() + 11 * DAY_MS)["made"] == 1


def test_tasks_of_licensed_classes_go_to_the_licensing_office(world: World) -> None:
    listed(world, "asked", at=STATION, asked_ms=now_ms() - 30 * DAY_MS, owner_class="liquor_shop")
    appointed(world, "excise_officer", at=World.CITY, agency=None, rank="district_excise_officer")
    task_rules.run()
    assert [one.office_id for one in standing("rule:answer:")] == ["excise_officer"]


def test_ensure_and_close_by_key(world: World) -> None:
    fields: dict[str, Any] = {
        "actor": world.system, "key": "decision:1", "kind": "decision", "title_en": "x", "title_hi": "x",
        "jurisdiction": STATION,
    }  # fmt: skip
    first = tasks_actions.ensure_task(**fields)
    assert tasks_actions.ensure_task(**fields) == first
    assert tasks_actions.close_for(actor=world.system, key="decision:1")
    assert not tasks_actions.close_for(actor=world.system, key="decision:1")
    assert AuditEntry.objects.filter(action="task.settle").count() == 1
    assert tasks_actions.ensure_task(**fields) != first, "a new one, now that the first is done"


def test_two_workers_make_one(transactional_world: World) -> None:
    fill_programme()
    world = transactional_world
    barrier = threading.Barrier(4)
    made: list[Any] = []

    def work() -> None:
        try:
            barrier.wait()
            made.append(
                tasks_actions.ensure_task(
                    actor=world.system, key="decision:2", kind="decision", title_en="x", title_hi="x",
                    jurisdiction=STATION,
                ).id
            )  # fmt: skip
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(made) == 4 and len(set(made)) == 1
    assert Task.objects.filter(key="decision:2").count() == 1


def fill_programme() -> None:
    """Rows of migrations, gone after a transactional test."""
    from scopes.programme import fill_seeds

    fill_seeds()


def test_what_is_set_to_a_station_is_everybodys_own_there(world: World) -> None:
    one = task(world, at=STATION)
    theirs = task(world, at=STATION, person=world.person())
    task(world, at=OTHER_STATION)
    _, phone = constable(world)
    assert [row["id"] for row in phone.get(f"{API}/tasks?mine=true").json()["items"]] == [str(one.id)]
    zone = world.client(VIEW, WORK)
    assert zone.get(f"{API}/tasks?mine=true").json()["items"] == [], "above a station it is somebody's further down"
    assert str(theirs.id) in [row["id"] for row in zone.get(f"{API}/tasks").json()["items"]]
