"""Cells, hours and patrols, whatever happened where and when."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from prahari.core.dispatching import great_circle_m
from prahari.core.hotspots import Grid, Happened, by_hour, patrols, spots, suppressed

GRID = Grid(250, 26.45)
lats, lons = st.floats(26.2, 26.7), st.floats(80.1, 80.6)
happenings = st.lists(
    st.builds(Happened, lats, lons, st.integers(0, 167), st.floats(0, 400)), max_size=40
)  # fmt: skip
close = st.lists(
    st.builds(Happened, st.floats(26.45, 26.452), st.floats(80.33, 80.332), st.integers(0, 167), st.floats(0, 90)),
    min_size=1, max_size=40,
)  # fmt: skip


@given(lats, lons)
def test_a_place_lies_in_its_cell(lat: float, lon: float) -> None:
    west, south, east, north = GRID.box(GRID.cell(lat, lon))
    assert south - 1e-9 <= lat <= north + 1e-9 and west - 1e-9 <= lon <= east + 1e-9
    assert GRID.cell(*GRID.middle(GRID.cell(lat, lon))) == GRID.cell(lat, lon)


@given(lats, lons)
def test_a_cell_is_as_large_as_it_is_called(lat: float, lon: float) -> None:
    west, south, east, north = GRID.box(GRID.cell(lat, lon))
    assert abs(great_circle_m(south, west, north, west) - 250) < 2
    assert abs(great_circle_m(south, west, south, east) - 250) < 3


@given(happenings)
def test_each_is_counted_once(happened: list[Happened]) -> None:
    found = spots(happened, GRID, 30)
    assert sum(spot.count for spot in found) == sum(by_hour(happened)) == len(happened)
    assert len({spot.cell for spot in found}) == len(found)
    for spot in found:
        assert spot.hours.total() == spot.count and 0 < spot.weight <= spot.count + 1e-9
    weights = [spot.weight for spot in found]
    assert weights == sorted(weights, reverse=True)


@given(close, st.integers(1, 5), st.integers(1, 10))
def test_a_patrol_is_worth_what_it_says(happened: list[Happened], least: int, most: int) -> None:
    found = spots(happened, GRID, 30)
    offered = patrols(found, [found[0].cell], least, most, 1.5)
    assert len(offered) <= most
    scores = [one.score for one in offered]
    assert scores == sorted(scores, reverse=True)
    for one in offered:
        mine = [each for each in happened if GRID.cell(each.lat, each.lon) == one.cell]
        within = [each for each in mine if (each.hour % 24 - one.hour) % 24 < 2]
        assert one.count == len(within) >= least and one.of == len(mine)
        best = max(sum((each.hour % 24 - hour) % 24 < 2 for each in mine) for hour in range(24))
        assert one.count == best
        assert one.dark == (one.cell == found[0].cell)
        assert one.days and len(set(one.days)) == len(one.days)


def test_a_window_over_midnight_is_of_the_day_on_which_it_begins() -> None:
    friday_2330, saturday_0015 = 4 * 24 + 23, 5 * 24
    happened = [Happened(26.45, 80.33, hour, 1) for hour in (friday_2330, saturday_0015)]
    [one] = patrols(spots(happened, GRID, 30), [], 2, 5, 1.5)
    assert (one.hour, one.count, one.days) == (23, 2, (4,))


def test_what_is_old_weighs_less() -> None:
    recent, old = Happened(26.45, 80.33, 0, 0), Happened(26.50, 80.33, 0, 60)
    first, second = spots([old, old, old, recent], GRID, 30)
    assert first.count == 1 and second.count == 3 and second.weight == 0.75


def test_a_dark_cell_counts_more() -> None:
    lit, dark = Happened(26.45, 80.33, 20, 0), Happened(26.50, 80.33, 20, 0)
    found = spots([lit, dark], GRID, 30)
    assert patrols(found, [GRID.cell(26.50, 80.33)], 1, 1, 1.5)[0].dark


@given(st.lists(st.integers(0, 20)), st.integers(1, 10))
def test_small_numbers_are_not_told(counts: list[int], least: int) -> None:
    told = suppressed(counts, least)
    assert all(one is None or one == 0 or one >= least for one in told)
    assert [one for one in told if one is not None] == [one for one in counts if one == 0 or one >= least]
