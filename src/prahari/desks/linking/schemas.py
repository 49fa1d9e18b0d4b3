"""What the linking endpoints take and answer."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Field
from pydantic import StringConstraints

from prahari.desks.common.errors import Bilingual
from prahari.desks.common.schema import Schema
from prahari.desks.registry.schemas import Area, Coded, In, Long, Name, PageOf, PermitOut, Secret, Short, Url, Why

Minute = Annotated[int, Field(ge=0, le=1440)]
Moment = Annotated[int, Field(ge=0, le=253_402_300_799_000)]


class ConsentScope(In):
    live: bool = True
    on_request: bool = Field(False, description="Live and recorded pictures only for a request with its purpose")
    record: bool = True
    public_view_only: bool = Field(False, description="Stands only while the camera looks at a public place")
    hours: Annotated[list[tuple[Minute, Minute]], Field(max_length=12)] = Field(
        default_factory=list, description="Daily windows [from, to) in minutes after local midnight; empty: always"
    )


class ConsentIn(In):
    given_by: Name
    given_on: dt.date
    scope: ConsentScope = ConsentScope()
    valid_from_ms: Moment | None = None
    valid_to_ms: Moment | None = None
    document_note: Long = ""


class OrderIn(In):
    authority: Name
    number: Annotated[Short, StringConstraints(min_length=1)]
    dated_on: dt.date
    title: Annotated[Long, StringConstraints(min_length=1)]
    department: Short
    jurisdiction: Short | None = Field(None, description="Path; left out: the widest area of yours for the department")
    valid_from_ms: Moment | None = None
    valid_to_ms: Moment | None = None
    document_note: Long = ""
    camera_ids: Annotated[list[UUID], Field(max_length=10_000)] = Field(default_factory=list)


class OrderCamerasIn(In):
    camera_ids: Annotated[list[UUID], Field(min_length=1, max_length=10_000)]
    reason: Long = ""


class OrderRow(Schema):
    id: UUID
    authority: str
    number: str
    dated_on: dt.date
    title: str
    department: Coded
    jurisdiction: Area
    valid_from_ms: int
    valid_to_ms: int | None
    document_note: str
    cameras: int
    revoked_ms: int | None
    revoked_reason: str
    state: Literal["stands", "not_yet", "ended", "revoked"]


class OrderPage(PageOf):
    items: list[OrderRow]


class Permits(Schema):
    public: bool
    current: PermitOut | None
    items: list[PermitOut]


Documents = Annotated[list[UUID], Field(max_length=20)]


class PremisesScope(In):
    """What an owner allows: the live picture, recording, daily hours, only views of public places."""

    live: Literal["yes", "on_request", "no"] = "yes"
    record: bool = True
    hours: Annotated[list[tuple[Minute, Minute]], Field(max_length=12)] = Field(default_factory=list)
    public_view_only: bool = False


class PremisesConsentIn(In):
    given_by: Name
    given_on: dt.date
    channel: Literal["paper", "visit", "code"] = "paper"
    scope: PremisesScope = PremisesScope()
    valid_from_ms: Moment | None = None
    valid_to_ms: Moment | None = None
    document_note: Long = ""
    document_ids: Documents = Field(default_factory=list)
    camera_ids: Annotated[list[UUID], Field(max_length=500)] | None = Field(
        None, description="Left out: all, now and later"
    )


class StepIn(In):
    """reason: code of a refusal reason. promised_for, cost_borne_by: for a promise. cameras_found: for a survey."""

    step: Literal["asked", "promised", "installed", "refused", "surveyed"]
    note: Long = ""
    reason: Short = ""
    at_ms: Moment | None = None
    document_ids: Documents = Field(default_factory=list)
    promised_for: dt.date | None = None
    cost_borne_by: Literal["", "owner", "department", "scheme"] = ""
    cameras_found: Annotated[int, Field(ge=0, le=10_000)] | None = None
    come_again_on: dt.date | None = None


class TakeIn(In):
    cameras_reported: Annotated[int, Field(ge=0, le=10_000)]
    reason: Long = ""


class LadderCorrectIn(Why):
    step: Literal["listed", "asked", "promised", "installed", "refused"]


class ConfirmIn(In):
    by_name: Name
    camera_ids: Annotated[list[UUID], Field(max_length=500)] | None = None


class ConfirmedOut(Schema):
    cameras: int


class CameraSteps(Schema):
    entered: int
    reachable: int
    linked: int
    verified_live: int
    owner_confirmed: int
    withdrawn: int


PremisesStep = Literal["listed", "asked", "promised", "installed", "consented", "refused", "surveyed", "withdrawn"]


class LinkageRow(Schema):
    """id: of the premises. cameras: the largest of what the list says, the survey found, and the register holds."""

    id: UUID
    step: PremisesStep
    name: Bilingual
    address: Bilingual
    lat: float | None
    lon: float | None
    agency: str
    public: bool
    owner_class: Coded
    department: Coded
    jurisdiction: Area
    ward: Area | None
    refusal: Coded | None
    cameras: int
    camera_steps: CameraSteps
    cameras_reported: int
    cameras_found: int | None
    source_list: str
    source_row: int | None
    promised_for: dt.date | None
    cost_borne_by: str
    come_again_on: dt.date | None
    times_asked: int
    listed_ms: int
    asked_ms: int | None
    promised_ms: int | None
    installed_ms: int | None
    consented_ms: int | None
    refused_ms: int | None
    surveyed_ms: int | None
    withdrawn_ms: int | None
    edited_ms: int


class LinkagePage(PageOf):
    items: list[LinkageRow]


class LadderCamera(Schema):
    camera_id: UUID
    reg_id: str
    name: Bilingual
    step: Literal["entered", "reachable", "linked", "verified_live", "owner_confirmed", "withdrawn"]
    placement: str
    entered_ms: int
    reachable_ms: int | None
    linked_ms: int | None
    verified_ms: int | None
    confirmed_ms: int | None
    withdrawn_ms: int | None


class PremisesConsentOut(Schema):
    id: UUID
    given_by: str
    given_on: dt.date
    channel: Literal["paper", "visit", "code"]
    scope: PremisesScope
    all_cameras: bool
    valid_from_ms: int
    valid_to_ms: int | None
    document_note: str
    document_ids: list[UUID]
    created_ms: int
    withdrawn_ms: int | None
    withdrawn_reason: str
    withdrawn_by: str
    stands: bool


class ReceiptRow(Schema):
    id: UUID
    number: str
    kind: Literal["consent", "withdrawal", "confirmation"]
    issued_ms: int


class ReceiptOut(ReceiptRow):
    check_code: str
    sha256: str
    facts: dict[str, Any]
    genuine: bool


class LinkageDetail(LinkageRow):
    ladder: list[LadderCamera]
    consent: PremisesConsentOut | None
    receipts: list[ReceiptRow]


class LadderCameraRef(Schema):
    id: UUID
    reg_id: str


class LadderItem(Schema):
    id: UUID
    step: str
    before: str
    is_correction: bool
    at_ms: int
    entered_ms: int
    via: Literal["console", "field", "owner", "import", "fact"]
    reason: str
    note: str
    by: str
    document_ids: list[UUID]
    facts: dict[str, Any]
    camera: LadderCameraRef | None


class LadderItems(Schema):
    items: list[LadderItem]


class RefusalReasons(Schema):
    items: list[Coded]


class FigureRow(Schema):
    """Counts in cameras unless premises_*; the keys asked for by `by` are in `keys`."""

    keys: dict[str, str]
    premises_listed: int
    premises_asked: int
    premises_consented: int
    premises_refused: int
    premises_promised: int
    listed: int
    asked: int
    promised: int
    installed: int
    consented: int
    refused: int
    withdrawn: int
    surveyed: int
    reachable: int
    linked: int
    verified: int
    confirmed: int
    live_now: int
    down_24h: int


class FigureTable(Schema):
    by: list[str]
    items: list[FigureRow]
    total: FigureRow
    as_of_ms: int


class ViewRequestIn(In):
    purpose: Long
    case_number: Short = ""
    minutes: Annotated[int, Field(ge=1, le=100_000)] = 30


class ViewRequestOut(Schema):
    id: UUID
    by: str
    mine: bool
    purpose: str
    case_number: str
    from_ms: int
    to_ms: int
    stands: bool


class ViewRequests(Schema):
    items: list[ViewRequestOut]


class Made(Schema):
    id: UUID


Use = Literal["live", "playback", "snapshot", "clip", "presentation"]


class TokenIn(In):
    uses: Annotated[list[Use], Field(min_length=1, max_length=4)]
    reason: Long = ""


class TokensIn(TokenIn):
    camera_ids: Annotated[list[UUID], Field(min_length=1, max_length=36)]


class MediaToken(Schema):
    token: str
    expires_ms: int
    origin: str


class CameraToken(MediaToken):
    camera_id: UUID


class Refused(Schema):
    camera_id: UUID
    code: str


class CameraTokens(Schema):
    items: list[CameraToken]
    refused: list[Refused]


class CameraTestIn(In):
    url: Annotated[Url, StringConstraints(min_length=1)]
    username: Secret = ""
    password: Secret = ""
    owner_present: bool
    camera_id: UUID | None = Field(None, description="Of a camera in the register: when it answers, it is reachable")


class StreamInfo(Schema):
    codec: str = ""
    width: int | None = None
    height: int | None = None
    fps: float | None = None
    kbit_s: float | None = None


class AudioInfo(Schema):
    codec: str = ""
    sample_rate: int | None = None
    channels: int | None = None


class CameraTest(Schema):
    ok: bool
    reason: str
    detail: str
    video: StreamInfo | None
    audio: AudioInfo | None
    jpeg_base64: str
    elapsed_ms: int


class Device(Schema):
    address: str
    name: str
    make: str
    model: str
    host: str


class Discovery(Schema):
    devices: list[Device]
    detail: str


class Worker(Schema):
    worker: int
    pid: int
    at_ms: int
    cameras: int
    open_streams: int
    recording: int
    viewers: int
    disk_free_bytes: int
    loop_lag_ms: float


class Database(Schema):
    ok: bool


class EventLog(Schema):
    ok: bool
    lag: int | None


class Disk(Schema):
    free_bytes: int
    total_bytes: int
    recordings_bytes: int | None


class RecordingDisk(Schema):
    disk_id: str
    path: str
    state: str = Field(description="ok, full, failed")
    reason: str
    detail: str
    since_ms: int
    free_bytes: int
    total_bytes: int
    reserve_bytes: int


class Storage(Schema):
    """What the recordings of one media worker take."""

    worker: int
    at_ms: int
    disks: list[RecordingDisk]
    recorded_bytes: int
    class_bytes: dict[str, int]
    class_share_pct: dict[str, float]
    oldest_ms: int | None
    files: int
    damaged_files: int
    unchecked_files: int
    oldest_check_ms: int | None
    conversions: int
    conversions_most: int
    conversion_cpu_pct: float
    pre_roll_bytes: int


class Health(Schema):
    database: Database
    event_log: EventLog
    workers: list[Worker]
    workers_expected: int
    storage: list[Storage]
    disk: Disk
    version: str
