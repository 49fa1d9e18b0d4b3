"""The list of kinds with their clocks: the whole centre's, so changing it needs the permission for the whole centre."""

from __future__ import annotations

from typing import Any

from prahari.contracts.clock import local_day
from prahari.contracts.events import now_ms
from prahari.desks.common.action import action
from prahari.desks.common.actor import Actor
from prahari.desks.common.changed import Changed
from prahari.desks.common.errors import conflict, forbidden, invalid, text
from prahari.desks.incidents import schemas as s
from prahari.desks.incidents.choices import Clock, Severity
from prahari.desks.incidents.models import IncidentKind, KindClocks
from prahari.desks.incidents.selectors import SUPERVISE

_NO_LIMITS: dict[str, dict[str, Any]] = {one: dict.fromkeys(Clock.values) for one in Severity.values}


def listed() -> list[dict[str, Any]]:
    """KindOuts, with the clocks in force today. Everybody's knowledge within the centre."""
    newest: dict[int, KindClocks] = {}
    for row in KindClocks.objects.filter(valid_from__lte=local_day()).order_by("valid_from"):
        newest[row.kind_id] = row
    return [_row(kind, newest.get(kind.id)) for kind in IncidentKind.objects.order_by("sort", "code")]


def _row(kind: IncidentKind, clocks: KindClocks | None) -> dict[str, Any]:
    return {
        "code": kind.code,
        "name": text(kind.name_en, kind.name_hi),
        "severity": kind.severity,
        "procedure": kind.procedure,
        "sort": kind.sort,
        "active": kind.active,
        "edited_ms": kind.edited_ms,
        "limits": clocks.limits if clocks else _NO_LIMITS,
        "valid_from": clocks.valid_from.isoformat() if clocks else None,
        "source": clocks.source if clocks else "",
    }


def save(*, actor: Actor, code: str, form: s.KindIn) -> None:
    """Make or change one. Raises Problem 403, 409 (changed meanwhile)."""
    require_whole_centre(actor)
    with action("incident_kind.save", actor=actor, reason=form.reason) as act:
        row = IncidentKind.objects.select_for_update().filter(code=code).first() or IncidentKind(code=code)
        if row.edited_ms != form.edited_ms:
            raise Changed(_row(row, None))
        row.name_en, row.name_hi, row.severity = form.name.en, form.name.hi, form.severity
        row.procedure, row.sort, row.active = form.procedure or "", form.sort, form.active
        row.edited_ms = max(now_ms(), row.edited_ms + 1)
        row.save()
        act.about("incident kind", row.code, row.name_en)


def set_clocks(*, actor: Actor, code: str, form: s.KindClocksIn) -> None:
    """Other times from a day on, by which order; incidents that are open keep theirs. Raises Problem 403, 409, 422."""
    require_whole_centre(actor)
    with action("incident_kind.set_clocks", actor=actor, reason=form.source) as act:
        row = IncidentKind.objects.select_for_update().filter(code=code).first()
        if row is None:
            raise invalid(kind=text("There is no such kind of incident.", "घटना का ऐसा कोई प्रकार नहीं है।"))
        if form.valid_from < local_day():
            raise invalid(valid_from=text("From today on, or later.", "आज से, या बाद की तिथि से।"))
        if KindClocks.objects.filter(kind=row, valid_from=form.valid_from).exists():
            raise conflict("day_taken", "Times are set for this day already. Choose a later day.",
                           "इस दिन के लिए समय पहले से तय है। बाद का दिन चुनें।")  # fmt: skip
        KindClocks.objects.create(
            kind=row, valid_from=form.valid_from, limits=form.limits.dict(), source=form.source, set_by_id=actor.id,
            created_ms=now_ms(),
        )  # fmt: skip
        act.about("incident kind", row.code, row.name_en)
        act.details(valid_from=form.valid_from.isoformat())


def require_whole_centre(actor: Actor) -> None:
    actor.require(SUPERVISE)
    if not actor.may(SUPERVISE, "", ""):
        raise forbidden(SUPERVISE)
