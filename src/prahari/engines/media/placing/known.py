"""What a placer knows of leases, placements, nodes and plans, as followed in their buckets."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field

import msgspec
from nats.js import JetStreamContext

from prahari.contracts import bus, subjects
from prahari.contracts.cluster import (
    CameraPlacement,
    LeaseState,
    NodeRecord,
    PlacementMode,
    PlacerLease,
    WorkerLease,
    is_valid,
)
from prahari.contracts.events import now_ms
from prahari.contracts.stopping import run_together
from prahari.engines.media.lease.lease import clock_s

log = logging.getLogger(__name__)

_WORKER = "worker."


class _Edge(msgspec.Struct):
    edge: str = ""


@dataclass(slots=True)
class Heard:
    """A lease as it stands. `heard_s` (monotonic) and `heard_ms` (Unix): when it was last seen to change while it was
    held; `held_s`: since when it is held under this number."""

    lease: WorkerLease
    revision: int
    heard_s: float
    heard_ms: int
    held_s: float


@dataclass(slots=True)
class Known:
    leases: dict[int, Heard] = field(default_factory=dict)
    placements: dict[str, tuple[CameraPlacement, int]] = field(default_factory=dict)
    nodes: dict[str, NodeRecord] = field(default_factory=dict)
    planned: set[str] = field(default_factory=set)
    mode: tuple[PlacementMode, int] | None = None
    placer: tuple[PlacerLease, int, float] | None = None
    complete: asyncio.Event = field(default_factory=asyncio.Event)
    _missing: set[str] = field(default_factory=set)

    def lease_of(self, worker: int) -> WorkerLease | None:
        heard = self.leases.get(worker)
        return None if heard is None else heard.lease

    def valid(self, camera_id: str) -> CameraPlacement | None:
        """The camera's placement if its worker may act on it."""
        found = self.placements.get(camera_id)
        return found[0] if found is not None and is_valid(found[0], self.lease_of(found[0].worker)) else None

    async def follow(self, js: JetStreamContext) -> None:
        """For ever. `complete` is set when everything that stood in the buckets at the beginning has been read."""
        takers: dict[str, Callable[[str, bytes | None, int], None]] = {
            subjects.MEDIA_LEASE_BUCKET: self._lease,
            subjects.CAMERA_PLACEMENT_BUCKET: self._placement,
            subjects.MEDIA_NODE_BUCKET: self._node,
            subjects.CAMERA_PLAN_BUCKET: self._plan,
        }
        self._missing = set(takers)
        await run_together(*(self._follow(js, name, take) for name, take in takers.items()))

    async def _follow(self, js: JetStreamContext, name: str, take: Callable[[str, bytes | None, int], None]) -> None:
        bucket = await bus.ensure_cluster_bucket(js, name)
        state = (await bucket.status()).stream_info.state
        upto = state.last_seq if state.messages else 0
        self._reached(name, 0, upto)
        async for key, payload, revision in bus.follow_bucket(js, name):
            try:
                take(key, payload, revision)
            except ValueError as error:
                log.error("%s in %s cannot be read: %s", key, name, error)
            self._reached(name, revision, upto)

    def _reached(self, name: str, revision: int, upto: int) -> None:
        if name in self._missing and revision >= upto:
            self._missing.discard(name)
            if not self._missing:
                self.complete.set()

    def _lease(self, key: str, payload: bytes | None, revision: int) -> None:
        if key == subjects.PLACER_LEASE:
            if payload is not None and (self.placer is None or self.placer[1] < revision):
                self.placer = (msgspec.json.decode(payload, type=PlacerLease), revision, clock_s())
        elif key.startswith(_WORKER):
            if payload is None:
                self.leases.pop(int(key.removeprefix(_WORKER)), None)
            else:
                self.take_lease(msgspec.json.decode(payload, type=WorkerLease), revision)

    def take_lease(self, lease: WorkerLease, revision: int) -> None:
        before = self.leases.get(lease.worker)
        if before is not None and before.revision >= revision:
            return
        if lease.state is not LeaseState.HELD and before is not None:
            before.lease, before.revision = lease, revision
            return
        is_same = before is not None and before.lease.number == lease.number
        held_s = before.held_s if before is not None and is_same else clock_s()
        self.leases[lease.worker] = Heard(lease, revision, clock_s(), now_ms(), held_s)

    def _placement(self, key: str, payload: bytes | None, revision: int) -> None:
        if key == subjects.CAMERA_PLACEMENT_MODE:
            if payload is not None:
                self.mode = (msgspec.json.decode(payload, type=PlacementMode), revision)
        elif payload is None:
            if key in self.placements and self.placements[key][1] < revision:
                del self.placements[key]
        else:
            self.take_placement(key, msgspec.json.decode(payload, type=CameraPlacement), revision)

    def take_placement(self, camera_id: str, placement: CameraPlacement, revision: int) -> None:
        before = self.placements.get(camera_id)
        if before is None or before[1] < revision:
            self.placements[camera_id] = (placement, revision)

    def _node(self, key: str, payload: bytes | None, revision: int) -> None:
        if payload is None:
            self.nodes.pop(key, None)
        else:
            self.nodes[key] = msgspec.json.decode(payload, type=NodeRecord)

    def _plan(self, key: str, payload: bytes | None, revision: int) -> None:
        is_ours = payload is not None and not msgspec.json.decode(payload, type=_Edge).edge
        (self.planned.add if is_ours else self.planned.discard)(key)
