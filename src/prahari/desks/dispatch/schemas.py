"""What the dispatch desk's endpoints take and answer."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Field
from pydantic import StringConstraints

from prahari.desks.common.errors import Bilingual
from prahari.desks.common.schema import Schema
from prahari.desks.incidents.schemas import Address, Moment, Phone, SeverityName, Version
from prahari.desks.registry.schemas import Area, Code, Coded, In, Latitude, Longitude, PageOf, Reason, Short

UnitKindName = Literal["patrol_car", "motorcycle", "ambulance", "fire_tender", "quick_response", "foot"]
UnitStatus = Literal["off_duty", "available", "assigned", "en_route", "at_scene", "busy", "out_of_service"]
SaidStatus = Literal["available", "busy", "out_of_service", "off_duty"]
ProgressName = Literal[
    "offered", "acknowledged", "en_route", "arrived", "cleared", "refused", "withdrawn", "cancelled"
]  # fmt: skip
StepName = Literal["acknowledged", "en_route", "arrived", "cleared"]
DeedName = Literal["acknowledge", "refuse", "en_route", "arrive", "clear", "status", "message", "read"]
CallSign = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40, pattern=r"^[^\x00]*$")]
TrackerName = Annotated[str, StringConstraints(strip_whitespace=True, max_length=100, pattern=r"^[^\x00]*$")]
Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000, pattern=r"^[^\x00]*$")]
Said = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000, pattern=r"^[^\x00]*$")]

# Units


class UnitFilters(Schema):
    """Several values of one filter are joined by commas."""

    q: Short = Field("", description="Part of a call sign or of a telephone number")
    status: Address = ""
    kind: Address = ""
    agency: Address = ""
    area: Address = Field("", description="Path; everything below it too")


class UnitFields(In):
    call_sign: CallSign
    kind: UnitKindName
    skills: list[Code] = Field(default_factory=list, max_length=30)
    capacity: int = Field(2, ge=1, le=100)
    phone: Phone = ""
    tracker_source: UUID | None = Field(None, description="The source of events that tells where it is")
    tracker: TrackerName = Field("", description="The name by which that source knows it")
    reason: Reason


class UnitIn(UnitFields):
    agency: Code
    jurisdiction: Address


class UnitEdit(UnitFields):
    version: Version
    jurisdiction: Address


class UnitVersioned(In):
    version: Version = Field(..., description="The state that the writer saw")


class UnitRetire(UnitVersioned):
    reason: Reason


class UnitStatusIn(UnitVersioned):
    status: SaidStatus
    note: Address = Field("", description="Needed when it is out of service")


class PositionOut(Schema):
    at_ms: int
    lat: float
    lon: float
    accuracy_m: float | None
    speed_kmh: float | None
    heading_deg: float | None
    battery_pct: float | None


class CrewOut(Schema):
    id: UUID
    name: str
    since_ms: int
    tells_position: bool


class SentTo(Schema):
    """An incident as its units know it; the one that lives, when it became part of another."""

    id: UUID
    number: str
    kind: Coded
    severity: SeverityName
    title: str
    address: str
    lat: float | None
    lon: float | None


class AssignmentBrief(Schema):
    id: UUID
    state: ProgressName
    offered_ms: int
    told: int = Field(..., description="How often it was told again because nobody answered")
    version: int
    incident: SentTo


class UnitRow(Schema):
    id: UUID
    call_sign: str
    kind: UnitKindName
    agency: Coded
    jurisdiction: Area
    skills: list[str]
    capacity: int
    phone: str
    tracker_source: UUID | None
    tracker: str
    status: UnitStatus
    status_ms: int
    status_note: str
    status_by: str
    crew: list[CrewOut]
    position: PositionOut | None
    active: list[AssignmentBrief]
    unread: int = Field(..., description="Messages from it that no dispatcher has read")
    version: int


class UnitPage(PageOf):
    items: list[UnitRow]
    fresh_s: int = Field(..., description="A position that is older is uncertain")


class UnitBrief(Schema):
    id: UUID
    call_sign: str
    kind: UnitKindName
    agency: Coded


class AssignmentRow(AssignmentBrief):
    unit: UnitBrief
    note: str
    why: str = Field(..., description="Why it was sent although it was not free")
    reason: str = Field(..., description="Why it was refused, withdrawn or cancelled; what a crew wrote when clear")
    eta_s: int | None
    offered_by: str
    acknowledged_ms: int | None
    en_route_ms: int | None
    arrived_ms: int | None
    ended_ms: int | None


class AssignmentList(Schema):
    items: list[AssignmentRow]
    now_ms: int


class UnitMay(Schema):
    work: bool
    manage: bool


class UnitDetail(UnitRow):
    lately: list[AssignmentRow]
    may: UnitMay


class UnitTrack(Schema):
    points: list[tuple[int, float, float]] = Field(..., description="[at_ms, lat, lon], oldest first")


class UnitTracker(Schema):
    id: UUID
    name: str


class UnitTrackers(Schema):
    items: list[UnitTracker]


class UnitSkill(Coded):
    pass


class UnitSkills(Schema):
    items: list[UnitSkill]


# Sending


class AssignmentIn(In):
    """`key` makes a second try harmless. `anyway`: why it is sent although it is not free."""

    key: UUID
    unit: UUID
    version: Version = Field(..., description="Of the unit, as the dispatcher saw it")
    note: Words = ""
    anyway: Address = ""


class AssignmentStep(In):
    """What a crew has told by radio. `version`: of the assignment."""

    version: Version
    state: StepName
    at_ms: Moment | None = None
    note: Words = ""


class AssignmentWithdraw(In):
    version: Version
    reason: Reason


class Suggestion(Schema):
    unit: UnitRow
    distance_m: int | None
    eta_s: int | None
    age_s: int | None = Field(..., description="How old its position is")
    certain: bool = Field(..., description="Its position is fresh")
    skilled: bool = Field(..., description="Has the skill that is wished for")
    free: bool = Field(..., description="Sending it needs no reason")


class UnitWish(Schema):
    kinds: list[UnitKindName]
    skill: str


class Suggestions(Schema):
    items: list[Suggestion]
    wish: UnitWish
    fresh_s: int
    now_ms: int


class WaitingIncident(Schema):
    incident: SentTo
    state: Literal["open", "in_hand", "resolved", "closed"]
    agencies: list[str]
    opened_ms: int
    next_due_ms: int | None
    assignments: list[AssignmentRow]


class DispatchBoard(Schema):
    """Incidents that are not resolved, those without a unit first."""

    items: list[WaitingIncident]
    more: int = Field(..., description="How many more there are")
    acknowledge_s: int
    now_ms: int


# Messages


class UnitMessageIn(In):
    key: UUID
    text: Said


class UnitMessageRead(In):
    up_to_ms: Moment = Field(..., description="All that came until then")


class UnitMessageOut(Schema):
    id: UUID
    from_unit: bool
    said: Bilingual | None = Field(..., description="Of the centre itself")
    text: str
    by: str
    at_ms: int
    came_ms: int
    read_ms: int | None


class UnitMessages(PageOf):
    items: list[UnitMessageOut]


# The crew's telephone


class CrewUnit(Schema):
    id: UUID
    call_sign: str
    kind: UnitKindName
    status: UnitStatus
    status_note: str
    crew: list[CrewOut]
    version: int


class CrewAssignment(AssignmentRow):
    description: str
    reporter_name: str
    reporter_phone: str


class CrewDay(Schema):
    """All that the crew's page shows, also without a network. `units`: those whose crew one may join, when on none."""

    unit: CrewUnit | None
    agreed: bool
    units: list[CrewUnit]
    assignments: list[CrewAssignment]
    ended: list[AssignmentRow]
    messages: list[UnitMessageOut]
    acknowledge_s: int
    position_every_s: int
    position_idle_s: int
    now_ms: int


class SignOn(In):
    unit: UUID


class AgreeIn(In):
    agreed: bool


class CrewDeedIn(In):
    """`id`: made on the telephone. What is needed beside it depends on the deed: an assignment for those about one, a
    reason for a refusal, a status, a text, `up_to_ms` for what was read."""

    id: UUID
    deed: DeedName
    unit: UUID
    made_at_ms: Moment
    assignment: UUID | None = None
    status: SaidStatus | None = None
    text: Words = ""
    up_to_ms: Moment | None = None


class CrewSync(In):
    """Each deed is checked and answered for itself."""

    sent_at_ms: Moment
    deeds: list[dict[str, Any]] = Field(..., max_length=200)


class DeedResult(Schema):
    id: str
    status: Literal["done", "refused", "later"]
    code: str
    message: Bilingual | None


class CrewSyncOut(Schema):
    results: list[DeedResult]
    received_ms: int


class PositionIn(In):
    id: UUID
    at_ms: Moment
    lat: Latitude
    lon: Longitude
    accuracy_m: float | None = Field(None, ge=0, le=100_000, allow_inf_nan=False)
    speed_kmh: float | None = Field(None, ge=0, le=500, allow_inf_nan=False)
    heading_deg: float | None = Field(None, ge=0, le=360, allow_inf_nan=False)
    battery_pct: float | None = Field(None, ge=0, le=100, allow_inf_nan=False)


class PositionBatch(In):
    sent_at_ms: Moment
    positions: list[dict[str, Any]] = Field(..., max_length=500)


class PositionRefused(Schema):
    id: str
    code: str
    message: Bilingual


class PositionsTaken(Schema):
    taken: int
    refused: list[PositionRefused]


# Hot spots


class HotCell(Schema):
    """`box`: west, south, east, north. `camera_m`: metres to the nearest working camera, when there is one near."""

    id: str
    box: tuple[float, float, float, float]
    lat: float
    lon: float
    count: int
    weight: float = Field(..., description="The count, older incidents weighing less")
    dark: bool
    camera_m: int | None


class HotPatrol(Schema):
    """Be in `cell` from `hour` (of the day) on for `hours`; `days` (0 is Monday): those on which it happened then."""

    cell: str
    lat: float
    lon: float
    hour: int
    hours: int
    days: list[int]
    count: int
    of: int
    dark: bool


class HotSpots(Schema):
    """Counts only. None: too small to be told to this reader; cells with fewer than `least` are left out."""

    cells: list[HotCell]
    hours: list[int | None] = Field(..., description="168 hours of the week, from Monday midnight")
    patrols: list[HotPatrol]
    total: int | None
    kinds: list[Coded]
    days: int
    cell_m: int
    dark_m: int
    least: int
    as_of_ms: int
