"""Shapes of the audit API."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Field
from pydantic import StringConstraints

from prahari.desks.accounts.schemas import Listed, Person, Reason, TimeMs
from prahari.desks.common.schema import Schema

Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200, pattern=r"^[^\x00]*$")]


class AuditFilters(Schema):
    """subject: id of what was acted on. action: a code ("camera.edit"), or a group of them ("camera."). actor:
    somebody's id; "centre": the centre itself. q: part of the name of what was acted on. to_ms is not included."""

    subject: Text = ""
    actor: UUID | Literal["centre"] | None = None
    action: Text = ""
    from_ms: TimeMs | None = None
    to_ms: TimeMs | None = None
    q: Text = ""


class AuditExportIn(AuditFilters):
    reason: Annotated[Reason, Field(min_length=3)]


class AuditOut(Schema):
    id: str
    sequence: int
    at_ms: int
    actor: Person
    action: str
    object_type: str
    object_id: str
    object_name: str
    reason: str
    details: dict[str, Any]
    ip: str | None


class AuditsOut(Listed):
    """total: counted up to 10,001, which then means "more than 10,000"."""

    items: list[AuditOut]


class AuditPlace(Schema):
    """The entry's place in the chain: position from 1, link (SHA-256 in hex), local day whose file holds it."""

    position: int
    link: str
    day: str


class AuditEntryOut(AuditOut):
    """place: None while it waits to be chained, normally for less than a few seconds."""

    jurisdiction: str
    agency: str
    place: AuditPlace | None


class AuditActor(Schema):
    id: str
    name: str
    username: str


class AuditActorsOut(Schema):
    items: list[AuditActor]


class AuditChainOut(Schema):
    """`waiting` entries are committed and not chained yet; normally none waits for more than a few seconds."""

    position: int
    link: str
    waiting: int
    oldest_waiting_ms: int | None
    now_ms: int
