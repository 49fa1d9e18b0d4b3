"""Parts of a whole: Kanpur's numbers, overlaps that are not added twice, parts that come to too much."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prahari.desks.targets.allotment import Overrun, Part, added, apart, contains, identical, overrun, parent

KANPUR = {"industry": 1_000, "commerce": 500, "hospital": 200, "petrol_pump": 141, "hotel": 235}
CITY, WEST, EAST = "up.kanpur", "up.kanpur.west", "up.kanpur.east"
STATION = f"{WEST}.kalyanpur"


def part(share: int, **named: Any) -> Part:
    return Part(uuid4(), share, **named)


def total(parts: list[Part]) -> int:
    return sum(one.share for one in added(parts))


def test_kanpur_names_2076_of_5000_and_leaves_2924() -> None:
    parts = [part(number, owner_class=code) for code, number in KANPUR.items()]
    assert total(parts) == 2_076
    assert 5_000 - total(parts) == 2_924
    assert overrun(5_000, parts) is None


def test_a_department_beside_classes_is_another_view_and_not_added() -> None:
    hotels, excise = part(235, owner_class="hotel"), part(300, department="excise")
    assert added([excise, hotels]) == [hotels]
    assert not apart(hotels, excise) and parent(hotels, [excise, hotels]) is None


def test_hotels_of_a_zone_are_of_the_hotels() -> None:
    hotels = part(235, owner_class="hotel")
    west = part(80, owner_class="hotel", area=WEST)
    station = part(30, owner_class="hotel", area=STATION)
    every = [station, west, hotels]
    assert total(every) == 235
    assert parent(west, every) == hotels and parent(station, every) == west and parent(hotels, every) is None


def test_what_names_different_values_is_apart_whatever_else_it_names() -> None:
    assert apart(part(1, owner_class="hotel", department="tax"), part(1, owner_class="shop"))
    assert apart(part(1, area=WEST), part(1, area=EAST)) and not apart(part(1, area=WEST), part(1, area=STATION))
    assert total([part(10, owner_class="shop"), part(5, owner_class="hotel", department="tax")]) == 15


@pytest.mark.parametrize(
    ("parts", "over"),
    [
        ([(60, {"owner_class": "shop"}), (41, {"owner_class": "hotel"})], (None, 101, 100)),
        ([(101, {"department": "tax"})], (None, 101, 100)),
        # Each line of view must fit on its own, though only one of them is added up.
        ([(90, {"owner_class": "shop"}), (60, {"department": "a"}), (50, {"department": "b"})], (None, 110, 100)),
        ([(50, {"owner_class": "shop"}), (60, {"owner_class": "shop", "area": WEST})], (0, 60, 50)),
        ([(60, {"area": WEST}), (40, {"area": EAST}), (61, {"area": STATION})], (0, 61, 60)),
    ],
)
def test_parts_may_not_come_to_more_than_what_they_are_parts_of(
    parts: list[tuple[int, dict[str, Any]]], over: tuple[int | None, int, int]
) -> None:
    made = [part(share, **named) for share, named in parts]
    within = None if over[0] is None else made[over[0]].id
    assert overrun(100, made) == Overrun(within, over[1], over[2])


def test_the_same_twice_is_known() -> None:
    one, two = part(1, owner_class="shop", area=WEST), part(2, owner_class="shop", area=WEST)
    assert identical([one, part(3, owner_class="shop"), two]) in (one, two)
    assert identical([one, part(3, owner_class="shop")]) is None


optional = st.none() | st.sampled_from(["a", "b", "c"])
anything = st.builds(
    Part, st.builds(uuid4), st.integers(0, 50), optional, optional,
    st.none() | st.sampled_from([CITY, WEST, EAST, STATION]), optional,
)  # fmt: skip
cameras = st.tuples(
    st.sampled_from("abc"), st.sampled_from("abc"), st.sampled_from([WEST, EAST, STATION]), st.sampled_from("abc")
)


def holds(one: Part, camera: tuple[str, str, str, str]) -> bool:
    return contains(one, Part(UUID(int=0), 0, *camera))


@given(st.lists(anything, max_size=8), cameras)
def test_no_camera_is_ever_in_two_that_are_added(parts: list[Part], camera: tuple[str, str, str, str]) -> None:
    assert sum(holds(one, camera) for one in added(parts)) <= 1


@given(anything, anything, cameras)
def test_inside_means_every_camera_and_apart_means_none(
    one: Part, other: Part, camera: tuple[str, str, str, str]
) -> None:
    if contains(one, other) and holds(other, camera):
        assert holds(one, camera)
    if apart(one, other):
        assert not (holds(one, camera) and holds(other, camera))


@given(st.lists(anything, max_size=8), st.integers(0, 200))
def test_what_fits_leaves_a_rest_that_is_not_negative(parts: list[Part], whole: int) -> None:
    if overrun(whole, parts) is None:
        assert whole - total(parts) >= 0
