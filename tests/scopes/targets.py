"""Endpoints of the targets desk."""

from __future__ import annotations

import datetime as dt
from typing import Any

from prahari.contracts.clock import local_day
from prahari.contracts.events import now_ms
from prahari.desks.accounts.models import Jurisdiction
from prahari.desks.targets.models import Target, TargetPlan
from scope import Endpoint, World

DUE = str(local_day() + dt.timedelta(days=90))


def _plan(world: World) -> TargetPlan:
    at = now_ms()
    plan = TargetPlan.objects.create(
        name_en="Plan", name_hi="योजना", jurisdiction=Jurisdiction.objects.get(path=World.HOME), agency_id=World.AGENCY,
        created_ms=at, edited_ms=1, jurisdiction_path=World.HOME, agency_code=World.AGENCY,
    )  # fmt: skip
    _target(plan, whole=True)
    return plan


def _target(plan: TargetPlan, **more: Any) -> Target:
    today = local_day()
    return Target.objects.create(
        plan=plan, cameras=100, kind="total", base_on=today, base_done=0, valid_from=today, due_on=DUE, set_by="Office",
        created_ms=now_ms(), jurisdiction_path=World.HOME, agency_code=World.AGENCY, **more,
    )  # fmt: skip


def plan(world: World) -> dict[str, str]:
    return {"plan_id": str(_plan(world).pk)}


def target(world: World) -> dict[str, str]:
    return {"target_id": str(_target(_plan(world), area=Jurisdiction.objects.get(path=World.HOME)).pk)}


def new_plan(world: World) -> dict[str, Any]:
    total = {"cameras": 10, "due_on": DUE, "set_by": "Commissioner"}
    return {
        "name": {"en": "New", "hi": "नई"}, "jurisdiction": World.HOME, "agency": World.AGENCY, "total": total
    }  # fmt: skip


VIEW, EDIT = "linking.view", "target.edit"
PARTS = [{"owner_class": "hotel", "cameras": 5}]
WHY = {"reason": "Decided otherwise"}

ENDPOINTS = [
    Endpoint("GET", "/target-plans", VIEW, row=plan, lists=True),
    Endpoint("POST", "/target-plans", EDIT, body=new_plan, success=201, elsewhere=403),
    Endpoint("GET", "/target-plans/{plan_id}", VIEW, row=plan),
    Endpoint("PATCH", "/target-plans/{plan_id}", EDIT, row=plan, body=WHY | {"edited_ms": 1}),
    Endpoint("POST", "/target-plans/{plan_id}/end", EDIT, row=plan, body=WHY, success=204),
    Endpoint("POST", "/target-plans/{plan_id}/allotment", EDIT, row=plan, body={"parts": PARTS, "edited_ms": 1}),
    Endpoint("POST", "/target-plans/{plan_id}/allotment-preview", EDIT, row=plan, body={"parts": PARTS}),
    Endpoint("GET", "/target-plans/{plan_id}/burn-up", VIEW, row=plan),
    Endpoint("GET", "/target-plans/{plan_id}/history", VIEW, row=plan),
    Endpoint("GET", "/target-plans/{plan_id}/export", VIEW, row=plan),
    Endpoint("GET", "/targets", VIEW, row=target, lists=True),
    Endpoint("GET", "/targets/{target_id}/chain", VIEW, row=target),
    Endpoint(
        "POST", "/targets/{target_id}/supersede", EDIT, row=target, success=201,
        body=WHY | {"cameras": 90, "due_on": DUE, "set_by": "Commissioner"},
    ),
    Endpoint("POST", "/targets/{target_id}/end", EDIT, row=target, body=WHY, success=204),
    Endpoint("GET", "/progress/funnel", VIEW),
    Endpoint("GET", "/progress/league", VIEW),
    Endpoint("GET", "/progress/wards", VIEW),
    Endpoint("GET", "/progress/placements", VIEW),
    Endpoint("GET", "/progress/placements/missing", VIEW, query="placement=entry"),
    Endpoint("GET", "/progress/export", VIEW, query="view=wards"),
]  # fmt: skip
