"""What people do with an incident, besides the steps of its life (flow.py), its agencies, people, merging.

`open_incident` and `note` are also for desks above this one.
"""

from __future__ import annotations

from uuid import UUID

from prahari.contracts.events import now_ms
from prahari.desks.common.action import Action, action
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import Text, conflict, invalid, text
from prahari.desks.files import vault
from prahari.desks.incidents import clocks, linked, selectors, telling, timeline, words, writing
from prahari.desks.incidents import schemas as s
from prahari.desks.incidents.choices import RANKS, State
from prahari.desks.incidents.models import Incident, IncidentAgency, IncidentFile, TimelineEntry
from prahari.desks.incidents.opening import open_incident
from prahari.desks.registry import references

__all__ = ["edit", "link_alarms", "note", "open_incident"]

_PLAIN = ("title", "description", "address", "channel", "reporter_name", "reporter_phone", "happened_ms")
_KINDS = ("image", "pdf", "video")


def note(*, actor: Actor, incident_id: UUID, form: s.NoteIn) -> TimelineEntry:
    """Add to the time line, with files. It changes nothing, so it needs no version; the same key writes once.

    Raises Problem 403, 404, 409 (part of another incident now), 422.
    """
    writing.not_to_come("happened_ms", form.happened_ms)
    with action("incident.note", actor=actor) as act:
        held = selectors.for_writing(actor, incident_id, None)
        writing.about(act, held)
        known = TimelineEntry.objects.filter(key=form.key).first()
        if known is not None:
            if known.incident_id != held.id:
                raise conflict("key_used", "This note was sent to another incident. Write it anew.",
                               "यह टिप्पणी दूसरी घटना में भेजी गई थी। नई लिखें।")  # fmt: skip
            return known
        keep_files(actor, held, form.files)
        said = text("Note", "टिप्पणी")
        made = timeline.write(act, held, "note", said, at_ms=form.happened_ms, text=form.text, key=form.key,
                              file_ids=form.files)  # fmt: skip
        telling.changed(act, held, "note")
    return made


def keep_files(actor: Actor, held: Incident, file_ids: list[UUID]) -> None:
    """Files are kept with it from now on, read by every agency that takes part. Raises Problem 409, 422."""
    kept = vault.attach(file_ids, actor=actor, jurisdiction=held.jurisdiction_path, agency=held.agency_code,
                        permission=selectors.VIEW, kinds=_KINDS)  # fmt: skip
    at = now_ms()
    for file in kept:
        _, made = IncidentFile.objects.get_or_create(file=file, defaults={"incident": held, "added_ms": at})
        if not made and IncidentFile.objects.get(file=file).incident_id != held.id:
            raise conflict("file_attached", "This file belongs to another incident already. Add it again.",
                           "यह फ़ाइल पहले से दूसरी घटना से जुड़ी है। इसे फिर से जोड़ें।")  # fmt: skip


def link_alarms(*, actor: Actor, incident_id: UUID, form: s.AlarmsIn) -> None:
    """Alarms belong to it from now on. Raises Problem 403, 404, 409 (in another incident; closed)."""
    with writing.writing("incident.link_alarms", actor=actor, incident_id=incident_id, version=form.version) as (
        act, held,
    ):  # fmt: skip
        if held.state == State.CLOSED:
            raise conflict("state", "It is closed. Reopen it first.", "घटना बंद है। पहले पुनः खोलें।")
        linked.take(act, actor, held, form.alarms)


def edit(*, actor: Actor, incident_id: UUID, form: s.IncidentEdit) -> None:
    """What is known better now. Kind, severity and place are up to the agency that leads, with a reason.

    Raises Problem 403, 404, 409, 422.
    """
    sent = form.dict(exclude_unset=True)
    writing.not_to_come("happened_ms", form.happened_ms)
    with writing.writing("incident.edit", actor=actor, incident_id=incident_id, version=form.version,
                         reason=form.reason) as (act, held):  # fmt: skip
        said: list[Text] = []
        said += _kind_and_severity(actor, held, form)
        said += _area(actor, held, form)
        changed = [name for name in _PLAIN if sent.get(name) is not None and sent[name] != getattr(held, name)]
        for name in changed:
            setattr(held, name, sent[name])
        if "lat" in sent or "lon" in sent:
            references.position(form.lat, form.lon)
            if (form.lat, form.lon) != (held.lat, held.lon):
                held.lat, held.lon = form.lat, form.lon
                changed.append("point")
        if changed:
            fields = [_FIELDS[name] for name in changed]
            said.append(text(f"Corrected: {', '.join(one['en'] for one in fields)}.",
                             f"सुधारा गया: {', '.join(one['hi'] for one in fields)}।"))  # fmt: skip
        _write_down(act, held, said, form.reason)
        writing.index(held)


def _kind_and_severity(actor: Actor, held: Incident, form: s.IncidentEdit) -> list[Text]:
    kind = writing.kind(form.kind) if form.kind and form.kind != held.kind.code else None
    severity = form.severity if form.severity and form.severity != held.severity else None
    if kind is None and severity is None:
        return []
    _require_reason(actor, held, form)
    said = []
    if kind is not None:
        said.append(
            text(f"Kind: {held.kind.name_en} → {kind.name_en}.", f"प्रकार: {held.kind.name_hi} → {kind.name_hi}।")
        )
        held.kind = kind
    if severity is not None:
        before, after = words.SEVERITY[held.severity], words.SEVERITY[severity]
        said.append(text(f"Severity: {before['en']} → {after['en']}.", f"गंभीरता: {before['hi']} → {after['hi']}।"))
        held.severity, held.rank = severity, RANKS[severity]
    if held.state != State.CLOSED:
        clocks.retime(held, now_ms())
    return said


def _area(actor: Actor, held: Incident, form: s.IncidentEdit) -> list[Text]:
    if form.jurisdiction is None or form.jurisdiction == held.jurisdiction_path:
        return []
    _require_reason(actor, held, form)
    area = references.jurisdiction(form.jurisdiction)
    actor.require_in(selectors.WORK, area.path, held.agency_code)
    held.jurisdiction_path = area.path
    IncidentAgency.objects.filter(incident=held).update(jurisdiction_path=area.path)
    return [text(f"Area: {area.name_en}.", f"क्षेत्र: {area.name_hi}।")]


def _require_reason(actor: Actor, held: Incident, form: s.IncidentEdit) -> None:
    selectors.require_lead(actor, held)
    if len(form.reason) < 3:
        raise invalid(reason=text("Say why.", "कारण लिखें।"))


def _write_down(act: Action, held: Incident, said: list[Text], reason: str) -> None:
    if said:
        whole = text(" ".join(one["en"] for one in said), " ".join(one["hi"] for one in said))
        timeline.write(act, held, "edited", whole, text=reason)


_FIELDS: dict[str, Text] = {
    "title": text("title", "शीर्षक"),
    "description": text("description", "विवरण"),
    "address": text("address", "पता"),
    "channel": text("how it became known", "सूचना का माध्यम"),
    "reporter_name": text("who reported it", "सूचना देने वाला"),
    "reporter_phone": text("telephone number", "फ़ोन नंबर"),
    "happened_ms": text("when it happened", "घटना का समय"),
    "point": text("place on the map", "मानचित्र पर स्थान"),
}
