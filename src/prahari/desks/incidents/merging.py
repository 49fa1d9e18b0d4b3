"""Several incidents become one, one becomes two; both can be taken back.

Merged: the one lives on with the alarms, agencies and people of the other; that one points to it, and its time line and
files are read with the living one's. Time lines are never rewritten: splitting copies the chosen notes, saying whence.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from prahari.contracts.events import now_ms
from prahari.desks.common.action import Action, action
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import Text, conflict, invalid, not_found, text
from prahari.desks.incidents import agencies, clocks, flow, hooks, linked, people, selectors, telling, timeline, writing
from prahari.desks.incidents import schemas as s
from prahari.desks.incidents.choices import Channel, Outcome, Part, State
from prahari.desks.incidents.models import Handover, Incident, Merge, TimelineEntry
from prahari.desks.incidents.opening import open_incident
from prahari.desks.incidents.selectors import SUPERVISE


def merge(*, actor: Actor, incident_id: UUID, form: s.MergeIn) -> None:
    """`incident_id` becomes part of `form.into`. Raises Problem 403, 404, 409 (changed; one is closed; a hand-over is
    open), 422."""
    if incident_id == form.into:
        raise invalid(into=text("Choose another incident.", "कोई दूसरी घटना चुनें।"))
    with action("incident.merge", actor=actor, reason=form.reason) as act:
        merged, into = _both(actor, incident_id, form)
        for one in (merged, into):
            if one.state == State.CLOSED:
                raise conflict("state", f"{one.number} is closed. Reopen it first.",
                               f"{one.number} बंद है। पहले पुनः खोलें।")  # fmt: skip
        if Handover.objects.filter(incident=merged, state="offered").exists():
            raise conflict("handover_open", "It is offered to another agency. Withdraw that first.",
                           "यह दूसरी एजेंसी को प्रस्तावित है। पहले उसे वापस लें।")  # fmt: skip
        at = now_ms()
        moved = linked.movable(merged.id)
        carried = list(merged.merged.values_list("id", flat=True))
        before = {
            "state": merged.state, "outcome": merged.outcome, "stopped_ms": at, "alarms": [str(one) for one in moved],
            "carried": [str(one) for one in carried],
            "joined": _join(merged, into, at),
        }  # fmt: skip
        Merge.objects.create(merged=merged, into=into, reason=form.reason, before=before, by_id=actor.id, at_ms=at)
        linked.move(moved, merged.id, into.id)
        Incident.objects.filter(id__in=carried).update(merged_into=into)
        flow.end(merged, at, Outcome.MERGED)
        merged.merged_into = into
        hooks.was_merged(actor, merged, into)
        timeline.write(act, merged, "merged", _said(into, "This became part of {}.", "यह घटना {} का भाग बनी।"),
                       text=form.reason, data={"into": str(into.id)})  # fmt: skip
        timeline.write(act, into, "merged_in", _said(merged, "{} became part of this.", "घटना {} इसका भाग बनी।"),
                       text=form.reason, data={"merged": str(merged.id)})  # fmt: skip
        _finish(act, into, merged, "merge")


def unmerge(*, actor: Actor, merge_id: UUID, form: s.WithReason) -> UUID:
    """It was another thing after all: taken out again as it was, with the alarms that came with it and are still there.

    `form.version`: of the incident that lives. Returns that one's id. Raises Problem 403, 404, 409.
    """
    actor.require(SUPERVISE)
    known = Merge.objects.select_related("merged").filter(id=merge_id, undone_ms__isnull=True).first()
    if known is None or known.merged.merged_into_id is None:
        raise not_found("There is no such merge.", "ऐसा कोई विलय नहीं है।")
    with action("incident.unmerge", actor=actor, reason=form.reason) as act:
        ids = [known.merged_id, known.merged.merged_into_id]
        held = {one.id: one for one in _in_order(ids)}
        into = selectors.for_writing(actor, ids[1], form.version, SUPERVISE)
        selectors.require_lead(actor, into, SUPERVISE)
        writing.about(act, into)
        row = Merge.objects.filter(id=merge_id, undone_ms__isnull=True).first()
        out = held[known.merged_id]
        if row is None or out.merged_into_id != into.id:
            raise conflict("undone", "Somebody has taken it out already.", "इसे पहले ही अलग किया जा चुका है।")
        if into.state == State.CLOSED:
            raise conflict("state", "It is closed. Reopen it first.", "घटना बंद है। पहले पुनः खोलें।")
        before: dict[str, Any] = row.before
        still_there = set(linked.movable(into.id))
        linked.move([UUID(one) for one in before["alarms"] if UUID(one) in still_there], into.id, out.id)
        Incident.objects.filter(id__in=before["carried"], merged_into=into).update(merged_into=out)
        out.state, out.outcome, out.closed_ms, out.merged_into = before["state"], before["outcome"], None, None
        clocks.go_on(out, before["stopped_ms"])
        row.undone_ms = now_ms()
        row.save(update_fields=["undone_ms"])
        timeline.write(act, out, "unmerged", _said(into, "Taken out of {} again.", "{} से पुनः अलग की गई।"),
                       text=form.reason)  # fmt: skip
        timeline.write(act, into, "unmerged", _said(out, "{} was taken out again.", "घटना {} पुनः अलग की गई।"),
                       text=form.reason)  # fmt: skip
        for one in (into, out):
            writing.save(one)
            telling.changed(act, one, "unmerge")
    return into.id


def split(*, actor: Actor, incident_id: UUID, form: s.SplitIn) -> Incident:
    """Chosen alarms and notes begin an incident of their own. Taken back by merging the two. The same key splits once.

    Raises Problem 403, 404, 409, 422 (an alarm or a note is not of this incident).
    """
    earlier = Incident.objects.filter(key=form.key, split_from_id=incident_id, opened_by_id=actor.id).first()
    if earlier is not None:
        selectors.incident(actor, earlier.id, SUPERVISE)
        return earlier
    with writing.writing("incident.split", actor=actor, incident_id=incident_id, version=form.version,
                         reason=form.reason, permission=SUPERVISE, lead=True) as (act, held):  # fmt: skip
        if held.state == State.CLOSED:
            raise conflict("state", "It is closed. Reopen it first.", "घटना बंद है। पहले पुनः खोलें।")
        if not set(form.alarms) <= set(linked.movable(held.id)):
            raise invalid(alarms=text("One of these alarms is not of this incident.",
                                      "इनमें से एक अलार्म इस घटना का नहीं है।"))  # fmt: skip
        notes = list(timeline.entries_of(held).filter(id__in=form.notes).order_by("happened_ms", "id"))
        if len(notes) != len(set(form.notes)):
            raise invalid(notes=text("One of these entries is not of this incident.",
                                     "इनमें से एक प्रविष्टि इस घटना की नहीं है।"))  # fmt: skip
        made = open_incident(actor=actor, form=_form(held, form), permission=SUPERVISE)
        made.split_from = held
        for code in (
            held.agencies.filter(left_ms__isnull=True).exclude(part=Part.ASKED).values_list("agency_code", flat=True)
        ):
            agencies.join(made, code, Part.SUPPORT, made.opened_ms)
        linked.move(form.alarms, held.id, made.id)
        for one in notes:
            _copy(act, made, held, one)
        timeline.write(act, made, "split_from", _said(held, "Separated from {}.", "घटना {} से पृथक की गई।"),
                       text=form.reason, data={"from": str(held.id)})  # fmt: skip
        timeline.write(act, held, "split_off", _said(made, "{} was split off.", "घटना {} पृथक की गई।"),
                       text=form.reason, data={"to": str(made.id)})  # fmt: skip
        writing.save(made)
        telling.changed(act, made, "split")
    return made


def _both(actor: Actor, merged_id: UUID, form: s.MergeIn) -> tuple[Incident, Incident]:
    """Held in the order of their ids by everybody: two who merge crosswise would wait for each other for ever."""
    versions = {merged_id: form.version, form.into: form.into_version}
    _in_order(versions)
    held = {one: selectors.for_writing(actor, one, version, SUPERVISE) for one, version in versions.items()}
    for one in held.values():
        selectors.require_lead(actor, one, SUPERVISE)
    return held[merged_id], held[form.into]


def _in_order(ids: Iterable[UUID]) -> list[Incident]:
    """Held until the end of the action."""
    rows = Incident.objects.select_for_update(of=("self",), no_key=True).select_related("kind")
    return list(rows.filter(id__in=list(ids)).order_by("id"))


def _join(merged: Incident, into: Incident, at_ms: int) -> list[str]:
    """Agencies and people of the one work on the other, too. Codes of the agencies that are new there."""
    codes = list(merged.agencies.filter(left_ms__isnull=True).values_list("agency_code", flat=True))
    joined = [code for code in codes if agencies.join(into, code, Part.SUPPORT, at_ms)]
    for row in merged.people.filter(until_ms__isnull=True).select_related("person"):
        if not into.people.filter(person=row.person, until_ms__isnull=True).exists():
            people.put(into, row.person, in_charge=False, at_ms=at_ms)
    return joined


def _form(held: Incident, form: s.SplitIn) -> s.IncidentIn:
    return s.IncidentIn(
        key=form.key, kind=form.kind, severity=form.severity, title=form.title, lat=held.lat, lon=held.lon,
        address=held.address, jurisdiction=held.jurisdiction_path, agency=held.agency_code,
        channel=Channel(held.channel).value, happened_ms=held.happened_ms,
    )  # fmt: skip


def _copy(act: Action, made: Incident, held: Incident, one: TimelineEntry) -> None:
    said = text(f"{one.said['en']} (from {held.number})", f"{one.said['hi']} ({held.number} से)")
    timeline.write(act, made, one.kind, said, at_ms=one.happened_ms, text=one.text,
                   data=one.data | {"copied": str(one.id), "by": one.by_name})  # fmt: skip


def _said(other: Incident, en: str, hi: str) -> Text:
    return text(en.format(other.number), hi.format(other.number))


def _finish(act: Action, into: Incident, merged: Incident, what: str) -> None:
    for one in (into, merged):
        writing.save(one)
        telling.changed(act, one, what)
    writing.about(act, merged)
