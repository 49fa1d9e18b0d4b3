"""Somebody does not come to their turn: supervisors are told, level by level, until they come or the turn is over.

`sweep` looks every few seconds (tasks.py) at entries that are due; each is one transaction with the entry held, so
several processes, or one that was killed and begins anew, tell nothing twice.
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
from prahari.desks.common import rules as dated
from prahari.desks.common.action import action
from prahari.desks.common.actor import system
from prahari.desks.messages import queue
from prahari.desks.shifts import rules, telling
from prahari.desks.shifts.choices import NEVER_MS, Came
from prahari.desks.shifts.models import RosterEntry

log = logging.getLogger(__name__)

MOST_AT_ONCE = 200
MINUTE_MS = 60_000


def sweep(now_ms: int | None = None) -> int:
    """How many entries were told of. now_ms: for tests."""
    now = events.now_ms() if now_ms is None else now_ms
    due = RosterEntry.objects.filter(next_ms__lte=now).order_by("next_ms").values_list("id", flat=True)[:MOST_AT_ONCE]
    levels = rules.late_levels()
    told = 0
    for entry_id in list(due):
        try:
            told += _step(entry_id, levels, now)
        except DatabaseError:
            raise
        except Exception:  # a fault with one entry must not silence all others
            log.exception("the roster entry %s", entry_id)
    return told


def _step(entry_id: UUID, levels: Sequence[Level], now: int) -> bool:
    with transaction.atomic():
        one = (
            RosterEntry.objects.select_for_update(of=("self",), skip_locked=True)
            .select_related("post", "person").filter(id=entry_id, next_ms__lte=now).first()
        )  # fmt: skip
        if one is None:  # came meanwhile, or another process was quicker
            return False
        late_ms = one.from_ms + dated.value(rules.LATE_MINUTES) * MINUTE_MS
        absent_ms = one.from_ms + dated.value(rules.ABSENT_MINUTES) * MINUTE_MS
        if now < late_ms or now >= one.to_ms or one.cancelled_ms is not None:
            one.next_ms = late_ms if now < late_ms else NEVER_MS
            one.save(update_fields=["next_ms"])
            return False
        _tell(one, levels, now, absent_ms)
    return True


def _tell(one: RosterEntry, levels: Sequence[Level], now: int, absent_ms: int) -> None:
    """The next level, or once more the last one when somebody who was late counts as absent."""
    with action("shift.late", actor=system("shifts")) as act:
        absent = now >= absent_ms and one.came != Came.ABSENT
        one.came = Came.ABSENT if now >= absent_ms else Came.LATE
        level = levels[min(one.level, len(levels) - 1)]
        post = one.post
        people = contacts.people(level.to.value, level.code, post.jurisdiction_path, post.agency_code)
        one.level = min(one.level + 1, 1000)
        names = [each.name for each in people]
        one.told = [*one.told, {"at_ms": now, "came": one.came, "to": level.code, "people": names}]
        more = [now + max(levels[one.level].after_s, 1) * 1000] if one.level < len(levels) else []
        if not absent and one.came == Came.LATE:
            more.append(absent_ms)
        one.next_ms = min(more, default=NEVER_MS)
        one.save(update_fields=["came", "told", "level", "next_ms"])
        if level.sms:
            _send(one, people, now)
        telling.about(act, post)
        act.details(person=str(one.person_id), came=one.came, told=[str(each.id) for each in people])
        telling.changed(act, post, one.came, name=one.person.name, to=[str(each.id) for each in people])


def _send(one: RosterEntry, people: Sequence[User], now: int) -> None:
    numbers = contacts.mobiles({each.id for each in people})
    for each in people:
        if number := numbers.get(each.id):
            post = one.post
            values = {
                "name": one.person.name, "post": post.name_hi if each.language == "hi" else post.name_en,
                "minutes": (now - one.from_ms) // MINUTE_MS,
            }  # fmt: skip
            queue.sms(
                to=number, template="shift_late", values=values, key=f"shift late {one.id} {one.level} {each.id}",
                language=each.language, about=("post", post.id), jurisdiction=post.jurisdiction_path,
                agency=post.agency_code,
            )  # fmt: skip
