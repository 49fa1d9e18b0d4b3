"""Daily reports, their versions and recipients in the actor's scope."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import Min, Q, QuerySet

from prahari.contracts.clock import local_day
from prahari.contracts.events import now_ms
from prahari.desks.accounts.models import Agency
from prahari.desks.common import paging
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import invalid, not_found, text
from prahari.desks.common.scoping import either, restrict, scope_q, within
from prahari.desks.reports import mailing, rules, snapshot
from prahari.desks.reports.models import DailyReport, Recipient, ReportVersion

VIEW = "report.view"
SIGN = "report.sign"
DAYS_MOST = 62


def reports_in(actor: Actor, permission: str = VIEW) -> QuerySet[DailyReport]:
    """Of the actor's area; and their own, which is of all agencies also when their role is of one."""
    actor.require(permission)
    own = Q(officer_id=actor.id) if actor.id else Q(pk__in=[])
    found = DailyReport.objects.filter(either(scope_q(actor.scope, permission), own))
    return found.select_related("jurisdiction", "officer").defer("jurisdiction__boundary")


def report(actor: Actor, report_id: UUID, permission: str = VIEW) -> DailyReport:
    """Raises Problem 403, 404."""
    found = reports_in(actor, permission).filter(id=report_id).first()
    if found is None:
        raise not_found("There is no such report in your area.", "आपके क्षेत्र में ऐसी कोई आख्या नहीं है।")
    return found


def version(actor: Actor, report_id: UUID, number: int | None = None) -> ReportVersion:
    """A version, that in force without a number. Raises Problem 403, 404."""
    row = report(actor, report_id)
    found = ReportVersion.objects.select_related("made_by").filter(report=row, version=number or row.version).first()
    if found is None:
        raise not_found("There is no such version.", "ऐसा कोई संस्करण नहीं है।")
    return found


def days(actor: Actor, first: dt.date | None, last: dt.date | None, jurisdiction: str) -> dict[str, Any]:
    """ReportDays: each area's report of each day, newest first, also the missing ones. Raises Problem 403, 422."""
    today = local_day()
    last = min(last or today, today)
    first = first or last - dt.timedelta(days=13)
    if not dt.timedelta() <= last - first < dt.timedelta(days=DAYS_MOST):
        raise invalid(first=text(f"At most {DAYS_MOST} days, the first not after the last.",
                                 f"अधिकतम {DAYS_MOST} दिन, पहला दिन अंतिम के बाद नहीं।"))  # fmt: skip
    visible = reports_in(actor)
    if jurisdiction:
        visible = visible.filter(within(jurisdiction))
    now = now_ms()
    agencies = _agencies()
    items = [_item(row, now, agencies) for row in visible.filter(day__gte=first, day__lte=last)]
    _add_numbers(items)
    there = {(one["day"], one["area"]["path"], one["area"]["agency"]) for one in items}
    began = visible.order_by().values("jurisdiction_path", "agency_code").annotate(first=Min("day"))
    starts = {(row["jurisdiction_path"], row["agency_code"]): row["first"] for row in began}
    samples = {
        (one.jurisdiction_path, one.agency_code): one
        for one in visible.order_by("jurisdiction_path", "agency_code", "-day").distinct(
            "jurisdiction_path", "agency_code"
        )
    }
    for (path, agency), start in starts.items():
        for step in range((last - max(first, start)).days + 1):
            day = max(first, start) + dt.timedelta(days=step)
            due = now >= rules.moment_ms(rules.REPORT_HOUR, day) + rules.LATE_AFTER_MS
            if due and (day.isoformat(), path, agency) not in there:
                items.append(_missing(samples[path, agency], day, agencies))
    items.sort(key=lambda one: (one["area"]["path"], one["area"]["agency"]))
    items.sort(key=lambda one: one["day"], reverse=True)
    return {"items": items, "first": first.isoformat(), "last": last.isoformat(), "as_of_ms": now}


def detail(actor: Actor, report_id: UUID, number: int | None = None, permission: str = VIEW) -> dict[str, Any]:
    """ReportDetail of a version, that in force without a number."""
    row = report(actor, report_id, permission)
    versions = list(row.versions.select_related("made_by").order_by("-version"))
    shown = next((one for one in versions if one.version == (number or row.version)), None)
    if shown is None:
        raise not_found("There is no such version.", "ऐसा कोई संस्करण नहीं है।")
    now = now_ms()
    return {
        "id": str(row.id),
        "day": row.day.isoformat(),
        "area": _area(row, _agencies()),
        "state": state(row, now),
        "officer": _officer(row),
        "made_late": row.late,
        "shown": _version(shown),
        "versions": [_version(one) for one in versions],
        "figures": shown.figures,
        "may_sign": may_sign(actor, row),
        "mailed": row.mailed_version >= row.version,
        "sign_off_until_ms": rules.moment_ms(rules.SIGN_OFF_UNTIL, row.day),
        "as_of_ms": now,
    }


def may_sign(actor: Actor, row: DailyReport) -> bool:
    own = actor.id is not None and row.officer_id == actor.id and actor.has(SIGN)
    return own or actor.may(SIGN, row.jurisdiction_path, row.agency_code)


def state(row: DailyReport, now: int) -> str:
    """made, signed, or late: not signed by the hour for it. (missing: there is no row.)"""
    if row.signed:
        return "signed"
    overdue = row.officer_id is not None and now >= rules.moment_ms(rules.SIGN_OFF_UNTIL, row.day)
    return "late" if overdue else "made"


def _agencies() -> dict[str, dict[str, str]]:
    return {row.code: row.name for row in Agency.objects.all()}


def _area(row: DailyReport | Recipient, agencies: dict[str, dict[str, str]]) -> dict[str, Any]:
    return {
        "path": row.jurisdiction_path,
        "name": row.jurisdiction.name,
        "agency": row.agency_code,
        "agency_name": agencies.get(row.agency_code),
    }


def _officer(row: DailyReport) -> dict[str, Any] | None:
    if row.officer is None:
        return None
    return {"name": row.officer.name, "post": text(row.officer_post_en, row.officer_post_hi)}


def _item(row: DailyReport, now: int, agencies: dict[str, dict[str, str]]) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "day": row.day.isoformat(),
        "area": _area(row, agencies),
        "state": state(row, now),
        "officer": _officer(row),
        "made_ms": row.made_ms,
        "made_late": row.late,
        "version": row.version,
        "signed_ms": None,
        "verified": None,
        "target": None,
    }


def _add_numbers(items: list[dict[str, Any]]) -> None:
    """The two figures that a list shows, read out of the versions in force."""
    wanted = {one["id"]: one for one in items}
    rows = ReportVersion.objects.filter(report_id__in=list(wanted)).order_by().values_list(
        "report_id", "version", "signed_ms", "figures__totals__verified", "figures__totals__target"
    )  # fmt: skip
    for report_id, number, signed_ms, verified, target in rows:
        one = wanted[str(report_id)]
        if one["version"] == number:
            one["signed_ms"], one["verified"], one["target"] = signed_ms, verified, target


def _missing(sample: DailyReport, day: dt.date, agencies: dict[str, dict[str, str]]) -> dict[str, Any]:
    return {
        "id": None, "day": day.isoformat(), "area": _area(sample, agencies), "state": "missing",
        "officer": _officer(sample), "made_ms": None, "made_late": False, "version": 0, "signed_ms": None,
        "verified": None, "target": None,
    }  # fmt: skip


def _version(row: ReportVersion) -> dict[str, Any]:
    signer = {"name": row.signer_name, "post": text(row.signer_post_en, row.signer_post_hi)}
    return {
        "version": row.version,
        "sha256": row.sha256,
        "made_ms": row.made_ms,
        "made_by": row.made_by.name if row.made_by else "",
        "reason": row.reason,
        "signed_ms": row.signed_ms,
        "signer": signer if row.signed_ms else None,
        "remark": row.remark,
        "intact": snapshot.digest(row.figures) == row.sha256,
    }


def recipients_in(actor: Actor) -> QuerySet[Recipient]:
    """Addresses are shown to those who may change them."""
    actor.require(SIGN)
    rows = restrict(Recipient.objects.all(), actor.scope, SIGN).select_related("jurisdiction")
    return rows.defer("jurisdiction__boundary")


def recipient(actor: Actor, recipient_id: UUID) -> Recipient:
    found = recipients_in(actor).filter(id=recipient_id).first()
    if found is None:
        raise not_found("There is no such recipient in your area.", "आपके क्षेत्र में ऐसा कोई प्राप्तकर्ता नहीं है।")
    return found


def recipient_page(actor: Actor, limit: int, cursor: str | None) -> dict[str, Any]:
    agencies = _agencies()
    return paging.page(
        recipients_in(actor),
        ("jurisdiction_path", "name", "id"),
        limit,
        cursor,
        lambda row: recipient_row(row, agencies),
    )


def recipient_row(row: Recipient, agencies: dict[str, dict[str, str]] | None = None) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "area": _area(row, agencies if agencies is not None else _agencies()),
        "name": row.name,
        "address": mailing.address(row),
        "language": row.language,
        "edited_ms": row.edited_ms,
    }
