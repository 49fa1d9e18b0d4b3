"""What the endpoints of targets take and answer."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal
from uuid import UUID

from ninja import Field
from pydantic import StringConstraints

from prahari.desks.common.errors import Bilingual
from prahari.desks.common.schema import Schema
from prahari.desks.registry.schemas import Area, BothNames, Code, Coded, In, Long, PageOf, Reason

KindName = Literal["total", "additional"]
Cameras = Annotated[int, Field(ge=1, le=10_000_000)]
Office = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=200, pattern=r"^[^\x00]*$")]
Path = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300, pattern=r"^[^\x00]*$")]


class TargetFields(In):
    cameras: Cameras
    kind: KindName = Field("total", description="total: in all by the day; additional: more than on the base day")
    base_on: dt.date | None = Field(None, description="End of this day is counted from; left out: now")
    due_on: dt.date
    set_by: Office
    source: Long = ""
    valid_from: dt.date | None = Field(None, description="Left out: today")


class PartIn(In):
    """What the part is of: at least one of the four. What is left out is as with the whole."""

    owner_class: Code | None = None
    department: Code | None = None
    area: Path | None = None
    ward: Path | None = None
    cameras: Cameras
    kind: KindName | None = None
    base_on: dt.date | None = None
    due_on: dt.date | None = None
    set_by: Office | None = None
    source: Long | None = None


Parts = Annotated[list[PartIn], Field(max_length=200)]
Codes = Annotated[list[Code], Field(max_length=100)]


class TargetPlanIn(In):
    name: BothNames
    jurisdiction: Path
    agency: Code | None = Field(None, description="Left out: of every agency")
    meant_for: Codes = Field(default_factory=list, description="Owner classes that what is not allotted is meant for")
    total: TargetFields
    parts: Parts = Field(default_factory=list)
    reason: Long = ""


class PlanEdit(In):
    name: BothNames | None = None
    meant_for: Codes | None = None
    reason: Reason
    edited_ms: int = Field(description="As read; when no longer so, the answer is 409")


class AllotmentIn(In):
    parts: Annotated[list[PartIn], Field(min_length=1, max_length=200)]
    reason: Long = ""
    edited_ms: int = Field(description="The plan's, as read; when no longer so, the answer is 409")


class PreviewIn(In):
    parts: Parts


class Supersede(TargetFields):
    reason: Reason


class TargetWhy(In):
    reason: Reason


class PlanRow(Schema):
    id: UUID
    name: Bilingual
    area: Area
    agency: Coded | None
    cameras: int | None
    kind: KindName | None
    due_on: dt.date | None
    ended_ms: int | None
    edited_ms: int


class PlanPage(PageOf):
    items: list[PlanRow]


class TargetRow(Schema):
    id: UUID
    plan_id: UUID
    whole: bool
    owner_class: Coded | None
    department: Coded | None
    area: Area | None
    ward: Area | None
    cameras: int
    kind: KindName
    base_on: dt.date
    base_done: int
    goal: int
    valid_from: dt.date
    due_on: dt.date
    set_by: str
    source: str
    ended_ms: int | None
    ended_reason: str


class TargetPage(PageOf):
    items: list[TargetRow]


class TargetChain(Schema):
    items: list[TargetRow]


class OutlookOut(Schema):
    """Cameras a working day; days are local. on: the middle, early to late: eight times in ten; late null: open end."""

    needed_per_day: float | None
    pace_per_day: float | None
    weeks: int
    state: Literal["reached", "too_little", "standing", "far", "forecast"]
    on: dt.date | None
    early: dt.date | None
    late: dt.date | None
    in_time: bool | None


class TargetLine(Schema):
    """A target with what stands against it. share: its part of the whole; added: whether it is added up with others;
    within: the target that it is part of."""

    id: UUID
    whole: bool
    owner_class: Coded | None
    department: Coded | None
    area: Area | None
    ward: Area | None
    cameras: int
    kind: KindName
    base_on: dt.date
    base_done: int
    goal: int
    share: int
    listed: int
    consented: int
    done: int
    confirmed: int
    gap: int
    surplus: int
    valid_from: dt.date
    due_on: dt.date
    working_days_left: int
    set_by: str
    source: str
    added: bool
    within: UUID | None
    outlook: OutlookOut


class MeantFor(Coded):
    listed: int
    done: int


class Rest(Schema):
    """What of the whole is not allotted. done: verified live outside of the parts that are added up."""

    cameras: int
    goal: int
    done: int
    gap: int
    surplus: int
    meant_for: list[MeantFor]


class Progress(Schema):
    """All in cameras; done: verified live. goal: of a target that is of just this, if there is one."""

    listed: int
    asked: int
    consented: int
    linked: int
    done: int
    goal: int | None


class CodedProgress(Progress):
    code: str
    name: Bilingual
    pace_per_day: float | None


class AreaProgress(Progress):
    path: str
    level: str
    name: Bilingual


class PlanOverview(PlanRow):
    as_of_ms: int
    today: dt.date
    history_from: dt.date | None
    demonstration: bool
    meant_for: list[str]
    total: TargetLine | None
    parts: list[TargetLine]
    rest: Rest | None
    by_owner_class: list[CodedProgress]
    by_department: list[CodedProgress]
    by_area: list[AreaProgress]


class AllotmentPreview(Schema):
    """What the allotment would come to. problem: why it cannot be entered as it stands."""

    cameras: int
    allotted_before: int
    allotted_after: int
    rest_after: int
    problem: Bilingual | None
    not_added: list[int] = Field(description="Positions of parts that overlap others and are not added up")


class BurnUpDay(Schema):
    day: dt.date
    done: int | None
    needed: int | None
    expected: int | None
    low: int | None
    high: int | None


class BurnUpOut(Schema):
    as_of_ms: int
    target_id: UUID | None
    goal: int | None
    base_on: dt.date | None
    due_on: dt.date | None
    done: int
    gap: int
    outlook: OutlookOut | None
    demonstration: bool
    points: list[BurnUpDay]
