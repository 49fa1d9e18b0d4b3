"""Numbers of units for charts, in the actor's scope."""

from __future__ import annotations

from typing import Any

from django.db.models import Count

from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import text
from prahari.desks.common.figures import figures, row
from prahari.desks.dispatch import board
from prahari.desks.dispatch.choices import Status
from prahari.desks.dispatch.selectors import units_in


def units(actor: Actor) -> dict[str, Any]:
    """ChartFigures: units by status, how many calls no unit is sent to, and which of them waits longest. `of`: all."""
    grouped = units_in(actor).order_by().values_list("status").annotate(count=Count("id"))
    counts = dict.fromkeys(Status.values, 0) | dict(grouped)
    waiting = board.waiting(actor)
    first = waiting.order_by("opened_ms", "id").select_related("kind").first()
    longest = None
    if first is not None:
        longest = {
            "since_ms": first.opened_ms, "number": first.number, "severity": first.severity,
            "name": text(first.kind.name_en, first.kind.name_hi),
        }  # fmt: skip
    rows = [row(status, [count]) for status, count in counts.items()]
    return figures(
        ["units"], rows, counts[Status.AVAILABLE], of=sum(counts.values()), waiting=waiting.count(), longest=longest
    )
