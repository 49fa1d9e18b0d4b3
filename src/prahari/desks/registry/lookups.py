"""Reads of the short lists. Everybody signed in may read them: every form and filter needs them."""

from __future__ import annotations

from typing import Any

from prahari.contracts.events import now_ms
from prahari.desks.registry.models import Department, OwnerClass, PlaceClass, RetentionClass
from prahari.desks.registry.retention import RetentionRules

Lookup = OwnerClass | PlaceClass | Department | RetentionClass


def _row(row: Any) -> dict[str, Any]:
    return {"code": row.code, "name": {"en": row.name_en, "hi": row.name_hi}, "sort": row.sort, "active": row.active}


def list_of(model: type[Lookup]) -> dict[str, Any]:
    """{"items", "next", "total", "as_of_ms"}: the whole list."""
    items = [show(row) for row in _rows(model)]
    return {"items": items, "next": None, "total": len(items), "as_of_ms": now_ms()}


def one_of(model: type[Lookup], code: str) -> dict[str, Any]:
    return show(_rows(model).get(code=code))


def _rows(model: type[Lookup]) -> Any:
    rows = model._default_manager.order_by("sort", "code")
    return rows.select_related("retention") if model is PlaceClass else rows


def show(row: Any) -> dict[str, Any]:
    shown = _row(row)
    match row:
        case OwnerClass():
            shown["public"] = row.public
        case Department():
            shown["agency"] = row.agency_id
        case PlaceClass():
            shown["retention_class"] = row.retention.code if row.retention else None
            shown["retention_days"] = RetentionRules.load().days(row.retention_id, None) if row.retention else None
        case RetentionClass():
            shown.update(policy=row.policy, days=row.days, valid_from=row.valid_from.isoformat(), source=row.source)
    return shown
