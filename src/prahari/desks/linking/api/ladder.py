"""Endpoints of the ladder: premises in the programme, their steps, consents, receipts, figures."""

from __future__ import annotations

import datetime as dt
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router

from prahari.desks.common.actor import actor_of
from prahari.desks.common.errors import reply, responses
from prahari.desks.common.paging import LIMIT_DEFAULT, Limit
from prahari.desks.linking import consents, figures, ladder, linkages, receipts, requests, schemas
from prahari.desks.registry.schemas import Why

router = Router(tags=["linking"])


class LinkageFilters(schemas.In):
    """Lists are codes with commas between."""

    q: schemas.Long = ""
    step: schemas.Long = ""
    camera_step: schemas.Long = ""
    owner_class: schemas.Long = ""
    department: schemas.Long = ""
    jurisdiction: schemas.Long = ""
    ward: schemas.Long = ""
    refusal: schemas.Long = ""
    without_cameras: bool | None = None
    promise_due: bool | None = None
    sort: schemas.Short = "name"

    def filters(self) -> linkages.Filters:
        return linkages.Filters(**self.dict(exclude={"sort"}))


@router.get("/linking/premises", response=responses(schemas.LinkagePage))
def list_linkages(
    request: HttpRequest, filters: Query[LinkageFilters], limit: Limit = LIMIT_DEFAULT, cursor: str | None = None
) -> HttpResponse:
    return reply(linkages.page(actor_of(request), filters.filters(), filters.sort, limit, cursor))


@router.get("/linking/premises/{premises_id}", response=responses(schemas.LinkageDetail))
def one_linkage(request: HttpRequest, premises_id: UUID) -> HttpResponse:
    return reply(linkages.one(actor_of(request), premises_id))


@router.post("/linking/premises/{premises_id}", response=responses(schemas.LinkageDetail, 201))
def take_in(request: HttpRequest, premises_id: UUID, payload: schemas.TakeIn) -> HttpResponse:
    actor = actor_of(request)
    ladder.take_in(
        actor=actor, premises_id=premises_id, cameras_reported=payload.cameras_reported, reason=payload.reason
    )
    return reply(linkages.one(actor, premises_id, ladder.WORK), 201)


@router.get("/linking/premises/{premises_id}/ladder", response=responses(schemas.LadderItems))
def ladder_entries(request: HttpRequest, premises_id: UUID) -> HttpResponse:
    return reply({"items": linkages.entries(actor_of(request), premises_id)})


@router.post("/linking/premises/{premises_id}/move", response=responses(schemas.LinkageDetail))
def move(request: HttpRequest, premises_id: UUID, payload: schemas.StepIn) -> HttpResponse:
    actor = actor_of(request)
    ladder.move(actor=actor, premises_id=premises_id, **payload.dict())
    return reply(linkages.one(actor, premises_id, ladder.WORK))


@router.post("/linking/premises/{premises_id}/correct", response=responses(schemas.LinkageDetail))
def correct(request: HttpRequest, premises_id: UUID, payload: schemas.LadderCorrectIn) -> HttpResponse:
    actor = actor_of(request)
    ladder.correct(actor=actor, premises_id=premises_id, step=payload.step, reason=payload.reason)
    return reply(linkages.one(actor, premises_id, ladder.WORK))


@router.post("/linking/premises/{premises_id}/consents", response=responses(schemas.ReceiptOut, 201))
def give_premises_consent(request: HttpRequest, premises_id: UUID, payload: schemas.PremisesConsentIn) -> HttpResponse:
    _, receipt = consents.give_for_premises(actor=actor_of(request), premises_id=premises_id, form=payload)
    return reply(receipts.row(receipt), 201)


@router.post("/linking/consents/{consent_id}/withdraw", response=responses(schemas.ReceiptOut))
def withdraw_premises_consent(request: HttpRequest, consent_id: UUID, payload: Why) -> HttpResponse:
    receipt = consents.withdraw_for_premises(actor=actor_of(request), consent_id=consent_id, reason=payload.reason)
    return reply(receipts.row(receipt))


@router.post("/linking/premises/{premises_id}/confirm", response=responses(schemas.ConfirmedOut))
def confirm(request: HttpRequest, premises_id: UUID, payload: schemas.ConfirmIn) -> HttpResponse:
    number = ladder.confirm_by_owner(
        actor=actor_of(request), premises_id=premises_id, camera_ids=payload.camera_ids, by_name=payload.by_name,
        via="console",
    )  # fmt: skip
    return reply({"cameras": number})


@router.get("/linking/refusal-reasons", response=responses(schemas.RefusalReasons))
def refusal_reasons(request: HttpRequest) -> HttpResponse:
    return reply({"items": linkages.refusal_reasons(actor_of(request))})


By = Annotated[str, Field(max_length=200, description="Keys with commas between: " + ", ".join(figures.KEYS))]


@router.get("/linking/figures", response=responses(schemas.FigureTable))
def linking_figures(request: HttpRequest, by: By = "", day: dt.date | None = None) -> HttpResponse:
    keys = [key for key in by.split(",") if key]
    return reply(figures.answer(actor_of(request), keys, day))


@router.get("/linking/receipts/{receipt_id}", response=responses(schemas.ReceiptOut))
def one_receipt(request: HttpRequest, receipt_id: UUID) -> HttpResponse:
    return reply(receipts.one(actor_of(request), receipt_id))


@router.get("/cameras/{camera_id}/view-requests", response=responses(schemas.ViewRequests))
def view_requests(request: HttpRequest, camera_id: UUID) -> HttpResponse:
    return reply({"items": requests.of_camera(actor_of(request), camera_id)})


@router.post("/cameras/{camera_id}/view-requests", response=responses(schemas.Made, 201))
def ask_to_view(request: HttpRequest, camera_id: UUID, payload: schemas.ViewRequestIn) -> HttpResponse:
    return reply({"id": requests.ask(actor=actor_of(request), camera_id=camera_id, form=payload)}, 201)


@router.post("/view-requests/{request_id}/end", response=responses(None, 204))
def end_view_request(request: HttpRequest, request_id: UUID) -> HttpResponse:
    requests.end(actor=actor_of(request), request_id=request_id)
    return HttpResponse(status=204)
