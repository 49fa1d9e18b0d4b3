"""The time line of an incident: append-only, written inside actions, also those of other desks.

    with action("unit.send", actor=actor) as act:
        ...
        timeline.add(incident=incident, kind="unit.sent", said=text("PRV 12 was sent", "पीआरवी 12 भेजी गई"),
                     data={"unit_id": ...})

The acting person and the moment of entry come from the running action. Consoles that show the incident hear of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from prahari.contracts.events import now_ms
from prahari.core.ids import uuid7
from prahari.desks.common.action import Action, running
from prahari.desks.common.errors import Text, text
from prahari.desks.incidents import telling
from prahari.desks.incidents.models import Incident, TimelineEntry
from prahari.desks.incidents.rows import part_ids


def add(
    *, incident: Incident, kind: str, at_ms: int | None = None, data: dict[str, Any] | None = None,
    said: Text | None = None, text: str = "", key: UUID | None = None,
) -> TimelineEntry:  # fmt: skip
    """Write one entry, and tell consoles.

    kind: `desk.what` for other desks. at_ms: when it happened (now). said: the entry as a sentence; without it the kind
    is shown. text: what a person wrote. key: the same key writes once. Raises RuntimeError outside an action.
    """
    act = _required()
    known = TimelineEntry.objects.filter(key=key).first() if key else None
    if known is not None:
        return known
    made = write(act, incident, kind, said or _bare(kind), at_ms=at_ms, data=data, text=text, key=key)
    telling.changed(act, incident, kind)
    return made


def write(
    act: Action, incident: Incident, kind: str, said: Text, *, at_ms: int | None = None,
    data: dict[str, Any] | None = None, text: str = "", key: UUID | None = None, file_ids: Iterable[UUID] = (),
) -> TimelineEntry:  # fmt: skip
    """The same without telling anybody: for actions of this desk, which tell once."""
    at = now_ms()
    return TimelineEntry.objects.create(
        id=uuid7(at), key=key, incident=incident, kind=kind, said=said, text=text, data=data or {},
        file_ids=[str(one) for one in file_ids], happened_ms=min(at, at if at_ms is None else at_ms), entered_ms=at,
        by_id=act.actor.id, by_name=act.actor.called,
    )  # fmt: skip


def entries_of(incident: Incident) -> QuerySet[TimelineEntry]:
    """Its own, and those of every incident that is part of it now (merges never form chains)."""
    return TimelineEntry.objects.filter(incident_id__in=part_ids(incident))


def _required() -> Action:
    act = running()
    if act is None:
        raise RuntimeError("a time line is written as part of an action")
    return act


def _bare(kind: str) -> Text:
    return text(kind, kind)
