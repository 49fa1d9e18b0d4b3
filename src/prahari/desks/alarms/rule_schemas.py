"""What the endpoints of alarm rules and their trials take and answer."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from ninja import Field
from pydantic import StringConstraints

from prahari.desks.alarms.schemas import PostCode, SeverityName
from prahari.desks.common.errors import Bilingual
from prahari.desks.common.schema import Schema
from prahari.desks.registry.schemas import BothNames, In, PageOf, Reason

GroupName = Literal["each", "camera", "subject", "site", "jurisdiction", "rule"]
TrialStateName = Literal["queued", "running", "done", "cancelled", "failed"]
EventType = Annotated[
    str, StringConstraints(strip_whitespace=True, pattern=r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*(\.\*)?$", max_length=80)
]
Path = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300, pattern=r"^[^\x00]*$")]
Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120, pattern=r"^[^\x00]*$")]
DataPath = Annotated[
    str, StringConstraints(strip_whitespace=True, pattern=r"^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z0-9_]+)*$", max_length=120)
]
Operator = Literal["==", "!=", "<", "<=", ">", ">=", "in", "contains"]
Plain = Word | bool | Annotated[float, Field(allow_inf_nan=False)]
Hours = tuple[
    Annotated[int, Field(ge=0, le=6)], Annotated[int, Field(ge=0, le=1439)], Annotated[int, Field(ge=0, le=1440)]
]
Seconds = Annotated[int, Field(ge=0, le=86_400)]
VersionNumber = Annotated[int, Field(ge=1, le=1_000_000)]


class RuleMatch(In):
    """Which events are meant: core.alarming.rule.Match."""

    types: Annotated[list[EventType], Field(min_length=1, max_length=20)]
    jurisdictions: Annotated[list[Path], Field(max_length=50)] = Field(default_factory=list)
    agencies: Annotated[list[Word], Field(max_length=20)] = Field(default_factory=list)
    owner_classes: Annotated[list[Word], Field(max_length=50)] = Field(default_factory=list)
    cameras: Annotated[list[UUID], Field(max_length=500)] = Field(default_factory=list)
    sources: Annotated[list[Word], Field(max_length=50)] = Field(default_factory=list)
    where: Annotated[
        list[tuple[DataPath, Operator, Plain | Annotated[list[Plain], Field(max_length=50)]]], Field(max_length=10)
    ] = Field(default_factory=list)
    hours: Annotated[list[Hours], Field(max_length=50)] = Field(default_factory=list)
    confidence_least: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)] | None = None


class RuleBody(In):
    """core.alarming.rule.AlarmRule without its id and version."""

    name: BothNames
    severity: SeverityName
    match: RuleMatch
    count: Annotated[int, Field(ge=1, le=1000)] = 1
    window_s: Annotated[int, Field(ge=1, le=86_400)] = 60
    group_by: GroupName = "camera"
    group_s: Seconds = 120
    also: Annotated[list[RuleMatch], Field(max_length=5)] = Field(default_factory=list)
    also_elsewhere: bool = True
    also_within_m: Annotated[float, Field(gt=0, le=100_000, allow_inf_nan=False)] | None = None
    suppress: Annotated[list[RuleMatch], Field(max_length=5)] = Field(default_factory=list)
    suppress_s: Seconds = 0
    flood_per_minute: Annotated[int, Field(ge=1, le=10_000)] = 60
    assign_agency: Annotated[str, StringConstraints(strip_whitespace=True, max_length=40, pattern=r"^[^\x00]*$")] = ""
    assign_post: PostCode = ""
    incident_kind: PostCode = ""
    test: bool = False


class AlarmRuleIn(In):
    """A new rule: of an area (empty: the whole centre) and an agency (empty: all)."""

    jurisdiction: Path = ""
    agency: Annotated[str, StringConstraints(strip_whitespace=True, max_length=40, pattern=r"^[^\x00]*$")] = ""
    body: RuleBody
    reason: Reason


class RuleEdit(In):
    """version: of the rule as it was read."""

    version: VersionNumber
    body: RuleBody
    reason: Reason


class RuleSwitch(In):
    """on: puts the newest version in force. untried: yes, although it was not tried."""

    version: VersionNumber
    on: bool
    untried: bool = False
    reason: Reason


class RuleRetire(In):
    version: VersionNumber
    reason: Reason


class RuleVersionOut(Schema):
    number: int
    body: RuleBody
    reason: str
    by: str
    at_ms: int


class RuleOut(Schema):
    """latest: the newest version, in_force: the one that raises alarms; None: off. body: of the newest. tried: a trial
    of the newest was finished. alarms_week: raised in the last seven days."""

    id: UUID
    name: Bilingual
    jurisdiction: str
    agency: str
    version: int
    latest: int
    in_force: int | None
    body: RuleBody
    tried: bool
    alarms_week: int
    edited_ms: int
    by: str
    may_edit: bool


class RulePage(PageOf):
    items: list[RuleOut]


class RuleDetail(Schema):
    rule: RuleOut
    versions: list[RuleVersionOut]
    trials: list[TrialOut]


class TrialDay(Schema):
    """now: by the version in force; None: there is none."""

    day: str
    tried: int
    now: int | None


class TrialSample(Schema):
    first_ms: int
    last_ms: int
    count: int
    group_key: str
    jurisdiction: str
    camera: TrialCamera | None
    flood: bool


class TrialCamera(Schema):
    id: UUID
    reg_id: str
    name: Bilingual


class TrialFigures(Schema):
    """alarms: raised. matched: events that were met. grouped: of them joined an alarm that there was. flooded: alarms
    told as one because they were too many."""

    alarms: int
    matched: int
    grouped: int
    flooded: int


class TrialResult(Schema):
    """cut: there were more events than a trial may read; the days reach as far as it came."""

    tried: TrialFigures
    now: TrialFigures | None
    days: list[TrialDay]
    samples: list[TrialSample]
    cut: bool
    took_ms: int


class TrialOut(Schema):
    id: UUID
    number: int
    in_force: int | None
    state: TrialStateName
    from_ms: int
    to_ms: int
    read: int
    progress: float
    result: TrialResult | None
    by: str
    created_ms: int


class TrialStart(In):
    """number: the version. days: the rule of the centre unless given."""

    number: VersionNumber
    days: Annotated[int, Field(ge=1, le=31)] | None = None


RuleDetail.model_rebuild()
TrialSample.model_rebuild()
