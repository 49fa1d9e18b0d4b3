"""Plans for tests of targets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from prahari.contracts.clock import local_day
from prahari.desks.targets import actions, schemas
from prahari.desks.targets.models import TargetPlan
from scope import World

Plan = Callable[..., TargetPlan]


@pytest.fixture
def make_plan(world: World) -> Plan:
    def make(
        cameras: int = 100, parts: list[dict[str, Any]] | None = None, *, at: str = World.HOME,
        agency: str | None = World.AGENCY, days: int = 60, kind: str = "total", base_on: dt.date | None = None,
        **more: Any,
    ) -> TargetPlan:  # fmt: skip
        total = schemas.TargetFields(
            cameras=cameras, kind=kind, base_on=base_on, due_on=local_day() + dt.timedelta(days=days),
            set_by="Divisional Commissioner", source="Review meeting",
        )  # fmt: skip
        form = schemas.TargetPlanIn(
            name={"en": "Kanpur", "hi": "कानपुर"}, jurisdiction=at, agency=agency, total=total,
            parts=[schemas.PartIn(**part) for part in parts or []], **more,
        )  # fmt: skip
        return actions.create_plan(actor=world.system, form=form)

    return make
