"""Endpoints of service levels and their penalties."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from prahari.desks.common.actor import actor_of
from prahari.desks.common.errors import reply, responses
from prahari.desks.common.paging import LIMIT_DEFAULT, Limit
from prahari.desks.health import agreements, exports, penalties, schemas
from prahari.desks.health.schemas import AreaPath as Words

router = Router(tags=["health"])


@router.get("/service-agreements", response=responses(schemas.AgreementPage))
def list_agreements(
    request: HttpRequest, past: bool = False, limit: Limit = LIMIT_DEFAULT, cursor: str | None = None
) -> HttpResponse:
    return reply(agreements.page(actor_of(request), past, limit, cursor))


@router.post("/service-agreements", response=responses(schemas.AgreementOut, 201))
def make_agreement(request: HttpRequest, payload: schemas.AgreementIn) -> HttpResponse:
    return reply(agreements.row(agreements.make(actor=actor_of(request), form=payload)), 201)


@router.post("/service-agreements/{agreement_id}/supersede", response=responses(schemas.AgreementOut, 201))
def supersede_agreement(request: HttpRequest, agreement_id: UUID, payload: schemas.AgreementTerms) -> HttpResponse:
    """Other terms from a day on."""
    actor = actor_of(request)
    later = agreements.supersede(actor=actor, agreement_id=agreement_id, form=payload)
    return reply(agreements.row(agreements.agreement(actor, later.id, agreements.EDIT)), 201)


@router.post("/service-agreements/{agreement_id}/end", response=responses(schemas.AgreementOut))
def end_agreement(request: HttpRequest, agreement_id: UUID, payload: schemas.AgreementEnd) -> HttpResponse:
    actor = actor_of(request)
    agreements.end(actor=actor, agreement_id=agreement_id, on=payload.on, reason=payload.reason)
    return reply(agreements.row(agreements.agreement(actor, agreement_id, agreements.EDIT)))


@router.get("/service-agreements/{agreement_id}/month", response=responses(schemas.PenaltyMonth))
def agreement_month(request: HttpRequest, agreement_id: UUID, month: Words) -> HttpResponse:
    """What a month (2026-11) comes to, with the cameras and repairs that it was made from."""
    return reply(penalties.month(actor_of(request), agreement_id, month))


@router.get("/service-agreements/{agreement_id}/month/export", response=responses(str))
def export_month(
    request: HttpRequest, agreement_id: UUID, month: Words, format: exports.Format = "pdf",
    language: exports.Language = "hi",
) -> HttpResponse:  # fmt: skip
    """XLSX or PDF."""
    return exports.month_file(actor_of(request), agreement_id, month, format, language)
