"""What is to be recorded by a week's schedule: against a minute-by-minute model; edges, midnight, offsets."""

from __future__ import annotations

import datetime as dt
import itertools

from hypothesis import given
from hypothesis import strategies as st

from prahari.contracts.media import CameraPlan, RecordMode, SealedAddress
from prahari.contracts.recording import EventMark
from prahari.engines.media.recording import policy
from prahari.engines.media.recording.preroll import PreRoll, PreRollBudget
from prahari.engines.media.types import AccessUnit, GroupOfPictures, StreamParameters

stretches = st.tuples(st.integers(0, 6), st.integers(0, 1439), st.integers(0, 1440))


def plan(schedule: list[tuple[int, int, int]], offset: int = 330, mode: RecordMode = RecordMode.SCHEDULE) -> CameraPlan:
    return CameraPlan(
        "c", "c", "up", "police", SealedAddress("rtsp://c/"), record=mode, schedule=schedule,
        schedule_utc_offset_minutes=offset,
    )  # fmt: skip


def model(schedule: list[tuple[int, int, int]], offset: int, at_s: float) -> bool:
    """The rule written again with the calendar."""
    local = dt.datetime.fromtimestamp(at_s, dt.UTC) + dt.timedelta(minutes=offset)
    minute = local.hour * 60 + local.minute
    for weekday, start, end in schedule:
        if start < end:
            if local.weekday() == weekday and start <= minute < end:
                return True
        elif (local.weekday() == weekday and minute >= start) or (
            local.weekday() == (weekday + 1) % 7 and minute < end
        ):
            return True
    return False


@given(st.lists(stretches, max_size=5), st.sampled_from([0, 330, 345, -210]), st.integers(0, 4_000_000_000))
def test_the_week(schedule: list[tuple[int, int, int]], offset: int, at_s: int) -> None:
    made = plan(schedule, offset)
    assert policy.in_schedule(made, at_s) == model(schedule, offset, at_s)
    change_s = policy.next_change_s(made, at_s)
    if schedule:
        assert at_s < change_s <= at_s + 7 * 86_400
        assert all(policy.in_schedule(made, at_s) == policy.in_schedule(made, at_s + part * (change_s - at_s) / 7)
                   for part in range(7))  # fmt: skip


@given(st.lists(stretches, max_size=4), st.integers(0, 2_000_000_000), st.integers(1, 20 * 86_400))
def test_what_was_due_is_what_the_week_says(schedule: list[tuple[int, int, int]], from_s: int, length_s: int) -> None:
    made = plan(schedule)
    found = policy.due(made, from_s * 1000, (from_s + length_s) * 1000)
    assert all(start < end for start, end in found)
    assert all(one[1] < two[0] for one, two in itertools.pairwise(found))
    for part in range(40):
        at_s = from_s + length_s * part // 40
        assert any(start <= at_s * 1000 < end for start, end in found) == policy.in_schedule(made, at_s)
    rest = policy.rest(from_s * 1000, (from_s + length_s) * 1000, found)
    assert sum(end - start for start, end in [*found, *rest]) == length_s * 1000


def test_of_events_what_came_after_them_was_due() -> None:
    made = plan([], mode=RecordMode.ON_EVENT)
    events = [EventMark("1", "x", 1000, 0, 5000), EventMark("2", "x", 4000, 3000, 9000)]
    assert policy.due(made, 0, 20_000, events) == [(1000, 9000)]
    assert policy.due(plan([], mode=RecordMode.NONE), 0, 20_000) == []
    assert policy.due(plan([], mode=RecordMode.CONTINUOUS), 0, 20_000) == [(0, 20_000)]


def group(second: int, size: int) -> GroupOfPictures:
    unit = AccessUnit(True, True, second * 90_000, 90_000, 0, second * 1000, b"x" * size)
    return GroupOfPictures(StreamParameters(None, None), [unit], second * 1000, second * 1000 + 1000)


def test_the_pre_roll_is_bounded_by_time_and_by_its_share_of_the_memory() -> None:
    budget = PreRollBudget(1_000_000)
    one = PreRoll(budget, 5)
    for second in range(20):
        one.on_group(group(second, 10_000))
    assert [kept.start_ms for kept in one.take()] == [15_000, 16_000, 17_000, 18_000, 19_000]
    assert budget.used_bytes == 0
    others = [PreRoll(budget, 60) for _ in range(9)]
    for second in range(100):
        for each in (one, *others):
            each.on_group(group(second, 30_000))
    assert budget.used_bytes <= 1_000_000
    assert all(90_000 <= each.size_bytes <= 100_000 for each in others)  # equal shares
    for each in others:
        each.close()
    assert budget.share_bytes == 1_000_000
