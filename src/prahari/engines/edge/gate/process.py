"""`python -m prahari.engines.edge.gate.process`: the edge gate: connectors of sites come in, and viewers.

It needs neither NATS nor a desk to go on: sites and plans lie on disk, permits and tokens are signed.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import logging
import resource
import sys
import time
from collections import Counter

import msgspec
import nats.errors
import uvloop
from aiohttp import web
from nats.aio.client import Client
from nats.js import JetStreamContext
from nats.js.errors import Error as JetStreamError

from prahari.contracts import bus, edgekeys, events, subjects
from prahari.contracts.config import Config, ConfigError, load
from prahari.contracts.edge import RELEASE_FOLDER, EdgeRecord, EdgeSiteData, LinkState
from prahari.contracts.events import Event, now_ms
from prahari.contracts.logs import configure_logging
from prahari.contracts.media import CameraPlan
from prahari.contracts.mediasettings import MediaSettings
from prahari.contracts.stopping import run_together, until_stopped
from prahari.engines.edge import wire
from prahari.engines.edge.gate.book import Book
from prahari.engines.edge.gate.calls import Calls
from prahari.engines.edge.gate.clips import Clips
from prahari.engines.edge.gate.doors import Doors
from prahari.engines.edge.gate.handshake import RefusedSite, newer_certificate, shake_hands
from prahari.engines.edge.gate.packages import Packages
from prahari.engines.edge.gate.session import Session
from prahari.engines.edge.link import PING_S, SILENT_S, LinkLost
from prahari.engines.edge.traffic import HOUR_MS, Traffic
from prahari.engines.media.gate.holders import HOLDERS, Holders
from prahari.engines.media.gate.problems import Answer, Problem
from prahari.engines.media.plans.settings import SettingsKeeper
from prahari.engines.media.server import build_app, listen
from prahari.engines.media.status.outbox import Outbox

log = logging.getLogger(__name__)

LOOK_S = 0.5
TELL_S = 60.0
MOST_HANDSHAKES = 32
MOST_SITES = 2000
FAILED_A_MINUTE = 30
"""Handshakes of one address that came to nothing. Behind one proxy may be all sites of a city, but theirs succeed."""

BUSY = Answer(
    429, "busy", "Too many connections at once: try again in a minute.", "एक साथ बहुत अधिक कनेक्शन: एक मिनट बाद प्रयास करें।"
)


class Gate:
    """The parts of the gate and the order in which they start and stop. Raises ConfigError."""

    def __init__(self, config: Config, *, ping_s: float = PING_S, silent_s: float = SILENT_S) -> None:
        self._config = config
        self._ping_s, self._silent_s = ping_s, silent_s
        home = config.home / "edge-gate"
        home.mkdir(parents=True, exist_ok=True)
        self._key = config.verifying_key()
        try:
            self._pin = edgekeys.pin_of(config.tls_cert)
        except (OSError, ValueError) as error:
            raise ConfigError(f"the certificate {config.tls_cert} cannot be read: {error}") from error
        self.book = Book(home, self._key)
        self.book.on_plan = self._plan_changed
        self.book.on_site = self._site_changed
        self._outbox = Outbox(home / "outbox.jsonl", "edge", "edge-gate")
        self.clips = Clips(home / "clips")
        self._packages = Packages(config.home / RELEASE_FOLDER)
        self._settings = MediaSettings()
        self._keeper = SettingsKeeper(home / "settings.json", self._settings_changed)
        self.sessions: dict[str, Session] = {}
        self._traffic_folder = home / "traffic"
        self._traffic_folder.mkdir(exist_ok=True)
        self._traffic: dict[str, Traffic] = {}
        self._calls = Calls(self.book, self.sessions.get)
        self._holders = Holders()
        self._doors = Doors(self.book, self.clips, self._key, self.sessions.get)
        self._shaking = 0
        self._failed_from: Counter[str] = Counter()
        self._js: JetStreamContext | None = None
        self._told: dict[str, LinkState] = {}
        self._known: dict[str, tuple[object, ...]] = {}
        self._ending: set[asyncio.Task[None]] = set()
        self.is_listening = False

    async def run(self) -> None:
        """Until cancelled."""
        self._keeper.load()
        app = build_app([web.get("/edge/link", self.link), *self._doors.routes()], self._report)
        app[HOLDERS] = self._holders
        runner = await listen(app, self._config, self._config.edge_port)
        self.is_listening = True
        log.info("the edge gate listens, %d sites", len(self.book.sites))
        try:
            await run_together(self._look(), self._with_centre(), self._tell_all())
        finally:
            for session in list(self.sessions.values()):
                session.link.close()
            await runner.cleanup()
            self._outbox.close()
            for traffic in self._traffic.values():
                traffic.save()

    # Connectors

    async def link(self, request: web.Request) -> web.StreamResponse:
        address = request.remote or ""
        is_busy = self._shaking >= MOST_HANDSHAKES or len(self.sessions) >= MOST_SITES
        if is_busy or self._failed_from[address] >= FAILED_A_MINUTE:
            raise Problem(BUSY)
        ws = web.WebSocketResponse(
            timeout=2.0, max_msg_size=wire.MOST_MESSAGE_BYTES + 64, compress=False, writer_limit=wire.PIECE_BYTES
        )
        await ws.prepare(request)
        self._shaking += 1
        try:
            try:
                admitted = await shake_hands(ws, self.book.sites.get, self._key, self._pin)
            finally:
                self._shaking -= 1
            site_id = admitted.record.site_id
            await self._replace(site_id)
            session = Session(
                ws, admitted, self._traffic_of(site_id), lambda: self.book.of_site(site_id), self.clips,
                self._packages, lambda: self._settings, self._publish, self._reported,
                ping_s=self._ping_s, silent_s=self._silent_s,
            )  # fmt: skip
            # The record may have changed while hands were shaken.
            record = self.book.sites.get(site_id)
            if record is None or record.revoked:
                await ws.close()
                return ws
            session.record = record
            newer = newer_certificate(admitted.certificate_until_s, record, self._key)
            if newer:
                session.renewing = False
            welcome = wire.Welcome(now_ms(), record.name, record.limits, newer)
            await ws.send_str(msgspec.json.encode(welcome).decode())
            await self._serve(session)
        except RefusedSite as refused:
            log.warning("site %s is refused: %s", refused.site_id, refused.reason)
            if refused.proved and refused.reason in ("revoked", "expired"):
                state = LinkState(refused.reason)
                kind = events.EDGE_SEEN if self._told.get(refused.site_id) is state else events.EDGE_SITE
                self._tell(refused.site_id, EdgeSiteData(state, refused.reason, seen_ms=now_ms()), kind)
            else:
                self._failed_from[address] += 1
        except (wire.WireError, TimeoutError, ConnectionError) as error:
            self._failed_from[address] += 1
            log.info("a connector's handshake ended: %s", str(error) or type(error).__name__)
        finally:
            await ws.close()
        return ws

    async def _serve(self, session: Session) -> None:
        site_id = session.site_id
        other = self.sessions.get(site_id)
        if other is not None:  # two came at once: the later one stays
            other.link.close()
        self.sessions[site_id] = session
        self._reported(session, changed=True)
        reason = "lost"
        try:
            await session.run()
        except LinkLost as error:
            log.info("site %s: the link is lost: %s", site_id, error)
        except wire.WireError as error:
            reason = "protocol"
            log.error("site %s does not keep to the protocol: %s", site_id, error)
        finally:
            if self.sessions.get(site_id) is session:
                del self.sessions[site_id]
                self._tell_away(session, reason)
            self._traffic_of(site_id).save()

    async def _replace(self, site_id: str) -> None:
        """The newest connection that proves the site's key counts: the one before may be dead unnoticed."""
        before = self.sessions.pop(site_id, None)
        if before is not None:
            await before.bye("replaced")

    # What the centre decides

    def _plan_changed(self, camera_id: str, plan: CameraPlan | None, before: CameraPlan | None) -> None:
        if before is not None and (plan is None or plan.edge != before.edge):
            session = self.sessions.get(before.edge)
            if session is not None:
                session.tell_plan(camera_id, None)
                for relay in session.relays_of(camera_id):
                    relay.end_all(4404, "retired")
            self._drop_clips(camera_id)
        if plan is not None:
            if plan.purge_before_ms and (before is None or plan.purge_before_ms > before.purge_before_ms):
                self._drop_clips(camera_id)
            session = self.sessions.get(plan.edge)
            if session is not None:
                session.tell_plan(camera_id, plan)
                self._doors.end_refused(session, camera_id)

    def _drop_clips(self, camera_id: str) -> None:
        for clip in self.clips.of_camera(camera_id):
            self.clips.drop(clip)

    def _site_changed(self, site_id: str, record: EdgeRecord | None) -> None:
        session = self.sessions.get(site_id)
        if session is None:
            return
        if record is None or record.revoked or record.public_key != session.record.public_key:
            reason = "revoked" if record is not None and record.revoked else "unknown"
            task = asyncio.get_running_loop().create_task(session.bye(reason, record.reason if record else ""))
            self._ending.add(task)
            task.add_done_callback(self._ending.discard)
            del self.sessions[site_id]
            self._tell(site_id, self._data(session, LinkState.REVOKED if reason == "revoked" else LinkState.OFFLINE))
            return
        shown = session.report.certificate_until_s if session.report else session.admitted.certificate_until_s
        session.tell_record(record, newer_certificate(shown, record, self._key))
        self._reported(session)

    def _settings_changed(self, settings: MediaSettings) -> None:
        self._settings = settings
        for session in list(self.sessions.values()):
            session.tell_settings(settings)

    async def _look(self) -> None:
        """What ends by the clock ends within a second, for viewers here as at the site."""
        minute = 0
        while True:
            await asyncio.sleep(LOOK_S)
            for session in list(self.sessions.values()):
                for camera_id in {relay.key[0] for relay in session.relays}:
                    self._doors.end_refused(session, camera_id)
            if int(time.monotonic() // 60) != minute:
                minute = int(time.monotonic() // 60)
                self._failed_from.clear()
                self.clips.tidy()

    # What the gate tells

    def _reported(self, session: Session, *, changed: bool = False) -> None:
        state = LinkState.RENEWING if session.renewing else LinkState.ONLINE
        report = session.report
        updating = session.updating
        # How far a package has come is told with the rest each minute.
        known = (report.cameras if report is not None else [], updating.phase, updating.version, updating.reason)
        if changed or self._told.get(session.site_id) is not state or known != self._known.get(session.site_id):
            self._known[session.site_id] = known
            self._tell(session.site_id, self._data(session, state))

    def _tell_away(self, session: Session, reason: str) -> None:
        self._tell(session.site_id, self._data(session, LinkState.OFFLINE, reason))

    def _data(self, session: Session, state: LinkState, reason: str = "") -> EdgeSiteData:
        report = session.report
        trip_s = session.link.round_trip_s
        return EdgeSiteData(
            state,
            reason,
            session.admitted.version,
            session.clock_off_ms,
            report.certificate_until_s if report else session.admitted.certificate_until_s,
            now_ms(),
            report.cameras if report else [],
            self._traffic_of(session.site_id).hours(now_ms() - 2 * HOUR_MS),
            None if trip_s is None else round(trip_s * 1000),
            report.disk_free_bytes if report else None,
            report.events_waiting if report else 0,
            session.updating,
        )

    def _tell(self, site_id: str, data: EdgeSiteData, kind: str = events.EDGE_SITE) -> None:
        record = self.book.sites.get(site_id)
        if record is None:
            return
        self._told[site_id] = data.state
        fields = msgspec.to_builtins(data)
        self._outbox.put(Event(kind, site_id, now_ms(), fields, record.jurisdiction, record.agency))

    async def _tell_all(self) -> None:
        while True:
            await asyncio.sleep(TELL_S)
            for session in list(self.sessions.values()):
                state = self._told.get(session.site_id, LinkState.ONLINE)
                self._tell(session.site_id, self._data(session, state), events.EDGE_SEEN)
                self._traffic_of(session.site_id).save()

    def _traffic_of(self, site_id: str) -> Traffic:
        """Counted from the site's side: what it sends is up."""
        found = self._traffic.get(site_id)
        if found is None:
            found = self._traffic[site_id] = SiteTraffic(self._traffic_folder / f"{_file_name(site_id)}.json")
        return found

    async def _publish(self, payload: bytes, message_id: str) -> None:
        """Raises TimeoutError: the event log did not take it."""
        if self._js is None:
            raise TimeoutError("the event log is away")
        headers = {"Nats-Msg-Id": message_id} if message_id else None
        try:
            await self._js.publish(subjects.events("media"), payload, timeout=5, headers=headers)
        except (nats.errors.Error, JetStreamError) as error:
            raise TimeoutError(str(error)) from error

    async def _with_centre(self) -> None:
        client: Client = await bus.connect(self._config.nats_url, "edge-gate")
        try:
            js = client.jetstream(timeout=5)
            await bus.ensure_event_stream(js)
            self._js = js
            await run_together(self.book.follow_plans(js), self.book.follow_sites(js), self._outbox.run(js),
                self._keeper.follow(js), self._holders.follow(js), self._calls.run(client),
            )  # fmt: skip
        finally:
            self._js = None
            await self._calls.close()
            await client.close()

    def _report(self) -> dict[str, object]:
        return {
            "ok": True,
            "sites": len(self.book.sites),
            "linked": len(self.sessions),
            "viewers": self._doors.viewers,
            "events_waiting": len(self._outbox),
        }


class SiteTraffic(Traffic):
    """What comes in here is what the site sends up."""

    def up(self, purpose: int, size: int) -> None:
        super().down(purpose, size)

    def down(self, purpose: int, size: int) -> None:
        super().up(purpose, size)


def _file_name(site_id: str) -> str:
    """A file's name for a site, whatever its id."""
    return hashlib.sha256(site_id.encode()).hexdigest()[:32]


def main() -> None:
    argparse.ArgumentParser(description="The edge gate of Prahari; normally started by ./prahari up.").parse_args()
    configure_logging("edge-gate")
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    try:
        uvloop.run(until_stopped(Gate(load()).run()))
    except (ConfigError, OSError) as error:
        log.critical("the edge gate cannot run: %s", error)
        sys.exit(1)


if __name__ == "__main__":
    main()
