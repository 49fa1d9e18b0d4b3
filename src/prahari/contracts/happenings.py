"""What comes in from outside the centre: sources, what they say, positions of units. Times are Unix milliseconds,
UTC.
"""

from __future__ import annotations

import hashlib
import uuid
from enum import StrEnum
from typing import Any

import msgspec

INTAKE_TOLD = "intake.told"
"""data: IntakeToldData. What a source has handed in since it was told last; subject is the source's id."""

INTAKE_SOURCE = "intake"
"""Batches of the intake process, and of the desk when it tests a source: events.intake."""

PER_EVENT = uuid.UUID("b6a1b3e6-0f39-4c5e-9d0b-5b0a3a1f6e21")
"""Namespace of the ids of events from outside: see `event_id`."""

SKEW_MS = 5_000
"""A clock ahead of ours by more than this is called wrong."""

OLDEST_MS = 7 * 86_400_000
"""What a source says is older than this is a clock that has lost its time, not something that comes late."""

Ring = list[tuple[float, float]]
"""(longitude, latitude) of each corner, as in GeoJSON."""


class SourceKind(StrEnum):
    """How a source speaks."""

    HTTP = "http"
    MQTT = "mqtt"
    ERSS = "erss"
    CAP = "cap"
    TRACKER = "tracker"


class SourceRecord(msgspec.Struct, frozen=True):
    """Who may hand in events, and as what. `key_hash`: SHA-256 of its key, hex; the key itself is nowhere.

    `kinds`: the event types that it may hand in. `jurisdiction`, `agency`, `lat`, `lon` hold for what says nothing of
    its own; a place outside `jurisdiction` is not believed. `units`: unit ids of a tracker by the name that it uses.
    """

    source_id: str
    name: str
    kind: SourceKind
    key_hash: str
    kinds: list[str]
    jurisdiction: str
    agency: str
    lat: float | None = None
    lon: float | None = None
    late_s: int = 60
    per_minute: int = 600
    url: str = ""
    sealed_credentials: str = ""
    units: dict[str, str] = {}
    boundary: list[list[Ring]] = []
    poll_s: int = 30


class HappeningData(msgspec.Struct, frozen=True, omit_defaults=True):
    """Data of every event from outside, and of vision's.

    `kind`: the part of the type behind the dot. `confidence`: 0 to 1. `text`: as the source wrote it, never trusted
    as more than text. `said_ms`: the source's own time when it is not the event's. `camera_id`: the camera that saw
    it, or the nearest.
    """

    kind: str
    source: str = ""
    external_id: str = ""
    text: str = ""
    lat: float | None = None
    lon: float | None = None
    camera_id: str = ""
    confidence: float | None = None
    severity: str = ""
    phone: str = ""
    said_ms: int | None = None
    late: bool = False
    skewed: bool = False
    parameters: dict[str, Any] = {}


class PositionData(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where a unit is. `at_ms` by its own clock when that is believed; `accuracy_m`, `speed_kmh`, `heading_deg` when
    told.
    """

    at_ms: int
    lat: float
    lon: float
    accuracy_m: float | None = None
    speed_kmh: float | None = None
    heading_deg: float | None = None
    battery_pct: float | None = None


class IntakeToldData(msgspec.Struct, frozen=True):
    """Counts since the last telling. `refused`: how many by reason (the codes of docs/intake.md). `last_ms`: when
    something came last. `trouble`: why a source that is asked does not answer; empty: all is well."""

    taken: int
    refused: dict[str, int]
    last_ms: int
    trouble: str = ""


def event_id(source_id: str, external_id: str) -> str:
    """The same for the same thing, however often and by whichever door it comes."""
    return str(uuid.uuid5(PER_EVENT, f"{source_id}/{external_id}"))


def credentials_context(source_id: str) -> str:
    return f"intake:{source_id}"


def demo_key(password: str, name: str) -> str:
    """Key of a source of the demonstration, known to the simulated city and to the desk that enters it."""
    return hashlib.sha256(f"{password}/{name}".encode()).hexdigest()[:40]


DEMO_CREWS = ("PCR-2", "PCR-4", "PCR-5", "PCR-6", "AMB-1", "FT-1")
"""Units of the demonstration with a simulated crew."""


def demo_crew(password: str, unit: str) -> tuple[str, str]:
    """User name and password of a simulated crew, known to both as well."""
    return f"crew-{unit.lower()}", demo_key(password, f"crew {unit}")
