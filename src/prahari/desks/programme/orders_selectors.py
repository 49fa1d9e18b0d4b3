"""Reads of the order register: orders that hold where the actor works, each clause with its derived state."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from prahari.contracts.clock import local_day
from prahari.contracts.events import now_ms
from prahari.desks.common import paging
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import not_found, text
from prahari.desks.programme import clause_figures, clause_state, officers, people_selectors, reach
from prahari.desks.programme.choices import ClauseState
from prahari.desks.programme.models import Clause, ClauseRemark, GovernmentOrder
from prahari.desks.programme.people_selectors import appointment_row, area, coded, office_row


def orders_in(actor: Actor) -> QuerySet[GovernmentOrder]:
    """Orders set for the actor's area, within it or above it. Raises Problem 403."""
    rows = GovernmentOrder.objects.select_related("jurisdiction", "agency").defer("jurisdiction__boundary")
    return reach.meeting(rows, actor)


def _with_clauses(found: QuerySet[GovernmentOrder]) -> QuerySet[GovernmentOrder]:
    clauses = Clause.objects.select_related("office").prefetch_related(
        Prefetch("remarks", queryset=ClauseRemark.objects.order_by("at_ms", "id"))
    )
    return found.prefetch_related(Prefetch("clauses", queryset=clauses.order_by("sort", "number")))


def order(actor: Actor, order_id: UUID) -> GovernmentOrder:
    found = _with_clauses(orders_in(actor)).filter(id=order_id).first()
    if found is None:
        raise not_found("There is no such order in your area.", "आपके क्षेत्र में ऐसा कोई आदेश नहीं है।")
    return found


def clause(actor: Actor, clause_id: UUID) -> Clause:
    found = (
        Clause.objects.filter(id=clause_id, order__in=orders_in(actor)).select_related("order__jurisdiction").first()
    )
    if found is None:
        raise not_found("There is no such clause in your area.", "आपके क्षेत्र में ऐसा कोई बिन्दु नहीं है।")
    return found


def order_page(actor: Actor, limit: int, cursor: str | None) -> dict[str, Any]:
    found = _with_clauses(orders_in(actor))
    today = local_day()
    return paging.page(
        found, ("-dated_on", "-id"), limit, cursor, lambda one: order_row(one, list(states(one, today).values()))
    )


def states(one: GovernmentOrder, today: dt.date) -> dict[UUID, clause_state.Derived]:
    """Of each clause of an order, counted once for all of them."""
    clauses = list(one.clauses.all())
    where = clause_state.area_of(one)
    tallies = clause_state.tallies([row.id for row in clauses], today)
    found = {}
    for row in clauses:
        row.order = one
        found[row.id] = clause_state.derived(row, today, where, tallies.get(row.id, clause_state.NOTHING))
    return found


def order_row(one: GovernmentOrder, found: list[clause_state.Derived]) -> dict[str, Any]:
    return {
        "id": one.id,
        "number": one.number,
        "dated_on": one.dated_on,
        "sender": text(one.sender_en, one.sender_hi),
        "subject": text(one.subject_en, one.subject_hi),
        "deadline": one.deadline,
        "document_id": one.document_id,
        "jurisdiction": area(one.jurisdiction),
        "agency": coded(one.agency),
        "clauses": len(found),
        "states": {state.value: sum(1 for row in found if row.state == state) for state in ClauseState},
        "edited_ms": one.edited_ms,
    }


def detail(actor: Actor, order_id: UUID) -> dict[str, Any]:
    """A GovernmentOrderDetail."""
    one = order(actor, order_id)
    today = local_day()
    found = states(one, today)
    visible = set(people_selectors.appointments_in(actor).values_list("id", flat=True))
    return {
        **order_row(one, list(found.values())),
        "points": [_clause_row(one, row, found[row.id], visible) for row in one.clauses.all()],
        "may_manage": reach.manages(actor, one.jurisdiction.path, one.agency_id),
        "as_of_ms": now_ms(),
    }


def _clause_row(one: GovernmentOrder, row: Clause, found: clause_state.Derived, visible: set[UUID]) -> dict[str, Any]:
    holders = officers.for_area(one.jurisdiction.path, one.agency_id or "", row.office_id) if row.office_id else []
    return {
        "id": row.id,
        "number": row.number,
        "text_hi": row.text_hi,
        "summary_en": row.summary_en,
        "office": office_row(row.office) if row.office else None,
        "officers": [appointment_row(holder) for holder in holders if holder.id in visible],
        "due_day": clause_state.due_of(row),
        "own_due_day": row.due_day,
        "state": found.state.value,
        "figure": _figure(row, found),
        "figure_settings": row.figure,
        **found.tally,
        "remarks": [
            {"id": remark.id, "text": remark.text, "name": remark.name, "at_ms": remark.at_ms}
            for remark in row.remarks.all()
        ],
        "edited_ms": row.edited_ms,
    }


def _figure(row: Clause, found: clause_state.Derived) -> dict[str, Any] | None:
    if found.value is None:
        return None
    code = row.figure["figure"]
    name = clause_figures.known()[code].name
    return {"code": code, "name": name, "settings": row.figure, "value": found.value, "against": found.against}


def figure_names(actor: Actor) -> dict[str, Any]:
    actor.require(reach.VIEW)
    return {"items": [{"code": code, "name": one.name} for code, one in sorted(clause_figures.known().items())]}
