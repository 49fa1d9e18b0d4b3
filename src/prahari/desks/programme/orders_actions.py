"""Entering orders and their clauses, and remarks beside them."""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction

from prahari.contracts.events import now_ms
from prahari.desks.common.action import Action, action
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import conflict, forbidden, invalid, text
from prahari.desks.files import vault
from prahari.desks.programme import clause_figures, officers, orders_selectors, reach
from prahari.desks.programme import schemas_orders as s
from prahari.desks.programme.models import Clause, ClauseRemark, GovernmentOrder, Office
from prahari.desks.programme.people_actions import EDITED
from prahari.desks.registry import references


def enter_order(*, actor: Actor, form: s.GovernmentOrderIn) -> GovernmentOrder:
    """Raises Problem: 403, 409 (entered already), 422."""
    actor.require(reach.MANAGE)
    with action("government_order.enter", actor=actor, reason=form.reason) as act:
        row = GovernmentOrder(number=form.number, dated_on=form.dated_on, deadline=form.deadline)
        row.sender_en, row.sender_hi = form.sender.en, form.sender.hi
        row.subject_en, row.subject_hi = form.subject.en, form.subject.hi
        row.jurisdiction = references.jurisdiction(form.jurisdiction)
        row.agency = references.agency(form.agency) if form.agency else None
        reach.require_manage(actor, row.jurisdiction.path, row.agency_id)
        if form.deadline is not None and form.deadline < form.dated_on:
            raise invalid(deadline=text("The deadline comes before the order's date.",
                                        "समय-सीमा आदेश की तिथि से पहले है।"))  # fmt: skip
        _attach(actor, row, form.document_id)
        row.recorded_by_id = actor.id
        row.created_ms = row.edited_ms = now_ms()
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            raise conflict("order_known", f"The order {form.number} of {form.dated_on} is in the register already.",
                           f"आदेश {form.number}, दिनांक {form.dated_on} पंजिका में पहले से है।") from None  # fmt: skip
        _about(act, row)
    return row


def edit_order(*, actor: Actor, order_id: UUID, form: s.GovernmentOrderEdit) -> None:
    """Raises Problem: 403, 404, 409 (edited meanwhile), 422."""
    with action("government_order.edit", actor=actor, reason=form.reason) as act:
        row = _order_for_edit(actor, order_id)
        if row.edited_ms != form.edited_ms:
            raise conflict(*EDITED)
        fields = form.dict(exclude_unset=True)
        if form.sender is not None:
            row.sender_en, row.sender_hi = form.sender.en, form.sender.hi
        if form.subject is not None:
            row.subject_en, row.subject_hi = form.subject.en, form.subject.hi
        if "deadline" in fields:
            row.deadline = form.deadline
        if form.document_id is not None and form.document_id != row.document_id:
            _attach(actor, row, form.document_id)
        row.edited_ms = max(now_ms(), row.edited_ms + 1)
        row.save()
        _about(act, row)


def add_clause(*, actor: Actor, order_id: UUID, form: s.ClauseIn) -> Clause:
    """Raises Problem: 403, 404, 409 (number taken), 422."""
    with action("clause.add", actor=actor, reason=form.reason) as act:
        order = _order_for_edit(actor, order_id)
        row = Clause(order=order, number=form.number, text_hi=form.text_hi, summary_en=form.summary_en)
        row.sort = order.clauses.count()
        row.due_day = form.due_day
        row.office = _office(form.office)
        row.figure = _figure(form.figure)
        row.edited_ms = now_ms()
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            raise conflict("clause_known", f"Point {form.number} of this order is entered already.",
                           f"इस आदेश का बिन्दु {form.number} पहले से दर्ज है।") from None  # fmt: skip
        _about_clause(act, row)
    return row


def edit_clause(*, actor: Actor, clause_id: UUID, form: s.ClauseEdit) -> Clause:
    """Raises Problem: 403, 404, 409 (edited meanwhile), 422."""
    with action("clause.edit", actor=actor, reason=form.reason) as act:
        row = _clause_for_edit(actor, clause_id)
        if row.edited_ms != form.edited_ms:
            raise conflict(*EDITED)
        fields = form.dict(exclude_unset=True)
        if form.text_hi is not None:
            row.text_hi = form.text_hi
        if form.summary_en is not None:
            row.summary_en = form.summary_en
        if "office" in fields:
            row.office = _office(form.office)
        if "due_day" in fields:
            row.due_day = form.due_day
        if "figure" in fields:
            row.figure = _figure(form.figure)
        row.edited_ms = max(now_ms(), row.edited_ms + 1)
        row.save()
        _about_clause(act, row)
    return row


def remark(*, actor: Actor, clause_id: UUID, said: str) -> None:
    """Say something beside the derived state. By whoever holds an office over its area, or manages it.

    Raises Problem: 403, 404.
    """
    held = officers.held_by(actor.id)
    if not actor.has(reach.MANAGE) and not held:
        actor.require(reach.MANAGE)
    with action("clause.remark", actor=actor) as act:
        row = orders_selectors.clause(actor, clause_id)
        path, agency = row.order.jurisdiction.path, row.order.agency_id
        if not reach.manages(actor, path, agency) and not officers.may_assign(held, path, agency or ""):
            raise forbidden(reach.MANAGE)
        ClauseRemark.objects.create(
            clause=row, text=said, person_id=actor.id, name=actor.name or actor.username, at_ms=now_ms()
        )
        _about_clause(act, row)


def _about(act: Action, row: GovernmentOrder) -> None:
    act.about("government order", row.id, row.number, jurisdiction=row.jurisdiction.path, agency=row.agency_id or "")


def _about_clause(act: Action, row: Clause) -> None:
    order = row.order
    name = f"{order.number}, {row.number}"
    act.about("clause", row.id, name, jurisdiction=order.jurisdiction.path, agency=order.agency_id or "")


def _order_for_edit(actor: Actor, order_id: UUID) -> GovernmentOrder:
    actor.require(reach.MANAGE)
    orders_selectors.order(actor, order_id)
    row = GovernmentOrder.objects.select_for_update(of=("self",)).select_related("jurisdiction").get(id=order_id)
    reach.require_manage(actor, row.jurisdiction.path, row.agency_id)
    return row


def _clause_for_edit(actor: Actor, clause_id: UUID) -> Clause:
    actor.require(reach.MANAGE)
    orders_selectors.clause(actor, clause_id)
    row = Clause.objects.select_for_update(of=("self",)).select_related("order__jurisdiction").get(id=clause_id)
    reach.require_manage(actor, row.order.jurisdiction.path, row.order.agency_id)
    return row


def _attach(actor: Actor, row: GovernmentOrder, document_id: UUID | None) -> None:
    if document_id is None:
        return
    vault.attach(
        [document_id], actor=actor, jurisdiction=row.jurisdiction.path, agency=row.agency_id or "",
        permission=reach.VIEW, kinds=("pdf", "image"),
    )  # fmt: skip
    row.document_id = document_id


def _office(code: str | None) -> Office | None:
    if not code:
        return None
    found = Office.objects.filter(code=code, active=True).first()
    if found is None:
        raise invalid(office=text(f"There is no {code!r} in this list.", f"इस सूची में {code!r} नहीं है।"))
    return found


def _figure(given: dict[str, object]) -> dict[str, object]:
    if problem := clause_figures.wrong(given):
        raise invalid(figure=problem)
    return given
