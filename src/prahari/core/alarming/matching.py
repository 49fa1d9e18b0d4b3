"""Whether an event is what a rule means: conditions made ready once, asked of thousands of events a second."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from prahari.core.alarming.rule import Match
from prahari.core.scope import is_within

SKEW_MS = 5_000
"""An event from farther ahead than this has a wrong clock; it counts as of when it came."""

LATE_MS = 60_000
_TEXT_MOST = 500
_MINUTES_OF_WEEK = 7 * 1440
_MONDAY_OFFSET = 3 * 1440
"""1970-01-01 was a Thursday."""

_OF_CAMERAS = ("camera.", "vision.", "recording.", "plate.")
"""Families whose subject is a camera."""


class CameraFacts(msgspec.Struct, frozen=True):
    """What is known of a camera beside its events."""

    jurisdiction: str = ""
    agency: str = ""
    site_id: str = ""
    owner_class: str = ""
    lat: float | None = None
    lon: float | None = None


class Occurrence(msgspec.Struct):
    """An event as it is asked about. `arrived_ms`: when the log had it; the same for whoever reads it again."""

    id: str
    type: str
    subject: str
    time_ms: int
    arrived_ms: int
    data: dict[str, Any]
    source: str = ""
    jurisdiction: str = ""
    agency: str = ""


class Sighting(msgspec.Struct, array_like=True, gc=False):
    """What is kept of an event that a rule has met: small, without its data."""

    id: str
    type: str
    subject: str
    source: str
    time_ms: int
    arrived_ms: int
    jurisdiction: str
    agency: str
    camera_id: str
    site_id: str
    owner_class: str
    lat: float | None
    lon: float | None
    text: str
    late: bool
    skewed: bool
    test: bool = False

    @property
    def where(self) -> str:
        """What saw it: another one is elsewhere."""
        return self.camera_id or self.subject


Predicate = Callable[[Sighting, Mapping[str, Any]], bool]


def sighting(event: Occurrence, cameras: Mapping[str, CameraFacts]) -> Sighting:
    data = event.data
    subject = event.subject.removeprefix("camera:")
    by_camera = event.type.startswith(_OF_CAMERAS) or subject != event.subject
    camera_id = subject if by_camera else _text(data.get("camera_id"))
    facts = cameras.get(camera_id) or _UNKNOWN
    lat, lon = _number(data.get("lat")), _number(data.get("lon"))
    if lat is None or lon is None:
        lat, lon = facts.lat, facts.lon
    skewed = event.time_ms > event.arrived_ms + SKEW_MS
    time_ms = event.arrived_ms if skewed else event.time_ms
    return Sighting(
        event.id, event.type, subject, _text(data.get("source")) or event.source, time_ms, event.arrived_ms,
        event.jurisdiction or facts.jurisdiction, event.agency or facts.agency, camera_id, facts.site_id,
        facts.owner_class, lat, lon, _text(data.get("text"))[:_TEXT_MOST],
        data.get("late") is True or time_ms < event.arrived_ms - LATE_MS, skewed or data.get("skewed") is True,
        _is_test(data.get("parameters")),
    )  # fmt: skip


_UNKNOWN = CameraFacts()


def _is_test(parameters: object) -> bool:
    """An exercise, by its source's own word."""
    return isinstance(parameters, Mapping) and parameters.get("test") is True


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _number(value: object) -> float | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def of_types(match: Match, event_type: str) -> bool:
    """ "vision.*" is a family: everything that begins with "vision."."""
    return not match.types or any(
        event_type.startswith(one[:-1]) if one.endswith(".*") else event_type == one for one in match.types
    )


def compiled(match: Match, utc_offset_minutes: int) -> Predicate:
    """Everything but the types, which the evaluator's index has looked at. Cheap and telling tests come first."""
    tests: list[Predicate] = []
    if match.cameras:
        cameras = frozenset(match.cameras)
        tests.append(lambda seen, _data: seen.camera_id in cameras)
    if match.agencies:
        agencies = frozenset(match.agencies)
        tests.append(lambda seen, _data: seen.agency in agencies)
    if match.owner_classes:
        classes = frozenset(match.owner_classes)
        tests.append(lambda seen, _data: seen.owner_class in classes)
    if match.sources:
        sources = frozenset(match.sources)
        tests.append(lambda seen, _data: seen.source in sources)
    if match.jurisdictions:
        tests.append(lambda seen, _data: any(is_within(seen.jurisdiction, one) for one in match.jurisdictions))
    if match.confidence_least is not None:
        tests.append(_confident(match.confidence_least))
    tests += [_condition(path.split("."), operator, value) for path, operator, value in match.where]
    if match.hours:
        tests.append(_in_hours(match.hours, utc_offset_minutes))
    return lambda seen, data: all(test(seen, data) for test in tests)


def _confident(least: float) -> Predicate:
    def test(_seen: Sighting, data: Mapping[str, Any]) -> bool:
        found = _number(data.get("confidence"))
        return found is not None and found >= least

    return test


def _in_hours(hours: list[tuple[int, int, int]], utc_offset_minutes: int) -> Predicate:
    stretches = []
    for weekday, begins, ends in hours:
        start = weekday * 1440 + begins
        stretches.append((start, start + (ends - begins if ends > begins else ends + 1440 - begins)))

    def test(seen: Sighting, _data: Mapping[str, Any]) -> bool:
        minute = (seen.time_ms // 60_000 + utc_offset_minutes + _MONDAY_OFFSET) % _MINUTES_OF_WEEK
        # Sunday's last stretch may reach into Monday.
        return any(start <= minute < end or start <= minute + _MINUTES_OF_WEEK < end for start, end in stretches)

    return test


def _condition(path: list[str], operator: str, value: Any) -> Predicate:
    """What is missing, or of a type with which the comparison makes no sense, does not meet it; nothing raises."""
    compare = _COMPARISONS.get(operator, _never)

    def test(_seen: Sighting, data: Mapping[str, Any]) -> bool:
        found: Any = data
        for step in path:
            if not isinstance(found, Mapping) or step not in found:
                return False
            found = found[step]
        return compare(found, value)

    return test


def _same(one: Any, other: Any) -> bool:
    """As JSON: true is not 1."""
    return isinstance(one, bool) == isinstance(other, bool) and bool(one == other)


def _ordered(compare: Callable[[float, float], bool]) -> Callable[[Any, Any], bool]:
    def test(one: Any, other: Any) -> bool:
        left, right = _number(one), _number(other)
        return left is not None and right is not None and compare(left, right)

    return test


def _contains(found: Any, value: Any) -> bool:
    if isinstance(found, str):
        return isinstance(value, str) and value in found
    return isinstance(found, list) and any(_same(one, value) for one in found)


def _never(_found: Any, _value: Any) -> bool:
    return False


_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "==": _same,
    "!=": lambda one, other: not _same(one, other),
    "<": _ordered(lambda one, other: one < other),
    "<=": _ordered(lambda one, other: one <= other),
    ">": _ordered(lambda one, other: one > other),
    ">=": _ordered(lambda one, other: one >= other),
    "in": lambda one, others: isinstance(others, list) and any(_same(one, other) for other in others),
    "contains": _contains,
}
