"""What the incidents desk's endpoints take and answer."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Field
from pydantic import StringConstraints

from prahari.desks.alarms.schemas import AlarmRow
from prahari.desks.common.errors import Bilingual
from prahari.desks.common.schema import Schema
from prahari.desks.files.schemas import FileOut
from prahari.desks.registry.schemas import (
    Area,
    BothNames,
    CameraRow,
    Code,
    Coded,
    In,
    Latitude,
    Longitude,
    PageOf,
    Reason,
    Short,
)

SeverityName = Literal["low", "medium", "high", "critical"]
StateName = Literal["open", "in_hand", "resolved", "closed"]
ClockName = Literal["in_hand", "arrive", "resolve"]
ClockState = Literal["running", "warning", "missed", "kept", "late", "stopped"]
ChannelName = Literal["alarm", "call", "call_box", "citizen", "camera", "patrol", "agency", "other"]
OutcomeName = Literal["handled", "nothing_found", "false_call", "test", "handed_on"]
HandoverStateName = Literal["offered", "accepted", "refused", "withdrawn"]
PartName = Literal["lead", "support", "asked"]

Title = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200, pattern=r"^[^\x00]*$")]
Address = Annotated[str, StringConstraints(strip_whitespace=True, max_length=400, pattern=r"^[^\x00]*$")]
Telling = Annotated[str, StringConstraints(strip_whitespace=True, max_length=8000, pattern=r"^[^\x00]*$")]
Note = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=8000, pattern=r"^[^\x00]*$")]
HandoverNote = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=3, max_length=1000, pattern=r"^[^\x00]*$")
]
Phone = Annotated[str, StringConstraints(strip_whitespace=True, max_length=40, pattern=r"^[0-9+() .\-]*$")]
Moment = Annotated[int, Field(ge=0, le=4_102_444_800_000)]
Version = Annotated[int, Field(ge=1, le=2_000_000_000)]
LimitS = Annotated[int, Field(ge=5, le=2_592_000)]

# Kinds


class SeverityLimits(In):
    """Seconds; None: no such clock."""

    in_hand: LimitS | None = None
    arrive: LimitS | None = None
    resolve: LimitS | None = None


class KindLimits(In):
    low: SeverityLimits
    medium: SeverityLimits
    high: SeverityLimits
    critical: SeverityLimits


class KindIn(In):
    name: BothNames
    severity: SeverityName
    procedure: Code | None = Field(None, description="Code of the procedure that begins with it")
    sort: int = Field(0, ge=0, le=10_000)
    active: bool = True
    edited_ms: int = Field(0, description="As it was read; 0 for a new one")
    reason: Reason


class KindClocksIn(In):
    valid_from: dt.date
    limits: KindLimits
    source: Reason


class KindOut(Coded):
    severity: SeverityName
    procedure: str
    sort: int
    active: bool
    edited_ms: int
    limits: KindLimits
    valid_from: dt.date | None
    source: str


class KindsOut(Schema):
    items: list[KindOut]


# One incident


class PlaceIn(In):
    lat: Latitude | None = None
    lon: Longitude | None = None
    address: Address = ""
    jurisdiction: Short | None = Field(None, description="Path; left out: where the nearest camera stands, else yours")


class IncidentIn(PlaceIn):
    """Opens one. From alarms everything left out is taken from the first of them. `key` makes a second try harmless."""

    key: UUID
    kind: Code | None = None
    severity: SeverityName | None = Field(None, description="Left out: as its kind or alarm says")
    title: Title = ""
    description: Telling = ""
    agency: Code | None = Field(None, description="Who leads; left out: your agency")
    agencies: list[Code] = Field(default_factory=list, max_length=20, description="Who else takes part")
    channel: ChannelName | None = None
    reporter_name: Title = ""
    reporter_phone: Phone = ""
    happened_ms: Moment | None = None
    alarms: list[UUID] = Field(default_factory=list, max_length=200)
    take: bool = Field(False, description="Take it in hand at once")


class Versioned(In):
    version: Version = Field(..., description="The state that the writer saw")


class WithReason(Versioned):
    reason: Reason


class IncidentEdit(Versioned):
    """What is left out stays."""

    kind: Code | None = None
    severity: SeverityName | None = None
    title: Title | None = None
    description: Telling | None = None
    lat: Latitude | None = None
    lon: Longitude | None = None
    address: Address | None = None
    jurisdiction: Short | None = None
    channel: ChannelName | None = None
    reporter_name: Title | None = None
    reporter_phone: Phone | None = None
    happened_ms: Moment | None = None
    reason: Address = Field("", description="Needed when kind, severity or jurisdiction change")


class NoteIn(In):
    """Adds to the time line; changes nothing, so it needs no version. The same key is one note."""

    key: UUID
    text: Note
    happened_ms: Moment | None = None
    files: list[UUID] = Field(default_factory=list, max_length=20)


class ArrivedIn(Versioned):
    happened_ms: Moment | None = None
    note: Address = ""


class ResolveIn(Versioned):
    outcome: OutcomeName = "handled"
    note: Note


class CloseIn(Versioned):
    outcome: OutcomeName | None = Field(None, description="Left out: as it was resolved")
    lessons: Telling = ""
    reason: Address = Field("", description="Needed when it was not resolved, or required steps are open")


class AlarmsIn(Versioned):
    alarms: list[UUID] = Field(..., min_length=1, max_length=200)


class IncidentAgencyIn(Versioned):
    agency: Code
    note: Address = ""


class HandoverIn(Versioned):
    to_agency: Code
    note: HandoverNote


class HandoverAnswer(Versioned):
    accept: bool
    note: Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000, pattern=r"^[^\x00]*$")] = ""


class PersonIn(Versioned):
    person: UUID
    in_charge: bool = False


class MergeIn(WithReason):
    into: UUID
    into_version: Version


class SplitIn(WithReason):
    """What of it begins an incident of its own. `key` as in IncidentIn."""

    key: UUID
    kind: Code
    severity: SeverityName
    title: Title
    alarms: list[UUID] = Field(default_factory=list, max_length=200)
    notes: list[UUID] = Field(default_factory=list, max_length=200, description="Entries of the time line")


class PersonOut(Schema):
    id: UUID
    name: str
    agency: Coded | None


class AtWork(PersonOut):
    in_charge: bool
    since_ms: int


class ClockOut(Schema):
    clock: ClockName
    round: int
    starts_ms: int
    warn_ms: int
    due_ms: int
    met_ms: int | None
    stopped_ms: int | None
    state: ClockState


class IncidentRow(Schema):
    id: UUID
    number: str
    kind: Coded
    severity: SeverityName
    state: StateName
    title: str
    lat: float | None
    lon: float | None
    address: str
    jurisdiction: Area
    agency: Coded
    agencies: list[str]
    in_charge: str | None
    happened_ms: int
    opened_ms: int
    closed_ms: int | None
    reopened: int
    clocks: list[ClockOut]
    handover_to: str | None = Field(..., description="Code of the agency that was asked to take over")
    merged_into: UUID | None
    version: int


class IncidentPage(PageOf):
    items: list[IncidentRow]


class IncidentCounts(Schema):
    """Of what the filters leave, in the reader's scope."""

    by_state: dict[str, int]
    by_severity: dict[str, int]
    by_kind: dict[str, int]
    late: int
    mine: int
    as_of_ms: int


class IncidentPoint(Schema):
    id: UUID
    number: str
    title: str
    kind: str
    severity: SeverityName
    state: StateName
    lat: float
    lon: float
    late: bool


class IncidentMap(Schema):
    items: list[IncidentPoint]


class AgencyPart(Coded):
    part: PartName
    since_ms: int


class HandoverOut(Schema):
    id: UUID
    from_agency: Coded
    to_agency: Coded
    state: HandoverStateName
    note: str
    answer: str
    offered_by: str
    offered_ms: int
    answered_by: str
    answered_ms: int | None


class OtherIncident(Schema):
    id: UUID
    number: str
    title: str
    state: StateName
    merge: UUID | None = Field(None, description="The merge that may be undone")


class IncidentMay(Schema):
    """What the reader may do with it now."""

    work: bool
    lead: bool
    supervise: bool
    answer_handover: bool


class IncidentDetail(IncidentRow):
    description: str
    channel: ChannelName
    reporter_name: str
    reporter_phone: str = Field(..., description="Shown to those who work on it")
    in_hand_ms: int | None
    arrived_ms: int | None
    resolved_ms: int | None
    outcome: str
    lessons: str
    procedure: str = Field(..., description="Code of its kind's procedure")
    opened_by: str
    parts: list[AgencyPart]
    handovers: list[HandoverOut]
    people: list[AtWork]
    alarms: list[AlarmRow]
    files: list[FileOut]
    merged: list[OtherIncident]
    merged_into_number: str | None
    split_off: list[OtherIncident]
    split_from: OtherIncident | None
    open_items: list[Bilingual] = Field(..., description="What is unfinished, told before it is closed")
    before_s: int
    may: IncidentMay
    now_ms: int


class PerhapsGone(Schema):
    """None: the reader sees it no more."""

    incident: IncidentDetail | None


class EntryOut(Schema):
    id: UUID
    kind: str
    said: Bilingual
    text: str
    data: dict[str, Any]
    files: list[FileOut]
    happened_ms: int
    entered_ms: int
    by: str
    number: str | None = Field(..., description="Of the incident that became part of this one, if it is its entry")


class EntryPage(PageOf):
    items: list[EntryOut]


class NearCamera(CameraRow):
    distance_m: int


class NearCameras(Schema):
    items: list[NearCamera]
    within_m: int


class WorkersOut(Schema):
    items: list[PersonOut]
