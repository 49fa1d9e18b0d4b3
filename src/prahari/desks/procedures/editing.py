"""Writing procedures: a draft is edited and published, which supersedes the version before; runs keep theirs."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction

from prahari.contracts.events import now_ms
from prahari.desks.common.action import Action, action
from prahari.desks.common.actor import Actor
from prahari.desks.common.changed import Changed
from prahari.desks.common.errors import Problem, conflict
from prahari.desks.procedures import schemas as s
from prahari.desks.procedures import selectors
from prahari.desks.procedures.choices import VersionState
from prahari.desks.procedures.models import Procedure, ProcedureVersion


def create(*, actor: Actor, form: s.ProcedureIn) -> None:
    """With an empty draft. Raises Problem 403, 409 (code taken)."""
    selectors.require_edit(actor)
    with action("procedure.create", actor=actor, reason=form.reason) as act:
        at = now_ms()
        try:
            with transaction.atomic():
                made = Procedure.objects.create(
                    code=form.code, name_en=form.name.en, name_hi=form.name.hi, edited_ms=at, sort=1000
                )
        except IntegrityError:
            raise conflict("code_taken", "There is a procedure with this code already.",
                           "इस कोड की कार्यप्रणाली पहले से है।") from None  # fmt: skip
        _draft(actor, made, [], 1)
        _about(act, made)


def edit(*, actor: Actor, code: str, form: s.ProcedureEdit) -> None:
    """Name, place in the list, whether it is offered. Raises Problem 403, 404, 409."""
    selectors.require_edit(actor)
    with action("procedure.edit", actor=actor, reason=form.reason) as act:
        found = _held(code)
        if found.edited_ms != form.edited_ms:
            raise Changed(selectors.detail(actor, code, selectors.EDIT))
        found.name_en, found.name_hi, found.sort, found.active = form.name.en, form.name.hi, form.sort, form.active
        found.edited_ms = max(now_ms(), found.edited_ms + 1)
        found.save()
        _about(act, found)


def begin_draft(*, actor: Actor, code: str) -> None:
    """From the version in force; nothing changes when there is a draft already. Raises Problem 403, 404."""
    selectors.require_edit(actor)
    with action("procedure.begin_draft", actor=actor) as act:
        found = _held(code)
        _about(act, found)
        if not found.versions.filter(state=VersionState.DRAFT).exists():
            latest = found.versions.order_by("-number").first()
            published = found.versions.filter(state=VersionState.PUBLISHED).first()
            _draft(actor, found, published.steps if published else [], (latest.number if latest else 0) + 1)


def save_draft(*, actor: Actor, code: str, form: s.DraftIn) -> None:
    """May be unfinished: what keeps it from being published is told with it. Raises Problem 403, 404, 409."""
    selectors.require_edit(actor)
    with action("procedure.save_draft", actor=actor) as act:
        draft = _held_draft(actor, code, form.version)
        draft.steps = [one.dict() for one in form.steps]
        draft.note = form.note
        _save(draft)
        _about(act, draft.procedure)
        act.details(steps=len(draft.steps))


def publish(*, actor: Actor, code: str, form: s.DraftSeen) -> None:
    """In force from now on, for runs that begin from now on. Raises Problem 403, 404, 409, 422 (unfinished)."""
    selectors.require_edit(actor)
    with action("procedure.publish", actor=actor, reason=form.reason) as act:
        draft = _held_draft(actor, code, form.version)
        wrong = selectors.problems(draft.steps)
        if wrong:
            fields = {f"{one['step']}.{one['field']}".lstrip("."): one["text"] for one in wrong}
            raise Problem(422, "unfinished", "Some steps are not finished yet.", "कुछ चरण अभी अधूरे हैं।", fields)
        draft.procedure.versions.filter(state=VersionState.PUBLISHED).update(state=VersionState.SUPERSEDED)
        draft.state, draft.note = VersionState.PUBLISHED, draft.note or form.reason
        draft.published_by_id, draft.published_ms = actor.id, now_ms()
        _save(draft)
        _about(act, draft.procedure)
        act.details(number=draft.number)


def discard(*, actor: Actor, code: str, form: s.DraftSeen) -> None:
    """The draft goes; its history stays. Raises Problem 403, 404, 409."""
    selectors.require_edit(actor)
    with action("procedure.discard_draft", actor=actor, reason=form.reason) as act:
        draft = _held_draft(actor, code, form.version)
        _about(act, draft.procedure)
        act.details(number=draft.number, steps=len(draft.steps))
        draft.delete()


def _held(code: str) -> Procedure:
    selectors.procedure(code)
    return Procedure.objects.select_for_update().get(code=code)


def _held_draft(actor: Actor, code: str, version: int) -> ProcedureVersion:
    """Held together with its procedure, so that no two drafts or versions in force come about."""
    found = _held(code)
    draft = found.versions.filter(state=VersionState.DRAFT).first()
    if draft is None or draft.version != version:
        raise Changed(selectors.detail(actor, code, selectors.EDIT))
    return draft


def _draft(actor: Actor, of: Procedure, steps: list[dict[str, Any]], number: int) -> None:
    at = now_ms()
    ProcedureVersion.objects.create(
        procedure=of, number=number, steps=steps, by_id=actor.id, created_ms=at, edited_ms=at
    )


def _save(draft: ProcedureVersion) -> None:
    draft.version += 1
    draft.edited_ms = max(now_ms(), draft.edited_ms + 1)
    draft.save()


def _about(act: Action, found: Procedure) -> None:
    act.about("procedure", found.code, found.name_en)
