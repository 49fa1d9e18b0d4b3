"""Rows of the works desk for tests, in World.HOME for World.AGENCY."""

from __future__ import annotations

import datetime as dt
import itertools
from decimal import Decimal
from typing import Any
from uuid import UUID

from prahari.contracts.clock import local_day
from prahari.core.ids import uuid7
from prahari.desks.works import actions, models
from prahari.desks.works import schemas as s
from scope import World

_numbers = itertools.count(1)


def days_ago(number: int) -> dt.date:
    return local_day() - dt.timedelta(days=number)


def project(world: World) -> models.Project:
    number = next(_numbers)
    made = actions.create_project(
        actor=world.system,
        form=s.ProjectIn(
            code=f"p{number}", name={"en": f"Project {number}", "hi": "परियोजना"}, agency=World.AGENCY,
            jurisdiction=World.HOME, sanctioned_paise=178 * 10**9,
        ),
    )  # fmt: skip
    return models.Project.objects.get(id=made)


def package(world: World, **more: Any) -> models.Package:
    """100 km of cable, begun 50 days ago, to be done in 49: half of it is due by yesterday."""
    number = next(_numbers)
    of = more.pop("project", None) or project(world)
    fields: dict[str, Any] = {
        "project": of.id, "number": f"K-{number}", "name": {"en": f"Cable {number}", "hi": "केबल"}, "kind": "cable",
        "agency": World.AGENCY, "jurisdiction": World.HOME, "quantity": 100, "start": days_ago(50),
        "end": days_ago(-49), "sanctioned_paise": 10**9,
    } | more  # fmt: skip
    return models.Package.objects.get(id=actions.create_package(actor=world.system, form=s.PackageIn(**fields)))


def enter(world: World, of: models.Package, quantity: float, day: dt.date | None = None, **more: Any) -> UUID:
    fields: dict[str, Any] = {"key": uuid7(), "done_on": day or local_day(), "quantity": Decimal(str(quantity))} | more
    return actions.enter_progress(actor=world.system, package_id=of.id, form=s.ProgressIn(**fields))


def delay(world: World, of: models.Package, first: dt.date, last: dt.date | None = None, **more: Any) -> UUID:
    fields: dict[str, Any] = {"key": uuid7(), "reason": "monsoon", "first_day": first, "last_day": last} | more
    return actions.enter_delay(actor=world.system, package_id=of.id, form=s.DelayIn(**fields))


def milestone(world: World, of: models.Package) -> UUID:
    form = s.MilestoneIn(name={"en": "Half of it", "hi": "आधा"}, due_on=local_day())
    return actions.set_milestone(actor=world.system, package_id=of.id, form=form)
