"""What the queue's endpoints take and answer."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Field
from pydantic import StringConstraints

from prahari.desks.common.errors import Bilingual, ErrorOut
from prahari.desks.common.schema import Schema
from prahari.desks.registry.schemas import HistoryItem, In, Long, PageOf, Reason

SeverityName = Literal["low", "medium", "high", "critical"]
StateName = Literal["new", "acknowledged", "assigned", "in_incident", "closed"]
VerdictName = Literal["", "true", "false", "test", "duplicate"]
Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=400, pattern=r"^[^\x00]*$")]
Moment = Annotated[int, Field(ge=0, le=253_402_300_799_000)]
PostCode = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^([a-z0-9][a-z0-9_-]{0,39})?$")]


class AlarmFilters(Schema):
    """Several values of one filter are joined by commas."""

    state: Words = Field("open", description="open, all, or states")
    severity: Words = ""
    type: Words = Field("", description="Event types; vision.* for a family")
    rule: Words = Field("", description="Ids")
    area: Words = Field("", description="Path; everything below it too")
    agency: Words = ""
    post: Words = ""
    mine: bool = False
    camera: UUID | None = None
    from_ms: Moment | None = None
    to_ms: Moment | None = None


class AlarmPerson(Schema):
    id: UUID
    name: str


class DoneBy(Schema):
    by: str
    at_ms: int


class AlarmHandlingOut(Schema):
    """Also the data of alarm.changed. undo_by: who may take the last act back. level: how often it was told to somebody
    because nobody had taken it; told_ms, told_to: when and to whom last, as role:supervisor; 0: never."""

    state: StateName
    version: int
    post: str
    assignee: AlarmPerson | None
    acknowledged: DoneBy | None
    incident_id: UUID | None
    verdict: VerdictName
    closed: DoneBy | None
    note: str
    undo_by: UUID | None
    level: int
    told_ms: int
    told_to: str


class AlarmCamera(Schema):
    id: UUID
    reg_id: str
    name: Bilingual


class AlarmRow(Schema):
    """cameras: how many took part, of which `camera` is the first. late, skewed: a source's time is not to be trusted.
    flood: stands for many of one rule and area."""

    id: UUID
    revision: int
    rule_id: str
    name: Bilingual
    severity: SeverityName
    type: str
    first_ms: int
    last_ms: int
    count: int
    group_by: str
    group_key: str
    jurisdiction: str
    agency: str
    lat: float | None
    lon: float | None
    text: str
    cameras: int
    camera: AlarmCamera | None
    late: bool
    skewed: bool
    flood: bool
    test: bool
    handling: AlarmHandlingOut


class AlarmPage(PageOf):
    items: list[AlarmRow]


class AlarmItems(Schema):
    items: list[AlarmRow]


class AlarmCount(Schema):
    open: int
    new: int


class AlarmCounts(Schema):
    as_of_ms: int
    severities: dict[str, AlarmCount]


class CameraAlarms(Schema):
    camera_id: UUID
    lon: float
    lat: float
    open: int
    severity: SeverityName
    new: bool


class AlarmsByCamera(Schema):
    as_of_ms: int
    cameras: list[CameraAlarms]


class PlacedAlarmCamera(AlarmCamera):
    lat: float
    lon: float


class AlarmEvent(Schema):
    id: UUID
    time_ms: int
    type: str
    subject: str
    source: str
    data: dict[str, Any]


class NoticePerson(Schema):
    """sms: "" not wanted, queued, with_another (one a minute speaks for all of a severity), no_number."""

    id: UUID
    name: str
    sms: Literal["", "queued", "with_another", "no_number"]


class AlarmNoticeOut(Schema):
    level: int
    at_ms: int
    to: Literal["post", "role", "person"]
    code: str
    people: list[NoticePerson]


class AlarmDetail(Schema):
    alarm: AlarmRow
    rule_version: int
    came_ms: int
    cameras: list[PlacedAlarmCamera]
    events: list[AlarmEvent]
    notices: list[AlarmNoticeOut]
    history: list[HistoryItem]
    may_work: bool
    incident_kind: str


class AlarmAssignees(Schema):
    items: list[AlarmPerson]


class SeenAlarm(In):
    """version: as the console showed it; another one answers 409."""

    id: UUID
    version: Annotated[int, Field(ge=1, le=2_000_000_000)]


SeenAlarms = Annotated[list[SeenAlarm], Field(min_length=1, max_length=1000)]


class AlarmsAcknowledge(In):
    items: SeenAlarms
    note: Long = ""


class AlarmsAssign(In):
    """To a person or to a post."""

    items: SeenAlarms
    person: UUID | None = None
    post: PostCode = ""
    note: Long = ""


class AlarmsClose(In):
    items: SeenAlarms
    verdict: Literal["true", "false", "test", "duplicate"]
    reason: Reason


class AlarmsEscalate(In):
    items: SeenAlarms
    reason: Reason


class AlarmsUndo(In):
    items: SeenAlarms


class AlarmsChanged(ErrorOut):
    """409: `present` holds the alarms that others have changed meanwhile, as they are now."""

    present: AlarmItems | None = None
