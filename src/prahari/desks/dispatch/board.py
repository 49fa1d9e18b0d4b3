"""The dispatcher's list: incidents at which something is to be done, those without a unit first."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from prahari.contracts.events import now_ms
from prahari.desks.common import rules
from prahari.desks.common.actor import Actor
from prahari.desks.dispatch import rows, selectors
from prahari.desks.dispatch import rules as ours
from prahari.desks.dispatch.choices import ACTIVE
from prahari.desks.dispatch.models import Assignment
from prahari.desks.incidents import selectors as incidents
from prahari.desks.incidents.choices import State
from prahari.desks.incidents.models import NEVER_MS, Incident

MOST = 200


def board(actor: Actor) -> dict[str, Any]:
    """DispatchBoard, in the actor's scope: needs the right to see incidents as well as units. Raises Problem 403."""
    open_ones = _open(actor)
    found = list(
        open_ones.select_related("kind").prefetch_related("agencies")
        .order_by("served", "-rank", F("next_due_ms"), "id")[: MOST + 1]
    )  # fmt: skip
    shown = found[:MOST]
    sent = _assignments([one.id for one in shown])
    return {
        "items": [
            {
                "incident": rows.incident_brief(one),
                "state": one.state,
                "agencies": sorted(part.agency_code for part in one.agencies.all() if part.left_ms is None),
                "opened_ms": one.opened_ms,
                "next_due_ms": None if one.next_due_ms == NEVER_MS else one.next_due_ms,
                "assignments": sent[str(one.id)],
            }
            for one in shown
        ],
        "more": max(0, open_ones.count() - MOST) if len(found) > MOST else 0,
        "acknowledge_s": rules.value(ours.ACKNOWLEDGE_S),
        "now_ms": now_ms(),
    }


def waiting(actor: Actor) -> QuerySet[Incident]:
    """Those that no unit is at work for. Raises Problem 403."""
    return _open(actor).filter(served=False)


def _open(actor: Actor) -> Any:
    """Incidents at which something is to be done, each with `served`: a unit is at work for it."""
    actor.require(selectors.VIEW)
    theirs = Q(incident_id=OuterRef("pk")) | Q(incident__merged_into_id=OuterRef("pk"))
    served = Exists(Assignment.objects.filter(theirs, state__in=ACTIVE))
    found = incidents.incidents_in(actor).filter(state__in=(State.OPEN, State.IN_HAND), merged_into__isnull=True)
    return found.annotate(served=served)


def _assignments(incident_ids: list[UUID]) -> dict[str, list[dict[str, Any]]]:
    """Those at work, by the incident that they count for now."""
    theirs = Q(incident_id__in=incident_ids) | Q(incident__merged_into_id__in=incident_ids)
    active = list(Assignment.objects.filter(theirs, state__in=ACTIVE).order_by("offered_ms", "id"))
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows.assignment_rows(active):
        found[row["incident"]["id"]].append(row)
    return found
