"""For other desks: who is at a post, and what is open there when it is handed over.

    posts.on_duty("desk-1")                         # ids of people
    posts.register("incident", in_charge_of)        # called with (actor, post, person): what is open there

A provider gives items {"kind", "id", "title": {en, hi}, "since_ms", "to": address in the console}. It sees what the
actor, who hands over, may see.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import Problem
from prahari.desks.shifts.choices import DutyState
from prahari.desks.shifts.models import Duty, DutyBreak, Post

log = logging.getLogger(__name__)

Item = dict[str, Any]
Provider = Callable[[Actor, Post, UUID], Iterable[Item]]

ITEMS_MOST = 200
_providers: dict[str, Provider] = {}


def register(kind: str, provider: Provider) -> None:
    _providers[kind] = provider


def open_items(actor: Actor, post: Post, person: UUID) -> list[Item]:
    """Everything open at the post or in the person's hands, oldest first, of every desk that registered."""
    found: list[Item] = []
    for kind, provider in sorted(_providers.items()):
        try:
            found += provider(actor, post, person)
        except Problem as refused:  # the one who hands over may see none of these
            log.info("open items of %s: %s", kind, refused)
    return sorted(found, key=lambda item: item["since_ms"])[:ITEMS_MOST]


def on_duty(code: str) -> list[UUID]:
    """Those who answer for a post just now: whoever is on duty there, or who covers for them during a break."""
    found = []
    for duty in _present().filter(post__code=code):
        covers = [one.cover_id for one in duty.breaks.all() if one.to_ms is None]
        found += covers or [duty.person_id]
    return found


def posts_of(person: UUID) -> list[str]:
    """Codes of the posts that a person answers for just now."""
    own = _present().filter(person_id=person).exclude(breaks__in=_running_breaks()).values_list("post__code", flat=True)
    covered = _running_breaks().filter(cover_id=person).values_list("duty__post__code", flat=True)
    return sorted({*own, *covered})


def _present() -> QuerySet[Duty]:
    return Duty.objects.filter(state=DutyState.ON, to_ms__isnull=True).prefetch_related("breaks")


def _running_breaks() -> QuerySet[DutyBreak]:
    return DutyBreak.objects.filter(Q(to_ms__isnull=True), duty__to_ms__isnull=True)
