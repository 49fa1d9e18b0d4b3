"""Opening an incident: by hand, or by one click from alarms, from which everything left out is taken."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import IntegrityError

from prahari.contracts.events import now_ms
from prahari.desks.accounts.models import User
from prahari.desks.common.action import Action, action
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import conflict, invalid, required, text
from prahari.desks.common.sql import fetch
from prahari.desks.incidents import clocks, flow, hooks, linked, numbers, telling, timeline, words, writing
from prahari.desks.incidents.choices import RANKS, Channel, Part
from prahari.desks.incidents.models import Incident, IncidentAgency
from prahari.desks.incidents.schemas import IncidentIn
from prahari.desks.incidents.selectors import WORK
from prahari.desks.registry import references

FAR_DEG = 0.02
"""About two kilometres: the nearest camera farther away says nothing about whose area a point lies in."""


def open_incident(*, actor: Actor, form: IncidentIn, permission: str = WORK) -> Incident:
    """Open one, with its number, clocks, agencies and, where its kind has one, its procedure. The same key opens once.

    permission: what it takes; splitting one is a supervisor's. Raises Problem 403 (not in this area, nor for this
    agency), 404 (an alarm), 409 (the key is another's), 422.
    """
    actor.require(permission)
    known = _opened_before(actor, form.key)
    if known is not None:
        return known
    try:
        with action("incident.open", actor=actor) as act:
            return _open(act, actor, form, permission)
    except IntegrityError:  # the same form, sent twice at the same moment
        known = _opened_before(actor, form.key)
        if known is None:
            raise
        return known


def _opened_before(actor: Actor, key: UUID) -> Incident | None:
    known = Incident.objects.select_related("kind").filter(key=key).first()
    if known is not None and known.opened_by_id != actor.id:
        raise conflict("key_used", "This form was sent by somebody else. Begin it anew.",
                       "यह फ़ॉर्म किसी और ने भेजा था। नया फ़ॉर्म शुरू करें।")  # fmt: skip
    return known


def _open(act: Action, actor: Actor, form: IncidentIn, permission: str) -> Incident:
    at = now_ms()
    first = linked.facts(actor, form.alarms)
    writing.not_to_come("happened_ms", form.happened_ms)
    kind = writing.kind(form.kind or first.kind or "other") if form.kind or form.alarms else None
    if kind is None:
        raise invalid(kind=required())
    lat, lon = (form.lat, form.lon) if form.lat is not None or form.lon is not None else (first.lat, first.lon)
    references.position(lat, lon)
    path = _jurisdiction(actor, form, first.jurisdiction, lat, lon)
    lead = _lead(actor, form, first.agency)
    actor.require_in(permission, path, lead)
    others = [writing.agency(code, "agencies").code for code in dict.fromkeys(form.agencies) if code != lead]
    severity = form.severity or first.severity or kind.severity
    made = Incident(
        key=form.key, number=numbers.take(at), kind=kind, severity=severity, rank=RANKS[severity],
        title=form.title or first.title, description=form.description, lat=lat, lon=lon, address=form.address,
        jurisdiction_path=path, agency_code=lead,
        channel=form.channel or (Channel.ALARM if form.alarms else Channel.OTHER), reporter_name=form.reporter_name,
        reporter_phone=form.reporter_phone, happened_ms=form.happened_ms or first.at_ms or at, opened_ms=at,
        opened_by_id=actor.id, opened_by_name=actor.called, edited_ms=at,
    )  # fmt: skip
    writing.index(made)
    made.save(force_insert=True)
    for code in (lead, *others):
        part = Part.LEAD if code == lead else Part.SUPPORT
        IncidentAgency.objects.create(incident=made, agency_code=code, jurisdiction_path=path, part=part, since_ms=at)
    clocks.start(made, at)
    writing.about(act, made)
    timeline.write(act, made, "opened", _said(made), text=made.description, at_ms=at)
    if form.alarms:
        linked.take(act, actor, made, form.alarms)
    if form.take:
        flow.take(act, actor, made, at)
    made.save()
    hooks.was_opened(actor, made)
    telling.changed(act, made, "opened")
    return made


def _said(made: Incident) -> dict[str, str]:
    severity, channel = words.SEVERITY[made.severity], words.CHANNEL[made.channel]
    return text(
        f"Opened: {made.kind.name_en}, severity {severity['en'].lower()}. Known by: {channel['en'].lower()}.",
        f"दर्ज की गई: {made.kind.name_hi}, गंभीरता {severity['hi']}। सूचना का माध्यम: {channel['hi']}।",
    )


def _lead(actor: Actor, form: IncidentIn, of_alarm: str) -> str:
    """Who leads: as the form says, else as the alarm's, else the opener's own agency."""
    code = form.agency or of_alarm
    if not code and actor.id is not None:
        code = User.objects.filter(id=actor.id).values_list("agency_id", flat=True).first() or ""
    if not code:
        raise invalid(agency=text("Say which agency leads.", "बताएँ कि नेतृत्व किस एजेंसी का है।"))
    return writing.agency(code).code


def _jurisdiction(actor: Actor, form: IncidentIn, of_alarm: str, lat: float | None, lon: float | None) -> str:
    """Whose area it lies in: as the form says, else as the alarm's, else where the nearest camera stands, else the
    opener's own."""
    if form.jurisdiction is not None:
        return references.jurisdiction(form.jurisdiction).path
    path = of_alarm or (nearest_path(lat, lon) if lat is not None and lon is not None else "")
    if not path and actor.id is not None:
        path = User.objects.filter(id=actor.id).values_list("jurisdiction__path", flat=True).first() or ""
    return path


def nearest_path(lat: float, lon: float) -> str:
    """Path of the jurisdiction in which the nearest camera stands; "" when none is near."""
    found: list[tuple[Any, ...]] = fetch(
        "SELECT jurisdiction_path, abs(lon - %s) + abs(lat - %s) FROM registry_camera WHERE retired_ms IS NULL"
        " ORDER BY point(lon, lat) <-> point(%s, %s) LIMIT 1",
        [lon, lat, lon, lat],
    )
    return str(found[0][0]) if found and found[0][1] <= FAR_DEG else ""
