"""A person's own page: where they are on duty, what they may do next, when they are to come."""

from __future__ import annotations

from typing import Any

from prahari.contracts.events import now_ms
from prahari.desks.common import rules as dated
from prahari.desks.common.actor import Actor
from prahari.desks.shifts import rules, selectors
from prahari.desks.shifts.choices import CheckState, DutyState, HandoverState
from prahari.desks.shifts.models import AttentionCheck, DutyBreak, RosterEntry, ShiftHandover

AHEAD_MS = 14 * 86_400_000


def mine(actor: Actor) -> dict[str, Any]:
    """MyShift."""
    now = now_ms()
    duty = selectors.duty_of(actor)
    covering = DutyBreak.objects.filter(cover_id=actor.id, to_ms__isnull=True, duty__to_ms__isnull=True)
    coming = RosterEntry.objects.select_related("post", "person").filter(
        person_id=actor.id, published_ms__isnull=False, cancelled_ms__isnull=True, to_ms__gt=now,
        from_ms__lt=now + AHEAD_MS,
    )  # fmt: skip
    return {
        "duty": duty and selectors.duty_row(duty),
        "covers": list(covering.order_by("from_ms").values_list("duty__post__code", flat=True)),
        "posts": _posts(actor),
        "roster": [selectors.entry_row(one) for one in coming],
        "handovers": [selectors.handover_row(one) for one in _handovers(actor, duty)],
        "check": _check(duty),
        "idle_s": dated.value(rules.IDLE_S),
        "may_attention": actor.has("attention.view"),
        "now_ms": now,
    }


def _posts(actor: Actor) -> list[dict[str, Any]]:
    """Posts at which the actor may sign on, with who is there."""
    there = {(duty.post_id, duty.state): duty.person.name for duty in selectors.present()}
    return [
        {
            "id": str(one.id),
            "code": one.code,
            "name": {"en": one.name_en, "hi": one.name_hi},
            "on": there.get((one.id, DutyState.ON), ""),
            "incoming": there.get((one.id, DutyState.INCOMING), ""),
        }
        for one in selectors.posts_in(actor).filter(active=True)
        if selectors.may_sit(one).filter(id=actor.id).exists()
    ]


def _handovers(actor: Actor, duty: Any) -> list[ShiftHandover]:
    """What waits for an answer at the actor's post, theirs to take or given by them; without a duty, at the posts where
    they might sign on."""
    found = ShiftHandover.objects.filter(state=HandoverState.OFFERED).select_related(
        "post", "from_duty__person", "to_duty__person"
    )
    if duty is not None:
        return list(found.filter(post_id=duty.post_id))
    return [one for one in found if selectors.may_sit(one.post).filter(id=actor.id).exists()]


def _check(duty: Any) -> dict[str, Any] | None:
    if duty is None:
        return None
    asked = AttentionCheck.objects.filter(duty_id=duty.id, state=CheckState.ASKED).first()
    return asked and {"id": str(asked.id), "due_ms": asked.due_ms}
