"""Pages by cursor: a cursor holds the sort values of the last row, so that paging deep costs no more than the start."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import Annotated, Any

import orjson
from django.core.exceptions import ValidationError
from django.db import DataError
from django.db.models import Model, Q, QuerySet
from ninja import Field

from prahari.contracts.events import now_ms
from prahari.desks.common.errors import Problem

LIMIT_MAX = 500
Limit = Annotated[int, Field(ge=1, le=LIMIT_MAX)]
LIMIT_DEFAULT = 100


def encode(values: Sequence[Any]) -> str:
    return base64.urlsafe_b64encode(orjson.dumps(list(values), default=str)).decode().rstrip("=")


def decode(cursor: str, length: int) -> list[Any]:
    """Values of a cursor of ours. Raises Problem 400."""
    try:
        values = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error):
        raise bad_cursor() from None
    plain = isinstance(values, list) and all(isinstance(value, str | int | float | bool) for value in values)
    if not plain or len(values) != length or any(isinstance(value, str) and "\x00" in value for value in values):
        raise bad_cursor()
    return list(values)


def bad_cursor() -> Problem:
    return Problem(
        400,
        "bad_cursor",
        "This page mark is not valid. Start from the first page.",
        "यह पृष्ठ-चिह्न मान्य नहीं है। पहले पृष्ठ से शुरू करें।",
    )


def after(order: Sequence[str], values: Sequence[Any]) -> Q:
    """Rows that come after `values` in `order` (Django field names, "-" for descending; none nullable)."""
    later = Q()
    same = Q()
    for field, value in zip(order, values, strict=True):
        name, lookup = (field[1:], "lt") if field.startswith("-") else (field, "gt")
        later |= same & Q(**{f"{name}__{lookup}": value})
        same &= Q(**{name: value})
    if len(order) < 2:
        return later
    # Says nothing new, but is a bound that an index can start from: an OR is not.
    name, lookup = (order[0][1:], "lte") if order[0].startswith("-") else (order[0], "gte")
    return Q(**{f"{name}__{lookup}": values[0]}) & later


def page(
    queryset: QuerySet[Any],
    order: Sequence[str],
    limit: int,
    cursor: str | None,
    row: Callable[[Any], Any],
    total: int | None = None,
) -> dict[str, Any]:
    """{"items", "next", "total", "as_of_ms"}; the last field of `order` must be unique. Raises Problem 400.

    The queryset holds model rows or `.values()` dicts; `row` turns one into what is shown.
    """
    as_of_ms = now_ms()
    ordered = queryset.order_by(*order)
    if cursor:
        try:
            ordered = ordered.filter(after(order, decode(cursor, len(order))))
            rows = list(ordered[: limit + 1])
        except (ValueError, TypeError, OverflowError, ValidationError, DataError):
            raise bad_cursor() from None
    else:
        rows = list(ordered[: limit + 1])
    more = len(rows) > limit
    rows = rows[:limit]
    return {
        "items": [row(one) for one in rows],
        "next": encode([_value(rows[-1], field.lstrip("-")) for field in order]) if more else None,
        "total": queryset.count() if total is None else total,
        "as_of_ms": as_of_ms,
    }


def _value(row: Any, field: str) -> Any:
    if not isinstance(row, Model):
        return row[field]
    for part in field.split("__"):
        row = getattr(row, part)
    return row
