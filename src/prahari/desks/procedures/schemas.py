"""What the procedures desk's endpoints take and answer; a step as it is written down."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Field
from pydantic import StringConstraints

from prahari.desks.common.errors import Bilingual
from prahari.desks.common.schema import Schema
from prahari.desks.registry.schemas import BothNames, Code, In, Long, Reason

StepKind = Literal["confirm", "choose", "text", "number", "form", "timer", "automatic"]
FieldKind = Literal["text", "number", "choose", "phone", "time"]
VersionStateName = Literal["draft", "published", "superseded"]
RunStateName = Literal["running", "finished", "stopped"]
StepStateName = Literal["open", "done", "skipped"]
AutomaticState = Literal["", "queued", "done", "failed", "unavailable", "by_hand"]
Standing = Literal["applies", "waits", "not_needed"]

Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000, pattern=r"^[^\x00]*$")]
Title = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300, pattern=r"^[^\x00]*$")]
StepId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")]
Seen = Annotated[int, Field(ge=1, le=2_000_000_000)]
Number = Annotated[float, Field(ge=-1e12, le=1e12, allow_inf_nan=False)]
Value = bool | Number | Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000, pattern=r"^[^\x00]*$")]


class TwoTitles(In):
    """May be incomplete while it is a draft."""

    en: Title = ""
    hi: Title = ""


class TwoWords(In):
    en: Words = ""
    hi: Words = ""


class OptionBody(In):
    code: StepId
    name: TwoTitles


class FieldBody(In):
    code: StepId
    name: TwoTitles
    kind: FieldKind = "text"
    required: bool = False
    options: list[OptionBody] = Field(default_factory=list, max_length=20)


class OnlyIf(In):
    """The step is to be done only when an earlier step that chooses was answered by one of these."""

    step: StepId
    options: list[StepId] = Field(default_factory=list, max_length=20)


class AutomaticBody(In):
    """code: of automatic.register. at_once: as soon as the step is to be done; else when somebody starts it."""

    code: StepId
    values: dict[StepId, Value] = Field(default_factory=dict, max_length=20)
    at_once: bool = True


class StepBody(In):
    """One step. Fields of other kinds than its own stay empty. agency, post: who is to do it; others may, too."""

    id: StepId
    kind: StepKind
    title: TwoTitles
    help: TwoWords = Field(default_factory=TwoWords)
    required: bool = True
    agency: Annotated[str, StringConstraints(pattern=r"^([a-z0-9][a-z0-9_-]{0,39})?$")] = ""
    post: TwoTitles = Field(default_factory=TwoTitles)
    limit_s: Annotated[int, Field(ge=5, le=604_800)] | None = Field(None, description="Since it is to be done")
    only_if: OnlyIf | None = None
    options: list[OptionBody] = Field(default_factory=list, max_length=20)
    unit: TwoTitles = Field(default_factory=TwoTitles)
    least: Number | None = None
    most: Number | None = None
    fields: list[FieldBody] = Field(default_factory=list, max_length=20)
    seconds: Annotated[int, Field(ge=5, le=86_400)] | None = Field(None, description="Of a timer")
    automatic: AutomaticBody | None = None


class ProcedureIn(In):
    code: Code
    name: BothNames
    reason: Long = ""


class ProcedureEdit(In):
    name: BothNames
    sort: Annotated[int, Field(ge=0, le=10_000)] = 0
    active: bool = True
    edited_ms: int
    reason: Reason


class DraftIn(In):
    version: Seen
    steps: list[StepBody] = Field(..., max_length=100)
    note: Long = ""


class DraftSeen(In):
    version: Seen
    reason: Reason


class StepProblem(Schema):
    """What keeps a draft from being published."""

    step: str
    field: str
    text: Bilingual


class ProcedureVersionRow(Schema):
    number: int
    state: VersionStateName
    note: str
    by: str
    edited_ms: int
    published_by: str
    published_ms: int | None
    steps: int


class ProcedureVersionOut(Schema):
    number: int
    state: VersionStateName
    steps: list[StepBody]
    note: str
    version: int
    edited_ms: int
    published_ms: int | None
    problems: list[StepProblem]


class ProcedureRow(Schema):
    code: str
    name: Bilingual
    sort: int
    active: bool
    edited_ms: int
    in_force: int | None
    draft: int | None
    steps: int
    published_ms: int | None
    kinds: list[Bilingual] = Field(..., description="Of incidents that begin with it")


class ProcedureList(Schema):
    items: list[ProcedureRow]
    may_edit: bool


class ProcedureDetail(ProcedureRow):
    versions: list[ProcedureVersionRow]
    published: ProcedureVersionOut | None
    in_work: ProcedureVersionOut | None
    may_edit: bool


class AutomaticField(Schema):
    code: str
    name: Bilingual
    kind: FieldKind
    required: bool
    options: list[OptionBody]


class AutomaticRow(Schema):
    code: str
    name: Bilingual
    available: bool
    fields: list[AutomaticField]


class AutomaticList(Schema):
    items: list[AutomaticRow]


class RunIn(In):
    procedure: Code


class StepDone(In):
    """value: nothing to confirm or for a timer, an option's code, a text, a number, or {field: value} for a form."""

    version: Seen
    value: dict[StepId, Value] | Value | None = None


class StepSkipped(In):
    version: Seen
    reason: Long = Field("", description="Needed for a required step")


class StepSeen(In):
    version: Seen


class RunStopped(In):
    reason: Reason


class RunStepOut(Schema):
    step: StepBody
    standing: Standing
    state: StepStateName
    version: int
    value: Any
    reason: str
    by: str
    at_ms: int | None
    ready_ms: int | None
    due_ms: int | None
    timer_ms: int | None
    automatic: AutomaticState
    available: bool = Field(..., description="Of an automatic action: whether this centre does it")
    outcome: Bilingual | None


class RunOut(Schema):
    id: UUID
    procedure: str
    name: Bilingual
    number: int
    state: RunStateName
    started_by: str
    started_ms: int
    ended_ms: int | None
    reason: str
    steps: list[RunStepOut]
    next: str | None = Field(..., description="The step to do next")
    may_work: bool
    now_ms: int


class RunList(Schema):
    items: list[RunOut]
