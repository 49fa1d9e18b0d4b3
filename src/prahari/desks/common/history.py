"""Who changed a row, when, what and why: from the tables that database triggers fill (django-pghistory)."""

from __future__ import annotations

import datetime as dt
import decimal
import uuid
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

import pghistory
import pgtrigger
from django.db.models import Model, Q
from pghistory import trigger

M = TypeVar("M", bound=type[Model])
_OWN = ("pgh_id", "pgh_created_at", "pgh_label", "pgh_obj", "pgh_context", "pgh_context_id")
_ACTIONS = {"insert": "created", "update": "edited", "delete": "deleted"}


_CONTEXT = ("WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) ", ", _pgh_attached_context")
"""What pghistory writes to keep contexts in a table of their own; ours stand in the history's rows."""


class _InsertedTogether(trigger.Event):
    """The history of all rows that one statement inserts, by one statement."""

    def get_func(self, model: type[Model]) -> pgtrigger.Func:
        written: str = super().get_func(model).func
        for part in _CONTEXT:
            assert part in written, written
            written = written.replace(part, "")
        return pgtrigger.Func(written)


class _InsertTogetherEvent(pghistory.InsertEvent):
    level = pghistory.Statement

    def add_event_trigger(self, event_model: Any) -> None:
        kept = _InsertedTogether(
            event_model=event_model, label=self.label, name=self.trigger_name, row=self.row, operation=self.operation,
            level=self.level,
        )  # fmt: skip
        pgtrigger.register(kept)(event_model.pgh_tracked_model)


def tracked(*, exclude: Iterable[str] = (), in_bulk: bool = False) -> Callable[[M], M]:
    """Class decorator: keep every state that a row was ever in. `exclude`: secrets, and columns that only count.

    in_bulk: rows are entered by the ten thousand, so a statement's rows get their history together, which costs a third
    of a trigger a row. Changes stay a trigger a row: PostgreSQL plans such a trigger once a connection, and a plan made
    for one changed row, joined with what it was before, would take hours for many.
    """
    return pghistory.track(
        _InsertTogetherEvent() if in_bulk else pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        exclude=list(exclude) or None,
        append_only=True,
    )


def record(
    model: type[Model],
    object_id: Any,
    *,
    hide: Iterable[str] = (),
    show: Mapping[str, Callable[[Any], Any]] | None = None,
    limit: int = 200,
) -> list[dict[str, Any]]:
    """`items` of a history endpoint, newest first:
    {"at_ms", "who": {"id", "name"}, "action", "why", "changes": [{"field", "before", "after"}]}.

    hide: fields whose values nobody is shown (the change itself is); show: field -> how its value is written.
    The caller has already made sure that the actor may see the row.
    """
    events: Any = model.pgh_event_model  # type: ignore[attr-defined]
    names = [field.name for field in events._meta.concrete_fields if field.name not in _OWN]
    columns = {field.name: field.attname for field in events._meta.concrete_fields}
    rows = list(
        events.objects.filter(Q(pgh_obj_id=object_id))
        .order_by("-pgh_id")
        .values("pgh_id", "pgh_created_at", "pgh_label", "pgh_context", *(columns[name] for name in names))[: limit + 1]
    )
    items = []
    for position, row in enumerate(rows[:limit]):
        earlier = rows[position + 1] if position + 1 < len(rows) else None
        changes = _changes(names, columns, row, earlier, set(hide), show or {})
        context = row["pgh_context"] or {}
        if not changes and row["pgh_label"] == "update":
            continue
        items.append(
            {
                "at_ms": int(row["pgh_created_at"].timestamp() * 1000),
                "who": {"id": context.get("actor") or None, "name": context.get("actor_name", "")},
                "action": context.get("action") or _ACTIONS.get(row["pgh_label"], row["pgh_label"]),
                "why": context.get("reason", ""),
                "changes": changes,
            }
        )
    return items


def _changes(
    names: list[str],
    columns: dict[str, str],
    row: dict[str, Any],
    earlier: dict[str, Any] | None,
    hide: set[str],
    show: Mapping[str, Callable[[Any], Any]],
) -> list[dict[str, Any]]:
    if row["pgh_label"] == "delete":
        return []
    changes = []
    for name in names:
        before = earlier[columns[name]] if earlier else None
        after = row[columns[name]]
        if before == after or (earlier is None and after in (None, "", [], {})):
            continue
        if name in hide:
            before, after = ("•••" if before else None), ("•••" if after else None)
        write = show.get(name, plain)
        changes.append({"field": name, "before": write(before), "after": write(after)})
    return changes


def plain(value: Any) -> Any:
    """A column's value as JSON: times as Unix milliseconds, dates ISO, decimals as numbers."""
    match value:
        case dt.datetime():
            return int(value.timestamp() * 1000)
        case dt.date():
            return value.isoformat()
        case decimal.Decimal():
            return float(value)
        case uuid.UUID():
            return str(value)
        case memoryview() | bytes():
            return f"{len(value)} bytes"
    return value
