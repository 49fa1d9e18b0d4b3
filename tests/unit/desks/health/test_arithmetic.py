"""Stretches of time and outages of places: pure arithmetic."""

from __future__ import annotations

import itertools
import random
import uuid

from hypothesis import given
from hypothesis import strategies as st

from prahari.desks.health.outages import Down, grouped
from prahari.desks.health.stretches import merged, overlap, tally

HOUR = 3_600_000
DAY = (0, 24 * HOUR)


def test_a_day_adds_up() -> None:
    changes = [(2 * HOUR, "offline"), (3 * HOUR, "live"), (20 * HOUR, "no_consent")]
    found = tally("live", changes, DAY)
    assert (found.up_ms, found.down_ms, found.closed_ms) == (19 * HOUR, HOUR, 4 * HOUR)
    assert (found.outages, found.last_status, found.due_ms) == (1, "no_consent", 20 * HOUR)


def test_stalled_after_offline_is_the_same_outage() -> None:
    found = tally("live", [(HOUR, "offline"), (2 * HOUR, "stalled"), (3 * HOUR, "live")], DAY)
    assert (found.down_ms, found.outages) == (2 * HOUR, 1)


def test_what_nothing_is_known_of_is_neither_up_nor_down() -> None:
    found = tally("", [(6 * HOUR, "live"), (7 * HOUR, "unknown")], DAY)
    assert (found.up_ms, found.down_ms, found.last_status) == (HOUR, 0, "unknown")


def test_announced_maintenance_was_not_promised() -> None:
    changes = [(2 * HOUR, "offline"), (5 * HOUR, "live")]
    found = tally("live", changes, DAY, [(2 * HOUR, 4 * HOUR), (3 * HOUR, 4 * HOUR)])
    assert (found.down_ms, found.maintenance_ms, found.outages) == (HOUR, 2 * HOUR, 1)
    covered = tally("live", changes, DAY, [(HOUR, 6 * HOUR)])
    assert (covered.down_ms, covered.maintenance_ms, covered.outages) == (0, 5 * HOUR, 0)


def test_owners_hours_are_no_maintenance() -> None:
    found = tally("no_consent", [], DAY, [(0, HOUR)])
    assert (found.closed_ms, found.maintenance_ms, found.due_ms) == (24 * HOUR, 0, 0)


STATUS = st.sampled_from(["live", "offline", "stalled", "no_consent", "unknown", ""])


@given(
    STATUS,
    st.lists(st.tuples(st.integers(-10, 110), STATUS), max_size=12),
    st.lists(st.tuples(st.integers(-10, 110), st.integers(-10, 110)), max_size=5),
)
def test_no_time_is_counted_twice_or_made_up(
    before: str, changes: list[tuple[int, str]], windows: list[tuple[int, int]]
) -> None:
    found = tally(before, sorted(changes, key=lambda one: one[0]), (0, 100), windows)
    parts = (found.up_ms, found.down_ms, found.closed_ms, found.maintenance_ms)
    assert min(parts) >= 0 and sum(parts) <= 100
    without = tally(before, sorted(changes, key=lambda one: one[0]), (0, 100))
    assert sum(parts) == without.up_ms + without.down_ms + without.closed_ms


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), max_size=8))
def test_merged_spans_do_not_touch(spans: list[tuple[int, int]]) -> None:
    found = merged(spans)
    assert all(one[1] < other[0] for one, other in itertools.pairwise(found))
    covered = {moment for start, end in spans for moment in range(start, end)}
    assert overlap((0, 50), found) == len(covered)


def down(place: str, start_s: int, end_s: int | None = None, cause: str = "") -> Down:
    end_ms = None if end_s is None else end_s * 1000
    return Down(uuid.uuid4(), uuid.uuid4(), place, start_s * 1000, end_ms, cause)


def test_one_router_down_is_one_row() -> None:
    downs = [down("site:a", second, None, "unreachable") for second in (0, 40, 95)] + [down("site:b", 10)]
    random.Random(1).shuffle(downs)
    outages, alone = grouped(downs, 60_000)
    assert [(one.cameras, one.still_down, one.start_ms, one.end_ms, one.cause) for one in outages] == [
        (3, 3, 0, None, "unreachable")
    ]
    assert [one.place for one in alone] == ["site:b"]


def test_it_ends_when_all_are_back_and_keeps_its_name_meanwhile() -> None:
    first, second, third = down("site:a", 0, 100), down("site:a", 20, 130), down("site:a", 50)
    still = grouped([first, second], 60_000)[0][0]
    assert (still.end_ms, still.still_down) == (130_000, 0)
    more = grouped([third, second, first], 60_000)[0][0]
    assert more.id == still.id and more.end_ms is None and more.still_down == 1


def test_failures_hours_apart_are_not_one_outage() -> None:
    outages, alone = grouped([down("site:a", 0), down("site:a", 7200)], 60_000)
    assert outages == [] and len(alone) == 2


def test_who_fails_after_all_were_back_begins_another() -> None:
    outages, alone = grouped([down("site:a", 0, 10), down("site:a", 5, 12), down("site:a", 30, 40)], 60_000)
    assert len(outages) == 1 and len(alone) == 1


def test_one_camera_that_fails_twice_is_no_outage_of_a_place() -> None:
    once = down("site:a", 0, 10)
    again = Down(uuid.uuid4(), once.camera_id, "site:a", 8_000, None)
    assert grouped([once, again], 60_000)[0] == []
