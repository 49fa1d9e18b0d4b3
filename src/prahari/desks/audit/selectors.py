"""Reads of the audit, within the area for which audit.view is held.

A centre writes a million entries in some months, so nothing here may read them all. Lists go by (at, sequence) and not
by sequence alone: a range of days is then a range of the index that also gives the order, where an old range by
sequence would first walk over everything newer. Each filter has an index with `at` behind it (models.py). For a group
of actions ("camera."), an area or a part of a name the planner chooses by its statistics: what is common is met soon on
the walk by time, what is rare is fetched by its own index and sorted. Totals are counted up to COUNTED.

Measured with a million entries on two shared cores, 200 rows a page: 20 to 100 ms, a rare group 260 ms; 0.4 to 0.8 s
for a text that is nowhere and has no three Latin letters or digits in a row, since trigrams are made of these.
"""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from prahari.contracts.events import now_ms
from prahari.desks.accounts.models import User
from prahari.desks.audit.models import AuditEntry, AuditLink, AuditWaiting
from prahari.desks.audit.schemas import AuditFilters
from prahari.desks.common import paging
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import not_found
from prahari.desks.common.scoping import restrict

VIEW = "audit.view"
COUNTED = 10_000
"""A total above this is told as "more than"."""
ACTORS_MOST = 50
NEWEST_FIRST = ("-at", "-sequence")


def _readable(actor: Actor) -> QuerySet[AuditEntry]:
    """Raises Problem 403."""
    actor.require(VIEW)
    return restrict(AuditEntry.objects.all(), actor.scope, VIEW, "jurisdiction_path", "agency_code")


def matching(actor: Actor, filters: AuditFilters) -> QuerySet[AuditEntry]:
    """What the actor may see of what is asked for, in no order. Raises Problem 403."""
    found = _readable(actor)
    if filters.subject:
        found = found.filter(object_id=filters.subject)
    if filters.actor is not None:
        found = found.filter(actor_id=None if filters.actor == "centre" else filters.actor)
    if filters.action:
        whole_group = filters.action.endswith(".")
        found = found.filter(**{"action__startswith" if whole_group else "action": filters.action})
    if filters.from_ms is not None:
        found = found.filter(at__gte=_time(filters.from_ms))
    if filters.to_ms is not None:
        found = found.filter(at__lt=_time(filters.to_ms))
    if filters.q:
        found = found.filter(object_name__icontains=filters.q)
    return found


def entries(actor: Actor, filters: AuditFilters, limit: int, cursor: str | None) -> dict[str, Any]:
    """AuditsOut, newest first. Raises Problem 400, 403."""
    found = matching(actor, filters)
    return paging.page(found, NEWEST_FIRST, limit, cursor, row, total=found[: COUNTED + 1].count())


def entry(actor: Actor, entry_id: UUID) -> dict[str, Any]:
    """AuditEntryOut. Raises Problem 403, 404."""
    found = _readable(actor).filter(pk=entry_id).first()
    if found is None:
        raise not_found()
    link = AuditLink.objects.filter(entry_id=found.pk).first()
    return {
        **row(found),
        "jurisdiction": found.jurisdiction_path,
        "agency": found.agency_code,
        "place": {"position": link.position, "link": link.link, "day": link.day.isoformat()} if link else None,
    }


def actors(actor: Actor, q: str, chosen: UUID | None) -> list[dict[str, str]]:
    """AuditActors by name, at most ACTORS_MOST; only of who has done something that the reader may see."""
    did = Exists(_readable(actor).filter(actor_id=OuterRef("pk")))
    people = User.objects.filter(did).order_by("name", "username")
    named = people.filter(Q(name__icontains=q) | Q(username__icontains=q)) if q else people
    found = list(named[:ACTORS_MOST])
    if chosen is not None and all(one.pk != chosen for one in found):
        found += people.filter(pk=chosen)
    return [{"id": str(one.pk), "name": one.name or one.username, "username": one.username} for one in found]


def chain_state(actor: Actor) -> dict[str, Any]:
    """AuditChain: how far the chain goes, and what is not in it yet."""
    actor.require(VIEW)
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


def _time(at_ms: int) -> dt.datetime:
    return dt.datetime.fromtimestamp(at_ms / 1000, dt.UTC)
