"""Posts, rosters and people on duty for tests, made as anybody makes them."""

from __future__ import annotations

import itertools
import uuid
from typing import Any

from prahari.contracts.events import now_ms
from prahari.core.scope import Grant, Scope
from prahari.desks.accounts.models import User
from prahari.desks.common.actor import Actor
from prahari.desks.shifts import duties, planning
from prahari.desks.shifts import schemas as s
from prahari.desks.shifts.models import Duty, Post, RosterEntry, ShiftPattern
from scope import World

HOUR_MS = 3_600_000
RIGHTS = ("shift.view", "alarm.view", "camera.view", "camera.live")
_numbers = itertools.count(1)


def post(world: World, **more: Any) -> Post:
    number = next(_numbers)
    fields = {
        "code": f"desk-{number}", "name": {"en": f"Desk {number}", "hi": f"डेस्क {number}"},
        "jurisdiction": World.HOME, "agency": World.AGENCY, "reason": "A new desk",
    } | more  # fmt: skip
    return Post.objects.get(id=planning.create_post(actor=world.system, form=s.PostIn(**fields)))


def sitter(world: World, name: str = "", *rights: str, at: str = World.HOME, agency: str = World.AGENCY) -> User:
    """Somebody who may sit at posts of World.HOME."""
    person = world.person(name, at=at, agency=agency)
    world.allow(person, *(rights or RIGHTS), at=at, agency=agency)
    return person


def actor(person: User, *rights: str, at: str = World.HOME, agency: str | None = World.AGENCY) -> Actor:
    held = frozenset(rights or RIGHTS)
    return Actor(person.id, person.username, person.name, Scope((Grant(at, agency, held),)))


def on_duty(world: World, where: Post | None = None, name: str = "") -> Duty:
    person = sitter(world, name)
    return duties.sign_on(actor=actor(person), post_id=(where or post(world)).id, key=uuid.uuid4())


def entry(where: Post, person: User, from_h: float, hours: float = 8, published: bool = True) -> RosterEntry:
    """Hours from now on."""
    from_ms = now_ms() + int(from_h * HOUR_MS)
    return RosterEntry.objects.create(
        post=where, person=person, from_ms=from_ms, to_ms=from_ms + int(hours * HOUR_MS), edited_ms=now_ms(),
        published_ms=now_ms() if published else None, **({"next_ms": from_ms} if published else {}),
    )  # fmt: skip


TURNS = [
    {"name": {"en": "Morning", "hi": "प्रातः"}, "start": "06:00", "minutes": 480},
    {"name": {"en": "Evening", "hi": "सायं"}, "start": "14:00", "minutes": 480},
    {"name": {"en": "Night", "hi": "रात्रि"}, "start": "22:00", "minutes": 480},
]
CYCLE = [0, 0, 1, 1, 2, 2, None, None]
PATTERN: dict[str, Any] = {
    "name": {"en": "Three turns", "hi": "तीन पालियाँ"}, "jurisdiction": World.HOME, "agency": World.AGENCY,
    "turns": TURNS, "cycle": CYCLE, "reason": "As decided",
}  # fmt: skip


def pattern(world: World) -> ShiftPattern:
    return ShiftPattern.objects.get(id=planning.create_pattern(actor=world.system, form=s.PatternIn(**PATTERN)))
