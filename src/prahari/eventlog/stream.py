"""The event stream: server-sent events to consoles, each hearing only of what it may see.

`GET /events?token=&types=` with a StreamClaims token and, where a screen wants more than all hear, event types. The
process knows no Django and no database: the scope is in the signed token, events come from JetStream, and where a
camera stands comes from its plan.

The first message is `hello`: {"now_ms", "resumed"}. Unless it resumes where the console stopped, nobody has told this
console of what happened until now: it reads anew what it shows.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import time

import orjson
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from nats.js import JetStreamContext

from prahari.contracts import bus, config, events, tokens
from prahari.contracts.logs import configure_logging
from prahari.contracts.media import StreamClaims
from prahari.contracts.origins import allowed_origin
from prahari.contracts.stopping import run_together, until_stopped
from prahari.contracts.tls import server_context
from prahari.eventlog.audience import scope_of
from prahari.eventlog.hub import Hub, Listener, parse_position

log = logging.getLogger(__name__)

HEARTBEAT_S = 15.0
GATHER_S = 0.05
MOST_ASKED = 20
MEMORY_S = 120
"""How far back a freshly started process reads, so that consoles resume over its restart."""


class EventStream:
    """The HTTP side. `key` checks the tokens."""

    def __init__(self, hub: Hub, key: Ed25519PublicKey) -> None:
        self._hub = hub
        self._key = key

    def application(self) -> web.Application:
        application = web.Application()
        application.add_routes([web.get("/healthz", self._health), web.get("/events", self._events)])
        return application

    async def _health(self, _request: web.Request) -> web.Response:
        return web.json_response({"ok": True})

    async def _events(self, request: web.Request) -> web.StreamResponse:
        try:
            claims = tokens.verify(request.query.get("token", ""), StreamClaims, self._key)
        except tokens.TokenError:
            return _refusal(request, 401, "token", "Sign in again.", "कृपया फिर से साइन इन करें।")
        last = parse_position(request.headers.get("Last-Event-ID") or request.query.get("last_event_id", ""))
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        )
        _allow_origin(request, response)
        await response.prepare(request)
        listener, resumed = self._hub.join(claims.user_id, scope_of(claims), last, _asked(request))
        try:
            hello = orjson.dumps({"now_ms": events.now_ms(), "resumed": resumed})
            await response.write(b"retry: 1000\nevent: hello\ndata: %s\n\n" % hello)
            await _pump(response, listener, claims.exp_s)
        except ConnectionError:
            log.debug("a console went away")
        finally:
            self._hub.leave(listener)
        return response


def _asked(request: web.Request) -> frozenset[str]:
    """Types that a screen wants beside those that every console hears: ?types=vision.*,device.panic"""
    names = request.query.get("types", "").split(",", MOST_ASKED)[:MOST_ASKED]
    return frozenset(name for name in names if 0 < len(name) <= 80)


async def _pump(response: web.StreamResponse, listener: Listener, exp_s: int) -> None:
    """Write what waits until the token ends or the listener is lost. One write takes all that has gathered."""
    while not listener.lost:
        left_s = exp_s - time.time()
        if left_s <= 0:
            await response.write(b'event: bye\ndata: {"why":"token expired"}\n\n')
            return
        try:
            await asyncio.wait_for(listener.wake.wait(), min(HEARTBEAT_S, left_s))
        except TimeoutError:
            await response.write(b": still here\n\n")
            continue
        gathered = listener.take()
        if gathered:
            await response.write(gathered)
            # The first of a quiet moment goes at once; what follows goes together.
            await asyncio.sleep(GATHER_S)
    await response.write(b"event: bye\ndata: %s\n\n" % orjson.dumps({"why": listener.lost}))


def _allow_origin(request: web.Request, response: web.StreamResponse) -> None:
    origin = allowed_origin(request.headers.get("Origin"), request.host)
    if origin:
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Vary"] = "Origin"


def _refusal(request: web.Request, status: int, code: str, en: str, hi: str) -> web.Response:
    response = web.json_response({"code": code, "message": {"en": en, "hi": hi}}, status=status)
    _allow_origin(request, response)
    return response


async def feed_events(js: JetStreamContext, hub: Hub) -> None:
    """Feed the hub from the stream, from a little before now, for ever."""
    since = dt.datetime.now(dt.UTC) - dt.timedelta(seconds=MEMORY_S)
    async for message in bus.follow_events(js, since):
        try:
            batch = events.decode_raw(message.data)
        except ValueError as error:
            log.warning("malformed event batch on %s: %s", message.subject, error)
            continue
        hub.publish(message.metadata.sequence.stream, batch.events)


async def feed_plans(js: JetStreamContext, hub: Hub) -> None:
    """Keep the hub's knowledge of where cameras stand up to date, for ever."""
    async for message in bus.follow_plans(js):
        hub.place_camera(*bus.plan_change(message))


async def serve(settings: config.Config) -> None:
    """Run until cancelled."""
    hub = Hub()
    runner = web.AppRunner(
        EventStream(hub, settings.verifying_key()).application(), access_log=None, shutdown_timeout=1
    )
    await runner.setup()
    await web.TCPSite(runner, settings.bind, settings.events_port, ssl_context=server_context(settings)).start()
    log.info("event stream listens on %s", settings.origin(settings.events_port))
    client = await bus.connect(settings.nats_url, "event stream")
    try:
        js = client.jetstream()
        await run_together(feed_events(js, hub), feed_plans(js, hub))
    finally:
        hub.end_all("stopping")
        await runner.cleanup()
        await client.close()


async def main() -> None:
    await until_stopped(serve(config.load()))
    log.info("event stream stopped")


if __name__ == "__main__":
    configure_logging("events")
    asyncio.run(main())
