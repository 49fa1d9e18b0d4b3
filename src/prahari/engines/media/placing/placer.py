"""Decides which worker serves which camera and writes it down, one compare-and-set a camera.

Several placers run, one is at work. That is for quiet, not for safety: a placer that is stopped and wakes, or two that
both think that it is their turn, write against the value that they know, and the second write fails.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine, Iterable
from typing import Any

import msgspec
import nats.errors
from nats.js import JetStreamContext
from nats.js.errors import BadRequestError, KeyWrongLastSequenceError
from nats.js.errors import Error as JetStreamError
from nats.js.kv import KeyValue

from prahari.contracts import bus, subjects
from prahari.contracts.cluster import (
    HOLD_S,
    LEASE_S,
    CameraPlacement,
    LeaseState,
    Obeys,
    PlacementMode,
    PlacerLease,
)
from prahari.contracts.events import now_ms
from prahari.contracts.media import Reason
from prahari.contracts.stopping import run_together
from prahari.core.placement import worker_of
from prahari.core.placing import Move, Seat, moves
from prahari.engines.media.lease.lease import clock_s
from prahari.engines.media.lease.tenure import later_stays
from prahari.engines.media.placing.known import Heard, Known

log = logging.getLogger(__name__)

TICK_S = 0.5
ANSWER_S = 2.0
LEAD_S = 5.0
"""A placer that was silent for so long is followed by another."""

SILENCE_S = 3.0
"""When we could not speak to NATS for longer, nobody's silence counts: they could not either, or we did not hear."""

SETTLED_S = 60.0
AT_ONCE = 32
MOST_UNDER_WAY = 4


class Placer:
    """`workers`: of the centre's own machine; None on a joined one, which takes over when the centre's is away."""

    def __init__(
        self, holder: str, workers: int | None, *, settled_s: float = SETTLED_S, most_under_way: int = MOST_UNDER_WAY
    ) -> None:
        self._holder = holder
        self._workers = workers
        self._settled_s = settled_s
        self._most_under_way = most_under_way
        self.known = Known()
        self._spoke_s = 0.0
        self._leases: KeyValue
        self._placements: KeyValue

    async def run(self, js: JetStreamContext) -> None:
        """For ever, until cancelled."""
        self._leases = await bus.ensure_cluster_bucket(js, subjects.MEDIA_LEASE_BUCKET)
        self._placements = await bus.ensure_cluster_bucket(js, subjects.CAMERA_PLACEMENT_BUCKET)
        await run_together(self.known.follow(js), self._work())

    async def _work(self) -> None:
        await self.known.complete.wait()
        self._spoke_s = clock_s()
        while True:
            try:
                if await self._leads():
                    await self._mode()
                    await self._declare_lost()
                    await self._place()
            except (TimeoutError, nats.errors.Error, JetStreamError) as error:
                log.warning("nothing is placed at the moment: %s", str(error) or type(error).__name__)
            await asyncio.sleep(TICK_S)

    # Whose turn it is

    async def _leads(self) -> bool:
        known = self.known.placer
        if known is not None and known[0].holder != self._holder and clock_s() - known[2] < LEAD_S:
            self._spoke_s = clock_s()
            return False
        beat = 0 if known is None else known[0].beat + 1
        payload = msgspec.json.encode(PlacerLease(self._holder, beat))
        try:
            revision = await _ask(self._leases.update(subjects.PLACER_LEASE, payload, last=known[1] if known else 0))
        except KeyWrongLastSequenceError:
            return False
        if known is None or known[0].holder != self._holder:
            log.info("this placer is at work")
        self.known.placer = (PlacerLease(self._holder, beat), revision, clock_s())
        now_s = clock_s()
        if now_s - self._spoke_s > SILENCE_S:
            for heard in self.known.leases.values():
                heard.heard_s = max(heard.heard_s, now_s)
        self._spoke_s = now_s
        return True

    # Whether placements count

    @property
    def _mode_now(self) -> Obeys:
        return Obeys.COMPUTED if self.known.mode is None else self.known.mode[0].obeys

    @property
    def _has_nodes(self) -> bool:
        return any(not node.left for node in self.known.nodes.values())

    async def _mode(self) -> None:
        if self._workers is None:
            return
        if self._mode_now is Obeys.COMPUTED and self._has_nodes:
            # Every camera is written down where it is first: when the mode changes nobody has to let go of any.
            of_workers = {w: self.known.lease_of(w) for w in range(self._workers)}
            if any(lease is None for lease in of_workers.values()):
                return
            numbers = {worker: lease.number for worker, lease in of_workers.items() if lease is not None}
            written = []
            for camera_id in self.known.planned:
                worker = worker_of(camera_id, self._workers)
                if (valid := self.known.valid(camera_id)) is None or valid.worker != worker or valid.to is not None:
                    written.append(self._write(camera_id, CameraPlacement(worker, numbers[worker])))
            if all(await _some(written)):
                await self._write_mode(Obeys.PLACED)
        elif self._mode_now is Obeys.PLACED and not self._has_nodes and self._is_as_computed():
            await self._write_mode(Obeys.COMPUTED)

    async def _write_mode(self, obeys: Obeys) -> None:
        assert self._workers is not None
        mode = PlacementMode(obeys, self._workers)
        last = self.known.mode[1] if self.known.mode else 0
        revision = await _ask(
            self._placements.update(subjects.CAMERA_PLACEMENT_MODE, msgspec.json.encode(mode), last=last)
        )
        self.known.mode = (mode, revision)
        log.info("cameras are %s from now on", obeys)

    def _is_as_computed(self) -> bool:
        assert self._workers is not None
        for camera_id in self.known.planned:
            valid = self.known.valid(camera_id)
            if valid is None or valid.to is not None or valid.worker != worker_of(camera_id, self._workers):
                return False
        return True

    # Who is gone

    async def _declare_lost(self) -> None:
        """Take the lease of who was silent for its whole time. From then on it cannot renew, and what it was given is
        void; its own clock has ended it before."""
        for heard in list(self.known.leases.values()):
            lease = heard.lease
            if (
                lease.state is not LeaseState.HELD
                or lease.obeys is not Obeys.PLACED
                or clock_s() - heard.heard_s <= LEASE_S
            ):
                continue
            number = lease.number + 1
            lost = msgspec.structs.replace(lease, state=LeaseState.LOST, number=number, floor=number, cameras=0)
            key = subjects.worker_lease(lease.worker)
            try:
                revision = await _ask(self._leases.update(key, msgspec.json.encode(lost), last=heard.revision))
            except KeyWrongLastSequenceError:
                continue  # it has renewed, we have not heard it yet
            self.known.take_lease(lost, revision)
            log.warning("worker %d of %s is lost: its cameras go to others", lease.worker, lease.node)

    # Who gets what

    async def _place(self) -> None:
        if self._mode_now is not Obeys.PLACED:
            return
        known = self.known
        gone = [camera_id for camera_id in known.placements if camera_id not in known.planned]
        await _some([self._delete(camera_id) for camera_id in gone])
        placed: dict[str, int] = {}
        under_way = 0
        stuck = []
        for camera_id in known.planned:
            valid = known.valid(camera_id)
            if valid is None:
                continue
            placed[camera_id] = valid.worker
            if valid.to is not None:
                target = known.lease_of(valid.to)
                if target is None or target.state is not LeaseState.HELD or not self._is_fresh(known.leases[valid.to]):
                    stuck.append(self._write(camera_id, msgspec.structs.replace(valid, to=None, to_lease=0)))
                else:
                    placed[camera_id] = valid.to
                    under_way += 1
        await _some(stuck)
        seats = [self._seat(heard) for heard in known.leases.values() if heard.lease.state is LeaseState.HELD]
        asked = moves(
            known.planned,
            placed,
            seats,
            under_way=under_way,
            most_under_way=self._most_under_way,
            fixed=self._fixed(),
        )
        if not self._has_nodes and self._workers is not None:
            asked = [*asked, *self._homeward(placed, self._most_under_way - under_way - len(asked))]
        await _some([self._move(move) for move in asked])

    def _is_fresh(self, heard: Heard) -> bool:
        return clock_s() - heard.heard_s <= LEASE_S

    def _seat(self, heard: Heard) -> Seat:
        lease = heard.lease
        node = self.known.nodes.get(lease.node)
        drains = node is not None and (node.draining or node.left)
        takes = lease.obeys is Obeys.PLACED and clock_s() - heard.heard_s < LEASE_S / 2
        return Seat(lease.worker, lease.capacity, takes, drains, clock_s() - heard.held_s >= self._settled_s)

    def _fixed(self) -> dict[str, int]:
        """While a worker of the centre goes by the computed placement, no camera of its share may be another's."""
        assert self.known.mode is not None
        workers = self.known.mode[0].workers
        leases = [self.known.lease_of(worker) for worker in range(workers)]
        if all(lease is not None and lease.obeys is Obeys.PLACED for lease in leases):
            return {}
        return {camera_id: worker_of(camera_id, workers) for camera_id in self.known.planned}

    def _homeward(self, placed: dict[str, int], room: int) -> list[Move]:
        """The last machine has left: back to where every worker can compute it."""
        assert self._workers is not None
        found: list[Move] = []
        for camera_id, worker in placed.items():
            home = worker_of(camera_id, self._workers)
            valid = self.known.valid(camera_id)
            if len(found) < room and worker != home and valid is not None and valid.to is None:
                found.append(Move(camera_id, worker, home))
        return found

    async def _move(self, move: Move) -> bool:
        target = self.known.lease_of(move.go_to)
        assert target is not None
        before, _ = self.known.placements.get(move.camera_id, (None, 0))
        if move.come_from is not None:
            assert before is not None
            return await self._write(
                move.camera_id, msgspec.structs.replace(before, to=move.go_to, to_lease=target.number)
            )
        if before is None:
            return await self._write(move.camera_id, CameraPlacement(move.go_to, target.number, now_ms()))
        former = self.known.leases.get(before.worker)
        heard_ms = former.heard_ms if former is not None else now_ms() - round(LEASE_S * 1000)
        until_ms = heard_ms + round(HOLD_S * 1000)
        placement = CameraPlacement(
            worker=move.go_to,
            lease=target.number,
            since_ms=now_ms(),
            missing_ms=heard_ms,
            missing_why=Reason.NODE_LOST.value,
            stays=later_stays(before, before.worker, until_ms),
        )
        return await self._write(move.camera_id, placement)

    async def _write(self, camera_id: str, placement: CameraPlacement) -> bool:
        """False: somebody else has written meanwhile; the next look sees what."""
        _, last = self.known.placements.get(camera_id, (None, 0))
        payload = msgspec.json.encode(placement)
        try:
            if last:
                revision = await _ask(self._placements.update(camera_id, payload, last=last))
            else:
                revision = await _ask(self._placements.create(camera_id, payload))
        except KeyWrongLastSequenceError:
            return False
        self.known.take_placement(camera_id, placement, revision)
        return True

    async def _delete(self, camera_id: str) -> bool:
        _, last = self.known.placements[camera_id]
        try:
            await _ask(self._placements.delete(camera_id, last=last))
        except BadRequestError:  # written meanwhile
            return False
        self.known.placements.pop(camera_id, None)
        return True


async def _ask(question: Coroutine[Any, Any, Any]) -> Any:
    async with asyncio.timeout(ANSWER_S):
        return await question


async def _some(work: Iterable[Coroutine[Any, Any, bool]]) -> list[bool]:
    """All of it, a bounded number at once; the first error is raised after all have ended."""
    places = asyncio.Semaphore(AT_ONCE)

    async def one(each: Coroutine[Any, Any, bool]) -> bool:
        async with places:
            return await each

    results = await asyncio.gather(*(one(each) for each in work), return_exceptions=True)
    for result in results:
        if isinstance(result, BaseException):
            raise result
    return [result for result in results if isinstance(result, bool)]
