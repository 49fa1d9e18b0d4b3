"""Where units are, told by their crews' telephones.

A position is measured, not done by somebody: the audited act is that a crew member signed on and agreed. A batch goes
as one message into the outbox and by it, surely and in order, into the event log, whose writer keeps the latest place
and the track; nothing of it becomes a row of the audit or an event row.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec
from django.db import transaction
from pydantic import ValidationError

from prahari.contracts import events, subjects
from prahari.contracts.events import UNIT_POSITION, Event, EventBatch, now_ms
from prahari.contracts.happenings import OLDEST_MS, PositionData, event_id
from prahari.desks.common import outbox
from prahari.desks.common.action import EVENTS_A_MESSAGE
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import Text, text
from prahari.desks.common.models import OutboxMessage
from prahari.desks.common.validation import sentence
from prahari.desks.dispatch import schemas as s
from prahari.desks.dispatch.crew import SKEW_KEPT_MS, put_right
from prahari.desks.dispatch.models import CrewMember
from prahari.desks.dispatch.selectors import CREW

SOURCE = "units"


def take(*, actor: Actor, form: s.PositionBatch) -> dict[str, Any]:
    """PositionsTaken. Sent twice they are taken once: the id of each is the telephone's. Raises Problem 403."""
    actor.require(CREW)
    now = now_ms()
    stints = list(CrewMember.objects.filter(person_id=actor.id).select_related("unit").order_by("-since_ms")[:20])
    good: list[Event] = []
    refused: list[dict[str, Any]] = []
    for raw in form.positions:
        try:
            said = s.PositionIn(**raw)
        except (ValidationError, TypeError) as error:
            first = error.errors()[0] if isinstance(error, ValidationError) else {"type": "model_type"}
            refused.append(_refused(raw.get("id", ""), "invalid", sentence(first)))
            continue
        at_ms = put_right(said.at_ms, now - form.sent_at_ms, now)
        member = _stint(stints, at_ms)
        if at_ms < now - OLDEST_MS:
            refused.append(
                _refused(said.id, "too_old", text("This is more than a week old.", "यह एक सप्ताह से पुराना है।"))
            )
        elif member is None:
            refused.append(_refused(said.id, "not_on_board", _NOT_ON_BOARD))
        elif member.agreed_ms is None:
            refused.append(_refused(said.id, "not_agreed", _NOT_AGREED))
        else:
            good.append(_event(member, said, at_ms))
    _publish(sorted(good, key=lambda one: one.time_ms))
    return {"taken": len(good), "refused": refused}


_NOT_ON_BOARD = text("You were on board of no unit then.", "उस समय आप किसी इकाई पर नहीं थे।")
_NOT_AGREED = text(
    "You have not agreed that this telephone tells where the unit is.", "आपने इस फ़ोन से स्थिति भेजने की सहमति नहीं दी है।"
)


def _stint(stints: list[CrewMember], at_ms: int) -> CrewMember | None:
    """The newest of those that hold for the moment."""
    for one in stints:
        ended = one.until_ms is not None and one.until_ms < at_ms - SKEW_KEPT_MS
        if one.since_ms <= at_ms + SKEW_KEPT_MS and not ended:
            return one
    return None


def _event(member: CrewMember, said: s.PositionIn, at_ms: int) -> Event:
    unit = member.unit
    data = PositionData(
        at_ms, said.lat, said.lon, said.accuracy_m, said.speed_kmh, said.heading_deg, said.battery_pct
    )  # fmt: skip
    return Event(
        UNIT_POSITION, str(unit.id), at_ms, msgspec.to_builtins(data), unit.jurisdiction_path, unit.agency_code,
        id=event_id(f"unit {unit.id}", str(said.id)),
    )  # fmt: skip


def _publish(told: list[Event]) -> None:
    if not told:
        return
    parts = [told[start : start + EVENTS_A_MESSAGE] for start in range(0, len(told), EVENTS_A_MESSAGE)]
    with transaction.atomic():
        OutboxMessage.objects.bulk_create(
            OutboxMessage(subject=subjects.events(SOURCE), payload=events.encode(EventBatch(SOURCE, part)))
            for part in parts
        )
        transaction.on_commit(outbox.publisher.wake)


def _refused(position_id: UUID | str, code: str, message: Text) -> dict[str, Any]:
    return {"id": str(position_id)[:100], "code": code, "message": message}
