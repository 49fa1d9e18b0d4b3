"""Setting targets. A number once set is never edited: a later one takes its place, and both stay readable."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from prahari.contracts.clock import local_day
from prahari.contracts.events import now_ms
from prahari.core.scope import is_within
from prahari.desks.common.action import Action, action
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import Problem, Text, conflict, invalid, text
from prahari.desks.registry import references
from prahari.desks.registry.models import OwnerClass
from prahari.desks.targets import allotment, history, selectors
from prahari.desks.targets.counts import Cell, Spec, spec_of
from prahari.desks.targets.models import Kind, Target, TargetPlan
from prahari.desks.targets.overview import part_of
from prahari.desks.targets.schemas import AllotmentIn, PartIn, PlanEdit, Supersede, TargetFields, TargetPlanIn

EDIT = selectors.EDIT
FARTHEST = dt.timedelta(days=20 * 366)
_ABOUT = "target plan"


def create_plan(*, actor: Actor, form: TargetPlanIn) -> TargetPlan:
    """A plan with its whole and, when given, its parts. Raises Problem 403, 422."""
    with action("target.create_plan", actor=actor, reason=form.reason) as act:
        actor.require(EDIT)
        jurisdiction = references.jurisdiction(form.jurisdiction)
        agency = references.agency(form.agency) if form.agency else None
        actor.require_in(EDIT, jurisdiction.path, agency.code if agency else "")
        at = now_ms()
        plan = TargetPlan.objects.create(
            name_en=form.name.en, name_hi=form.name.hi, jurisdiction=jurisdiction, agency=agency,
            meant_for=_classes(form.meant_for), created_ms=at, edited_ms=at, jurisdiction_path=jurisdiction.path,
            agency_code=agency.code if agency else "",
        )  # fmt: skip
        bases = Bases()
        whole = _whole(actor, plan, form.total, bases)
        whole.save(force_insert=True)
        _add_parts(actor, plan, whole, [], form.parts, bases)
        _about(act, plan)
        act.details(cameras=whole.cameras, kind=whole.kind, due_on=str(whole.due_on), parts=len(form.parts))
    return plan


def edit_plan(*, actor: Actor, plan_id: UUID, form: PlanEdit) -> TargetPlan:
    """Names, and what the rest is meant for. Raises Problem 403, 404, 409, 422."""
    with action("target.edit_plan", actor=actor, reason=form.reason) as act:
        plan = _locked(actor, plan_id, form.edited_ms)
        if form.name is not None:
            plan.name_en, plan.name_hi = form.name.en, form.name.hi
        if form.meant_for is not None:
            plan.meant_for = _classes(form.meant_for)
        _touch(plan)
        _about(act, plan)
    return plan


def end_plan(*, actor: Actor, plan_id: UUID, reason: str) -> None:
    """End a plan and all its targets; they stay readable. Raises Problem 403, 404, 409."""
    with action("target.end_plan", actor=actor, reason=reason) as act:
        plan = _locked(actor, plan_id, None)
        plan.ended_ms = now_ms()
        for target in plan.targets.filter(ended_ms__isnull=True):
            _end(target, reason)
        _touch(plan)
        _about(act, plan)


def allot(*, actor: Actor, plan_id: UUID, form: AllotmentIn) -> TargetPlan:
    """Add parts to a plan. Raises Problem 403, 404, 409 (changed meanwhile), 422 (more than the whole)."""
    with action("target.allot", actor=actor, reason=form.reason) as act:
        plan = _locked(actor, plan_id, form.edited_ms)
        whole, parts = _standing(plan)
        made = _add_parts(actor, plan, whole, parts, form.parts, Bases())
        _touch(plan)
        _about(act, plan)
        act.details(parts=[{"target": str(one.id), "cameras": one.cameras} for one in made])
    return plan


def preview(*, actor: Actor, plan_id: UUID, parts: Sequence[PartIn]) -> dict[str, Any]:
    """An AllotmentPreview; writes nothing. Raises Problem 403, 404, 422 (a part that cannot be read)."""
    plan = selectors.plan(actor, plan_id, EDIT)
    whole, standing = _standing(plan)
    bases = Bases()
    fresh = [_part(actor, plan, whole, part, bases, f"parts.{at}") for at, part in enumerate(parts)]
    before = [part_of(one, whole) for one in standing]
    after = [*before, *(part_of(one, whole) for one in fresh)]
    added = {part.id for part in allotment.added(after)}
    allotted = sum(part.share for part in after if part.id in added)
    return {
        "cameras": whole.cameras,
        "allotted_before": sum(part.share for part in allotment.added(before)),
        "allotted_after": allotted,
        "rest_after": whole.cameras - allotted,
        "problem": _objection(whole, [*standing, *fresh], after),
        "not_added": [at for at, one in enumerate(fresh) if one.id not in added],
    }


def supersede(*, actor: Actor, target_id: UUID, form: Supersede) -> Target:
    """A later number in the place of a target. Raises Problem 403, 404, 409 (another one has), 422."""
    with action("target.supersede", actor=actor, reason=form.reason) as act:
        earlier, plan = _target_locked(actor, target_id)
        whole, parts = _standing(plan)
        later = Target(
            plan=plan, whole=earlier.whole, owner_class=earlier.owner_class, department=earlier.department,
            area=earlier.area, ward=earlier.ward, supersedes=earlier, recorded_by_id=actor.id,
            jurisdiction_path=earlier.jurisdiction_path, agency_code=earlier.agency_code,
        )  # fmt: skip
        base_on = form.base_on
        if base_on is None and form.kind == Kind.ADDITIONAL and earlier.kind == Kind.ADDITIONAL:
            base_on = earlier.base_on  # more than on the same day, unless another one is named
        _number(plan, later, form.dict() | {"base_on": base_on}, Bases(), "")
        if later.whole:
            _check(later, parts, [part_of(one, later) for one in parts])
        else:
            others = [one for one in parts if one.id != earlier.id]
            _check(whole, [*others, later], [part_of(one, whole) for one in (*others, later)])
        _end(earlier, form.reason)
        later.save(force_insert=True)
        _touch(plan)
        _about(act, plan)
        act.details(target=str(later.id), before=earlier.cameras, cameras=later.cameras, due_on=str(later.due_on))
    return later


def end_target(*, actor: Actor, target_id: UUID, reason: str) -> None:
    """End a part: its cameras are not allotted then. Raises Problem 403, 404, 409."""
    with action("target.end", actor=actor, reason=reason) as act:
        target, plan = _target_locked(actor, target_id)
        if target.whole:
            raise conflict("whole_target", "The whole cannot be ended alone. Set another number, or end the plan.",
                           "समग्र लक्ष्य अकेले समाप्त नहीं हो सकता। दूसरी संख्या तय करें, या योजना समाप्त करें।")  # fmt: skip
        _end(target, reason)
        _touch(plan)
        _about(act, plan)
        act.details(target=str(target.id), cameras=target.cameras)


# Rows.


@dataclass
class Bases:
    """Counts that are frozen into targets: each day read once, however many parts ask."""

    _cells: dict[tuple[dt.date | None, bool], list[Cell]] = field(default_factory=dict)

    def done(self, spec: Spec, day: dt.date) -> int:
        stored = history.stored_done(spec, day)
        if stored is not None:
            return stored
        key = (day if day < local_day() else None, spec.ward is not None)
        if key not in self._cells:
            self._cells[key] = history.of_everything(key[0], by_ward=key[1])
        return spec.done(self._cells[key])


def _locked(actor: Actor, plan_id: UUID, edited_ms: int | None) -> TargetPlan:
    """The plan for writing; two who change it come one after the other. Raises Problem 403, 404, 409."""
    plan = selectors.plan(actor, plan_id, EDIT)
    plan = TargetPlan.objects.select_for_update(of=("self",)).select_related("jurisdiction", "agency").get(id=plan.id)
    if plan.ended_ms is not None:
        raise _ENDED
    if edited_ms is not None and plan.edited_ms != edited_ms:
        raise conflict("edited_meanwhile", "Somebody else has changed this plan meanwhile. Look again, then decide.",
                       "इस बीच किसी और ने यह योजना बदल दी है। इसे फिर से देखें, तब निर्णय लें।")  # fmt: skip
    return plan


_ENDED = conflict("ended", "This has ended. Set a new target.", "यह समाप्त हो चुका है। नया लक्ष्य तय करें।")


def _target_locked(actor: Actor, target_id: UUID) -> tuple[Target, TargetPlan]:
    found = selectors.target(actor, target_id, EDIT)
    plan = TargetPlan.objects.select_for_update(of=("self",)).select_related("jurisdiction", "agency").get(
        id=found.plan_id
    )  # fmt: skip
    target = selectors.target(actor, target_id, EDIT)
    if target.ended_ms is not None or plan.ended_ms is not None:
        raise _ENDED
    return target, plan


def _standing(plan: TargetPlan) -> tuple[Target, list[Target]]:
    whole, parts = selectors.standing(plan)
    if whole is None:
        raise _ENDED
    return whole, parts


def _touch(plan: TargetPlan) -> None:
    plan.edited_ms = max(now_ms(), plan.edited_ms + 1)
    plan.save()


def _end(target: Target, reason: str) -> None:
    target.ended_ms, target.ended_reason = now_ms(), reason[:400]
    target.save(update_fields=["ended_ms", "ended_reason"])


def _about(act: Action, plan: TargetPlan) -> None:
    act.about(_ABOUT, plan.id, plan.name_en, jurisdiction=plan.jurisdiction_path, agency=plan.agency_code)


def _classes(codes: Sequence[str]) -> list[str]:
    known = set(OwnerClass.objects.filter(code__in=codes).values_list("code", flat=True))
    unknown = [code for code in codes if code not in known]
    if unknown:
        raise invalid(meant_for=text(f"There is no owner class {unknown[0]!r}.", f"स्वामी श्रेणी {unknown[0]!r} नहीं है।"))
    return list(dict.fromkeys(codes))


def _whole(actor: Actor, plan: TargetPlan, form: TargetFields, bases: Bases) -> Target:
    whole = Target(
        plan=plan, whole=True, recorded_by_id=actor.id, jurisdiction_path=plan.jurisdiction_path,
        agency_code=plan.agency_code,
    )  # fmt: skip
    _number(plan, whole, form.dict(), bases, "total.")
    return whole


def _add_parts(
    actor: Actor, plan: TargetPlan, whole: Target, standing: list[Target], forms: Sequence[PartIn], bases: Bases
) -> list[Target]:
    fresh = [_part(actor, plan, whole, form, bases, f"parts.{at}") for at, form in enumerate(forms)]
    every = [*standing, *fresh]
    _check(whole, every, [part_of(one, whole) for one in every])
    for one in fresh:
        one.save(force_insert=True)
    return fresh


def _part(actor: Actor, plan: TargetPlan, whole: Target, form: PartIn, bases: Bases, where: str) -> Target:
    """A part not saved yet. Raises Problem 422 naming the field under `where`."""
    if not (form.owner_class or form.department or form.area or form.ward):
        raise invalid(**{f"{where}.owner_class": text("Say what this part is of: a class, a department or an area.",
                                                      "बताएँ कि यह भाग किसका है: श्रेणी, विभाग या क्षेत्र।")})  # fmt: skip
    try:
        part = Target(
            plan=plan, recorded_by_id=actor.id,
            owner_class=references.owner_class(form.owner_class) if form.owner_class else None,
            department=references.department(form.department) if form.department else None,
            area=references.jurisdiction(form.area, "area") if form.area else None,
            ward=references.ward(form.ward),
        )  # fmt: skip
    except Problem as problem:
        raise invalid(**{f"{where}.{name}": why for name, why in (problem.fields or {}).items()}) from None
    for name, place in (("area", part.area), ("ward", part.ward)):
        if place is not None and not is_within(place.path, plan.jurisdiction_path):
            raise invalid(
                **{f"{where}.{name}": text("This lies outside the plan's area.", "यह योजना के क्षेत्र से बाहर है।")}
            )
    if part.area is not None and part.area.level in ("ward", "police_post"):
        raise invalid(**{f"{where}.area": text("Choose a police station or a larger area; wards have their own field.",
                                               "थाना या उससे बड़ा क्षेत्र चुनें; वार्ड का अलग फ़ील्ड है।")})  # fmt: skip
    agency = part.department.agency_id if part.department else plan.agency_code
    if plan.agency_code and agency != plan.agency_code:
        raise invalid(**{f"{where}.department": text("This department belongs to another agency than the plan.",
                                                     "यह विभाग योजना की एजेंसी का नहीं है।")})  # fmt: skip
    place = part.area or part.ward
    part.jurisdiction_path, part.agency_code = place.path if place else plan.jurisdiction_path, agency
    given = form.dict()
    for name in ("kind", "due_on", "set_by", "source"):
        given[name] = given[name] if given[name] is not None else getattr(whole, name)
    if whole.kind == Kind.ADDITIONAL:
        given["base_on"] = whole.base_on  # the parts of one sum count from one day
    _number(plan, part, given, bases, f"{where}.")
    return part


def _number(plan: TargetPlan, target: Target, given: dict[str, Any], bases: Bases, where: str) -> None:
    """Fill in number, days and base. Raises Problem 422."""
    today = local_day()
    target.cameras, target.kind = given["cameras"], given["kind"]
    target.set_by, target.source = given["set_by"], given["source"]
    target.due_on = given["due_on"]
    target.valid_from = given.get("valid_from") or today
    target.base_on = given["base_on"] or today
    target.created_ms = now_ms()
    if target.base_on > today:
        raise invalid(**{f"{where}base_on": text("The base day has not come yet.", "आधार दिनांक अभी आई नहीं है।")})
    if target.due_on <= max(target.valid_from, target.base_on):
        raise invalid(**{f"{where}due_on": text("The due day must come after the day from which the target holds.",
                                                "नियत तिथि लक्ष्य लागू होने के दिन के बाद की होनी चाहिए।")})  # fmt: skip
    if abs(target.due_on - today) > FARTHEST or abs(target.valid_from - today) > FARTHEST:
        raise invalid(**{f"{where}due_on": text("This day is too far away. Check the year.",
                                                "यह तिथि बहुत दूर है। वर्ष जाँचें।")})  # fmt: skip
    target.base_done = bases.done(spec_of(plan, target), target.base_on)


# More than the whole.


def _check(whole: Target, targets: Sequence[Target], parts: Sequence[allotment.Part]) -> None:
    """Raises Problem 422 when parts exceed what they are parts of, or name the same."""
    objection = _objection(whole, targets, parts)
    if objection is not None:
        raise Problem(422, "not_allottable", objection["en"], objection["hi"], {"cameras": objection})


def _objection(whole: Target, targets: Sequence[Target], parts: Sequence[allotment.Part]) -> Text | None:
    of = {target.id: target for target in targets}
    twin = allotment.identical(parts)
    if twin is not None:
        en, hi = _names(of[twin.id])
        return text(f"{en} has a target already. Change that one.", f"{hi} का लक्ष्य पहले से है। उसी को बदलें।")
    over = allotment.overrun(whole.cameras, parts)
    if over is None:
        return None
    en, hi = ("the whole", "समग्र लक्ष्य") if over.within is None else _names(of[over.within])
    more = over.come_to - over.limit
    return text(
        f"The parts come to {over.come_to:,}; {en} is {over.limit:,}. Take {more:,} away, or raise it first.",
        f"भागों का योग {over.come_to:,} है; {hi} {over.limit:,} है। {more:,} घटाएँ, या पहले उसे बढ़ाएँ।",
    )


def _names(target: Target) -> tuple[str, str]:
    rows = [row for row in (target.owner_class, target.department, target.area, target.ward) if row is not None]
    return ", ".join(row.name_en for row in rows), ", ".join(row.name_hi for row in rows)
