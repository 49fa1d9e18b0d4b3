"""What the endpoints of review meetings take and answer. `agenda` is described in agenda.py."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Field
from pydantic import StringConstraints

from prahari.desks.common.errors import Bilingual
from prahari.desks.common.schema import Schema
from prahari.desks.registry.schemas import BothNames, Code, In, Name, PageOf, Reason, Short
from prahari.desks.reports.schemas_daily import Path, Remark, ReportArea

ReviewState = Literal["planned", "begun", "ended", "signed", "cancelled"]
AttendanceState = Literal["invited", "present", "represented", "absent"]
DecisionProgressState = Literal["open", "done"]
ReviewPaper = Literal["agenda", "minutes", "action_taken"]
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200, pattern=r"^[^\x00]*$")]
Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000, pattern=r"^[^\x00]*$")]
Moment = Annotated[int, Field(ge=0, le=4_102_444_800_000)]


class BothLines(In):
    en: Line = ""
    hi: Line = ""


class BothWords(In):
    en: Words = ""
    hi: Words = ""


class ReviewMeetingIn(In):
    jurisdiction: Path
    agency: Short = ""
    title: BothNames
    starts_ms: Moment
    place: Line = ""
    chair_name: Name
    chair_post: BothLines = BothLines()
    departments: list[Code] = Field(default=[], max_length=100)


class ReviewMeetingEdit(In):
    title: BothNames | None = None
    starts_ms: Moment | None = None
    place: Line | None = None
    chair_name: Name | None = None
    chair_post: BothLines | None = None
    remarks: BothWords | None = None
    next_on: dt.date | None = None
    edited_ms: int


class ReviewStepIn(In):
    edited_ms: int


class ReviewCancelIn(In):
    reason: Reason


class ReviewInvitationIn(In):
    department: Code | None = None
    name: BothLines | None = None


class ReviewInvitationEdit(In):
    attendance: AttendanceState | None = None
    person: Line | None = None


class ReviewDecisionIn(In):
    text: BothWords
    department: Code | None = None
    person_id: UUID | None = None
    owner: BothLines = BothLines()
    due_on: dt.date | None = None


class ReviewDecisionEdit(In):
    text: BothWords | None = None
    department: Code | None = None
    person_id: UUID | None = None
    owner: BothLines | None = None
    due_on: dt.date | None = None
    edited_ms: int


class ReviewProgressIn(In):
    state: DecisionProgressState
    done_note: Remark = ""
    edited_ms: int


class ReviewInvitation(Schema):
    id: UUID
    department: str | None
    name: Bilingual
    attendance: AttendanceState
    person: str


class ReviewDecision(Schema):
    id: UUID
    meeting_id: UUID
    meeting_number: str
    number: int
    text: Bilingual
    owner: Bilingual
    department: str | None
    person_id: UUID | None
    due_on: dt.date | None
    state: Literal["open", "late", "done"]
    done_on: dt.date | None
    done_note: str
    edited_ms: int


class ReviewMeetingItem(Schema):
    id: UUID
    number: str
    title: Bilingual
    area: ReportArea
    starts_ms: int
    place: str
    state: ReviewState
    decisions: int
    open_decisions: int
    next_on: dt.date | None


class ReviewMeetings(PageOf):
    items: list[ReviewMeetingItem]


class ReviewChair(Schema):
    name: str
    post: Bilingual


class ReviewMeeting(Schema):
    id: UUID
    number: str
    title: Bilingual
    area: ReportArea
    starts_ms: int
    place: str
    chair: ReviewChair
    state: ReviewState
    follows: UUID | None
    followed_by: UUID | None
    invitations: list[ReviewInvitation]
    decisions: list[ReviewDecision]
    follow_up: list[ReviewDecision]
    agenda: dict[str, Any]
    agenda_frozen: bool
    remarks: Bilingual
    next_on: dt.date | None
    began_ms: int | None
    ended_ms: int | None
    signed_ms: int | None
    signed_by: str
    minutes_sha256: str
    may_manage: bool
    edited_ms: int
