"""From the list to the owner's word: how many cameras came how far, what was lost, how long each step took."""

from __future__ import annotations

from typing import Any, LiteralString, cast

from prahari.contracts.events import now_ms
from prahari.desks.common.actor import Actor
from prahari.desks.common.scoping import scope_sql
from prahari.desks.common.sql import fetch
from prahari.desks.targets import counts
from prahari.desks.targets.counts import Spec

DAY_MS = 86_400_000
STEPS = ("listed", "asked", "consented", "surveyed", "reachable", "linked", "verified", "confirmed")

# Medians over what took both steps, in this order; a step entered with an earlier time than the one before it is an
# entry made later for an earlier day, and tells nothing about how long it took.
_PREMISES: LiteralString = """
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY asked_ms - listed_ms) FILTER (WHERE asked_ms >= listed_ms),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY consented_ms - asked_ms) FILTER (WHERE consented_ms >= asked_ms),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY surveyed_ms - consented_ms)
           FILTER (WHERE surveyed_ms >= consented_ms)
  FROM linking_linkage l JOIN registry_premises r ON r.id = l.premises_id
  JOIN accounts_jurisdiction j ON j.id = r.jurisdiction_id WHERE {where}
"""
_CAMERAS: LiteralString = """
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY k.reachable_ms - l.surveyed_ms)
           FILTER (WHERE k.reachable_ms >= l.surveyed_ms),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY k.linked_ms - k.reachable_ms)
           FILTER (WHERE k.linked_ms >= k.reachable_ms),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY k.verified_ms - k.linked_ms)
           FILTER (WHERE k.verified_ms >= k.linked_ms),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY k.confirmed_ms - k.verified_ms)
           FILTER (WHERE k.confirmed_ms >= k.verified_ms)
  FROM linking_cameralinkage k JOIN registry_camera r ON r.id = k.camera_id AND r.retired_ms IS NULL
  LEFT JOIN linking_linkage l ON l.premises_id = r.premises_id
  JOIN accounts_jurisdiction j ON j.id = r.jurisdiction_id WHERE {where}
"""


def funnel(actor: Actor, owner_class: str, department: str, jurisdiction: str) -> dict[str, Any]:
    """A FunnelOut; all in cameras. Raises Problem 403."""
    spec = Spec(area=jurisdiction, owner_class=owner_class or None, department=department or None)
    sums: dict[str, int] = {}
    for cell in counts.cells(actor):
        if spec.holds(cell):
            for name, value in cell.counts.items():
                sums[name] = sums.get(name, 0) + value
    where, parameters = _where(actor, spec)
    days: list[float | None] = [None]
    for query in (_PREMISES, _CAMERAS):
        row = fetch(cast(LiteralString, query.replace("{where}", where)), parameters, prepare=False)[0]
        days += [None if value is None else round(float(value) / DAY_MS, 1) for value in row]
    return {
        "as_of_ms": now_ms(),
        "steps": [
            {"step": step, "cameras": sums.get(step, 0), "median_days": taken}
            for step, taken in zip(STEPS, days, strict=True)
        ],
        "refused": sums.get("refused", 0),
        "withdrawn": sums.get("withdrawn", 0),
        "live_now": sums.get("live_now", 0),
        "down_24h": sums.get("down_24h", 0),
    }


def _where(actor: Actor, spec: Spec) -> tuple[str, list[Any]]:
    condition, parameters = scope_sql(actor.scope, counts.VIEW, "j.path", "r.agency_id")
    conditions = [condition]
    if spec.area:
        conditions.append("(j.path = %s OR (j.path ~>=~ %s AND j.path ~<~ %s))")
        parameters += [spec.area, f"{spec.area}.", f"{spec.area}/"]
    for column, table, code in (
        ("owner_class_id", "registry_ownerclass", spec.owner_class),
        ("department_id", "registry_department", spec.department),
    ):
        if code:
            conditions.append(f"r.{column} IN (SELECT id FROM {table} WHERE code = %s)")  # noqa: S608 - our own words
            parameters.append(code)
    return " AND ".join(conditions), parameters
