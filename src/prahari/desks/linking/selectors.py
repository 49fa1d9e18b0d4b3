"""Reads of consents and orders, restricted to what the actor may see."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from prahari.contracts.events import now_ms
from prahari.desks.common import paging
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import not_found
from prahari.desks.common.scoping import either, restrict, scope_q
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


def orders_in(actor: Actor, permission: str = MANAGE) -> QuerySet[Order]:
    """Orders for a place within the actor's: theirs to change."""
    actor.require(permission)
    return restrict(Order.objects.all(), actor.scope, permission, "jurisdiction__path", "department__agency_id")


def orders_for(actor: Actor, permission: str = MANAGE) -> QuerySet[Order]:
    """Those, and the orders of places above, which hold in the actor's too."""
    actor.require(permission)
    usable = scope_q(actor.scope, permission, "jurisdiction__path", "department__agency_id")
    for path, agency in actor.scope.areas(permission):
        parts = path.split(".")
        above = Q(jurisdiction__path__in=["", *(".".join(parts[:length]) for length in range(1, len(parts)))])
        usable = either(usable, above & (Q() if agency is None else Q(department__agency_id=agency)))
    return Order.objects.filter(usable)


def order(actor: Actor, order_id: UUID) -> Order:
    return _found(orders_in(actor), order_id)


def order_to_name_in(actor: Actor, order_id: UUID) -> Order:
    return _found(orders_for(actor), order_id)


def _found(orders: QuerySet[Order], order_id: UUID) -> Order:
    found = orders.filter(id=order_id).select_related("department", "jurisdiction").first()
    if found is None:
        raise not_found("There is no such order in your area.", "आपके क्षेत्र में ऐसा कोई आदेश नहीं है।")
    return found


_COLUMNS = (
    "id", "authority", "number", "dated_on", "title", "department__code", "department__name_en", "department__name_hi",
    "jurisdiction__path", "jurisdiction__name_en", "jurisdiction__name_hi",
    "valid_from_ms", "valid_to_ms", "document_note", "revoked_ms", "revoked_reason", "created_ms", "cameras",
)  # fmt: skip


def order_page(actor: Actor, limit: int, cursor: str | None) -> dict[str, Any]:
    """OrderPage, newest first."""
    found = orders_for(actor, VIEW)
    rows = found.annotate(cameras=Count("named")).values(*_COLUMNS)
    return paging.page(rows, ("-created_ms", "-id"), limit, cursor, _row, total=found.count())


def order_row(actor: Actor, order_id: UUID) -> dict[str, Any]:
    order_to_name_in(actor, order_id)
    return _row(Order.objects.filter(id=order_id).annotate(cameras=Count("named")).values(*_COLUMNS).get())


def _row(row: dict[str, Any]) -> dict[str, Any]:
    shown = {name: row[name] for name in _COLUMNS if "__" not in name and name != "created_ms"}
    return {
        **shown,
        "department": {
            "code": row["department__code"],
            "name": {"en": row["department__name_en"], "hi": row["department__name_hi"]},
        },
        "jurisdiction": {
            "path": row["jurisdiction__path"],
            "name": {"en": row["jurisdiction__name_en"], "hi": row["jurisdiction__name_hi"]},
        },
        "state": permits.state_of(row["valid_from_ms"], row["valid_to_ms"], row["revoked_ms"], "revoked", now_ms()),
    }
