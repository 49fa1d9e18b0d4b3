"""What the endpoints of the wall's screens take and answer."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from ninja import Field
from pydantic import StringConstraints

from prahari.desks.common.errors import Bilingual
from prahari.desks.common.schema import Schema
from prahari.desks.registry.schemas import BothNames, In, Latitude, Long, Longitude, PageOf, Reason

KindName = Literal["camera", "layout", "tour", "map", "counts", "alarms", "page", "chart"]
ChartKind = Literal["alarms_by_hour", "alarms_by_kind", "incidents_open", "cameras_live", "units"]
SourceName = Literal["person", "salvo", "procedure", "alarm"]
SeverityOrNone = Literal["", "low", "medium", "high", "critical"]
Side = Annotated[int, Field(ge=1, le=8)]
At = Annotated[int, Field(ge=0, le=7)]
Path = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300, pattern=r"^[a-z0-9._-]*$")]
AgencyOrAll = Annotated[str, StringConstraints(max_length=40, pattern=r"^[a-z0-9_-]*$")]
Version = Annotated[int, Field(ge=1, le=2_000_000_000)]
Hash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
ForS = Annotated[int, Field(ge=5, le=86_400)]


class ScreenFields(In):
    name: BothNames
    place: Long = ""
    jurisdiction: Path = Field(description="It shows cameras of this area only")
    agency: AgencyOrAll = Field("", description="And of this agency; empty: of all")
    columns: Side
    rows: Side
    language: Literal["en", "hi"] = "hi"
    reserved: tuple[At, At, Side, Side] | None = Field(None, description="x, y, w, h: tiles where alarms come")
    alarm_severity: SeverityOrNone = Field("", description="Alarms of this severity at least come by themselves")
    alarm_for_s: ForS = 60
    reason: Reason


class ScreenIn(ScreenFields):
    pass


class ScreenEdit(ScreenFields):
    active: bool = True
    setup: Version = Field(description="As read: when somebody else has edited since, the answer is 409")


class ScreenCodeIn(In):
    code: Annotated[str, StringConstraints(strip_whitespace=True, min_length=6, max_length=20)]
    reason: Reason


class ScreenReason(In):
    reason: Reason


class ScreenItemIn(In):
    """camera: `camera`. tour: `cameras`, `dwell_s`. layout: `layout`. page: `url`. chart: `chart`. map: `lat`, `lon`,
    `zoom`, or the whole area. at: x, y of its first tile; null: where there is room. size: in tiles."""

    kind: KindName
    camera: UUID | None = None
    cameras: Annotated[list[UUID], Field(max_length=60)] = Field(default_factory=list)
    dwell_s: Annotated[int, Field(ge=5, le=600)] = 15
    layout: UUID | None = None
    url: Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000, pattern=r"^[^\x00]*$")] = ""
    lat: Latitude | None = None
    lon: Longitude | None = None
    zoom: Annotated[float, Field(ge=3, le=20)] = 15
    chart: ChartKind | None = None
    at: tuple[At, At] | None = None
    size: tuple[Side, Side] | None = None


class ShowIn(In):
    """key: of this act; sent twice it is done once."""

    key: UUID
    items: Annotated[list[ScreenItemIn], Field(min_length=1, max_length=36)]
    for_s: ForS | None = Field(None, description="Null: until somebody takes it away")


class ReleaseIn(In):
    """key: as of ShowIn. showings: null means all that people put there."""

    key: UUID
    showings: Annotated[list[UUID], Field(min_length=1, max_length=64)] | None = None


class ScreenCamera(Schema):
    id: UUID
    reg_id: str
    name: Bilingual
    place: Bilingual
    lat: float
    lon: float


class ScreenContent(Schema):
    """By kind. cameras: null where one may not be seen, or is no more. grid: of a layout."""

    cameras: list[ScreenCamera | None] = Field(default_factory=list)
    grid: int | None = None
    title: str = ""
    dwell_s: int = 15
    url: str = ""
    lat: float | None = None
    lon: float | None = None
    zoom: float | None = None
    chart: ChartKind | None = None


class ScreenItem(Schema):
    """x, y, w, h: tiles. by: "" for the centre itself. why: what it was for. act: for taking it back."""

    id: UUID
    kind: KindName
    x: int
    y: int
    w: int
    h: int
    priority: int
    source: SourceName
    by: str
    why: Bilingual | None
    put_ms: int
    until_ms: int | None
    act: UUID
    content: ScreenContent


class ScreenState(Schema):
    """A screen and what stands on it. items: in painting order, the last on top; all of them to be seen. beneath: what
    lies under them. linked: a kiosk has asked within the last half minute. setup, version: of the screen as it was set
    up, and of what is shown."""

    id: UUID
    name: Bilingual
    place: str
    jurisdiction: str
    agency: str
    columns: int
    rows: int
    language: Literal["en", "hi"]
    reserved: tuple[int, int, int, int] | None
    alarm_severity: SeverityOrNone
    alarm_for_s: int
    active: bool
    enrolled_ms: int | None
    seen_ms: int | None
    linked: bool
    setup: int
    version: int
    items: list[ScreenItem]
    beneath: list[ScreenItem]


class ScreenPage(PageOf):
    """may_set_up: screens, somewhere."""

    items: list[ScreenState]
    may_set_up: bool
    pages: list[str]


class ScreenPut(Schema):
    """over: what the new things hide now, of others: [{"by", "kind"}]."""

    act: UUID
    screen: ScreenState
    over: list[ScreenItem]


class SalvoIn(In):
    """screens: whose present contents are kept under this name."""

    name: BothNames
    screens: Annotated[list[UUID], Field(min_length=1, max_length=40)]


class SalvoEdit(In):
    """screens: null leaves the contents as they are; else they are taken anew from what stands there now."""

    name: BothNames
    screens: Annotated[list[UUID], Field(min_length=1, max_length=40)] | None = None
    version: Version


class WallActKey(In):
    key: UUID


class SalvoScreen(Schema):
    id: UUID
    name: Bilingual
    items: int


class SalvoRow(Schema):
    id: UUID
    name: Bilingual
    screens: list[SalvoScreen]
    version: int


class SalvoList(PageOf):
    items: list[SalvoRow]


class SalvoSwitched(Schema):
    """left_out: items that could not be shown any more: a camera was retired, a screen removed."""

    act: UUID
    screens: list[ScreenState]
    left_out: int


class WallActUndone(Schema):
    screens: list[ScreenState]


# Charts


class ChartRow(Schema):
    """name: where it has one of its own; else `key` is a code that the console has a word for, or an hour (at_ms).
    values: one for each of the series; empty: nothing is known. late: how many of them are past their time."""

    key: str
    name: Bilingual | None
    at_ms: int | None
    values: list[int]
    late: int


class WaitingCall(Schema):
    """The call that no unit is sent to for the longest. name: of its kind."""

    since_ms: int
    number: str
    severity: str
    name: Bilingual


class ChartFigures(Schema):
    """Numbers of one chart, in the area and agency of whoever asks. total: the chart's one number, `of` so many.
    waiting, longest: calls without a unit (units)."""

    chart: ChartKind
    as_of_ms: int
    series: list[str]
    rows: list[ChartRow]
    total: int
    of: int | None
    late: int
    waiting: int
    longest: WaitingCall | None


# The kiosk's own


class EnrolmentIn(In):
    key_hash: Hash = Field(description="SHA-256 of a key that the kiosk made and keeps to itself")


class EnrolmentOut(Schema):
    code: str
    expires_ms: int


class ScreenNow(Schema):
    """What a kiosk shows. build: of the console's files; when it changes the kiosk loads itself anew. change_key: it is
    time that the kiosk makes itself another key."""

    screen: ScreenState
    build: str
    change_key: bool
    now_ms: int


class KioskTokensIn(In):
    camera_ids: Annotated[list[UUID], Field(min_length=1, max_length=36)]
    uses: list[Literal["live"]] = Field(default_factory=lambda: ["live"], min_length=1, max_length=1)
