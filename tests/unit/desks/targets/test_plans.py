"""Plans through their doors: Kanpur's gap and rest, total and additional by hand, refusals, two people at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

import registry_rig as rig
from prahari.contracts.clock import local_day
from prahari.desks.audit.models import AuditEntry
from prahari.desks.targets import history, schemas
from prahari.desks.targets.models import Target, TargetPlan
from scope import World
from targets_rig import listed, verified

Plan = Callable[..., TargetPlan]

JSON = "application/json"
PLANS = "/api/v1/target-plans"
KANPUR = {"industry": 1_000, "commerce": 500, "hospital": 200, "petrol_pump": 141, "hotel": 235}
MEANT_FOR = ["police_post", "medical_store", "bank", "liquor_shop"]
TODAY = local_day()


def in_days(days: int) -> dt.date:
    return local_day() + dt.timedelta(days=days)


def parts(**numbers: int) -> list[dict[str, Any]]:
    return [{"owner_class": code, "cameras": number} for code, number in numbers.items()]


def read(client: Client, plan: Any) -> dict[str, Any]:
    answer = client.get(f"{PLANS}/{plan.id}")
    assert answer.status_code == 200, answer.content
    schemas.PlanOverview.model_validate(answer.json())
    return dict(answer.json())


@pytest.fixture
def client(world: World) -> Client:
    return world.client("linking.view", "target.edit")


def test_kanpur_5000_with_2924_not_allotted_and_the_gap_right(world: World, client: Client, make_plan: Plan) -> None:
    """The review's table in small: 1,720 linked there, here 17 verified; the sums are those of the table."""
    plan = make_plan(5_000, parts(**KANPUR), meant_for=MEANT_FOR)
    verified(world, 3, owner_class="industry")
    verified(world, 2, owner_class="hospital")
    verified(world, 4, owner_class="bank")
    verified(world, 1, owner_class="police_post")
    verified(world, 7, owner_class="shop")
    listed(world, owner_class="liquor_shop", reported=6)
    body = read(client, plan)
    assert (body["total"]["done"], body["total"]["gap"], body["total"]["surplus"]) == (17, 4_983, 0)
    lines = {one["owner_class"]["code"]: one for one in body["parts"]}
    assert {code: one["cameras"] for code, one in lines.items()} == KANPUR
    assert {code: one["gap"] for code, one in lines.items()} == KANPUR | {"industry": 997, "hospital": 198}
    rest = body["rest"]
    assert (rest["cameras"], rest["done"], rest["gap"]) == (2_924, 12, 2_912)
    assert [one["code"] for one in rest["meant_for"]] == MEANT_FOR
    assert {one["code"]: (one["done"], one["listed"]) for one in rest["meant_for"]} == {
        "police_post": (1, 0), "medical_store": (0, 0), "bank": (4, 0), "liquor_shop": (0, 6),
    }  # fmt: skip
    assert sum(one["gap"] for one in lines.values()) + rest["gap"] == body["total"]["gap"], "no camera counted twice"


def test_total_and_additional_are_told_apart_by_hand(world: World, client: Client, make_plan: Plan) -> None:
    """12 there on the base day, 5 more since. 20 in all: 3 to go. 20 more: 15 to go, and the goal is 32."""
    base = in_days(-10)
    verified(world, 12, on=in_days(-20))
    verified(world, 5, on=in_days(-3))
    in_all = read(client, make_plan(20, base_on=base))["total"]
    more = read(client, make_plan(20, kind="additional", base_on=base))["total"]
    assert (in_all["base_done"], in_all["goal"], in_all["done"], in_all["gap"]) == (12, 20, 17, 3)
    assert (more["base_done"], more["goal"], more["done"], more["gap"]) == (12, 32, 17, 15)
    verified(world, 6)
    over = read(client, make_plan(20, base_on=base))["total"]
    assert (over["done"], over["gap"], over["surplus"]) == (23, 0, 3), "a gap is never negative"


def test_the_base_is_frozen_whatever_is_edited_later(world: World, client: Client, make_plan: Plan) -> None:
    cameras = verified(world, 4, on=in_days(-5))
    plan = make_plan(10, kind="additional", base_on=in_days(-2))
    cameras[0].linkage.delete()
    line = read(client, plan)["total"]
    assert (line["base_done"], line["goal"], line["done"], line["gap"]) == (4, 14, 3, 11)


def test_parts_of_an_additional_whole_are_counted_from_its_base_day(
    world: World, client: Client, make_plan: Plan
) -> None:
    base = in_days(-10)
    verified(world, 6, owner_class="hotel", on=in_days(-20))
    verified(world, 3, owner_class="shop", on=in_days(-20))
    verified(world, 2, owner_class="hotel", on=in_days(-2))
    plan = make_plan(30, parts(hotel=12), kind="additional", base_on=base)
    body = read(client, plan)
    hotel = body["parts"][0]
    assert (hotel["kind"], hotel["base_done"], hotel["goal"], hotel["done"], hotel["gap"]) == (
        "additional",
        6,
        18,
        8,
        10,
    )
    # 18 more of others than the 3 there were: 21, of which 3.
    assert (body["rest"]["cameras"], body["rest"]["goal"], body["rest"]["done"], body["rest"]["gap"]) == (18, 21, 3, 18)
    assert body["total"]["gap"] == 28 == hotel["gap"] + body["rest"]["gap"]


def test_overlapping_parts_are_shown_and_not_added_twice(world: World, client: Client, make_plan: Plan) -> None:
    verified(world, 2, owner_class="hotel")
    department = rig.department(world).code
    plan = make_plan(50, [*parts(hotel=20), {"department": department, "cameras": 45},
                          {"owner_class": "hotel", "area": f"{World.HOME}.kalyanpur", "cameras": 5}])  # fmt: skip
    body = read(client, plan)
    by = {(one["owner_class"] or {}).get("code", "") + ("/area" if one["area"] else ""): one for one in body["parts"]}
    assert {name: one["added"] for name, one in by.items()} == {"hotel": True, "": False, "hotel/area": False}
    assert by["hotel/area"]["within"] == by["hotel"]["id"]
    assert body["rest"]["cameras"] == 30


def test_more_than_the_whole_is_refused_with_what_to_do(client: Client, make_plan: Plan) -> None:
    plan = make_plan(100, parts(hotel=60))
    form = {"parts": parts(shop=41), "edited_ms": plan.edited_ms}
    answer = client.post(f"{PLANS}/{plan.id}/allotment", form, content_type=JSON)
    assert answer.status_code == 422
    assert answer.json()["message"]["en"] == "The parts come to 101; the whole is 100. Take 1 away, or raise it first."
    assert "101" in answer.json()["message"]["hi"]
    twice = client.post(f"{PLANS}/{plan.id}/allotment", form | {"parts": parts(hotel=1)}, content_type=JSON)
    assert twice.json()["message"]["en"] == "Hotels has a target already. Change that one."
    assert Target.objects.filter(plan=plan, whole=False).count() == 1


def test_the_rest_is_allotted_step_by_step_after_a_look(client: Client, make_plan: Plan) -> None:
    plan = make_plan(5_000, parts(**KANPUR), meant_for=MEANT_FOR)
    step = {"parts": parts(bank=2_000, liquor_shop=900)}
    seen = client.post(f"{PLANS}/{plan.id}/allotment-preview", step, content_type=JSON).json()
    assert seen == {
        "cameras": 5_000, "allotted_before": 2_076, "allotted_after": 4_976, "rest_after": 24, "problem": None,
        "not_added": [],
    }  # fmt: skip
    assert Target.objects.filter(plan=plan).count() == 6, "a look writes nothing"
    too_much = {"parts": parts(bank=2_000, liquor_shop=925)}
    seen = client.post(f"{PLANS}/{plan.id}/allotment-preview", too_much, content_type=JSON).json()
    assert seen["rest_after"] == -1 and "5,001" in seen["problem"]["en"]
    answer = client.post(f"{PLANS}/{plan.id}/allotment", step | {"edited_ms": plan.edited_ms}, content_type=JSON)
    assert answer.status_code == 200, answer.content
    body = read(client, plan)
    assert body["rest"]["cameras"] == 24 and len(body["parts"]) == 7
    stale = client.post(f"{PLANS}/{plan.id}/allotment", {"parts": parts(shop=1), "edited_ms": plan.edited_ms},
                        content_type=JSON)  # fmt: skip
    assert (stale.status_code, stale.json()["code"]) == (409, "edited_meanwhile")
    assert AuditEntry.objects.filter(action="target.allot").count() == 1


def test_a_later_number_takes_the_place_and_both_stay_readable(client: Client, make_plan: Plan) -> None:
    plan = make_plan(100, parts(hotel=60))
    whole = Target.objects.get(plan=plan, whole=True)
    form = {"cameras": 59, "due_on": str(in_days(90)), "set_by": "Commissioner", "source": "Meeting of 17 February",
            "reason": "New order"}  # fmt: skip
    path = f"/api/v1/targets/{whole.id}/supersede"
    refused = client.post(path, form, content_type=JSON)
    assert refused.status_code == 422 and "come to 60" in refused.json()["message"]["en"]
    later = client.post(path, form | {"cameras": 150}, content_type=JSON)
    assert later.status_code == 201, later.content
    assert client.post(path, form | {"cameras": 160}, content_type=JSON).status_code == 409
    chain = client.get(f"/api/v1/targets/{later.json()['id']}/chain").json()["items"]
    assert [one["cameras"] for one in chain] == [150, 100]
    assert chain[1]["ended_reason"] == "New order"
    assert read(client, plan)["rest"]["cameras"] == 90


def test_parts_and_plans_end_and_the_whole_does_not_alone(client: Client, make_plan: Plan) -> None:
    plan = make_plan(100, parts(hotel=60))
    part, whole = Target.objects.get(plan=plan, whole=False), Target.objects.get(plan=plan, whole=True)
    why = {"reason": "Meant otherwise"}
    assert client.post(f"/api/v1/targets/{whole.id}/end", why, content_type=JSON).json()["code"] == "whole_target"
    assert client.post(f"/api/v1/targets/{part.id}/end", why, content_type=JSON).status_code == 204
    assert read(client, plan)["rest"]["cameras"] == 100
    assert client.post(f"{PLANS}/{plan.id}/end", why, content_type=JSON).status_code == 204
    assert client.post(f"{PLANS}/{plan.id}/end", why, content_type=JSON).json()["code"] == "ended"
    assert client.get(PLANS).json()["items"] == []
    assert [one["id"] for one in client.get(f"{PLANS}?ended=true").json()["items"]] == [str(plan.id)]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"parts": [{"cameras": 1}]}, "parts.0.owner_class"),
        ({"parts": [{"owner_class": "castle", "cameras": 1}]}, "parts.0.owner_class"),
        ({"parts": [{"area": World.ELSEWHERE, "cameras": 1}]}, "parts.0.area"),
        ({"parts": [{"ward": f"{World.CITY}.ward-12", "cameras": 1}]}, "parts.0.ward"),
        ({"parts": [{"owner_class": "shop", "cameras": 1, "due_on": "2020-01-01"}]}, "parts.0.due_on"),
        ({"meant_for": ["castle"]}, "meant_for"),
        ({"total": {"due_on": str(TODAY)}}, "total.due_on"),
        ({"total": {"due_on": "2190-01-01"}}, "total.due_on"),
        ({"total": {"base_on": str(TODAY + dt.timedelta(days=3))}}, "total.base_on"),
    ],
)
def test_what_cannot_be_is_told_beside_its_field(client: Client, wrong: dict[str, Any], field: str) -> None:
    total = {"cameras": 10, "due_on": str(in_days(30)), "set_by": "Commissioner"} | wrong.get("total", {})
    form = (
        {"name": {"en": "x", "hi": "x"}, "jurisdiction": World.HOME, "agency": World.AGENCY} | wrong | {"total": total}
    )
    answer = client.post(PLANS, form, content_type=JSON)
    assert answer.status_code == 422 and list(answer.json()["fields"]) == [field], answer.content


def test_nobody_sets_targets_outside_their_area_or_for_all_agencies(client: Client) -> None:
    total = {"cameras": 10, "due_on": str(in_days(30)), "set_by": "Commissioner"}
    for area, agency in ((World.CITY, World.AGENCY), (World.HOME, World.OTHER_AGENCY), (World.HOME, None)):
        form = {"name": {"en": "x", "hi": "x"}, "jurisdiction": area, "agency": agency, "total": total}
        assert client.post(PLANS, form, content_type=JSON).status_code == 403


def test_pace_forecast_and_burn_up_come_from_the_days_stored(world: World, client: Client, make_plan: Plan) -> None:
    for week in range(1, 5):  # 2, 4, 6 and 8 weeks ago: six a fortnight
        verified(world, 6, on=in_days(-14 * week))
    history.keep_up()
    plan = make_plan(60, days=30)
    outlook = read(client, plan)["total"]["outlook"]
    assert outlook["weeks"] == 7 and outlook["state"] in ("forecast", "standing")
    body = client.get(f"{PLANS}/{plan.id}/burn-up").json()
    schemas.BurnUpOut.model_validate(body)
    counted = [point for point in body["points"] if point["done"] is not None]
    assert [counted[0]["done"], counted[-1]["done"]] == [6, 24]
    assert counted[-1]["day"] == str(local_day()) and body["gap"] == 36
    needed = [point for point in body["points"] if point["needed"] is not None]
    assert needed[0]["needed"] == 24 and needed[-1] == needed[-1] | {"day": str(in_days(30)), "needed": 60}
    shops = client.get(f"{PLANS}/{plan.id}/burn-up?owner_class=shop").json()
    assert shops["done"] == 24 and shops["goal"] is None
    assert client.get(f"{PLANS}/{plan.id}/burn-up?target={plan.id}").status_code == 404


def test_too_little_history_is_said(client: Client, make_plan: Plan) -> None:
    line = read(client, make_plan(60))["total"]
    assert line["outlook"]["state"] == "too_little" and line["outlook"]["pace_per_day"] is None
    assert line["outlook"]["needed_per_day"] == pytest.approx(60 / line["working_days_left"], abs=0.01)
