"""Agencies that take part, and handing the lead from one to another: offered, then accepted or refused."""

from __future__ import annotations

from uuid import UUID

from prahari.contracts.events import now_ms
from prahari.desks.common.action import Action
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import Problem, conflict, invalid, not_found, text
from prahari.desks.incidents import schemas as s
from prahari.desks.incidents import telling, timeline, words
from prahari.desks.incidents.choices import HandoverState, Part, State
from prahari.desks.incidents.models import Handover, Incident, IncidentAgency
from prahari.desks.incidents.selectors import WORK
from prahari.desks.incidents.writing import agency, writing


def join(held: Incident, code: str, part: str, at_ms: int) -> bool:
    """Takes part from now on; False when it did already (its part stays). The incident is held by the caller."""
    row = IncidentAgency.objects.filter(incident=held, agency_code=code).first()
    if row is None:
        IncidentAgency.objects.create(
            incident=held, agency_code=code, jurisdiction_path=held.jurisdiction_path, part=part, since_ms=at_ms
        )
        return True
    if row.left_ms is None:
        return False
    row.part, row.since_ms, row.left_ms = part, at_ms, None
    row.save()
    return True


def add(*, actor: Actor, incident_id: UUID, form: s.IncidentAgencyIn) -> None:
    """Another agency takes part, and sees the incident. Raises Problem 403, 404, 409, 422."""
    with writing("incident.add_agency", actor=actor, incident_id=incident_id, version=form.version) as (act, held):
        ask(act, held, form.agency, form.note)


def ask(act: Action, held: Incident, code: str, note: str = "") -> None:
    """The same inside another's action, the incident held. Raises Problem 409 (takes part already), 422."""
    found = agency(code)
    if not join(held, found.code, Part.SUPPORT, now_ms()):
        raise conflict("takes_part", "This agency takes part already.", "यह एजेंसी पहले से सहभागी है।")
    timeline.write(act, held, "agency_added",
                   text(f"{found.name_en} takes part.", f"{found.name_hi} को सहभागी बनाया गया।"), text=note,
                   data={"agency": found.code})  # fmt: skip


def leave(*, actor: Actor, incident_id: UUID, code: str, form: s.WithReason) -> None:
    """An agency takes no part any more: said by itself, or by the one that leads. Raises Problem 403, 404, 409."""
    with writing("incident.remove_agency", actor=actor, incident_id=incident_id, version=form.version,
                 reason=form.reason) as (act, held):  # fmt: skip
        row = IncidentAgency.objects.filter(incident=held, agency_code=code, left_ms__isnull=True).first()
        if row is None:
            raise not_found("This agency takes no part.", "यह एजेंसी सहभागी नहीं है।")
        if row.part != Part.SUPPORT:
            raise conflict("leads", "Whoever leads hands over, and whoever was asked to lead answers.",
                           "नेतृत्व करने वाली एजेंसी कार्यभार सौंपे; जिससे पूछा गया है वह उत्तर दे।")  # fmt: skip
        _require_either(actor, held, code)
        row.left_ms = now_ms()
        row.save(update_fields=["left_ms"])
        _relieve_all(held, code)
        name = words.agency_name(code)
        timeline.write(act, held, "agency_left", text(f"{name['en']} takes no part any more.",
                       f"{name['hi']} अब सहभागी नहीं है।"), text=form.reason, data={"agency": code})  # fmt: skip
        telling.changed(act, held, "remove_agency", also=(code,))


def offer(*, actor: Actor, incident_id: UUID, form: s.HandoverIn) -> None:
    """Ask another agency to lead. It sees the incident from now on. Raises Problem 403, 404, 409 (one is open), 422."""
    with writing("incident.offer_handover", actor=actor, incident_id=incident_id, version=form.version,
                 reason=form.note[:400], lead=True) as (act, held):  # fmt: skip
        if held.state == State.CLOSED:
            raise conflict("state", "It is closed. Reopen it first.", "घटना बंद है। पहले पुनः खोलें।")
        found = agency(form.to_agency, "to_agency")
        if found.code == held.agency_code:
            raise invalid(to_agency=text("This agency leads already.", "यह एजेंसी पहले से नेतृत्व कर रही है।"))
        if held.handovers.filter(state=HandoverState.OFFERED).exists():
            raise conflict("handover_open", "It is offered to an agency already. Withdraw that first.",
                           "यह पहले से एक एजेंसी को प्रस्तावित है। पहले उसे वापस लें।")  # fmt: skip
        at = now_ms()
        Handover.objects.create(
            incident=held, from_agency=held.agency_code, to_agency=found.code, note=form.note, offered_by_id=actor.id,
            offered_ms=at,
        )  # fmt: skip
        join(held, found.code, Part.ASKED, at)
        said = text(f"{found.name_en} was asked to take over.", f"{found.name_hi} से कार्यभार लेने को कहा गया।")
        timeline.write(act, held, "handover_offered", said, text=form.note, data={"agency": found.code})


def answer(*, actor: Actor, incident_id: UUID, form: s.HandoverAnswer) -> None:
    """Of the agency that was asked. Accepted, it leads from now on and the former one takes part; refused, it takes no
    part unless it did before. Raises Problem 403, 404, 409, 422 (a refusal says why)."""
    if not form.accept and len(form.note) < 3:
        raise invalid(note=text("Say why.", "कारण लिखें।"))
    with writing("incident.answer_handover", actor=actor, incident_id=incident_id, version=form.version,
                 reason=form.note[:400]) as (act, held):  # fmt: skip
        asked = _open_handover(held)
        if not actor.may(WORK, held.jurisdiction_path, asked.to_agency):
            raise _not_yours(asked.to_agency)
        _settle(asked, HandoverState.ACCEPTED if form.accept else HandoverState.REFUSED, actor, form.note)
        to = words.agency_name(asked.to_agency)
        if form.accept:
            lead(held, asked.to_agency)
            said = text(f"{to['en']} has taken over.", f"{to['hi']} ने कार्यभार ग्रहण किया।")
            timeline.write(act, held, "handover_accepted", said, text=form.note, data={"agency": asked.to_agency})
        else:
            said = text(f"{to['en']} refused to take over.", f"{to['hi']} ने कार्यभार लेने से मना किया।")
            timeline.write(act, held, "handover_refused", said, text=form.note, data={"agency": asked.to_agency})
            _unask(act, held, asked.to_agency)


def withdraw(*, actor: Actor, incident_id: UUID, form: s.WithReason) -> None:
    """Of the agency that leads. Raises Problem 403, 404, 409."""
    with writing("incident.withdraw_handover", actor=actor, incident_id=incident_id, version=form.version,
                 reason=form.reason, lead=True) as (act, held):  # fmt: skip
        asked = _open_handover(held)
        _settle(asked, HandoverState.WITHDRAWN, actor, form.reason)
        to = words.agency_name(asked.to_agency)
        timeline.write(act, held, "handover_withdrawn", text(f"The offer to {to['en']} was withdrawn.",
                       f"{to['hi']} को दिया गया प्रस्ताव वापस लिया गया।"), text=form.reason)  # fmt: skip
        _unask(act, held, asked.to_agency)


def lead(held: Incident, code: str) -> None:
    """`code` leads, the former one takes part. One after the other: only one leads at a time."""
    IncidentAgency.objects.filter(incident=held, part=Part.LEAD).update(part=Part.SUPPORT)
    IncidentAgency.objects.filter(incident=held, agency_code=code).update(part=Part.LEAD, left_ms=None)
    held.agency_code = code


def _unask(act: Action, held: Incident, code: str) -> None:
    """Back to what it was before it was asked: gone, if it took no part."""
    row = IncidentAgency.objects.get(incident=held, agency_code=code)
    if row.part == Part.ASKED:
        row.left_ms = now_ms()
        row.save(update_fields=["left_ms"])
        _relieve_all(held, code)
        telling.changed(act, held, "handover_ended", also=(code,))


def _relieve_all(held: Incident, code: str) -> None:
    """People of an agency that takes no part any more work on it no longer."""
    mine = held.people.filter(until_ms__isnull=True, person__agency_id=code)
    mine.update(until_ms=now_ms(), in_charge=False)


def _open_handover(held: Incident) -> Handover:
    found = held.handovers.filter(state=HandoverState.OFFERED).first()
    if found is None:
        raise conflict("no_handover", "No hand-over is offered any more.", "अब कोई कार्यभार प्रस्तावित नहीं है।")
    return found


def _settle(asked: Handover, state: HandoverState, actor: Actor, note: str) -> None:
    asked.state, asked.answer, asked.answered_by_id, asked.answered_ms = state, note[:1000], actor.id, now_ms()
    asked.save()


def _require_either(actor: Actor, held: Incident, code: str) -> None:
    if not actor.may(WORK, held.jurisdiction_path, code) and not actor.may(
        WORK, held.jurisdiction_path, held.agency_code
    ):
        raise _not_yours(code)


def _not_yours(code: str) -> Problem:
    name = words.agency_name(code)
    return Problem(403, "not_yours", f"This is up to {name['en']}.", f"यह {name['hi']} को करना है।")
