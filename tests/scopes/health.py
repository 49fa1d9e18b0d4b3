"""Endpoints of the health desk."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import registry_rig
from prahari.contracts.clock import local_day
from prahari.contracts.events import now_ms
from prahari.desks.accounts.models import Jurisdiction
from prahari.desks.health.models import Agreement, Episode, MaintenanceWindow
from scope import Endpoint, World

MONTH = local_day().strftime("%Y-%m")


def camera(world: World) -> dict[str, str]:
    return {"camera_id": str(registry_rig.camera(world).pk)}


def _episode(world: World) -> Episode:
    camera_row = registry_rig.camera(world)
    return Episode.objects.create(
        id=uuid.uuid4(), camera=camera_row, kind="covered", start_ms=now_ms() - 60_000, cause="", value=90, limit=70
    )


def acknowledging(world: World) -> dict[str, Any]:
    return {"episode_ids": [str(_episode(world).pk)]}


def window(world: World) -> dict[str, str]:
    made = MaintenanceWindow.objects.create(
        area=Jurisdiction.objects.get(path=World.HOME), from_ms=now_ms() - 1000, to_ms=now_ms() + 3_600_000,
        why="Works", created_ms=now_ms(), edited_ms=1, jurisdiction_path=World.HOME, agency_code=World.AGENCY,
    )  # fmt: skip
    return {"window_id": str(made.pk)}


def announcing(world: World) -> dict[str, Any]:
    at = now_ms()
    return {"area": World.HOME, "agency": World.AGENCY, "from_ms": at, "to_ms": at + 3_600_000, "why": "New router"}


def agreement(world: World) -> dict[str, str]:
    made = Agreement.objects.create(
        provider="Vendor", reference="W/1", jurisdiction=Jurisdiction.objects.get(path=World.HOME),
        agency_id=World.AGENCY, uptime_pct=99, response_minutes=60, repair_minutes=240, monthly_fee_inr=100_000,
        steps=[], valid_from=local_day().replace(day=1), created_ms=now_ms(), edited_ms=1,
        jurisdiction_path=World.HOME, agency_code=World.AGENCY,
    )  # fmt: skip
    return {"agreement_id": str(made.pk)}


TERMS = {
    "uptime_pct": 99.0, "response_minutes": 60, "repair_minutes": 240, "monthly_fee_inr": 100_000,
    "steps": [{"below_pct": 98.0, "penalty_pct": 2.0}], "reason": "Work order", "valid_from": str(local_day()),
}  # fmt: skip
LATER = TERMS | {"valid_from": str(local_day() + dt.timedelta(days=40))}


def new_agreement(world: World) -> dict[str, Any]:
    return TERMS | {"provider": "Vendor", "reference": "W/2", "jurisdiction": World.HOME, "agency": World.AGENCY}


VIEW, WORK, SEE, EDIT = "camera.view", "health.work", "service_level.view", "service_level.edit"

ENDPOINTS = [
    Endpoint("GET", "/camera-health/now", VIEW),
    Endpoint("POST", "/camera-health/acknowledge", WORK, body=acknowledging, elsewhere=404),
    Endpoint("GET", "/cameras/{camera_id}/health", VIEW, row=camera),
    # No engine runs here: whoever may ask is told so (tests/unit/desks/health asks a real one).
    Endpoint("POST", "/cameras/{camera_id}/reference-view", WORK, row=camera, body={"reason": "New pole"}, success=503),
    Endpoint("GET", "/camera-health/uptime", VIEW),
    Endpoint("GET", "/camera-health/uptime/export", VIEW, also=("camera.export",)),
    Endpoint("GET", "/maintenance-windows", VIEW, row=window, lists=True),
    Endpoint("POST", "/maintenance-windows", WORK, body=announcing, success=201, elsewhere=403),
    Endpoint("POST", "/maintenance-windows/{window_id}/end", WORK, row=window, body={"reason": "Done early"}),
    Endpoint("GET", "/service-agreements", SEE, row=agreement, lists=True),
    Endpoint("POST", "/service-agreements", EDIT, body=new_agreement, success=201, elsewhere=403),
    Endpoint("POST", "/service-agreements/{agreement_id}/supersede", EDIT, row=agreement, body=LATER, success=201),
    Endpoint(
        "POST", "/service-agreements/{agreement_id}/end", EDIT, row=agreement,
        body={"on": str(local_day()), "reason": "Contract over"},
    ),
    Endpoint("GET", "/service-agreements/{agreement_id}/month", SEE, row=agreement, query=f"month={MONTH}"),
    Endpoint("GET", "/service-agreements/{agreement_id}/month/export", SEE, row=agreement, query=f"month={MONTH}"),
]  # fmt: skip
