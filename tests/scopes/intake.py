"""Endpoints of the intake desk. The citizens' page has the owner page's session: for a console's it is closed (401)."""

from __future__ import annotations

import itertools
from typing import Any

from prahari.desks.intake.models import EventSource
from scope import Endpoint, World

_numbers = itertools.count(1)
MANAGE = "intake.manage"
WHY = {"reason": "As agreed"}


def _source(**more: Any) -> EventSource:
    number = next(_numbers)
    fields = {
        "name": f"Buttons {number}", "kind": "http", "key_hash": f"{number:064x}", "kinds": ["device.panic"],
        "jurisdiction_path": World.HOME, "agency_code": World.AGENCY, "late_s": 60, "per_minute": 600, "poll_s": 30,
        "created_ms": 1, "edited_ms": 1,
    }  # fmt: skip
    return EventSource.objects.create(**(fields | more))


def source(world: World) -> dict[str, str]:
    return {"source_id": str(_source().pk)}


def new(world: World) -> dict[str, Any]:
    return {
        **WHY, "name": f"New {next(_numbers)}", "kind": "http", "kinds": ["device.panic"], "jurisdiction": World.HOME,
        "agency": World.AGENCY,
    }  # fmt: skip


def edited(world: World) -> dict[str, Any]:
    return {**WHY, "name": f"Edited {next(_numbers)}", "kinds": ["device.door"], "version": 1}


ENDPOINTS = [
    Endpoint("GET", "/intake/sources", MANAGE, row=source, lists=True),
    Endpoint("POST", "/intake/sources", MANAGE, body=new, success=201, elsewhere=403),
    Endpoint("PATCH", "/intake/sources/{source_id}", MANAGE, row=source, body=edited),
    Endpoint("POST", "/intake/sources/{source_id}/key", MANAGE, row=source, body=WHY),
    Endpoint(
        "POST", "/intake/sources/{source_id}/switch", MANAGE, row=source, body={**WHY, "enabled": False, "version": 1}
    ),
    Endpoint("POST", "/intake/sources/{source_id}/test", MANAGE, row=source),
    Endpoint("GET", "/citizen/start", None, public=True),
    Endpoint("GET", "/citizen/reports", None, success=401, elsewhere=401),
    Endpoint("POST", "/citizen/reports", None, success=401, elsewhere=401),
]
