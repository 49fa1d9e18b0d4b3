"""Endpoints of the audit desk."""

from __future__ import annotations

from prahari.desks.audit.models import AuditEntry
from prahari.desks.common.action import action
from scope import Endpoint, World


def entry(world: World) -> dict[str, str]:
    with action("test.happened", actor=world.system) as act:
        act.about("thing", "1", jurisdiction=World.HOME, agency=World.AGENCY)
    return {"id": str(AuditEntry.objects.latest("sequence").pk)}


ENDPOINTS = [
    Endpoint("GET", "/audit", "audit.view", row=entry, lists=True),
    Endpoint("GET", "/audit/chain", "audit.view"),
]
