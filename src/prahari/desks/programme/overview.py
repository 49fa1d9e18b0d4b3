"""The programme's first page: what concerns the reader now."""

from __future__ import annotations

from typing import Any

from prahari.contracts.clock import local_day
from prahari.contracts.events import now_ms
from prahari.desks.common.actor import Actor
from prahari.desks.programme import escalation_selectors, officers, tasks_selectors
from prahari.desks.programme.choices import STANDING, EscalationState
from prahari.desks.programme.people_selectors import appointment_row

SHOWN = 12


def overview(actor: Actor) -> dict[str, Any]:
    """A ProgrammeOverview. Raises Problem 403."""
    today = local_day()
    held = officers.held_by(actor.id)
    area = tasks_selectors.tasks_in(actor)
    mine = area.filter(tasks_selectors.mine_q(actor, held))
    first = tasks_selectors.ordered(mine.filter(state__in=STANDING)).order_by("due_order", "priority_order", "id")
    said = escalation_selectors.escalations_in(actor)
    to_me = list(escalation_selectors.to_actor(said, actor).order_by("-raised_ms", "-id")[:SHOWN])
    return {
        "mine": tasks_selectors.counts(mine, today),
        "area": tasks_selectors.counts(area, today),
        "my_tasks": tasks_selectors.rows(actor, list(first[:SHOWN]), held, today),
        "escalations_to_me": escalation_selectors.rows(actor, to_me),
        "escalations_open": said.filter(state=EscalationState.OPEN).count(),
        "offices": [appointment_row(one, today) for one in held],
        "as_of_ms": now_ms(),
    }
