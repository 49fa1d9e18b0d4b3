"""Letters: templates, runs of letters, the register, what came of them."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal
from uuid import UUID

from ninja import Field
from pydantic import StringConstraints

from prahari.desks.common.errors import Bilingual
from prahari.desks.common.schema import Schema
from prahari.desks.outreach.schemas.outreach import Day, Line
from prahari.desks.registry.schemas import Area, BothNames, Code, In, Long, Named, PageOf, Reason, Short

PurposeName = Literal["encourage", "request", "remind", "thank"]
SentByName = Literal["hand", "post", "mail", "message"]
LetterLanguage = Literal["hi", "en"]
LETTERS_MOST = 2000
Body = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=6000, pattern=r"^[^\x00]*$")]


class LetterLines(In):
    en: Line
    hi: Line


class BothBodies(In):
    en: Body
    hi: Body


class LetterTemplateIn(In):
    """A new version of the template with this code; the first one when there is none."""

    purpose: PurposeName
    name: BothNames
    subject: LetterLines
    body: BothBodies
    signatory: LetterLines
    active: bool = True
    version: int = Field(ge=0, description="The one that was read: 0 for a new template; 409 when there is a newer one")
    reason: Reason


class LetterTemplateRow(Schema):
    id: UUID
    code: str
    version: int
    purpose: PurposeName
    name: Bilingual
    subject: Bilingual
    body: Bilingual
    signatory: Bilingual
    active: bool
    created_ms: int


class LetterTemplates(Schema):
    items: list[LetterTemplateRow]


class LetterFilter(In):
    """Whom to write to: the premises named, or those in the programme that pass the filters."""

    premises: Annotated[list[UUID], Field(max_length=LETTERS_MOST)] = Field(default_factory=list)
    q: Long = ""
    step: Long = Field("", description="Steps of the ladder, with commas between")
    owner_class: Long = ""
    department: Long = ""
    jurisdiction: Short = ""
    ward: Short = ""
    without_cameras: bool | None = None
    not_written_days: int = Field(
        0, ge=0, le=3650, description="Leave out who was written a letter of this template in so many days"
    )


class LetterRunIn(LetterFilter):
    run_id: UUID = Field(description="Made by the form: sent twice, the letters are written once")
    template: Code
    language: LetterLanguage = "hi"
    follow_up_on: Day | None = None


class LetterPreviewIn(LetterFilter):
    template: Code
    language: LetterLanguage = "hi"


class PreviewLetter(Schema):
    premises: Named
    jurisdiction: Area
    addressed_to: str
    subject: str
    body: str


class LetterPreview(Schema):
    count: int
    too_many: bool
    most: int
    items: list[PreviewLetter] = Field(description="The first few, as they would read")


class LetterRunOut(Schema):
    run_id: UUID
    letters: int
    first_number: str
    last_number: str


class LetterRow(Schema):
    id: UUID
    number: str
    run_id: UUID
    template: str
    version: int
    purpose: PurposeName
    name: Bilingual
    premises: Named
    jurisdiction: Area
    language: LetterLanguage
    addressed_to: str
    dated_on: dt.date
    sent_on: dt.date | None
    sent_by: str
    follow_up_on: dt.date | None
    overdue: bool = Field(description="To be followed up by now, and nothing has come of it")
    note: str
    step: str
    written_by: str
    edited_ms: int


class LetterPage(PageOf):
    items: list[LetterRow]


class LetterEdit(In):
    sent_on: Day | None = None
    sent_by: SentByName | None = None
    follow_up_on: Day | None = None
    note: Long = ""
    edited_ms: int


class RunSentIn(In):
    sent_on: Day
    sent_by: SentByName
    follow_up_on: Day | None = None


class ConversionRow(Schema):
    """Of the premises written to: how many stand at these steps now and reached them after the letter."""

    purpose: PurposeName
    letters: int
    premises: int
    sent: int
    consented: int
    installed: int
    refused: int


class Conversion(Schema):
    items: list[ConversionRow]
    as_of_ms: int
