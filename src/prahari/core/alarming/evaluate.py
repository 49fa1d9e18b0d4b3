"""Events in, alarms out: the same code live and over last week.

It reads no clock. Whoever feeds it says when the log had each event; the same events in the same order give the same
alarms under the same ids, also when it was stopped in between and its state taken up again. In another order they give
the same counts, and the same alarms as far as the disorder stays within a rule's `group_s`: one that was told is never
taken back, so an event that comes late and lies between two alarms joins one and does not make them one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from prahari.core.alarming.machine import Figures, Machine
from prahari.core.alarming.matching import CameraFacts, Occurrence, of_types, sighting
from prahari.core.alarming.rule import AlarmRule, RuleSet
from prahari.core.alarming.state import Alarm, State

TELL_EVERY_MS = 1000
SEEN_MOST = 100_000
SEEN_TURN_MS = 1_800_000
"""An event that comes again is known for at least this long, unless more than SEEN_MOST were met meanwhile. One that is
not known any more raises an alarm under the id that it had, with a revision that is not higher."""

FORGET_EVERY_MS = 10_000
TYPES_MOST = 10_000
OWN = "alarm."
"""What the engine and the desk tell of alarms raises none."""


class Told(NamedTuple):
    """An alarm as it is now: `alarm` changes on, so use it before the next `take`. `began`: it was not told before."""

    rule: AlarmRule
    alarm: Alarm
    began: bool


class _Interest(NamedTuple):
    """What events of one type may be to which rules."""

    suppress: list[tuple[Machine, int]]
    also: list[tuple[Machine, int]]
    match: list[Machine]


class Evaluator:
    """`cameras`: what is known of them; the caller may change it at any time. `state`: of `export`, to go on from."""

    def __init__(self, rules: RuleSet, cameras: Mapping[str, CameraFacts], state: bytes | None = None) -> None:
        """Raises ValueError for a state that is none of ours."""
        self._state = msgspec.msgpack.decode(state, type=State) if state is not None else State()
        self._cameras = cameras
        self._machines: dict[str, Machine] = {}
        self._interests: dict[str, _Interest | None] = {}
        self._gone: list[Told] = []
        self._forgot_ms = 0
        self.replace(rules)

    def replace(self, rules: RuleSet) -> None:
        """Take other rules. A version that stays goes on as it was; alarms of one that goes are told a last time."""
        before, self._machines = self._machines, {}
        for rule in rules.rules:
            key = f"{rule.rule_id}/{rule.version}"
            known = before.pop(key, None)
            state = known.state if known else self._state.rules.get(key)
            machine = Machine(rule, rules.utc_offset_minutes, state)
            self._machines[key] = machine
            if known:
                machine.figures = known.figures
        for one in before.values():
            self._gone += [Told(one.rule, alarm, not alarm.told) for alarm in one.changed.values()]
        self._state.rules = {key: machine.state for key, machine in self._machines.items()}
        self._interests.clear()

    def wants(self, event_type: str) -> bool:
        """Whether any rule looks at events of this type: most are not worth reading."""
        return self._interest(event_type) is not None

    def take(self, event: Occurrence) -> bool:
        """Whether a rule has met the event."""
        interest = self._interest(event.type)
        if interest is None or event.id in self._state.seen or event.id in self._state.seen_before:
            return False
        seen = sighting(event, self._cameras)
        met = False
        for machine, number in interest.suppress:
            met |= machine.suppresses(number, seen, event.data)
        for machine in interest.match:
            met |= machine.meets(seen, event.data)
        for machine, number in interest.also:
            met |= machine.correlates(number, seen, event.data)
        if met:
            self._remember(event.id, event.arrived_ms)
        if event.arrived_ms - self._forgot_ms > FORGET_EVERY_MS:
            self._forgot_ms = event.arrived_ms
            for machine in self._machines.values():
                machine.forget(event.arrived_ms)
        return met

    def due(self, now_ms: int, every_ms: int = TELL_EVERY_MS) -> list[Told]:
        """Alarms to be told now: those that have begun, and those that grew and were not told for `every_ms`."""
        due, self._gone = self._gone, []
        for machine in self._machines.values():
            if not machine.changed:
                continue
            for alarm in list(machine.changed.values()):
                if not alarm.told or now_ms - alarm.told_ms >= every_ms or now_ms < alarm.told_ms:
                    due.append(Told(machine.rule, alarm, not alarm.told))
                    alarm.told, alarm.told_ms = alarm.count, now_ms
                    del machine.changed[alarm.id]
        return due

    def waits(self) -> bool:
        """Whether anything is left that is to be told."""
        return bool(self._gone) or any(machine.changed for machine in self._machines.values())

    def figures(self) -> Figures:
        total = Figures()
        for machine in self._machines.values():
            for name in Figures.__struct_fields__:
                setattr(total, name, getattr(total, name) + getattr(machine.figures, name))
        return total

    def export(self) -> bytes:
        return msgspec.msgpack.encode(self._state)

    def _interest(self, event_type: str) -> _Interest | None:
        try:
            return self._interests[event_type]
        except KeyError:
            pass
        machines = [] if event_type.startswith(OWN) else list(self._machines.values())
        found = _Interest(
            [
                (one, at)
                for one in machines
                for at, match in enumerate(one.rule.suppress)
                if of_types(match, event_type)
            ],
            [(one, at) for one in machines for at, match in enumerate(one.rule.also) if of_types(match, event_type)],
            [one for one in machines if of_types(one.rule.match, event_type)],
        )
        if len(self._interests) >= TYPES_MOST:  # somebody makes up types
            self._interests.clear()
        interest = self._interests[event_type] = found if any(found) else None
        return interest

    def _remember(self, event_id: str, now_ms: int) -> None:
        state = self._state
        state.seen.add(event_id)
        if len(state.seen) >= SEEN_MOST or now_ms - state.turned_ms > SEEN_TURN_MS:
            state.seen_before, state.seen, state.turned_ms = state.seen, set(), now_ms
