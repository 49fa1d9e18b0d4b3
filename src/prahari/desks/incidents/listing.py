"""Lists of incidents: pages, counts, points on the map, workbooks, all by the same filters in the reader's scope."""

from __future__ import annotations

from typing import Any, Literal

from django.db.models import Count, Q, QuerySet
from ninja import Field

from prahari.contracts.events import now_ms
from prahari.desks.common import paging
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import invalid, text
from prahari.desks.common.schema import Schema
from prahari.desks.common.scoping import within
from prahari.desks.common.workbooks import Column, Language, Sheet, workbook
from prahari.desks.incidents import rows, words
from prahari.desks.incidents.choices import Clock, Severity, State
from prahari.desks.incidents.models import Incident, IncidentPerson
from prahari.desks.incidents.schemas import Address, Moment
from prahari.desks.incidents.selectors import incidents_in
from prahari.desks.registry.filters import needles

MAP_MOST = 2_000
EXPORT_MOST = 20_000
SORTS: dict[str, tuple[str, ...]] = {
    "newest": ("-opened_ms", "-id"),
    "oldest": ("opened_ms", "id"),
    "due": ("next_due_ms", "id"),
    "severity": ("-rank", "-opened_ms", "-id"),
}
SortName = Literal["newest", "oldest", "due", "severity"]


class IncidentFilters(Schema):
    """Several values of one filter are joined by commas."""

    q: Address = Field("", description="Words of number, title, kind, address, however spelt")
    state: Address = Field("", description="Left out: all that are not closed; all: every one")
    severity: Address = ""
    kind: Address = Field("", description="Codes")
    agency: Address = Field("", description="Codes: who takes part")
    area: Address = Field("", description="Path; everything below it too")
    mine: bool = Field(False, description="On which the reader works")
    late: bool = Field(False, description="With a clock that has run out")
    from_ms: Moment | None = Field(None, description="Opened since")
    to_ms: Moment | None = Field(None, description="Opened before")


def page(actor: Actor, filters: IncidentFilters, sort: str, limit: int, cursor: str | None) -> dict[str, Any]:
    """IncidentPage. Raises Problem 400, 403, 422."""
    found = rows.with_relations(filtered(actor, filters))
    answer = paging.page(found, SORTS[sort], limit, cursor, lambda one: one)
    names, at = rows.Names.load(answer["items"]), answer["as_of_ms"]
    return answer | {"items": [rows.row(one, names, at) for one in answer["items"]]}


def filtered(actor: Actor, filters: IncidentFilters) -> QuerySet[Incident]:
    """What became part of another one is found by its number or title only, not listed beside it."""
    found = incidents_in(actor)
    if filters.q:
        keys = needles(filters.q)
        found = found.filter(*(Q(search__contains=key) for key in keys)) if keys else found.none()
    else:
        found = found.filter(merged_into__isnull=True)
    if filters.state != "all":
        states = _known("state", filters.state, State.values) or [one for one in State.values if one != State.CLOSED]
        found = found.filter(state__in=states)
    if severities := _known("severity", filters.severity, Severity.values):
        found = found.filter(severity__in=severities)
    if filters.kind:
        found = found.filter(kind__code__in=filters.kind.split(","))
    if filters.agency:
        found = found.filter(agencies__agency_code__in=filters.agency.split(","), agencies__left_ms__isnull=True)
        found = found.distinct() if "," in filters.agency else found
    if filters.area:
        found = found.filter(within(filters.area))
    if filters.mine:
        found = found.filter(id__in=_mine(actor).values("incident_id"))
    if filters.late:
        found = found.filter(next_due_ms__lt=now_ms())
    if filters.from_ms is not None:
        found = found.filter(opened_ms__gte=filters.from_ms)
    if filters.to_ms is not None:
        found = found.filter(opened_ms__lt=filters.to_ms)
    return found


def counts(actor: Actor, filters: IncidentFilters) -> dict[str, Any]:
    """IncidentCounts."""
    found = filtered(actor, filters)
    at = now_ms()
    groups = list(
        found.order_by().values_list("state", "severity", "kind__code").annotate(n=Count("id", distinct=True))
    )

    def by(column: int) -> dict[str, int]:
        total: dict[str, int] = {}
        for group in groups:
            total[group[column]] = total.get(group[column], 0) + group[3]
        return total

    return {
        "by_state": by(0),
        "by_severity": by(1),
        "by_kind": by(2),
        "late": found.filter(next_due_ms__lt=at).count(),
        "mine": found.filter(id__in=_mine(actor).values("incident_id")).count(),
        "as_of_ms": at,
    }


def points(actor: Actor, filters: IncidentFilters) -> dict[str, Any]:
    """IncidentMap: the newest that have a place."""
    at = now_ms()
    found = filtered(actor, filters).filter(lat__isnull=False).order_by("-opened_ms", "-id")
    columns = ("id", "number", "title", "kind__code", "severity", "state", "lat", "lon", "next_due_ms")
    return {
        "items": [
            {
                "id": str(one["id"]), "number": one["number"], "title": one["title"], "kind": one["kind__code"],
                "severity": one["severity"], "state": one["state"], "lat": one["lat"], "lon": one["lon"],
                "late": one["next_due_ms"] < at,
            }
            for one in found.values(*columns)[:MAP_MOST]
        ]
    }  # fmt: skip


def as_workbook(actor: Actor, filters: IncidentFilters, sort: str, language: Language) -> bytes:
    """XLSX of the first EXPORT_MOST of what the filters leave."""
    found = list(rows.with_relations(filtered(actor, filters)).order_by(*SORTS[sort])[:EXPORT_MOST])
    names, at = rows.Names.load(found), now_ms()
    columns = [
        Column(text("Number", "संख्या"), width=14), Column(text("Kind", "प्रकार"), width=24),
        Column(text("Severity", "गंभीरता"), width=12), Column(text("State", "स्थिति"), width=14),
        Column(text("Title", "शीर्षक"), width=44), Column(text("Place", "स्थान"), width=36),
        Column(text("Area", "क्षेत्र"), width=24), Column(text("Leads", "नेतृत्व"), width=22),
        Column(text("In charge", "प्रभारी"), width=22), Column(text("Opened", "दर्ज"), "moment", width=20),
        Column(text("In hand", "कार्यवाही प्रारम्भ"), "moment", width=20),
        Column(text("Help on the spot", "मौके पर पहुँच"), "moment", width=20),
        Column(text("Resolved", "निस्तारित"), "moment", width=20), Column(text("Closed", "बंद"), "moment", width=20),
        *(Column(_clock_title(clock), width=20) for clock in Clock.values),
        Column(text("How it ended", "परिणाम"), width=26),
    ]  # fmt: skip
    title = text("Incidents", "घटनाएँ")
    return workbook([Sheet(title[language], title, columns, [_cells(one, names, at) for one in found])], language)


def _clock_title(clock: str) -> dict[str, str]:
    name = words.CLOCK[clock]
    return text(f"Clock: {name['en'].lower()}", f"समय-सीमा: {name['hi']}")


def _cells(one: Incident, names: rows.Names, at: int) -> list[Any]:
    row = rows.row(one, names, at)
    states = {run["clock"]: words.CLOCK_STATE[run["state"]] for run in row["clocks"]}
    return [
        one.number, row["kind"]["name"], words.SEVERITY[one.severity], words.STATE[one.state], one.title, one.address,
        row["jurisdiction"]["name"], row["agency"]["name"], row["in_charge"] or "", one.opened_ms, one.in_hand_ms,
        one.arrived_ms, one.resolved_ms, one.closed_ms, *(states.get(clock, "") for clock in Clock.values),
        words.OUTCOME.get(one.outcome, ""),
    ]  # fmt: skip


def _mine(actor: Actor) -> QuerySet[IncidentPerson]:
    return IncidentPerson.objects.filter(person_id=actor.id, until_ms__isnull=True)


def _known(name: str, given: str, known: list[str]) -> list[str]:
    wanted = [part for part in given.split(",") if part]
    if not set(wanted) <= set(known):
        raise invalid(**{name: text(f"One of these is expected: {', '.join(known)}.",
                                    f"इनमें से एक अपेक्षित है: {', '.join(known)}।")})  # fmt: skip
    return wanted
