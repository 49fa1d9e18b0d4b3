"""`python -m prahari.engines.media.worker --worker I`: one media worker, with the cameras that fall to it.

It needs neither NATS nor a desk to start: plans lie on disk, permits are signed, events wait in the outbox.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import fcntl
import gc
import logging
import os
import resource
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import msgspec
import uvloop
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from nats.aio.client import Client

from prahari.contracts import bus
from prahari.contracts.cluster import WORKERS_PER_NODE
from prahari.contracts.config import Config, ConfigError, load
from prahari.contracts.events import now_ms
from prahari.contracts.logs import configure_logging
from prahari.contracts.media import CameraPlan, GapData, PermitClaims, SealedAddress, WorkerState
from prahari.contracts.mediasettings import MediaSettings
from prahari.contracts.proofs import proof_key
from prahari.contracts.recording import StorageEventData, StorageState
from prahari.contracts.stopping import run_together, until_stopped
from prahari.engines.media.cameras.address import open_address
from prahari.engines.media.cameras.ports import Address, Due, Recorder, Source, StateListener
from prahari.engines.media.cameras.roster import Roster
from prahari.engines.media.cameras.surroundings import Surroundings
from prahari.engines.media.fallback.pictures import PictureMaker
from prahari.engines.media.fallback.process import Budget
from prahari.engines.media.fallback.source import FallbackSource
from prahari.engines.media.gate.holders import HOLDERS, Holders
from prahari.engines.media.gate.permits import read_permit
from prahari.engines.media.health.desk import HealthDesk
from prahari.engines.media.health.watch import HealthWatch
from prahari.engines.media.ingest.upstream import Upstream
from prahari.engines.media.ingest.wheel import Wheel
from prahari.engines.media.lease.tenure import Tenure
from prahari.engines.media.lease.worth import Worth
from prahari.engines.media.live.door import LiveDoor
from prahari.engines.media.live.webrtc import WebRtcDoor
from prahari.engines.media.onvif.desk import DeviceDesk
from prahari.engines.media.onvif.links import Devices
from prahari.engines.media.plans.settings import SettingsKeeper
from prahari.engines.media.plans.store import PlanStore
from prahari.engines.media.playback.door import PlaybackDoor
from prahari.engines.media.playback.elsewhere import Elsewhere
from prahari.engines.media.playback.stretch import Shelf
from prahari.engines.media.presentation.door import PresentationDoor
from prahari.engines.media.probe.desk import ProbeDesk
from prahari.engines.media.probe.rounds import ProbeRounds
from prahari.engines.media.recording.desk import answer_trigger
from prahari.engines.media.recording.preroll import PreRollBudget
from prahari.engines.media.recording.store import RecordingStore
from prahari.engines.media.rtsp.tls import Trust
from prahari.engines.media.server import build_app, listen
from prahari.engines.media.status.board import StatusBoard, beat, beat_storage
from prahari.engines.media.status.outbox import Outbox

log = logging.getLogger(__name__)

FORMER_ENDS_WITHIN_S = 5.0


def make_source(camera_id: str, address: Address, on_state: StateListener, *, fallback: bool) -> Source:
    if fallback:
        return FallbackSource(camera_id, address, on_state)
    return Upstream(camera_id, address.url, address.credentials, address.transport, on_state)


class Worker:
    """The parts of one worker and the order in which they start and stop. Raises ConfigError."""

    def __init__(self, config: Config, worker: int) -> None:
        self._here = worker - config.node_number * WORKERS_PER_NODE
        if not 0 <= self._here < config.media_workers:
            raise ConfigError(f"there is no media worker {worker}: PRAHARI_MEDIA_WORKERS is {config.media_workers}")
        self._config = config
        self._worker = worker
        self._home: Path = config.home / f"media-{worker}"
        self._home.mkdir(parents=True, exist_ok=True)
        self._lag_ms = 0.0
        self.is_listening = False
        self.is_serving = False
        key, sealing_key = config.verifying_key(), config.sealing_key()
        self._outbox = Outbox(self._home / "outbox.jsonl", "media", f"media-{worker}")
        self._board = StatusBoard(self._outbox, worker)
        self._store = RecordingStore(
            config.disks,
            self._home / "catalogue.sqlite3",
            quota_bytes=config.recording_quota_bytes // config.media_workers,
            owns=self.owns,
            on_gap=self._on_gap,
            on_storage=self._on_storage,
        )

        def address_of(plan: CameraPlan, sealed: SealedAddress) -> Address:
            return open_address(plan.camera_id, sealed, plan.transport, sealing_key)

        def make_recorder(plan: CameraPlan, due: Due) -> Recorder:
            return self._store.recorder(plan.camera_id, plan.retention_days, due)

        def keep(plan: CameraPlan, claims: PermitClaims | None) -> None:
            needs_request = None if claims is None else claims.on_request
            days, purge_ms = plan.retention_days, plan.purge_before_ms
            self._store.keep(plan.camera_id, days, purge_ms, needs_request, plan.disk_class)

        self._around = Surroundings(key, address_of, make_source, make_recorder, self._board, keep=keep)
        self._around.events = self._store
        self._around.proof_key = proof_key(sealing_key)
        self._around.pre_rolls = PreRollBudget(config.pre_roll_bytes)
        self._around.conversions = Budget(config.conversions, config.conversion_cpu_pct)
        self._devices = Devices(sealing_key, self._board)
        Trust.keep_at(self._home / "certificates.json")
        self._around.settled = self._devices.settled
        self._around.looked = self._devices.replays.look
        self._roster = Roster(PlanStore(self._home / "plans"), self._around)
        self._device_desk = DeviceDesk(key, sealing_key, self._roster, self._devices, self._board)
        self._device_desk.serve("trigger", answer_trigger)
        self._pictures = PictureMaker()
        self._probes = ProbeDesk(key, sealing_key, self._pictures)
        self.health = HealthWatch(self._roster, self._home, self._board.health)
        self._health_desk = HealthDesk(self.health)
        self._rounds = ProbeRounds(self._roster, self._home / "proofs.json", offer=self.health.offer)
        self._settings = SettingsKeeper(self._home / "settings.json", self._apply)
        self._key = key
        self._holders = Holders()
        self._worth = Worth(
            config,
            worker,
            lambda: len(self._roster),
            lambda: sum(camera.is_open for camera in self._roster),
            lambda: self._lag_ms,
        )
        self._tenure = Tenure(
            worker,
            config.media_workers,
            self._home,
            self._worth.told,
            computed=config.node_number == 0,
            cameras=self._roster,
            records=_Records(self._store, keep, key),
        )
        self._store.may_write = self._tenure.may_write
        self._store.fence_of = self._tenure.fence_of
        self._store.is_ours = self._tenure.wrote

    def owns(self, camera_id: str) -> bool:
        return self._tenure.owns(camera_id)

    async def run(self) -> None:
        """Until cancelled; then everything is closed in order, the last groups written."""
        async with _only_one_in(self._home):
            await self._run()

    async def _run(self) -> None:
        Wheel.current().stands = self._tenure.stands
        await self._store.open()
        shelf = Shelf(self._store.catalogue, self._store.house.verifier.found)
        webrtc = WebRtcDoor(self._roster, self._key, self.owns)
        elsewhere = Elsewhere(self._worker, self._tenure.placements.get, lambda: self._tenure.js)
        playback = PlaybackDoor(
            self._store.catalogue,
            shelf,
            self._pictures,
            self._roster,
            self._key,
            self.owns,
            self._store.needs_request,
            devices=self._devices,
            elsewhere=elsewhere,
        )
        live = LiveDoor(self._roster, self._key, self.owns)
        presentation = PresentationDoor(self._roster, self._key, self.owns)
        routes = [*live.routes(), *playback.routes(), *webrtc.routes(), *presentation.routes()]
        app = build_app(routes, self._report)
        app[HOLDERS] = self._holders
        runner = await listen(app, self._config, self._config.media_port_of(self._worker))
        self._settings.load()
        if not self._tenure.is_placed:
            self._roster.load()
        self.is_listening = True
        log.info("media worker %d listens, %d cameras", self._worker, len(self._roster))
        # What lives as long as the worker is not garbage: looking through it again and again would cost pauses.
        gc.collect()
        gc.freeze()
        try:
            await run_together(self._roster.look(), self._rounds.run(), self.health.run(), self._with_centre())
        finally:
            await webrtc.close()
            await presentation.close()
            await self._devices.close()
            await self._roster.close()
            await runner.cleanup()
            await self._pictures.close()
            await elsewhere.close()
            shelf.close()
            await self._store.close()
            self._outbox.close()

    async def _with_centre(self) -> None:
        """All that needs NATS, from when it first answers."""
        client: Client = await bus.connect(self._config.nats_url, f"media-{self._worker}")
        try:
            js = client.jetstream(timeout=5)
            await self._probes.listen(client)
            await self._health_desk.listen(client)
            await self._device_desk.listen(client)
            await bus.heard(client)
            self.is_serving = True
            await run_together(
                beat(client, self._state),
                beat_storage(client, self._storage_state),
                self._tenure.run(js),
                self._settings.follow(js),
                self._holders.follow(js),
                self._publish(client),
                self._device_desk.run(client),
            )
        finally:
            self.is_serving = False
            await self._probes.close()
            await self._device_desk.close()
            await self._health_desk.close()
            await client.close()

    async def _publish(self, client: Client) -> None:
        js = client.jetstream(timeout=5)
        await bus.ensure_event_stream(js)
        await run_together(self._outbox.run(js), self._board.prove(client, self._roster.proofs))

    def _apply(self, settings: MediaSettings) -> None:
        self.health.apply(settings.health)
        self._store.settings = settings.storage
        conversions, config = settings.conversions, self._config
        budget = self._around.conversions
        budget.most = config.conversions if conversions is None else conversions.most
        budget.cpu_pct = config.conversion_cpu_pct if conversions is None else conversions.cpu_pct

    def _on_storage(self, camera_id: str, data: StorageEventData) -> None:
        camera = self._roster.get(camera_id) if camera_id else None
        self._board.storage(camera_id, camera.plan if camera is not None else None, data)

    def _on_gap(self, camera_id: str, gap: GapData) -> None:
        self.health.on_gap(camera_id, gap)
        camera = self._roster.get(camera_id)
        plan = camera.plan if camera is not None else self._roster.planned(camera_id)
        if plan is not None:
            self._board.gap(plan, gap)

    def _state(self, lag_ms: float) -> WorkerState:
        self._lag_ms = lag_ms
        cameras = list(self._roster)
        return WorkerState(
            self._worker,
            os.getpid(),
            now_ms(),
            len(cameras),
            sum(camera.is_open for camera in cameras),
            sum(camera.is_recording for camera in cameras),
            self._roster.viewers,
            self._store.disk_free_bytes,
            round(lag_ms, 1),
        )

    def _storage_state(self) -> StorageState:
        conversions = self._around.conversions
        return msgspec.structs.replace(
            self._store.state(),
            worker=self._worker,
            at_ms=now_ms(),
            conversions=conversions.used,
            conversions_most=conversions.most,
            conversion_cpu_pct=round(conversions.used_cpu_pct, 1),
            pre_roll_bytes=self._around.pre_rolls.used_bytes,
        )

    def _report(self) -> dict[str, object]:
        return {
            "ok": True,
            "worker": self._worker,
            "cameras": len(self._roster),
            "viewers": self._roster.viewers,
            "events_waiting": len(self._outbox),
            "loop_lag_ms": round(self._lag_ms, 1),
        }


class _Records:
    """The recordings as Tenure sees them. `keep`: what a plan says of how they are kept, with its permit's claims."""

    def __init__(
        self,
        store: RecordingStore,
        keep: Callable[[CameraPlan, PermitClaims | None], None],
        key: Ed25519PublicKey,
    ) -> None:
        self._keep = keep
        self._key = key
        self._store = store
        self.begin = store.begin
        self.end_of = store.end_of

    def elsewhere(self, plan: CameraPlan) -> None:
        if self._store.keeps(plan.camera_id):
            self._keep(plan, read_permit(plan.permit, plan.camera_id, self._key))


@contextlib.asynccontextmanager
async def _only_one_in(home: Path) -> AsyncIterator[None]:
    """One process at a time: the next one of this home may have its lease without waiting. Raises ConfigError when the
    one before does not end within a few seconds."""
    loop = asyncio.get_running_loop()
    deadline_s = loop.time() + FORMER_ENDS_WITHIN_S
    with (home / "lock").open("a") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if loop.time() > deadline_s:
                    raise ConfigError(f"another process runs in {home}") from None
            await asyncio.sleep(0.05)
        yield


def main() -> None:
    parser = argparse.ArgumentParser(description="A media worker of Prahari; normally started by ./prahari up.")
    parser.add_argument("--worker", type=int, default=0, help="number of this worker, from 0")
    arguments = parser.parse_args()
    configure_logging(f"media-{arguments.worker}")
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    try:
        worker = Worker(load(), arguments.worker)
        uvloop.run(until_stopped(worker.run()))
    except (ConfigError, OSError) as error:
        log.critical("media worker %d cannot run: %s", arguments.worker, error)
        sys.exit(1)


if __name__ == "__main__":
    main()
