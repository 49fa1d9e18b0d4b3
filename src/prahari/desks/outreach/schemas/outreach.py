"""Associations, their meetings, campaigns, and visits of representatives."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal
from uuid import UUID

from ninja import Field
from pydantic import StringConstraints

from prahari.desks.common.errors import Bilingual
from prahari.desks.common.schema import Schema
from prahari.desks.registry.schemas import (
    Area,
    BothNames,
    Code,
    Coded,
    ContactIn,
    ContactOut,
    In,
    Long,
    Named,
    PageOf,
    Reason,
    Short,
)

Answer = Literal["yes", "maybe", "no"]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\x00]*$")]
OptionalLine = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200, pattern=r"^[^\x00]*$")]
Paragraphs = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000, pattern=r"^[^\x00]*$")]
Day = Annotated[dt.date, Field(ge=dt.date(2000, 1, 1), le=dt.date(2100, 12, 31))]
Photos = Annotated[list[UUID], Field(max_length=20)]
PremisesIds = Annotated[list[UUID], Field(min_length=1, max_length=1000)]
Heads = Annotated[int, Field(ge=0, le=100_000_000)]
MomentMs = Annotated[int, Field(ge=946_684_800_000, le=4_133_894_400_000)]


class OutreachCodeIn(In):
    name: BothNames
    sort: int = Field(0, ge=0, le=100_000)
    active: bool = True
    reason: Reason


class OutreachCodeRow(Schema):
    code: str
    name: Bilingual
    sort: int
    active: bool


class OutreachCodes(Schema):
    items: list[OutreachCodeRow]


class AssociationFields(In):
    address: Long = ""
    members_claimed: Heads | None = None
    note: Paragraphs = ""
    active: bool = True
    bearers: Annotated[list[ContactIn], Field(max_length=20)] | None = None


class AssociationIn(AssociationFields):
    kind: Code
    name: BothNames
    agency: Code
    jurisdiction: Short
    reason: Long = ""


class AssociationEdit(AssociationFields):
    kind: Code | None = None
    name: BothNames | None = None
    jurisdiction: Short | None = None
    reason: Reason
    edited_ms: int


class AssociationRow(Schema):
    id: UUID
    kind: Coded
    name: Bilingual
    agency: str
    jurisdiction: Area
    address: str
    members_claimed: int | None
    members: int
    consented: int = Field(description="Members that have consented, whenever that was")
    meetings: int
    last_met_on: dt.date | None
    active: bool
    edited_ms: int


class AssociationPage(PageOf):
    items: list[AssociationRow]


class MemberRow(Schema):
    id: UUID = Field(description="Of the premises")
    name: Bilingual
    owner_class: Coded
    jurisdiction: Area
    step: str = Field(description="On the ladder; empty when not in the programme")


class AssociationDetail(AssociationRow):
    note: str
    bearers: list[ContactOut]
    member_rows: list[MemberRow]


class MembersIn(In):
    premises: PremisesIds
    reason: Long = ""


class LeadIn(In):
    premises: UUID
    answer: Answer
    note: Long = ""


class MeetingFields(In):
    held_on: Day
    place: Line
    attended: Heads = 0
    led_by: OptionalLine = ""
    note: Paragraphs = ""
    photo_ids: Photos = Field(default_factory=list)
    leads: Annotated[list[LeadIn], Field(max_length=500)] = Field(default_factory=list)


class MeetingIn(MeetingFields):
    key: UUID


class MeetingEdit(MeetingFields):
    reason: Reason
    edited_ms: int


class LeadRow(Schema):
    premises: Named
    answer: Answer
    note: str
    task_id: UUID | None
    step: str


class MeetingRow(Schema):
    id: UUID
    association: Named
    held_on: dt.date
    place: str
    attended: int
    led_by: str
    note: str
    photo_ids: list[UUID]
    leads: list[LeadRow]
    followed: int = Field(description="Members that consented within followed_days after it")
    followed_days: int
    window_open: bool = Field(description="Those days are not over yet")
    edited_ms: int


class MeetingPage(PageOf):
    items: list[MeetingRow]


class CampaignFields(In):
    place: OptionalLine = ""
    owner_classes: Annotated[list[Code], Field(max_length=50)] = Field(default_factory=list)
    audience: OptionalLine = ""
    reach: Annotated[int, Field(ge=0, le=2_000_000_000)] | None = None
    reach_how: OptionalLine = ""
    cost_paise: Annotated[int, Field(ge=0, le=10**15)] | None = None
    media_ids: Photos = Field(default_factory=list)
    note: Paragraphs = ""


class CampaignIn(CampaignFields):
    key: UUID
    channel: Code
    title: BothNames
    first_day: Day
    last_day: Day
    agency: Code
    jurisdiction: Short
    reason: Long = ""


class CampaignEdit(CampaignFields):
    channel: Code | None = None
    title: BothNames | None = None
    first_day: Day | None = None
    last_day: Day | None = None
    reason: Reason
    edited_ms: int


class CampaignRow(Schema):
    id: UUID
    channel: Coded
    title: Bilingual
    first_day: dt.date
    last_day: dt.date
    agency: str
    jurisdiction: Area
    place: str
    owner_classes: list[str]
    audience: str
    reach: int | None
    reach_how: str
    cost_paise: int | None
    media_ids: list[UUID]
    note: str
    edited_ms: int


class CampaignPage(PageOf):
    items: list[CampaignRow]


class DayCount(Schema):
    day: dt.date
    consents: int


class FollowedOut(Schema):
    """Consents in the campaign's place and classes: as many days before its first day as since. What followed a
    campaign was not therefore caused by it."""

    days: int
    before: int
    after: int
    first: dt.date
    last: dt.date
    window_open: bool
    at_the_same_time: int = Field(description="Other campaigns in the same place in these days")
    by_day: list[DayCount]


class CampaignDetail(CampaignRow):
    followed: FollowedOut


class VisitFields(In):
    visitor: Line
    office: OptionalLine = ""
    party: Annotated[int, Field(ge=1, le=10_000)] = 1
    came_ms: MomentMs
    host: Line
    shown: Paragraphs = ""
    remarks: Paragraphs = ""
    photo_ids: Photos = Field(default_factory=list)


class RepresentativeVisitIn(VisitFields):
    key: UUID
    agency: Code
    jurisdiction: Short


class RepresentativeVisitEdit(VisitFields):
    reason: Reason
    edited_ms: int


class RepresentativeVisitRow(Schema):
    id: UUID
    visitor: str
    office: str
    party: int
    came_ms: int
    host: str
    shown: str
    remarks: str
    photo_ids: list[UUID]
    agency: str
    jurisdiction: Area
    recorded_by: str
    edited_ms: int


class RepresentativeVisitPage(PageOf):
    items: list[RepresentativeVisitRow]
