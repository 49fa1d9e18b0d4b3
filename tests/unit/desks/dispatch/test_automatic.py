"""The step "call the unit" of procedures sends the first to arrive, once, or says that there is none."""

from __future__ import annotations

import pytest

import dispatch_rig as rig
import incidents_rig
from prahari.desks.common.errors import Problem
from prahari.desks.dispatch import joining
from prahari.desks.dispatch.models import Assignment
from prahari.desks.procedures import automatic, performing
from prahari.desks.procedures.models import RunStep
from scope import World


def call(world: World, key: str = "procedure step 1", kind: str = "patrol", of: str = "theft") -> dict[str, str]:
    incident = incidents_rig.opened(world, kind=of)
    return joining.call_unit(actor=world.system, incident=incident, values={"kind": kind}, key=key)


def test_the_library_asks_for_what_there_is() -> None:
    [field] = automatic.known()["call_unit"].fields
    assert automatic.available("call_unit")
    assert {"patrol", "women", "ambulance"} <= {code for code, _, _ in field.options}


def test_the_first_to_arrive_is_called(world: World) -> None:
    rig.unit(world, at=(26.5, 80.36))
    near = rig.unit(world, at=(26.452, 80.33))
    rig.unit(world, at=(26.45, 80.33), kind="ambulance")
    assert call(world)["en"].startswith(f"{near.call_sign} was called (about")
    sent = Assignment.objects.get()
    assert sent.unit == near and sent.offered_by is None


def test_a_woman_officer_for_her_if_one_is_near(world: World) -> None:
    rig.unit(world, at=(26.451, 80.33))
    with_her = rig.unit(world, at=(26.455, 80.33), skills=["women_officer"])
    call(world, kind="women", of="women_safety")
    assert Assignment.objects.get(offered_by=None).unit == with_her


def test_nobody_free_is_said(world: World) -> None:
    rig.unit(world, status="busy")
    with pytest.raises(Problem) as refused:
        call(world)
    assert (refused.value.status, refused.value.code) == (409, "no_unit")


def test_the_step_of_a_run_calls_once(world: World) -> None:
    unit = rig.unit(world, at=(26.455, 80.33), skills=["women_officer"])
    incident = incidents_rig.opened(world, kind="women_safety")
    step = RunStep.objects.get(run__incident=incident, step="unit")
    assert performing.perform(step.id) and not performing.perform(step.id)
    step.refresh_from_db()
    assert step.state == "done" and unit.call_sign in step.outcome["en"]
    assert Assignment.objects.get().incident == incident
