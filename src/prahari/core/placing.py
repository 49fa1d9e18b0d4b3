"""Which camera is to be served by which worker: by capacity, with few moves. Pure: the same question, the same answer.

A *seat* is a worker that holds its lease. Cameras without one are seated first; then seats that are being drained give
theirs away; then, slowly, full seats give to empty ones.
"""

from __future__ import annotations

import hashlib
import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

BAND = 0.15
"""Seats whose fill differs by less are left alone: a move costs a camera a second of its record."""

OVERFILL = 1.5
"""So far beyond its capacity a seat is filled when machines are missing; what does not fit then waits."""


@dataclass(frozen=True)
class Seat:
    """`capacity`: cameras. `takes`: it is given cameras. `drains`: it is to be emptied. `settled`: up long enough to be
    given cameras that are served well elsewhere."""

    worker: int
    capacity: int
    takes: bool = True
    drains: bool = False
    settled: bool = True


@dataclass(frozen=True)
class Move:
    """`come_from` None: nobody serves the camera now."""

    camera_id: str
    come_from: int | None
    go_to: int


def moves(
    cameras: Iterable[str],
    placed: Mapping[str, int],
    seats: Sequence[Seat],
    *,
    under_way: int = 0,
    most_under_way: int = 4,
    fixed: Mapping[str, int] | None = None,
) -> list[Move]:
    """What is to change now.

    `placed`: camera -> worker that serves it validly, or is to after a move that is under way. `under_way`: how many
    such moves there are; cameras that have a worker are moved only while there are fewer than `most_under_way`.
    `fixed`: camera -> the only worker that it may be given to at the moment.
    """
    by_worker = {seat.worker: seat for seat in seats if seat.capacity > 0}
    count: dict[int, int] = dict.fromkeys(by_worker, 0)
    of_worker: dict[int, list[str]] = defaultdict(list)
    waiting: list[str] = []
    for camera_id in sorted(set(cameras)):
        worker = placed.get(camera_id)
        if worker in by_worker:
            count[worker] += 1
            of_worker[worker].append(camera_id)
        else:
            waiting.append(camera_id)
    found = _seat_waiting(waiting, by_worker, count, fixed or {})
    room = most_under_way - under_way
    if room > 0 and not fixed:
        found += _drain(by_worker, count, of_worker, room)
        room -= sum(move.come_from is not None for move in found)
        found += _balance(by_worker, count, of_worker, room)
    return found


def _seat_waiting(
    waiting: Sequence[str], seats: Mapping[int, Seat], count: dict[int, int], fixed: Mapping[str, int]
) -> list[Move]:
    found: list[Move] = []
    heap = [((count[seat.worker] + 1) / seat.capacity, seat.worker) for seat in seats.values() if _takes(seat)]
    heapq.heapify(heap)
    for camera_id in waiting:
        only = fixed.get(camera_id)
        if only is not None:
            if only in seats:
                found.append(Move(camera_id, None, only))
                count[only] += 1
            continue
        if not heap or heap[0][0] > OVERFILL:
            continue
        _, worker = heap[0]
        found.append(Move(camera_id, None, worker))
        count[worker] += 1
        heapq.heapreplace(heap, ((count[worker] + 1) / seats[worker].capacity, worker))
    return found


def _drain(
    seats: Mapping[int, Seat], count: dict[int, int], of_worker: Mapping[int, list[str]], room: int
) -> list[Move]:
    found: list[Move] = []
    for seat in seats.values():
        for camera_id in of_worker[seat.worker] if seat.drains else ():
            target = _emptiest(seats, count)
            if len(found) >= room or target is None:
                return found
            if (count[target.worker] + 1) / target.capacity > OVERFILL:
                return found
            found.append(_move(camera_id, seat.worker, target.worker, count))
    return found


def _balance(
    seats: Mapping[int, Seat], count: dict[int, int], of_worker: Mapping[int, list[str]], room: int
) -> list[Move]:
    found: list[Move] = []
    gone: set[str] = set()
    while len(found) < room:
        givers = [seat for seat in seats.values() if _takes(seat)]
        takers = [seat for seat in givers if seat.settled]
        if not takers:
            return found
        full = max(givers, key=lambda seat: (count[seat.worker] / seat.capacity, seat.worker))
        free = min(takers, key=lambda seat: ((count[seat.worker] + 1) / seat.capacity, seat.worker))
        difference = count[full.worker] / full.capacity - count[free.worker] / free.capacity
        after = (count[free.worker] + 1) / free.capacity - (count[full.worker] - 1) / full.capacity
        if full.worker == free.worker or difference <= BAND or after >= difference:
            return found
        movable = [one for one in of_worker[full.worker] if one not in gone]
        if not movable:
            return found
        camera_id = max(movable, key=lambda one: _liking(one, free.worker))
        gone.add(camera_id)
        found.append(_move(camera_id, full.worker, free.worker, count))
    return found


def _takes(seat: Seat) -> bool:
    return seat.takes and not seat.drains


def _emptiest(seats: Mapping[int, Seat], count: Mapping[int, int]) -> Seat | None:
    takers = [seat for seat in seats.values() if _takes(seat)]
    return min(takers, key=lambda seat: ((count[seat.worker] + 1) / seat.capacity, seat.worker), default=None)


def _move(camera_id: str, come_from: int, go_to: int, count: dict[int, int]) -> Move:
    count[come_from] -= 1
    count[go_to] += 1
    return Move(camera_id, come_from, go_to)


def _liking(camera_id: str, worker: int) -> bytes:
    return hashlib.blake2b(f"{camera_id}/{worker}".encode(), digest_size=8).digest()
