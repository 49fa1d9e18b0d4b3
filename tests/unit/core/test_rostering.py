"""Laying out a pattern, and what speaks against a roster."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from prahari.core.rostering import HOUR_MS, Clash, Limits, Stint, Turn, clashes, lay_out, offsets

NO_LIMITS = Limits(None, None, None)
DAY = [Turn(6 * 60, 480), Turn(14 * 60, 480), Turn(22 * 60, 480)]
MONDAY = dt.date(2026, 11, 23)
ZONE = dt.timezone(dt.timedelta(minutes=330))


def stint(name: str, person: str, post: str, from_h: float, to_h: float) -> Stint:
    return Stint(name, person, post, int(from_h * HOUR_MS), int(to_h * HOUR_MS))


def kinds(found: list[Clash]) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.kind, one.stints) for one in found]


def test_four_people_keep_one_post_manned_round_the_clock() -> None:
    cycle = [0, 0, 1, 1, 2, 2, None, None]
    laid = lay_out(cycle, DAY, offsets(4, 8), MONDAY, 28, ZONE)
    assert len(laid) == 28 * 3
    ends = [to_ms for *_, to_ms in laid]
    begins = [from_ms for *_, from_ms, _ in laid]
    assert begins[1:] == ends[:-1], "one follows the other without a gap"
    assert dt.datetime.fromtimestamp(begins[0] / 1000, ZONE) == dt.datetime(2026, 11, 23, 6, tzinfo=ZONE)
    stints = [Stint(str(at), str(who), "desk", a, b) for at, (who, _, a, b) in enumerate(laid)]
    assert clashes(stints, Limits(8, 12, 48)) == []


def test_each_kind_of_clash_names_its_stints() -> None:
    one = stint("1", "asha", "d1", 0, 8)
    assert kinds(clashes([one, stint("2", "asha", "d2", 7, 9)], NO_LIMITS)) == [("double", ("1", "2"))]
    assert kinds(clashes([one, stint("2", "ravi", "d1", 7, 9)], NO_LIMITS)) == [("crowded", ("1", "2"))]
    assert kinds(clashes([one, stint("2", "asha", "d1", 14, 22)], Limits(8, None, None))) == [("rest", ("1", "2"))]
    assert kinds(clashes([one, stint("2", "asha", "d2", 8, 16)], Limits(8, 12, None))) == [("long", ("1", "2"))]
    assert clashes([one, stint("2", "asha", "d1", 16, 24)], Limits(8, 12, 48)) == []
    week = [stint(str(day), "asha", "d1", 24 * day, 24 * day + 8) for day in range(14)]
    assert kinds(clashes(week, Limits(8, 12, 48))) == [
        ("week", tuple("0123456")), ("week", ("7", "8", "9", "10", "11", "12", "13")),
    ]  # fmt: skip


STINTS = st.lists(
    st.builds(
        lambda name, person, post, start, length: stint(str(name), person, post, start, start + length),
        st.integers(0, 10_000), st.sampled_from("abc"), st.sampled_from("xy"), st.integers(0, 400), st.integers(1, 20),
    ),
    max_size=12, unique_by=lambda one: one.id,
)  # fmt: skip


@given(STINTS)
def test_double_is_told_exactly_for_each_pair_that_overlaps(stints: list[Stint]) -> None:
    told = {frozenset(one.stints) for one in clashes(stints, NO_LIMITS) if one.kind == "double"}
    expected = {
        frozenset((one.id, other.id)) for one in stints for other in stints
        if one.id != other.id and one.person == other.person and one.from_ms < other.to_ms and other.from_ms < one.to_ms
    }  # fmt: skip
    assert told == expected


@given(STINTS, st.integers(1, 24), st.integers(1, 80))
def test_stricter_limits_never_speak_for_a_roster(stints: list[Stint], rest: int, week: int) -> None:
    loose = clashes(stints, Limits(rest, 12, week + 8))
    strict = clashes(stints, Limits(rest + 1, 10, week))
    for kind in ("rest", "long", "week"):
        assert not [one for one in loose if one.kind == kind] or [one for one in strict if one.kind == kind]


@given(st.integers(1, 12), st.integers(1, 30))
def test_offsets_lie_in_the_cycle_and_in_order(people: int, days: int) -> None:
    found = offsets(people, days)
    assert len(found) == people and found == sorted(found) and all(0 <= one < days for one in found)
