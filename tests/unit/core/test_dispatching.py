"""Who is there first, whatever the units, places and roads are."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prahari.core.dispatching import Candidate, Fix, Roads, Speed, Wish, great_circle_m, suggest

NOW_MS = 1_795_600_000_000
KINDS = ("patrol_car", "motorcycle", "ambulance")
ROADS = Roads(1.4, {"patrol_car": Speed(40, 15), "motorcycle": Speed(35, 25)}, [0] * 24)
ANY = Wish(frozenset(KINDS))

lats, lons = st.floats(26.2, 26.7), st.floats(80.1, 80.6)
places = st.tuples(lats, lons)
fixes = st.builds(Fix, lats, lons, st.integers(NOW_MS - 7_200_000, NOW_MS + 5_000))
candidates = st.builds(
    Candidate, st.uuids().map(str), st.sampled_from(KINDS),
    st.frozensets(st.sampled_from(["women_officer", "first_aid"])), st.none() | fixes,
)  # fmt: skip
several = st.lists(candidates, max_size=12, unique_by=lambda one: one.id)
roads = st.builds(
    Roads, st.floats(1, 3), st.fixed_dictionaries({"patrol_car": st.builds(Speed, st.floats(5, 80), st.floats(5, 80))}),
    st.lists(st.integers(0, 100), min_size=24, max_size=24),
)  # fmt: skip
wishes = st.builds(Wish, st.frozensets(st.sampled_from(KINDS)), st.sampled_from(["", "women_officer"]),
                   st.integers(0, 600))  # fmt: skip


def asked(units: list[Candidate], place: tuple[float, float] | None, wish: Wish = ANY, on: Roads = ROADS, hour: int = 3,
          fresh_s: int = 120):  # fmt: skip
    return suggest(units, place, wish, on, hour=hour, now_ms=NOW_MS, fresh_s=fresh_s)


@given(several, st.none() | places, wishes, roads, st.integers(0, 23))
def test_every_unit_of_the_kinds_once_and_no_other(units, place, wish, on, hour) -> None:
    found = asked(units, place, wish, on, hour)
    assert sorted(one.id for one in found) == sorted(one.id for one in units if one.kind in wish.kinds)


@given(several, places, wishes, roads, st.randoms())
def test_the_order_is_of_the_units_not_of_the_asking(units, place, wish, on, chance) -> None:
    mixed = list(units)
    chance.shuffle(mixed)
    assert asked(mixed, place, wish, on) == asked(units, place, wish, on)


@given(several, places, wishes, roads, st.integers(1, 3_600))
def test_old_and_unknown_positions_come_after_fresh_ones(units, place, wish, on, fresh_s) -> None:
    found = asked(units, place, wish, on, fresh_s=fresh_s)
    certain = [one.certain for one in found]
    assert certain == sorted(certain, reverse=True)
    assert all(one.age_s <= fresh_s and one.eta_s is not None for one in found if one.certain)


@given(several, places, roads)
def test_without_a_wish_for_a_skill_the_first_to_arrive_is_first(units, place, on) -> None:
    for certain in (True, False):
        times = [one.eta_s for one in asked(units, place, on=on) if one.certain is certain and one.eta_s is not None]
        assert times == sorted(times)


@given(several, places, roads, st.integers(0, 600))
def test_nobody_goes_before_another_by_more_than_the_skill_is_worth(units, place, on, worth_s) -> None:
    found = [one for one in asked(units, place, Wish(frozenset(KINDS), "women_officer", worth_s), on) if one.certain]
    for at, one in enumerate(found):
        for later in found[at + 1 :]:
            assert one.eta_s <= later.eta_s + worth_s
            if one.skilled == later.skilled:
                assert one.eta_s <= later.eta_s
            elif (
                later.skilled
            ):  # the skilled one may be put after only if it is later even with what its skill is worth
                assert one.eta_s + worth_s <= later.eta_s


@given(fixes, places, st.floats(1, 3), st.floats(1, 2))
def test_a_longer_way_takes_longer(fix, place, detour, more) -> None:
    unit = Candidate("a", "patrol_car", frozenset(), fix)
    [short], [long] = (asked([unit], place, on=replace(ROADS, detour=one)) for one in (detour, detour * more))
    assert long.eta_s >= short.eta_s and long.distance_m == short.distance_m


@given(st.floats(1, 100), st.floats(1, 100), st.lists(st.integers(0, 100), min_size=24, max_size=24),
       st.integers(0, 23))  # fmt: skip
def test_the_speed_lies_between_free_and_busy(free, busy, busy_pct, hour) -> None:
    kmh = Roads(1, {"foot": Speed(free, busy)}, busy_pct).speed_kmh("foot", hour)
    assert min(free, busy) - 1e-9 <= kmh <= max(free, busy) + 1e-9


@given(places, places)
def test_the_distance_is_the_same_there_and_back(one, other) -> None:
    there, back = great_circle_m(*one, *other), great_circle_m(*other, *one)
    assert math.isclose(there, back, abs_tol=1e-6) and there >= 0
    flat_m = 111_195 * math.hypot(
        one[0] - other[0], (one[1] - other[1]) * math.cos(math.radians((one[0] + other[0]) / 2))
    )
    assert math.isclose(there, flat_m, rel_tol=1e-3, abs_tol=0.5)


def test_known_distances() -> None:
    assert great_circle_m(26.45, 80.33, 26.45, 80.33) == 0
    assert great_circle_m(0, 0, 0, 180) == pytest.approx(math.pi * 6_371_008.8)
    assert great_circle_m(26.4499, 80.3319, 26.8467, 80.9462) == pytest.approx(75_300, rel=0.01)  # Kanpur, Lucknow


def test_rush_hour_lets_the_motorcycle_win() -> None:
    here = Fix(26.46, 80.34, NOW_MS)
    units = [Candidate("car", "patrol_car", frozenset(), here), Candidate("bike", "motorcycle", frozenset(), here)]
    rush = replace(ROADS, busy_pct=[100] * 24)
    assert [one.id for one in asked(units, (26.45, 80.33))] == ["car", "bike"]
    assert [one.id for one in asked(units, (26.45, 80.33), on=rush)] == ["bike", "car"]


def test_a_kind_without_a_speed_never_arrives() -> None:
    [one] = asked([Candidate("a", "ambulance", frozenset(), Fix(26.4, 80.3, NOW_MS))], (26.4, 80.3))
    assert one.eta_s is None and not one.certain
