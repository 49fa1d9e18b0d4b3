"""Endpoints of the audit desk."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from ninja import Query, Router

from prahari.desks.audit import export, selectors
from prahari.desks.audit.schemas import (
    AuditActorsOut,
    AuditChainOut,
    AuditEntryOut,
    AuditExportIn,
    AuditFilters,
    AuditsOut,
    Text,
)
from prahari.desks.common.actor import actor_of
from prahari.desks.common.errors import reply, responses
from prahari.desks.common.paging import LIMIT_DEFAULT, Limit

router = Router(tags=["audit"])


@router.get("/audit/chain", response=responses(AuditChainOut))
def audit_chain(request: HttpRequest) -> HttpResponse:
    return reply(selectors.chain_state(actor_of(request)))


@router.get("/audit/actors", response=responses(AuditActorsOut))
def list_audit_actors(request: HttpRequest, q: Text = "", chosen: UUID | None = None) -> HttpResponse:
    """People who did something that the reader may see, by name. chosen: somebody who is in the answer whatever q."""
    return reply({"items": selectors.actors(actor_of(request), q, chosen)})


@router.post("/audit/export", response=responses(None))
def export_audit(request: HttpRequest, payload: AuditExportIn) -> StreamingHttpResponse:
    """A CSV file with every entry that the same filters list."""
    return export.response(actor_of(request), payload)


@router.get("/audit", response=responses(AuditsOut))
def list_audit(
    request: HttpRequest,
    filters: Annotated[AuditFilters, Query()],
    limit: Limit = LIMIT_DEFAULT,
    cursor: str | None = None,
) -> HttpResponse:
    return reply(selectors.entries(actor_of(request), filters, limit, cursor))


@router.get("/audit/{uuid:entry_id}", response=responses(AuditEntryOut))
def get_audit_entry(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    return reply(selectors.entry(actor_of(request), entry_id))
