"""What this room hands to the alarms desk below it, and what of that desk is handed over with a post."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from prahari.desks.alarms import duty, selectors
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import text
from prahari.desks.shifts import posts
from prahari.desks.shifts.models import Post


def join() -> None:
    duty.register(on_duty=posts.on_duty, posts_of=posts.posts_of)
    posts.register("alarm", open_alarms)


def open_alarms(actor: Actor, post: Post, person: UUID) -> Iterable[posts.Item]:
    """Alarms that lie with the post, or with the person."""
    found = selectors.alarms_in(actor).filter(selectors.OPEN, Q(post=post.code) | Q(assignee_id=person), test=False)
    columns = ("alarm_id", "first_ms", "alarm__name_en", "alarm__name_hi")
    for alarm_id, first_ms, en, hi in found.order_by("first_ms").values_list(*columns)[: posts.ITEMS_MOST]:
        yield {"kind": "alarm", "id": str(alarm_id), "title": text(en, hi), "since_ms": first_ms,
               "to": f"/alarms?open={alarm_id}"}  # fmt: skip
