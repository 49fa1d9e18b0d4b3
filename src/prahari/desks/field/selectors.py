"""Reads of visits: those of the actor's area, and their own."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from prahari.desks.common import paging
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import not_found
from prahari.desks.common.scoping import restrict
from prahari.desks.field.models import Visit

VIEW = "linking.view"
WORK = "linking.work"


def visits_in(actor: Actor, permission: str = VIEW) -> QuerySet[Visit]:
    actor.require(permission)
    return restrict(Visit.objects.all(), actor.scope, permission)


def visit_to_settle(actor: Actor, visit_id: UUID) -> Visit:
    """Locked. Raises Problem 403, 404."""
    found = visits_in(actor, WORK).select_for_update().filter(id=visit_id).first()
    if found is None:
        raise not_found("There is no such visit in your area.", "आपके क्षेत्र में ऐसा कोई भ्रमण नहीं है।")
    return found


def visit_page(
    actor: Actor, state: str, premises: UUID | None, mine: bool, limit: int, cursor: str | None
) -> dict[str, Any]:
    """Visits, the newest first."""
    found = visits_in(actor).select_related("premises", "by", "settled_by")
    narrowing = Q()
    if state:
        narrowing &= Q(state__in=state.split(","))
    if premises is not None:
        narrowing &= Q(premises_id=premises)
    if mine:
        narrowing &= Q(by_id=actor.id)
    return paging.page(found.filter(narrowing), ("-at_ms", "-id"), limit, cursor, lambda visit: row(actor, visit))


def row(actor: Actor, visit: Visit) -> dict[str, Any]:
    """A VisitRow."""
    return {
        "id": visit.id,
        "premises": {
            "id": visit.premises_id, "name": {"en": visit.premises.name_en, "hi": visit.premises.name_hi}
        },
        "by": visit.by.name,
        "mine": visit.by_id == actor.id,
        "outcome": visit.outcome,
        "state": visit.state,
        "at_ms": visit.at_ms,
        "received_ms": visit.received_ms,
        "clock_skew_ms": visit.clock_skew_ms,
        "form": visit.form,
        "files": visit.files,
        "conflict": {"en": visit.conflict["en"], "hi": visit.conflict["hi"]} if visit.conflict else None,
        "settled_by": visit.settled_by.name if visit.settled_by else "",
        "settled_ms": visit.settled_ms,
        "settled_reason": visit.settled_reason,
    }  # fmt: skip
