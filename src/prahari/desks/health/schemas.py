"""What the health desk's endpoints take and answer."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal
from uuid import UUID

from ninja import Field
from pydantic import StringConstraints

from prahari.desks.common.errors import Bilingual
from prahari.desks.common.schema import Schema
from prahari.desks.registry.schemas import Area, Coded, In, Long, PageOf, Reason

HealthKindName = Literal[
    "offline", "stalled", "frame_rate", "bit_rate", "frozen", "black", "overexposed", "blurred", "covered", "turned",
    "tampered", "clock_off", "recording_gap",
]  # fmt: skip
CauseName = Literal["", "power", "network", "device", "vandalism", "owner", "weather", "works", "false_alarm"]
Percent = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]
Moment = Annotated[int, Field(ge=0, le=253_402_300_799_000)]
Who = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\x00]*$")]
AreaPath = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300, pattern=r"^[^\x00]*$")]
LinkName = Literal["", "fibre", "broadband", "mobile", "radio", "local"]


class HealthCamera(Schema):
    id: UUID
    reg_id: str
    name: Bilingual


class HealthNote(Schema):
    cause: CauseName
    note: str
    by: str
    at_ms: int


class EpisodeEssentials(Schema):
    """value, limit: percent, seconds for clock_off and recording_gap. reason: what the engine saw; end_ms None: it is
    so still. reference_ms: when the view was taken that it was compared with."""

    id: UUID
    kind: HealthKindName
    severity: int
    start_ms: int
    end_ms: int | None
    reason: str
    value: float | None
    limit: float | None
    reference_ms: int | None
    note: HealthNote | None


class EpisodeOut(EpisodeEssentials):
    camera: HealthCamera
    premises: Bilingual
    owner_class: Bilingual
    jurisdiction: Bilingual


class OutagePlace(Schema):
    """device: all that is down there hangs on one recorder."""

    kind: Literal["site", "premises", "device"]
    id: UUID
    name: Bilingual


class OutageOut(Schema):
    id: UUID
    place: OutagePlace
    start_ms: int
    cameras: int
    still_down: int
    reason: str
    acknowledged: bool
    episodes: list[EpisodeOut]


class IllNow(Schema):
    """counts: open episodes by kind, before narrowing by kind. left_out: episodes beyond the most that is listed."""

    as_of_ms: int
    counts: dict[str, int]
    cameras: int
    outages: list[OutageOut]
    episodes: list[EpisodeOut]
    left_out: int


class CameraHealth(Schema):
    from_ms: int
    as_of_ms: int
    episodes: list[EpisodeEssentials]
    may_work: bool


class SeeingToIn(In):
    episode_ids: Annotated[list[UUID], Field(min_length=1, max_length=500)]
    cause: CauseName = ""
    note: Long = ""


class HealthNotes(Schema):
    items: list[HealthNote]


class ReferenceIn(In):
    reason: Reason


class ReferenceOut(Schema):
    taken_ms: int


class UptimeSums(Schema):
    """pct: up of due; None: nothing was due. closed: no consent, or outside its hours. All of what is known."""

    pct: float | None
    due_ms: int
    down_ms: int
    closed_ms: int
    maintenance_ms: int
    outages: int


class UptimeTotal(UptimeSums):
    cameras: int


class UptimeOfDay(Schema):
    day: dt.date
    pct: float | None
    down_ms: int
    outages: int


class UptimeRow(UptimeTotal):
    key: str
    name: Bilingual
    days: list[UptimeOfDay]


class UptimeTable(Schema):
    by: Literal["camera", "premises", "site", "owner_class", "make", "link", "district", "agency"]
    first: dt.date
    last: dt.date
    as_of_ms: int
    total: UptimeTotal
    rows: list[UptimeRow]
    left_out: int


class MaintenanceIn(In):
    """One of camera, premises, site, area."""

    camera: UUID | None = None
    premises: UUID | None = None
    site: UUID | None = None
    area: AreaPath | None = None
    agency: AreaPath = ""
    from_ms: Moment
    to_ms: Moment
    why: Reason


class MaintenanceOut(Schema):
    id: UUID
    of: Literal["camera", "premises", "site", "area"]
    of_id: str
    name: Bilingual
    from_ms: int
    to_ms: int
    why: str
    by: str
    ended_ms: int | None


class MaintenancePage(PageOf):
    items: list[MaintenanceOut]


class EndIn(In):
    reason: Reason


class PenaltyStep(In):
    below_pct: Percent
    penalty_pct: Percent


class AgreementTerms(In):
    uptime_pct: Annotated[float, Field(gt=0, le=100, allow_inf_nan=False)]
    response_minutes: Annotated[int, Field(ge=1, le=100_000)]
    repair_minutes: Annotated[int, Field(ge=1, le=100_000)]
    monthly_fee_inr: Annotated[float, Field(ge=0, le=9_999_999_999, allow_inf_nan=False)]
    steps: Annotated[list[PenaltyStep], Field(max_length=20)]
    late_pct_each: Percent = 0
    most_pct: Percent = 10
    valid_from: dt.date
    valid_to: dt.date | None = None
    reason: Reason


class AgreementIn(AgreementTerms):
    provider: Who
    reference: Who
    jurisdiction: AreaPath
    agency: AreaPath = ""
    owner_class: AreaPath = ""
    department: AreaPath = ""
    make: Annotated[str, StringConstraints(strip_whitespace=True, max_length=120, pattern=r"^[^\x00]*$")] = ""
    link_type: LinkName = ""


class AgreementEnd(In):
    on: dt.date
    reason: Reason


class AgreementOut(Schema):
    id: UUID
    provider: str
    reference: str
    jurisdiction: Area
    agency: Coded | None
    owner_class: Coded | None
    department: Coded | None
    make: str
    link_type: LinkName
    uptime_pct: float
    response_minutes: int
    repair_minutes: int
    monthly_fee_inr: float
    steps: list[PenaltyStep]
    late_pct_each: float
    most_pct: float
    valid_from: dt.date
    valid_to: dt.date | None
    supersedes: UUID | None
    superseded: bool
    by: str
    edited_ms: int


class AgreementPage(PageOf):
    items: list[AgreementOut]


class PenaltyCamera(UptimeSums):
    camera: HealthCamera


class PenaltyRepair(Schema):
    episode_id: UUID
    camera: HealthCamera
    kind: HealthKindName
    start_ms: int
    end_ms: int | None
    minutes: int
    response_minutes: int
    late: bool
    late_response: bool
    cause: CauseName


class PenaltyMonth(Schema):
    """step: the lowest step of the agreement that was missed. final: the month is over."""

    agreement: AgreementOut
    month: str
    first: dt.date
    last: dt.date
    final: bool
    as_of_ms: int
    total: UptimeTotal
    step: PenaltyStep | None
    kept: bool
    uptime_penalty_pct: float
    repairs_penalty_pct: float
    penalty_pct: float
    penalty_inr: float
    late_repairs: int
    late_responses: int
    cameras: list[PenaltyCamera]
    repairs: list[PenaltyRepair]
