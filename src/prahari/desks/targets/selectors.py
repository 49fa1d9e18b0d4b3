"""Plans and targets in the actor's scope."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from prahari.desks.common import paging
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import not_found
from prahari.desks.common.history import record
from prahari.desks.common.scoping import restrict, within
from prahari.desks.targets.models import Target, TargetPlan
from prahari.desks.targets.outlook import area, coded

VIEW = "linking.view"
EDIT = "target.edit"
_RELATIONS = ("owner_class", "department", "area", "ward")
_BOUNDARIES = ("area__boundary", "ward__boundary")


def plans_in(actor: Actor, permission: str = VIEW) -> QuerySet[TargetPlan]:
    actor.require(permission)
    found = restrict(TargetPlan.objects.all(), actor.scope, permission)
    return found.select_related("jurisdiction", "agency").defer("jurisdiction__boundary")


def plan(actor: Actor, plan_id: UUID, permission: str = VIEW) -> TargetPlan:
    """Raises Problem 403, 404."""
    found = plans_in(actor, permission).filter(id=plan_id).first()
    if found is None:
        raise not_found("There is no such plan in your area.", "आपके क्षेत्र में ऐसी कोई योजना नहीं है।")
    return found


def targets_in(actor: Actor, permission: str = VIEW) -> QuerySet[Target]:
    actor.require(permission)
    return restrict(Target.objects.all(), actor.scope, permission).select_related(*_RELATIONS).defer(*_BOUNDARIES)


def target(actor: Actor, target_id: UUID, permission: str = VIEW) -> Target:
    """A target, standing or not. Raises Problem 403, 404."""
    found = targets_in(actor, permission).filter(id=target_id).first()
    if found is None:
        raise not_found("There is no such target in your area.", "आपके क्षेत्र में ऐसा कोई लक्ष्य नहीं है।")
    return found


def standing(plan_row: TargetPlan) -> tuple[Target | None, list[Target]]:
    """(whole, parts) of a plan that the actor may see: the numbers in force."""
    rows = plan_row.targets.filter(ended_ms__isnull=True).select_related(*_RELATIONS).defer(*_BOUNDARIES)
    found = list(rows.order_by("created_ms", "id"))
    return next((row for row in found if row.whole), None), [row for row in found if not row.whole]


def plan_page(actor: Actor, limit: int, cursor: str | None, ended: bool) -> dict[str, Any]:
    """TargetPlans, by name."""
    found = plans_in(actor).filter(ended_ms__isnull=not ended)
    whole = Target.objects.filter(whole=True, ended_ms__isnull=True)
    found = found.prefetch_related(Prefetch("targets", queryset=whole, to_attr="wholes"))
    return paging.page(found, ("name_en", "id"), limit, cursor, plan_row)


def plan_row(row: TargetPlan) -> dict[str, Any]:
    whole = next(iter(getattr(row, "wholes", [])), None)
    return {
        "id": str(row.id),
        "name": {"en": row.name_en, "hi": row.name_hi},
        "area": area(row.jurisdiction),
        "agency": coded(row.agency),
        "cameras": whole.cameras if whole else None,
        "kind": whole.kind if whole else None,
        "due_on": whole.due_on.isoformat() if whole else None,
        "ended_ms": row.ended_ms,
        "edited_ms": row.edited_ms,
    }


def target_page(
    actor: Actor, plan_id: UUID | None, owner_class: str, department: str, jurisdiction: str, limit: int,
    cursor: str | None,
) -> dict[str, Any]:  # fmt: skip
    """Targets in force, oldest first."""
    found = targets_in(actor).filter(ended_ms__isnull=True)
    if plan_id is not None:
        found = found.filter(plan_id=plan_id)
    if owner_class:
        found = found.filter(owner_class__code__in=owner_class.split(","))
    if department:
        found = found.filter(department__code__in=department.split(","))
    if jurisdiction:
        found = found.filter(within(jurisdiction))
    return paging.page(found, ("created_ms", "id"), limit, cursor, target_row)


def target_row(row: Target) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "plan_id": str(row.plan_id),
        "whole": row.whole,
        "owner_class": coded(row.owner_class),
        "department": coded(row.department),
        "area": area(row.area),
        "ward": area(row.ward),
        "cameras": row.cameras,
        "kind": row.kind,
        "base_on": row.base_on.isoformat(),
        "base_done": row.base_done,
        "goal": row.goal,
        "valid_from": row.valid_from.isoformat(),
        "due_on": row.due_on.isoformat(),
        "set_by": row.set_by,
        "source": row.source,
        "ended_ms": row.ended_ms,
        "ended_reason": row.ended_reason,
    }


def earlier(actor: Actor, target_id: UUID) -> dict[str, Any]:
    """The target and those that it took the place of, newest first."""
    row: Target | None = target(actor, target_id)
    items: list[dict[str, Any]] = []
    while row is not None and len(items) < 100:
        items.append(target_row(row))
        row = row.supersedes and target(actor, row.supersedes_id)
    return {"items": items}


def plan_history(actor: Actor, plan_id: UUID) -> dict[str, Any]:
    plan(actor, plan_id)
    return {"items": record(TargetPlan, plan_id)}
