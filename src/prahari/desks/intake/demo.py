"""The demonstration's sources: the simulated 112, alert feed, panic buttons and patrols (prahari.simcity.emergency)."""

from __future__ import annotations

import os
from typing import Any

from django.conf import settings

from prahari.contracts.city import City
from prahari.contracts.happenings import demo_key
from prahari.desks.common.actor import system
from prahari.desks.intake import actions, schemas
from prahari.desks.intake.models import EventSource

SERVICE = 44
"""Behind the first port: 112 and the alert feed."""


def load(city: City) -> None:
    """Idempotent: a source that is there stays as somebody has made it."""
    password = os.environ.get("SIMCITY_PASSWORD", "")
    served = f"http://127.0.0.1:{settings.CONFIG.port + SERVICE}"
    area = next(one.path for one in city.areas if one.level == "city")
    have = set(EventSource.objects.values_list("name", flat=True))
    token = demo_key(password, "112")
    sources: list[tuple[str, dict[str, Any]]] = [
        ("", {"name": "112 (simulated)", "kind": "erss", "url": f"{served}/112", "credentials": token, "poll_s": 5}),
        ("", {"name": "Weather alerts (simulated)", "kind": "cap", "url": f"{served}/alerts/feed.xml", "poll_s": 60}),
        ("buttons", {"name": "Panic buttons", "kind": "http", "kinds": ["device.panic"]}),
        ("buttons-mqtt", {"name": "Panic buttons (MQTT)", "kind": "mqtt", "kinds": ["device.panic"]}),
        ("patrols", {"name": "Patrol trackers", "kind": "tracker"}),
    ]
    for key, fields in sources:
        if fields["name"] not in have:
            form = schemas.EventSourceIn(jurisdiction=area, agency="police", reason="demonstration", **fields)
            actions.create(actor=system("demo"), form=form, key=demo_key(password, key) if key else "")
