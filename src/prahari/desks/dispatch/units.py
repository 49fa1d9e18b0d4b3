"""What people do with units: enter, change and retire them, say what they are doing; how a unit's status follows from
its assignments."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import IntegrityError

from prahari.contracts.events import now_ms
from prahari.desks.common.action import Action, action
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import Problem, conflict, invalid, text
from prahari.desks.dispatch import rules, selectors, telling, trackers
from prahari.desks.dispatch import schemas as s
from prahari.desks.dispatch.choices import ACTIVE, Progress, Status
from prahari.desks.dispatch.models import CrewMember, Unit
from prahari.desks.dispatch.selectors import MANAGE, WORK
from prahari.desks.incidents import writing as incidents
from prahari.desks.registry import references

_FROM_ASSIGNMENTS = (Status.ASSIGNED, Status.EN_ROUTE, Status.AT_SCENE)


def create(*, actor: Actor, form: s.UnitIn) -> Unit:
    """Raises Problem 403, 422."""
    actor.require(MANAGE)
    with _call_sign_once(), action("unit.create", actor=actor, reason=form.reason) as act:
        area = references.jurisdiction(form.jurisdiction)
        agency = incidents.agency(form.agency)
        actor.require_in(MANAGE, area.path, agency.code)
        at = now_ms()
        unit = Unit(
            agency_code=agency.code, jurisdiction_path=area.path, created_ms=at, edited_ms=at, status_ms=at,
            status_by_id=actor.id, status_by_name=actor.called,
        )  # fmt: skip
        _fill(unit, form)
        unit.save(force_insert=True)
        about(act, unit)
        telling.unit_changed(act, unit, "created")
    return unit


def edit(*, actor: Actor, unit_id: UUID, form: s.UnitEdit) -> None:
    """Raises Problem 403, 404, 409, 422."""
    with (
        _call_sign_once(),
        changing(
            "unit.edit", actor=actor, unit_id=unit_id, version=form.version, permission=MANAGE, reason=form.reason
        ) as (_, unit),
    ):
        area = references.jurisdiction(form.jurisdiction)
        actor.require_in(MANAGE, area.path, unit.agency_code)
        unit.jurisdiction_path = area.path
        _fill(unit, form)


def retire(*, actor: Actor, unit_id: UUID, form: s.UnitRetire) -> None:
    """It is no unit any more; what it did stays. Raises Problem 403, 404, 409 (changed; it is sent somewhere)."""
    with changing("unit.retire", actor=actor, unit_id=unit_id, version=form.version, permission=MANAGE,
                  reason=form.reason) as (act, unit):  # fmt: skip
        _require_nothing_active(unit)
        at = now_ms()
        CrewMember.objects.filter(unit=unit, until_ms__isnull=True).update(until_ms=at)
        trackers.name(unit, None, "")
        _say(unit, Status.OFF_DUTY, act.actor, "")
        unit.retired_ms = at


def set_status(*, actor: Actor, unit_id: UUID, form: s.UnitStatusIn) -> None:
    """By the dispatcher, as heard by radio. Raises Problem 403, 404, 409 (changed; it is sent somewhere), 422."""
    with changing("unit.status", actor=actor, unit_id=unit_id, version=form.version, permission=WORK,
                  reason=form.note) as (act, unit):  # fmt: skip
        say(act, unit, form.status, form.note)


def say(act: Action, unit: Unit, status: str, note: str) -> None:
    """The unit is held. Raises Problem 409 (it is sent somewhere; a crew is on board), 422."""
    _require_nothing_active(unit)
    if status == Status.OUT_OF_SERVICE and len(note) < 3:
        raise invalid(note=text("Say why it is out of service.", "सेवा से बाहर होने का कारण लिखें।"))
    if status == Status.OFF_DUTY:
        CrewMember.objects.filter(unit=unit, until_ms__isnull=True).update(until_ms=now_ms())
    _say(unit, status, act.actor, note)
    act.details(status=status)


@contextmanager
def changing(
    name: str, *, actor: Actor, unit_id: UUID, version: int | None, permission: str, reason: str = ""
) -> Iterator[tuple[Action, Unit]]:
    """The block changes the unit that it is given; it is saved with its next version and told of afterwards."""
    with action(name, actor=actor, reason=reason) as act:
        unit = selectors.for_writing(actor, unit_id, version, permission)
        about(act, unit)
        yield act, unit
        save(unit)
        telling.unit_changed(act, unit, name.removeprefix("unit."))


def save(unit: Unit) -> None:
    unit.version += 1
    unit.edited_ms = max(now_ms(), unit.edited_ms + 1)
    unit.save()


def about(act: Action, unit: Unit) -> None:
    act.about("unit", unit.id, unit.call_sign, jurisdiction=unit.jurisdiction_path, agency=unit.agency_code)


def settle(unit: Unit, actor: Actor) -> None:
    """The status that follows from what it is sent to, once that has changed. The unit is held; the caller saves it."""
    states = set(unit.assignments.filter(state__in=ACTIVE).values_list("state", flat=True))
    if Progress.ARRIVED in states:
        follows = Status.AT_SCENE
    elif Progress.EN_ROUTE in states:
        follows = Status.EN_ROUTE
    elif states:
        follows = Status.ASSIGNED
    elif unit.status in _FROM_ASSIGNMENTS:
        follows = Status.AVAILABLE
    else:
        return
    if follows != unit.status:
        _say(unit, follows, actor, "")


def _say(unit: Unit, status: str, actor: Actor, note: str) -> None:
    unit.status, unit.status_ms, unit.status_note = status, now_ms(), note
    unit.status_by_id, unit.status_by_name = actor.id, actor.called


def _require_nothing_active(unit: Unit) -> None:
    if unit.assignments.filter(state__in=ACTIVE).exists():
        raise conflict("sent", f"{unit.call_sign} is sent to an incident. Clear or withdraw that first.",
                       f"{unit.call_sign} एक घटना पर भेजी गई है। पहले उसे पूर्ण करें या वापस लें।")  # fmt: skip


def _fill(unit: Unit, form: s.UnitFields) -> None:
    """Raises Problem 422."""
    known = {one["code"] for one in rules.skills()}
    if unknown := [one for one in form.skills if one not in known]:
        raise invalid(skills=text(f"Not in the list: {', '.join(unknown)}.", f"सूची में नहीं: {', '.join(unknown)}।"))
    unit.call_sign, unit.kind, unit.capacity, unit.phone = form.call_sign, form.kind, form.capacity, form.phone
    unit.skills = list(dict.fromkeys(form.skills))
    if Unit.objects.filter(call_sign__iexact=unit.call_sign, retired_ms__isnull=True).exclude(id=unit.id).exists():
        raise _taken()
    trackers.name(unit, form.tracker_source, form.tracker)


@contextmanager
def _call_sign_once() -> Iterator[None]:
    """Somebody else may take it at the same moment: the table refuses then."""
    try:
        yield
    except IntegrityError as error:
        raise _taken() from error


def _taken() -> Problem:
    return invalid(call_sign=text("Another unit has this call sign.", "इस कॉल साइन की दूसरी इकाई है।"))
