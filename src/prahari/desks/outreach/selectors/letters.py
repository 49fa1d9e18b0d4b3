"""Reads of letters: templates, previews, the register, what came of them."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from prahari.contracts.clock import local_day
from prahari.contracts.events import now_ms
from prahari.desks.common import paging
from prahari.desks.common.actor import Actor
from prahari.desks.common.documents import centre_name
from prahari.desks.linking.steps import Step
from prahari.desks.outreach import letters, scopes
from prahari.desks.outreach.choices import Purpose
from prahari.desks.outreach.models import Letter, LetterTemplate
from prahari.desks.outreach.schemas import letters as s

PREVIEWED = 3
_STANDS = (Step.CONSENTED, Step.SURVEYED)


def templates() -> dict[str, Any]:
    """The newest version of each, what is in use first."""
    newest = LetterTemplate.objects.filter(code=OuterRef("code")).order_by("-version").values("id")[:1]
    rows = LetterTemplate.objects.filter(id=Subquery(newest)).order_by("-active", "code")
    return {"items": [template_row(row) for row in rows]}


def template_row(row: LetterTemplate) -> dict[str, Any]:
    return {
        "id": row.id,
        "code": row.code,
        "version": row.version,
        "purpose": row.purpose,
        "name": {"en": row.name_en, "hi": row.name_hi},
        "subject": {"en": row.subject_en, "hi": row.subject_hi},
        "body": {"en": row.body_en, "hi": row.body_hi},
        "signatory": {"en": row.signatory_en, "hi": row.signatory_hi},
        "active": row.active,
        "created_ms": row.created_ms,
    }


def preview(actor: Actor, form: s.LetterPreviewIn) -> dict[str, Any]:
    """LetterPreview: how many letters there would be, and how the first ones would read. Writes nothing."""
    actor.require(scopes.EDIT)
    template = letters.template(form.template)
    chosen = letters.chosen(actor, form, template, scopes.EDIT)
    first = chosen[:PREVIEWED]
    names = letters.contacts(premises.id for premises in first)
    centre, today, hindi = centre_name(), local_day(), form.language == "hi"
    items = []
    for premises in first:
        given = letters.values(premises, names.get(premises.id, ""), "…", today, form.language, centre)
        items.append(
            {
                "premises": {"id": premises.id, "name": {"en": premises.name_en, "hi": premises.name_hi}},
                "jurisdiction": scopes.area(premises.jurisdiction),
                "addressed_to": names.get(premises.id, ""),
                "subject": letters.filled(template.subject_hi if hindi else template.subject_en, given),
                "body": letters.filled(template.body_hi if hindi else template.body_en, given),
            }
        )
    return {
        "count": min(len(chosen), s.LETTERS_MOST),
        "too_many": len(chosen) > s.LETTERS_MOST,
        "most": s.LETTERS_MOST,
        "items": items,
    }


def _letters(actor: Actor, permission: str) -> QuerySet[Letter]:
    found = scopes.rows(actor, Letter, scopes.OF_PREMISES, permission)
    return found.select_related("template", "premises__jurisdiction", "premises__linkage", "written_by").defer(
        "premises__jurisdiction__boundary", "template__body_en", "template__body_hi"
    )


def letter_page(
    actor: Actor, q: str, purpose: str, run: UUID | None, overdue: bool | None, limit: int, cursor: str | None
) -> dict[str, Any]:
    """LetterPage: the register, newest first. q: a part of the number or of the premises' name."""
    found = _letters(actor, scopes.VIEW)
    if q:
        found = found.filter(
            Q(number__icontains=q) | Q(premises__name_en__icontains=q) | Q(premises__name_hi__icontains=q)
        )
    if purpose:
        found = found.filter(template__purpose__in=purpose.split(","))
    if run is not None:
        found = found.filter(run_id=run)
    if overdue is not None:
        late = Q(follow_up_on__lte=local_day()) & ~_answered()
        found = found.filter(late) if overdue else found.exclude(late)
    return paging.page(found, ("-created_ms", "-id"), limit, cursor, _row)


def _answered() -> Q:
    """Something has come of it since: a consent, cameras installed, or a refusal."""
    since = F("created_ms")
    return (
        Q(premises__linkage__consented_ms__gte=since)
        | Q(premises__linkage__refused_ms__gte=since)
        | Q(template__purpose=Purpose.ENCOURAGE, premises__linkage__installed_ms__gte=since)
    )


def letter_row(actor: Actor, letter_id: UUID, permission: str = scopes.VIEW) -> dict[str, Any]:
    scopes.one(actor, Letter, letter_id, scopes.OF_PREMISES, permission)
    return _row(_letters(actor, permission).get(id=letter_id))


def _row(row: Letter) -> dict[str, Any]:
    linkage = getattr(row.premises, "linkage", None)
    times = [linkage.consented_ms, linkage.refused_ms] if linkage else []
    if linkage and row.template.purpose == Purpose.ENCOURAGE:
        times.append(linkage.installed_ms)
    answered = any(one is not None and one >= row.created_ms for one in times)
    return {
        "id": row.id,
        "number": row.number,
        "run_id": row.run_id,
        "template": row.template.code,
        "version": row.template.version,
        "purpose": row.template.purpose,
        "name": {"en": row.template.name_en, "hi": row.template.name_hi},
        "premises": {"id": row.premises_id, "name": {"en": row.premises.name_en, "hi": row.premises.name_hi}},
        "jurisdiction": scopes.area(row.premises.jurisdiction),
        "language": row.language,
        "addressed_to": row.addressed_to,
        "dated_on": row.dated_on,
        "sent_on": row.sent_on,
        "sent_by": row.sent_by,
        "follow_up_on": row.follow_up_on,
        "overdue": row.follow_up_on is not None and row.follow_up_on <= local_day() and not answered,
        "note": row.note,
        "step": linkage.step if linkage else "",
        "written_by": row.written_by.name if row.written_by else "",
        "edited_ms": row.edited_ms,
    }


def run(actor: Actor, written: list[Letter]) -> dict[str, Any]:
    """LetterRunOut."""
    return {
        "run_id": written[0].run_id,
        "letters": len(written),
        "first_number": written[0].number,
        "last_number": written[-1].number,
    }


def conversion(actor: Actor, since: dt.date | None) -> dict[str, Any]:
    """Conversion: of the premises written to, how many consented, installed cameras or refused after a letter.

    What came after a letter need not have come of it.
    """
    found = scopes.rows(actor, Letter, scopes.OF_PREMISES)
    if since is not None:
        found = found.filter(dated_on__gte=since)
    after = F("created_ms")

    def premises(**reached: Any) -> Count:
        return Count("premises", filter=Q(**reached), distinct=True)

    rows = {
        one["template__purpose"]: one
        for one in found.order_by().values("template__purpose").annotate(
            letters=Count("id", distinct=True),
            written_to=Count("premises", distinct=True),
            sent=Count("id", filter=Q(sent_on__isnull=False), distinct=True),
            consented=premises(premises__linkage__consented_ms__gte=after, premises__linkage__step__in=_STANDS),
            installed=premises(premises__linkage__installed_ms__gte=after),
            refused=premises(premises__linkage__refused_ms__gte=after, premises__linkage__step=Step.REFUSED),
        )
    }  # fmt: skip
    return {
        "items": [
            {
                "purpose": purpose,
                "premises": rows[purpose]["written_to"],
                **{name: rows[purpose][name] for name in ("letters", "sent", "consented", "installed", "refused")},
            }
            for purpose in Purpose.values
            if purpose in rows
        ],
        "as_of_ms": now_ms(),
    }
