"""Stretches of time and who watched what: against counting single milliseconds."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prahari.core.attention import JOIN_MS, Watched, by_camera, duty_share
from prahari.core.intervals import Stretch, difference, intersection, total, union, within

STRETCHES = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=8)


def points(stretches: list[Stretch]) -> set[int]:
    return {at for start, end in stretches for at in range(start, end)}


def is_set(stretches: list[Stretch]) -> bool:
    apart = all(one[1] < other[0] for one, other in pairwise(stretches))
    return apart and all(start < end for start, end in stretches)


@given(STRETCHES, STRETCHES)
def test_arithmetic_agrees_with_counting(one: list[Stretch], other: list[Stretch]) -> None:
    a, b = union(one), union(other)
    assert points(a) == points(one) and is_set(a) and total(a) == len(points(one))
    assert points(intersection(a, b)) == points(a) & points(b) and is_set(intersection(a, b))
    assert points(difference(a, b)) == points(a) - points(b) and is_set(difference(a, b))
    assert union(a) == a and union([*a, *b]) == union([*b, *a])


@given(STRETCHES, st.integers(0, 60), st.integers(0, 60))
def test_a_window_cuts(one: list[Stretch], start: int, end: int) -> None:
    assert points(within(union(one), start, end)) == {at for at in points(one) if start <= at < end}


@given(STRETCHES, st.integers(0, 10))
def test_joining_closes_small_gaps_only(one: list[Stretch], join: int) -> None:
    joined = union(one, join)
    assert points(union(one)) <= points(joined)
    assert all(later[0] - earlier[1] > join for earlier, later in pairwise(joined))


WATCHED = st.lists(
    st.builds(
        lambda camera, person, start, length: Watched(camera, person, "desk", start * 1000, (start + length) * 1000),
        st.sampled_from("abc"), st.sampled_from("xy"), st.integers(0, 300), st.integers(0, 60),
    ),
    max_size=20,
)  # fmt: skip


@given(WATCHED, st.integers(0, 200), st.integers(0, 200))
def test_somebody_and_nobody_fill_the_window_without_overlapping(
    stretches: list[Watched], start: int, length: int
) -> None:
    from_ms, to_ms = start * 1000, (start + length) * 1000
    for one in by_camera("abc", stretches, from_ms, to_ms):
        assert total(one.somebody) + total(one.nobody) == to_ms - from_ms
        assert intersection(one.somebody, one.nobody) == []
        assert 0 <= one.share <= 1
        assert union(stretch for own in one.people.values() for stretch in own) == one.somebody


@given(WATCHED)
def test_twice_reported_says_the_same(stretches: list[Watched]) -> None:
    assert by_camera("abc", stretches, 0, 400_000) == by_camera("abc", [*stretches, *reversed(stretches)], 0, 400_000)


def test_pieces_that_were_cut_become_one() -> None:
    pieces = [Watched("a", "x", "desk", at, at + 10_000 - JOIN_MS) for at in range(0, 60_000, 10_000)]
    [found] = by_camera("a", pieces, 0, 100_000)
    assert found.people == {("x", "desk"): [(0, 57_000)]}
    assert found.nobody == [(57_000, 100_000)] and found.share == pytest.approx(0.57)


def test_of_the_cameras_that_must_be_watched() -> None:
    duty = [(0, 100_000), (150_000, 250_000)]
    watched = {"a": [(0, 250_000)], "b": [(90_000, 160_000)]}
    found = duty_share(["a", "b", "c"], watched, duty, least_ms=30_000)
    assert (found.cameras, found.watched, found.never) == (3, 1, ["c"])
    assert found.share == pytest.approx((1.0 + 0.1 + 0.0) / 3)
    assert duty_share([], watched, duty, 1).share == 0.0 and duty_share(["a"], watched, [], 1).watched == 0
