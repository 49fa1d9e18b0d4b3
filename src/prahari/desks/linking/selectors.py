"""Reads of consents and orders, restricted to what the actor may see."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from prahari.contracts.events import now_ms
from prahari.desks.common import paging
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import not_found
from prahari.desks.linking import permits
from prahari.desks.linking.models import Order
from prahari.desks.registry import selectors as registry

MANAGE = "consent.manage"
VIEW = "registry.view"


def camera_permits(actor: Actor, camera_id: UUID) -> dict[str, Any]:
    """Permits of a camera in sight."""
    camera = registry.camera(actor, camera_id)
    found = permits.all_of([camera_id], now_ms()).get(camera_id, [])
    current = permits.choose(found, camera.owner_class.public)
    return {
        "public": camera.owner_class.public,
        "current": current.as_json() if current else None,
        "items": [permit.as_json() for permit in found],
    }


def _of_agencies(actor: Actor, permission: str) -> Q:
    """Orders belong to a department's agency: seen by whoever holds the permission for that agency anywhere."""
    agencies = {agency for _, agency in actor.scope.areas(permission)}
    if None in agencies:
        return Q()
    return Q(department__agency_id__in=[agency for agency in agencies if agency is not None])


def may_order(actor: Actor, agency: str) -> bool:
    return any(of in (None, agency) for _, of in actor.scope.areas(MANAGE))


def orders_in(actor: Actor, permission: str = MANAGE) -> QuerySet[Order]:
    actor.require(permission)
    return Order.objects.filter(_of_agencies(actor, permission))


def order(actor: Actor, order_id: UUID, permission: str = MANAGE) -> Order:
    found = orders_in(actor, permission).filter(id=order_id).select_related("department").first()
    if found is None:
        raise not_found("There is no such order in your area.", "आपके क्षेत्र में ऐसा कोई आदेश नहीं है।")
    return found


_COLUMNS = (
    "id", "authority", "number", "dated_on", "title", "department__code", "department__name_en", "department__name_hi",
    "valid_from_ms", "valid_to_ms", "document_note", "revoked_ms", "revoked_reason", "created_ms", "cameras",
)  # fmt: skip


def order_page(actor: Actor, limit: int, cursor: str | None) -> dict[str, Any]:
    """OrderPage, newest first."""
    found = orders_in(actor, VIEW if actor.has(VIEW) else MANAGE)
    rows = found.annotate(cameras=Count("named")).values(*_COLUMNS)
    return paging.page(rows, ("-created_ms", "-id"), limit, cursor, _row, total=found.count())


def order_row(actor: Actor, order_id: UUID) -> dict[str, Any]:
    order(actor, order_id)
    return _row(Order.objects.filter(id=order_id).annotate(cameras=Count("named")).values(*_COLUMNS).get())


def _row(row: dict[str, Any]) -> dict[str, Any]:
    shown = {name: row[name] for name in _COLUMNS if not name.startswith("department") and name != "created_ms"}
    return {
        **shown,
        "department": {
            "code": row["department__code"],
            "name": {"en": row["department__name_en"], "hi": row["department__name_hi"]},
        },
        "state": permits.state_of(row["valid_from_ms"], row["valid_to_ms"], row["revoked_ms"], "revoked", now_ms()),
    }
