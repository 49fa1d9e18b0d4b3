"""The life of an incident: open -> in hand -> resolved -> closed, and open again."""

from __future__ import annotations

from uuid import UUID

from prahari.contracts.events import now_ms
from prahari.desks.accounts.models import User
from prahari.desks.common.action import Action
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import conflict, invalid, text
from prahari.desks.incidents import clocks, hooks, linked, people, selectors, timeline, words
from prahari.desks.incidents import schemas as s
from prahari.desks.incidents.choices import Clock, Outcome, State
from prahari.desks.incidents.models import NEVER_MS, Incident
from prahari.desks.incidents.writing import not_to_come, writing

_EARLY = {Outcome.FALSE_CALL, Outcome.TEST, Outcome.NOTHING_FOUND, Outcome.HANDED_ON}
"""With these an incident may be closed without having been resolved."""


def take(act: Action, actor: Actor, held: Incident, at_ms: int) -> None:
    """In hand; whoever takes it is in charge."""
    held.state, held.in_hand_ms = State.IN_HAND, at_ms
    clocks.meet(held, Clock.IN_HAND, at_ms)
    en, hi = (actor.called, actor.called) if actor.called else words.CENTRE.values()
    timeline.write(act, held, "taken_in_hand", text(f"Taken in hand by {en}.", f"{hi} ने कार्यवाही प्रारम्भ की।"))
    if actor.id is not None:
        people.put(held, User.objects.get(id=actor.id), in_charge=True, at_ms=at_ms)


def take_in_hand(*, actor: Actor, incident_id: UUID, form: s.Versioned) -> None:
    """Raises Problem 403, 404, 409 (changed; not open)."""
    with writing("incident.take_in_hand", actor=actor, incident_id=incident_id, version=form.version) as (act, held):
        _require(held, State.OPEN)
        take(act, actor, held, now_ms())


def arrived(*, actor: Actor, incident_id: UUID, form: s.ArrivedIn) -> None:
    """Help is on the spot. Raises Problem 403, 404, 409, 422."""
    not_to_come("happened_ms", form.happened_ms)
    with writing("incident.arrived", actor=actor, incident_id=incident_id, version=form.version) as (act, held):
        _require(held, State.OPEN, State.IN_HAND)
        if held.arrived_ms is not None:
            raise conflict("arrived", "Somebody has entered this already.", "यह पहले ही दर्ज किया जा चुका है।")
        mark_arrived(act, held, form.happened_ms or now_ms(), form.note)


def mark_arrived(act: Action, held: Incident, at_ms: int, note: str = "") -> None:
    """For desks that see units arrive, too: inside their action, the incident held. The first arrival counts."""
    if held.arrived_ms is not None:
        return
    held.arrived_ms = max(at_ms, held.happened_ms) if at_ms < held.opened_ms else at_ms
    clocks.meet(held, Clock.ARRIVE, held.arrived_ms)
    timeline.write(act, held, "arrived", text("Help is on the spot.", "सहायता मौके पर पहुँची।"), at_ms=held.arrived_ms,
                   text=note)  # fmt: skip


def resolve(*, actor: Actor, incident_id: UUID, form: s.ResolveIn) -> None:
    """What was to be done is done. Raises Problem 403, 404, 409."""
    with writing("incident.resolve", actor=actor, incident_id=incident_id, version=form.version,
                 reason=form.note[:400], lead=True) as (act, held):  # fmt: skip
        _require(held, State.IN_HAND)
        at = now_ms()
        held.state, held.resolved_ms, held.outcome = State.RESOLVED, at, form.outcome
        clocks.meet(held, Clock.RESOLVE, at)
        clocks.stop(held, at)  # nobody has to arrive any more
        outcome = words.OUTCOME[form.outcome]
        said = text(f"Resolved: {outcome['en'].lower()}.", f"निस्तारित: {outcome['hi']}।")
        timeline.write(act, held, "resolved", said, text=form.note)


def close(*, actor: Actor, incident_id: UUID, form: s.CloseIn) -> None:
    """Nothing more is to be done or written. Raises Problem 403, 404, 409, 422 (a reason is needed)."""
    with writing("incident.close", actor=actor, incident_id=incident_id, version=form.version, reason=form.reason,
                 lead=True) as (act, held):  # fmt: skip
        _require(held, State.OPEN, State.IN_HAND, State.RESOLVED)
        outcome = form.outcome or held.outcome
        if held.state != State.RESOLVED and outcome not in _EARLY:
            raise conflict("not_resolved", "Resolve it first, or say that it was a false call or handed on.",
                           "पहले निस्तारित करें, या बताएँ कि सूचना झूठी थी या घटना सौंपी गई।")  # fmt: skip
        left = hooks.open_items(held)
        if not form.reason and (held.state != State.RESOLVED or left):
            raise invalid(reason=text("Say why it is closed although this is unfinished.",
                                      "बताएँ कि यह अधूरा रहते हुए क्यों बंद की जा रही है।"))  # fmt: skip
        if held.handovers.filter(state="offered").exists():
            raise conflict("handover_open", "Another agency has been asked to take it over. Wait for the answer, or"
                           " withdraw the offer.",
                           "दूसरी एजेंसी से कार्यभार लेने को कहा गया है। उत्तर की प्रतीक्षा करें या प्रस्ताव वापस लें।")  # fmt: skip
        end(held, now_ms(), str(outcome))
        linked.close(held, form.reason or held.number)
        hooks.was_closed(actor, held)
        held.lessons = form.lessons or held.lessons
        said = words.OUTCOME[held.outcome]
        timeline.write(act, held, "closed", text(f"Closed: {said['en'].lower()}.", f"बंद: {said['hi']}।"),
                       text=form.reason, data={"left_open": left} if left else None)  # fmt: skip


def end(held: Incident, at_ms: int, outcome: str) -> None:
    held.state, held.closed_ms, held.outcome = State.CLOSED, at_ms, outcome
    clocks.stop(held, at_ms)
    held.next_due_ms = NEVER_MS


def reopen(*, actor: Actor, incident_id: UUID, form: s.WithReason) -> str:
    """Open again, with new clocks; the earlier round stays as it was. What is closed is reopened by a supervisor, what
    is only resolved by whoever works on it. Returns the permission that it took. Raises Problem 403, 404, 409."""
    closed = selectors.incident(actor, incident_id, _either(actor)).state == State.CLOSED
    permission = selectors.SUPERVISE if closed else selectors.WORK
    actor.require(permission)
    with writing("incident.reopen", actor=actor, incident_id=incident_id, version=form.version, reason=form.reason,
                 permission=permission, lead=True) as (act, held):  # fmt: skip
        _require(held, State.CLOSED if closed else State.RESOLVED)
        at = now_ms()
        held.state, held.round = State.OPEN, held.round + 1
        held.in_hand_ms = held.arrived_ms = held.resolved_ms = held.closed_ms = None
        held.outcome = ""
        clocks.start(held, at)
        timeline.write(act, held, "reopened", text("Opened again.", "पुनः खोली गई।"), text=form.reason)
    return permission


def _either(actor: Actor) -> str:
    return selectors.SUPERVISE if actor.has(selectors.SUPERVISE) else selectors.WORK


def _require(held: Incident, *states: State) -> None:
    if held.state not in states:
        word = words.STATE[held.state]
        raise conflict("state", f"This is not possible: the incident is {word['en'].lower()}.",
                       f"यह सम्भव नहीं: घटना की स्थिति '{word['hi']}' है।")  # fmt: skip
