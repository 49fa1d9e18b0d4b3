"""Endpoints of the field desk."""

from __future__ import annotations

from uuid import uuid4

import registry_rig as rig
from prahari.contracts.events import now_ms
from prahari.desks.field.models import Visit
from scope import Endpoint, World


def visit(world: World, state: str = "conflict") -> dict[str, str]:
    """One in World.HOME for World.AGENCY that waits for a decision; a closed door, so that either decision is easy."""
    premises = rig.premises(world)
    now = now_ms()
    form = {"id": str(uuid4()), "premises_id": str(premises.id), "seen_ms": now, "made_at_ms": now, "outcome": "closed"}
    made = Visit.objects.create(
        id=form["id"], content_sha256=uuid4().hex * 2, premises=premises, by=world.person(), outcome="closed",
        state=state, device_id=uuid4(), made_at_ms=now, at_ms=now, received_ms=now, clock_skew_ms=0, form=form,
        jurisdiction_path=World.HOME, agency_code=World.AGENCY,
        conflict={"code": "moved_meanwhile", "en": "Moved.", "hi": "बदल गया।"},
    )  # fmt: skip
    return {"visit_id": str(made.id)}


WORK = "linking.work"

ENDPOINTS = [
    Endpoint("GET", "/field/day", WORK),
    Endpoint("POST", "/field/sync", WORK, body={"device_id": "0" * 32, "sent_at_ms": 1, "visits": []}),
    Endpoint("GET", "/field/visits", "linking.view", row=visit, lists=True),
    Endpoint(
        "POST", "/field/visits/{visit_id}/settle", WORK, row=visit, success=204,
        body={"decision": "dismiss", "reason": "seen by both"},
    ),
]  # fmt: skip
