"""What the endpoints of the citizens' page take and answer."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from ninja import Field
from pydantic import StringConstraints

from prahari.desks.common.errors import Bilingual
from prahari.desks.common.schema import Schema
from prahari.desks.registry.schemas import In, Latitude, Longitude

ReportStateName = Literal["received", "in_hand", "done", "not_ours"]
KindCode = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]


class ReportKind(Schema):
    code: str
    name: Bilingual


class ReportStart(Schema):
    centre: Bilingual
    kinds: list[ReportKind]
    centre_lat: float
    centre_lon: float


class CitizenReportIn(In):
    key: UUID = Field(description="Made by the form: sent twice, entered once")
    kind: KindCode
    words: Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000, pattern=r"^[^\x00]*$")] = ""
    lat: Latitude
    lon: Longitude
    photo: UUID | None = None


class OwnCitizenReport(Schema):
    id: UUID
    number: str
    kind: Bilingual
    words: str
    state: ReportStateName
    answer: str
    created_ms: int


class OwnCitizenReports(Schema):
    items: list[OwnCitizenReport]
