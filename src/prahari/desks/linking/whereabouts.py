"""Where cameras are served when there are several machines: placements and leases as followed in their buckets."""

from __future__ import annotations

import asyncio
import logging

import msgspec
import nats.errors
import nats.js.errors
from django.conf import settings
from nats.js import JetStreamContext

from prahari.contracts import bus, subjects
from prahari.contracts.cluster import CameraPlacement, LeaseState, Obeys, PlacementMode, WorkerLease, is_valid
from prahari.contracts.stopping import run_together
from prahari.core.placement import worker_of
from prahari.desks.linking.engine import EventLogAwayError, line

log = logging.getLogger(__name__)

AGAIN_S = 2.0
CENTRE = "centre"


class Whereabouts:
    """One a process, fed in the line's thread once `start` was called; asked in any. Nobody waits for it: a camera that
    is asked for at the wrong worker in the first moment is told so, and asked for again."""

    def __init__(self) -> None:
        self._mode = Obeys.COMPUTED
        self._placements: dict[str, CameraPlacement] = {}
        self._leases: dict[int, WorkerLease] = {}
        self._others: tuple[str, ...] = ()

    def start(self) -> None:
        """Follow from now on, in the background."""
        line.begin(self._follow())

    def origin(self, camera_id: str, host: str) -> str:
        """For a browser that calls us `host`."""
        config = settings.CONFIG
        placement = self._placements.get(camera_id) if self._mode is Obeys.PLACED else None
        lease = self._leases.get(placement.worker) if placement is not None else None
        if placement is None or lease is None or not is_valid(placement, lease):
            # By computation; or nobody has it this moment: whoever is asked says so, and the console asks again.
            return config.origin(config.media_port + worker_of(camera_id, config.media_workers), host)
        return _origin(lease, host)

    def origins(self, host: str) -> tuple[str, ...]:
        """Of the workers of other machines."""
        return self._others

    @property
    def others(self) -> int:
        """Media workers of other machines that hold their lease."""
        return len(self._others)

    async def _follow(self) -> None:
        while True:
            try:
                js = (await line.client()).jetstream(timeout=5)
                await run_together(self._follow_leases(js), self._follow_placements(js))
            except (TimeoutError, EventLogAwayError, nats.errors.Error, nats.js.errors.Error, ValueError) as error:
                log.warning("where cameras are is followed anew: %s", str(error) or type(error).__name__)
            await asyncio.sleep(AGAIN_S)

    async def _follow_leases(self, js: JetStreamContext) -> None:
        async for key, payload, _ in bus.follow_bucket(js, subjects.MEDIA_LEASE_BUCKET):
            if key.startswith("worker.") and payload is not None:
                lease = msgspec.json.decode(payload, type=WorkerLease)
                self._leases[lease.worker] = lease
                others = (one for one in self._leases.values() if one.node != CENTRE and one.state is LeaseState.HELD)
                self._others = tuple(sorted(one.origin for one in others))

    async def _follow_placements(self, js: JetStreamContext) -> None:
        async for key, payload, _ in bus.follow_bucket(js, subjects.CAMERA_PLACEMENT_BUCKET):
            if key == subjects.CAMERA_PLACEMENT_MODE:
                if payload is not None:
                    self._mode = msgspec.json.decode(payload, type=PlacementMode).obeys
            elif payload is None:
                self._placements.pop(key, None)
            else:
                self._placements[key] = msgspec.json.decode(payload, type=CameraPlacement)


def _origin(lease: WorkerLease, host: str) -> str:
    config = settings.CONFIG
    return config.origin(config.media_port_of(lease.worker), host) if lease.node == CENTRE else lease.origin


whereabouts = Whereabouts()
