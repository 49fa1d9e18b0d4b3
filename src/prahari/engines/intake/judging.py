"""From what a source says to an event that we can answer for: who may say it, when and where it was, which it is."""

from __future__ import annotations

from typing import Any

import msgspec

from prahari.contracts.events import UNIT_POSITION, Event
from prahari.contracts.happenings import OLDEST_MS, SKEW_MS, HappeningData, PositionData, SourceRecord, event_id
from prahari.core.areas import holds
from prahari.engines.intake.claims import Said, SaidPosition, instant_ms
from prahari.engines.intake.refusals import unknown_kind, unknown_unit

NOT_BELIEVED = "place_not_believed"
"""In `parameters`: the place that the source told, when it lies outside its area."""


class When(msgspec.Struct, frozen=True):
    """`time_ms`: when it happened as far as we can tell; `said_ms` only where the source says otherwise."""

    time_ms: int
    said_ms: int | None = None
    late: bool = False
    skewed: bool = False


def judged_time(said_ms: int | None, came_ms: int, late_s: int) -> When:
    """A clock ahead of ours, or days behind, is wrong: then it happened when it came. Else it is believed."""
    if said_ms is None:
        return When(came_ms)
    if said_ms > came_ms + SKEW_MS or said_ms < came_ms - OLDEST_MS:
        return When(came_ms, said_ms, skewed=True)
    return When(min(said_ms, came_ms), late=came_ms - said_ms > late_s * 1000)


def judged_place(
    record: SourceRecord, lat: float | None, lon: float | None
) -> tuple[float | None, float | None, dict[str, Any]]:
    """The place that is believed, and what goes into `parameters` when it is not the one that was told."""
    if lat is None or lon is None:
        return record.lat, record.lon, {}
    if record.boundary and not holds(record.boundary, lat, lon):
        return record.lat, record.lon, {NOT_BELIEVED: {"lat": lat, "lon": lon}}
    return lat, lon, {}


def happening(record: SourceRecord, said: Said, came_ms: int) -> Event:
    """The event. Raises Refusal."""
    if said.type not in record.kinds:
        raise unknown_kind(said.type, record.kinds)
    external_id = f"{said.source}\n{said.id}" if said.source else said.id
    data = said.data
    return event_of(
        record, kind=said.type, external_id=external_id, subject=said.subject or said.source or record.name,
        said_ms=said.at_ms, came_ms=came_ms, text=data.text, lat=data.lat, lon=data.lon, camera_id=data.camera_id,
        confidence=data.confidence, severity=data.severity, phone=data.phone, parameters=data.parameters,
    )  # fmt: skip


def event_of(
    record: SourceRecord,
    *,
    kind: str,
    external_id: str,
    subject: str,
    said_ms: int | None,
    came_ms: int,
    text: str = "",
    lat: float | None = None,
    lon: float | None = None,
    camera_id: str = "",
    confidence: float | None = None,
    severity: str = "",
    phone: str = "",
    parameters: dict[str, Any] | None = None,
) -> Event:
    """kind: the whole event type."""
    when = judged_time(said_ms, came_ms, record.late_s)
    believed_lat, believed_lon, told = judged_place(record, lat, lon)
    data = HappeningData(
        kind=kind.rpartition(".")[2], source=record.source_id, external_id=external_id, text=text, lat=believed_lat,
        lon=believed_lon, camera_id=camera_id, confidence=confidence, severity=severity, phone=phone,
        said_ms=when.said_ms, late=when.late, skewed=when.skewed, parameters={**(parameters or {}), **told},
    )  # fmt: skip
    return Event(
        kind, subject, when.time_ms, msgspec.to_builtins(data), record.jurisdiction, record.agency,
        id=event_id(record.source_id, external_id),
    )  # fmt: skip


def position(record: SourceRecord, said: SaidPosition, came_ms: int) -> Event:
    """Where a unit is. It may leave the area: a pursuit does. Raises Refusal."""
    if UNIT_POSITION not in record.kinds:
        raise unknown_kind(UNIT_POSITION, record.kinds)
    unit_id = record.units.get(said.unit)
    if unit_id is None:
        raise unknown_unit(said.unit)
    when = judged_time(None if said.at is None else instant_ms(said.at), came_ms, record.late_s)
    data = PositionData(
        when.time_ms, said.lat, said.lon, said.accuracy_m, said.speed_kmh, said.heading_deg, said.battery_pct
    )
    return Event(
        UNIT_POSITION, unit_id, when.time_ms, msgspec.to_builtins(data), record.jurisdiction, record.agency,
        id=event_id(record.source_id, f"{said.unit}@{said.at if said.at is not None else came_ms}"),
    )  # fmt: skip
