"""What is to be seen of all that was put on a screen, and where something new is put."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from prahari.core.wallplan import Placed, Rect, beneath, place, seen, standing

COLUMNS, ROWS = 4, 3
RECTS = st.builds(
    lambda x, y, w, h: Rect(x, y, min(w, COLUMNS - x), min(h, ROWS - y)),
    st.integers(0, COLUMNS - 1), st.integers(0, ROWS - 1), st.integers(1, COLUMNS), st.integers(1, ROWS),
)  # fmt: skip
PLACED = st.lists(
    st.builds(
        Placed, st.uuids().map(str), RECTS, st.sampled_from([10, 20, 30]), st.integers(0, 50),
        st.none() | st.integers(0, 100),
    ),
    max_size=10, unique_by=lambda one: one.id,
)  # fmt: skip


def top(painted: list[Placed]) -> dict[tuple[int, int], str]:
    return {cell: one.id for one in painted for cell in one.rect.cells}


@given(PLACED, st.integers(0, 100))
def test_what_is_left_out_is_seen_nowhere(placed: list[Placed], now: int) -> None:
    painted = standing(placed, now)
    shown = seen(painted)
    assert top(shown) == top(painted)
    assert {one.id for one in shown} == set(top(painted).values())
    assert all(one.until_ms is None or one.until_ms > now for one in painted)


@given(PLACED, RECTS)
def test_beneath_are_those_that_would_lose_a_tile(placed: list[Placed], rect: Rect) -> None:
    painted = standing(placed, 0)
    losing = {one for cell, one in top(painted).items() if cell in rect.cells}
    assert losing <= {one.id for one in beneath(painted, rect)}


@given(PLACED, st.integers(1, 6), st.integers(1, 6), st.none() | RECTS)
def test_a_place_is_on_the_screen_and_free_if_one_is(
    placed: list[Placed], w: int, h: int, reserved: Rect | None
) -> None:
    painted = standing(placed, 0)
    found = place(COLUMNS, ROWS, w, h, painted, reserved)
    assert found.fits(COLUMNS, ROWS) and (found.w, found.h) == (min(w, COLUMNS), min(h, ROWS))
    taken = set(top(painted)) | (reserved.cells if reserved else set())
    free = [
        Rect(x, y, found.w, found.h) for x in range(COLUMNS - found.w + 1) for y in range(ROWS - found.h + 1)
        if not Rect(x, y, found.w, found.h).cells & taken
    ]  # fmt: skip
    assert not free or not found.cells & taken


def test_the_oldest_of_the_least_important_gives_way() -> None:
    full = [Placed(f"{x}{y}", Rect(x, y), 10, put_ms=10 * y + x + 1) for x in range(2) for y in range(2)]
    assert place(2, 2, 1, 1, standing(full, 0)) == Rect(0, 0)
    urgent = [*full, Placed("alarm", Rect(0, 0), 30, put_ms=99)]
    assert place(2, 2, 1, 1, standing(urgent, 0)) == Rect(1, 0)
    assert place(2, 2, 1, 1, standing(full, 0), reserved=Rect(0, 0)) == Rect(1, 0)


def test_an_alarm_lies_over_a_whole_map_and_the_map_comes_back() -> None:
    whole = Placed("map", Rect(0, 0, 4, 3), 10, put_ms=1)
    alarm = Placed("alarm", Rect(3, 0), 30, put_ms=0, until_ms=60)
    assert [one.id for one in seen(standing([whole, alarm], 30))] == ["map", "alarm"]
    assert [one.id for one in seen(standing([whole, alarm], 60))] == ["map"]
    later = Placed("other", Rect(0, 0, 4, 3), 10, put_ms=2)
    assert [one.id for one in seen(standing([whole, later, alarm], 30))] == ["other", "alarm"]
