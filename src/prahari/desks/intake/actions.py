"""Entering and changing sources of events. What is in force reaches the intake process after the commit."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import msgspec
from django.conf import settings

from prahari.contracts.events import Event, now_ms
from prahari.contracts.happenings import INTAKE_SOURCE, HappeningData, credentials_context
from prahari.contracts.sealing import seal
from prahari.core.ids import uuid7
from prahari.desks.accounts.models import Agency, Jurisdiction
from prahari.desks.common.action import Action, action
from prahari.desks.common.actor import ROOT, Actor, system
from prahari.desks.common.changed import Changed
from prahari.desks.common.errors import conflict, invalid, text
from prahari.desks.intake import publishing, schemas, selectors
from prahari.desks.intake.choices import OF_KIND, POSITION, Kind
from prahari.desks.intake.models import EventSource

MANAGE = selectors.MANAGE
ASKED = frozenset({Kind.ERSS, Kind.CAP})


def create(*, actor: Actor, form: schemas.EventSourceIn, key: str = "") -> tuple[EventSource, str]:
    """A source and its key, which is told this once; `key`: instead of a made-up one. Raises Problem 403, 409, 422."""
    with action("intake.create", actor=actor, reason=form.reason) as act:
        actor.require_in(MANAGE, form.jurisdiction, form.agency)
        if form.jurisdiction != ROOT and not Jurisdiction.objects.filter(path=form.jurisdiction).exists():
            raise invalid(jurisdiction=text("There is no such place.", "ऐसा कोई क्षेत्र नहीं है।"))
        if form.agency and not Agency.objects.filter(code=form.agency, active=True).exists():
            raise invalid(agency=text("There is no such agency.", "ऐसी कोई एजेंसी नहीं है।"))
        at = now_ms()
        source = EventSource(
            kind=form.kind, jurisdiction_path=form.jurisdiction, agency_code=form.agency, created_ms=at, edited_ms=at
        )
        _fill(source, form)
        key = "" if source.kind in ASKED else _give_key(source, key)
        source.save(force_insert=True)
        _about(act, source)
        publishing.publish(source)
    return source, key


def edit(*, actor: Actor, source_id: UUID, form: schemas.EventSourceEdit) -> EventSource:
    """Raises Problem 403, 404, 409, 422."""
    with _writing("intake.edit", actor, source_id, form.version, form.reason) as (act, source):
        _fill(source, form)
        source.save()
        _about(act, source)
        publishing.publish(source)
    return source


def new_key(*, actor: Actor, source_id: UUID, form: schemas.EventSourceReason) -> tuple[EventSource, str]:
    """The old one opens nothing any more, within a second. Raises Problem 403, 404, 409."""
    with _writing("intake.key", actor, source_id, None, form.reason) as (act, source):
        if source.kind in ASKED:
            raise conflict(
                "asked", "This source is asked by us: it has no key.", "इस स्रोत से हम पूछते हैं: इसकी कुंजी नहीं होती।"
            )
        key = _give_key(source)
        source.save()
        _about(act, source)
        publishing.publish(source)
    return source, key


def switch(*, actor: Actor, source_id: UUID, form: schemas.EventSourceSwitch) -> EventSource:
    """Raises Problem 403, 404, 409."""
    with _writing("intake.switch", actor, source_id, form.version, form.reason) as (act, source):
        source.enabled = form.enabled
        source.save()
        _about(act, source)
        act.details(enabled=form.enabled)
        publishing.publish(source)
    return source


def name_unit(*, source_id: UUID, name: str, unit_id: UUID | None) -> None:
    """Which unit a tracker's name means from now on; None: none. For the dispatch desk, inside its own action, which
    has checked that the actor manages the unit."""
    with action("intake.name_unit", actor=system("dispatch")) as act:
        source = EventSource.objects.select_for_update().get(id=source_id)
        source.units = {known: one for known, one in source.units.items() if known != name}
        if unit_id is not None:
            source.units[name] = str(unit_id)
        source.version += 1
        source.edited_ms = now_ms()
        source.save()
        _about(act, source)
        act.details(name=name, unit=unit_id and str(unit_id))
        publishing.publish(source)


def test(*, actor: Actor, source_id: UUID) -> UUID:
    """An event of the source's first kind, marked as a test: to see it arrive and which rules it meets.

    Raises Problem 403, 404, 409."""
    with action("intake.test", actor=actor) as act:
        source = selectors.source(actor, source_id)
        if POSITION in source.kinds:
            raise conflict("positions", "A tracker is tested by moving a unit.", "ट्रैकर की जाँच इकाई के चलने से होती है।")
        event_id, at = uuid7(), now_ms()
        kind = source.kinds[0]
        data = HappeningData(
            kind=kind.rpartition(".")[2], source=str(source.id), external_id=f"test-{event_id}",
            text=f"Test / परीक्षण: {actor.called}", lat=source.lat, lon=source.lon, parameters={"test": True},
        )  # fmt: skip
        act.emit(
            INTAKE_SOURCE,
            Event(kind, source.name, at, msgspec.to_builtins(data), source.jurisdiction_path, source.agency_code,
                  id=str(event_id)),
        )  # fmt: skip
        _about(act, source)
        act.details(event=str(event_id))
    return event_id


@contextmanager
def _writing(
    name: str, actor: Actor, source_id: UUID, version: int | None, reason: str
) -> Iterator[tuple[Action, EventSource]]:
    """An action on the source, locked, as its writer saw it. Raises Problem 403, 404, 409 with the source as it is."""
    with action(name, actor=actor, reason=reason) as act:
        selectors.source(actor, source_id)
        source = EventSource.objects.select_for_update().get(id=source_id)
        if version is not None and source.version != version:
            raise Changed(selectors.shown([source])[0])
        source.version += 1
        source.edited_ms = now_ms()
        yield act, source


def _fill(source: EventSource, form: schemas.EventSourceBody) -> None:
    """Raises Problem 409, 422."""
    if EventSource.objects.filter(name=form.name).exclude(id=source.id).exists():
        raise invalid(name=text("Another source has this name.", "इस नाम का दूसरा स्रोत है।"))
    if (form.lat is None) != (form.lon is None):
        raise invalid(lat=text("Latitude and longitude belong together.", "अक्षांश और देशांतर दोनों दें।"))
    if source.kind in ASKED and not _is_address(form.url):
        raise invalid(url=text("The address to be asked, as https://...", "जिस पते से पूछना है, जैसे https://..."))
    kinds: list[Any] = OF_KIND.get(source.kind) or list(dict.fromkeys(form.kinds))
    if not kinds:
        raise invalid(kinds=text("Choose what it may hand in.", "चुनें कि यह क्या दे सकता है।"))
    source.name, source.kinds = form.name, kinds
    source.lat, source.lon = form.lat, form.lon
    source.late_s, source.per_minute, source.poll_s = form.late_s, form.per_minute, form.poll_s
    source.url = form.url if source.kind in ASKED else ""
    source.units = {name: str(unit_id) for name, unit_id in form.units.items()} if source.kind == Kind.TRACKER else {}
    if form.credentials:
        source.sealed_credentials = seal(
            form.credentials, settings.CONFIG.sealing_key(), credentials_context(str(source.id))
        )


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return (
            parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc and parts.port != 0
        )
    except ValueError:
        return False


def _give_key(source: EventSource, key: str = "") -> str:
    key = key or f"pk_{secrets.token_urlsafe(24)}"
    source.key_hash, source.key_hint = hashlib.sha256(key.encode()).hexdigest(), key[-4:]
    return key


def _about(act: Action, source: EventSource) -> None:
    act.about("event source", source.id, source.name, jurisdiction=source.jurisdiction_path, agency=source.agency_code)
