"""Reads of what was said one level up: of the actor's area, and what was said to the actor."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import F, Prefetch, Q, QuerySet

from prahari.desks.common import paging
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import not_found, text
from prahari.desks.common.scoping import either, scope_q, within
from prahari.desks.programme import reach
from prahari.desks.programme.choices import EscalationState
from prahari.desks.programme.models import Escalation, EscalationStep
from prahari.desks.programme.people_selectors import coded
from prahari.desks.programme.tasks_selectors import area_names


def escalations_in(actor: Actor) -> QuerySet[Escalation]:
    """Raises Problem 403 for whoever does not see the programme anywhere."""
    actor.require(reach.VIEW)
    seen = scope_q(actor.scope, reach.VIEW)
    if actor.id:
        told = Q(pk__in=EscalationStep.objects.filter(person_id=actor.id).values("escalation_id"))
        seen = either(seen, told)
    steps = EscalationStep.objects.select_related("person", "appointment__office").order_by("level")
    return Escalation.objects.filter(seen).prefetch_related(Prefetch("steps", queryset=steps))


def to_actor(found: QuerySet[Escalation], actor: Actor) -> QuerySet[Escalation]:
    """Open ones that wait for the actor's answer now."""
    return found.filter(state=EscalationState.OPEN, steps__person_id=actor.id, steps__level=F("level"))


def escalation(actor: Actor, escalation_id: UUID) -> Escalation:
    found = escalations_in(actor).filter(id=escalation_id).first()
    if found is None:
        raise not_found()
    return found


def escalation_page(
    actor: Actor, *, state: str, kind: str, mine: bool, jurisdiction: str, limit: int, cursor: str | None
) -> dict[str, Any]:
    found = escalations_in(actor)
    if state:
        found = found.filter(state__in=state.split(","))
    if kind:
        found = found.filter(kind__in=kind.split(","))
    if mine:
        found = to_actor(found, actor)
    if jurisdiction:
        found = found.filter(within(jurisdiction))
    body = paging.page(found, ("-raised_ms", "-id"), limit, cursor, lambda one: one)
    body["items"] = rows(actor, body["items"])
    return body


def rows(actor: Actor, found: list[Escalation]) -> list[dict[str, Any]]:
    """EscalationRows; `found` has its steps prefetched."""
    places = area_names({one.jurisdiction_path for one in found})
    items = []
    for one in found:
        steps = list(one.steps.all())
        items.append(
            {
                "id": one.id,
                "kind": one.kind,
                "text": text(one.text_en, one.text_hi),
                "state": one.state,
                "level": one.level,
                "to": step_row(steps[-1]) if steps else None,
                "jurisdiction": places[one.jurisdiction_path],
                "agency": one.agency_code,
                "about_type": one.about_type,
                "about_id": one.about_id,
                "raised_ms": one.raised_ms,
                "climbs_ms": one.climbs_ms,
                "closed_ms": one.closed_ms,
                "mine": bool(
                    steps and one.state == EscalationState.OPEN and actor.id and steps[-1].person_id == actor.id
                ),
            }
        )
    return items


def step_row(step: EscalationStep) -> dict[str, Any]:
    return {
        "level": step.level,
        "person": {"id": step.person_id, "name": step.person.name},
        "designation": text(step.appointment.designation_en, step.appointment.designation_hi),
        "office": coded(step.appointment.office),
        "channel": step.channel,
        "at_ms": step.at_ms,
    }


def detail(actor: Actor, escalation_id: UUID) -> dict[str, Any]:
    one = escalation(actor, escalation_id)
    return {
        **rows(actor, [one])[0],
        "steps": [step_row(step) for step in one.steps.all()],
        "remark": one.remark,
        "closed_by": one.closed_by.name if one.closed_by else "",
        "may_acknowledge": one.state == EscalationState.OPEN and may_acknowledge(actor, one),
    }


def may_acknowledge(actor: Actor, one: Escalation) -> bool:
    if actor.may(reach.MANAGE, one.jurisdiction_path, one.agency_code):
        return True
    return actor.id is not None and one.steps.filter(person_id=actor.id).exists()
