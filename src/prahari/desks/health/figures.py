"""Numbers of cameras for charts, in the actor's scope."""

from __future__ import annotations

from typing import Any

import orjson

from prahari.contracts.events import now_ms
from prahari.desks.common.actor import Actor
from prahari.desks.common.figures import figures, hours, row
from prahari.desks.health import uptime
from prahari.desks.registry import selectors as registry
from prahari.desks.registry.filters import CameraFilters
from prahari.desks.registry.totals import Remembered

KEPT_MS = 60_000
_remembered = Remembered(KEPT_MS)


def live(actor: Actor) -> dict[str, Any]:
    """ChartFigures: how many were live at each of the last 24 full hours, by the history of states, and now, proved by
    frames: the last row and the total, `of` those linked. A row without values: nothing is known of that hour."""
    now = now_ms()
    counts = orjson.loads(registry.counts(actor, CameraFilters()))
    key = repr(sorted(actor.scope.areas(registry.VIEW), key=str))
    found = _remembered.get(key, now)
    rows = found[0] if found is not None else _rows(actor, now)
    if found is None:
        _remembered.put(key, rows, now)
    last = row("now", [counts["live"]], at_ms=counts["as_of_ms"])
    return figures(["live"], [*rows, last], counts["live"], of=counts["linked"])


def _rows(actor: Actor, now: int) -> list[dict[str, Any]]:
    cameras = registry.cameras_in(actor, registry.VIEW).filter(retired_ms__isnull=True)
    ids = [str(one) for one in cameras.values_list("id", flat=True)]
    moments = hours(now)
    stood = uptime.live_at(moments, ids) if ids else [None] * len(moments)
    return [row(str(at), [] if one is None else [one], at_ms=at) for at, one in zip(moments, stood, strict=True)]
