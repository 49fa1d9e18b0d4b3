"""The event envelope, after CloudEvents, and the event types in use."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import msgspec

from prahari.core.ids import uuid7

CAMERA_STATUS = "camera.status"
"""data: contracts.media.CameraStatusData. A camera's state changed."""

CAMERA_PROOF = "camera.proof"
"""data: contracts.media.CameraProofData. Frames were seen; extends `live`. Not stored as rows of its own."""

CAMERA_CHANGED = "camera.changed"
"""data: {"change": "created" | "edited" | "retired"}. A registry row that consoles show was changed."""

RECORDING_GAP = "recording.gap"
"""data: contracts.media.GapData. A stretch of time that should be on disk is not."""

CAMERA_DEVICE_EVENT = "camera.device_event"
"""data: contracts.devices.DeviceEventData. A camera or recorder has noticed something itself (ONVIF)."""

CAMERA_MOVED = "camera.moved"
"""data: {"user_id", "what": contracts.devices.MoveKind}. Somebody has moved a camera; stays of a tour are not told."""

CAMERA_HEALTH = "camera.health"
"""data: contracts.health.CameraHealthData. A kind of ill health of a camera began or ended."""

CAMERA_STORAGE = "camera.storage"
"""data: contracts.recording.StorageEventData. A recording disk fails, fills or comes back; a file is damaged."""

EDGE_SITE = "edge.site"
"""data: contracts.edge.EdgeSiteData. The state of an edge site's link changed; subject is the site's id."""

EDGE_SEEN = "edge.seen"
"""data: contracts.edge.EdgeSiteData, told each minute of a site that is linked. Not stored as rows of its own."""

ALARM_RAISED = "alarm.raised"
"""data: contracts.alarms.AlarmData. An alarm began or grew: its whole state; the higher revision counts."""

ALARM_CHANGED = "alarm.changed"
"""data: {"state", "version", "by", ...}. Somebody has acknowledged, assigned or closed an alarm, or it has climbed."""

INCIDENT_CHANGED = "incident.changed"
"""data: {"number", "kind", "state", "severity", "version", "what"}. Subject is the incident's id."""

CITIZEN_REPORT_CHANGED = "citizen_report.changed"
"""data: {"number", "state", "version", "what"}. A citizen's report came, was answered, or became an incident."""

UNIT_POSITION = "unit.position"
"""data: contracts.happenings.PositionData. Where a unit is. Not stored as rows of its own."""

UNIT_CHANGED = "unit.changed"
"""data: {"status", "version"}. A unit signed on or off, or its status changed; subject is the unit's id."""

ASSIGNMENT_CHANGED = "assignment.changed"
"""data: {"unit_id", "incident_id", "state", "version"}. A unit was sent, has answered, arrived or is clear."""

SHIFT_CHANGED = "shift.changed"
"""data: {"post", "what"}. Somebody has signed on or off a post or handed it over."""

WALL_CHANGED = "wall.changed"
"""data: {"screen_id", "version"}. What a screen of the wall is to show has changed."""

ACCESS_CHANGED = "access.changed"
"""data: {"user_id": str}. Grants of a person changed: open event streams of that person must be closed."""


class Event(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing that happened.

    `id` makes delivery idempotent: the writer stores it once however often it comes. `jurisdiction` (path) and
    `agency` (code) let a console be told only of what it may see; empty strings mean nobody but administrators of
    the whole centre.
    """

    type: str
    subject: str
    time_ms: int
    data: dict[str, Any]
    jurisdiction: str = ""
    agency: str = ""
    id: str = msgspec.field(default_factory=lambda: str(uuid7()))


class EventBatch(msgspec.Struct, frozen=True):
    """What one NATS message holds. `source` names the process that saw the events."""

    source: str
    events: list[Event]


_wall_ns: Callable[[], int] = time.time_ns


def now_ms() -> int:
    """Unix time in milliseconds, by the clock that this process believes."""
    return _wall_ns() // 1_000_000


def believe_clock(wall_ns: Callable[[], int]) -> None:
    """Take Unix nanoseconds from elsewhere than this machine's clock: a box at a shop keeps its centre's time."""
    global _wall_ns
    _wall_ns = wall_ns


def encode(batch: EventBatch) -> bytes:
    return msgspec.json.encode(batch)


class RawEvent(msgspec.Struct, frozen=True):
    """An Event whose data is JSON as it came: for those who pass thousands a second on. `id` is empty when the source
    gave none."""

    type: str
    subject: str
    time_ms: int
    data: msgspec.Raw
    jurisdiction: str = ""
    agency: str = ""
    id: str = ""

    def read(self) -> dict[str, Any]:
        """The data. Raises msgspec.ValidationError where it is no object."""
        return _data_decoder.decode(self.data)


class RawBatch(msgspec.Struct, frozen=True):
    source: str
    events: list[RawEvent]


_data_decoder = msgspec.json.Decoder(dict[str, Any])
_decoder = msgspec.json.Decoder(EventBatch)
_raw_decoder = msgspec.json.Decoder(RawBatch)


def decode(payload: bytes) -> EventBatch:
    """Raises msgspec.DecodeError or msgspec.ValidationError (both ValueError) on anything malformed."""
    try:
        return _decoder.decode(payload)
    except RecursionError as error:
        raise msgspec.DecodeError("nested too deeply") from error


def decode_raw(payload: bytes) -> RawBatch:
    """As `decode`, several times as fast. That data is an object is seen only when it is read."""
    try:
        return _raw_decoder.decode(payload)
    except RecursionError as error:
        raise msgspec.DecodeError("nested too deeply") from error
