"""Letters: templates, preview, runs, their paper, the register, what came of them."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from prahari.desks.common.actor import actor_of
from prahari.desks.common.documents import pdf
from prahari.desks.common.errors import reply, responses
from prahari.desks.common.paging import LIMIT_DEFAULT, Limit
from prahari.desks.outreach import actions, letters
from prahari.desks.outreach.schemas import letters as s
from prahari.desks.outreach.scopes import EDIT
from prahari.desks.outreach.selectors import letters as reads
from prahari.desks.registry.schemas import Code, Long

router = Router(tags=["outreach"])


@router.get("/outreach/letter-templates", response=responses(s.LetterTemplates))
def list_letter_templates(request: HttpRequest) -> HttpResponse:
    actor_of(request).require(reads.scopes.VIEW)
    return reply(reads.templates())


@router.put("/outreach/letter-templates/{code}", response=responses(s.LetterTemplateRow))
def save_letter_template(request: HttpRequest, code: Code, payload: s.LetterTemplateIn) -> HttpResponse:
    """A new version; what was sent keeps the one that it was written with."""
    return reply(reads.template_row(actions.save_template(actor=actor_of(request), code=code, form=payload)))


@router.post("/outreach/letters/preview", response=responses(s.LetterPreview))
def preview_letters(request: HttpRequest, payload: s.LetterPreviewIn) -> HttpResponse:
    return reply(reads.preview(actor_of(request), payload))


@router.post("/outreach/letters", response=responses(s.LetterRunOut, 201))
def write_letters(request: HttpRequest, payload: s.LetterRunIn) -> HttpResponse:
    actor = actor_of(request)
    return reply(reads.run(actor, actions.write_letters(actor=actor, form=payload)), 201)


@router.get("/outreach/letters", response=responses(s.LetterPage))
def list_letters(
    request: HttpRequest, q: Long = "", purpose: Long = "", run: UUID | None = None, overdue: bool | None = None,
    limit: Limit = LIMIT_DEFAULT, cursor: str | None = None,
) -> HttpResponse:  # fmt: skip
    return reply(reads.letter_page(actor_of(request), q, purpose, run, overdue, limit, cursor))


@router.get("/outreach/letters/conversion", response=responses(s.Conversion))
def letter_conversion(request: HttpRequest, since: dt.date | None = None) -> HttpResponse:
    return reply(reads.conversion(actor_of(request), since))


@router.patch("/outreach/letters/{letter_id}", response=responses(s.LetterRow))
def edit_letter(request: HttpRequest, letter_id: UUID, payload: s.LetterEdit) -> HttpResponse:
    actor = actor_of(request)
    actions.edit_letter(actor=actor, letter_id=letter_id, form=payload)
    return reply(reads.letter_row(actor, letter_id, EDIT))


@router.get("/outreach/letter-runs/{run_id}/pdf", response=responses(None))
def letters_on_paper(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """All letters of a run in one file, one on each page."""
    written = letters.in_sight(actor_of(request), run_id)
    body = pdf("outreach/letters", letters.on_paper(written), "hi" if written[0].language == "hi" else "en")
    name = f"letters-{written[0].number.rpartition('/')[2]}.pdf"
    return HttpResponse(
        body, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'}
    )


@router.post("/outreach/letter-runs/{run_id}/sent", response=responses(s.LetterRunOut))
def mark_run_sent(request: HttpRequest, run_id: UUID, payload: s.RunSentIn) -> HttpResponse:
    actor = actor_of(request)
    actions.mark_run_sent(actor=actor, run_id=run_id, form=payload)
    return reply(reads.run(actor, letters.in_sight(actor, run_id, EDIT)))
