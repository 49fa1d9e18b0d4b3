"""The simulated cameras' server: which path plays what, with which faults, to whom."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
import time
import zlib
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, Protocol
from urllib.parse import quote

from prahari.simcity.rtsp.auth import Auth
from prahari.simcity.rtsp.connection import Connection
from prahari.simcity.rtsp.disk import Disk
from prahari.simcity.rtsp.faults import FaultError, Faults, faults_from
from prahari.simcity.rtsp.feed import Feed, SimClock, Source
from prahari.simcity.rtsp.loop import TICKS, Loop, Track
from prahari.simcity.rtsp.views import Views

logger = logging.getLogger(__name__)

ALL = "*"
_BUCKETS = 4


class LivePlayable(Protocol):
    """A camera that is encoded as it happens (simcity.clockcam)."""

    tracks: tuple[Track, ...]

    def sdp(self, host: str) -> bytes: ...

    def open(self, channels: tuple[int | None, ...], clock: SimClock) -> Source: ...


Playable = Loop | LivePlayable
Resolver = Callable[[str], Playable | None]


class SimServer:
    """An RTSP server for simulated cameras.

    loops: path -> what it plays, or a function from path to that (None: 404). auth: asked of everybody when given.
    port 0: a free one. chunk_s: pictures are sent together at most this often; a client may ask `?pace=frame`.
    burst: start with the keyframe of the current group at once; else wait for the next one (`?start=keyframe`).
    other: what `other_resolution` switches to. unlocked loops start at different phases per path.
    """

    def __init__(
        self,
        loops: Mapping[str, Playable] | Resolver,
        *,
        auth: Auth | None = None,
        host: str = "127.0.0.1",
        port: int = 0,
        chunk_s: float = 0.12,
        burst: bool = True,
        session_timeout_s: float = 60.0,
        other: Playable | None = None,
        buckets: int = _BUCKETS,
    ) -> None:
        self.playable: Resolver = loops if callable(loops) else loops.get
        self.auth = auth
        self.host = host
        self.port = port
        self.session_timeout_s = session_timeout_s
        self.clock = SimClock()
        self.connections: set[Connection] = set()
        self._empty = asyncio.Event()
        self._empty.set()
        self.other = other
        self.disk: Callable[[str], Disk | None] = lambda path: None
        """What lies on the own disk of the device behind a path; None: it does not replay."""

        self._buckets = buckets
        self._chunk_s = chunk_s
        self._burst = burst
        self._faults: dict[str, Faults] = {}
        self._views = Views(self.playables_changed)
        self._sources: dict[tuple[Any, ...], Source] = {}
        self._listening: asyncio.Server | None = None
        self._sweeper: asyncio.Task[None] | None = None

    async def __aenter__(self) -> SimServer:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.stop()

    async def start(self) -> None:
        """Listen. Raises OSError when the port is taken."""
        await self._listen()
        self._sweeper = asyncio.get_running_loop().create_task(self._sweep())

    async def _listen(self) -> None:
        loop = asyncio.get_running_loop()
        self._listening = await loop.create_server(lambda: Connection(self), self.host, self.port, backlog=1024)
        self.port = self._listening.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        if self._sweeper is not None:
            self._sweeper.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._sweeper
        if self._listening is not None:
            self._listening.close()
        for connection in tuple(self.connections):
            connection.abort()
        await self._empty.wait()
        await self._views.close()

    def url(self, path: str, *, credentials: bool = True) -> str:
        """The address of a camera, with the right credentials unless told otherwise."""
        user = ""
        if self.auth is not None and credentials:
            user = f"{quote(self.auth.username, safe='')}:{quote(self.auth.password, safe='')}@"
        return f"rtsp://{user}{self.host}:{self.port}{path}"

    def opened(self, connection: Connection) -> None:
        self.connections.add(connection)
        self._empty.clear()

    def closed(self, connection: Connection) -> None:
        self.connections.discard(connection)
        if not self.connections:
            self._empty.set()

    # faults

    def faults_of(self, path: str) -> Faults:
        return self._faults.get(path) or self._faults.get(ALL) or Faults()

    def set_fault(self, path: str = ALL, **fields: Any) -> Faults:
        """Replace the faults of one camera, or of all those that have none of their own. Raises FaultError.

        Works at once, on open connections too. `refuse=True` for "*" closes the port.
        """
        if path != ALL and not path.startswith("/"):
            raise FaultError(f"a camera's path starts with '/', or is '*' for all; got {path!r}")
        faults = faults_from(fields)
        self._faults[path] = faults
        self._apply()
        return faults

    def clear_faults(self, path: str | None = None) -> None:
        """Heal one camera (or "*"), or everything when `path` is None."""
        if path is None:
            self._faults.clear()
        else:
            self._faults.pop(path, None)
        self._apply()

    def faults(self) -> dict[str, Faults]:
        return dict(self._faults)

    def drop(self, path: str = ALL) -> int:
        """Cut the connections to a camera, or all. Returns how many there were."""
        chosen = [connection for connection in self.connections if path in {ALL, connection.path}]
        for connection in chosen:
            connection.abort()
        return len(chosen)

    def _apply(self) -> None:
        refuse_all = self._faults.get(ALL, Faults()).refuse
        if refuse_all and self._listening is not None:
            self._listening.close()
            self._listening = None
        for connection in tuple(self.connections):
            connection.faults_changed(self.faults_of(connection.path))

    async def reopen(self) -> None:
        """Listen again on the same port after `refuse` for "*" was cleared."""
        if self._listening is None:
            await self._listen()

    # what connections ask for

    def source(
        self,
        path: str,
        channels: tuple[int | None, ...],
        query: dict[str, list[str]],
        *,
        other: bool = False,
        view: str = "",
    ) -> Source | None:
        """The feed of a camera for these interleaved channels; shared by all that can share it."""
        playable = self.other if other and self.other is not None else self.playable(path)
        if playable is None:
            return None
        if view and isinstance(playable, Loop):
            playable = self._views.of(playable, view)
        if len(channels) != len(playable.tracks):  # the other loop has more or fewer tracks than were set up
            channels = (channels + (None,) * len(playable.tracks))[: len(playable.tracks)]
        chunk_s = 0.0 if query.get("pace") == ["frame"] else self._chunk_s
        burst = self._burst and query.get("start") != ["keyframe"]
        bucket = zlib.crc32(path.encode()) % self._buckets
        key = (id(playable), channels, chunk_s, burst, bucket)
        if key not in self._sources:
            self._sources[key] = self._make(playable, channels, chunk_s, burst, bucket)
        return self._sources[key]

    def _make(
        self, playable: Playable, channels: tuple[int | None, ...], chunk_s: float, burst: bool, bucket: int
    ) -> Source:
        if not isinstance(playable, Loop):
            return playable.open(channels, self.clock)
        phase = 0 if playable.locked else playable.duration_ticks * bucket // self._buckets
        delay = round(chunk_s * TICKS) * bucket // self._buckets
        return Feed(playable, channels, self.clock, phase_ticks=phase, delay_ticks=delay, chunk_s=chunk_s, burst=burst)

    def playables_changed(self) -> None:
        """Paths play something else from now on: open connections go over to it at its next keyframe."""
        for connection in tuple(self.connections):
            connection.playable_changed()
        in_use = {id(source) for connection in self.connections for source in connection.sources}
        self._sources = {key: source for key, source in self._sources.items() if id(source) in in_use}

    def udp_pair(self) -> tuple[socket.socket, socket.socket]:
        """Two non-blocking sockets on neighbouring ports, the first even. Raises OSError when none is free."""
        for _ in range(64):
            first = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            first.bind((self.host, 0))
            port = first.getsockname()[1]
            second = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            try:
                if port % 2:
                    raise OSError("odd port")
                second.bind((self.host, port + 1))
            except OSError:
                first.close()
                second.close()
                continue
            first.setblocking(False)
            second.setblocking(False)
            return first, second
        raise OSError("no two neighbouring UDP ports are free")

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(min(5.0, self.session_timeout_s / 4))
            limit = time.monotonic() - self.session_timeout_s
            for connection in tuple(self.connections):
                if connection.seen_s < limit:
                    logger.info("session of %s timed out", connection.path or "a client")
                    connection.abort()
