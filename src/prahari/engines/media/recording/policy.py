"""What of a camera is to be recorded, by its plan and the clock. Pure; times are Unix, schedules local."""

from __future__ import annotations

from collections.abc import Iterable

from prahari.contracts.media import CameraPlan, RecordMode
from prahari.contracts.recording import EventMark

_DAY_MINUTES = 1440
_WEEK_S = 7 * 86_400
_EPOCH_WEEKDAY_S = 3 * 86_400
"""1 January 1970 was a Thursday."""

Stretches = list[tuple[int, int]]


def in_schedule(plan: CameraPlan, now_s: float) -> bool:
    at_s = _week_s(plan, now_s)
    return any((at_s - start_s) % _WEEK_S < length_s for start_s, length_s in _parts(plan))


def next_change_s(plan: CameraPlan, now_s: float) -> float:
    """Unix seconds of the next begin or end of a stretch after `now_s`; infinite without a schedule."""
    if plan.record is not RecordMode.SCHEDULE or not plan.schedule:
        return float("inf")
    at_s = _week_s(plan, now_s)
    edges = [edge for start_s, length_s in _parts(plan) for edge in (start_s, start_s + length_s)]
    return now_s + min((edge - at_s) % _WEEK_S or _WEEK_S for edge in edges)


def due(plan: CameraPlan, from_ms: int, to_ms: int, events: Iterable[EventMark] = ()) -> Stretches:
    """What between two moments should be on disk by the plan: merged, sorted, cut to the two."""
    if plan.record is RecordMode.CONTINUOUS:
        return [(from_ms, to_ms)] if to_ms > from_ms else []
    if plan.record is RecordMode.SCHEDULE:
        return _merged(_scheduled(plan, from_ms, to_ms), from_ms, to_ms)
    if plan.record is RecordMode.ON_EVENT:
        return _merged([(mark.at_ms, mark.until_ms) for mark in events], from_ms, to_ms)
    return []


def rest(from_ms: int, to_ms: int, stretches: Stretches) -> Stretches:
    """What lies between the stretches, from `from_ms` to `to_ms`."""
    found, at = [], from_ms
    for start, end in stretches:
        if start > at:
            found.append((at, start))
        at = max(at, end)
    if to_ms > at:
        found.append((at, to_ms))
    return found


def _week_s(plan: CameraPlan, now_s: float) -> float:
    """Seconds since local Monday midnight."""
    return (now_s + plan.schedule_utc_offset_minutes * 60 + _EPOCH_WEEKDAY_S) % _WEEK_S


def _parts(plan: CameraPlan) -> list[tuple[int, int]]:
    """(start, length) of each stretch, seconds of the week. An end at or before the start lies on the next day."""
    return [
        ((weekday * _DAY_MINUTES + start) * 60, ((end - start) if end > start else end - start + _DAY_MINUTES) * 60)
        for weekday, start, end in plan.schedule
    ]


def _scheduled(plan: CameraPlan, from_ms: int, to_ms: int) -> Stretches:
    found = []
    for start_s, length_s in _parts(plan):
        behind_s = (_week_s(plan, from_ms / 1000) - start_s) % _WEEK_S
        start_ms = from_ms - round(behind_s * 1000)
        while start_ms < to_ms:
            found.append((start_ms, start_ms + length_s * 1000))
            start_ms += _WEEK_S * 1000
    return found


def _merged(stretches: Iterable[tuple[int, int]], from_ms: int, to_ms: int) -> Stretches:
    merged: Stretches = []
    for start, end in sorted(stretches):
        start, end = max(start, from_ms), min(end, to_ms)
        if end <= start:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged
