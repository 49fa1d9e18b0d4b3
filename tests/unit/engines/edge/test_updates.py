"""A centre or a site that was broken into, at the parts of the link that bring new versions and ask devices."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import aiohttp
import aiohttp.web
import msgspec

from edge_rig import Centre, Site, running_gate
from media_rig import until
from prahari.contracts import edgekeys
from prahari.contracts.config import Config
from prahari.contracts.edge import RELEASE_FOLDER, EdgeRelease, UpdatePhase
from prahari.contracts.events import now_ms
from prahari.engines.edge import wire
from prahari.engines.edge.wire import PIECE_BYTES

SIZE = 3_000_000
Told = list[wire.Report]


class Rogue:
    """A centre that offers a package and answers each Fetch as `hand_out` says: frames' payloads."""

    def __init__(self, site: Site, hand_out: Callable[[wire.Fetch], list[bytes]]) -> None:
        self.site = site
        self.hand_out = hand_out
        self.reports: Told = []
        self.fetches: list[wire.Fetch] = []
        self.called: list[wire.Called] = []
        self.calls: list[wire.Call] = []
        self.ended = 0

    async def link(self, request: aiohttp.web.Request) -> aiohttp.web.WebSocketResponse:
        ws = aiohttp.web.WebSocketResponse(max_msg_size=0)
        await ws.prepare(request)
        await ws.receive()
        await ws.send_str(msgspec.json.encode(wire.Challenge(edgekeys.encode(os.urandom(32)))).decode())
        await ws.receive()
        await ws.send_str(msgspec.json.encode(wire.Welcome(now_ms(), "Shop", self.site.record.limits)).decode())
        for message in (wire.Offer(5, EdgeRelease("9.0.0", "ab" * 32, SIZE)), *self.calls):
            await ws.send_bytes(wire.Frame(wire.Kind.CONTROL, 0, msgspec.json.encode(message)).encode())
        async for received in ws:
            said = wire.read_to_centre(wire.decode(received.data).payload)
            match said:
                case wire.Report():
                    self.reports.append(said)
                case wire.Called():
                    self.called.append(said)
                case wire.Fetch():
                    self.fetches.append(said)
                    for payload in self.hand_out(said):
                        with contextlib.suppress(ConnectionError):
                            await ws.send_bytes(wire.Frame(wire.Kind.UPDATE, said.channel, payload).encode())
        self.ended += 1
        return ws


@contextlib.asynccontextmanager
async def rogue(config: Config, centre: Rogue) -> AsyncIterator[None]:
    app = aiohttp.web.Application()
    app.router.add_get("/edge/link", centre.link)
    runner = aiohttp.web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await aiohttp.web.TCPSite(runner, "127.0.0.1", config.edge_port).start()
    try:
        yield
    finally:
        await runner.cleanup()


def is_refused(centre: Rogue) -> bool:
    return any(one.updating.phase is UpdatePhase.FAILED for one in centre.reports)


async def test_a_centre_that_was_broken_into_installs_nothing_and_fills_no_disk(config: Config, tmp_path: Path) -> None:
    site = Site(config, tmp_path / "site", config.edge_port)
    (tmp_path / "root").mkdir()
    os.environ["PRAHARI_EDGE_ROOT"] = str(tmp_path / "root")
    try:
        pieces = [b"x" * PIECE_BYTES] * (SIZE // PIECE_BYTES)
        last = [b"x" * (SIZE % PIECE_BYTES)]
        centre = Rogue(site, lambda fetch: [*pieces, *last, b"more than there is"])
        nobody = wire.Call(7, "none", "move", msgspec.Raw(b"{}"))
        centre.calls = [nobody, wire.Call(8, "none", "../../secrets", msgspec.Raw(b"[]"))]
        async with rogue(config, centre):
            with site.running(tmp_path / "log"):
                await until(lambda: len(centre.called) == 2, 30, "answered, both")
                assert all(not msgspec.json.decode(bytes(one.body))["ok"] for one in centre.called)
                # All at once is beyond the window: the link ends, again and again, and nothing is kept of it.
                await until(lambda: centre.ended >= 2, 30, "the links ended")
                part = site.folder / "update" / f"{'ab' * 32}.part"
                assert not part.exists() or part.stat().st_size < SIZE / 2
            # Taken whole, it is thrown away for what it is, and not fetched again.
            part.write_bytes(b"x" * (SIZE - 1000))
            centre.hand_out = lambda fetch: [b"x" * (SIZE - fetch.offset)]
            centre.reports.clear()
            centre.fetches.clear()
            for _ in range(2):
                with site.running(tmp_path / "log"):
                    await until(lambda: is_refused(centre), 30, "refused")
                    told = centre.reports[-1].updating
                    assert (told.version, told.reason) == ("9.0.0", "damaged") and not part.exists()
                    centre.reports.clear()
            assert [one.offset for one in centre.fetches] == [SIZE - 1000]
    finally:
        del os.environ["PRAHARI_EDGE_ROOT"]
    assert not (tmp_path / "root" / "current").exists()
    assert b"Traceback" not in (tmp_path / "log").read_bytes()


async def test_a_site_that_was_broken_into_gets_no_other_file_and_ends_its_own_link(
    config: Config, fresh_nats_url: str, tmp_path: Path
) -> None:
    folder = config.home / RELEASE_FOLDER
    folder.mkdir()
    (folder / f"{'cd' * 32}.tar").write_bytes(b"p" * 1000)
    async with (
        running_gate(config, fresh_nats_url) as gate,
        Centre(fresh_nats_url) as centre,
        aiohttp.ClientSession() as session,
    ):
        site = Site(config, tmp_path / "site", config.edge_port)
        site.record = msgspec.structs.replace(site.record, release=EdgeRelease("9.0.0", "cd" * 32, 1000))
        await centre.put(site.record)
        await until(lambda: site.site_id in gate.book.sites, 20, "the site known")

        async def linked(features: list[str]) -> tuple[aiohttp.ClientWebSocketResponse, list[Any]]:
            ws = await session.ws_connect(f"{config.origin(config.edge_port)}/edge/link")
            nonce = edgekeys.encode(os.urandom(32))
            hello = wire.Hello(wire.PROTOCOL, site.site_id, nonce, "1.0.0", features)
            await ws.send_str(msgspec.json.encode(hello).decode())
            challenge = wire.read_handshake((await ws.receive()).data)
            assert isinstance(challenge, wire.Challenge)
            what = edgekeys.link(site.site_id, nonce, challenge.nonce, "")
            proof = wire.Proof(site.record.certificate, edgekeys.sign(what, site.key))
            await ws.send_str(msgspec.json.encode(proof).decode())
            await ws.receive()
            said = []
            with contextlib.suppress(TimeoutError):
                while True:
                    async with asyncio.timeout(1.0):
                        said.append(wire.read_to_site(wire.decode((await ws.receive()).data).payload))
            return ws, said

        # One of the first version of the protocol is told nothing that it does not know.
        ws, said = await linked([])
        assert not [one for one in said if isinstance(one, wire.Offer | wire.Call | wire.CitySettings)]
        await ws.close()
        for fetch in (wire.Fetch(0, 2000), wire.Fetch(0, -1)):
            ws, said = await linked(wire.FEATURES)
            (offer,) = [one for one in said if isinstance(one, wire.Offer)]
            asked = msgspec.json.encode(msgspec.structs.replace(fetch, channel=offer.channel))
            await ws.send_bytes(wire.Frame(wire.Kind.CONTROL, 0, asked).encode())
            async with asyncio.timeout(10):
                while (message := await ws.receive()).type is aiohttp.WSMsgType.BINARY:
                    assert wire.decode(message.data).kind is wire.Kind.CONTROL
            await until(lambda: not gate.sessions, 10, "its link ended")
        # Answers to what nobody asked are dropped.
        ws, said = await linked(wire.FEATURES)
        called = msgspec.json.encode(wire.Called(99, msgspec.Raw(b'{"ok":true}')))
        await ws.send_bytes(wire.Frame(wire.Kind.CONTROL, 0, called).encode())
        (offer,) = [one for one in said if isinstance(one, wire.Offer)]
        await ws.send_bytes(
            wire.Frame(wire.Kind.CONTROL, 0, msgspec.json.encode(wire.Fetch(offer.channel, 400))).encode()
        )
        body = b""
        while len(body) < 600:
            frame = wire.decode((await ws.receive(10)).data)
            body += frame.payload if frame.kind is wire.Kind.UPDATE else b""
        assert body == b"p" * 600
        await ws.close()
