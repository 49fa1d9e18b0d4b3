"""Which units could go to an incident, the first to arrive before the others (core/dispatching.py)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from prahari.contracts.clock import IST
from prahari.contracts.events import now_ms
from prahari.core.dispatching import Candidate, Fix, Suggested, Wish, suggest
from prahari.desks.common import rules
from prahari.desks.common.actor import Actor
from prahari.desks.dispatch import rows, selectors
from prahari.desks.dispatch import rules as ours
from prahari.desks.dispatch.choices import Status, UnitKind
from prahari.desks.dispatch.models import Unit, UnitPosition
from prahari.desks.incidents import selectors as incidents
from prahari.desks.incidents.models import Incident

NOT_THERE = (Status.OFF_DUTY, Status.OUT_OF_SERVICE)
"""Nobody can be sent."""

_RULES = [ours.KINDS, ours.SKILL_WORTH_S, ours.DETOUR_PCT, ours.SPEEDS, ours.BUSY_PCT, ours.FRESH_S]


@dataclass(frozen=True)
class Terms:
    """The rules of this day, as far as a suggestion needs them."""

    values: dict[str, Any]

    @classmethod
    def today(cls) -> Terms:
        return cls(rules.values(_RULES))

    def wish(self, incident_kind: str) -> Wish:
        by_kind = self.values[ours.KINDS]
        one = by_kind.get(incident_kind) or by_kind["other"]
        return Wish(frozenset(one["kinds"]), one.get("skill", ""), self.values[ours.SKILL_WORTH_S])

    def order(self, units: Iterable[Unit], incident: Incident, wish: Wish, at_ms: int) -> list[Suggested]:
        units = list(units)
        fixes = {
            one.unit_id: Fix(one.lat, one.lon, one.at_ms)
            for one in UnitPosition.objects.filter(unit_id__in=[one.id for one in units])
        }
        candidates = [Candidate(str(one.id), one.kind, frozenset(one.skills), fixes.get(one.id)) for one in units]
        place = None if incident.lat is None or incident.lon is None else (incident.lat, incident.lon)
        hour = dt.datetime.fromtimestamp(at_ms / 1000, IST).hour
        return suggest(candidates, place, wish, ours.roads(self.values), hour=hour, now_ms=at_ms,
                       fresh_s=self.values[ours.FRESH_S])  # fmt: skip


def for_incident(actor: Actor, incident_id: UUID, everything: bool, most: int) -> dict[str, Any]:
    """Suggestions: free units of the right kinds; with `everything` the others that are on duty behind them.

    Raises Problem 403, 404.
    """
    found = incidents.incident(actor, incident_id)
    on_duty = selectors.units_in(actor, selectors.WORK).exclude(status__in=NOT_THERE)
    units = {str(one.id): one for one in (on_duty if everything else on_duty.filter(status=Status.AVAILABLE))}
    terms, at = Terms.today(), now_ms()
    wish = terms.wish(found.kind.code)
    ordered = terms.order(units.values(), found, wish, at)
    if everything:
        rest = Wish(frozenset(UnitKind.values) - wish.kinds, wish.skill, wish.skill_worth_s)
        ordered += terms.order(units.values(), found, rest, at)
        ordered.sort(key=lambda one: units[one.id].status != Status.AVAILABLE)
    shown = {row["id"]: row for row in rows.unit_rows([units[one.id] for one in ordered[:most]])}
    return {
        "items": [_row(one, shown[one.id]) for one in ordered[:most]],
        "wish": {"kinds": sorted(wish.kinds, key=UnitKind.values.index), "skill": wish.skill},
        "fresh_s": terms.values[ours.FRESH_S],
        "now_ms": at,
    }


def _row(one: Suggested, unit: dict[str, Any]) -> dict[str, Any]:
    return {
        "unit": unit,
        "distance_m": None if one.distance_m is None else round(one.distance_m),
        "eta_s": one.eta_s,
        "age_s": one.age_s,
        "certain": one.certain,
        "skilled": one.skilled,
        "free": unit["status"] == Status.AVAILABLE,
    }


def eta_s(unit: Unit, incident: Incident) -> int | None:
    """When it is expected there, or None where nobody can tell."""
    wish = Wish(frozenset([unit.kind]))
    [found] = Terms.today().order([unit], incident, wish, now_ms())
    return found.eta_s


def nearest(incident: Incident, units: Sequence[Unit], kinds: Iterable[str] | None, skill: str | None) -> list[Unit]:
    """For the centre itself: those that may be sent, the first to arrive first. None: as the incident's kind says."""
    terms = Terms.today()
    wish = terms.wish(incident.kind.code)
    wish = Wish(
        wish.kinds if kinds is None else frozenset(kinds), wish.skill if skill is None else skill, wish.skill_worth_s
    )
    by_id = {str(one.id): one for one in units}
    return [by_id[one.id] for one in terms.order(units, incident, wish, now_ms())]
