"""A unit's tracker: the intake process has to know which unit is meant by the name that a source uses."""

from __future__ import annotations

from uuid import UUID

from prahari.desks.common.errors import invalid, required, text
from prahari.desks.dispatch.models import Unit
from prahari.desks.intake import actions as intake
from prahari.desks.intake.choices import Kind
from prahari.desks.intake.models import EventSource


def name(unit: Unit, source_id: UUID | None, tracker: str) -> None:
    """Give the unit this tracker instead of the one that it had. The caller saves the unit. Raises Problem 422."""
    if (source_id is None) != (not tracker):
        raise invalid(**{"tracker_source" if source_id is None else "tracker": required()})
    if (unit.tracker_source_id, unit.tracker) == (source_id, tracker):
        return
    if source_id is not None:
        _require_free(unit, source_id, tracker)
    if unit.tracker_source_id is not None:
        intake.name_unit(source_id=unit.tracker_source_id, name=unit.tracker, unit_id=None)
    if source_id is not None:
        intake.name_unit(source_id=source_id, name=tracker, unit_id=unit.id)
    unit.tracker_source_id, unit.tracker = source_id, tracker


def _require_free(unit: Unit, source_id: UUID, tracker: str) -> None:
    source = EventSource.objects.filter(id=source_id, kind=Kind.TRACKER).first()
    if source is None:
        raise invalid(tracker_source=text("There is no such source of positions.", "स्थिति का ऐसा कोई स्रोत नहीं है।"))
    if source.units.get(tracker, str(unit.id)) != str(unit.id):
        raise invalid(tracker=text("Another unit has this tracker.", "यह ट्रैकर दूसरी इकाई का है।"))
