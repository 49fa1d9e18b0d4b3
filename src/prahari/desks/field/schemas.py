"""What the field endpoints take and answer. The visits of a batch are checked one by one, see syncing.py."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Field
from pydantic import StringConstraints

from prahari.desks.common.errors import Bilingual
from prahari.desks.common.schema import Schema
from prahari.desks.linking.schemas import Moment, PremisesScope, PremisesStep
from prahari.desks.registry.schemas import (
    Area,
    Code,
    Coded,
    In,
    KindName,
    Latitude,
    Long,
    Longitude,
    Name,
    PageOf,
    PlacementName,
    Reason,
    Short,
)

OutcomeName = Literal[
    "asked", "consented", "refused", "promised", "installed", "surveyed", "come_again", "closed", "not_found"
]
StateName = Literal["applied", "conflict", "dismissed"]
FileUse = Literal["photo", "form", "signature"]
Mobile = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^(\+?[0-9][0-9 -]{5,18})?$")]
Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=400, pattern=r"^[^\x00]*$")]


class FieldPlace(In):
    """Premises that are on no list. id: made on the phone, the same in every visit there."""

    id: UUID
    name: Name
    owner_class: Code
    address: Long = ""
    jurisdiction: Short = Field(description="Path of the police station")
    contact_name: Short = ""
    contact_mobile: Mobile = ""
    cameras: Annotated[int, Field(ge=0, le=10_000)] = 0


class FoundCamera(In):
    """A camera that the survey found. public_view: whether it looks only at where everybody may go, as was checked."""

    placement: PlacementName
    kind: KindName = "fixed"
    make: Short = ""
    recorder: Short = ""
    public_view: bool = False
    note: Short = ""


class VisitFile(In):
    """key: under which it was handed in (Idempotency-Key of POST /files)."""

    key: UUID
    use: FileUse


class VisitForm(In):
    """One visit as the phone made it. Either premises_id, with seen_ms (when the centre told the phone where they
    stood), or place. reason: of a refusal. given_by, scope: of a consent, with a signature or a photograph of the
    signed form. cameras: of a survey."""

    id: UUID
    premises_id: UUID | None = None
    place: FieldPlace | None = None
    seen_ms: Moment | None = None
    made_at_ms: Moment
    outcome: OutcomeName
    note: Note = ""
    met: Short = Field("", description="Who was met")
    reason: Short = ""
    promised_for: dt.date | None = None
    cost_borne_by: Literal["", "owner", "department", "scheme"] = ""
    come_again_on: dt.date | None = None
    given_by: Short = ""
    scope: PremisesScope | None = None
    cameras: Annotated[list[FoundCamera], Field(max_length=100)] = Field(default_factory=list)
    lat: Latitude | None = None
    lon: Longitude | None = None
    accuracy_m: Annotated[float, Field(ge=0, le=10_000_000, allow_inf_nan=False)] | None = None
    files: Annotated[list[VisitFile], Field(max_length=20)] = Field(default_factory=list)


class SyncIn(In):
    """visits: VisitForms. Each is checked, stored and answered for itself."""

    device_id: UUID
    sent_at_ms: Moment = Field(description="By the phone's clock, when it sent this")
    visits: Annotated[list[dict[str, Any]], Field(max_length=100)]


class SyncResult(Schema):
    """stored; already (was stored before); conflict (stored, waits for a person's decision); refused (not stored: mend
    it); later (not stored: try again). missing: files to hand in again first."""

    id: str
    status: Literal["stored", "already", "conflict", "refused", "later"]
    code: str = ""
    message: Bilingual | None = None
    fields: dict[str, Bilingual] | None = None
    missing: list[UUID] = Field(default_factory=list)


class SyncOut(Schema):
    results: list[SyncResult]
    received_ms: int


class DayContact(Schema):
    name: str
    role: str
    mobile: str


class DayEntry(Schema):
    step: str
    at_ms: int
    by: str
    note: str


class DayTask(Schema):
    title: Bilingual
    due_day: dt.date | None


class DayPremises(Schema):
    id: UUID
    name: Bilingual
    address: Bilingual
    owner_class: Coded
    public: bool
    jurisdiction: Area
    lat: float | None
    lon: float | None
    step: PremisesStep
    cameras: int
    times_asked: int
    promised_for: dt.date | None
    come_again_on: dt.date | None
    refusal: Coded | None
    contacts: list[DayContact]
    history: list[DayEntry]
    task: DayTask | None


class Day(Schema):
    """All that the phone needs until it has a network again. as_of_ms: what visits carry as seen_ms."""

    version: str
    as_of_ms: int
    day: dt.date
    premises: list[DayPremises]
    more: int = Field(description="Premises to visit that did not fit")
    refusal_reasons: list[Coded]
    owner_classes: list[Coded]
    stations: list[Area]


class VisitFileOut(Schema):
    id: UUID
    use: FileUse


class VisitPlace(Schema):
    id: UUID
    name: Bilingual


class VisitRow(Schema):
    id: UUID
    premises: VisitPlace
    by: str
    mine: bool
    outcome: OutcomeName
    state: StateName
    at_ms: int
    received_ms: int
    clock_skew_ms: int
    form: VisitForm
    files: list[VisitFileOut]
    conflict: Bilingual | None
    settled_by: str
    settled_ms: int | None
    settled_reason: str


class Visits(PageOf):
    items: list[VisitRow]


class Settle(In):
    decision: Literal["apply", "dismiss"]
    reason: Reason
