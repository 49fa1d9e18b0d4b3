"""What the linking endpoints take and answer."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal
from uuid import UUID

from ninja import Field, Schema
from pydantic import StringConstraints

from prahari.desks.registry.schemas import Area, Coded, In, Long, Name, PageOf, PermitOut, Secret, Short, Url

Minute = Annotated[int, Field(ge=0, le=1440)]
Moment = Annotated[int, Field(ge=0, le=253_402_300_799_000)]


class ConsentScope(In):
    live: bool = True
    record: bool = True
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


class Made(Schema):
    id: UUID


Use = Literal["live", "playback", "snapshot", "clip"]


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


class Health(Schema):
    database: Database
    event_log: EventLog
    workers: list[Worker]
    workers_expected: int
    disk: Disk
    version: str
