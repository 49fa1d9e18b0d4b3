"""What the registry's endpoints take and answer. Answers are written by PostgreSQL or orjson: these types describe them
for OpenAPI (the console's client is generated from it), tests hold the two together."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Field
from pydantic import ConfigDict, StringConstraints

from prahari.desks.common.errors import Bilingual
from prahari.desks.common.schema import Schema

Status = Literal["live", "stalled", "offline", "no_consent", "unknown"]
KindName = Literal["fixed", "ptz", "anpr", "red_light", "speed", "classification", "analogue_dvr"]
PlacementName = Literal["entry", "exit", "road_side", "public_area", "other"]
RecordModeName = Literal["continuous", "none", "on_event", "schedule"]
Stretch = tuple[
    Annotated[int, Field(ge=0, le=6)], Annotated[int, Field(ge=0, le=1439)], Annotated[int, Field(ge=0, le=1440)]
]
Short = Annotated[str, StringConstraints(strip_whitespace=True, max_length=120, pattern=r"^[^\x00]*$")]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\x00]*$")]
Long = Annotated[str, StringConstraints(strip_whitespace=True, max_length=400, pattern=r"^[^\x00]*$")]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=400, pattern=r"^[^\x00]*$")]
Code = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")]
Secret = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]*$")]
Url = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000, pattern=r"^[^\x00]*$")]
Latitude = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
Longitude = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]


class In(Schema):
    """Input: a field that does not exist is a mistake, not something to pass over."""

    model_config = ConfigDict(extra="forbid")


class BothNames(In):
    en: Name
    hi: Name


class Coded(Schema):
    code: str
    name: Bilingual


class Area(Schema):
    path: str
    name: Bilingual


class Named(Schema):
    id: UUID
    name: Bilingual


class CameraRow(Schema):
    id: UUID
    reg_id: str
    name: Bilingual
    status: Status
    reason: str
    status_since_ms: int | None
    proved_at_ms: int | None
    recorded: bool
    recording: bool
    watchers: int
    kind: KindName
    placement: PlacementName
    owner_class: Coded
    place_class: Coded | None
    department: Coded
    agency: Coded
    jurisdiction: Area
    ward: Area | None
    premises: Named
    site: Named | None
    lat: float
    lon: float
    bearing_deg: int | None
    fov_deg: int | None


class PageOf(Schema):
    """A list's frame; `items` is told by each list."""

    next: str | None
    total: int
    as_of_ms: int


class CameraPage(PageOf):
    items: list[CameraRow]


class MapCamera(Schema):
    id: UUID
    reg_id: str
    name: Bilingual
    lon: float
    lat: float
    status: Status
    recorded: bool
    kind: KindName
    bearing_deg: int | None
    fov_deg: int | None
    owner_class: str


class ByStatus(Schema):
    live: int
    stalled: int
    offline: int
    no_consent: int
    unknown: int


class Cluster(Schema):
    lon: float
    lat: float
    count: int
    by_status: ByStatus


class MapView(Schema):
    cameras: list[MapCamera]
    clusters: list[Cluster]
    as_of_ms: int


class Tally(ByStatus):
    linked: int
    recorded: int
    recording: int


class CodedTally(Tally):
    code: str
    name: Bilingual


class AreaTally(Tally):
    path: str
    name: Bilingual


class Counts(Tally):
    as_of_ms: int
    by_owner_class: list[CodedTally]
    by_department: list[CodedTally]
    by_police_station: list[AreaTally]


class PermitScope(Schema):
    live: bool
    record: bool
    hours: list[tuple[int, int]]
    on_request: bool
    public_view_only: bool


class PermitOut(Schema):
    basis: Literal["consent", "order"]
    basis_id: UUID
    title: str
    document: str
    from_ms: int
    to_ms: int | None
    scope: PermitScope
    state: Literal["stands", "not_yet", "ended", "withdrawn", "revoked", "not_public_view"]
    reason: str


class Video(Schema):
    codec: str = ""
    width: int = 0
    height: int = 0
    fps: float = 0
    kbit_s: float = 0


class CameraDetail(CameraRow):
    detail: str
    video: Video | None
    make: str
    model: str
    serial_number: str
    firmware_hash: str
    certificate_number: str
    onvif_profiles: str
    link_type: str
    ip_based: bool
    audio: bool
    cost_borne_by: str
    local_retention_days: int | None
    nodal_officer: str | None
    source_list: str
    source_row: int | None
    retention_days: int
    retention_class: str | None
    url: str
    sub_url: str
    has_credentials: bool
    transport: Literal["tcp", "udp"]
    record_mode: RecordModeName
    record_schedule: list[Stretch]
    pre_roll_s: int | None
    post_roll_s: int | None
    probe_period_s: int
    permit: PermitOut | None
    public: bool
    retired_ms: int | None
    nearby: list[CameraRow]
    created_ms: int
    edited_ms: int


class CameraFields(In):
    """Everything of a camera that people enter; leave out what is not known."""

    site: UUID | None = None
    owner_class: Code | None = Field(None, description="Left out: as its premises")
    place_class: Code | None = None
    department: Code | None = Field(None, description="Left out: as its premises")
    jurisdiction: Short | None = Field(None, description="Path; left out: as its premises")
    ward: Short | None = None
    bearing_deg: int | None = Field(None, ge=0, le=359)
    fov_deg: int | None = Field(None, ge=1, le=360)
    url: Url = ""
    sub_url: Url = ""
    username: Secret | None = None
    password: Secret | None = None
    transport: Literal["tcp", "udp"] = "tcp"
    record_mode: RecordModeName | None = Field(None, description="Left out: as the rule for its class says")
    record_schedule: Annotated[list[Stretch], Field(max_length=50)] = Field(
        default_factory=list,
        description="[weekday 0 = Monday, from minute, to minute] of local time; an end at or "
        "before the start lies on the next day",
    )
    pre_roll_s: int | None = Field(None, ge=0, le=60, description="Before an event; left out: the rule's")
    post_roll_s: int | None = Field(None, ge=1, le=600, description="After an event; left out: the rule's")
    probe_period_s: int = Field(300, ge=30, le=86_400)
    retention_class: Code | None = None
    local_retention_days: int | None = Field(None, ge=0, le=3650)
    ip_based: bool = True
    make: Short = ""
    model: Short = ""
    serial_number: Short = ""
    firmware_hash: Annotated[Short, StringConstraints(max_length=128)] = ""
    certificate_number: Short = ""
    onvif_profiles: Annotated[Short, StringConstraints(max_length=60)] = ""
    link_type: Literal["", "fibre", "broadband", "mobile", "radio", "local"] = ""
    cost_borne_by: Literal["", "owner", "department", "scheme"] = ""
    audio: bool = False
    source_list: Short = ""
    source_row: int | None = Field(None, ge=0, le=2_000_000_000)


class CameraIn(CameraFields):
    reg_id: Annotated[Short, StringConstraints(max_length=60)] | None = Field(
        None, description="Left out: numbered here"
    )
    name: BothNames
    premises: UUID
    placement: PlacementName
    kind: KindName
    lat: Latitude
    lon: Longitude
    order_id: UUID | None = Field(None, description="For a camera of a public owner: the order that names it")
    reason: Long = ""


class CameraEdit(CameraFields):
    """Only what is sent is changed. `username` and `password` together; both "" remove them."""

    name: BothNames | None = None
    premises: UUID | None = None
    placement: PlacementName | None = None
    kind: KindName | None = None
    lat: Latitude | None = None
    lon: Longitude | None = None
    reason: Reason
    edited_ms: int | None = Field(None, description="As read; when given and no longer so, the answer is 409")


class Why(In):
    reason: Reason


class Change(Schema):
    field: str
    before: Any = None
    after: Any = None


class Who(Schema):
    id: str | None
    name: str


class HistoryItem(Schema):
    at_ms: int
    who: Who
    action: str
    why: str
    changes: list[Change]


class History(Schema):
    items: list[HistoryItem]


class StatusChange(Schema):
    at_ms: int
    status: Status
    reason: str
    detail: str


class StatusHistory(Schema):
    items: list[StatusChange]


class ContactIn(In):
    name: Short
    role: Short = ""
    mobile: Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^(\+?[0-9][0-9 -]{5,18})?$")] = ""


class ContactOut(Schema):
    id: UUID
    name: str
    role: str
    mobile: str


class Coverage(Schema):
    entry: bool
    exit: bool
    road_side: bool
    public_area: bool


class PremisesFields(In):
    code: Annotated[Short, StringConstraints(max_length=60)] | None = None
    address: Bilingual | None = None
    place_class: Code | None = None
    ward: Short | None = None
    lat: Latitude | None = None
    lon: Longitude | None = None
    contacts: Annotated[list[ContactIn], Field(max_length=20)] | None = None
    testimonial: bool = False
    source_list: Short = ""
    source_row: int | None = Field(None, ge=0, le=2_000_000_000)


class PremisesIn(PremisesFields):
    name: BothNames
    owner_class: Code
    department: Code
    jurisdiction: Short
    reason: Long = ""


class PremisesEdit(PremisesFields):
    name: BothNames | None = None
    owner_class: Code | None = None
    department: Code | None = None
    jurisdiction: Short | None = None
    reason: Reason
    edited_ms: int | None = None


class PremisesRow(Schema):
    id: UUID
    code: str | None
    name: Bilingual
    address: Bilingual
    owner_class: Coded
    place_class: Coded | None
    department: Coded
    agency: str
    jurisdiction: Area
    ward: Area | None
    lat: float | None
    lon: float | None
    cameras: int
    coverage: Coverage
    edited_ms: int


class PremisesPage(PageOf):
    items: list[PremisesRow]


class PremisesDetail(PremisesRow):
    contacts: list[ContactOut]
    testimonial: bool
    source_list: str
    source_row: int | None
    created_ms: int


class SiteFields(In):
    project: Short = ""
    planned_cameras: int = Field(0, ge=0, le=100_000)
    lat: Latitude | None = None
    lon: Longitude | None = None


class SiteIn(SiteFields):
    name: BothNames
    agency: Code
    jurisdiction: Short
    reason: Long = ""


class SiteEdit(SiteFields):
    name: BothNames | None = None
    jurisdiction: Short | None = None
    reason: Reason


class SiteRow(Schema):
    id: UUID
    name: Bilingual
    agency: str
    jurisdiction: Area
    project: str
    planned_cameras: int
    cameras: int
    lat: float | None
    lon: float | None
    edited_ms: int


class SitePage(PageOf):
    items: list[SiteRow]


class LookupRow(Schema):
    code: str
    name: Bilingual
    sort: int
    active: bool


class OwnerClassRow(LookupRow):
    public: bool


class PlaceClassRow(LookupRow):
    retention_class: str | None
    retention_days: int | None


class DepartmentRow(LookupRow):
    agency: str


class RetentionRow(LookupRow):
    policy: str
    days: int
    valid_from: dt.date
    source: str


class LookupIn(In):
    code: Code
    name: BothNames
    sort: int = Field(0, ge=0, le=100_000)
    active: bool = True
    reason: Long = ""


class LookupEdit(In):
    name: BothNames | None = None
    sort: int | None = Field(None, ge=0, le=100_000)
    active: bool | None = None
    reason: Reason


class OwnerClassIn(LookupIn):
    public: bool


class OwnerClassEdit(LookupEdit):
    public: bool | None = None


class PlaceClassIn(LookupIn):
    retention_class: Code | None = None


class PlaceClassEdit(LookupEdit):
    retention_class: Code | None = None


class DepartmentIn(LookupIn):
    agency: Code


class DepartmentEdit(LookupEdit):
    agency: Code | None = None


class Place(Area):
    level: str
    lon: float | None
    lat: float | None


class FoundTotals(Schema):
    cameras: int
    premises: int
    places: int


class Found(Schema):
    """totals: in all, counted up to `totals_most`. similar: no camera has these words, these are only like them."""

    cameras: list[CameraRow]
    premises: list[PremisesRow]
    places: list[Place]
    totals: FoundTotals
    totals_most: int
    similar: bool
