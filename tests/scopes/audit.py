"""Endpoints of the audit desk."""

from __future__ import annotations

from prahari.core.scope import Scope
from prahari.desks.audit.models import AuditEntry
from prahari.desks.common.action import action
from prahari.desks.common.actor import Actor
from scope import Endpoint, World


def entry(world: World) -> dict[str, str]:
    with action("test.happened", actor=world.system) as act:
        act.about("thing", "1", jurisdiction=World.HOME, agency=World.AGENCY)
    return {"entry_id": str(AuditEntry.objects.latest("sequence").pk)}


def somebody(world: World) -> dict[str, str]:
    """Who did something in World.HOME."""
    user = world.person()
    actor = Actor(id=user.pk, username=user.username, name=user.name, scope=Scope(()))
    with action("test.happened", actor=actor) as act:
        act.about("thing", "1", jurisdiction=World.HOME, agency=World.AGENCY)
    return {"id": str(user.pk)}


ENDPOINTS = [
    Endpoint("GET", "/audit", "audit.view", row=entry, lists=True),
    Endpoint("GET", "/audit/{entry_id}", "audit.view", row=entry),
    Endpoint("GET", "/audit/actors", "audit.view", row=somebody, lists=True),
    Endpoint("POST", "/audit/export", "audit.view", body={"reason": "Asked by the inspector"}),
    Endpoint("GET", "/audit/chain", "audit.view"),
]
