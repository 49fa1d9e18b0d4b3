"""Shapes of the order register, the rules, and the scorecards."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Field
from pydantic import StringConstraints

from prahari.desks.common.errors import Bilingual
from prahari.desks.common.schema import Schema
from prahari.desks.programme.schemas_people import AppointmentRow, OfficeRow
from prahari.desks.programme.schemas_tasks import Remark
from prahari.desks.registry.schemas import Area, BothNames, Code, Coded, In, Long, PageOf, Reason, Short

ClauseStateName = Literal["not_begun", "under_way", "done", "late"]
OrderNumber = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120, pattern=r"^[^\x00]*$")
]
ClauseNumber = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20, pattern=r"^[^\x00]*$")
]
ClauseText = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=5000, pattern=r"^[^\x00]*$")
]


class BothSubjects(In):
    en: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=400, pattern=r"^[^\x00]*$")]
    hi: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=400, pattern=r"^[^\x00]*$")]


class ClauseTally(Schema):
    not_begun: int
    under_way: int
    done: int
    late: int


class GovernmentOrderRow(Schema):
    id: UUID
    number: str
    dated_on: dt.date
    sender: Bilingual
    subject: Bilingual
    deadline: dt.date | None
    document_id: UUID | None
    jurisdiction: Area
    agency: Coded | None
    clauses: int
    states: ClauseTally
    edited_ms: int


class GovernmentOrderPage(PageOf):
    items: list[GovernmentOrderRow]


class RemarkRow(Schema):
    id: UUID
    text: str
    name: str
    at_ms: int


class ClauseFigureOut(Schema):
    code: str
    name: Bilingual
    settings: dict[str, Any]
    value: int
    against: int | None


class ClauseRow(Schema):
    id: UUID
    number: str
    text_hi: str
    summary_en: str
    office: OfficeRow | None
    officers: list[AppointmentRow]
    due_day: dt.date | None
    own_due_day: dt.date | None
    state: ClauseStateName
    figure: ClauseFigureOut | None
    figure_settings: dict[str, Any]
    tasks: int
    tasks_done: int
    tasks_begun: int
    tasks_late: int
    remarks: list[RemarkRow]
    edited_ms: int


class GovernmentOrderDetail(GovernmentOrderRow):
    points: list[ClauseRow]
    may_manage: bool
    as_of_ms: int


class GovernmentOrderMade(Schema):
    id: UUID


class GovernmentOrderIn(In):
    number: OrderNumber
    dated_on: dt.date
    sender: BothNames
    subject: BothSubjects
    deadline: dt.date | None = None
    document_id: UUID | None = Field(None, description="A PDF or photograph handed in by POST /files")
    jurisdiction: Short
    agency: Code | None = None
    reason: Long = ""


class GovernmentOrderEdit(In):
    sender: BothNames | None = None
    subject: BothSubjects | None = None
    deadline: dt.date | None = None
    document_id: UUID | None = None
    edited_ms: int
    reason: Reason


class ClauseFields(In):
    office: Code | None = None
    due_day: dt.date | None = Field(None, description="Left out: the order's deadline")
    figure: dict[str, Any] = Field({}, description="As clause_figures.py; {} for none", max_length=6)


class ClauseIn(ClauseFields):
    number: ClauseNumber
    text_hi: ClauseText
    summary_en: ClauseText
    reason: Long = ""


class ClauseEdit(ClauseFields):
    text_hi: ClauseText | None = None
    summary_en: ClauseText | None = None
    edited_ms: int
    reason: Reason


class ClauseRemarkIn(In):
    text: Remark


class FigureNames(Schema):
    items: list[Coded]


class RuleValue(Schema):
    value: Any
    valid_from: dt.date
    source: str
    set_by: str
    set_ms: int


class RuleRow(Schema):
    code: str
    name: Bilingual
    value: Any
    default: Any
    source: str
    valid_from: dt.date | None
    history: list[RuleValue]


class RulesOut(Schema):
    items: list[RuleRow]
    may_set: bool


class RuleIn(In):
    code: Annotated[str, StringConstraints(strip_whitespace=True, max_length=60, pattern=r"^[a-z0-9_]+$")]
    value: Any
    valid_from: dt.date
    source: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=3, max_length=400, pattern=r"^[^\x00]*$")
    ]
    reason: Long = ""


class ScoreRow(Schema):
    """Cameras unless told otherwise. target, gap: None where no target is set."""

    code: str
    name: Bilingual
    officer: AppointmentRow | None
    target: int | None
    listed: int
    asked: int
    consented: int
    refused: int
    linked: int
    verified: int
    confirmed: int
    live_now: int
    down_24h: int
    gap: int | None
    tasks_open: int
    tasks_late: int


class Scorecards(Schema):
    items: list[ScoreRow]
    total: ScoreRow
    as_of_ms: int
