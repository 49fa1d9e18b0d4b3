"""The order register, the rules page, the scorecards."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pypdfium2
import pytest
from django.test import Client

import registry_rig as rig
from prahari.contracts.clock import local_day
from prahari.contracts.events import now_ms
from prahari.desks.common import rules
from prahari.desks.linking.models import CameraLinkage
from prahari.desks.programme import clause_figures
from prahari.desks.programme.models import Clause, GovernmentOrder
from prahari.desks.programme.schemas_orders import GovernmentOrderDetail, GovernmentOrderPage, RulesOut, Scorecards
from prahari.desks.targets.models import Target, TargetPlan
from scope import World
from scopes.programme import MANAGE, VIEW, WORK, appointed, listed, order, task

JSON = "application/json"
API = "/api/v1"
STATION = f"{World.HOME}.kalyanpur"


@pytest.fixture
def manager(world: World) -> Client:
    return world.client(MANAGE, VIEW, at="", agency=None)


def point(client: Client, made: GovernmentOrder, number: str = "1") -> dict[str, Any]:
    found = client.get(f"{API}/government-orders/{made.id}")
    assert found.status_code == 200, found.content
    GovernmentOrderDetail.model_validate(found.json())
    row: dict[str, Any] = next(one for one in found.json()["points"] if one["number"] == number)
    return row


def test_an_order_is_entered_with_its_clauses_once(world: World, manager: Client) -> None:
    new = {"number": "1684/9-9-2023", "dated_on": "2026-08-25", "sender": {"en": "State", "hi": "शासन"},
           "subject": {"en": "Safe City", "hi": "सेफ सिटी"}, "deadline": "2026-09-20",
           "jurisdiction": World.CITY}  # fmt: skip
    made = manager.post(f"{API}/government-orders", new, content_type=JSON)
    assert made.status_code == 201, made.content
    assert manager.post(f"{API}/government-orders", new, content_type=JSON).json()["code"] == "order_known"
    path = f"{API}/government-orders/{made.json()['id']}/clauses"
    clause = {"number": "2", "text_hi": "आबकारी दुकानें", "summary_en": "Excise shops", "office": "excise_officer",
              "figure": {"figure": "verified", "owner_class": ["liquor_shop"]}}  # fmt: skip
    added = manager.post(path, clause, content_type=JSON)
    assert added.status_code == 201, added.content
    assert manager.post(path, clause, content_type=JSON).json()["code"] == "clause_known"
    page = manager.get(f"{API}/government-orders").json()
    GovernmentOrderPage.model_validate(page)
    assert page["items"][0]["states"]["late"] == 1, "its deadline is over and nothing is done"


@pytest.mark.parametrize(
    "figure",
    [
        {"figure": "happiness"},
        {"figure": "verified", "owner_class": ["castle"]},
        {"figure": "verified", "against": -1},
        {"figure": "verified", "weight": 3},
        {"owner_class": ["shop"]},
    ],
)
def test_a_figure_that_nobody_counts_is_refused(world: World, manager: Client, figure: dict[str, Any]) -> None:
    made = order(world)
    body = {"number": "2", "text_hi": "x", "summary_en": "x", "figure": figure}
    refused = manager.post(f"{API}/government-orders/{made.id}/clauses", body, content_type=JSON)
    assert refused.status_code == 422 and "figure" in refused.json()["fields"]


def test_the_state_of_a_point_follows_its_tasks(world: World, manager: Client) -> None:
    made = order(world, deadline=local_day() + dt.timedelta(days=5))
    clause = made.clauses.get()
    assert point(manager, made)["state"] == "not_begun"
    body = {"kind": "letter", "title": {"en": "Letter", "hi": "पत्र"}, "clause_id": str(clause.id)}
    first = manager.post(f"{API}/tasks", body, content_type=JSON)
    assert first.status_code == 201 and first.json()["clause"]["number"] == "1"
    assert point(manager, made)["state"] == "not_begun"
    worker = world.client(WORK, VIEW)
    worker.post(f"{API}/tasks/{first.json()['id']}/state", {"state": "in_progress"}, content_type=JSON)
    assert point(manager, made)["state"] == "under_way"
    worker.post(f"{API}/tasks/{first.json()['id']}/state", {"state": "done"}, content_type=JSON)
    assert point(manager, made)["state"] == "done"
    task(world, clause=clause)
    assert point(manager, made)["state"] == "under_way"
    GovernmentOrder.objects.update(deadline=local_day() - dt.timedelta(days=1))
    assert point(manager, made)["state"] == "late"


def test_the_state_of_a_point_follows_its_figure(world: World, manager: Client) -> None:
    made = order(world, at=World.HOME, agency=None)
    Clause.objects.update(figure={"figure": "verified", "owner_class": ["liquor_shop"]})
    assert point(manager, made)["state"] == "not_begun", "nothing listed is not done"
    cameras = []
    for _ in range(2):
        house = listed(world, "surveyed", owner_class="liquor_shop", at=STATION).premises
        cameras.append(rig.camera(world, premises=house))
    elsewhere = listed(world, "surveyed", owner_class="liquor_shop", at=World.ELSEWHERE)
    rig.camera(world, premises=elsewhere.premises)
    found = point(manager, made)
    assert (found["figure"]["value"], found["figure"]["against"], found["state"]) == (0, 2, "not_begun")
    for number, camera in enumerate(cameras, 1):
        CameraLinkage.objects.create(
            camera=camera, step="verified_live", entered_ms=1, linked_ms=now_ms() - 5, verified_ms=now_ms() - 5
        )
        found = point(manager, made)
        assert found["figure"]["value"] == number and found["state"] == ("done" if number == 2 else "under_way")
    task(world, clause=made.clauses.get())
    assert point(manager, made)["state"] == "under_way", "its figure is reached, its task is not done"


def test_figures_of_places_and_officers(world: World) -> None:
    area = clause_figures.FigureArea(World.HOME, None)
    assert clause_figures.read(area, {"figure": "nodal_officers_appointed"}) == (0, 1)
    appointed(world, "nodal_officer", at=World.HOME, rank="additional_sp")
    assert clause_figures.read(area, {"figure": "nodal_officers_appointed", "against": 2}) == (1, 2)
    house = listed(world, "surveyed", at=STATION, cameras_reported=3).premises
    camera = rig.camera(world, premises=house)
    market = {"figure": "verified", "place_class": ["market"]}
    assert clause_figures.read(area, market) == (0, 3)
    CameraLinkage.objects.create(camera=camera, step="owner_confirmed", entered_ms=1, linked_ms=1, verified_ms=1)
    assert clause_figures.read(area, market) == (1, 3)
    assert clause_figures.read(area, {"figure": "verified", "place_class": ["ghat"]}) == (0, 0)
    assert clause_figures.read(area, {"figure": "no such"}) is None


def test_every_reader_sees_the_same_state(world: World) -> None:
    made = order(world, at=World.CITY, agency=None)
    Clause.objects.update(figure={"figure": "asked"})
    listed(world, "asked", at=World.ELSEWHERE, asked_ms=now_ms() - 5)
    station = world.client(VIEW, at=STATION)
    assert point(station, made)["figure"]["value"] == 1, "what is counted is the order's area, not the reader's"


def test_remarks_stand_beside_and_never_change_the_state(world: World, manager: Client) -> None:
    made = order(world, at=World.HOME)
    path = f"{API}/clauses/{made.clauses.get().id}/remarks"
    assert manager.post(path, {"text": "All done, sir"}, content_type=JSON).status_code == 204
    found = point(manager, made)
    assert found["state"] == "not_begun" and [one["text"] for one in found["remarks"]] == ["All done, sir"]
    assert world.client(VIEW, WORK).post(path, {"text": "me too"}, content_type=JSON).status_code == 403


@pytest.mark.parametrize(("language", "words"), [("hi", ["अनुपालन", "प्रारम्भ"]), ("en", ["Compliance", "Not begun"])])
def test_the_summary_is_a_document(world: World, manager: Client, language: str, words: list[str]) -> None:
    made = order(world, clauses=9, deadline=local_day() + dt.timedelta(days=1))
    answer = manager.get(f"{API}/government-orders/{made.id}/summary.pdf?language={language}")
    assert answer.status_code == 200 and answer["Content-Type"] == "application/pdf"
    document = pypdfium2.PdfDocument(io.BytesIO(answer.content))
    text = "".join(page.get_textpage().get_text_range() for page in document)
    assert all(word in text for word in words), text


def test_rules_are_read_with_their_history_and_set_by_day(world: World, manager: Client) -> None:
    today = local_day()
    body = {"code": "task_due_in_days", "value": 5, "valid_from": str(today), "source": "Meeting of 17 February"}
    assert manager.post(f"{API}/rules", body, content_type=JSON).status_code == 204
    assert manager.post(f"{API}/rules", body, content_type=JSON).json()["code"] == "rule_set"
    later = body | {"value": 3, "valid_from": str(today + dt.timedelta(days=10))}
    assert manager.post(f"{API}/rules", later, content_type=JSON).status_code == 204
    assert rules.value("task_due_in_days") == 5 and rules.value("task_due_in_days", today + dt.timedelta(days=11)) == 3
    page = manager.get(f"{API}/rules").json()
    RulesOut.model_validate(page)
    row = next(one for one in page["items"] if one["code"] == "task_due_in_days")
    assert row["value"] == 5 and row["source"] == "Meeting of 17 February"
    assert [one["value"] for one in row["history"]] == [3, 5] and page["may_set"]
    codes = {one["code"] for one in page["items"]}
    assert {"verification_s", "nodal_least_rank", "escalation_climb_hours"} <= codes, "rules of every desk"
    assert not world.client(VIEW).get(f"{API}/rules").json()["may_set"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"code": "no_such_rule"},
        {"value": "many"},
        {"value": None},
        {"code": "nodal_least_rank", "value": "emperor"},
        {"code": "weekly_off", "value": ["monday", "funday"]},
        {"code": "weekly_off", "value": {"a": "\u0000"}},
        {"source": ""},
    ],
)
def test_a_wrong_value_of_a_rule_is_refused(world: World, manager: Client, wrong: dict[str, Any]) -> None:
    body = {"code": "task_due_in_days", "value": 5, "valid_from": "2026-01-01", "source": "Order"} | wrong
    assert manager.post(f"{API}/rules", body, content_type=JSON).status_code == 422


def test_scorecards_hold_targets_counts_officers_and_tasks(world: World, manager: Client) -> None:
    house = listed(world, "surveyed", at=STATION, cameras_reported=4, asked_ms=now_ms() - 9, consented_ms=now_ms() - 9)
    camera = rig.camera(world, premises=house.premises)
    CameraLinkage.objects.create(
        camera=camera, step="verified_live", entered_ms=1, linked_ms=now_ms() - 5, verified_ms=now_ms() - 5
    )
    officer = appointed(world, at=STATION)
    line = house.premises.department
    desk = appointed(world, "department_officer", at=World.CITY, department=line)
    task(world, at=f"{STATION}", premises=house.premises, due_day=local_day() - dt.timedelta(days=1))
    plan = TargetPlan.objects.create(
        name_en="x", name_hi="x", jurisdiction_id=officer.jurisdiction_id, created_ms=1, edited_ms=1,
        jurisdiction_path=World.CITY,
    )  # fmt: skip
    goal: dict[str, Any] = {
        "plan": plan, "cameras": 10, "kind": "total", "base_on": "2026-01-01", "base_done": 0, "due_on": "2026-12-31",
        "valid_from": "2026-01-01", "set_by": "x", "source": "x", "created_ms": 1, "jurisdiction_path": STATION,
    }  # fmt: skip
    Target.objects.create(**goal, department=line)
    Target.objects.create(**goal, area_id=officer.jurisdiction_id)
    for by, code, who in (("police_station", STATION, officer), ("department", line.code, desk)):
        answer = manager.get(f"{API}/scorecards?by={by}")
        assert answer.status_code == 200, answer.content
        Scorecards.model_validate(answer.json())
        row = next(one for one in answer.json()["items"] if one["code"] == code)
        assert (row["target"], row["listed"], row["verified"], row["gap"]) == (10, 4, 1, 9)
        assert (row["tasks_open"], row["tasks_late"], row["officer"]["id"]) == (1, 1, str(who.id))
        assert answer.json()["total"]["verified"] == 1
    narrow = world.client(VIEW, at=World.ELSEWHERE).get(f"{API}/scorecards").json()
    assert narrow["items"] == []
