"""What the endpoints of lists take and answer."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from ninja import Field
from pydantic import StringConstraints

from prahari.desks.common.errors import Bilingual
from prahari.desks.common.schema import Schema
from prahari.desks.registry.schemas import Area, Coded, In, PageOf, Reason, Who

ListState = Literal["read", "ready", "committing", "committed", "undone", "failed"]
ListRowState = Literal["new", "more", "same", "decide", "bad"]
LexiconName = Literal["police_station", "police_post", "ward", "owner_class", "department"]
DefaultName = Literal["police_station", "ward", "owner_class", "department"]
FieldName = Literal[
    "", "serial", "name", "owner", "mobile", "address", "police_station", "police_post", "ward", "owner_class",
    "department", "cameras", "placement", "make", "ip_based", "recorder", "coordinates", "lat", "lon", "consent",
    "remarks",
]  # fmt: skip
Word = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300, pattern=r"^[^\x00]*$")]
COLUMNS_MAX = 120


class ListCounts(Schema):
    """Rows by what becomes of them; premises and cameras that are new (made, once the list is taken over)."""

    rows: int
    new: int
    more: int
    same: int
    decide: int
    bad: int
    premises: int
    cameras: int
    removed: int = 0
    kept: int = 0


class ListSummary(Schema):
    id: UUID
    file_name: str
    sender: str
    kind: str
    state: ListState
    counts: ListCounts | None
    progress_done: int
    progress_total: int
    imported_by: Who
    created_ms: int
    committed_ms: int | None
    undone_ms: int | None
    edited_ms: int


class ListPage(PageOf):
    items: list[ListSummary]


class ListSample(Schema):
    written: str
    read: str


class ListColumn(Schema):
    """A column of a sheet. field "": left out. legacy: typed in Kruti Dev."""

    letter: str
    header: str
    field: FieldName
    confidence: float
    legacy: bool
    samples: list[ListSample]


class ListDefault(Schema):
    lexicon: DefaultName
    value: str
    name: Bilingual


class ListSheetOut(Schema):
    position: int
    name: str
    hidden: bool
    rows: int
    use: bool
    remembered: bool
    titles: list[str]
    header_rows: list[int]
    columns: list[ListColumn]
    defaults: list[ListDefault]


class UnknownWord(Schema):
    lexicon: LexiconName
    text: str
    rows: int


class EarlierList(Schema):
    """The same file, taken over before."""

    id: UUID
    file_name: str
    committed_ms: int


class ListDetail(ListSummary):
    sha256: str
    size_bytes: int
    failure: Bilingual | None
    unknown: list[UnknownWord]
    sheets: list[ListSheetOut]
    earlier: EarlierList | None
    undo_until_ms: int | None
    open_duplicates: int


class SheetPlanIn(In):
    """What of a sheet's understanding is changed; left out: stays."""

    use: bool | None = None
    header_rows: Annotated[list[Annotated[int, Field(ge=1, le=2_000_000)]], Field(max_length=2)] | None = None
    fields: Annotated[list[FieldName], Field(max_length=COLUMNS_MAX)] | None = None
    legacy: Annotated[list[bool], Field(max_length=COLUMNS_MAX)] | None = None
    defaults: dict[DefaultName, Word] | None = None
    edited_ms: int | None = Field(None, description="As read; when given and no longer so, the answer is 409")


class AliasIn(In):
    """A word of lists and what it means: a path or code of the register; "" for nothing."""

    lexicon: LexiconName
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\x00]*$")]
    value: Word
    edited_ms: int | None = None


class CommitIn(In):
    edited_ms: int | None = Field(None, description="As read; when given and no longer so, the answer is 409")


class ListWhy(In):
    reason: Reason


class RowProblem(Schema):
    code: str
    text: Bilingual


class PremisesSaid(Schema):
    """Premises as a row of a list says them, or as the register has them."""

    premises_id: UUID | None
    name: Bilingual
    owner: str
    mobile: str
    address: Bilingual
    police_station: Area | None
    ward: Area | None
    owner_class: Coded | None
    department: Coded | None
    cameras: int | None
    lat: float | None
    lon: float | None
    source: str


class ListRowOut(Schema):
    sheet: int
    row: int
    head_row: int
    state: ListRowState
    problems: list[RowProblem]
    written: list[str]
    understood: PremisesSaid | None


class ListRows(PageOf):
    items: list[ListRowOut]


class MatchReason(Schema):
    code: str
    value: int | None


class DuplicatePair(Schema):
    """A row (`one`) beside what it may be the same as (`other`). ready: the other has its premises already."""

    id: UUID
    list_id: UUID
    score: int
    reasons: list[MatchReason]
    decision: Literal["", "later"]
    ready: bool
    one: PremisesSaid
    other: PremisesSaid


class DuplicatePage(PageOf):
    items: list[DuplicatePair]


class DecisionIn(In):
    decision: Literal["same", "different", "later"]
