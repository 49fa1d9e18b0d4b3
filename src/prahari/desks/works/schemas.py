"""What the works endpoints take and answer. Sums are in paise, quantities in the unit of the package's kind."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Field
from pydantic import StringConstraints

from prahari.desks.common.errors import Bilingual
from prahari.desks.common.schema import Schema
from prahari.desks.registry.schemas import Area, BothNames, Code, Coded, In, Long, PageOf, Reason, Short

PAISE_MAX = 10**15
Paise = Annotated[int, Field(ge=0, le=PAISE_MAX)]
Quantity = Annotated[Decimal, Field(gt=0, le=10**9, max_digits=12, decimal_places=3)]
Unit = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20, pattern=r"^[^\x00]*$")]
Number = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60, pattern=r"^[^\x00]*$")]
Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000, pattern=r"^[^\x00]*$")]
Day = Annotated[dt.date, Field(ge=dt.date(2000, 1, 1), le=dt.date(2100, 12, 31))]
Files = Annotated[list[UUID], Field(max_length=20)]
WorkState = Literal["late", "behind", "on_track", "not_started", "done"]
ForecastState = Literal["reached", "too_little", "standing", "far", "forecast"]


class Units(In):
    en: Unit
    hi: Unit


class WorkKindIn(In):
    name: BothNames
    unit: Units
    decimals: int = Field(0, ge=0, le=3)
    sort: int = Field(0, ge=0, le=100_000)
    active: bool = True
    reason: Reason


class DelayReasonIn(In):
    name: BothNames
    sort: int = Field(0, ge=0, le=100_000)
    active: bool = True
    reason: Reason


class WorkKindRow(Schema):
    code: str
    name: Bilingual
    unit: Bilingual
    decimals: int
    sort: int
    active: bool


class DelayReasonRow(Schema):
    code: str
    name: Bilingual
    sort: int
    active: bool


class WorkKinds(Schema):
    items: list[WorkKindRow]


class DelayReasons(Schema):
    items: list[DelayReasonRow]


class ProjectFields(In):
    sanction: Long = ""
    sanctioned_paise: Paise = 0
    due_on: Day | None = None
    note: Note = ""


class ProjectIn(ProjectFields):
    code: Code
    name: BothNames
    agency: Code
    jurisdiction: Short
    reason: Long = ""


class ProjectEdit(ProjectFields):
    name: BothNames | None = None
    reason: Reason
    edited_ms: int


class EarnedOut(Schema):
    """Sums in paise; see progress.Earned."""

    budget: int
    planned: int
    earned: int
    spent: int


class ForecastOut(Schema):
    state: ForecastState
    on: dt.date | None
    early: dt.date | None
    late: dt.date | None


class StateCounts(Schema):
    late: int
    behind: int
    on_track: int
    not_started: int
    done: int


class ProjectRow(Schema):
    id: UUID
    code: str
    name: Bilingual
    agency: str
    jurisdiction: Area
    sanction: str
    sanctioned_paise: int
    due_on: dt.date | None
    note: str
    packages: int
    states: StateCounts
    standing_still: int = Field(description="Packages held up by a delay today")
    earned: EarnedOut
    forecast: dt.date | None = Field(description="The last of its packages' forecasts; none: see unforeseen")
    unforeseen: int = Field(description="Packages not done and without a forecast")
    edited_ms: int


class ProjectPage(PageOf):
    items: list[ProjectRow]


class PackageFields(In):
    contractor: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200, pattern=r"^[^\x00]*$")] = ""
    department: Code | None = None
    geometry: dict[str, Any] | None = None
    critical: bool = False
    sanctioned_paise: Paise = 0
    committed_paise: Paise = 0
    spent_paise: Paise = 0
    note: Note = ""


class PackageIn(PackageFields):
    project: UUID
    number: Number
    name: BothNames
    kind: Code
    agency: Code
    jurisdiction: Short
    quantity: Quantity
    start: Day
    end: Day
    reason: Long = ""


class PackageEdit(PackageFields):
    name: BothNames | None = None
    jurisdiction: Short | None = None
    reason: Reason
    edited_ms: int


class RevisionIn(In):
    quantity: Quantity
    start: Day
    end: Day
    document_ids: Files = Field(default_factory=list)
    reason: Reason
    edited_ms: int


class ProgressIn(In):
    key: UUID = Field(description="Made by the form: sent twice, entered once")
    done_on: Day
    quantity: Annotated[Decimal, Field(ge=0, le=10**9, max_digits=12, decimal_places=3)]
    corrects: UUID | None = Field(None, description="The entry whose place this one takes; 0 takes it back")
    photo_ids: Files = Field(default_factory=list)
    note: Long = ""
    over_reason: Long = Field("", description="Needed when more is done than planned")


class DelayIn(In):
    key: UUID
    reason: Code
    first_day: Day
    last_day: Day | None = None
    note: Long = ""
    document_ids: Files = Field(default_factory=list)


class DelayEdit(In):
    reason: Code | None = None
    first_day: Day | None = None
    last_day: Day | None = None
    note: Long | None = None
    why: Reason
    edited_ms: int


class MilestoneIn(In):
    name: BothNames
    due_on: Day
    done_on: Day | None = None


class MilestoneEdit(In):
    name: BothNames | None = None
    due_on: Day | None = None
    done_on: Day | None = None
    why: Reason
    edited_ms: int


class PlanOut(Schema):
    quantity: float
    start: dt.date
    end: dt.date


class PackageRow(Schema):
    id: UUID
    project: UUID
    project_name: Bilingual
    number: str
    name: Bilingual
    kind: Coded
    unit: Bilingual
    decimals: int
    agency: str
    jurisdiction: Area
    contractor: str
    department: Coded | None
    critical: bool
    baseline: PlanOut
    plan: PlanOut
    done: float
    planned_share: float
    done_share: float
    spent_share: float | None = Field(description="Of the sanctioned sum; none without one")
    state: WorkState
    held_up_by: Coded | None = Field(description="The reason of a delay that lasts today")
    days_lost: int
    forecast: ForecastOut
    days_late: int | None = Field(description="Forecast (or today, if that is later) beyond the plan's last day")
    sanctioned_paise: int
    committed_paise: int
    spent_paise: int
    last_entry_on: dt.date | None
    edited_ms: int


class PackagePage(PageOf):
    items: list[PackageRow]


class ProgressOut(Schema):
    id: UUID
    done_on: dt.date
    quantity: float
    corrects: UUID | None
    corrected_by: UUID | None
    photo_ids: list[UUID]
    note: str
    over_reason: str
    by: str
    entered_ms: int


class DelayOut(Schema):
    id: UUID
    reason: Coded
    first_day: dt.date
    last_day: dt.date | None
    days: int
    note: str
    document_ids: list[UUID]
    by: str
    edited_ms: int


class MilestoneOut(Schema):
    id: UUID
    name: Bilingual
    due_on: dt.date
    done_on: dt.date | None
    late: bool
    edited_ms: int


class RevisionOut(Schema):
    id: UUID
    plan: PlanOut
    reason: str
    document_ids: list[UUID]
    by: str
    created_ms: int


class CurvePoint(Schema):
    day: dt.date
    baseline: float
    planned: float
    done: float | None


class PackageDetail(PackageRow):
    geometry: dict[str, Any] | None
    note: str
    entries: list[ProgressOut]
    delays: list[DelayOut]
    milestones: list[MilestoneOut]
    revisions: list[RevisionOut]
    curve: list[CurvePoint]
    today: dt.date


class MapPackage(Schema):
    id: UUID
    number: str
    name: Bilingual
    kind: str
    state: WorkState
    critical: bool
    done_share: float
    geometry: dict[str, Any]


class WorksMap(Schema):
    items: list[MapPackage]
    as_of_ms: int


class WorksSiteRow(Schema):
    id: UUID
    name: Bilingual
    jurisdiction: Area
    project: str
    planned: int
    entered: int
    live: int
    lat: float | None
    lon: float | None


class WorksSites(PageOf):
    items: list[WorksSiteRow]
    planned: int
    entered: int
    live: int
