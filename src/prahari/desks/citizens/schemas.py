"""What officers' endpoints of citizens' reports take and answer."""

from __future__ import annotations

from uuid import UUID

from ninja import Field, Schema

from prahari.desks.common.errors import Bilingual
from prahari.desks.intake.report_schemas import OwnCitizenReport, ReportKind, ReportStateName
from prahari.desks.registry.schemas import In, Long, PageOf, Reason


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
