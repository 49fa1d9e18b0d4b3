"""Reads of the audit, within the area for which audit.view is held."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import Count, Min

from prahari.contracts.events import now_ms
from prahari.desks.audit.models import AuditEntry, AuditLink, AuditWaiting
from prahari.desks.common import paging
from prahari.desks.common.actor import Actor
from prahari.desks.common.scoping import restrict


def entries(
    actor: Actor,
    *,
    subject: str,
    by: UUID | None,
    action: str,
    from_ms: int | None,
    to_ms: int | None,
    limit: int,
    cursor: str | None,
) -> dict[str, Any]:
    """Newest first. subject: id of what was acted on; action: whole ("camera.edit") or its beginning ("camera.")."""
    actor.require("audit.view")
    found = restrict(AuditEntry.objects.all(), actor.scope, "audit.view", "jurisdiction_path", "agency_code")
    if subject:
        found = found.filter(object_id=subject)
    if by is not None:
        found = found.filter(actor_id=by)
    if action:
        found = found.filter(action__startswith=action)
    if from_ms is not None:
        found = found.filter(at__gte=dt.datetime.fromtimestamp(from_ms / 1000, dt.UTC))
    if to_ms is not None:
        found = found.filter(at__lt=dt.datetime.fromtimestamp(to_ms / 1000, dt.UTC))
    return paging.page(found, ["-sequence"], limit, cursor, row)


def chain_state(actor: Actor) -> dict[str, Any]:
    """AuditChain: how far the chain goes, and what is not in it yet."""
    actor.require("audit.view")
    last = AuditLink.objects.order_by("-position").first()
    waiting = AuditWaiting.objects.aggregate(count=Count("entry_id"), oldest=Min("since"))
    return {
        "position": last.position if last else 0,
        "link": last.link if last else "",
        "waiting": waiting["count"],
        "oldest_waiting_ms": int(waiting["oldest"].timestamp() * 1000) if waiting["oldest"] else None,
        "now_ms": now_ms(),
    }


def row(entry: AuditEntry) -> dict[str, Any]:
    return {
        "id": str(entry.pk),
        "sequence": entry.sequence,
        "at_ms": int(entry.at.timestamp() * 1000),
        "actor": {"id": str(entry.actor_id) if entry.actor_id else None, "name": entry.actor_name},
        "action": entry.action,
        "object_type": entry.object_type,
        "object_id": entry.object_id,
        "object_name": entry.object_name,
        "reason": entry.reason,
        "details": entry.details,
        "ip": entry.ip,
    }
