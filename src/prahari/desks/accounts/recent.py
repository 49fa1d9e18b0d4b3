"""Actors of the last second, so that a console asking many things at once is looked up once.

What is taken from somebody therefore ends in this process at once and in the others within KEPT_S; requests that change
something or hand out a token never use it, nor does anybody who has to set up their account first.
"""

from __future__ import annotations

import time

from django.db import transaction

from prahari.desks.common.actor import Actor

KEPT_S = 1.0
MOST = 2_000

_actors: dict[tuple[str, str], tuple[float, Actor]] = {}


def get(session: str, ip: str) -> Actor | None:
    kept = _actors.get((session, ip))
    return kept[1] if kept is not None and time.monotonic() - kept[0] < KEPT_S else None


def keep(actor: Actor, read_at_s: float) -> None:
    """`read_at_s`: time.monotonic() before the database was asked."""
    if actor.must_change_password or actor.needs_second_factor:
        return
    if len(_actors) >= MOST:
        _actors.clear()
    _actors[actor.session, actor.ip] = (read_at_s, actor)


def forget() -> None:
    """Rights or sessions changed: now, and again when the change is committed."""
    _actors.clear()
    transaction.on_commit(_actors.clear)
