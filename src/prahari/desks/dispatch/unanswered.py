"""Units that were called and have not answered: they, and the dispatchers, are told again until somebody does.

Looked for every few seconds (tasks.py). Each telling is written with incident and unit held and compared with the
assignment as it is then, so that several processes, or one that was killed, tell nothing twice.
"""

from __future__ import annotations

import logging
from uuid import UUID

from django.db import DatabaseError, transaction

from prahari.contracts import events
from prahari.core.phones import mobile
from prahari.desks.common import rules
from prahari.desks.common.action import action
from prahari.desks.common.actor import system
from prahari.desks.common.errors import text
from prahari.desks.dispatch import assigning, telling, units
from prahari.desks.dispatch import rules as ours
from prahari.desks.dispatch.choices import Progress
from prahari.desks.dispatch.models import Assignment, Unit
from prahari.desks.incidents import timeline
from prahari.desks.incidents.models import Incident
from prahari.desks.messages import queue

log = logging.getLogger(__name__)

MOST_AT_ONCE = 200
LONGEST_S = 600
"""The pause between two tellings grows up to this."""


def sweep(now_ms: int | None = None) -> int:
    """Tell again of every assignment that is due for it; how many. now_ms: for tests."""
    now = events.now_ms() if now_ms is None else now_ms
    pause_s: int = rules.value(ours.ACKNOWLEDGE_S)
    due = Assignment.objects.filter(next_ms__lte=now).order_by("next_ms").values_list("id", flat=True)[:MOST_AT_ONCE]
    told = 0
    for assignment_id in list(due):
        try:
            told += _tell_again(assignment_id, pause_s, now)
        except DatabaseError:
            raise
        except Exception:  # a fault with one must not silence all others
            log.exception("the assignment %s", assignment_id)
    return told


def _tell_again(assignment_id: UUID, pause_s: int, now: int) -> bool:
    """False: answered meanwhile, or another process was quicker."""
    with transaction.atomic():
        one, incident, unit = assigning.held(assignment_id)
        if one.next_ms > now or one.state != Progress.OFFERED:
            return False
        with action("dispatch.unanswered", actor=system("dispatch")) as act:
            units.about(act, unit)
            one.told += 1
            one.next_ms = now + min(pause_s * one.told, LONGEST_S) * 1000
            one.version += 1
            one.save()
            waited_s = (now - one.offered_ms) // 1000
            act.details(incident=str(incident.id), assignment=str(one.id), waited_s=waited_s)
            timeline.add(
                incident=incident, kind="dispatch.unanswered", at_ms=now,
                data={"unit": str(unit.id), "assignment": str(one.id)},
                said=text(f"{unit.call_sign} has not answered for {waited_s} s and was told again.",
                          f"{unit.call_sign} ने {waited_s} सेकंड से उत्तर नहीं दिया, फिर बताया गया।"),
            )  # fmt: skip
            if one.told == 1:
                _send(one, incident, unit)
            telling.assignment_changed(act, one, incident, "unanswered")
    return True


def _send(one: Assignment, incident: Incident, unit: Unit) -> None:
    """By SMS too: the crew's page may lie in a pocket."""
    if not mobile(unit.phone):
        return
    kind = incident.kind
    values = {"unit": unit.call_sign, "number": incident.number, "kind": kind.name_hi, "place": incident.address or "–"}
    queue.sms(
        to=unit.phone, template="unit_called", values=values, key=f"assignment:{one.id}", about=("assignment", one.id),
        jurisdiction=unit.jurisdiction_path, agency=unit.agency_code,
    )  # fmt: skip
