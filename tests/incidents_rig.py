"""Incidents for tests, opened as anybody opens them."""

from __future__ import annotations

import uuid
from typing import Any

from prahari.contracts.events import now_ms
from prahari.desks.accounts.models import User
from prahari.desks.common.actor import Actor
from prahari.desks.files.models import StoredFile
from prahari.desks.incidents import actions, merging
from prahari.desks.incidents.models import Incident, IncidentFile, Merge
from prahari.desks.incidents.schemas import IncidentIn, MergeIn
from scope import World

RIGHTS = ("incident.view", "incident.work", "incident.supervise", "alarm.view", "alarm.work", "camera.view")


def form(**more: Any) -> dict[str, Any]:
    fields = {
        "key": str(uuid.uuid4()), "kind": "medical", "title": "A man has fallen", "lat": 26.45, "lon": 80.33,
        "address": "Mall Road", "jurisdiction": World.HOME, "agency": World.AGENCY, "channel": "call",
    }  # fmt: skip
    return fields | more


def opened(world: World, actor: Actor | None = None, **more: Any) -> Incident:
    return actions.open_incident(actor=actor or world.system, form=IncidentIn(**form(**more)))


def worker(world: World, *rights: str, agency: str | None = World.AGENCY, at: str = World.HOME, name: str = "") -> User:
    """Somebody who works on incidents."""
    person = world.person(name, at=at, agency=agency)
    world.allow(person, *(rights or RIGHTS), at=at, agency=agency)
    return person


def merged(world: World) -> Merge:
    part, whole = opened(world), opened(world)
    merging.merge(
        actor=world.system, incident_id=part.id,
        form=MergeIn(into=whole.id, version=part.version, into_version=whole.version, reason="The same"),
    )  # fmt: skip
    return Merge.objects.get(merged=part)


def kept_file(incident: Incident, kind: str = "pdf") -> StoredFile:
    """A row without its bytes: for who may read it, not for reading."""
    media = {"pdf": "application/pdf", "image": "image/png"}[kind]
    file = StoredFile.objects.create(
        name=f"paper.{kind}", kind=kind, media_type=media, size_bytes=1, sha256="0" * 64, uploader_name="test",
        created_ms=now_ms(), attached_ms=now_ms(), jurisdiction_path=incident.jurisdiction_path,
        agency_code=incident.agency_code, permission="incident.view",
    )  # fmt: skip
    IncidentFile.objects.create(incident=incident, file=file, added_ms=now_ms())
    return file
