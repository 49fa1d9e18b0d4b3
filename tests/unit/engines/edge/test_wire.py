"""Hostile peers: whatever comes is read or refused, within bounds; never anything else."""

from __future__ import annotations

import asyncio
import json
import os
import time
from pathlib import Path
from typing import Any

import aiohttp
import aiohttp.web
import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from edge_rig import Centre, Site, running_gate
from media_rig import media_token, until
from prahari.contracts import edgekeys
from prahari.contracts.config import Config
from prahari.contracts.events import Event, EventBatch, encode, now_ms
from prahari.engines.edge import wire
from prahari.engines.edge.gate.relay import Relay
from prahari.engines.edge.shows import SAY, SHOW, SHOW_KEY
from prahari.engines.edge.told import Batch
from prahari.engines.media.cameras.stream import StreamName

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)
TAGS = [
    "plan",
    "retire",
    "all_plans",
    "taken",
    "show",
    "ask",
    "clip_want",
    "more",
    "end",
    "report",
    "answer",
    "ping",
    "hello",
]


@given(st.binary(max_size=200))
def test_any_bytes_are_a_frame_or_refused(data: bytes) -> None:
    try:
        frame = wire.decode(data)
    except wire.WireError:
        return
    assert wire.decode(frame.encode()) == frame


@given(st.binary(max_size=100_000), st.integers(0, 2**32 - 1))
@settings(max_examples=50)
def test_what_is_cut_in_pieces_comes_out_whole(payload: bytes, channel: int) -> None:
    joiner = wire.Joiner()
    got = [joiner.take(wire.decode(one.encode())) for one in wire.pieces(wire.Kind.LIVE, channel, payload)]
    assert got[-1] == payload and not any(got[:-1])


@given(st.lists(st.tuples(st.sampled_from(list(wire.Kind)), st.integers(0, 400), st.booleans()), max_size=2000))
@settings(max_examples=30)
def test_unfinished_messages_are_bounded(frames: list[tuple[wire.Kind, int, bool]]) -> None:
    joiner = wire.Joiner()
    piece = b"x" * wire.PIECE_BYTES
    try:
        for kind, channel, more in frames:
            joiner.take(wire.Frame(kind, channel, piece, more))
    except wire.WireError:
        pass
    assert joiner._held <= 4 * wire.MOST_WHOLE_BYTES[wire.Kind.LIVE] + wire.PIECE_BYTES


@given(st.sampled_from(TAGS), st.dictionaries(st.sampled_from(
    ["channel", "bytes", "number", "plan", "path", "token", "code", "headers", "camera_ids", "cameras", "clock_ms"]
), JSON, max_size=6))  # fmt: skip
@settings(max_examples=300)
def test_any_control_message_is_read_or_refused(tag: str, fields: dict[str, Any]) -> None:
    data = json.dumps({"type": tag, **fields}).encode()
    for read in (wire.read_to_site, wire.read_to_centre, wire.read_handshake):
        try:
            read(data)
        except wire.WireError:
            continue


def test_deep_json_is_refused() -> None:
    deep = b'{"type":"answer","channel":1,"status":200,"headers":' + b'{"a":' * 5000 + b"1" + b"}" * 5000 + b"}"
    for read in (wire.read_to_site, wire.read_to_centre, wire.read_handshake):
        with pytest.raises(wire.WireError):
            read(deep)


class Wire:
    """Stands where a viewer is; what it is given must be whole WebSocket messages."""

    def __init__(self) -> None:
        self.asker = None
        self.said: list[bytes] = []

    def say(self, frame: bytes) -> None:
        self.check(frame)

    def show(self, frame: bytes, keyframe: bool) -> None:
        self.check(frame)

    def check(self, frame: bytes) -> None:
        assert frame[0] in (0x81, 0x82)
        length, start = frame[1], 2
        if length == 126:
            length, start = int.from_bytes(frame[2:4], "big"), 4
        elif length == 127:
            length, start = int.from_bytes(frame[2:10], "big"), 10
        assert len(frame) == start + length
        if frame[0] == 0x81:
            assert json.loads(frame[start:])["type"] in {"status", "init", "stream", "skip", "error"}
        self.said.append(frame)


@given(st.lists(st.one_of(
    st.binary(max_size=60),
    st.builds(lambda mark, body: mark + b"\x82\x02" + body, st.sampled_from([SAY, SHOW, SHOW_KEY]), st.binary()),
    st.builds(lambda value: SAY + b"\x81" + json.dumps(value).encode(), JSON),
), max_size=40))  # fmt: skip
@settings(max_examples=200)
def test_a_hostile_site_puts_nothing_but_whole_messages_on_a_viewers_wire(payloads: list[bytes]) -> None:
    relay = Relay(("camera", StreamName.SUB, True, ""), 1)
    viewer: Any = Wire()
    relay.join(viewer)
    for payload in payloads:
        try:
            relay.take(payload)
        except wire.WireError:
            continue
    late: Any = Wire()
    relay.join(late)


async def proved(session: aiohttp.ClientSession, config: Config, site: Site) -> aiohttp.ClientWebSocketResponse:
    """A connection that has shaken hands as `site`, and may then say what it likes."""
    ws = await session.ws_connect(f"ws://127.0.0.1:{config.edge_port}/edge/link", max_msg_size=0)
    nonce = edgekeys.encode(os.urandom(32))
    await ws.send_str(msgspec.json.encode(wire.Hello(wire.PROTOCOL, site.site_id, nonce)).decode())
    challenge = wire.read_handshake((await ws.receive()).data)
    assert isinstance(challenge, wire.Challenge)
    signature = edgekeys.sign(edgekeys.link(site.site_id, nonce, challenge.nonce, ""), site.key)
    await ws.send_str(msgspec.json.encode(wire.Proof(site.record.certificate, signature)).decode())
    welcome = wire.read_handshake((await ws.receive()).data)
    assert isinstance(welcome, wire.Welcome)
    return ws


async def test_a_handshake_cannot_be_replayed_or_borrowed(config: Config, fresh_nats_url: str, tmp_path: Path) -> None:
    async with (
        running_gate(config, fresh_nats_url) as gate,
        Centre(fresh_nats_url) as centre,
        aiohttp.ClientSession() as session,
    ):
        site, other = Site(config, tmp_path / "a", 1), Site(config, tmp_path / "b", 1)
        await centre.put(site.record, other.record)
        await until(lambda: len(gate.book.sites) == 2, what="the sites known")
        nonce = edgekeys.encode(os.urandom(32))
        challenges = []
        for _ in range(2):  # the second time with what was said the first time
            ws = await session.ws_connect(f"ws://127.0.0.1:{config.edge_port}/edge/link")
            await ws.send_str(msgspec.json.encode(wire.Hello(wire.PROTOCOL, site.site_id, nonce)).decode())
            challenges.append(wire.read_handshake((await ws.receive()).data))
            signature = edgekeys.sign(edgekeys.link(site.site_id, nonce, challenges[0].nonce, ""), site.key)
            await ws.send_str(msgspec.json.encode(wire.Proof(site.record.certificate, signature)).decode())
            answer = wire.read_handshake((await ws.receive()).data)
            await ws.close()
        assert challenges[0].nonce != challenges[1].nonce
        assert isinstance(answer, wire.Refused) and answer.reason == "proof"
        # Another site's key, the right certificate; the right key, another site's certificate.
        for key, certificate in ((other.key, site.record.certificate), (site.key, other.record.certificate)):
            ws = await session.ws_connect(f"ws://127.0.0.1:{config.edge_port}/edge/link")
            await ws.send_str(msgspec.json.encode(wire.Hello(wire.PROTOCOL, site.site_id, nonce)).decode())
            challenge = wire.read_handshake((await ws.receive()).data)
            assert isinstance(challenge, wire.Challenge)
            signature = edgekeys.sign(edgekeys.link(site.site_id, nonce, challenge.nonce, ""), key)
            await ws.send_str(msgspec.json.encode(wire.Proof(certificate, signature)).decode())
            answer = wire.read_handshake((await ws.receive()).data)
            assert isinstance(answer, wire.Refused) and answer.reason == "proof"
            await ws.close()
        await until(lambda: not gate.sessions, what="nobody in")


async def test_a_site_speaks_for_its_own_cameras_only(config: Config, fresh_nats_url: str, tmp_path: Path) -> None:
    async with (
        running_gate(config, fresh_nats_url) as gate,
        Centre(fresh_nats_url) as centre,
        aiohttp.ClientSession() as session,
    ):
        site, other = Site(config, tmp_path / "a", 1), Site(config, tmp_path / "b", 1)
        mine, theirs = site.camera("one", "rtsp://10.0.0.1/a"), other.camera("two", "rtsp://10.0.0.1/b")
        await centre.put(site.record, other.record, mine, theirs)
        await until(lambda: len(gate.book.plans) == 2, what="the plans known")
        ws = await proved(session, config, site)
        told = [
            Event("camera.status", mine.camera_id, now_ms(), {"status": "live"}, "", ""),
            Event("camera.status", theirs.camera_id, now_ms(), {"status": "offline"}, "up.kanpur", "police"),
            Event("access.changed", "u1", now_ms(), {"user_id": "u1"}),
            Event("edge.site", site.site_id, now_ms(), {"state": "online"}),
        ]
        body = msgspec.json.encode(Batch("x", msgspec.Raw(encode(EventBatch("media-0", told)))))
        await ws.send_bytes(wire.Frame(wire.Kind.EVENTS, 7, body).encode())
        await until(lambda: any(event.subject == mine.camera_id for event in centre.heard), what="its own camera")
        await ws.close()
        kinds = [(event.type, event.subject) for event in centre.heard if event.type != "edge.site"]
        assert kinds == [("camera.status", mine.camera_id)]
        own = next(event for event in centre.heard if event.subject == mine.camera_id)
        assert (own.jurisdiction, own.agency) == (mine.jurisdiction, mine.agency)


@given(frames=st.lists(st.one_of(
    st.binary(min_size=1, max_size=300),
    st.builds(lambda kind, channel, more, body: wire.HEAD.pack(kind, more, channel) + body, st.integers(0, 4),
              st.integers(0, 5), st.integers(0, 1), st.binary(max_size=500)),
    st.builds(lambda tag, value: wire.HEAD.pack(0, 0, 0) + json.dumps({"type": tag, **value}).encode(),
              st.sampled_from(TAGS), st.dictionaries(st.sampled_from(["channel", "bytes", "code"]), JSON, max_size=3)),
), max_size=30))  # fmt: skip
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_a_hostile_connector_ends_its_own_link_and_nothing_else(
    config: Config, nats_url: str, tmp_path_factory: pytest.TempPathFactory, frames: list[bytes]
) -> None:
    async with running_gate(config, None) as gate, aiohttp.ClientSession() as session:
        site = Site(config, tmp_path_factory.mktemp("site"), 1)
        gate.book.put_site(site.site_id, site.record)
        camera = site.camera("door", "rtsp://10.0.0.1/a")
        gate.book.apply(camera.camera_id, camera)
        ws = await proved(session, config, site)
        await until(lambda: gate.sessions, what="the link")
        asked = asyncio.create_task(_ask(session, config, camera))
        for frame in frames:
            if ws.closed:
                break
            await ws.send_bytes(frame)
        await ws.close()
        await until(lambda: not gate.sessions, what="the link ended")
        assert await asyncio.wait_for(asked, 30) in {0, 502, 503, 404, 200}
        async with session.get(f"{config.origin(config.edge_port)}/healthz") as answer:
            assert answer.status == 200


async def _ask(session: aiohttp.ClientSession, config: Config, camera: Any) -> int:
    """Somebody who plays back meanwhile is answered, whatever the site does."""
    at = int(time.time() * 1000)
    token = media_token(config, camera.camera_id)
    url = f"{config.origin(config.edge_port)}/playback/{camera.camera_id}?from_ms={at - 5000}&to_ms={at}&token={token}"
    try:
        async with session.get(url) as answer:
            await answer.read()
            return answer.status
    except aiohttp.ClientError:
        return 0


@pytest.mark.timeout(120)
async def test_a_hostile_centre_cannot_make_the_box_grow(config: Config, tmp_path: Path) -> None:
    """A server that welcomes anybody and then floods: memory and descriptors of the box stay bounded, it comes back."""
    import psutil

    site = Site(config, tmp_path / "site", config.edge_port)
    camera = site.camera("door", "rtsp://10.0.0.1/a")
    links = 0

    async def flood(request: aiohttp.web.Request) -> aiohttp.web.WebSocketResponse:
        nonlocal links
        links += 1
        ws = aiohttp.web.WebSocketResponse(max_msg_size=0)
        await ws.prepare(request)
        await ws.receive()
        await ws.send_str(msgspec.json.encode(wire.Challenge(edgekeys.encode(os.urandom(32)))).decode())
        await ws.receive()
        await ws.send_str(msgspec.json.encode(wire.Welcome(now_ms(), "Shop", site.record.limits)).decode())
        asks = [wire.Ask(n, f"/playback/x?from_ms=1&to_ms=2&n={n}", "t" * 4000) for n in range(40)]
        shows = [wire.Show(n, site.site_id, "t") for n in range(40)]
        plan = wire.Plan(msgspec.structs.replace(camera, camera_id="../x"))
        try:
            for n in range(4000):
                for message in (asks[n % 40], shows[n % 40], wire.Retire(str(n)), plan, wire.End(n)):
                    await ws.send_bytes(wire.Frame(wire.Kind.CONTROL, 0, msgspec.json.encode(message)).encode())
        except (ConnectionError, OSError):
            pass
        return ws

    app = aiohttp.web.Application()
    app.router.add_get("/edge/link", flood)
    runner = aiohttp.web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await aiohttp.web.TCPSite(runner, "127.0.0.1", config.edge_port).start()
    try:
        with site.running(tmp_path / "log") as process:
            await until(lambda: links >= 4, 60, "it comes back after each flood")
            box = psutil.Process(process.pid)
            assert box.memory_info().rss < 250_000_000
            assert box.num_fds() < 150
            assert process.poll() is None
    finally:
        await runner.cleanup()
    assert b"Traceback" not in (tmp_path / "log").read_bytes()


async def test_of_two_connections_of_a_site_the_later_one_stays(
    config: Config, fresh_nats_url: str, tmp_path: Path
) -> None:
    async with running_gate(config, None) as gate, aiohttp.ClientSession() as session:
        site = Site(config, tmp_path / "site", 1)
        gate.book.put_site(site.site_id, site.record)
        first = await proved(session, config, site)
        await until(lambda: gate.sessions, what="the first")
        was = gate.sessions[site.site_id]
        both = await asyncio.gather(proved(session, config, site), proved(session, config, site))
        await until(lambda: was.link.closed and gate.sessions.get(site.site_id) not in (None, was), what="another")

        async def ended(ws: aiohttp.ClientWebSocketResponse) -> bool:
            while True:
                message = await ws.receive()
                if message.type is not aiohttp.WSMsgType.BINARY:
                    return True

        assert await asyncio.wait_for(ended(first), 30)
        endings = {asyncio.create_task(ended(ws)) for ws in both}
        await asyncio.wait(endings, timeout=30, return_when=asyncio.FIRST_COMPLETED)
        done, left = await asyncio.wait(endings, timeout=1)  # and the other one stays
        assert (len(done), len(left)) == (1, 1)
        for task in left:
            task.cancel()
        for ws in both:
            await ws.close()


async def test_who_fails_again_and_again_has_to_wait(config: Config, tmp_path: Path) -> None:
    async with running_gate(config, None), aiohttp.ClientSession() as session:
        for _ in range(30):
            ws = await session.ws_connect(f"ws://127.0.0.1:{config.edge_port}/edge/link")
            await ws.send_str("{}")
            await ws.receive()
            await ws.close()
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await session.ws_connect(f"ws://127.0.0.1:{config.edge_port}/edge/link")
        assert refused.value.status == 429
