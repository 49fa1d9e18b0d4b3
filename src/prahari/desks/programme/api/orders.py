"""The order register."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from prahari.desks.common.actor import actor_of
from prahari.desks.common.errors import reply, responses
from prahari.desks.common.paging import LIMIT_DEFAULT, Limit
from prahari.desks.programme import order_document
from prahari.desks.programme import orders_actions as actions
from prahari.desks.programme import orders_selectors as selectors
from prahari.desks.programme import schemas_orders as s

router = Router(tags=["programme"])


@router.get("/government-orders", response=responses(s.GovernmentOrderPage))
def list_government_orders(
    request: HttpRequest, limit: Limit = LIMIT_DEFAULT, cursor: str | None = None
) -> HttpResponse:
    return reply(selectors.order_page(actor_of(request), limit, cursor))


@router.post("/government-orders", response=responses(s.GovernmentOrderMade, 201))
def enter_government_order(request: HttpRequest, payload: s.GovernmentOrderIn) -> HttpResponse:
    return reply({"id": actions.enter_order(actor=actor_of(request), form=payload).id}, 201)


@router.get("/government-orders/{order_id}", response=responses(s.GovernmentOrderDetail))
def one_government_order(request: HttpRequest, order_id: UUID) -> HttpResponse:
    return reply(selectors.detail(actor_of(request), order_id))


@router.patch("/government-orders/{order_id}", response=responses(s.GovernmentOrderDetail))
def edit_government_order(request: HttpRequest, order_id: UUID, payload: s.GovernmentOrderEdit) -> HttpResponse:
    actor = actor_of(request)
    actions.edit_order(actor=actor, order_id=order_id, form=payload)
    return reply(selectors.detail(actor, order_id))


@router.get("/government-orders/{order_id}/summary.pdf", response=responses(None))
def order_summary(request: HttpRequest, order_id: UUID, language: Literal["hi", "en"] = "hi") -> HttpResponse:
    """Every point with its state, figure, tasks and last remark, as of now."""
    body = order_document.summary(actor_of(request), order_id, language)
    headers = {"Content-Disposition": f'inline; filename="order-{order_id}-{language}.pdf"'}
    return HttpResponse(body, content_type="application/pdf", headers=headers)


@router.post("/government-orders/{order_id}/clauses", response=responses(s.GovernmentOrderDetail, 201))
def add_clause(request: HttpRequest, order_id: UUID, payload: s.ClauseIn) -> HttpResponse:
    actor = actor_of(request)
    actions.add_clause(actor=actor, order_id=order_id, form=payload)
    return reply(selectors.detail(actor, order_id), 201)


@router.patch("/clauses/{clause_id}", response=responses(s.GovernmentOrderDetail))
def edit_clause(request: HttpRequest, clause_id: UUID, payload: s.ClauseEdit) -> HttpResponse:
    actor = actor_of(request)
    return reply(selectors.detail(actor, actions.edit_clause(actor=actor, clause_id=clause_id, form=payload).order_id))


@router.post("/clauses/{clause_id}/remarks", response=responses(None, 204))
def remark_on_clause(request: HttpRequest, clause_id: UUID, payload: s.ClauseRemarkIn) -> HttpResponse:
    actions.remark(actor=actor_of(request), clause_id=clause_id, said=payload.text)
    return HttpResponse(status=204)


@router.get("/clause-figures", response=responses(s.FigureNames))
def clause_figures(request: HttpRequest) -> HttpResponse:
    return reply(selectors.figure_names(actor_of(request)))
