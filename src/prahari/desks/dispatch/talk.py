"""A few words between the centre and a unit. Each side's marks say since when the other has them before its eyes."""

from __future__ import annotations

import uuid
from uuid import UUID

from django.db.models import QuerySet

from prahari.contracts.events import now_ms
from prahari.desks.common.action import action
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import Text, conflict
from prahari.desks.dispatch import schemas as s
from prahari.desks.dispatch import selectors, telling, units
from prahari.desks.dispatch.models import Unit, UnitMessage
from prahari.desks.dispatch.selectors import WORK


def send(*, actor: Actor, unit_id: UUID, form: s.UnitMessageIn) -> UnitMessage:
    """By the dispatcher. The same key writes once. Raises Problem 403, 404, 409 (the key is another's)."""
    with action("unit.message", actor=actor) as act:
        unit = selectors.for_writing(actor, unit_id, None, WORK)
        units.about(act, unit)
        known = UnitMessage.objects.filter(key=form.key).first()
        if known is not None:
            if (known.unit_id, known.by_id) != (unit.id, actor.id):
                raise conflict("key_used", "This message was sent to another unit. Write it anew.",
                               "यह संदेश दूसरी इकाई को भेजा गया था। नया लिखें।")  # fmt: skip
            return known
        made = write(unit, actor, form.key, form.text, from_unit=False)
        telling.unit_changed(act, unit, "message")
    return made


def write(unit: Unit, actor: Actor, key: UUID, text: str, *, from_unit: bool, at_ms: int | None = None) -> UnitMessage:
    now = now_ms()
    return UnitMessage.objects.create(
        key=key, unit=unit, from_unit=from_unit, text=text, by_id=actor.id, by_name=actor.called,
        at_ms=now if at_ms is None else at_ms, came_ms=now,
    )  # fmt: skip


def tell(unit: Unit, said: Text, more: str = "") -> None:
    """By the centre itself, inside another's action, which tells of the unit."""
    now = now_ms()
    UnitMessage.objects.create(
        key=uuid.uuid4(), unit=unit, from_unit=False, said=said, text=more[:1000], at_ms=now, came_ms=now
    )


def read(*, actor: Actor, unit_id: UUID, form: s.UnitMessageRead) -> None:
    """A dispatcher has what the unit wrote before the eyes. Raises Problem 403, 404."""
    unit = selectors.unit(actor, unit_id, WORK)
    if not _unread(unit, form.up_to_ms, from_unit=True).exists():
        return
    with action("unit.read_messages", actor=actor) as act:
        unit = selectors.for_writing(actor, unit_id, None, WORK)
        units.about(act, unit)
        act.details(messages=mark(unit, form.up_to_ms, from_unit=True))
        telling.unit_changed(act, unit, "read")


def mark(unit: Unit, up_to_ms: int, *, from_unit: bool) -> int:
    """How many were not read before."""
    return _unread(unit, up_to_ms, from_unit=from_unit).update(read_ms=now_ms())


def _unread(unit: Unit, up_to_ms: int, *, from_unit: bool) -> QuerySet[UnitMessage]:
    return UnitMessage.objects.filter(unit=unit, from_unit=from_unit, read_ms__isnull=True, came_ms__lte=up_to_ms)
