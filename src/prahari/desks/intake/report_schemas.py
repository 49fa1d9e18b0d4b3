"""What the endpoints of citizens' reports take and answer: the citizens' own page, and the officers'."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from ninja import Field
from pydantic import StringConstraints

from prahari.desks.common.errors import Bilingual
from prahari.desks.common.schema import Schema
from prahari.desks.registry.schemas import In, Latitude, Long, Longitude, PageOf, Reason

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


# What officers read


class CitizenReportFilters(Schema):
    """Several values of one filter are joined by commas."""

    q: Long = Field("", description="Words of its number and of what was told, however spelt")
    state: Long = ""
    kind: Long = Field("", description="Codes")
    area: Long = Field("", description="Path; everything below it too")
    incident: UUID | None = Field(None, description="Those that this incident, or a part of it, came of")


class IncidentOfReport(Schema):
    """id, state: empty when it lies outside the reader's scope."""

    id: UUID | None
    number: str
    state: str


class CitizenReportRow(OwnCitizenReport):
    kind_code: str
    lat: float
    lon: float
    photo: UUID | None
    jurisdiction: str
    place: Bilingual
    incident: IncidentOfReport | None
    version: int


class CitizenReportPage(PageOf):
    items: list[CitizenReportRow]


class CountedKind(ReportKind):
    number: int


class CitizenReportCounts(Schema):
    """by_state: under the other filters; kinds: all that can be chosen, under the filters besides the kind's."""

    by_state: dict[str, int]
    kinds: list[CountedKind]
    as_of_ms: int


class AlarmOfReport(Schema):
    """incident_id: the one that it belongs to."""

    id: UUID
    name: Bilingual
    severity: str
    state: str
    incident_id: UUID | None


class ToldCitizen(Schema):
    """One answer: what the citizen could read from then on, and who wrote it."""

    at_ms: int
    by: str
    state: ReportStateName
    answer: str


class MayWithReport(Schema):
    answer: bool


class CitizenReportDetail(CitizenReportRow):
    """alarms: those that the reader may see. told: newest first."""

    alarms: list[AlarmOfReport]
    told: list[ToldCitizen]
    may: MayWithReport


class CitizenReportAnswer(In):
    state: ReportStateName
    answer: Long = ""
    version: int = Field(ge=0, le=2_000_000_000)


class CitizenNumberAsked(In):
    reason: Reason


class CitizenNumber(Schema):
    mobile: str
