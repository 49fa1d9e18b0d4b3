"""Every read of edge sites, restricted to what the actor may see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

import msgspec
from django.db.models import Count, QuerySet

from prahari.contracts.edge import TRAFFIC_PURPOSES, LinkState, UpdateState
from prahari.contracts.events import now_ms
from prahari.desks.common import paging
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import not_found
from prahari.desks.common.scoping import restrict
from prahari.desks.edge import rules
from prahari.desks.edge.models import EdgeLink, EdgeSite, EdgeTraffic
from prahari.desks.edge.planning import limits_now
from prahari.desks.registry import selectors as registry

VIEW = "camera.view"
MANAGE = "edge.manage"
SILENT_MS = 180_000
"""The gate tells of each site every minute: a word that is older says nothing of now."""

CHART_MS = 7 * 86_400_000


def sites_in(actor: Actor, permission: str = VIEW) -> QuerySet[EdgeSite]:
    """Sites for which the actor holds `permission` at their premises. Raises Problem 403."""
    actor.require(permission)
    return restrict(
        EdgeSite.objects.all(), actor.scope, permission, "premises__jurisdiction__path", "premises__agency_id"
    )


def locked(site_ids: Iterable[UUID]) -> QuerySet[EdgeSite]:
    """For who changes them: with all that their records tell of."""
    rows = EdgeSite.objects.select_for_update(of=("self",)).select_related("premises__jurisdiction", "release", "link")
    return rows.filter(id__in=site_ids).order_by("id")


def site(actor: Actor, site_id: UUID, permission: str = VIEW) -> EdgeSite:
    """Raises Problem 403, 404."""
    found = sites_in(actor, permission).filter(id=site_id).select_related("premises__jurisdiction", "link").first()
    if found is None:
        raise not_found("There is no such site in your area.", "आपके क्षेत्र में ऐसा कोई स्थान नहीं है।")
    return found


def site_page(actor: Actor, limit: int, cursor: str | None) -> dict[str, Any]:
    """An EdgeSitePage."""
    found = sites_in(actor).select_related("premises", "link", "release").annotate(served=Count("cameras"))
    values, used = limits_now(), _month_bytes(found.values_list("id", flat=True))
    return paging.page(found, ("name", "id"), limit, cursor, lambda one: _row(one, one.served, values, used))


def site_detail(actor: Actor, site_id: UUID, permission: str = VIEW) -> dict[str, Any]:
    """An EdgeSiteDetail. Cameras of the register only where the actor sees them."""
    found = site(actor, site_id, permission)
    served = list(found.cameras.order_by("local_name").values_list("local_name", "camera_id"))
    seen = registry.cameras_in(actor, VIEW)
    names = {one.id: one for one in seen.filter(id__in=[camera_id for _, camera_id in served])}
    link = getattr(found, "link", None)
    told = {one["name"]: one for one in (link.cameras if link is not None else [])}
    by_name = dict(served)
    rows = []
    for name in sorted({*told, *by_name}):
        one = told.get(name, {})
        camera = names.get(by_name[name]) if name in by_name else None
        rows.append({
            "name": name, "title": one.get("title", ""), "make": one.get("make", ""), "model": one.get("model", ""),
            "has_sub": bool(one.get("has_sub")), "known": name in told,
            "camera": {"id": camera.id, "name": {"en": camera.name_en, "hi": camera.name_hi}} if camera else None,
        })  # fmt: skip
    since = now_ms() - CHART_MS
    traffic = EdgeTraffic.objects.filter(site_id=site_id, hour_ms__gte=since).order_by("hour_ms")
    premises = found.premises
    return {
        **_row(found, len(served), limits_now(), _month_bytes([site_id])),
        "up_kbit_s": found.up_kbit_s,
        "month_mb": found.month_mb,
        "revoked_reason": found.revoked_reason,
        "may_manage": actor.may(MANAGE, premises.jurisdiction.path, premises.agency_id or ""),
        "local_cameras": rows,
        "purposes": list(TRAFFIC_PURPOSES),
        "traffic": [{"hour_ms": one.hour_ms, "up": one.up, "down": one.down} for one in traffic],
        "address": {"en": premises.address_en, "hi": premises.address_hi or premises.address_en},
    }


def state_of(found: EdgeSite, now: int) -> tuple[str, str]:
    """(state, reason) as shown: what people decided first, then what the gate said if that is of now."""
    if found.revoked_ms is not None:
        return LinkState.REVOKED, found.revoked_reason
    link = getattr(found, "link", None)
    if not found.public_key or link is None or (found.enrolled_ms or 0) > link.changed_ms:
        return LinkState.NEVER, ""
    if link.state in (LinkState.ONLINE, LinkState.RENEWING) and link.changed_ms < now - SILENT_MS:
        return LinkState.OFFLINE, "silent"
    return link.state, link.reason


def update_of(link: EdgeLink | None) -> dict[str, Any]:
    """An EdgeUpdate, as told last."""
    try:
        told = msgspec.json.decode(link.update_state, type=UpdateState) if link is not None else UpdateState()
    except ValueError:  # nothing is under way, or it was told in another form
        told = UpdateState()
    return {"phase": told.phase, "version": told.version, "percent": told.percent, "reason": told.reason}


def _row(found: EdgeSite, served: int, values: dict[str, int], used: dict[UUID, int]) -> dict[str, Any]:
    link = getattr(found, "link", None)
    state, reason = state_of(found, now_ms())
    month_mb = values[rules.MONTH_MB] if found.month_mb is None else found.month_mb
    until_s = link.certificate_until_s if link is not None and link.certificate_until_s else found.certificate_until_s
    return {
        "id": found.id,
        "name": found.name,
        "premises": {
            "id": found.premises_id,
            "name": {"en": found.premises.name_en, "hi": found.premises.name_hi},
        },
        "state": state,
        "reason": reason,
        "since_ms": link.since_ms if link else None,
        "seen_ms": link.seen_ms if link else None,
        "version": link.version if link else "",
        "chosen_version": found.release.version if found.release and not found.release.withdrawn_ms else "",
        "update": update_of(link),
        "certificate_until_ms": until_s * 1000 if until_s else None,
        "clock_off_ms": link.clock_off_ms if link else None,
        "round_trip_ms": link.round_trip_ms if link else None,
        "disk_free_bytes": link.disk_free_bytes if link else None,
        "events_waiting": link.events_waiting if link else 0,
        "cameras": served,
        "month_bytes": used.get(found.id, 0),
        "month_limit_bytes": month_mb * 1_000_000,
        "enrolled_ms": found.enrolled_ms,
        "edited_ms": found.edited_ms,
    }


def _month_bytes(site_ids: Iterable[UUID]) -> dict[UUID, int]:
    """Up and down since the first of this month (UTC, as the connector counts), by site."""
    now = dt.datetime.fromtimestamp(now_ms() / 1000, dt.UTC)
    first_ms = int(dt.datetime(now.year, now.month, 1, tzinfo=dt.UTC).timestamp() * 1000)
    used: dict[UUID, int] = {}
    rows = EdgeTraffic.objects.filter(site_id__in=site_ids, hour_ms__gte=first_ms).values_list("site_id", "up", "down")
    for site_id, up, down in rows:
        used[site_id] = used.get(site_id, 0) + sum(up) + sum(down)
    return used
