"""An alarm that nobody takes climbs: level by level to more people, and at the top it begins again. Nothing falls out.

`sweep` looks every few seconds (tasks.py) at those that are due. What it does with some of them is one transaction: the
levels, what was told to whom, the SMS in their queue, the events in the outbox. Killed before the commit it has done
nothing and does it again; a second sweep at the same time passes over what the first one holds.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction

from prahari.contracts import events
from prahari.contracts.clock import IST
from prahari.desks.accounts.models import Jurisdiction, User
from prahari.desks.alarms import actions, contacts, laws, selectors, telling
from prahari.desks.alarms.choices import Sms, State
from prahari.desks.alarms.laws import Level
from prahari.desks.alarms.models import AlarmHandling, AlarmNotice
from prahari.desks.alarms.schemas import SeenAlarm
from prahari.desks.common.action import Action, action
from prahari.desks.common.actor import Actor, system
from prahari.desks.common.errors import conflict
from prahari.desks.messages import queue
from prahari.desks.messages.models import Message

BATCH = 200
AGAIN_MS = 60_000
"""When nobody is at any level, it is asked again after this at the latest."""

SMS_EVERY_MS = 60_000
"""One SMS a person and severity within this speaks for all of that severity: nobody reads a hundred."""


@dataclass
class Told:
    """A level that an alarm has reached. number: AlarmHandling.level by then. sms: by person."""

    alarm: AlarmHandling
    number: int
    level: Level
    people: list[User]
    sms: dict[UUID, Sms] = field(default_factory=dict)


def sweep(now_ms: int | None = None) -> int:
    """Move every alarm that is due one level up; how many moved. now_ms: for tests."""
    now = events.now_ms() if now_ms is None else now_ms
    levels = laws.escalation()
    moved = 0
    while (some := _sweep_some(levels, now)) is not None:
        moved += some
    return moved


def look_again() -> None:
    """The rules are others: every alarm that climbs is looked at anew by the next sweep."""
    AlarmHandling.objects.filter(state=State.NEW, test=False).update(climbs_ms=0)


def _sweep_some(levels: dict[str, list[Level]], now: int) -> int | None:
    """Of one batch: how many moved. None: there are no more."""
    with transaction.atomic():
        due = list(
            AlarmHandling.objects.select_for_update(of=("self",), skip_locked=True)
            .filter(state=State.NEW, climbs_ms__lte=now)
            .select_related("alarm").order_by("climbs_ms", "alarm_id")[:BATCH]
        )  # fmt: skip
        if not due:
            return None
        ripe = []
        for one in due:
            of_severity = levels.get(one.severity) or levels["critical"]
            one.climbs_ms = _due_ms(one, of_severity)
            if one.climbs_ms <= now:
                ripe.append(one)
        waiting = [one for one in due if one.climbs_ms > now]
        AlarmHandling.objects.bulk_update(waiting, ["climbs_ms"])
        if ripe:
            with action("alarm.climb", actor=system("escalation")) as act:
                _climb(act, ripe, levels, now)
        return len(ripe)


def _due_ms(one: AlarmHandling, levels: Sequence[Level]) -> int:
    after_ms = levels[one.level % len(levels)].after_s * 1000
    if one.level and not one.told_to:  # nobody was at any level
        after_ms = min(after_ms, AGAIN_MS)
    return (one.told_ms or one.came_ms) + after_ms


def escalate(*, actor: Actor, seen: Sequence[SeenAlarm], reason: str) -> list[dict[str, Any]]:
    """Somebody passes alarms up by hand, to the next level, at once. One that is taken is anybody's again: it climbs.

    Raises Problem 403, 404, 409 (changed; in an incident, closed).
    """
    with action("alarm.escalate", actor=actor, reason=reason) as act:
        found = actions.held(actor, {one.id: one.version for one in seen})
        now = events.now_ms()
        for one in found:
            if one.state in (State.IN_INCIDENT, State.CLOSED):
                raise conflict("not_open", "One of these alarms is in an incident or closed.",
                               "इनमें से एक अलार्म किसी घटना में है या बंद है।")  # fmt: skip
            one.state, one.assignee_id, one.note = State.NEW, None, reason
            one.version += 1
            one.before, one.changed_by_id, one.edited_ms = None, actor.id, now
        _climb(act, found, laws.escalation(), now)
    return selectors.written([one.alarm_id for one in found])


def _climb(act: Action, alarms: Sequence[AlarmHandling], levels: dict[str, list[Level]], now: int) -> None:
    told: list[Told] = []
    known: dict[tuple[str, ...], list[User]] = {}
    for one in alarms:
        of_severity = levels.get(one.severity) or levels["critical"]
        for _ in of_severity:  # a level at which nobody is found is passed over, and it shows
            level = of_severity[one.level % len(of_severity)]
            place = (level.to.value, level.code, one.jurisdiction_path, one.agency_code)
            if place not in known:
                known[place] = contacts.people(*place)
            one.level += 1
            told.append(Told(one, one.level, level, known[place]))
            if known[place]:
                break
        one.told_ms = now
        one.told_to = f"{level.to.value}:{level.code}" if told[-1].people else ""
        one.climbs_ms = max(_due_ms(one, of_severity), now + 1000)  # not twice in one sweep
    _tell(told, now)
    AlarmHandling.objects.bulk_update(alarms, _WRITTEN)
    telling.write_down(act, alarms)
    telling.changed(act, [one.alarm_id for one in alarms])


_WRITTEN = [
    "level", "told_ms", "told_to", "climbs_ms", "state", "assignee", "note", "version", "before", "changed_by",
    "edited_ms",
]  # fmt: skip


def _tell(told: list[Told], now: int) -> None:
    """Write down what was told to whom, and queue the SMS: one a person and severity for all of them together."""
    numbers = contacts.mobiles({person.id for one in told if one.level.sms for person in one.people})
    together: dict[tuple[User, str], list[Told]] = defaultdict(list)
    for one in told:
        for person in one.people if one.level.sms else ():
            together[person, one.alarm.severity].append(one)
    for (person, severity), some in together.items():
        some[0].sms[person.id] = _send(person, numbers.get(person.id, ""), severity, some, now)
        for another in some[1:]:
            another.sms[person.id] = Sms.WITH_ANOTHER if person.id in numbers else Sms.NO_NUMBER
    AlarmNotice.objects.bulk_create(
        AlarmNotice(
            alarm_id=one.alarm.alarm_id, level=one.number, at_ms=now, to=one.level.to, code=one.level.code,
            people=[{"id": str(person.id), "name": person.name, "sms": one.sms.get(person.id, Sms.NOT_WANTED)}
                    for person in one.people],
        )
        for one in told
    )  # fmt: skip


def _send(person: User, number: str, severity: str, some: Sequence[Told], now: int) -> Sms:
    if not number:
        return Sms.NO_NUMBER
    key = f"alarms:{person.id}:{severity}:{now // SMS_EVERY_MS}"
    if Message.objects.filter(key=key).exists():
        return Sms.WITH_ANOTHER
    first = some[0].alarm
    hindi = person.language == "hi"
    values = {
        "title": first.alarm.name_hi if hindi else first.alarm.name_en,
        "place": _place(first, person.language),
        "time": dt.datetime.fromtimestamp(first.first_ms / 1000, IST).strftime("%H:%M"),
        "waiting": len(some),
    }
    queue.sms(
        to=number, template="alarm_waiting", values=values, key=key, language=person.language,
        about=("alarm", first.alarm_id), jurisdiction=first.jurisdiction_path, agency=first.agency_code,
    )  # fmt: skip
    return Sms.QUEUED


def _place(one: AlarmHandling, language: str) -> str:
    found = Jurisdiction.objects.filter(path=one.jurisdiction_path).values_list(f"name_{language}", flat=True).first()
    return found or one.jurisdiction_path
