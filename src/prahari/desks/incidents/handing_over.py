"""What this room hands to the shifts desk below it: incidents in somebody's charge are open when they leave."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import text
from prahari.desks.incidents import selectors
from prahari.desks.incidents.choices import State
from prahari.desks.incidents.models import IncidentPerson
from prahari.desks.shifts import posts
from prahari.desks.shifts.models import Post


def join() -> None:
    posts.register("incident", in_charge)


def in_charge(actor: Actor, post: Post, person: UUID) -> Iterable[posts.Item]:
    theirs = IncidentPerson.objects.filter(person_id=person, in_charge=True, until_ms__isnull=True)
    found = selectors.incidents_in(actor).filter(id__in=theirs.values("incident_id")).exclude(state=State.CLOSED)
    for one in found.order_by("opened_ms")[: posts.ITEMS_MOST]:
        title = f"{one.number} {one.title}".strip()
        yield {"kind": "incident", "id": str(one.id), "title": text(title, title), "since_ms": one.opened_ms,
               "to": f"/incidents/{one.id}"}  # fmt: skip
