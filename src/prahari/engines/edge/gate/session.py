"""One site's link as the gate holds it: plans down, events up, channels for pictures, recordings and clips."""

from __future__ import annotations

import asyncio
import itertools
import logging
import time
from collections.abc import Awaitable, Callable

import msgspec
from aiohttp import web

from prahari.contracts import events
from prahari.contracts.edge import EdgeRecord, EdgeRelease, UpdateState
from prahari.contracts.media import CameraPlan
from prahari.contracts.mediasettings import MediaSettings
from prahari.contracts.stopping import run_together
from prahari.engines.edge import wire
from prahari.engines.edge.gate.clips import Clip, Clips
from prahari.engines.edge.gate.handshake import Admitted
from prahari.engines.edge.gate.packages import Packages
from prahari.engines.edge.gate.relay import LINGER_S, Key, Relay
from prahari.engines.edge.gate.vetting import vetted
from prahari.engines.edge.link import PING_S, SILENT_S, Link, LinkLost
from prahari.engines.edge.requests import Running
from prahari.engines.edge.traffic import Traffic
from prahari.engines.media.cameras.stream import StreamName
from prahari.engines.media.gate.problems import TOO_MANY, Problem

log = logging.getLogger(__name__)

MOST_BATCHES = 8
MOST_CALLS = 32
CLOSE_RESTART = 1012


class Reply:
    """The answer to one request for recordings. `head` is set once; `body` ends with an empty piece."""

    def __init__(self, channel: int) -> None:
        self.channel = channel
        self.head: asyncio.Future[wire.Answer] = asyncio.get_running_loop().create_future()
        self.body: asyncio.Queue[bytes | None] = asyncio.Queue()
        self.unread = 0

    def fail(self, status: int, reason: str) -> None:
        if not self.head.done():
            self.head.set_result(wire.Answer(self.channel, status or 502, {"reason": reason}))
        self.body.put_nowait(None)


class Session:
    """`publish(payload, message id)` returns when the event log has stored a batch; raises TimeoutError, nats errors.

    `plans` gives the site's plans; `on_report` is told what the site says of itself.
    """

    def __init__(
        self,
        ws: web.WebSocketResponse,
        admitted: Admitted,
        traffic: Traffic,
        plans: Callable[[], list[CameraPlan]],
        clips: Clips,
        packages: Packages,
        settings: Callable[[], MediaSettings],
        publish: Callable[[bytes, str], Awaitable[None]],
        on_report: Callable[[Session], None],
        *,
        ping_s: float = PING_S,
        silent_s: float = SILENT_S,
    ) -> None:
        self.record: EdgeRecord = admitted.record
        self.admitted = admitted
        self.began_ms = events.now_ms()
        self.renewing = admitted.renewing
        self.report: wire.Report | None = None
        self.clock_off_ms = admitted.clock_ms - events.now_ms()
        self._plans = plans
        self._clips = clips
        self._packages = packages
        self._settings = settings
        self._offered: tuple[int, EdgeRelease] | None = None
        self._publish = publish
        self._on_report = on_report
        self._running = Running()
        self._channels = itertools.count(1)
        self._relays: dict[Key, Relay] = {}
        self._by_channel: dict[int, Relay] = {}
        self._replies: dict[int, Reply] = {}
        self._fetched: dict[int, tuple[Clip, asyncio.Queue[bytes | wire.ClipAbout | wire.End]]] = {}
        self._sent_plans: dict[str, CameraPlan] = {}
        self._batches = 0
        self._handing: set[int] = set()
        self._called: dict[int, asyncio.Future[bytes]] = {}
        self.link = Link(ws, traffic, self._on_control, self._on_frame, ping_s=ping_s, silent_s=silent_s)
        self.link.slow_rate.kbit_s = self.record.limits.update_kbit_s

    @property
    def site_id(self) -> str:
        return self.record.site_id

    @property
    def updating(self) -> UpdateState:
        """As the site tells, within bounds."""
        told = self.report.updating if self.report is not None else UpdateState()
        return UpdateState(told.phase, told.version[:40], max(0, min(told.percent, 100)), told.reason[:40])

    async def run(self) -> None:
        """Until the link ends. Raises LinkLost, WireError."""
        if not self.renewing:
            self._begin()
        try:
            await run_together(self.link.run(), self._sweep())
        finally:
            self.link.close()
            for relay in list(self._relays.values()):
                relay.end_all(CLOSE_RESTART, "restarting")
            for reply in list(self._replies.values()):
                reply.fail(503, "site_away")
            for called in list(self._called.values()):
                if not called.done():
                    called.set_exception(LinkLost("the link was lost"))
            await self._running.close()

    def _begin(self) -> None:
        plans = self._plans()
        for plan in plans:
            self.tell_plan(plan.camera_id, plan)
        self.tell_settings(self._settings())
        self.link.say(wire.AllPlans([plan.camera_id for plan in plans]))
        for clip in self._clips.unfinished(self.site_id):
            self.fetch(clip)
        self._offer()

    # Down

    def tell_plan(self, camera_id: str, plan: CameraPlan | None) -> None:
        """A plan of the site's, or that it is the site's no more."""
        if self.renewing:
            return
        if plan is None:
            if self._sent_plans.pop(camera_id, None) is not None:
                self.link.say(wire.Retire(camera_id))
        elif self._sent_plans.get(camera_id) != plan:
            self._sent_plans[camera_id] = plan
            self.link.say(wire.Plan(plan))

    def tell_record(self, record: EdgeRecord, newer_certificate: str) -> None:
        before, self.record = self.record, record
        if record.limits != before.limits:
            self.link.say(wire.NewLimits(record.limits))
            self.link.slow_rate.kbit_s = record.limits.update_kbit_s
        if newer_certificate:
            self.link.say(wire.Renewed(newer_certificate))
            if self.renewing:
                self.renewing = False
                self._begin()
        if record.release != before.release and not self.renewing:
            self._offer()

    def _offer(self) -> None:
        """The version that was chosen for the site, when it understands that and runs another."""
        release = self.record.release
        if release is not None and release.version == self.admitted.version:
            release = None
        if wire.UPDATES not in self.admitted.features or (release is None and self._offered is None):
            return
        if self._offered is not None:
            self.link.drop(self._offered[0])
        channel = next(self._channels)
        self._offered = None if release is None else (channel, release)
        self.link.say(wire.Offer(channel, release))

    def _hand_out(self, fetch: wire.Fetch) -> None:
        """Raises WireError."""
        if self._offered is None or fetch.channel != self._offered[0]:
            return  # another was offered meanwhile
        channel, release = self._offered
        if not 0 <= fetch.offset < release.size or channel in self._handing:
            raise wire.WireError("a package is asked for twice, or beyond its end")
        self._handing.add(channel)
        self._running.start(self._packages.send(self.link, release, fetch))

    async def bye(self, reason: str, detail: str = "") -> None:
        """Say why, give it a moment to arrive, and end the link."""
        self.link.say(wire.Bye(reason, detail))
        for relay in list(self._relays.values()):
            relay.end_all(4403 if reason == "revoked" else CLOSE_RESTART, reason)
        await asyncio.sleep(0.2)
        self.link.close()

    # Live

    def relay(self, camera_id: str, stream: StreamName, plays_h265: bool, request_id: str, token: str) -> Relay:
        """The channel for this, opened if there is none; the token is shown to the site. Raises Problem."""
        key = (camera_id, stream, plays_h265, request_id)
        found = self._relays.get(key)
        if found is not None:
            self.link.say(wire.Look(found.channel, token))
            return found
        if len(self._by_channel) >= wire.MOST_CHANNELS // 4:
            raise Problem(TOO_MANY)
        relay = Relay(key, next(self._channels))
        self._relays[key] = self._by_channel[relay.channel] = relay
        self.link.say(wire.Show(relay.channel, camera_id, token, stream.value, plays_h265))
        return relay

    def relays_of(self, camera_id: str) -> list[Relay]:
        return [relay for key, relay in self._relays.items() if key[0] == camera_id]

    @property
    def relays(self) -> list[Relay]:
        return list(self._relays.values())

    async def _sweep(self) -> None:
        """Channels that nobody looks at are closed after a moment: data costs money at the site."""
        while True:
            await asyncio.sleep(1.0)
            now = time.monotonic()
            for relay in list(self._relays.values()):
                if relay.empty_since is not None and now - relay.empty_since > LINGER_S:
                    self._drop_relay(relay)
                    self.link.end(relay.channel)

    def _drop_relay(self, relay: Relay) -> None:
        self._relays.pop(relay.key, None)
        self._by_channel.pop(relay.channel, None)

    # What is asked of cameras and their devices

    async def call(self, camera_id: str, what: str, body: msgspec.Raw, timeout_s: float) -> bytes:
        """The site's answer. Raises TimeoutError, LinkLost, Problem (too many at once)."""
        if len(self._called) >= MOST_CALLS:
            raise Problem(TOO_MANY)
        channel = next(self._channels)
        answer: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self._called[channel] = answer
        self.link.say(wire.Call(channel, camera_id, what, body))
        try:
            async with asyncio.timeout(timeout_s):
                return await answer
        finally:
            self._called.pop(channel, None)

    def tell_settings(self, settings: MediaSettings) -> None:
        if wire.SETTINGS in self.admitted.features and not self.renewing:
            self.link.say(wire.CitySettings(settings))

    # Recordings

    def ask(self, path: str, token: str) -> Reply:
        """Raises Problem: too many at once."""
        if len(self._replies) >= wire.MOST_CHANNELS // 4:
            raise Problem(TOO_MANY)
        reply = Reply(next(self._channels))
        self._replies[reply.channel] = reply
        self.link.say(wire.Ask(reply.channel, path, token))
        return reply

    def read(self, reply: Reply, size: int) -> None:
        """So many bytes of its body were taken: more may come."""
        reply.unread -= size
        self.link.say(wire.More(reply.channel, size))

    def done(self, reply: Reply) -> None:
        """The reader has all, or has gone."""
        if self._replies.pop(reply.channel, None) is not None:
            self.link.end(reply.channel)

    def fetch(self, clip: Clip) -> None:
        """Begin, or go on with, a clip."""
        if any(one is clip for one, _ in self._fetched.values()):
            return
        channel = next(self._channels)
        queue: asyncio.Queue[bytes | wire.ClipAbout | wire.End] = asyncio.Queue()
        self._fetched[channel] = (clip, queue)
        self.link.say(self._clips.want(clip, channel))
        self._running.start(self._fetch(channel, clip, queue))

    async def _fetch(self, channel: int, clip: Clip, queue: asyncio.Queue[bytes | wire.ClipAbout | wire.End]) -> None:
        try:
            while clip.state.state in ("asked", "coming"):
                got = await queue.get()
                if isinstance(got, wire.ClipAbout):
                    offset = clip.have
                    await self._clips.about(clip, got)
                    if clip.have != offset:  # another file than the one that was begun: from its beginning
                        self.link.end(channel)
                        self._fetched.pop(channel, None)
                        self.fetch(clip)
                        return
                    if clip.have == clip.state.size:
                        await self._clips.take(clip, b"")
                elif isinstance(got, wire.End):
                    await self._clips.fail(clip, got.code or 502, got.reason)
                elif more := await self._clips.take(clip, got):
                    self.link.say(wire.More(channel, more))
        except wire.WireError as error:
            log.error("site %s: %s", self.site_id, error)
            self.link.close()
        except OSError as error:
            log.error("a clip cannot be written: %s", error.strerror)
            await self._clips.fail(clip, 503, "storage")
        finally:
            self._fetched.pop(channel, None)

    # Up

    def _on_control(self, payload: bytes) -> None:
        message = wire.read_to_centre(payload)
        match message:
            case wire.Report():
                if len(message.cameras) > wire.MOST_CHANNELS:
                    raise wire.WireError("too many cameras")
                self.report = message
                self.clock_off_ms = message.clock_ms - events.now_ms()
                self._on_report(self)
            case wire.Answer():
                reply = self._replies.get(message.channel)
                if reply is not None and not reply.head.done():
                    reply.head.set_result(message)
            case wire.ClipAbout():
                if message.channel in self._fetched:
                    self._fetched[message.channel][1].put_nowait(message)
            case wire.End():
                self._ended(message)
            case wire.Called():
                called = self._called.get(message.channel)
                if called is not None and not called.done():
                    called.set_result(bytes(message.body))
            case wire.Fetch():
                self._hand_out(message)
            case wire.More():
                self.link.more(message)
            case wire.Ping() | wire.Pong():
                raise wire.WireError("a ping that is none")

    def _ended(self, message: wire.End) -> None:
        self.link.drop(message.channel)
        relay = self._by_channel.get(message.channel)
        if relay is not None:
            self._drop_relay(relay)
            code = message.code if 4000 <= message.code < 5000 or message.code == CLOSE_RESTART else CLOSE_RESTART
            relay.end_all(code, message.reason[:100])
        reply = self._replies.pop(message.channel, None)
        if reply is not None:
            reply.fail(message.code if 400 <= message.code < 600 else 502, message.reason[:40])
        if message.channel in self._fetched:
            self._fetched[message.channel][1].put_nowait(message)

    def _on_frame(self, frame: wire.Frame) -> None:
        match frame.kind:
            case wire.Kind.LIVE:
                relay = self._by_channel.get(frame.channel)
                if relay is not None:
                    relay.take(frame.payload)
            case wire.Kind.REPLY:
                reply = self._replies.get(frame.channel)
                if reply is not None:
                    reply.unread += len(frame.payload)
                    if reply.unread > wire.WINDOW_BYTES:
                        raise wire.WireError("a reply beyond its window")
                    reply.body.put_nowait(frame.payload)
            case wire.Kind.CLIP:
                fetched = self._fetched.get(frame.channel)
                if fetched is not None:
                    if fetched[1].qsize() * wire.PIECE_BYTES > 2 * wire.WINDOW_BYTES:
                        raise wire.WireError("a clip beyond its window")
                    fetched[1].put_nowait(frame.payload)
            case wire.Kind.EVENTS:
                if self.renewing or self._batches >= MOST_BATCHES:
                    raise wire.WireError("events out of turn")
                self._batches += 1
                self._running.start(self._store(frame.channel, frame.payload))

    async def _store(self, channel: int, payload: bytes) -> None:
        """Into the event log; told as taken only then. What cannot be stored now is sent again by the site."""
        try:
            taken = vetted(payload, self.record, self._plans())
            if taken is not None:
                await self._publish(*taken)
            self.link.say(wire.Taken(channel))
        except wire.WireError as error:
            log.error("site %s: %s", self.site_id, error)
            self.link.close()
        except TimeoutError:
            log.debug("the event log did not take a batch of site %s", self.site_id)
        finally:
            self._batches -= 1
