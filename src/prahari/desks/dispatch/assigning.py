"""Sending units to incidents, and what becomes of it.

Everybody who changes an assignment holds first the incident that it counts for, then the unit: two dispatchers who take
the same unit come one after the other, and the second is told.
"""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError

from prahari.contracts.events import now_ms
from prahari.desks.common import rules
from prahari.desks.common.action import Action, action
from prahari.desks.common.actor import Actor
from prahari.desks.common.changed import Changed
from prahari.desks.common.errors import Problem, conflict, text
from prahari.desks.dispatch import rows, selectors, suggestion, talk, telling, units, words
from prahari.desks.dispatch import rules as ours
from prahari.desks.dispatch import schemas as s
from prahari.desks.dispatch.choices import ACTIVE, STEPS, Progress, Status
from prahari.desks.dispatch.models import Assignment, Unit
from prahari.desks.dispatch.selectors import WORK
from prahari.desks.incidents import agencies, flow, timeline
from prahari.desks.incidents import selectors as incidents
from prahari.desks.incidents import writing as on_incident
from prahari.desks.incidents.choices import State
from prahari.desks.incidents.models import NEVER_MS, Incident, IncidentAgency
from prahari.desks.incidents.rows import part_ids

_TIMES = {
    Progress.ACKNOWLEDGED: "acknowledged_ms", Progress.EN_ROUTE: "en_route_ms", Progress.ARRIVED: "arrived_ms",
    Progress.CLEARED: "ended_ms",
}  # fmt: skip


def assign(*, actor: Actor, incident_id: UUID, form: s.AssignmentIn) -> Assignment:
    """Send a unit. The same key sends once.

    Raises Problem 403, 404, 409 (the unit changed: `present` is its UnitRow; not on duty; not free, and nobody said why
    it is sent anyway; sent there already; the incident is closed or part of another).
    """
    known = _sent_before(actor, form.key)
    if known is not None:
        return known
    try:
        with action("dispatch.assign", actor=actor, reason=form.anyway) as act:
            incident = incidents.for_writing(actor, incident_id, None, incidents.VIEW)
            unit = selectors.for_writing(actor, form.unit, form.version, WORK)
            return _assign(act, incident, unit, form)
    except IntegrityError:  # the same form, sent twice at the same moment
        known = _sent_before(actor, form.key)
        if known is None:
            raise
        return known


def _sent_before(actor: Actor, key: UUID) -> Assignment | None:
    known = Assignment.objects.filter(key=key).first()
    if known is not None and known.offered_by_id != actor.id:
        raise conflict("key_used", "This form was sent by somebody else. Begin it anew.",
                       "यह फ़ॉर्म किसी और ने भेजा था। नया फ़ॉर्म शुरू करें।")  # fmt: skip
    return known


def _assign(act: Action, incident: Incident, unit: Unit, form: s.AssignmentIn) -> Assignment:
    units.about(act, unit)
    act.details(incident=str(incident.id), number=incident.number)
    if incident.state == State.CLOSED:
        raise conflict("state", "It is closed. Reopen it first.", "घटना बंद है। पहले पुनः खोलें।")
    active = list(unit.assignments.filter(state__in=ACTIVE).select_related("incident"))
    _require_sendable(incident, unit, active, form.anyway)
    at = now_ms()
    made = Assignment(
        key=form.key, incident=incident, unit=unit, jurisdiction_path=unit.jurisdiction_path,
        agency_code=unit.agency_code, note=form.note, why=form.anyway, offered_ms=at, offered_by_id=act.actor.id,
        offered_by_name=act.actor.called, eta_s=suggestion.eta_s(unit, incident),
        next_ms=at + rules.value(ours.ACKNOWLEDGE_S) * 1000,
    )  # fmt: skip
    made.save(force_insert=True)
    _bring_agency_in(act, incident, unit)
    expected = words.minutes(made.eta_s)
    timeline.add(
        incident=incident, kind="dispatch.sent", text=form.note,
        data={"unit": str(unit.id), "assignment": str(made.id)},
        said=text(f"{unit.call_sign} was called ({expected['en']}).",
                  f"{unit.call_sign} को बुलाया गया ({expected['hi']})।"),
    )  # fmt: skip
    _finish(act, made, incident, unit, "assign")
    return made


def _require_sendable(incident: Incident, unit: Unit, active: list[Assignment], anyway: str) -> None:
    sign = unit.call_sign
    if unit.status in suggestion.NOT_THERE:
        word = words.STATUS[unit.status]
        raise conflict("not_on_duty", f"{sign} is {word['en'].lower()}.", f"{sign}: {word['hi']}।")
    if {one.incident_id for one in active} & set(part_ids(incident)):
        raise conflict("sent_already", f"{sign} is sent here already.", f"{sign} पहले से यहीं भेजी गई है।")
    free = unit.status == Status.AVAILABLE or (
        unit.status != Status.BUSY and len(active) < rules.value(ours.ASSIGNMENTS_MOST)
    )
    if not free and len(anyway) < 3:
        word = words.STATUS[unit.status]
        raise Problem(
            409, "not_free", f"{sign} is not free ({word['en'].lower()}). Say why it is sent all the same.",
            f"{sign} खाली नहीं है ({word['hi']})। फिर भी भेजने का कारण लिखें।",
            {"anyway": text("Say why.", "कारण लिखें।")},
        )  # fmt: skip


def _bring_agency_in(act: Action, incident: Incident, unit: Unit) -> None:
    """Whose unit goes there takes part from now on, and sees the incident."""
    mine = IncidentAgency.objects.filter(incident=incident, agency_code=unit.agency_code, left_ms__isnull=True)
    if not mine.exists():
        agencies.ask(act, incident, unit.agency_code)
        on_incident.save(incident)


def withdraw(*, actor: Actor, assignment_id: UUID, form: s.AssignmentWithdraw) -> Assignment:
    """The unit is not needed there any more. Raises Problem 403, 404, 409 (changed; it has ended)."""
    with action("dispatch.withdraw", actor=actor, reason=form.reason) as act:
        one, incident, unit = _held_for(actor, assignment_id, form.version)
        units.about(act, unit)
        require_active(one)
        end(act, one, incident, unit, Progress.WITHDRAWN, form.reason)
    return one


def step(*, actor: Actor, assignment_id: UUID, form: s.AssignmentStep) -> Assignment:
    """By the dispatcher, as the crew has told by radio. Raises Problem 403, 404, 409, 422."""
    on_incident.not_to_come("at_ms", form.at_ms)
    with action("dispatch.step", actor=actor) as act:
        one, incident, unit = _held_for(actor, assignment_id, form.version)
        units.about(act, unit)
        require_active(one)
        forward(act, one, incident, unit, Progress(form.state), form.at_ms or now_ms(), form.note)
    return one


def _held_for(actor: Actor, assignment_id: UUID, version: int) -> tuple[Assignment, Incident, Unit]:
    """Raises Problem 403, 404, 409 `changed` (`present` is the AssignmentRow)."""
    selectors.assignment(actor, assignment_id, WORK)
    one, incident, unit = held(assignment_id)
    if one.version != version:
        raise Changed(rows.assignment_row(one))
    return one, incident, unit


def held(assignment_id: UUID) -> tuple[Assignment, Incident, Unit]:
    """The assignment, the incident that it counts for now and the unit, held until the end of the action."""
    known = Assignment.objects.select_related("incident").get(id=assignment_id)
    lock = Incident.objects.select_for_update(of=("self",), no_key=True).select_related("kind")
    incident = lock.get(id=known.incident.merged_into_id or known.incident_id)
    while incident.merged_into_id is not None:  # it became part of another one while we waited
        incident = lock.get(id=incident.merged_into_id)
    unit = Unit.objects.select_for_update(of=("self",), no_key=True).get(id=known.unit_id)
    return Assignment.objects.get(id=assignment_id), incident, unit


def require_active(one: Assignment) -> None:
    if one.state not in ACTIVE:
        word = words.PROGRESS[one.state]
        raise conflict("ended", f"This has ended already: {word['en'].lower()}.", f"यह पहले ही समाप्त है: {word['hi']}।")


def forward(
    act: Action, one: Assignment, incident: Incident, unit: Unit, to: Progress, at_ms: int, note: str = ""
) -> None:
    """A step on the way; those before it are taken with it. One that was taken already changes nothing, unless it was
    taken with a later one and is told only now. The state is one of STEPS; all three are held."""
    if STEPS.index(to) <= STEPS.index(Progress(one.state)):
        _told_late(act, one, incident, unit, to, at_ms)
        return
    at_ms = min(now_ms(), max([at_ms, one.offered_ms, *(one_ms for one_ms in _times_of(one) if one_ms)]))
    for passed in STEPS[STEPS.index(Progress(one.state)) + 1 : STEPS.index(to) + 1]:
        setattr(one, _TIMES[passed], at_ms)
    one.state, one.next_ms = to, NEVER_MS
    if to == Progress.CLEARED:
        one.reason = note
    if one.arrived_ms is not None and incident.arrived_ms is None and to == Progress.ARRIVED:
        flow.mark_arrived(act, incident, at_ms)
        on_incident.save(incident)
    _write_down(act, one, incident, unit, to, note, at_ms)


def _told_late(act: Action, one: Assignment, incident: Incident, unit: Unit, to: Progress, at_ms: int) -> None:
    """Messages come out of order: a step that was taken only because a later one was heard of first has the later one's
    time, which is put right."""
    names = list(_TIMES.values())
    place = names.index(_TIMES[to])
    times = [getattr(one, name) for name in names]
    taken_ms = times[place]
    if at_ms >= taken_ms or taken_ms not in times[place + 1 :]:
        return
    at_ms = max([at_ms, one.offered_ms, *(before for before in times[:place] if before != taken_ms)])
    for name, known in list(zip(names, times, strict=True))[: place + 1]:
        if known == taken_ms:
            setattr(one, name, at_ms)
    if to == Progress.ARRIVED and incident.arrived_ms is None and incident.state != State.CLOSED:
        flow.mark_arrived(act, incident, at_ms)
        on_incident.save(incident)
    _write_down(act, one, incident, unit, to, "", at_ms)


def end(act: Action, one: Assignment, incident: Incident, unit: Unit, to: Progress, reason: str) -> None:
    """Refused, withdrawn or cancelled. All are held."""
    one.state, one.ended_ms, one.reason, one.next_ms = to, now_ms(), reason[:1000], NEVER_MS
    _write_down(act, one, incident, unit, to, reason, one.ended_ms)
    if to in (Progress.WITHDRAWN, Progress.CANCELLED):
        said = text(f"You are not needed any more: {incident.number}.", f"अब आपकी आवश्यकता नहीं है: {incident.number}।")
        talk.tell(unit, said, reason)


def _write_down(
    act: Action, one: Assignment, incident: Incident, unit: Unit, to: Progress, note: str, at_ms: int
) -> None:
    act.details(incident=str(incident.id), assignment=str(one.id), state=str(to))
    one.version += 1
    one.save()
    timeline.add(
        incident=incident, kind=f"dispatch.{to.value}", said=words.did(to, unit.call_sign), text=note, at_ms=at_ms,
        data={"unit": str(unit.id), "assignment": str(one.id)},
    )  # fmt: skip
    _finish(act, one, incident, unit, to.value)


def _finish(act: Action, one: Assignment, incident: Incident, unit: Unit, what: str) -> None:
    units.settle(unit, act.actor)
    units.save(unit)
    telling.unit_changed(act, unit, what)
    telling.assignment_changed(act, one, incident, what)


def _times_of(one: Assignment) -> list[int | None]:
    return [one.acknowledged_ms, one.en_route_ms, one.arrived_ms]
