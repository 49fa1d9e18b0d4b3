"""What was said one level up."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from prahari.desks.common.actor import actor_of
from prahari.desks.common.errors import reply, responses
from prahari.desks.common.paging import LIMIT_DEFAULT, Limit
from prahari.desks.programme import escalation
from prahari.desks.programme import escalation_selectors as selectors
from prahari.desks.programme import schemas_tasks as s
from prahari.desks.registry.schemas import Short

router = Router(tags=["programme"])


@router.get("/escalations", response=responses(s.EscalationPage))
def list_escalations(
    request: HttpRequest, state: Short = "", kind: Short = "", mine: bool = False, jurisdiction: Short = "",
    limit: Limit = LIMIT_DEFAULT, cursor: str | None = None,
) -> HttpResponse:  # fmt: skip
    return reply(
        selectors.escalation_page(
            actor_of(request), state=state, kind=kind, mine=mine, jurisdiction=jurisdiction, limit=limit, cursor=cursor
        )
    )


@router.get("/escalations/{escalation_id}", response=responses(s.EscalationDetail))
def one_escalation(request: HttpRequest, escalation_id: UUID) -> HttpResponse:
    return reply(selectors.detail(actor_of(request), escalation_id))


@router.post("/escalations/{escalation_id}/acknowledge", response=responses(s.EscalationDetail))
def acknowledge(request: HttpRequest, escalation_id: UUID, payload: s.AcknowledgeIn) -> HttpResponse:
    actor = actor_of(request)
    escalation.acknowledge(actor=actor, escalation_id=escalation_id, remark=payload.remark)
    return reply(selectors.detail(actor, escalation_id))
