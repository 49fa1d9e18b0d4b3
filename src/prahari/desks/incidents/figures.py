"""Numbers of incidents for charts, in the actor's scope."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q

from prahari.contracts.events import now_ms
from prahari.desks.common.actor import Actor
from prahari.desks.common.figures import figures, row
from prahari.desks.incidents.choices import RANKS, State
from prahari.desks.incidents.selectors import incidents_in

SEVERITIES = tuple(reversed(RANKS))
STATES = (State.OPEN, State.IN_HAND, State.RESOLVED)


def open_ones(actor: Actor) -> dict[str, Any]:
    """ChartFigures: those that are not closed, by state and severity, and how many have a clock that has run out."""
    late = Count("id", filter=Q(next_due_ms__lt=now_ms()))
    found = incidents_in(actor).filter(merged_into__isnull=True, state__in=STATES).order_by()
    counts = {str(state): dict.fromkeys(SEVERITIES, 0) for state in STATES}
    out_of_time = dict.fromkeys(counts, 0)
    for state, severity, count, past in found.values_list("state", "severity").annotate(count=Count("id"), late=late):
        counts[state][severity] += count
        out_of_time[state] += past
    rows = [row(state, list(counts[state].values()), late=out_of_time[state]) for state in counts]
    total = sum(sum(one["values"]) for one in rows)
    return figures(SEVERITIES, rows, total, late=sum(out_of_time.values()))
