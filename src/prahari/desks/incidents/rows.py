"""Incidents as rows of lists: what each shows, read with a handful of queries however many there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from prahari.desks.accounts.models import Jurisdiction
from prahari.desks.common import rules
from prahari.desks.common.errors import Text, text
from prahari.desks.incidents import clocks, words
from prahari.desks.incidents.choices import Clock, HandoverState
from prahari.desks.incidents.models import ClockRun, Handover, Incident, IncidentAgency, IncidentPerson
from prahari.desks.incidents.rules import WARN_PCT

_ORDER = {clock: at for at, clock in enumerate(Clock.values)}


def with_relations(found: QuerySet[Incident]) -> QuerySet[Incident]:
    return found.select_related("kind", "merged_into", "split_from").prefetch_related(
        Prefetch("agencies", IncidentAgency.objects.filter(left_ms__isnull=True)),
        Prefetch("people", IncidentPerson.objects.filter(until_ms__isnull=True).select_related("person__agency")),
        Prefetch("clocks", ClockRun.objects.all()),
        Prefetch("handovers", Handover.objects.filter(state=HandoverState.OFFERED)),
    )


@dataclass(frozen=True)
class Names:
    """Names of places and agencies, and the rule that says when a clock warns."""

    places: dict[str, Text]
    agencies: dict[str, Text]
    warn_pct: int

    @classmethod
    def load(cls, found: Sequence[Incident]) -> Names:
        paths = {one.jurisdiction_path for one in found}
        places = {one.path: one.name for one in Jurisdiction.objects.filter(path__in=paths).defer("boundary")}
        agencies = words.agency_names(one.agency_code for one in found)
        return cls(places, agencies, rules.value(WARN_PCT))

    def place(self, path: str) -> Text:
        return self.places.get(path, text(path, path))


def row(one: Incident, names: Names, now_ms: int) -> dict[str, Any]:
    """An IncidentRow of an incident read `with_relations`."""
    offered = next(iter(one.handovers.all()), None)
    in_charge = next((who.person.name for who in one.people.all() if who.in_charge), None)
    runs = sorted((run for run in one.clocks.all() if run.round == one.round), key=lambda run: _ORDER[run.clock])
    return {
        "id": str(one.id),
        "number": one.number,
        "kind": {"code": one.kind.code, "name": text(one.kind.name_en, one.kind.name_hi)},
        "severity": one.severity,
        "state": one.state,
        "title": one.title,
        "lat": one.lat,
        "lon": one.lon,
        "address": one.address,
        "jurisdiction": {"path": one.jurisdiction_path, "name": names.place(one.jurisdiction_path)},
        "agency": {"code": one.agency_code, "name": names.agencies[one.agency_code]},
        "agencies": sorted(part.agency_code for part in one.agencies.all()),
        "in_charge": in_charge,
        "happened_ms": one.happened_ms,
        "opened_ms": one.opened_ms,
        "closed_ms": one.closed_ms,
        "reopened": one.round - 1,
        "clocks": [clocks.row(run, now_ms, names.warn_pct) for run in runs],
        "handover_to": offered.to_agency if offered else None,
        "merged_into": str(one.merged_into_id) if one.merged_into_id else None,
        "version": one.version,
    }


def part_ids(one: Incident) -> list[UUID]:
    """The incident and those that are part of it."""
    return [one.id, *Incident.objects.filter(merged_into=one).values_list("id", flat=True)]
