"""Clocks that nobody keeps: a warning before each runs out, then it is said to be missed, then levels are told, one
after the other, until it is met. Looked for every few seconds (tasks.py).

Each step is written with its incident held and compared with the clock as it is then, so several processes, or one that
was killed and begins anew, do nothing twice. After a time without the centre the steps are taken one a sweep.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from uuid import UUID

from django.db import DatabaseError, transaction

from prahari.contracts import events
from prahari.desks.accounts.models import User
from prahari.desks.alarms import contacts
from prahari.desks.alarms.laws import Level
from prahari.desks.common.action import Action, action
from prahari.desks.common.actor import system
from prahari.desks.common.errors import text
from prahari.desks.incidents import rules, telling, timeline, words, writing
from prahari.desks.incidents.models import ClockRun, Incident
from prahari.desks.messages import queue

log = logging.getLogger(__name__)

MOST_AT_ONCE = 200


def sweep(now_ms: int | None = None) -> int:
    """Take the next step of every clock that is due for one. How many steps were taken."""
    now = events.now_ms() if now_ms is None else now_ms
    levels = rules.escalation()
    due = ClockRun.objects.filter(next_ms__lte=now).order_by("next_ms").values_list("id", "incident_id")[:MOST_AT_ONCE]
    taken = 0
    for run_id, incident_id in list(due):
        try:
            taken += _step(run_id, incident_id, levels, now)
        except DatabaseError:
            raise
        except Exception:  # a fault with one incident must not silence the clocks of all others
            log.exception("the clock %s of incident %s", run_id, incident_id)
    return taken


def _step(run_id: UUID, incident_id: UUID, levels: dict[str, list[Level]], now: int) -> bool:
    """False: met meanwhile, or another process was quicker."""
    with transaction.atomic():
        held = Incident.objects.select_for_update(of=("self",), no_key=True).select_related("kind").get(id=incident_id)
        run = ClockRun.objects.get(id=run_id)
        if run.next_ms > now:
            return False
        _take_step(held, run, levels[held.severity], now)
    return True


def _take_step(held: Incident, run: ClockRun, levels: Sequence[Level], now: int) -> None:
    with action("incident.clock", actor=system("incident clocks")) as act:
        writing.about(act, held)
        act.details(clock=run.clock)
        name = words.CLOCK[run.clock]
        if now < run.due_ms:
            run.warned_ms, run.next_ms = now, run.due_ms
            what = "clock_warning"
            said = text(f"Time is running out: {name['en'].lower()}.", f"समय समाप्त होने वाला है: {name['hi']}।")
        elif run.missed_ms is None:
            run.missed_ms = now
            run.next_ms = now + levels[0].after_s * 1000
            what = "clock_missed"
            said = text(f"Time has run out: {name['en'].lower()}.", f"समय-सीमा बीत गई: {name['hi']}।")
        else:
            what, said = "escalated", _climb(act, held, run, levels, now)
        run.save()
        timeline.write(act, held, what, said, at_ms=now, data={"clock": run.clock, "due_ms": run.due_ms})
        telling.changed(act, held, what)


def _climb(act: Action, held: Incident, run: ClockRun, levels: Sequence[Level], now: int) -> dict[str, str]:
    """Tell the next level; a level at which nobody is found is passed over, and the time line says so. After the last
    it begins again there: nothing falls out at the top."""
    level = levels[min(run.level, len(levels) - 1)]
    following = levels[min(run.level + 1, len(levels) - 1)]
    people = contacts.people(level.to.value, level.code, held.jurisdiction_path, held.agency_code)
    run.level = min(run.level + 1, 1000)
    run.next_ms = now + max(following.after_s, 60) * 1000 if people else now + 1000
    if not people and run.level >= len(levels):
        run.next_ms = now + 600_000  # nobody at any level: look again later, who knows who signs on
    act.details(level=run.level, told=[str(one.id) for one in people], to=level.code)
    if level.sms:
        _send(held, run, people)
    if not people:
        return text(f"Nobody to tell: {level.code}.", f"बताने के लिए कोई नहीं: {level.code}।")
    names = ", ".join(one.name for one in people)
    return text(f"Told because time has run out: {names}.", f"समय-सीमा बीतने पर सूचित किया गया: {names}।")


def _send(held: Incident, run: ClockRun, people: Sequence[User]) -> None:
    numbers = contacts.mobiles({one.id for one in people})
    for one in people:
        if number := numbers.get(one.id):
            clock, kind = words.CLOCK[run.clock], held.kind
            language = one.language
            values = {
                "number": held.number, "kind": kind.name_hi if language == "hi" else kind.name_en,
                "clock": clock["hi" if language == "hi" else "en"],
            }  # fmt: skip
            queue.sms(
                to=number, template="incident_late", values=values, key=f"incident clock {run.id} {run.level} {one.id}",
                language=language, about=("incident", held.id), jurisdiction=held.jurisdiction_path,
                agency=held.agency_code,
            )  # fmt: skip
