"""Who may hear which event, and wants to: decided once for all consoles that have the same scope and ask the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import orjson

from prahari.contracts import events
from prahari.contracts.events import RawEvent
from prahari.contracts.media import CameraProofData, StreamClaims
from prahari.core.scope import Grant, Scope

PERMISSION = "camera.view"
_PERMISSIONS = {
    "alarm": ("alarm.view",),
    "incident": ("incident.view",),
    "citizen_report": ("incident.view",),
    "unit": ("dispatch.view", "unit.crew"),
    "assignment": ("dispatch.view", "unit.crew"),
    "shift": ("shift.view",),
    "wall": ("wall.use", "wall.control", "camera.view"),
}
"""What of a family of events somebody must hold one of; camera.view for those of cameras."""

_OF_CAMERAS = frozenset({"camera", "recording", "edge", "vision", "plate"})
OUTSIDE = ("alarm.view",)
"""For everything else: what comes from outside may name who called."""

TOLD = frozenset({
    "camera", "recording", "edge", "alarm", "incident", "citizen_report", "unit", "assignment", "shift", "wall",
})  # fmt: skip
"""Families that every console hears. Of others, thousands a second, it hears what its screens ask for."""

Place = tuple[str, str]
"""(jurisdiction path, agency code) of a row."""


def family(event_type: str) -> str:
    return event_type.partition(".")[0]


def scope_of(claims: StreamClaims) -> Scope:
    """The listener's scope as told by the signed token."""
    return Scope(tuple(Grant(path, agency, frozenset(held)) for path, agency, held in claims.grants))


class Audience:
    """All listeners with one and the same scope and wish. `more`: event types beside TOLD, "vision.*" for a family."""

    def __init__(self, scope: Scope, more: frozenset[str], place_of_camera: Callable[[str], Place | None]) -> None:
        self._scope = scope
        self._more = more
        self._place_of_camera = place_of_camera

    def hears(self, event_type: str, place: Place) -> bool:
        kind = family(event_type)
        if kind not in TOLD and event_type not in self._more and f"{kind}.*" not in self._more:
            return False
        needed = _PERMISSIONS.get(kind) or ((PERMISSION,) if kind in _OF_CAMERAS else OUTSIDE)
        return any(self._scope.allows(one, *place) for one in needed)

    def proofs(self, event: RawEvent) -> bytes | None:
        """The data of a proof, which speaks of many cameras at once: only those in scope are told of."""
        try:
            told = msgspec.json.decode(event.data, type=CameraProofData)
        except (msgspec.ValidationError, msgspec.DecodeError):
            return None
        rows = []
        for row in told.rows:
            place = self._place_of_camera(row[0])
            if place is not None and self._scope.allows(PERMISSION, *place):
                rows.append(row)
        return orjson.dumps({"rows": rows}) if rows else None


def message(identifier: str, event: RawEvent, data: bytes) -> bytes:
    """The event as a server-sent message."""
    if b"\n" in data or b"\r" in data:  # white space that JSON allows would end the message
        data = msgspec.json.encode(msgspec.json.decode(data))
    body = b'{"id":%s,"subject":%s,"time_ms":%d,"data":%s}' % (
        msgspec.json.encode(event.id), msgspec.json.encode(event.subject), event.time_ms, data,
    )  # fmt: skip
    return b"id: %s\nevent: %s\ndata: %s\n\n" % (identifier.encode(), _line(event.type), body)


def _line(event_type: str) -> bytes:
    """A type is one word; whoever made up another one does not write the stream's next lines."""
    return event_type.encode() if event_type.isprintable() else b"unknown"


_STATES: frozenset[str] = frozenset({events.ALARM_RAISED, events.UNIT_POSITION})


def replaces(event: RawEvent) -> Any:
    """Of an event that holds the whole state of its subject: the key under which a later one replaces one that waits.
    None: each counts."""
    return (event.type, event.subject) if event.type in _STATES else None
