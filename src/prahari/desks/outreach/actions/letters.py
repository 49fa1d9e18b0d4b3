"""Letters: new versions of their text, runs of one or thousands, what became of each."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from prahari.contracts.clock import local_day
from prahari.contracts.events import now_ms
from prahari.desks.accounts.models import Centre
from prahari.desks.common.action import action
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import Problem, conflict, forbidden, invalid, text
from prahari.desks.outreach import letters, scopes
from prahari.desks.outreach.models import Letter, LetterSeries, LetterTemplate
from prahari.desks.outreach.schemas import letters as s
from prahari.desks.outreach.scopes import EDIT, OF_PREMISES
from prahari.desks.registry.actions import CONFLICT


def save_template(*, actor: Actor, code: str, form: s.LetterTemplateIn) -> LetterTemplate:
    """A new version of a letter's text, for the whole centre. Raises Problem 403, 409 (a newer version), 422."""
    actor.require(EDIT)
    if not actor.may(EDIT, "", ""):
        raise forbidden(EDIT)
    with action("letter_template.save", actor=actor, reason=form.reason) as act:
        # The series is locked, so that two new versions of the same text cannot be made at once.
        LetterSeries.objects.select_for_update().get_or_create(year=0)
        newest = LetterTemplate.objects.filter(code=code).order_by("-version").first()
        if form.version != (newest.version if newest else 0):
            raise conflict(*CONFLICT)
        for field, one in (("subject", form.subject), ("body", form.body)):
            for words in (one.en, one.hi):
                wrong = letters.unknown_places(words)
                if wrong:
                    raise invalid(**{field: text(
                        f"There is nothing to put in place of {wrong}. Known: {', '.join(letters.PLACES)}.",
                        f"{wrong} के स्थान पर रखने को कुछ नहीं है। ज्ञात: {', '.join(letters.PLACES)}।",
                    )})  # fmt: skip
        made = LetterTemplate.objects.create(
            code=code, version=form.version + 1, purpose=form.purpose, name_en=form.name.en, name_hi=form.name.hi,
            subject_en=form.subject.en, subject_hi=form.subject.hi, body_en=form.body.en, body_hi=form.body.hi,
            signatory_en=form.signatory.en, signatory_hi=form.signatory.hi, active=form.active, created_ms=now_ms(),
        )  # fmt: skip
        act.about("letter template", code, f"{made.name_en} v{made.version}")
    return made


def write_letters(*, actor: Actor, form: s.LetterRunIn) -> list[Letter]:
    """Write to everybody that the form names or its filters hold, each with a number of the register.

    The same run twice writes nothing new. Raises Problem 403, 404, 409 (nobody, or too many), 422.
    """
    with action("letters.write", actor=actor) as act:
        # The year's series is locked first: whoever sends the same run at the same moment waits, and finds the letters.
        series, _ = LetterSeries.objects.select_for_update().get_or_create(year=local_day().year)
        written = letters.of_run(form.run_id)
        if written:
            _refuse_others(actor, written)
        else:
            template = letters.template(form.template)
            written = _write(actor, series, template, form)
        act.about("letters", form.run_id, f"{written[0].number} – {written[-1].number}", **_area(written))
        act.details(letters=len(written), template=str(written[0].template))
    return written


def _write(actor: Actor, series: LetterSeries, template: LetterTemplate, form: s.LetterRunIn) -> list[Letter]:
    chosen = letters.chosen(actor, form, template, EDIT)
    if not chosen:
        raise conflict("nobody", "Nobody passes these filters: no letter would be written.",
                       "इन शर्तों पर कोई नहीं मिला: कोई पत्र नहीं लिखा जाएगा।")  # fmt: skip
    if len(chosen) > s.LETTERS_MOST:
        raise Problem(409, "too_many", f"At most {s.LETTERS_MOST} letters at a time. Narrow the filters.",
                      f"एक बार में अधिकतम {s.LETTERS_MOST} पत्र। शर्तें और सीमित करें।")  # fmt: skip
    day, at = local_day(), now_ms()
    code = (Centre.objects.filter(id=1).values_list("code", flat=True).first() or "centre").upper()
    contacts = letters.contacts(premises.id for premises in chosen)
    rows = [
        Letter(
            number=f"{code}/OUT/{day.year}/{series.last + place:05d}", run_id=form.run_id, template=template,
            premises=premises, language=form.language, addressed_to=contacts.get(premises.id, ""), dated_on=day,
            follow_up_on=form.follow_up_on, written_by_id=actor.id, created_ms=at, edited_ms=at,
        )
        for place, premises in enumerate(chosen, 1)
    ]  # fmt: skip
    Letter.objects.bulk_create(rows, batch_size=500)
    series.last += len(rows)
    series.save()
    return rows


def _refuse_others(actor: Actor, written: list[Letter]) -> None:
    seen = scopes.rows(actor, Letter, OF_PREMISES, EDIT).filter(run_id=written[0].run_id).count()
    if seen != len(written):
        raise conflict("key_used", "This form was sent before. Begin it anew.",
                       "यह फ़ॉर्म पहले भेजा जा चुका है। नया फ़ॉर्म शुरू करें।")  # fmt: skip


def _area(written: list[Letter]) -> dict[str, str]:
    """The place of a single letter; a run concerns many."""
    if len(written) != 1:
        return {}
    premises = written[0].premises
    return {"jurisdiction": premises.jurisdiction.path, "agency": premises.agency_id}


def edit_letter(*, actor: Actor, letter_id: UUID, form: s.LetterEdit) -> None:
    """When and how it went, when to ask again. Raises Problem 404, 409 (edited meanwhile), 422."""
    with action("letter.edit", actor=actor, reason=form.note) as act:
        row = scopes.one(actor, Letter, letter_id, OF_PREMISES, EDIT, lock=True)
        if row.edited_ms != form.edited_ms:
            raise conflict(*CONFLICT)
        sent: dict[str, Any] = form.dict(exclude_unset=True)
        for name in ("sent_on", "follow_up_on", "note"):
            if name in sent:
                setattr(row, name, sent[name])
        if "sent_by" in sent:
            row.sent_by = form.sent_by or ""
        _check_sent(row.sent_on, row.dated_on)
        row.edited_ms = max(now_ms(), row.edited_ms + 1)
        row.save()
        act.about("letter", row.id, row.number,
                  jurisdiction=row.premises.jurisdiction.path, agency=row.premises.agency_id)  # fmt: skip


def mark_run_sent(*, actor: Actor, run_id: UUID, form: s.RunSentIn) -> int:
    """All letters of a run that have not gone yet went that day. How many. Raises Problem 404, 422."""
    with action("letters.sent", actor=actor) as act:
        found = scopes.rows(actor, Letter, OF_PREMISES, EDIT).filter(run_id=run_id)
        rows = list(Letter.objects.select_for_update(of=("self",)).filter(id__in=found.values("id")).order_by("id"))
        if not rows:
            raise letters.no_such_run()
        at, changed = now_ms(), []
        for row in rows:
            if row.sent_on is not None:
                continue
            _check_sent(form.sent_on, row.dated_on)
            row.sent_on, row.sent_by, row.edited_ms = form.sent_on, form.sent_by, max(at, row.edited_ms + 1)
            row.follow_up_on = form.follow_up_on or row.follow_up_on
            changed.append(row)
        Letter.objects.bulk_update(changed, ["sent_on", "sent_by", "follow_up_on", "edited_ms"], batch_size=500)
        act.about("letters", run_id, f"{len(changed)} letters", **_area(rows))
        act.details(letters=len(changed), sent_by=form.sent_by)
    return len(changed)


def _check_sent(day: dt.date | None, dated_on: dt.date) -> None:
    if day is not None and not dated_on <= day <= local_day():
        raise invalid(sent_on=text("Between the letter's date and today.", "पत्र के दिनांक और आज के बीच का दिन दें।"))
