"""A batch from a phone: each visit checked, stored and answered for itself, whatever becomes of the others."""

from __future__ import annotations

import logging
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.db.models import Q
from pydantic import ValidationError

from prahari.contracts.events import now_ms
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import Problem, Text, text
from prahari.desks.common.validation import sentence
from prahari.desks.field import actions
from prahari.desks.field.choices import State
from prahari.desks.field.models import Visit
from prahari.desks.field.schemas import SyncIn, VisitForm
from prahari.desks.linking.linkages import WORK

log = logging.getLogger(__name__)


def sync(*, actor: Actor, form: SyncIn) -> dict[str, Any]:
    """A SyncOut, results in the order of the visits. Raises Problem 403 where the permission is held nowhere."""
    actor.require(WORK)
    received_ms = now_ms()
    skew = received_ms - form.sent_at_ms
    results: dict[int, dict[str, Any]] = {}
    good: list[tuple[int, VisitForm]] = []
    for at, raw in enumerate(form.visits):
        try:
            good.append((at, VisitForm(**raw)))
        except (ValidationError, TypeError) as error:
            results[at] = _malformed(raw, error)
    # In the order in which they happened: a consent may follow an asking of the same afternoon.
    for at, visit in sorted(good, key=lambda one: (one[1].made_at_ms, one[0])):
        results[at] = _one(actor, visit, form.device_id, skew)
    return {"results": [results[at] for at in sorted(results)], "received_ms": received_ms}


def _one(actor: Actor, form: VisitForm, device_id: UUID, skew: int) -> dict[str, Any]:
    known = _known(actor, form)
    if known is not None:
        return known
    try:
        visit = actions.take_over(actor=actor, form=form, device_id=device_id, clock_skew_ms=skew)
    except Problem as problem:
        return _answer(form.id, "refused", problem.code, problem.message, fields=problem.fields)
    except actions.MissingFilesError as error:
        return _answer(
            form.id, "later", "file_missing",
            text("A photograph has to be sent again first.", "पहले एक चित्र फिर से भेजना होगा।"), missing=error.keys,
        )  # fmt: skip
    except IntegrityError:
        known = _known(actor, form)  # sent twice at the same time
        return known or _failed(form.id)
    except Exception:
        # The rest of the day must not wait for one visit; it stays on the phone and comes again.
        return _failed(form.id)
    return _stored(form.id, visit, "stored")


def _known(actor: Actor, form: VisitForm) -> dict[str, Any] | None:
    """The answer for a visit that is here already, under its number or another one."""
    content = actions.content_of(form)
    # One query: between two of them the batch's other sending may commit, and its visit would be found by number only.
    found = list(Visit.objects.filter(Q(by_id=actor.id, content_sha256=content) | Q(id=form.id)))
    same = next((visit for visit in found if visit.by_id == actor.id and visit.content_sha256 == content), None)
    if same is not None:
        return _stored(form.id, same, "already")
    if found:
        return _answer(
            form.id, "refused", "number_used",
            text("Another visit is stored under this number. Record this one anew.",
                 "इस संख्या पर दूसरा भ्रमण सहेजा हुआ है। इसे नए सिरे से दर्ज करें।"),
        )  # fmt: skip
    return None


def _stored(form_id: UUID, visit: Visit, status: str) -> dict[str, Any]:
    if visit.state != State.CONFLICT or visit.conflict is None:
        return _answer(form_id, status)
    return _answer(form_id, "conflict", visit.conflict["code"], text(visit.conflict["en"], visit.conflict["hi"]))


def _failed(form_id: UUID) -> dict[str, Any]:
    log.exception("visit %s could not be stored", form_id)
    return _answer(
        form_id, "later", "internal",
        text("It could not be stored just now; it stays on the phone and is sent again.",
             "अभी सहेजा नहीं जा सका; यह फ़ोन में सुरक्षित है और फिर भेजा जाएगा।"),
    )  # fmt: skip


def _malformed(raw: dict[str, Any], error: ValidationError | TypeError) -> dict[str, Any]:
    fields: dict[str, Text] = {}
    if isinstance(error, ValidationError):
        for item in error.errors():
            fields.setdefault(".".join(str(part) for part in item["loc"]) or "visit", sentence(item))
    return _answer(
        str(raw.get("id", ""))[:100], "refused", "invalid",
        text("Please correct the marked fields.", "कृपया चिह्नित फ़ील्ड ठीक करें।"), fields=fields or None,
    )  # fmt: skip


def _answer(
    form_id: UUID | str, status: str, code: str = "", message: Text | None = None, *,
    fields: dict[str, Text] | None = None, missing: list[UUID] | None = None,
) -> dict[str, Any]:  # fmt: skip
    return {
        "id": str(form_id), "status": status, "code": code, "message": message, "fields": fields,
        "missing": missing or [],
    }  # fmt: skip
