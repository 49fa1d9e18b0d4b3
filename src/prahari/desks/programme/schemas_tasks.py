"""Shapes of tasks and of what is said one level up."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal
from uuid import UUID

from ninja import Field
from pydantic import StringConstraints

from prahari.desks.common.errors import Bilingual
from prahari.desks.common.schema import Schema
from prahari.desks.programme.schemas_people import AppointmentRow, OfficerPerson
from prahari.desks.registry.schemas import Area, Code, Coded, In, Long, Named, PageOf, Reason, Short

KindOfTask = Literal["visit", "survey", "connect", "repair", "letter", "decision", "clause", "other"]
StateOfTask = Literal["open", "in_progress", "done", "cancelled"]
PriorityName = Literal["low", "normal", "high"]
Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300, pattern=r"^[^\x00]*$")]
Paragraph = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000, pattern=r"^[^\x00]*$")]
Said = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000, pattern=r"^[^\x00]*$")]
Remark = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=1000, pattern=r"^[^\x00]*$")]


class BothTitles(In):
    en: Title
    hi: Title


class TaskRow(Schema):
    id: UUID
    kind: KindOfTask
    title: Bilingual
    state: StateOfTask
    priority: PriorityName
    due_day: dt.date | None
    late: bool
    automatic: bool
    jurisdiction: Area
    agency: str
    person: OfficerPerson | None
    office: Coded | None
    premises: Named | None
    camera: Named | None
    clause: ClauseRef | None
    items_done: int
    items: int
    mine: bool
    created_ms: int
    closed_ms: int | None
    edited_ms: int


class ClauseRef(Schema):
    id: UUID
    order_id: UUID
    order: str
    number: str


class TaskPage(PageOf):
    items: list[TaskRow]


class ChecklistRow(Schema):
    id: UUID
    text: str
    done_ms: int | None
    done_by: str


class CommentRow(Schema):
    id: UUID
    text: str
    name: str
    at_ms: int


class TaskDetail(TaskRow):
    details: str
    outcome: str
    made_by: str
    closed_by: str
    may_work: bool
    may_assign: bool
    checklist: list[ChecklistRow]
    comments: list[CommentRow]


class TaskFields(In):
    kind: KindOfTask
    title: BothTitles
    details: Paragraph = ""
    priority: PriorityName = "normal"
    due_day: dt.date | None = None
    person_id: UUID | None = Field(None, description="For one person; else for an office, else for all who work there")
    office: Code | None = None
    checklist: list[Short] = Field(default_factory=list, max_length=30)


class TaskIn(TaskFields):
    jurisdiction: Short | None = Field(None, description="Path; left out: where the premises, camera or order lie")
    agency: Code | None = None
    premises_id: UUID | None = None
    camera_id: UUID | None = None
    clause_id: UUID | None = None
    reason: Long = ""


class TaskEdit(In):
    title: BothTitles | None = None
    details: Paragraph | None = None
    priority: PriorityName | None = None
    due_day: dt.date | None = None
    person_id: UUID | None = None
    office: Code | None = None
    state: StateOfTask | None = Field(None, description="Set aside, or open a closed one again; the reason says why")
    edited_ms: int
    reason: Reason


class TaskMove(In):
    state: Literal["open", "in_progress", "done"]
    outcome: Long = ""
    edited_ms: int | None = Field(None, description="As read; when given and no longer so, the answer is 409")


class CommentIn(In):
    text: Said


class TickIn(In):
    done: bool


class BulkFilters(In):
    """Premises of the programme, as the list of premises shows them. What is left out does not narrow."""

    step: list[Code] = Field(default_factory=list, max_length=12)
    owner_class: list[Code] = Field(default_factory=list, max_length=60)
    department: list[Code] = Field(default_factory=list, max_length=60)
    jurisdiction: Short = ""


class BulkIn(TaskFields):
    """A task for each of the premises that the filter finds. `expected`: the count that the preview told."""

    filters: BulkFilters
    expected: int | None = Field(None, ge=0)
    reason: Long = ""


class BulkPreview(Schema):
    count: int
    already: int = Field(description="Of these, premises for which a task of this kind stands: left out")
    by_area: list[BulkArea]


class BulkArea(Schema):
    path: str
    name: Bilingual
    count: int


class BulkMade(Schema):
    id: UUID
    count: int


class BatchRow(Schema):
    id: UUID
    title: Bilingual
    count: int
    standing: int
    done: int
    made_by: str
    made_ms: int
    undone_ms: int | None


class BatchPage(PageOf):
    items: list[BatchRow]


class Undone(Schema):
    cancelled: int
    kept: int


class EscalationStepRow(Schema):
    level: int
    person: OfficerPerson
    designation: Bilingual
    office: Coded
    channel: Literal["sms", "mail", "none"]
    at_ms: int


class EscalationRow(Schema):
    id: UUID
    kind: str
    text: Bilingual
    state: Literal["open", "acknowledged", "settled"]
    level: int
    to: EscalationStepRow | None
    jurisdiction: Area
    agency: str
    about_type: str
    about_id: str
    raised_ms: int
    climbs_ms: int | None
    closed_ms: int | None
    mine: bool


class EscalationPage(PageOf):
    items: list[EscalationRow]


class EscalationDetail(EscalationRow):
    steps: list[EscalationStepRow]
    remark: str
    closed_by: str
    may_acknowledge: bool


class AcknowledgeIn(In):
    remark: Remark


class OverviewTasks(Schema):
    open: int
    late: int
    due_this_week: int


class ProgrammeOverview(Schema):
    """What concerns the reader now."""

    mine: OverviewTasks
    area: OverviewTasks
    my_tasks: list[TaskRow]
    escalations_to_me: list[EscalationRow]
    escalations_open: int
    offices: list[AppointmentRow]
    as_of_ms: int


TaskRow.model_rebuild()
BulkPreview.model_rebuild()
