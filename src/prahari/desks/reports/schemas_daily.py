"""What the endpoints of daily reports take and answer. `figures` is described in snapshot.py."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Field
from pydantic import StringConstraints

from prahari.desks.common.errors import Bilingual
from prahari.desks.common.schema import Schema
from prahari.desks.registry.schemas import In, Name, PageOf, Short

ReportState = Literal["made", "signed", "late", "missing"]
Language = Literal["hi", "en"]
Remark = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000, pattern=r"^[^\x00]*$")]
Path = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300, pattern=r"^[^\x00]*$")]
MailAddress = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=254)]


class ReportArea(Schema):
    path: str
    name: Bilingual
    agency: str
    agency_name: Bilingual | None


class ReportOfficer(Schema):
    name: str
    post: Bilingual


class ReportDayItem(Schema):
    """A report that was made or should have been. state late: not signed by the hour for it."""

    id: UUID | None
    day: dt.date
    area: ReportArea
    state: ReportState
    officer: ReportOfficer | None
    made_ms: int | None
    made_late: bool
    version: int
    signed_ms: int | None
    verified: int | None
    target: int | None


class ReportDays(Schema):
    items: list[ReportDayItem]
    first: dt.date
    last: dt.date
    as_of_ms: int


class ReportRow(Schema):
    owner_class: str = Field(alias="class")
    station: str
    target: int | None
    listed: int
    asked: int
    consented: int
    refused: int
    withdrawn: int
    verified: int
    linked_today: int
    verified_today: int
    live_now: int | None
    down_24h: int | None


class ReportVersionItem(Schema):
    version: int
    sha256: str
    made_ms: int
    made_by: str
    reason: str
    signed_ms: int | None
    signer: ReportOfficer | None
    remark: str
    intact: bool


class ReportDetail(Schema):
    id: UUID
    day: dt.date
    area: ReportArea
    state: ReportState
    officer: ReportOfficer | None
    made_late: bool
    shown: ReportVersionItem
    versions: list[ReportVersionItem]
    figures: dict[str, Any]
    may_sign: bool
    mailed: bool
    sign_off_until_ms: int
    as_of_ms: int


class SignIn(In):
    version: int = Field(ge=1, le=1000)
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    remark: Remark = ""


class CorrectIn(In):
    reason: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=3, max_length=400, pattern=r"^[^\x00]*$")
    ]


class RecipientIn(In):
    jurisdiction: Path
    agency: Short = ""
    name: Name
    address: MailAddress
    language: Language = "hi"


class RecipientEdit(In):
    name: Name | None = None
    address: MailAddress | None = None
    language: Language | None = None
    edited_ms: int


class ReportRecipient(Schema):
    id: UUID
    area: ReportArea
    name: str
    address: str
    language: Language
    edited_ms: int


class ReportRecipients(PageOf):
    items: list[ReportRecipient]
