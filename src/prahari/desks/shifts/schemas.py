"""What the shifts desk's endpoints take and answer."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal
from uuid import UUID

from ninja import Field
from pydantic import StringConstraints

from prahari.desks.common.errors import Bilingual
from prahari.desks.common.schema import Schema
from prahari.desks.registry.schemas import BothNames, Code, Coded, In, Long, PageOf, Reason

Path = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300, pattern=r"^[a-z0-9._-]*$")]
Clock = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Moment = Annotated[int, Field(ge=0, le=4_102_444_800_000)]
Version = Annotated[int, Field(ge=1, le=2_000_000_000)]
HandoverText = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=3, max_length=8000, pattern=r"^[^\x00]*$")
]
Remark = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000, pattern=r"^[^\x00]*$")]
CameName = Literal["", "on_time", "late", "absent"]
DutyStateName = Literal["incoming", "on", "off"]


class ShiftPerson(Schema):
    id: UUID
    name: str


class ShiftCamera(Schema):
    id: UUID
    reg_id: str
    name: Bilingual


# Posts and patterns


class PostFields(In):
    name: BothNames
    jurisdiction: Path
    agency: Code
    role: Code | None = Field(None, description="The least that somebody must hold to sit here")
    watch_area: Path = ""
    cameras: Annotated[list[UUID], Field(max_length=200)] = Field(default_factory=list)
    reason: Reason


class PostIn(PostFields):
    code: Code


class PostEdit(PostFields):
    active: bool = True
    version: Version = Field(description="As read: when somebody else has saved since, the answer is 409")


class PostRow(Schema):
    id: UUID
    code: str
    name: Bilingual
    jurisdiction: str
    agency: str
    role: Coded | None
    watch_area: str
    cameras: list[ShiftCamera]
    active: bool
    version: int


class PostList(PageOf):
    items: list[PostRow]


class ShiftSitter(ShiftPerson):
    """on_duty_at: code of a post, "" when at none."""

    on_duty_at: str


class ShiftPeople(PageOf):
    items: list[ShiftSitter]


class ShiftTurn(In):
    name: BothNames
    start: Clock
    minutes: Annotated[int, Field(ge=30, le=2_160)]


class PatternFields(In):
    """cycle: for each day the number of a turn, counted from 0, or null for a free one."""

    name: BothNames
    jurisdiction: Path
    agency: Code
    turns: Annotated[list[ShiftTurn], Field(min_length=1, max_length=8)]
    cycle: Annotated[list[Annotated[int, Field(ge=0, le=7)] | None], Field(min_length=1, max_length=60)]
    reason: Reason


class PatternIn(PatternFields):
    pass


class PatternEdit(PatternFields):
    active: bool = True
    version: Version


class PatternRow(Schema):
    id: UUID
    name: Bilingual
    jurisdiction: str
    agency: str
    turns: list[ShiftTurn]
    cycle: list[int | None]
    active: bool
    version: int


class PatternList(PageOf):
    items: list[PatternRow]


# The roster


class EntryIn(In):
    post: UUID
    person: UUID
    from_ms: Moment
    to_ms: Moment
    note: Long = ""


class EntryEdit(In):
    person: UUID
    from_ms: Moment
    to_ms: Moment
    note: Long = ""
    reason: Long = Field("", description="Needed once it is published")
    version: Version


class EntryCancel(In):
    reason: Long = Field("", description="Needed once it is published")
    version: Version


class LateTold(Schema):
    at_ms: int
    came: CameName
    to: str
    people: list[str]


class EntryRow(Schema):
    """told: whom it was told to that nobody came: [{"at_ms", "came", "to", "people": [names]}]."""

    id: UUID
    post: str
    post_id: UUID
    person: ShiftPerson
    from_ms: int
    to_ms: int
    turn: Bilingual
    note: str
    published: bool
    cancelled: bool
    came: CameName
    told: list[LateTold]
    version: int


class RosterClash(Schema):
    """entries: ids; of neighbouring weeks too. forbids: cannot be published."""

    kind: Literal["double", "crowded", "rest", "long", "week"]
    entries: list[UUID]
    hours: float
    forbids: bool


class RosterLimits(Schema):
    rest_hours: int | None
    longest_hours: int | None
    week_hours: int | None


class ShiftRoster(Schema):
    items: list[EntryRow]
    clashes: list[RosterClash]
    limits: RosterLimits
    may_manage: bool
    as_of_ms: int


class LayOutPerson(In):
    """begin: at which day of the cycle they begin."""

    person: UUID
    begin: Annotated[int, Field(ge=0, le=59)]


class LayOutIn(In):
    post: UUID
    pattern: UUID
    people: Annotated[list[LayOutPerson], Field(min_length=1, max_length=40)]
    first: dt.date
    weeks: Annotated[int, Field(ge=1, le=8)]
    keep: bool = Field(description="False: only show what it would make")


class ShiftLaidOut(Schema):
    """standing: turns that were in the roster before."""

    items: list[EntryRow]
    clashes: list[RosterClash]
    standing: int
    kept: bool


class PublishIn(In):
    from_ms: Moment
    to_ms: Moment
    reason: Long = Field("", description="Needed when rest rules speak against it")


class ShiftPublished(Schema):
    published: int
    clashes: int


# On duty


class SignOnIn(In):
    """key: of this form; sent twice it signs on once."""

    key: UUID


class BreakIn(In):
    cover: UUID


class SignOffIn(In):
    reason: Long = Field("", description="Needed when nobody has taken over")


class ShiftReason(In):
    reason: Reason


class HandOverIn(In):
    note: HandoverText


class TakeOverIn(In):
    key: UUID
    remark: Remark = ""


class Away(Schema):
    from_ms: int
    cover: ShiftPerson


class ShiftDuty(Schema):
    """on_ms: since when the post is theirs; null while incoming. ends_ms: by the roster."""

    id: UUID
    post: str
    person: ShiftPerson
    state: DutyStateName
    from_ms: int
    on_ms: int | None
    to_ms: int | None
    ends_ms: int | None
    away: Away | None


class ShiftItem(Schema):
    """Something that is open. to: its address in the console."""

    kind: str
    id: str
    title: Bilingual
    since_ms: int
    to: str


class ShiftItems(Schema):
    items: list[ShiftItem]


class ShiftHandoverRow(Schema):
    id: UUID
    post: str
    post_name: Bilingual
    state: Literal["offered", "accepted", "withdrawn"]
    given_by: ShiftPerson
    taken_by: ShiftPerson | None
    note: str
    items: list[ShiftItem]
    remark: str
    offered_ms: int
    answered_ms: int | None


class ShiftHandovers(PageOf):
    items: list[ShiftHandoverRow]


class PostOnBoard(Schema):
    """due: whose turn it is by the roster. handover: id of one that waits to be accepted."""

    id: UUID
    code: str
    name: Bilingual
    jurisdiction: str
    agency: str
    on: ShiftDuty | None
    incoming: ShiftDuty | None
    due: list[EntryRow]
    next: EntryRow | None
    handover: UUID | None


class ShiftBoard(PageOf):
    items: list[PostOnBoard]
    break_minutes: int


class MyPost(Schema):
    """on, incoming: names, "" nobody."""

    id: UUID
    code: str
    name: Bilingual
    on: str
    incoming: str


class CheckAsked(Schema):
    id: UUID
    due_ms: int


class MyShift(Schema):
    duty: ShiftDuty | None
    covers: list[str]
    posts: list[MyPost]
    roster: list[EntryRow]
    handovers: list[ShiftHandoverRow]
    check: CheckAsked | None
    idle_s: int
    may_attention: bool
    now_ms: int


# Attention


class StretchIn(In):
    """Times by the console's clock."""

    id: UUID
    camera: UUID
    from_ms: Moment
    to_ms: Moment


class WatchedIn(In):
    sent_ms: Moment = Field(description="The console's clock when it sends, by which its times are put right")
    stretches: Annotated[list[StretchIn], Field(min_length=1, max_length=500)]


class StretchesKept(Schema):
    kept: int
    refused: int


class CheckAnswer(Schema):
    state: Literal["asked", "answered", "missed", "excused"]


class AttentionFilters(Schema):
    from_ms: Moment
    to_ms: Moment
    cameras: Annotated[list[UUID], Field(max_length=60)] = Field(default_factory=list)
    post: UUID | None = None
    area: Path = ""


Span = tuple[int, int]


class AttentionPerson(Schema):
    """post: code, "" when not on duty."""

    person: ShiftPerson
    post: str
    stretches: list[Span]


class AttentionCamera(ShiftCamera):
    share: float
    people: list[AttentionPerson]
    nobody: list[Span]


class AttentionReport(Schema):
    """more: there are more cameras than fit. known_to_ms: the window's part that has passed."""

    cameras: list[AttentionCamera]
    from_ms: int
    to_ms: int
    known_to_ms: int
    more: bool
    as_of_ms: int


class AttentionChecks(Schema):
    """missed: shown and not answered. not_shown: no console was open."""

    answered: int
    missed: int
    not_shown: int
    excused: int


class AttentionDuty(Schema):
    """share: of the time on duty, the mean over the cameras that must be watched; 0 to 1."""

    duty: UUID
    post: str
    post_id: UUID
    person: ShiftPerson
    from_ms: int
    to_ms: int | None
    cameras: int
    watched: int
    share: float
    never: list[ShiftCamera]
    checks: AttentionChecks


class AttentionDuties(PageOf):
    items: list[AttentionDuty]
    least_s: int
