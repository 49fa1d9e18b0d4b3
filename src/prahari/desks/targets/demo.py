"""Kanpur's target for the demonstration, and a history of counts where the ladder has none.

The numbers of the plan are published ones; its days are made up around today, and so are the counts of days before the
demonstration was laid out: their rows say so.
"""

from __future__ import annotations

import datetime as dt
import random
from collections import defaultdict

from django.db import transaction

from prahari.contracts.city import City
from prahari.contracts.clock import local_day, start_of_day_ms
from prahari.desks.accounts.models import Centre, Jurisdiction
from prahari.desks.common.action import action
from prahari.desks.common.actor import system
from prahari.desks.linking.models import CameraLinkage
from prahari.desks.registry.models import Camera
from prahari.desks.targets import actions, counts, history
from prahari.desks.targets.models import SnapshotDay, TargetPlan
from prahari.desks.targets.schemas import PartIn, TargetFields, TargetPlanIn

DAYS = 42
DUE_IN_DAYS = 75
WHOLE = 5_000
PARTS = {"industry": 1_000, "commerce": 500, "hospital": 200, "petrol_pump": 141, "hotel": 235}
MEANT_FOR = ["police_post", "medical_store", "bank", "liquor_shop"]
BEGAN_AT = 0.55
"""Share of the cameras that the made-up history begins with."""
NAME = ("Kanpur: 5,000 IP cameras", "कानपुर: 5,000 आईपी कैमरे")
ONE_DAY = dt.timedelta(days=1)


def load(city: City) -> None:
    """Safe to repeat: an existing plan and stored days stay as they are."""
    _history(city)
    _plan(city)


def _plan(city: City) -> None:
    if TargetPlan.objects.filter(name_en=NAME[0]).exists():
        return
    whole = next(area.path for area in city.areas if area.level == "city")
    today = local_day()
    total = TargetFields(
        cameras=WHOLE, due_on=today + ONE_DAY * DUE_IN_DAYS, valid_from=today - ONE_DAY * DAYS,
        base_on=today - ONE_DAY * DAYS, set_by="Divisional Commissioner",
        source="Review of the Safe City project (demonstration: the days are made up)",
    )  # fmt: skip
    parts = [PartIn(owner_class=code, cameras=number) for code, number in PARTS.items()]
    actions.create_plan(
        actor=system("demo"),
        form=TargetPlanIn(
            name={"en": NAME[0], "hi": NAME[1]}, jurisdiction=whole, meant_for=MEANT_FOR, total=total, parts=parts,
            reason="Demonstration",
        ),
    )  # fmt: skip


def _history(city: City) -> None:
    """Counts of the last weeks, rising to what the city's cameras come to, unless there is a history of some weeks."""
    if not Centre.objects.filter(id=1, demo=True).exists() or SnapshotDay.objects.exists() or _ladder_has_weeks():
        return
    cameras = _cameras(city)
    chance = random.Random(city.code)  # noqa: S311 - a picture of a history, no secret
    chance.shuffle(cameras)
    today = local_day()
    done = round(len(cameras) * BEGAN_AT)
    left = len(cameras) - done
    calendar = counts.working_days(today)
    days = [today - ONE_DAY * back for back in range(DAYS, 0, -1)]
    worked = [day for day in days if calendar.works(day)]
    pace = left / max(1, len(worked)) * 0.95
    with transaction.atomic(), action("target.demo_history", actor=system("demo"), reason="Demonstration") as act:
        act.about("history of counts", f"{days[0]}..{days[-1]}")
        for day in days:
            if calendar.works(day):
                done = min(len(cameras), done + max(0, round(chance.gauss(pace, pace * 0.6))))
            if not history.claim(day, SnapshotDay.How.DEMO):
                continue
            cells: dict[history.Key, int] = defaultdict(int)
            for key in cameras[:done]:
                cells[key] += 1
            history.write(day, cells)
        act.details(days=len(days))


def _ladder_has_weeks() -> bool:
    """Whether cameras were verified before the last fortnight, so that the true history says something."""
    return CameraLinkage.objects.filter(verified_ms__lt=start_of_day_ms(local_day() - ONE_DAY * 14)).exists()


def _cameras(city: City) -> list[history.Key]:
    """Keys of the cameras of the demonstration."""
    stations = set(Jurisdiction.objects.filter(level="police_station").values_list("path", flat=True))
    rows = Camera.objects.filter(reg_id__in=[seed.reg_id for seed in city.cameras], retired_ms__isnull=True)
    found = []
    for owner_class, department, agency, place in rows.order_by("reg_id").values_list(
        "owner_class__code", "department__code", "agency_id", "jurisdiction_path"
    ):
        path = place
        while path and path not in stations:
            path = path.rpartition(".")[0]
        found.append((owner_class, department, agency, path or place))
    return found
