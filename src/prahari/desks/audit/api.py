"""Endpoints of the audit desk."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from prahari.desks.accounts.schemas import Listed, Person, Reason, TimeMs
from prahari.desks.audit import selectors
from prahari.desks.common.actor import actor_of
from prahari.desks.common.errors import reply, responses
from prahari.desks.common.paging import LIMIT_DEFAULT, Limit

router = Router(tags=["audit"])


class AuditOut(Schema):
    id: str
    sequence: int
    at_ms: int
    actor: Person
    action: str
    object_type: str
    object_id: str
    object_name: str
    reason: str
    details: dict[str, Any]
    ip: str | None


class AuditsOut(Listed):
    items: list[AuditOut]


class AuditChainOut(Schema):
    """`waiting` entries are committed and not chained yet; normally none waits for more than a few seconds."""

    position: int
    link: str
    waiting: int
    oldest_waiting_ms: int | None
    now_ms: int


@router.get("/audit/chain", response=responses(AuditChainOut))
def audit_chain(request: HttpRequest) -> HttpResponse:
    return reply(selectors.chain_state(actor_of(request)))


@router.get("/audit", response=responses(AuditsOut))
def list_audit(
    request: HttpRequest,
    subject: Reason = "",
    actor: UUID | None = None,
    action: Reason = "",
    from_ms: TimeMs | None = None,
    to_ms: TimeMs | None = None,
    limit: Limit = LIMIT_DEFAULT,
    cursor: str | None = None,
) -> HttpResponse:
    return reply(
        selectors.entries(
            actor_of(request),
            subject=subject,
            by=actor,
            action=action,
            from_ms=from_ms,
            to_ms=to_ms,
            limit=limit,
            cursor=cursor,
        )
    )
