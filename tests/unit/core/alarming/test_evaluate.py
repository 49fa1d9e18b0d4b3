"""From events to alarms: counting, grouping, correlation, suppression, floods; order, repeats and restarts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from prahari.core.alarming.evaluate import SEEN_MOST, Evaluator
from prahari.core.alarming.machine import GROUPS_MOST, SLACK_MS, Machine
from prahari.core.alarming.matching import CameraFacts, Occurrence
from prahari.core.alarming.rule import AlarmRule, GroupBy, Match, Name, RuleSet, Severity

NOW = 1_767_225_600_000
CAMERAS = {
    f"c{number}": CameraFacts("up.kanpur.west", "police", f"s{number // 2}", "shop", 26.45 + number * 0.001, 80.33)
    for number in range(100)
}


def rule(*types: str, **more: Any) -> AlarmRule:
    fields = {"rule_id": "r", "version": 1, "name": Name("Rule", "नियम"), "severity": Severity.HIGH}
    return AlarmRule(**(fields | {"match": Match(list(types) or ["vision.intrusion"])} | more))


def event(
    at_s: float, camera: str = "c0", kind: str = "vision.intrusion", *, name: str = "", **more: Any
) -> Occurrence:
    time_ms = NOW + round(at_s * 1000)
    fields = {"jurisdiction": "up.kanpur.west", "agency": "police", "arrived_ms": time_ms, "data": {}} | more
    return Occurrence(name or f"{kind}/{camera}/{at_s}", kind, f"camera:{camera}", time_ms, **fields)


@dataclass(frozen=True)
class Raised:
    id: str
    key: str
    count: int
    first_s: float
    last_s: float
    flood: bool
    revision: int


def told(evaluator: Evaluator, now_ms: int) -> list[Raised]:
    return [
        Raised(
            one.id, one.group_key, one.count, (one.first_ms - NOW) / 1000, (one.last_ms - NOW) / 1000, one.flood,
            one.revision,
        )
        for _, one, _ in evaluator.due(now_ms)
    ]  # fmt: skip


def run(rules: AlarmRule | Sequence[AlarmRule], events: Iterable[Occurrence]) -> list[Raised]:
    """The last that was told of each alarm, in the order in which they began."""
    several = [rules] if isinstance(rules, AlarmRule) else list(rules)
    evaluator = Evaluator(RuleSet(several), CAMERAS)
    last: dict[str, Raised] = {}
    for one in events:
        evaluator.take(one)
        last |= {raised.id: raised for raised in told(evaluator, one.arrived_ms)}
    return list((last | {raised.id: raised for raised in told(evaluator, NOW + 10**9)}).values())


def test_matches_of_a_camera_join_one_alarm_until_it_is_quiet() -> None:
    found = run(rule(group_s=60), [event(0), event(30), event(80), event(200), event(201, "c5")])
    assert [(one.key, one.count, one.first_s, one.last_s) for one in found] == [
        ("c0", 3, 0, 80), ("c0", 1, 200, 200), ("c5", 1, 201, 201),
    ]  # fmt: skip


def test_each_is_an_alarm_of_its_own() -> None:
    assert len(run(rule(group_by=GroupBy.EACH), [event(0), event(0.1), event(0.2)])) == 3


def test_so_many_within_the_window() -> None:
    counted = rule(count=3, window_s=10, group_s=5)
    assert run(counted, [event(0), event(6), event(11), event(17)]) == []
    found = run(counted, [event(0), event(6), event(11), event(12), event(16.5), event(30)])
    assert [(one.count, one.first_s, one.last_s) for one in found] == [(4, 6, 16.5)]


def test_cameras_of_a_site_count_together_with_the_events_agency() -> None:
    by_site = rule(count=2, group_by=GroupBy.SITE)
    assert len(run(by_site, [event(0, "c0"), event(1, "c1")])) == 1
    assert run(by_site, [event(0, "c0"), event(1, "c2")]) == []
    assert run(by_site, [event(0, "c0"), event(1, "c1", agency="traffic")]) == []


def test_correlation_with_another_camera_near_by() -> None:
    both = rule(also=[Match(["vision.fire"])], also_within_m=300, window_s=30)
    fire = "vision.fire"
    assert run(both, [event(0), event(1, "c0", fire)]) == [], "the same camera"
    assert run(both, [event(0), event(1, "c50", fire)]) == [], "too far"
    assert run(both, [event(0), event(31, "c1", fire)]) == [], "too late"
    for events in ([event(0), event(9, "c1", fire)], [event(0, "c1", fire), event(9)]):
        assert [(one.key, one.count) for one in run(both, events)] == [("c0", 1)]
    assert len(run(rule(also=[Match([fire])], also_elsewhere=False), [event(0), event(1, "c0", fire)])) == 1


def test_a_door_opened_by_its_key_raises_nothing_for_a_while() -> None:
    keyed = rule(suppress=[Match(["device.key"])], suppress_s=20)
    key = event(0, "c0", "device.key")
    assert run(keyed, [key, event(5), event(20)]) == []
    assert len(run(keyed, [key, event(5, "c9"), event(21)])) == 2


def test_a_flood_is_one_alarm_and_nothing_of_it_is_lost() -> None:
    most = 10
    events = [event(at * 0.05, f"c{at % 100}") for at in range(400)]
    found = run(rule(flood_per_minute=most, group_by=GroupBy.EACH), events)
    assert len(found) == most + 1
    assert [one.count for one in found if one.flood] == [400 - most]
    assert sum(one.count for one in found) == 400
    after = run(rule(flood_per_minute=most, group_by=GroupBy.EACH), [*events, event(200)])
    assert after[-1].flood is False, "a minute later the next is its own again"


def test_a_flood_in_one_area_is_none_in_another() -> None:
    events = [event(at / 10, f"c{at}") for at in range(20)]
    events += [event(3, "c50", jurisdiction="up.kanpur.east")]
    found = run(rule(flood_per_minute=5), events)
    assert [one.key for one in found if not one.flood] == ["c0", "c1", "c2", "c3", "c4", "c50"]


def test_an_alarm_that_grows_is_told_once_a_second() -> None:
    evaluator = Evaluator(RuleSet([rule()]), CAMERAS)
    tellings = []
    for at in range(100):
        one = event(at / 10)
        evaluator.take(one)
        tellings += told(evaluator, one.time_ms)
    assert len(tellings) == 10
    assert all(a.revision < b.revision and a.id == b.id for a, b in pairwise(tellings))
    assert told(evaluator, NOW + 20_000)[0].count == 100
    assert not evaluator.waits()


def test_rules_changed_while_alarms_form() -> None:
    first = rule(count=2)
    evaluator = Evaluator(RuleSet([first, rule(rule_id="other")]), CAMERAS)
    evaluator.take(event(0))
    told(evaluator, NOW)
    evaluator.take(event(0.5, "c1"))
    evaluator.replace(RuleSet([first]))
    assert len(told(evaluator, NOW + 500)) == 1, "what the rule that went had found is told"
    evaluator.take(event(1))
    assert [one.count for one in told(evaluator, NOW + 1000)] == [2], "the one that stayed has counted on"
    evaluator.replace(RuleSet([rule(count=2, version=2)]))
    evaluator.take(event(2))
    assert told(evaluator, NOW + 5000) == []


def test_what_the_engine_tells_raises_nothing() -> None:
    everything = AlarmRule("r", 1, Name("All", "सब"), Severity.LOW, Match())
    evaluator = Evaluator(RuleSet([everything]), CAMERAS)
    assert not evaluator.wants("alarm.raised")
    assert not Evaluator(RuleSet([rule()]), CAMERAS).wants("camera.status")


def test_an_exercise_stays_apart_from_what_is_real() -> None:
    exercise = {"parameters": {"test": True}}
    evaluator = Evaluator(RuleSet([rule(suppress=[Match(["device.key"])], suppress_s=20)]), CAMERAS)
    evaluator.take(event(0, data=exercise))
    evaluator.take(event(1))
    evaluator.take(event(2, "c1", "device.key", data=exercise))
    evaluator.take(event(3, "c1"))
    found = [(one.group_key, one.test, one.count) for _, one, _ in evaluator.due(NOW)]
    assert found == [("c0", True, 1), ("c0", False, 1), ("c1", False, 1)]


# Properties. A tie in time is broken by the event's id, as PostgreSQL does for a trial.

times = st.integers(0, 1200).map(lambda tenths: tenths / 10)
cameras = st.sampled_from(["c0", "c1", "c2"])


@st.composite
def streams(draw: st.DrawFn) -> list[Occurrence]:
    """Events in the order of their times, each with a name of its own, all arriving when they happen."""
    pairs = draw(st.lists(st.tuples(times, cameras), max_size=40))
    return [event(at, camera, name=f"e{n:02}") for n, (at, camera) in enumerate(sorted(pairs))]


def model(
    events: Sequence[Occurrence], count: int, window_ms: int, group_ms: int
) -> Counter[tuple[str, int, int, int]]:
    """Brute force, camera by camera: (camera, count, first, last) of each alarm."""
    found: Counter[tuple[str, int, int, int]] = Counter()
    for camera in {one.subject for one in events}:
        waiting: list[int] = []
        alarm: list[int] = []
        for at in sorted(one.time_ms for one in events if one.subject == camera):
            if alarm and at - alarm[-1] <= group_ms:
                alarm.append(at)
                continue
            waiting.append(at)
            within = [one for one in waiting if one >= at - window_ms]
            if len(within) >= count:
                if alarm:
                    found[camera[7:], len(alarm), alarm[0], alarm[-1]] += 1
                alarm, waiting = within, waiting[: -len(within)]
                while waiting and alarm[0] - waiting[-1] <= group_ms:
                    alarm.insert(0, waiting.pop())
        if alarm:
            found[camera[7:], len(alarm), alarm[0], alarm[-1]] += 1
    return found


def shape(found: Iterable[Raised]) -> Counter[tuple[str, int, int, int]]:
    return Counter(
        (one.key, one.count, NOW + round(one.first_s * 1000), NOW + round(one.last_s * 1000)) for one in found
    )


@given(streams(), st.integers(1, 4), st.integers(1, 30), st.integers(0, 30))
def test_it_agrees_with_brute_force(events: list[Occurrence], count: int, window_s: int, group_s: int) -> None:
    tried = rule(count=count, window_s=window_s, group_s=group_s, flood_per_minute=10_000)
    assert shape(run(tried, events)) == model(events, count, window_s * 1000, group_s * 1000)


@given(streams(), st.integers(1, 3), st.integers(1, 8), st.data())
def test_twice_is_once(events: list[Occurrence], count: int, most: int, data: st.DataObject) -> None:
    tried = rule(count=count, window_s=20, flood_per_minute=most)
    again = data.draw(st.lists(st.sampled_from(events), max_size=20)) if events else []
    doubled = sorted([*events, *again], key=lambda one: (one.time_ms, one.id))
    assert run(tried, doubled) == run(tried, events)


@given(streams(), st.integers(1, 3), st.integers(1, 8), st.integers(0, 40))
def test_stopped_and_gone_on_gives_the_same(events: list[Occurrence], count: int, most: int, at: int) -> None:
    fire = event(30, "c9", "vision.fire")
    rules = RuleSet([
        rule(count=count, window_s=20, flood_per_minute=most),
        rule(rule_id="both", also=[Match(["vision.fire"])]),
        rule(rule_id="keyed", suppress=[Match(["vision.fire"])], suppress_s=10, group_by=GroupBy.RULE),
    ])  # fmt: skip
    stream = sorted([*events, fire], key=lambda one: (one.time_ms, one.id))

    def all_of(evaluator: Evaluator, some: Sequence[Occurrence]) -> list[Raised]:
        return [raised for one in some if [evaluator.take(one)] for raised in told(evaluator, one.arrived_ms)]

    whole = Evaluator(rules, CAMERAS)
    expected = all_of(whole, stream) + told(whole, NOW + 10**9)
    before = Evaluator(rules, CAMERAS)
    found = all_of(before, stream[:at])
    after = Evaluator(rules, CAMERAS, before.export())
    # What was read after the state was written down is read again.
    found += all_of(after, stream[at:]) + told(after, NOW + 10**9)
    assert found == expected


@given(streams(), st.integers(1, 3), st.randoms())
def test_disorder_loses_nothing(events: list[Occurrence], count: int, chance: Any) -> None:
    """Everything happens within the rule's times: any order gives the same alarms, if under other ids."""
    tried = rule(count=count, window_s=120, group_s=120, flood_per_minute=10_000)
    mixed = list(events)
    chance.shuffle(mixed)
    arrived = [
        Occurrence(
            one.id, one.type, one.subject, one.time_ms, NOW + 121_000, one.data, "", one.jurisdiction, one.agency
        )
        for one in mixed
    ]
    assert shape(run(tried, arrived)) == shape(run(tried, events))


@given(streams(), st.integers(0, 20), st.integers(1, 6), st.randoms())
def test_each_match_counts_once_in_any_order(events: list[Occurrence], group_s: int, most: int, chance: Any) -> None:
    mixed = list(events)
    chance.shuffle(mixed)
    found = run(rule(group_s=group_s, flood_per_minute=most), mixed)
    assert sum(one.count for one in found) == len(events)


def test_events_of_a_night_that_come_in_the_morning_raise_what_they_would_have() -> None:
    morning = NOW + 9 * 3_600_000
    night = [event(at) for at in (0, 5, 4000, 4010, 9000)]
    late = [event((one.time_ms - NOW) / 1000, arrived_ms=morning) for one in night]
    assert shape(run(rule(), late)) == shape(run(rule(), night))


def test_memory_is_bounded() -> None:
    evaluator = Evaluator(RuleSet([rule(count=2, window_s=60, group_by=GroupBy.SUBJECT)]), CAMERAS)
    machine: Machine = next(iter(evaluator._machines.values()))
    for at in range(GROUPS_MOST + 5000):
        evaluator.take(event(at / 1000, f"made-up-{at}"))
    assert len(machine.state.groups) == GROUPS_MOST
    assert len(evaluator._state.seen) + len(evaluator._state.seen_before) <= 2 * SEEN_MOST
    evaluator.take(event(1000 + 2 * SLACK_MS / 1000, "c0"))
    assert len(machine.state.groups) == 1
    busy = Evaluator(RuleSet([rule(count=50, window_s=1)]), CAMERAS)
    for at in range(2000):
        busy.take(event(at * 0.1))
    assert len(next(iter(busy._machines.values())).state.groups["c0|police"].pending) <= 100
