"""Whatever happens to the machines: every camera has exactly one worker or waits, and few cameras move."""

from __future__ import annotations

import math
from dataclasses import replace

from hypothesis import example, given, settings
from hypothesis import strategies as st

from prahari.core.placing import BAND, OVERFILL, Move, Seat, moves

CAMERAS = [f"camera-{number}" for number in range(60)]

workers = st.integers(0, 5)
happenings = st.lists(
    st.one_of(
        st.tuples(st.just("join"), workers, st.integers(1, 40)),
        st.tuples(st.just("lose"), workers, st.just(0)),
        st.tuples(st.just("drain"), workers, st.just(0)),
        st.tuples(st.just("undrain"), workers, st.just(0)),
        st.tuples(st.just("settle"), workers, st.just(0)),
        st.tuples(st.just("capacity"), workers, st.integers(1, 40)),
        st.tuples(st.just("cameras"), st.integers(0, 60), st.just(0)),
    ),
    max_size=25,
)


class City:
    """The placements as they follow from what the placer says, moves that take time included."""

    def __init__(self) -> None:
        self.seats: dict[int, Seat] = {}
        self.placed: dict[str, int] = {}
        self.leaving: dict[str, Move] = {}
        self.cameras: list[str] = []

    def happen(self, what: str, number: int, amount: int) -> None:
        seat = self.seats.get(number)
        if what == "join":
            self.seats[number] = Seat(number, amount, settled=False)
        elif what == "cameras":
            self.cameras = CAMERAS[:number]
            for known in (self.placed, self.leaving):
                for camera in [one for one in known if one not in self.cameras]:
                    del known[camera]  # type: ignore[attr-defined]
        elif seat is None:
            return
        elif what == "lose":
            del self.seats[number]
            for camera, move in list(self.leaving.items()):
                if move.come_from == number:  # its lease is another's: whoever was to have it has it
                    del self.leaving[camera]
            self.placed = {camera: one for camera, one in self.placed.items() if one != number}
        elif what == "capacity":
            self.seats[number] = replace(seat, capacity=amount)
        else:
            self.seats[number] = replace(
                seat,
                drains=what == "drain" or (seat.drains and what == "settle"),
                settled=seat.settled or what == "settle",
            )

    def ask(self, most: int) -> list[Move]:
        return moves(
            self.cameras, self.placed, list(self.seats.values()), under_way=len(self.leaving), most_under_way=most
        )

    def act(self, asked: list[Move]) -> None:
        for move in asked:
            self.placed[move.camera_id] = move.go_to
            if move.come_from is not None:
                self.leaving[move.camera_id] = move

    def land(self) -> None:
        self.leaving.clear()


@settings(max_examples=300)
@given(happenings, st.integers(1, 6))
def test_one_worker_or_waiting_and_moves_bounded(story: list[tuple[str, int, int]], most: int) -> None:
    city = City()
    for what, number, amount in story:
        city.happen(what, number, amount)
        before = dict(city.placed)
        asked = city.ask(most)
        assert asked == city.ask(most)
        assert len({move.camera_id for move in asked}) == len(asked)
        for move in asked:
            assert move.go_to in city.seats and not city.seats[move.go_to].drains
            assert move.come_from == (before.get(move.camera_id) if before.get(move.camera_id) in city.seats else None)
            assert move.come_from != move.go_to
        moved = [move for move in asked if move.come_from is not None]
        assert len(moved) <= max(0, most - len(city.leaving))
        city.act(asked)
        assert all(worker in city.seats for camera, worker in city.placed.items() if camera in city.cameras)
        takers = [seat for seat in city.seats.values() if not seat.drains]
        waiting = [camera for camera in city.cameras if camera not in city.placed]
        if waiting:  # only because every seat is as full as it may be
            counts = [sum(worker == seat.worker for worker in city.placed.values()) for seat in takers]
            assert all((n + 1) / s.capacity > OVERFILL for n, s in zip(counts, takers, strict=True))
        if number % 2:
            city.land()
    # Left alone it comes to rest, in no more moves than there are cameras beside those that have to leave.
    total = 0
    for _ in range(len(CAMERAS) * 2 + 10):
        city.land()
        asked = city.ask(most)
        if not asked:
            break
        total += len(asked)
        city.act(asked)
    assert not city.ask(most) and total <= 2 * len(city.cameras)


@given(st.lists(st.integers(5, 200), min_size=1, max_size=8), st.integers(0, 400))
@example([5, 12, 14, 14, 150], 39)
@settings(max_examples=60)
def test_the_loss_of_one_moves_nobody_elses_cameras(capacities: list[int], cameras: int) -> None:
    ids = [f"camera-{number}" for number in range(cameras)]
    seats = [Seat(number, capacity) for number, capacity in enumerate(capacities)]
    placed = {move.camera_id: move.go_to for move in moves(ids, {}, seats)}
    left = seats[1:]
    again = moves(ids, {camera: one for camera, one in placed.items() if one != 0}, left, most_under_way=0)
    assert {move.camera_id for move in again} <= {camera for camera, one in placed.items() if one == 0}
    # A camera goes to whom it fills least. Small seats then keep a camera less than their part, which large ones have.
    full = min((cameras + len(seats)) / sum(seat.capacity for seat in seats), OVERFILL)
    for seat in seats:
        share = sum(worker == seat.worker for worker in placed.values())
        assert share <= math.ceil(full * seat.capacity) + 1


def test_a_node_that_came_back_gets_cameras_when_it_has_settled() -> None:
    ids = [f"camera-{number}" for number in range(40)]
    seats = [Seat(0, 40), Seat(1, 40, settled=False)]
    placed = dict.fromkeys(ids, 0)
    assert moves(ids, placed, seats) == []
    asked = moves(ids, placed, [Seat(0, 40), Seat(1, 40)], most_under_way=3)
    assert len(asked) == 3 and {move.go_to for move in asked} == {1}
    balanced = {**placed, **dict.fromkeys(ids[:18], 1)}
    assert abs(22 / 40 - 18 / 40) < BAND and moves(ids, balanced, [Seat(0, 40), Seat(1, 40)]) == []


def test_while_the_mode_changes_cameras_go_nowhere_but_to_their_computed_worker() -> None:
    asked = moves(["a", "b"], {}, [Seat(0, 1), Seat(1, 100)], fixed={"a": 0, "b": 2})
    assert asked == [Move("a", None, 0)]
