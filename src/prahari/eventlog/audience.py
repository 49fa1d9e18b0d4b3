"""Who may hear which event, decided once for all consoles that have the same scope."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import orjson

from prahari.contracts import events
from prahari.contracts.events import Event
from prahari.contracts.media import CameraProofData, StreamClaims
from prahari.core.scope import Grant, Scope

PERMISSION = "camera.view"

Place = tuple[str, str]
"""(jurisdiction path, agency code) of a row."""


def scope_of(claims: StreamClaims) -> Scope:
    """The listener's scope as told by the signed token."""
    return Scope(tuple(Grant(path, agency, frozenset(held)) for path, agency, held in claims.grants))


class Audience:
    """All listeners with one and the same scope: an event is filtered and encoded once for them together."""

    def __init__(self, scope: Scope, place_of_camera: Callable[[str], Place | None]) -> None:
        self._scope = scope
        self._place_of_camera = place_of_camera
        self._allowed: dict[Place, bool] = {}

    def allows(self, place: Place) -> bool:
        known = self._allowed.get(place)
        if known is None:
            known = self._allowed[place] = self._scope.allows(PERMISSION, *place)
        return known

    def encode(self, identifier: str, event: Event) -> bytes | None:
        """The event as a server-sent message, or None when this audience may not hear of it."""
        if event.type == events.ACCESS_CHANGED:
            return None  # for the stream itself, not for screens
        data: Any = event.data
        if event.type == events.CAMERA_PROOF:
            data = self._visible_proofs(event)
            if data is None:
                return None
        elif not self.allows((event.jurisdiction, event.agency)):
            return None
        body = orjson.dumps({"id": event.id, "subject": event.subject, "time_ms": event.time_ms, "data": data})
        return b"id: %s\nevent: %s\ndata: %s\n\n" % (identifier.encode(), event.type.encode(), body)

    def _visible_proofs(self, event: Event) -> dict[str, Any] | None:
        """A proof speaks of many cameras at once: only those in scope are told of."""
        try:
            proofs = msgspec.convert(event.data, CameraProofData)
        except msgspec.ValidationError:
            return None
        rows = []
        for row in proofs.rows:
            place = self._place_of_camera(row[0])
            if place is not None and self.allows(place):
                rows.append(row)
        return {"rows": rows} if rows else None
