"""Clips that the centre has ordered: cut out once into a file of the site, sent from any offset until
it has them whole."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import logging
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import IO

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from prahari.contracts import tokens
from prahari.contracts.media import MediaClaims
from prahari.engines.edge.link import Link, LinkLost
from prahari.engines.edge.wire import ClipAbout, ClipWant, Kind
from prahari.engines.media.gate.problems import NEEDS_REQUEST, NO_TOKEN, NOTHING_THERE, STORAGE, TOO_MANY, Problem
from prahari.engines.media.gate.showing import asker_of, refusal_of_recordings
from prahari.engines.media.playback.door import CLIP_MOST_MS
from prahari.engines.media.playback.stretch import DamagedError, Shelf

log = logging.getLogger(__name__)

ORDER_S = 86_400
MOST_ORDERS = 50
MOST_BYTES = 4_000_000_000
READ_BYTES = 65_536
CLIP_ID = re.compile(r"[0-9a-f]{32}")


def clip_id(camera_id: str, from_ms: int, to_ms: int, request_id: str) -> str:
    """The same for the same stretch on the same ground: asked for twice it is cut and sent once."""
    return hashlib.sha256(f"{camera_id}/{from_ms}/{to_ms}/{request_id}".encode()).hexdigest()[:32]


class Order(msgspec.Struct):
    """`taken_s`: when the site took it; `claims`: the leave that was shown then. `size` 0: not cut out yet."""

    clip_id: str
    camera_id: str
    from_ms: int
    to_ms: int
    taken_s: float
    claims: MediaClaims
    size: int = 0
    sha256: str = ""
    start_ms: int = 0
    end_ms: int = 0
    damaged_ms: int = 0


class Orders:
    """`needs_request`: whether recordings of a camera are shown on request only; `knows`: it is still the site's."""

    def __init__(
        self,
        folder: Path,
        shelf: Shelf,
        key: Ed25519PublicKey,
        now_s: Callable[[], float],
        needs_request: Callable[[str], bool],
        knows: Callable[[str], bool],
    ) -> None:
        self._folder = folder
        self._shelf = shelf
        self._key = key
        self._now_s = now_s
        self._needs_request = needs_request
        self._knows = knows
        self._cutting: dict[str, asyncio.Lock] = {}
        folder.mkdir(parents=True, exist_ok=True)
        for part in folder.glob("*.part"):
            part.unlink(missing_ok=True)

    async def send(self, link: Link, want: ClipWant) -> None:
        """The clip from its offset on. Raises Problem, LinkLost."""
        if not CLIP_ID.fullmatch(want.clip_id) or want.offset < 0 or not 0 < want.to_ms - want.from_ms <= CLIP_MOST_MS:
            raise Problem(NO_TOKEN)
        async with self._cutting.setdefault(want.clip_id, asyncio.Lock()):
            order = await asyncio.to_thread(self._read, want.clip_id)
            if order is None:
                order = self._take(want)
            self._may(order)
            if not order.size or not self._file(order.clip_id).exists():
                await self._cut(order)
        self._cutting.pop(want.clip_id, None)
        about = (order.size, order.sha256, order.start_ms, order.end_ms, order.damaged_ms)
        link.open_window(want.channel)
        link.say(ClipAbout(want.channel, *about))
        file = await asyncio.to_thread(self._file(order.clip_id).open, "rb")
        try:
            await asyncio.to_thread(file.seek, min(want.offset, order.size))
            # The end of the file is told by its size (ClipAbout): an End would overtake what still waits.
            while data := await asyncio.to_thread(file.read, READ_BYTES):
                self._may(order)
                await link.bulk(Kind.CLIP, want.channel, data)
        finally:
            file.close()

    def tidy(self) -> None:
        """Blocking: what is too old or too much goes, the oldest first."""
        orders = []
        for path in self._folder.glob("*.json"):
            order = self._read(path.stem)
            if order is None or self._now_s() - order.taken_s > ORDER_S or not self._knows(order.camera_id):
                self._drop(path.stem)
            else:
                orders.append(order)
        orders.sort(key=lambda one: one.taken_s)
        total = sum(one.size for one in orders)
        while orders and (len(orders) > MOST_ORDERS or total > MOST_BYTES):
            total -= orders[0].size
            self._drop(orders.pop(0).clip_id)

    def drop_camera(self, camera_id: str) -> None:
        """Its recordings are to be deleted: so are clips cut out of them."""
        for path in self._folder.glob("*.json"):
            order = self._read(path.stem)
            if order is not None and order.camera_id == camera_id:
                self._drop(path.stem)

    def _take(self, want: ClipWant) -> Order:
        """Raises Problem: the token gives no leave for this clip now."""
        try:
            claims = tokens.verify(want.token, MediaClaims, self._key, self._now_s())
        except tokens.TokenError:
            raise Problem(NO_TOKEN) from None
        expected = clip_id(want.camera_id, want.from_ms, want.to_ms, claims.request_id)
        if claims.camera_id != want.camera_id or "clip" not in claims.uses or want.clip_id != expected:
            raise Problem(NO_TOKEN)
        if sum(1 for _ in self._folder.glob("*.json")) >= MOST_ORDERS:
            self.tidy()
        if sum(1 for _ in self._folder.glob("*.json")) >= MOST_ORDERS:
            raise Problem(TOO_MANY)
        order = Order(want.clip_id, want.camera_id, want.from_ms, want.to_ms, self._now_s(), claims)
        self._may(order)
        self._write(order)
        return order

    def _may(self, order: Order) -> None:
        """Raises Problem when the ground of the order stands no more."""
        if not self._knows(order.camera_id) or self._now_s() - order.taken_s > ORDER_S:
            raise Problem(NO_TOKEN)
        refused = refusal_of_recordings(self._needs_request(order.camera_id), asker_of(order.claims), self._now_s())
        if refused is not None:
            raise Problem(NEEDS_REQUEST)

    async def _cut(self, order: Order) -> None:
        """Into a file, whole or not at all. Raises Problem."""
        stretch = await self._shelf.stretch(
            order.camera_id, order.from_ms, order.to_ms, most_ms=CLIP_MOST_MS, over_gaps=True
        )
        if stretch is None:
            self._drop(order.clip_id)
            raise Problem(NOTHING_THERE)
        part = self._file(order.clip_id).with_suffix(".part")
        digest = hashlib.sha256()
        try:
            with part.open("wb") as file:
                await self._append(file, digest, self._shelf.init(stretch, browser=False))
                async for data in self._shelf.read(stretch, browser=False):
                    await self._append(file, digest, data)
                await asyncio.to_thread(_to_disk, file)
        except (OSError, DamagedError) as error:
            part.unlink(missing_ok=True)
            log.warning("clip of camera %s cannot be cut out: %s", order.camera_id, error or "damaged")
            raise Problem(STORAGE) from error
        order.size, order.sha256 = part.stat().st_size, digest.hexdigest()
        order.start_ms, order.end_ms, order.damaged_ms = stretch.start_ms, stretch.end_ms, stretch.damaged_ms
        part.replace(self._file(order.clip_id))
        self._write(order)

    @staticmethod
    async def _append(file: IO[bytes], digest: hashlib._Hash, data: bytes) -> None:
        digest.update(data)
        await asyncio.to_thread(file.write, data)

    def _file(self, name: str) -> Path:
        return self._folder / f"{name}.mp4"

    def _read(self, name: str) -> Order | None:
        try:
            return msgspec.json.decode((self._folder / f"{name}.json").read_bytes(), type=Order)
        except (OSError, ValueError):
            return None

    def _write(self, order: Order) -> None:
        path = self._folder / f"{order.clip_id}.json"
        temporary = path.with_suffix(".new")
        try:
            temporary.write_bytes(msgspec.json.encode(order))
            temporary.replace(path)
        except OSError as error:
            raise Problem(STORAGE) from error

    def _drop(self, name: str) -> None:
        for suffix in (".json", ".mp4", ".part"):
            with contextlib.suppress(OSError):
                (self._folder / f"{name}{suffix}").unlink(missing_ok=True)


def _to_disk(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())


async def serve(orders: Orders, link: Link, want: ClipWant) -> None:
    """Send, then say how it ended."""
    try:
        await orders.send(link, want)
    except Problem as problem:
        link.end(want.channel, problem.answer.http_status, problem.answer.code)
    except OSError as error:
        log.warning("a clip cannot be read: %s", error.strerror)
        link.end(want.channel, STORAGE.http_status, STORAGE.code)
    except LinkLost:
        return
    else:
        link.finish_window(want.channel)
