"""Ranks, offices, responsibilities, officers, holidays."""

from __future__ import annotations

import datetime as dt
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router

from prahari.desks.common.actor import actor_of
from prahari.desks.common.errors import reply, responses
from prahari.desks.common.paging import LIMIT_DEFAULT, Limit
from prahari.desks.programme import people_actions as actions
from prahari.desks.programme import people_selectors as selectors
from prahari.desks.programme import schemas_people as s
from prahari.desks.programme.models import Office, Rank
from prahari.desks.registry.schemas import History, Long, Short, Why

router = Router(tags=["programme"])


@router.get("/ranks", response=responses(s.Ranks))
def list_ranks(request: HttpRequest) -> HttpResponse:
    return reply(selectors.ranks(actor_of(request)))


@router.post("/ranks", response=responses(s.Ranks, 201))
def add_rank(request: HttpRequest, payload: s.RankIn) -> HttpResponse:
    return _save(request, Rank, payload.code, payload.dict(exclude={"code", "reason"}), payload.reason, new=True)


@router.patch("/ranks/{code}", response=responses(s.Ranks))
def edit_rank(request: HttpRequest, code: str, payload: s.RankEdit) -> HttpResponse:
    return _save(request, Rank, code, payload.dict(exclude={"reason"}, exclude_unset=True), payload.reason, new=False)


@router.get("/offices", response=responses(s.Offices))
def list_offices(request: HttpRequest) -> HttpResponse:
    return reply(selectors.offices(actor_of(request)))


@router.post("/offices", response=responses(s.Offices, 201))
def add_office(request: HttpRequest, payload: s.OfficeIn) -> HttpResponse:
    return _save(request, Office, payload.code, payload.dict(exclude={"code", "reason"}), payload.reason, new=True)


@router.patch("/offices/{code}", response=responses(s.Offices))
def edit_office(request: HttpRequest, code: str, payload: s.OfficeEdit) -> HttpResponse:
    return _save(request, Office, code, payload.dict(exclude={"reason"}, exclude_unset=True), payload.reason, new=False)


def _save(
    request: HttpRequest, model: type[Rank] | type[Office], code: str, fields: dict[str, object], reason: str, *,
    new: bool,
) -> HttpResponse:  # fmt: skip
    actor = actor_of(request)
    actions.save_listed(actor=actor, model=model, code=code, fields=fields, new=new, reason=reason)
    rows = selectors.rank_rows() if model is Rank else selectors.office_rows()
    return reply({"items": rows}, 201 if new else 200)


@router.get("/responsibilities", response=responses(s.Responsibilities))
def list_responsibilities(request: HttpRequest) -> HttpResponse:
    return reply(selectors.responsibilities(actor_of(request)))


@router.post("/responsibilities", response=responses(None, 204))
def set_responsibility(request: HttpRequest, payload: s.ResponsibilityIn) -> HttpResponse:
    actions.set_responsibility(actor=actor_of(request), form=payload)
    return HttpResponse(status=204)


@router.post("/responsibilities/{owner_class}/remove", response=responses(None, 204))
def remove_responsibility(request: HttpRequest, owner_class: str, payload: Why) -> HttpResponse:
    actions.remove_responsibility(actor=actor_of(request), owner_class=owner_class, reason=payload.reason)
    return HttpResponse(status=204)


@router.get("/appointments", response=responses(s.AppointmentPage))
def list_appointments(
    request: HttpRequest, office: Long = "", jurisdiction: Short = "", agency: Short = "",
    standing: bool | None = None, q: Short = "", limit: Limit = LIMIT_DEFAULT, cursor: str | None = None,
) -> HttpResponse:  # fmt: skip
    return reply(
        selectors.appointment_page(
            actor_of(request), office=office, jurisdiction=jurisdiction, agency=agency, standing=standing, q=q,
            limit=limit, cursor=cursor,
        )
    )  # fmt: skip


@router.post("/appointments", response=responses(s.AppointmentRow, 201))
def appoint(request: HttpRequest, payload: s.AppointmentIn) -> HttpResponse:
    return reply(selectors.appointment_row(actions.appoint(actor=actor_of(request), form=payload)), 201)


@router.get("/appointments/{appointment_id}", response=responses(s.AppointmentRow))
def one_appointment(request: HttpRequest, appointment_id: UUID) -> HttpResponse:
    return reply(selectors.appointment_row(selectors.appointment(actor_of(request), appointment_id)))


@router.patch("/appointments/{appointment_id}", response=responses(s.AppointmentRow))
def edit_appointment(request: HttpRequest, appointment_id: UUID, payload: s.AppointmentEdit) -> HttpResponse:
    actor = actor_of(request)
    actions.edit_appointment(actor=actor, appointment_id=appointment_id, form=payload)
    return reply(selectors.appointment_row(selectors.appointment(actor, appointment_id)))


@router.post("/appointments/{appointment_id}/end", response=responses(None, 204))
def end_appointment(request: HttpRequest, appointment_id: UUID, payload: s.AppointmentEnd) -> HttpResponse:
    actions.end_appointment(actor=actor_of(request), appointment_id=appointment_id, form=payload)
    return HttpResponse(status=204)


@router.get("/appointments/{appointment_id}/history", response=responses(History))
def appointment_history(request: HttpRequest, appointment_id: UUID) -> HttpResponse:
    return reply(selectors.appointment_history(actor_of(request), appointment_id))


@router.get("/answerable", response=responses(s.Answerable))
def answerable(request: HttpRequest, jurisdiction: Short, agency: Short = "", owner_class: Short = "") -> HttpResponse:
    """Who answers for a place (and an owner class in it), the nearest first, then each level above."""
    return reply(
        selectors.answerable(actor_of(request), jurisdiction=jurisdiction, agency=agency, owner_class=owner_class)
    )


@router.get("/programme-people", response=responses(s.Candidates))
def candidates(request: HttpRequest, q: Short = "") -> HttpResponse:
    """Whom the reader may appoint or give tasks to."""
    return reply(selectors.candidates(actor_of(request), q))


@router.get("/holidays", response=responses(s.Holidays))
def list_holidays(request: HttpRequest, year: Annotated[int, Field(ge=1950, le=9999)] | None = None) -> HttpResponse:
    return reply(selectors.holidays(actor_of(request), year))


@router.post("/holidays", response=responses(None, 204))
def add_holiday(request: HttpRequest, payload: s.HolidayIn) -> HttpResponse:
    actions.add_holiday(actor=actor_of(request), form=payload)
    return HttpResponse(status=204)


@router.post("/holidays/{day}/remove", response=responses(None, 204))
def remove_holiday(request: HttpRequest, day: dt.date, payload: Why) -> HttpResponse:
    actions.remove_holiday(actor=actor_of(request), day=day, reason=payload.reason)
    return HttpResponse(status=204)
