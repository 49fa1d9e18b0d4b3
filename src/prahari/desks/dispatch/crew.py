"""The crew's side: signing on and off, and what it does on its telephone, also what was done without a network.

A deed has the number that the telephone gave it, so sending it again is answered as the first time. Steps only go
forward: two on board who press the same button do it once, and nobody has to name a version.
"""

from __future__ import annotations

import logging
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from pydantic import ValidationError

from prahari.contracts.events import now_ms
from prahari.desks.common.action import Action, action
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import Problem, Text, conflict, invalid, required, text
from prahari.desks.common.validation import sentence
from prahari.desks.dispatch import assigning, selectors, talk, telling, units
from prahari.desks.dispatch import schemas as s
from prahari.desks.dispatch.choices import Deed, Outcome, Progress, Status
from prahari.desks.dispatch.models import Assignment, CrewDeed, CrewMember, Unit
from prahari.desks.dispatch.selectors import CREW

log = logging.getLogger(__name__)

SKEW_KEPT_MS = 60_000
"""A telephone's clock that is out by less is taken as right: the network alone takes seconds."""

_STEPS = {
    Deed.ACKNOWLEDGE: Progress.ACKNOWLEDGED, Deed.EN_ROUTE: Progress.EN_ROUTE, Deed.ARRIVE: Progress.ARRIVED,
    Deed.CLEAR: Progress.CLEARED,
}  # fmt: skip


def sign_on(*, actor: Actor, form: s.SignOn) -> None:
    """On board from now on; a unit that was off duty is available. Twice does no harm.

    Raises Problem 403, 404, 409 (on board of another unit).
    """
    try:
        with action("unit.sign_on", actor=actor) as act:
            unit = selectors.for_writing(actor, form.unit, None, CREW)
            units.about(act, unit)
            now_on = CrewMember.objects.filter(person_id=actor.id, until_ms__isnull=True).select_related("unit").first()
            if now_on is not None and now_on.unit_id != unit.id:
                raise _elsewhere(now_on.unit.call_sign)
            if now_on is not None:
                return
            CrewMember.objects.create(unit=unit, person_id=actor.id, since_ms=now_ms())
            if unit.status == Status.OFF_DUTY:
                units.say(act, unit, Status.AVAILABLE, "")
            units.save(unit)
            telling.unit_changed(act, unit, "sign_on")
    except IntegrityError as error:  # at the same moment with another telephone
        raise _elsewhere("") from error


def _elsewhere(call_sign: str) -> Problem:
    return conflict("on_board", f"You are on board of {call_sign or 'another unit'}. Sign off there first.",
                    f"आप {call_sign or 'दूसरी इकाई'} पर हैं। पहले वहाँ से साइन ऑफ़ करें।")  # fmt: skip


def sign_off(*, actor: Actor) -> None:
    """The last one who leaves takes the unit off duty. Raises Problem 403, 409 (on board of none; it is sent)."""
    actor.require(CREW)
    with action("unit.sign_off", actor=actor) as act:
        member = on_board(actor)
        unit = Unit.objects.select_for_update(of=("self",), no_key=True).get(id=member.unit_id)
        units.about(act, unit)
        member.until_ms = now_ms()
        member.save(update_fields=["until_ms"])
        if not CrewMember.objects.filter(unit=unit, until_ms__isnull=True).exists():
            units.say(act, unit, Status.OFF_DUTY, "")
        units.save(unit)
        telling.unit_changed(act, unit, "sign_off")


def agree(*, actor: Actor, form: s.AgreeIn) -> None:
    """Whether this telephone may tell where the unit is, for this shift. Raises Problem 403, 409 (on board of none)."""
    actor.require(CREW)
    with action("unit.agree_position", actor=actor) as act:
        member = on_board(actor)
        units.about(act, member.unit)
        member.agreed_ms = (member.agreed_ms or now_ms()) if form.agreed else None
        member.save(update_fields=["agreed_ms"])
        act.details(agreed=form.agreed)


def on_board(actor: Actor) -> CrewMember:
    """Raises Problem 409."""
    found = CrewMember.objects.filter(person_id=actor.id, until_ms__isnull=True).select_related("unit").first()
    if found is None:
        raise _not_on_board()
    return found


def _not_on_board() -> Problem:
    return conflict("not_on_board", "You are not on board of this unit. Sign on first.",
                    "आप इस इकाई पर नहीं हैं। पहले साइन ऑन करें।")  # fmt: skip


def was_on_board(person_id: UUID | None, at_ms: int) -> Q:
    """Stints of a person that hold for a moment, clocks not being quite the same."""
    ended = Q(until_ms__isnull=True) | Q(until_ms__gte=at_ms - SKEW_KEPT_MS)
    return Q(person_id=person_id, since_ms__lte=at_ms + SKEW_KEPT_MS) & ended


# What the telephone sends


def sync(*, actor: Actor, form: s.CrewSync) -> dict[str, Any]:
    """CrewSyncOut, results in the order of the deeds. Raises Problem 403."""
    actor.require(CREW)
    received_ms = now_ms()
    skew_ms = received_ms - form.sent_at_ms
    results: dict[int, dict[str, Any]] = {}
    good: list[tuple[int, s.CrewDeedIn]] = []
    for at, raw in enumerate(form.deeds):
        try:
            good.append((at, s.CrewDeedIn(**raw)))
        except (ValidationError, TypeError) as error:
            results[at] = _malformed(raw, error)
    # In the order in which they were done, whatever order they come in.
    for at, deed in sorted(good, key=lambda one: (one[1].made_at_ms, one[0])):
        results[at] = _one(actor, deed, put_right(deed.made_at_ms, skew_ms, received_ms))
    return {"results": [results[at] for at in sorted(results)], "received_ms": received_ms}


def put_right(said_ms: int, skew_ms: int, now: int) -> int:
    """A moment by the telephone's clock, as the centre's would have told it."""
    return min(now, said_ms + (skew_ms if abs(skew_ms) >= SKEW_KEPT_MS else 0))


def _one(actor: Actor, deed: s.CrewDeedIn, at_ms: int) -> dict[str, Any]:
    known = CrewDeed.objects.filter(id=deed.id).first()
    if known is not None:
        return _answered(actor, known)
    try:
        return _answered(actor, _take(actor, deed, at_ms))
    except Problem as problem:
        return _answer(deed.id, "refused", problem.code, problem.message)
    except IntegrityError:  # sent twice at the same moment
        known = CrewDeed.objects.filter(id=deed.id).first()
        return _answered(actor, known) if known is not None else _later(deed.id)
    except Exception:  # the other deeds must not wait for this one; it stays on the telephone and comes again
        return _later(deed.id)


def _take(actor: Actor, deed: s.CrewDeedIn, at_ms: int) -> CrewDeed:
    """Written down, and done; what cannot be done any more is written down as refused. Raises Problem 409 (the person
    was not on board then), 422; IntegrityError."""
    with action(f"unit.{deed.deed}", actor=actor) as act:
        stint = CrewMember.objects.filter(was_on_board(actor.id, at_ms), unit_id=deed.unit).select_related("unit")
        member = stint.first()
        if member is None:
            raise _not_on_board()
        units.about(act, member.unit)
        row = CrewDeed(
            id=deed.id, unit=member.unit, by_id=actor.id, deed=deed.deed, at_ms=at_ms, received_ms=now_ms(),
            body=deed.model_dump(mode="json", include={"assignment", "status", "text", "up_to_ms", "made_at_ms"}),
            outcome=Outcome.DONE,
        )  # fmt: skip
        row.save(force_insert=True)  # first of all: the same one sent at the same time waits here
        try:
            with transaction.atomic():
                _do(act, member.unit_id, deed, at_ms)
        except Problem as problem:
            if problem.status != 409:
                raise
            row.outcome, row.code, row.message = Outcome.REFUSED, problem.code, problem.message
            row.save(update_fields=["outcome", "code", "message"])
            act.details(refused=problem.code)
    return row


def _do(act: Action, unit_id: UUID, deed: s.CrewDeedIn, at_ms: int) -> None:
    """Raises Problem 409, 422."""
    kind = Deed(deed.deed)
    if kind in _STEPS or kind == Deed.REFUSE:
        _about_assignment(act, unit_id, kind, deed, at_ms)
        return
    unit = Unit.objects.select_for_update(of=("self",), no_key=True).get(id=unit_id)
    match kind:
        case Deed.STATUS:
            if deed.status is None:
                raise invalid(status=required())
            if unit.status_ms > at_ms:  # said before somebody said something newer
                raise conflict("later_word", "A newer status of this unit is known.", "इस इकाई की नई स्थिति ज्ञात है।")
            units.say(act, unit, deed.status, deed.text[:400])
            units.save(unit)
        case Deed.MESSAGE:
            if not deed.text:
                raise invalid(text=required())
            talk.write(unit, act.actor, deed.id, deed.text, from_unit=True, at_ms=at_ms)
        case Deed.READ:
            if deed.up_to_ms is None:
                raise invalid(up_to_ms=required())
            act.details(messages=talk.mark(unit, deed.up_to_ms, from_unit=False))
    telling.unit_changed(act, unit, kind.value)


def _about_assignment(act: Action, unit_id: UUID, kind: Deed, deed: s.CrewDeedIn, at_ms: int) -> None:
    if deed.assignment is None or not Assignment.objects.filter(id=deed.assignment, unit_id=unit_id).exists():
        raise invalid(assignment=text("There is no such assignment of this unit.", "इस इकाई की ऐसी कोई रवानगी नहीं है।"))
    one, incident, unit = assigning.held(deed.assignment)
    if kind == Deed.REFUSE:
        if len(deed.text) < 3:
            raise invalid(text=text("Say why.", "कारण लिखें।"))
        assigning.require_active(one)
        if one.state == Progress.ARRIVED:
            raise conflict("arrived", "You have arrived already: say that you are clear.",
                           "आप पहुँच चुके हैं: कार्य पूर्ण होने की सूचना दें।")  # fmt: skip
        assigning.end(act, one, incident, unit, Progress.REFUSED, deed.text)
        return
    to = _STEPS[kind]
    told_late = one.state == Progress.CLEARED and at_ms <= (one.ended_ms or 0)
    if one.state != to and not told_late:  # the same: somebody else on board has said so
        assigning.require_active(one)
    assigning.forward(act, one, incident, unit, to, at_ms, deed.text)


def _answered(actor: Actor, row: CrewDeed) -> dict[str, Any]:
    if row.by_id != actor.id:
        return _answer(row.id, "refused", "number_used",
                       text("This was sent by somebody else. Do it again.",
                            "यह किसी और ने भेजा था। फिर से करें।"))  # fmt: skip
    return _answer(row.id, row.outcome, row.code, row.message)


def _later(deed_id: UUID) -> dict[str, Any]:
    log.exception("the deed %s could not be taken over", deed_id)
    return _answer(
        deed_id, "later", "internal",
        text("It could not be taken over just now; it stays on the telephone and is sent again.",
             "अभी लिया नहीं जा सका; यह फ़ोन में सुरक्षित है और फिर भेजा जाएगा।"),
    )  # fmt: skip


def _malformed(raw: dict[str, Any], error: ValidationError | TypeError) -> dict[str, Any]:
    first = error.errors()[0] if isinstance(error, ValidationError) else {"type": "model_type"}
    return _answer(str(raw.get("id", ""))[:100], "refused", "invalid", sentence(first))


def _answer(deed_id: UUID | str, status: str, code: str = "", message: Text | None = None) -> dict[str, Any]:
    return {"id": str(deed_id), "status": status, "code": code, "message": message}
