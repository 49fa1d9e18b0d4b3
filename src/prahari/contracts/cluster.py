"""Who serves which camera when there is more than one machine: leases, placements, nodes.

Safety rests on two things only, and on nobody's wall clock. A lease or a placement is changed by compare-and-set, so
one chain of values exists of each. And whoever holds a lease ends by its own monotonic clock, HOLD_S after it *sent*
the last renewal that was taken, while nobody calls it lost before LEASE_S after that renewal was *heard*.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec

RENEW_S = 2.0
HOLD_S = 12.0
LEASE_S = 14.0
"""Held for longer than three NATS servers take to choose another leader (4 to 9 s): else the death of one would stop
the cameras of a whole city. The two seconds between are for clocks that run at different rates and for cutting the
connections."""

WORKERS_PER_NODE = 100
"""Worker numbers are unique in a centre: node number x 100 + number on the machine."""


class LeaseState(StrEnum):
    HELD = "held"
    LOST = "lost"  # taken away after its time


class Obeys(StrEnum):
    """By what a worker decides which cameras are its own."""

    COMPUTED = "computed"  # core.placement.worker_of: one machine, needs nobody
    PLACED = "placed"  # the placements, while it holds its lease


class WorkerLease(msgspec.Struct, frozen=True):
    """`number` grows with every holder: the fence. Placements given under a number below `floor` are void.

    `capacity`: cameras that the worker can serve by what it measured. `origin`: where its doors are, `pin` the SHA-256
    of its certificate in hexadecimal (empty: plain HTTP on this machine). `beat` counts renewals. `holder`: the home of
    the process; only one process at a time can run in a home, so the next one there need not wait.
    """

    worker: int
    node: str
    number: int
    floor: int
    state: LeaseState
    obeys: Obeys
    capacity: int
    cameras: int
    beat: int = 0
    holder: str = ""
    origin: str = ""
    pin: str = ""
    cpu_pct: float = 0.0
    loop_lag_ms: float = 0.0


class PlacerLease(msgspec.Struct, frozen=True):
    """Who places at the moment. A placer that is paused and wakes does no harm: its writes compare and fail."""

    holder: str
    beat: int


class Stay(msgspec.Struct, frozen=True, array_like=True):
    """A stretch in which a worker recorded a camera; Unix milliseconds. Its files lie there still."""

    worker: int
    from_ms: int
    until_ms: int


class CameraPlacement(msgspec.Struct, frozen=True, omit_defaults=True):
    """The worker that serves a camera, given while its lease had the number `lease`.

    `to` (and its lease `to_lease`): the worker is to let go, and writes the next placement itself when it has.
    `missing_ms`, `missing_why` (contracts.media.Reason): from when nothing was recorded before this began; 0: nothing
    is known to be missing. `since_ms`: when this began. `stays`: who has recorded the camera before.
    """

    worker: int
    lease: int
    since_ms: int = 0
    to: int | None = None
    to_lease: int = 0
    missing_ms: int = 0
    missing_why: str = ""
    stays: list[Stay] = []


class PlacementMode(msgspec.Struct, frozen=True):
    """`workers`: how many the centre's own machine has, for the computed placement."""

    obeys: Obeys
    workers: int


class NodeRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """A machine that joined. `number` is never used again. `address`: where the centre and consoles reach it."""

    name: str
    number: int
    address: str
    workers: int
    media_port: int
    joined_ms: int
    draining: bool = False
    left: bool = False


def is_valid(placement: CameraPlacement, lease: WorkerLease | None) -> bool:
    """Whether the worker named may serve the camera while it holds that lease."""
    return (
        lease is not None
        and lease.worker == placement.worker
        and lease.state is LeaseState.HELD
        and lease.floor <= placement.lease <= lease.number
    )
