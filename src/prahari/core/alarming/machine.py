"""One rule at work: from the events that it has met to its alarms.

Events may come in any order. Times of events decide what belongs together; when they arrived decides what is forgotten,
so that a shop that was cut off for a night and hands in its events in the morning raises what it would have raised.
All memory is bounded: by time, and where somebody sends too much, by number.
"""

from __future__ import annotations

import bisect
import uuid
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from prahari.core.alarming.matching import Predicate, Sighting, compiled
from prahari.core.alarming.rule import AlarmRule, GroupBy
from prahari.core.alarming.state import Alarm, Area, Group, RuleState
from prahari.core.coordinates import Position, metres_between

ALARMS = uuid.UUID("6f1c5b0e-3a0d-4d5c-9a53-51d3c2f7b0a4")
"""Namespace of alarms' ids: who reads the same events again raises the same alarms."""

SLACK_MS = 300_000
"""How much longer than a rule's own times something is remembered for what comes late."""

GROUPS_MOST = 20_000
AREAS_MOST = 5_000
ALSO_MOST = 200
PENDING_BESIDE = 50
"""Met events of a group that wait, beside the rule's count: farther apart than its window, or for a correlation."""

OPEN_MOST = 4
FLOOD_MS = 60_000


class Figures(msgspec.Struct):
    """matched: events met. grouped: of them joined an alarm that there was. flooded: alarms told as one."""

    alarms: int = 0
    matched: int = 0
    grouped: int = 0
    flooded: int = 0


class Machine:
    """`changed` holds the alarms that are to be told, in the order in which they changed first."""

    def __init__(self, rule: AlarmRule, utc_offset_minutes: int, state: RuleState | None = None) -> None:
        self.rule = rule
        self.state = state or RuleState()
        self.state.also = self.state.also or [[] for _ in rule.also]
        self.figures = Figures()
        self._match = compiled(rule.match, utc_offset_minutes)
        self._also: list[Predicate] = [compiled(one, utc_offset_minutes) for one in rule.also]
        self._suppress: list[Predicate] = [compiled(one, utc_offset_minutes) for one in rule.suppress]
        self._window_ms, self._group_ms = rule.window_s * 1000, rule.group_s * 1000
        self._forget_ms = max(self._window_ms, self._group_ms, FLOOD_MS) + SLACK_MS
        self.changed: dict[str, Alarm] = {
            alarm.id: alarm for alarm in self.state.alarms.values() if alarm.told < alarm.count
        }
        self._ripe = {key for key, group in self.state.groups.items() if len(group.pending) >= rule.count}
        """Groups that have enough and wait for a correlation."""

    # What an event may be to the rule; each says whether it was.

    def suppresses(self, number: int, seen: Sighting, data: Mapping[str, Any]) -> bool:
        if not self._suppress[number](seen, data):
            return False
        key = self._key(seen)
        times = self.state.suppressed.pop(key, [])  # to the end: the longest silent is forgotten first
        self.state.suppressed[key] = [*times[-7:], seen.time_ms]
        _drop_first(self.state.suppressed, GROUPS_MOST)
        return True

    def correlates(self, number: int, seen: Sighting, data: Mapping[str, Any]) -> bool:
        if not self._also[number](seen, data):
            return False
        met = self.state.also[number]
        met.append(seen)
        if len(met) > ALSO_MOST or met[0].arrived_ms < seen.arrived_ms - self._window_ms - SLACK_MS:
            oldest_ms = seen.arrived_ms - self._window_ms - SLACK_MS
            self.state.also[number] = [one for one in met if one.arrived_ms >= oldest_ms][-ALSO_MOST:]
        for key in list(self._ripe):
            group = self.state.groups.get(key)
            if group is None or self._raise(key, group, seen.arrived_ms):
                self._ripe.discard(key)
        return True

    def meets(self, seen: Sighting, data: Mapping[str, Any]) -> bool:
        if not self._match(seen, data):
            return False
        self.figures.matched += 1
        key = self._key(seen)
        if self._is_suppressed(key, seen.time_ms):
            return True
        key = f"{key}|{seen.agency}"  # whose it is: no agency's events in an alarm of another
        group = self._group(key, seen.arrived_ms)
        alarm = self._open(group, seen.time_ms)
        if alarm is not None:
            self.figures.grouped += 1
            self._add(alarm, seen)
            self._absorb(group, alarm)
            return True
        bisect.insort(group.pending, seen, key=_by_time)
        del group.pending[: -(self.rule.count + PENDING_BESIDE)]
        if not self._raise(key, group, seen.arrived_ms) and self._also and len(group.pending) >= self.rule.count:
            self._ripe.add(key)
        return True

    # Groups

    def _key(self, seen: Sighting) -> str:
        """Exercises are apart: they neither hide in a real alarm nor keep it quiet."""
        return f"test|{self._shown_key(seen)}" if seen.test else self._shown_key(seen)

    def _shown_key(self, seen: Sighting) -> str:
        match self.rule.group_by:
            case GroupBy.SUBJECT:
                return seen.subject
            case GroupBy.SITE:
                return seen.site_id or seen.where
            case GroupBy.JURISDICTION:
                return seen.jurisdiction
            case GroupBy.RULE:
                return ""
            case _:
                return seen.where

    def _is_suppressed(self, key: str, time_ms: int) -> bool:
        span_ms = self.rule.suppress_s * 1000
        return any(0 <= time_ms - at_ms <= span_ms for at_ms in self.state.suppressed.get(key, ()))

    def _group(self, key: str, now_ms: int) -> Group:
        """Touched now: the first of `groups` is the one that was silent longest."""
        group = self.state.groups.pop(key, None) or Group(now_ms)
        group.touched_ms = now_ms
        oldest_ms = now_ms - self._window_ms - SLACK_MS
        if group.pending and any(one.arrived_ms < oldest_ms for one in group.pending):
            group.pending = [one for one in group.pending if one.arrived_ms >= oldest_ms]
        self.state.groups[key] = group
        _drop_first(self.state.groups, GROUPS_MOST)
        return group

    def _open(self, group: Group, time_ms: int) -> Alarm | None:
        """The alarm that an event of this time belongs to."""
        if self.rule.group_by is GroupBy.EACH:
            return None
        for alarm_id in reversed(group.alarms):
            alarm = self.state.alarms.get(alarm_id)
            if alarm and alarm.first_ms - self._group_ms <= time_ms <= alarm.last_ms + self._group_ms:
                return alarm
        return None

    # Alarms

    def _raise(self, key: str, group: Group, now_ms: int) -> bool:
        """Begin an alarm if enough of what waits lies within a window and the correlations are met; whether it did."""
        if not all(self.state.also):
            return False
        for run in self._runs(group.pending):
            beside = [self._correlated(number, run) for number in range(len(self._also))]
            if None in beside:
                continue
            taken = {one.id for one in run}
            group.pending = [one for one in group.pending if one.id not in taken]
            alarm = self._begin(key, run, now_ms)
            for one in beside:
                assert one is not None
                alarm.mention(one)
            group.alarms = [*(known for known in group.alarms if known != alarm.id), alarm.id][-OPEN_MOST:]
            self._absorb(group, alarm)
            return True
        return False

    def _runs(self, pending: Sequence[Sighting]) -> Iterator[Sequence[Sighting]]:
        """The longest stretches that fit into the window and are enough."""
        reached = 0
        for at in range(len(pending) - self.rule.count + 1):
            end = bisect.bisect_right(pending, pending[at].time_ms + self._window_ms, key=lambda one: one.time_ms)
            if end > reached and end - at >= self.rule.count:
                yield pending[at:end]
                reached = end

    def _correlated(self, number: int, run: Sequence[Sighting]) -> Sighting | None:
        for met in reversed(self.state.also[number]):
            if any(self._belongs(one, met) for one in run):
                return met
        return None

    def _belongs(self, one: Sighting, other: Sighting) -> bool:
        if abs(one.time_ms - other.time_ms) > self._window_ms or one.id == other.id or one.test != other.test:
            return False
        if self.rule.also_elsewhere and one.where == other.where:
            return False
        if self.rule.also_within_m is None or one.lat is None or other.lat is None:
            return True
        assert one.lon is not None and other.lon is not None
        metres = metres_between(Position(one.lat, one.lon), Position(other.lat, other.lon))
        return metres <= self.rule.also_within_m

    def _begin(self, key: str, run: Sequence[Sighting], now_ms: int) -> Alarm:
        first = run[0]
        name = f"{first.jurisdiction}|{first.agency}{'|test' if first.test else ''}"
        area = self.state.areas.pop(name, None) or Area()
        self.state.areas[name] = area
        _drop_first(self.state.areas, AREAS_MOST)
        most = self.rule.flood_per_minute
        floods = len(area.began_ms) >= most and now_ms - area.began_ms[-most] < FLOOD_MS
        area.began_ms = [*area.began_ms[-(most - 1) :], now_ms] if most > 1 else [now_ms]
        alarm = None
        if floods:
            self.figures.flooded += 1
            alarm = self.state.alarms.get(area.flood)
            if alarm is not None and now_ms - alarm.touched_ms >= FLOOD_MS:
                alarm = None
        if alarm is None:
            self.figures.alarms += 1
            alarm = self._new(f"flood|{name}" if floods else key, first, flood=floods)
            if floods:
                area.flood = alarm.id
        for one in run:
            self._add(alarm, one)
        return alarm

    def _new(self, key: str, first: Sighting, *, flood: bool) -> Alarm:
        name = f"{self.rule.rule_id}/{self.rule.version}/{key}/{first.id}"
        alarm = Alarm(
            id=str(uuid.uuid5(ALARMS, name)), group_key=first.jurisdiction if flood else self._shown_key(first),
            type=first.type, jurisdiction=first.jurisdiction, agency=self.rule.assign_agency or first.agency,
            first_ms=first.time_ms, last_ms=first.time_ms, site_id="" if flood else first.site_id, flood=flood,
            test=self.rule.test or first.test,
        )  # fmt: skip
        self.state.alarms[alarm.id] = alarm
        return alarm

    def _absorb(self, group: Group, alarm: Alarm) -> None:
        """What waited and lies beside the alarm now belongs to it."""
        if self.rule.group_by is GroupBy.EACH:
            return
        while group.pending:
            beside = [one for one in group.pending if self._open(group, one.time_ms) is alarm]
            if not beside:
                return
            taken = {one.id for one in beside}
            group.pending = [one for one in group.pending if one.id not in taken]
            for one in beside:
                self.figures.grouped += 1
                self._add(alarm, one)

    def _add(self, alarm: Alarm, seen: Sighting) -> None:
        alarm.add(seen)
        self.changed[alarm.id] = alarm

    def forget(self, now_ms: int) -> None:
        """Let go of what nothing can join any more."""
        oldest_ms = now_ms - self._forget_ms
        for key, group in list(self.state.groups.items()):
            if group.touched_ms >= oldest_ms:
                break
            del self.state.groups[key]
        for alarm in [one for one in self.state.alarms.values() if one.touched_ms < oldest_ms]:
            if alarm.id not in self.changed:
                del self.state.alarms[alarm.id]
        suppressed_ms = now_ms - self.rule.suppress_s * 1000 - SLACK_MS
        for key in [key for key, times in self.state.suppressed.items() if times[-1] < suppressed_ms]:
            del self.state.suppressed[key]
        for name in [name for name, area in self.state.areas.items() if area.began_ms[-1] < oldest_ms]:
            del self.state.areas[name]


def _by_time(seen: Sighting) -> tuple[int, str]:
    return seen.time_ms, seen.id


def _drop_first(kept: dict[str, Any], most: int) -> None:
    """A dict keeps its order: the first was touched longest ago."""
    if len(kept) > most:
        del kept[next(iter(kept))]
