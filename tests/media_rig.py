"""What tests of the media engine share: permits, tokens, plans, a worker in this process, simulated cameras."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import json
import struct
import sys
import time
import uuid
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import aiohttp
import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from nats.js.kv import KeyValue

from prahari.contracts import tokens
from prahari.contracts.config import Config
from prahari.contracts.media import CameraPlan, MediaClaims, PermitClaims, RecordMode, SealedAddress
from prahari.contracts.sealing import seal
from prahari.engines.media.plans.store import PlanStore
from prahari.engines.media.worker import Worker
from prahari.simcity.rtsp import Loop, loop_from_file
from prahari.simcity.testloops import encode_loop

ENDED = {aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSING, aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.ERROR}
ALL_USES = ["live", "playback", "snapshot", "clip"]


async def until(condition: Callable[[], object], timeout_s: float = 30.0, what: str = "the condition") -> None:
    """Wait for a condition, no longer than `timeout_s`: less only where the time is what is promised."""
    deadline = time.monotonic() + timeout_s
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"{what} did not hold within {timeout_s} s")
        await asyncio.sleep(0.01)


def small_loop(folder: Path, name: str = "small", **encoding: Any) -> Loop:
    """A loop of 320x240 at 25 fps, a keyframe each half second, unless told otherwise."""
    options: dict[str, Any] = {"width": 320, "height": 240, "seconds": 2, "kbit_s": 300, "gop_s": 0.5, **encoding}
    return loop_from_file(encode_loop(folder / f"{name}.mp4", **options))


def permit(key: Ed25519PrivateKey, camera_id: str, **changes: Any) -> str:
    """A permit from a minute ago for an hour, live and record, unless told otherwise."""
    now = int(time.time())
    fields: dict[str, Any] = {"basis": "consent", "basis_id": "1", "nbf_s": now - 60, "exp_s": now + 3600, **changes}
    return tokens.sign(PermitClaims(camera_id, **fields), key)


def media_token(
    config: Config,
    camera_id: str,
    uses: list[str] | None = None,
    user: str = "u1",
    for_s: int = 120,
    request_id: str = "",
    request_until_s: int = 0,
) -> str:
    uses = ALL_USES if uses is None else uses
    now = time.time()
    claims = MediaClaims(user, camera_id, uses, int(now) + for_s, request_id, request_until_s, int(now * 1000))
    return tokens.sign(claims, config.signing_key())


def plan(config: Config, url: str, camera_id: str | None = None, **changes: Any) -> CameraPlan:
    """A plan with a full permit for a camera recorded continuously, unless told otherwise."""
    camera_id = camera_id or str(uuid.uuid4())
    credentials = changes.pop("credentials", None)
    sealed = ""
    if credentials is not None:
        body = json.dumps({"username": credentials[0], "password": credentials[1]})
        sealed = seal(body, config.sealing_key(), f"camera:{camera_id}")
    fields: dict[str, Any] = {
        "name": "Test camera",
        "jurisdiction": "up.kanpur",
        "agency": "police",
        "address": SealedAddress(url, sealed),
        "permit": permit(config.signing_key(), camera_id),
        "record": RecordMode.CONTINUOUS,
        **changes,
    }
    return CameraPlan(camera_id, **fields)


async def put(bucket: KeyValue, *plans: CameraPlan) -> None:
    for one in plans:
        await bucket.put(one.camera_id, msgspec.json.encode(one))


def on_disk(config: Config, *plans: CameraPlan, worker: int = 0) -> None:
    """Plans as a worker left them when it last ran."""
    store = PlanStore(config.home / f"media-{worker}" / "plans")
    for one in plans:
        store.save(one)


@contextlib.asynccontextmanager
async def running_worker(config: Config, nats_url: str | None = None, worker: int = 0) -> AsyncIterator[Worker]:
    """A media worker in this process; without `nats_url` its NATS is down."""
    config = dataclasses.replace(config, nats_url=nats_url or "nats://127.0.0.1:1")
    running = Worker(config, worker)
    task = asyncio.create_task(running.run())
    try:
        await until(lambda: running.is_listening or task.done(), what="the worker listening")
        if task.done():
            task.result()
        yield running
    finally:
        task.cancel()
        _, late = await asyncio.wait({task}, timeout=15)
        if late:
            for one in asyncio.all_tasks():
                one.print_stack(file=sys.stderr)
            raise AssertionError("the worker did not stop within 15 s")


@dataclasses.dataclass
class Watched:
    """What a viewer was told and shown."""

    texts: list[dict[str, Any]] = dataclasses.field(default_factory=list)
    inits: list[bytes] = dataclasses.field(default_factory=list)
    fragments: list[tuple[int, bytes]] = dataclasses.field(default_factory=list)
    close_code: int | None = None
    close_reason: str = ""
    ended_at: float = 0.0
    ws: aiohttp.ClientWebSocketResponse | None = None

    async def want(self, stream: str) -> None:
        """Ask for another stream of the camera."""
        assert self.ws is not None
        await self.ws.send_json({"type": "stream", "stream": stream})

    def said(self, kind: str) -> list[dict[str, Any]]:
        return [text for text in self.texts if text["type"] == kind]


@contextlib.asynccontextmanager
async def watching(
    session: aiohttp.ClientSession, origin: str, camera_id: str, token: str, query: str = ""
) -> AsyncIterator[Watched]:
    """A viewer over a real WebSocket, reading all the time."""
    watched = Watched()
    ws = watched.ws = await session.ws_connect(f"{origin}/live/{camera_id}?token={token}{query}", max_msg_size=0)

    async def read() -> None:
        while (message := await ws.receive()).type not in ENDED:
            if message.type is aiohttp.WSMsgType.TEXT:
                watched.texts.append(json.loads(message.data))
            else:
                kind, wall_ms = struct.unpack_from("!Bq", message.data)
                if kind == 1:
                    watched.inits.append(message.data[9:])
                else:
                    watched.fragments.append((wall_ms, message.data[9:]))
        watched.close_code = ws.close_code
        watched.close_reason = message.extra or ""
        watched.ended_at = time.monotonic()

    reader = asyncio.create_task(read())
    try:
        yield watched
    finally:
        await ws.close()
        await reader
