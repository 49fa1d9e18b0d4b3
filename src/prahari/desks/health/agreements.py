"""Service levels: promised for some cameras from a day on, superseded by later ones, never edited."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from prahari.contracts.clock import local_day
from prahari.contracts.events import now_ms
from prahari.desks.common import paging
from prahari.desks.common.action import Action, action
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import conflict, invalid, not_found, text
from prahari.desks.common.scoping import restrict, within
from prahari.desks.health.models import Agreement
from prahari.desks.health.schemas import AgreementIn, AgreementTerms
from prahari.desks.registry import references
from prahari.desks.registry.models import Camera

VIEW = "service_level.view"
EDIT = "service_level.edit"
_RELATIONS = ("jurisdiction", "agency", "owner_class", "department", "recorded_by")


def agreements_in(actor: Actor, permission: str = VIEW) -> QuerySet[Agreement]:
    actor.require(permission)
    found = restrict(Agreement.objects.all(), actor.scope, permission)
    return found.select_related(*_RELATIONS).defer("jurisdiction__boundary")


def agreement(actor: Actor, agreement_id: UUID, permission: str = VIEW) -> Agreement:
    """Raises Problem 403, 404."""
    found = agreements_in(actor, permission).filter(id=agreement_id).first()
    if found is None:
        raise not_found("There is no such agreement in your area.", "आपके क्षेत्र में ऐसा कोई अनुबंध नहीं है।")
    return found


def page(actor: Actor, past: bool, limit: int, cursor: str | None) -> dict[str, Any]:
    """AgreementPage. past: also those that have ended or were superseded."""
    found = agreements_in(actor)
    if not past:
        found = found.filter(superseded_by__isnull=True).exclude(valid_to__lt=local_day())
    return paging.page(found, ("provider", "-valid_from", "id"), limit, cursor, row)


def row(one: Agreement) -> dict[str, Any]:
    def coded(value: Any) -> dict[str, Any] | None:
        return None if value is None else {"code": value.code, "name": {"en": value.name_en, "hi": value.name_hi}}

    return {
        "id": str(one.id),
        "provider": one.provider,
        "reference": one.reference,
        "jurisdiction": {
            "path": one.jurisdiction.path,
            "name": {"en": one.jurisdiction.name_en, "hi": one.jurisdiction.name_hi},
        },
        "agency": coded(one.agency),
        "owner_class": coded(one.owner_class),
        "department": coded(one.department),
        "make": one.make,
        "link_type": one.link_type,
        "uptime_pct": float(one.uptime_pct),
        "response_minutes": one.response_minutes,
        "repair_minutes": one.repair_minutes,
        "monthly_fee_inr": float(one.monthly_fee_inr),
        "steps": one.steps,
        "late_pct_each": float(one.late_pct_each),
        "most_pct": float(one.most_pct),
        "valid_from": one.valid_from.isoformat(),
        "valid_to": one.valid_to.isoformat() if one.valid_to else None,
        "supersedes": str(one.supersedes_id) if one.supersedes_id else None,
        "superseded": hasattr(one, "superseded_by"),
        "by": one.recorded_by.name if one.recorded_by else "",
        "edited_ms": one.edited_ms,
    }


def cameras_of(one: Agreement) -> QuerySet[Camera]:
    """The cameras that it is for, retired ones included: they were promised, too."""
    found = Camera.objects.filter(within(one.jurisdiction_path))
    if one.agency_code:
        found = found.filter(agency_id=one.agency_code)
    if one.owner_class_id:
        found = found.filter(owner_class_id=one.owner_class_id)
    if one.department_id:
        found = found.filter(department_id=one.department_id)
    if one.make:
        found = found.filter(make__iexact=one.make)
    if one.link_type:
        found = found.filter(link_type=one.link_type)
    return found


# What people do.


def make(*, actor: Actor, form: AgreementIn) -> Agreement:
    """Raises Problem 403, 422."""
    with action("service_level.make", actor=actor, reason=form.reason) as act:
        actor.require(EDIT)
        jurisdiction = references.jurisdiction(form.jurisdiction)
        agency = references.agency(form.agency) if form.agency else None
        actor.require_in(EDIT, jurisdiction.path, agency.code if agency else "")
        one = Agreement(
            provider=form.provider, reference=form.reference, jurisdiction=jurisdiction, agency=agency,
            owner_class=references.owner_class(form.owner_class) if form.owner_class else None,
            department=references.department(form.department) if form.department else None,
            make=form.make, link_type=form.link_type, jurisdiction_path=jurisdiction.path,
            agency_code=agency.code if agency else "",
        )  # fmt: skip
        _set(actor, one, form)
        one.save(force_insert=True)
        _about(act, one)
    return one


def supersede(*, actor: Actor, agreement_id: UUID, form: AgreementTerms) -> Agreement:
    """Other terms from a day on; the earlier ones hold until the day before. Raises Problem 403, 404, 409, 422."""
    with action("service_level.supersede", actor=actor, reason=form.reason) as act:
        earlier = _locked(actor, agreement_id)
        later = Agreement(
            provider=earlier.provider, reference=earlier.reference, jurisdiction_id=earlier.jurisdiction_id,
            agency_id=earlier.agency_id, owner_class_id=earlier.owner_class_id, department_id=earlier.department_id,
            make=earlier.make, link_type=earlier.link_type, jurisdiction_path=earlier.jurisdiction_path,
            agency_code=earlier.agency_code, supersedes=earlier,
        )  # fmt: skip
        _set(actor, later, form)
        if later.valid_from <= earlier.valid_from:
            raise invalid(valid_from=text("The new terms must begin after those they take the place of.",
                                          "नई शर्तें पुरानी शर्तों के बाद आरंभ होनी चाहिए।"))  # fmt: skip
        earlier.valid_to = later.valid_from - dt.timedelta(days=1)
        earlier.edited_ms = now_ms()
        earlier.save(update_fields=["valid_to", "edited_ms"])
        later.save(force_insert=True)
        _about(act, later)
        act.details(supersedes=str(earlier.id))
    return later


def end(*, actor: Actor, agreement_id: UUID, on: dt.date, reason: str) -> Agreement:
    """The last day on which it holds. Raises Problem 403, 404, 409, 422."""
    with action("service_level.end", actor=actor, reason=reason) as act:
        one = _locked(actor, agreement_id)
        if on < one.valid_from:
            raise invalid(on=text("It cannot end before it begins.", "यह आरंभ से पहले समाप्त नहीं हो सकता।"))
        one.valid_to, one.edited_ms = on, now_ms()
        one.save(update_fields=["valid_to", "edited_ms"])
        _about(act, one)
    return one


def _locked(actor: Actor, agreement_id: UUID) -> Agreement:
    agreement(actor, agreement_id, EDIT)
    one = Agreement.objects.select_for_update(of=("self",)).get(id=agreement_id)
    if hasattr(one, "superseded_by"):
        raise conflict("superseded", "Later terms have taken the place of these. Change those.",
                       "इन शर्तों का स्थान बाद की शर्तों ने ले लिया है। उन्हें बदलें।")  # fmt: skip
    return one


def _set(actor: Actor, one: Agreement, form: AgreementTerms) -> None:
    steps = sorted((step.dict() for step in form.steps), key=lambda step: -step["below_pct"])
    shares = [step["penalty_pct"] for step in steps]
    if shares != sorted(shares):
        raise invalid(steps=text("A lower uptime must not cost less than a higher one.",
                                 "कम अपटाइम पर दंड अधिक अपटाइम से कम नहीं हो सकता।"))  # fmt: skip
    if steps and steps[0]["below_pct"] > form.uptime_pct:
        raise invalid(steps=text("A penalty cannot begin above what is promised.",
                                 "दंड वचन से ऊपर के अपटाइम पर आरंभ नहीं हो सकता।"))  # fmt: skip
    if form.valid_to is not None and form.valid_to < form.valid_from:
        raise invalid(valid_to=text("It ends before it begins.", "यह आरंभ होने से पहले समाप्त होता है।"))
    one.uptime_pct, one.response_minutes, one.repair_minutes = (
        form.uptime_pct, form.response_minutes, form.repair_minutes
    )  # fmt: skip
    one.monthly_fee_inr, one.steps = form.monthly_fee_inr, steps
    one.late_pct_each, one.most_pct = form.late_pct_each, form.most_pct
    one.valid_from, one.valid_to = form.valid_from, form.valid_to
    one.recorded_by_id = actor.id
    one.created_ms = one.edited_ms = now_ms()


def _about(act: Action, one: Agreement) -> None:
    act.about("service agreement", one.id, str(one), jurisdiction=one.jurisdiction_path, agency=one.agency_code)
