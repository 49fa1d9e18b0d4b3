"""Shapes of ranks, offices, appointments and holidays."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal
from uuid import UUID

from ninja import Field
from pydantic import StringConstraints

from prahari.desks.common.errors import Bilingual
from prahari.desks.common.schema import Schema
from prahari.desks.registry.schemas import Area, BothNames, Code, Coded, In, Long, PageOf, Reason, Short

ServiceName = Literal["police", "revenue", "municipal", "education", "excise", "other"]
Mobile = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^(\+?[0-9][0-9 -]{5,18})?$")]
MailAddress = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=200, pattern=r"^([^@\s\x00]+@[^@\s\x00]+\.[^@\s\x00]+)?$")
]
OrderReference = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\x00]*$")
]


class RankRow(Coded):
    level: int
    service: ServiceName
    active: bool


class Ranks(Schema):
    items: list[RankRow]


class RankIn(In):
    code: Code
    name: BothNames
    level: int = Field(ge=1, le=200)
    service: ServiceName
    reason: Long = ""


class RankEdit(In):
    name: BothNames | None = None
    level: int | None = Field(None, ge=1, le=200)
    service: ServiceName | None = None
    active: bool | None = None
    reason: Reason


class OfficeRow(Coded):
    tier: int
    climbs: bool
    nodal: bool
    reports_daily: bool
    all_agencies: bool
    active: bool


class Offices(Schema):
    items: list[OfficeRow]


class OfficeFields(In):
    climbs: bool | None = None
    nodal: bool | None = None
    reports_daily: bool | None = None
    all_agencies: bool | None = None
    active: bool | None = None


class OfficeIn(OfficeFields):
    code: Code
    name: BothNames
    tier: int = Field(ge=1, le=200)
    reason: Long = ""


class OfficeEdit(OfficeFields):
    name: BothNames | None = None
    tier: int | None = Field(None, ge=1, le=200)
    reason: Reason


class ResponsibilityRow(Schema):
    owner_class: Coded
    office: Coded
    source: str


class Responsibilities(Schema):
    items: list[ResponsibilityRow]


class ResponsibilityIn(In):
    owner_class: Code
    office: Code
    source: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=3, max_length=400, pattern=r"^[^\x00]*$")
    ]


class OfficerPerson(Schema):
    id: UUID
    name: str


class AppointmentRow(Schema):
    id: UUID
    person: OfficerPerson
    rank: RankRow
    designation: Bilingual
    office: OfficeRow
    jurisdiction: Area
    agency: Coded | None
    department: Coded | None
    from_day: dt.date
    to_day: dt.date | None
    standing: bool
    order_reference: str
    has_mobile: bool
    has_mail: bool
    edited_ms: int


class AppointmentPage(PageOf):
    items: list[AppointmentRow]


class AppointmentIn(In):
    person_id: UUID
    rank: Code
    designation: BothNames | None = Field(None, description="Left out: the office's name")
    office: Code
    jurisdiction: Short
    agency: Code | None = None
    department: Code | None = None
    from_day: dt.date
    to_day: dt.date | None = None
    order_reference: OrderReference
    mobile: Mobile = ""
    mail: MailAddress = ""
    relieve: bool = Field(False, description="End the appointment of whoever holds this office there the day before")
    reason: Long = ""


class AppointmentEdit(In):
    """Only what is sent is changed; another office, area or person is another appointment."""

    rank: Code | None = None
    designation: BothNames | None = None
    order_reference: OrderReference | None = None
    mobile: Mobile | None = None
    mail: MailAddress | None = None
    edited_ms: int
    reason: Reason


class AppointmentEnd(In):
    to_day: dt.date
    reason: Reason


class Answerable(Schema):
    """The chain of a place: who answers first, then each level above."""

    items: list[AppointmentRow]


class Candidate(Schema):
    id: UUID
    name: str
    username: str


class Candidates(Schema):
    items: list[Candidate]


class HolidayRow(Schema):
    day: dt.date
    name: Bilingual


class Holidays(Schema):
    items: list[HolidayRow]
    weekly_off: list[str]


class HolidayIn(In):
    day: dt.date
    name: BothNames
    reason: Long = ""
