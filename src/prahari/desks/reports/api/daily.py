"""Daily progress reports: days, one report, its documents, sign-off; who gets it by mail."""

from __future__ import annotations

import datetime as dt
from typing import Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from prahari.desks.common.actor import actor_of
from prahari.desks.common.errors import reply, responses
from prahari.desks.common.paging import LIMIT_DEFAULT, Limit
from prahari.desks.common.workbooks import MEDIA_TYPE
from prahari.desks.reports import daily_actions as actions
from prahari.desks.reports import daily_selectors as selectors
from prahari.desks.reports import printing
from prahari.desks.reports import schemas_daily as s

router = Router(tags=["reports"])


@router.get("/daily-reports", response=responses(s.ReportDays))
def list_daily_reports(
    request: HttpRequest, first: dt.date | None = None, last: dt.date | None = None, jurisdiction: str = ""
) -> HttpResponse:
    """Each area's report of each day, newest first, missing ones too; two weeks unless told otherwise."""
    return reply(selectors.days(actor_of(request), first, last, jurisdiction))


@router.get("/daily-reports/{report_id}", response=responses(s.ReportDetail))
def get_daily_report(
    request: HttpRequest, report_id: UUID, version: int | None = Query(None, ge=1, le=1000)
) -> HttpResponse:
    return reply(selectors.detail(actor_of(request), report_id, version))


@router.get("/daily-reports/{report_id}/document", response=responses(None))
def print_daily_report(
    request: HttpRequest,
    report_id: UUID,
    format: Literal["pdf", "xlsx"] = "pdf",
    language: s.Language = "hi",
    version: int | None = Query(None, ge=1, le=1000),
) -> HttpResponse:
    """The file, made from the kept figures."""
    row = selectors.version(actor_of(request), report_id, version)
    if format == "xlsx":
        return file_answer(printing.as_workbook(row, language), MEDIA_TYPE, printing.file_name(row, language, "xlsx"))
    return file_answer(printing.on_paper(row, language), printing.PDF, printing.file_name(row, language, "pdf"))


@router.post("/daily-reports/{report_id}/sign", response=responses(s.ReportDetail))
def sign_daily_report(request: HttpRequest, report_id: UUID, payload: s.SignIn) -> HttpResponse:
    actor = actor_of(request)
    actions.sign(actor=actor, report_id=report_id, form=payload)
    return reply(selectors.detail(actor, report_id, permission=selectors.SIGN))


@router.post("/daily-reports/{report_id}/correct", response=responses(s.ReportDetail))
def correct_daily_report(request: HttpRequest, report_id: UUID, payload: s.CorrectIn) -> HttpResponse:
    actor = actor_of(request)
    actions.correct(actor=actor, report_id=report_id, reason=payload.reason)
    return reply(selectors.detail(actor, report_id, permission=selectors.SIGN))


@router.get("/report-recipients", response=responses(s.ReportRecipients))
def list_report_recipients(
    request: HttpRequest, limit: Limit = LIMIT_DEFAULT, cursor: str | None = None
) -> HttpResponse:
    return reply(selectors.recipient_page(actor_of(request), limit, cursor))


@router.post("/report-recipients", response=responses(s.ReportRecipient, 201))
def add_report_recipient(request: HttpRequest, payload: s.RecipientIn) -> HttpResponse:
    return reply(selectors.recipient_row(actions.add_recipient(actor=actor_of(request), form=payload)), 201)


@router.patch("/report-recipients/{recipient_id}", response=responses(s.ReportRecipient))
def edit_report_recipient(request: HttpRequest, recipient_id: UUID, payload: s.RecipientEdit) -> HttpResponse:
    row = actions.edit_recipient(actor=actor_of(request), recipient_id=recipient_id, form=payload)
    return reply(selectors.recipient_row(row))


@router.delete("/report-recipients/{recipient_id}", response=responses(None, 204))
def remove_report_recipient(request: HttpRequest, recipient_id: UUID) -> HttpResponse:
    actions.remove_recipient(actor=actor_of(request), recipient_id=recipient_id)
    return HttpResponse(status=204)


def file_answer(content: bytes, media_type: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer
