"""The connector's parts and the order in which they start and stop: a media worker without a centre beside it."""

from __future__ import annotations

import asyncio
import logging
import os
import time
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import msgspec

from prahari.contracts import events
from prahari.contracts.edge import EdgeLimits
from prahari.contracts.media import CameraPlan, GapData, PermitClaims, SealedAddress
from prahari.contracts.mediasettings import MediaSettings
from prahari.contracts.recording import StorageEventData
from prahari.contracts.stopping import run_together
from prahari.engines.edge import wire
from prahari.engines.edge.calls import Calls
from prahari.engines.edge.clock import TrustedClock
from prahari.engines.edge.home import MOST_CAMERAS, CameraBook, Home, HomeError, Identity
from prahari.engines.edge.link import Link
from prahari.engines.edge.orders import Orders
from prahari.engines.edge.orders import serve as serve_order
from prahari.engines.edge.requests import Requests, Running
from prahari.engines.edge.shows import CAP_REACHED, Shows
from prahari.engines.edge.told import EventWay
from prahari.engines.edge.traffic import Traffic
from prahari.engines.edge.updates import Updates
from prahari.engines.media.cameras.ports import Address, Due, Recorder, Source, StateListener
from prahari.engines.media.cameras.roster import Roster
from prahari.engines.media.cameras.surroundings import Surroundings
from prahari.engines.media.fallback.pictures import PictureMaker
from prahari.engines.media.fallback.process import Budget
from prahari.engines.media.fallback.source import FallbackSource
from prahari.engines.media.health.watch import HealthWatch
from prahari.engines.media.ingest.upstream import Upstream
from prahari.engines.media.onvif.desk import DeviceDesk
from prahari.engines.media.onvif.links import Devices
from prahari.engines.media.plans.settings import SettingsKeeper
from prahari.engines.media.plans.store import PlanStore
from prahari.engines.media.playback.door import PlaybackDoor
from prahari.engines.media.playback.stretch import Shelf
from prahari.engines.media.probe.rounds import ProbeRounds
from prahari.engines.media.recording.desk import answer_trigger
from prahari.engines.media.recording.preroll import PreRollBudget
from prahari.engines.media.recording.store import RecordingStore
from prahari.engines.media.rtsp.tls import Trust
from prahari.engines.media.server import build_app
from prahari.engines.media.status.board import StatusBoard
from prahari.engines.media.status.outbox import Outbox

log = logging.getLogger(__name__)

KEEP_S = 5.0
REPORT_S = 60.0
REPORT_LOOK_S = 5.0
PRE_ROLL_BYTES = 64_000_000
MOST_PLANS = 2 * MOST_CAMERAS


@dataclass(frozen=True)
class Options:
    """`quota_bytes`: disk that recordings may take, 0: all but `reserve_bytes`. `version`: of the running package;
    `root`: where packages are installed, None: nobody keeps this connector."""

    recordings: Path | None = None
    quota_bytes: int = 0
    reserve_bytes: int = 1_000_000_000
    version: str = "0"
    root: Path | None = None


class Reaching(Protocol):
    """Who keeps the link: engines.edge.reach."""

    async def run(self, connector: Connector) -> None: ...


def is_camera_id(text: str) -> bool:
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False


def make_source(camera_id: str, address: Address, on_state: StateListener, *, fallback: bool) -> Source:
    if fallback:
        return FallbackSource(camera_id, address, on_state)
    return Upstream(camera_id, address.url, address.credentials, address.transport, on_state)


class Connector:
    """Cameras, recordings, events of a site. What it does for the centre it does in `serve`, one link at a time.

    Raises HomeError: not enrolled.
    """

    def __init__(self, home: Home, options: Options) -> None:
        identity = home.identity()
        if identity is None:
            raise HomeError("this box is not enrolled: prahari-edge enrol CODE")
        self.home = home
        self.identity: Identity = identity
        self.options = options
        self.limits = EdgeLimits()
        folder = home.folder
        key = identity.verifying()
        self.clock = TrustedClock(folder / "clock.json", on_step_back=self._believe_nothing)
        events.believe_clock(self.clock.wall_ns)
        self.traffic = Traffic(folder / "traffic.json")
        self._outbox = Outbox(folder / "outbox.jsonl", "media", f"edge-{identity.site_id}")
        self._board = StatusBoard(self._outbox, 0)
        self._way = EventWay()
        self.book = CameraBook(home)
        recordings = options.recordings or folder / "recordings"
        self._store = RecordingStore(
            [(recordings, options.reserve_bytes)],
            folder / "catalogue.sqlite3",
            quota_bytes=options.quota_bytes,
            owns=lambda camera_id: True,
            on_gap=self._on_gap,
            on_storage=self._on_storage,
        )
        self._around = Surroundings(key, self._address_of, make_source, self._recorder, self._board)
        self._around.keep = self._keep
        self._around.now_s = self.clock.now_s
        self._around.events = self._store
        self._around.pre_rolls = PreRollBudget(PRE_ROLL_BYTES)
        self._around.conversions = Budget(0)  # a small box converts nothing: the centre shows what its cameras send
        Trust.keep_at(folder / "certificates.json")
        self._plans = PlanStore(folder / "plans")
        self.roster = Roster(self._plans, self._around)
        self._pictures = PictureMaker()
        self._devices = Devices(home.seal_key(), self._board)
        self._around.settled = self._devices.settled
        self.health = HealthWatch(self.roster, folder, self._board.health)
        desk = DeviceDesk(key, home.seal_key(), self.roster, self._devices, self._board, self.clock.now_s)
        desk.serve("trigger", answer_trigger)
        self._calls = Calls(self.roster, desk, self.health)
        self._settings = SettingsKeeper(folder / "settings.json", self._apply_settings)
        self._rounds = ProbeRounds(self.roster, folder / "proofs.json", now_s=self.clock.now_s, offer=self.health.offer)
        self.updates = Updates(folder / "update", options.root, options.version, self._release_key, self.is_capped)
        self._shelf: Shelf | None = None
        self._orders: Orders | None = None
        self._requests: Requests | None = None
        self._link: Link | None = None
        self._shows: Shows | None = None

    async def run(self, reaching: Reaching) -> None:
        """Until cancelled; `reaching` keeps the link. Then everything is closed in order."""
        await self._store.open()
        key = self.identity.verifying()
        self._shelf = Shelf(self._store.catalogue, self._store.house.verifier.found)
        door = PlaybackDoor(
            self._store.catalogue,
            self._shelf,
            self._pictures,
            self.roster,
            key,
            lambda camera_id: self.roster.get(camera_id) is not None,
            self._store.needs_request,
            self.clock.now_s,
        )
        self._requests = Requests(build_app(door.routes(), self.report), self.home.folder / "doors.sock")
        await self._requests.open()
        self._orders = Orders(
            self.home.folder / "clips",
            self._shelf,
            key,
            self.clock.now_s,
            self._store.needs_request,
            lambda camera_id: self.roster.get(camera_id) is not None,
        )
        self._settings.load()
        self.roster.load()
        for camera in self.roster:
            self.roster.apply(self.book.localized(camera.plan))  # its address may have changed while nothing ran
        log.info("%d cameras planned, %d known here", len(self.roster), len(self.book.told()))
        try:
            await run_together(
                self.roster.look(),
                self._rounds.run(),
                self.health.run(),
                self._keep_up(),
                self._outbox.run(self._way),
                self._board.prove(self._way, self.roster.proofs),
                reaching.run(self),
            )
        finally:
            await self._devices.close()
            await self.roster.close()
            await self._requests.close()
            await self._pictures.close()
            self._shelf.close()
            await self._store.close()
            self._outbox.close()
            self.traffic.save()
            if self.clock.is_known:
                self.clock.save()

    # One link

    async def serve(self, link: Link, running: Running) -> None:
        """Until the link ends. Raises LinkLost, WireError."""
        self._link = link
        self._shows = Shows(link, self.roster, self.identity.verifying(), self.clock.now_s, self.is_capped)
        self._apply_limits()
        self._way.connected(link)
        try:
            await run_together(link.run(), self._report(link))
        finally:
            self._way.connected(None)
            self._shows.end_all(1012, "restarting")
            self._shows = self._link = None
            await running.close()

    def on_control(self, link: Link, running: Running, payload: bytes) -> None:
        """What the centre says. Raises WireError."""
        message = wire.read_to_site(payload)
        assert self._shows is not None and self._orders is not None and self._requests is not None
        match message:
            case wire.Plan():
                self._take_plan(message.plan)
            case wire.Retire():
                self._retire(message.camera_id)
            case wire.AllPlans():
                wanted = set(message.camera_ids)
                for camera in self.roster:
                    if camera.plan.camera_id not in wanted:
                        self._retire(camera.plan.camera_id)
            case wire.Taken():
                self._way.taken(message.channel)
            case wire.Show():
                self._shows.show(message)
            case wire.Look():
                self._shows.look(message)
            case wire.Ask():
                if self.is_capped() and not message.path.startswith("/timeline/"):
                    link.end(message.channel, 503, CAP_REACHED.code)
                else:
                    running.start(self._requests.serve(link, message))
            case wire.ClipWant():
                if self.is_capped():
                    link.end(message.channel, 503, CAP_REACHED.code)
                else:
                    running.start(serve_order(self._orders, link, message))
            case wire.More():
                link.more(message)
            case wire.End():
                self._shows.end(message.channel)
                self.updates.ended(message)
                link.drop(message.channel)
            case wire.Renewed():
                self.renew(message.certificate)
            case wire.Call():
                running.start(self._calls.serve(link, message))
            case wire.CitySettings():
                self._settings.take(msgspec.json.encode(message.settings))
            case wire.Offer():
                self.updates.offered(link, running, message)
            case wire.NewLimits():
                self.limits = message.limits
                self._apply_limits()
            case wire.Bye():
                log.warning("the centre ends the link: %s %s", message.reason, message.detail)
                link.close()
            case wire.Ping() | wire.Pong():
                raise wire.WireError("a ping that is none")

    def on_frame(self, frame: wire.Frame) -> None:
        """Raises WireError: nothing but packages comes down in frames of their own."""
        if frame.kind is not wire.Kind.UPDATE:
            raise wire.WireError(f"a {frame.kind.name} frame to a site")
        self.updates.take(frame)

    def renew(self, certificate: str) -> None:
        """A certificate for our key that lasts longer than ours; anything else is left aside."""
        before = self.identity.claims()
        renewed = Identity(**{**msgspec.structs.asdict(self.identity), "certificate": certificate})
        after = renewed.claims()
        if after is None or (before is not None and after.exp_s <= before.exp_s):
            log.warning("the centre sent a certificate that is none of ours or no newer")
            return
        self.home.save_identity(renewed)
        self.identity = renewed
        log.info("the certificate was renewed")

    def _release_key(self) -> str:
        """What somebody has laid into the box's folder, else what the centre said when it was enrolled."""
        pinned = self.home.folder / "release.pub"
        return pinned.read_text() if pinned.exists() else self.identity.release_key

    def is_capped(self) -> bool:
        """The month's allowance of bytes is used up."""
        return bool(self.limits.month_bytes) and self.traffic.month_bytes() >= self.limits.month_bytes

    def _apply_limits(self) -> None:
        if self._link is not None:
            self._link.rate.kbit_s = self.limits.up_kbit_s
            self._link.slow_rate.kbit_s = self.limits.clip_kbit_s

    async def _report(self, link: Link) -> None:
        said: tuple[object, ...] = ()
        said_at = 0.0
        while True:
            claims = self.identity.claims()
            updating = self.updates.state
            new = (self.book.told(), claims, updating, len(self._outbox) > 0)
            now = time.monotonic()
            if new == said and now - said_at < REPORT_S:
                await asyncio.sleep(REPORT_LOOK_S)
                continue
            said, said_at = new, now
            link.say(
                wire.Report(
                    self.book.told(),
                    self.clock.own_ms(),
                    self.options.version,
                    claims.exp_s if claims is not None else 0,
                    self._store.disk_free_bytes,
                    len(self._outbox),
                    self.traffic.month_bytes(),
                    updating,
                )
            )
            await asyncio.sleep(REPORT_LOOK_S)

    # Plans

    def _take_plan(self, plan: CameraPlan) -> None:
        if plan.edge != self.identity.site_id:
            raise wire.WireError("a plan of another site's camera")
        if not is_camera_id(plan.camera_id) or (
            self.roster.get(plan.camera_id) is None and len(self.roster) >= MOST_PLANS
        ):
            raise wire.WireError("a plan of no camera, or too many")
        self.roster.apply(self.book.localized(plan))

    def _retire(self, camera_id: str) -> None:
        if self.roster.get(camera_id) is None:
            return
        self.roster.retire(camera_id)
        if self._orders is not None:
            self._orders.drop_camera(camera_id)

    def _believe_nothing(self) -> None:
        """The centre's clock went back: permits count again when they come again, with this or the next link."""
        for camera in self.roster:
            self.roster.apply(msgspec.structs.replace(camera.plan, permit=""))
        if self._link is not None:
            self._link.close()

    def _address_of(self, plan: CameraPlan, sealed: SealedAddress) -> Address:
        return self.book.address_of(plan, sealed)

    def _recorder(self, plan: CameraPlan, due: Due) -> Recorder:
        return self._store.recorder(plan.camera_id, plan.retention_days, due)

    def _keep(self, plan: CameraPlan, claims: PermitClaims | None) -> None:
        needs_request = None if claims is None else claims.on_request
        self._store.keep(plan.camera_id, plan.retention_days, plan.purge_before_ms, needs_request, plan.disk_class)
        if plan.purge_before_ms and self._orders is not None:
            self._orders.drop_camera(plan.camera_id)

    async def _keep_up(self) -> None:
        """What is looked after now and then: the time, the list of cameras, counts, clips."""
        rounds = 0
        while True:
            await asyncio.sleep(KEEP_S)
            rounds += 1
            self.clock.tick()
            if self.book.refresh():
                for camera in self.roster:
                    self.roster.apply(self.book.localized(camera.plan))
            if self.is_capped() and self._shows is not None and len(self._shows):
                self._shows.end_all(CAP_REACHED.ws_close, CAP_REACHED.code)
            if rounds % 12 == 0:
                self.traffic.save()
                assert self._orders is not None
                await asyncio.to_thread(self._orders.tidy)

    # What is told

    def _apply_settings(self, settings: MediaSettings) -> None:
        self.health.apply(settings.health)
        self._store.settings = settings.storage

    def _on_gap(self, camera_id: str, gap: GapData) -> None:
        self.health.on_gap(camera_id, gap)
        camera = self.roster.get(camera_id)
        plan = camera.plan if camera is not None else self.roster.planned(camera_id)
        if plan is not None:
            self._board.gap(plan, gap)

    def _on_storage(self, camera_id: str, data: StorageEventData) -> None:
        camera = self.roster.get(camera_id) if camera_id else None
        self._board.storage(camera_id, camera.plan if camera is not None else None, data)

    def report(self) -> dict[str, object]:
        """For /healthz on the socket in the folder: what `prahari-edge status` shows."""
        claims = self.identity.claims()
        return {
            "ok": True,
            "pid": os.getpid(),
            "site": self.identity.site_id,
            "name": self.identity.name,
            "version": self.options.version,
            "linked": self._way.is_connected,
            "time_known": self.clock.is_known,
            "certificate_until_s": claims.exp_s if claims is not None else 0,
            "events_waiting": len(self._outbox),
            "cameras": [
                {
                    "id": camera.plan.camera_id,
                    "name": camera.plan.name,
                    "status": camera.state.shown(camera.leave)[0],
                    "recording": camera.is_recording,
                    "watchers": camera.watchers,
                }
                for camera in self.roster
            ],
            "month_bytes": self.traffic.month_bytes(),
        }
