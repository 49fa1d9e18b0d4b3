"""What tests of the edge link share: a gate, connectors as processes, a line between them that fails."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import json
import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from media_rig import plan, until
from prahari.contracts import bus, edgekeys, events, subjects, tokens
from prahari.contracts.config import Config
from prahari.contracts.edge import EdgeCertificate, EdgeLimits, EdgeRecord
from prahari.contracts.events import Event
from prahari.contracts.media import CameraPlan, SealedAddress
from prahari.engines.edge.gate.process import Gate
from prahari.engines.edge.home import Home, Identity, LocalCamera
from prahari.engines.media.mp4.reader import Fragment, scan


class Line:
    """A TCP proxy to 127.0.0.1:`to_port` that cuts, stalls, and is as narrow as told."""

    def __init__(self, to_port: int) -> None:
        self.to_port = to_port
        self.port = 0
        self.is_down = False
        self.is_stalled = False
        self.bytes_s: float = 0.0
        self.delay_s = 0.0
        self.up_bytes = self.down_bytes = 0
        self._pairs: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None

    async def __aenter__(self) -> Line:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=65_536)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_error: object) -> None:
        assert self._server is not None
        self._server.close()
        self.cut()

    def cut(self) -> None:
        for writer in list(self._pairs):
            writer.transport.abort()

    def down(self) -> None:
        """Cut, and nobody gets through until `up`."""
        self.is_down = True
        self.cut()

    def up(self) -> None:
        self.is_down = False

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.is_down:
            writer.transport.abort()
            return
        try:
            there, back = await asyncio.open_connection("127.0.0.1", self.to_port, limit=65_536)
        except OSError:
            writer.transport.abort()
            return
        pair = {writer, back}
        self._pairs |= pair
        try:
            await asyncio.gather(self._pump(reader, back, up=True), self._pump(there, writer, up=False))
        except (ConnectionError, OSError):
            pass
        finally:
            for one in pair:
                one.transport.abort()
            self._pairs -= pair

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, up: bool) -> None:
        while data := await reader.read(8_192):
            while self.is_stalled:
                await asyncio.sleep(0.02)
            if self.delay_s:
                await asyncio.sleep(self.delay_s)
            if self.bytes_s:
                await asyncio.sleep(len(data) / self.bytes_s)
            if up:
                self.up_bytes += len(data)
            else:
                self.down_bytes += len(data)
            writer.write(data)
            await writer.drain()
        raise ConnectionError


@contextlib.asynccontextmanager
async def running_gate(config: Config, nats_url: str | None, **options: Any) -> AsyncIterator[Gate]:
    gate = Gate(dataclasses.replace(config, nats_url=nats_url or "nats://127.0.0.1:1"), **options)
    task = asyncio.create_task(gate.run())
    try:
        await until(lambda: gate.is_listening or task.done(), what="the gate listening")
        if task.done():
            task.result()
        yield gate
    finally:
        task.cancel()
        await asyncio.wait({task}, timeout=15)


@contextlib.contextmanager
def gate_process(config: Config, nats_url: str, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("ab") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "prahari.engines.edge.gate.process"],
            env={
                **os.environ, "PRAHARI_HOME": str(config.home), "NATS_URL": nats_url,
                "PRAHARI_EDGE_PORT": str(config.edge_port),
            },
            stderr=errors,
        )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.wait(10)


class Site:
    """A site that is enrolled without the desks' help. `record` is what the bucket should hold."""

    def __init__(self, config: Config, folder: Path, link_port: int, *, valid_s: int = 90 * 86_400) -> None:
        self.config = config
        self.site_id = str(uuid.uuid4())
        self.key = Ed25519PrivateKey.generate()
        self.folder = folder
        self.record = EdgeRecord(
            self.site_id, "Shop", "up.kanpur", "police", edgekeys.public_text(self.key), self.certificate(valid_s)
        )
        raw = self.key.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
        pin = edgekeys.pin_of(config.tls_cert)
        scheme = "wss" if pin else "ws"
        identity = Identity(
            self.site_id, "Shop", edgekeys.encode(raw), self.record.certificate,
            (config.keys / "token.pub").read_text(), config.origin(config.port),
            f"{scheme}://127.0.0.1:{link_port}/edge/link", pin,
        )  # fmt: skip
        self.home = Home(folder)
        self.home.save_identity(identity)

    def certificate(self, valid_s: float, *, from_s: float | None = None) -> str:
        now = time.time() if from_s is None else from_s
        claims = EdgeCertificate(
            self.site_id, edgekeys.public_text(self.key), uuid.uuid4().hex, int(now) - 60, int(now + valid_s)
        )  # fmt: skip
        return tokens.sign(claims, self.config.signing_key())

    def camera(self, name: str, url: str, sub: str = "", **changes: Any) -> CameraPlan:
        """A camera entered at the box, and its plan."""
        credentials = changes.pop("credentials", ("", ""))
        self.home.add_camera(LocalCamera(name, url, sub), *credentials)
        return plan(self.config, "", address=SealedAddress(f"edge:{name}"), edge=self.site_id, **changes)

    def limits(self, **limits: Any) -> EdgeRecord:
        self.record = msgspec.structs.replace(
            self.record, limits=EdgeLimits(**limits), revision=self.record.revision + 1
        )
        return self.record

    @contextlib.contextmanager
    def running(self, log: Path, *, clock_off_s: float | None = None) -> Iterator[subprocess.Popen[bytes]]:
        """Its connector as a process of its own."""
        tests = Path(__file__).parent
        command = [sys.executable, "-m", "prahari.engines.edge"] if clock_off_s is None else \
            [sys.executable, str(tests / "edge_clock.py"), str(clock_off_s)]  # fmt: skip
        command += ["--home", str(self.folder), "run", "--reserve-mb", "50", "--longest-wait-s", "2"]
        with log.open("ab") as errors:
            process = subprocess.Popen(command, stderr=errors, stdout=errors)
        try:
            yield process
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                try:
                    process.wait(20)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait(10)

    def recorded(self, camera: CameraPlan) -> list[Fragment]:
        """All groups on its disk, by time."""
        found: list[Fragment] = []
        for file in (self.folder / "recordings").rglob("*.mp4"):
            with contextlib.suppress(FileNotFoundError):
                if camera.camera_id in str(file) and file.stat().st_size:  # one just begun holds nothing yet
                    found.extend(scan(file).fragments)
        return sorted(found, key=lambda fragment: fragment.start_ms)

    def link_state(self) -> str:
        try:
            return str(json.loads((self.folder / "link.json").read_text())["state"])
        except (OSError, ValueError):
            return ""


class Centre:
    """The centre's side over real NATS: plans and sites put, events heard."""

    def __init__(self, nats_url: str) -> None:
        self.nats_url = nats_url
        self.heard: list[Event] = []

    async def __aenter__(self) -> Centre:
        self.client = await bus.connect(self.nats_url, "test")
        self.js = self.client.jetstream()
        await bus.ensure_event_stream(self.js)
        self.plans = await bus.ensure_plan_bucket(self.js)
        self.sites = await bus._ensure_bucket(self.js, subjects.EDGE_SITE_BUCKET)

        async def on_batch(message: Any) -> None:
            self.heard.extend(events.decode(message.data).events)

        await self.client.subscribe("events.*", cb=on_batch)
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self.client.close()

    async def put(self, *what: CameraPlan | EdgeRecord) -> None:
        for one in what:
            if isinstance(one, CameraPlan):
                await self.plans.put(one.camera_id, msgspec.json.encode(one))
            else:
                await self.sites.put(one.site_id, msgspec.json.encode(one))

    def states(self, site: Site) -> list[str]:
        return [event.data["state"] for event in self.heard if event.type == events.EDGE_SITE and
                event.subject == site.site_id]  # fmt: skip

    def statuses(self, camera: CameraPlan) -> list[str]:
        return [event.data["status"] for event in self.heard if event.type == events.CAMERA_STATUS and
                event.subject == camera.camera_id]  # fmt: skip
