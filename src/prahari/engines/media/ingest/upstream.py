"""The one connection to a camera, shared by everybody who wants its pictures."""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from prahari.contracts.media import Reason
from prahari.engines.media.ingest.assembler import Assembler
from prahari.engines.media.ingest.link import Link
from prahari.engines.media.rtsp.client import play
from prahari.engines.media.rtsp.errors import StreamError
from prahari.engines.media.types import GroupOfPictures, Sink, StreamParameters

STALLED_AFTER_S = 4.0
GIVEN_UP_AFTER_S = 10.0
RATE_PERIOD_S = 5.0
FIRST_RETRY_S = 0.5
LONGEST_RETRY_S = 4.0
# Cameras lock an account after a few wrong passwords: ask seldom. Nothing changes soon with a stream of a wrong kind.
PASSWORD_RETRY_S, LONGEST_PASSWORD_RETRY_S = 30.0, 300.0
UNSUPPORTED_RETRY_S = 60.0

logger = logging.getLogger(__name__)


class UpstreamStatus(StrEnum):
    CONNECTING = "connecting"
    LIVE = "live"
    STALLED = "stalled"
    OFFLINE = "offline"


@dataclass(frozen=True, slots=True)
class UpstreamState:
    """`detail` is one English sentence for the technician, free of credentials. Rates are of the last 5 s or so."""

    status: UpstreamStatus
    reason: Reason = Reason.NONE
    detail: str = ""
    last_picture_ms: int | None = None  # our clock, when the newest whole picture was read
    parameters: StreamParameters | None = None
    fps: float = 0.0
    kbit_s: float = 0.0
    clock_off_ms: float | None = None  # how far the camera's own clock is ahead of ours; None: it does not tell


class Upstream:
    """Connects, keeps connected, hands out what comes. All methods belong to the event loop's thread.

    `credentials`: (username, password) or None. `transport`: "tcp", the only one. `on_state` is called in the loop
    whenever status, reason or parameters change, never for each picture. Reason.UNSUPPORTED (with status OFFLINE)
    tells that this client cannot take the stream: it then retries only every 60 s, so the owner may close it and use
    the fallback path.
    """

    def __init__(
        self,
        camera_id: str,
        url: str,
        credentials: tuple[str, str] | None,
        transport: str,
        on_state: Callable[[UpstreamState], None],
    ) -> None:
        self.camera_id = camera_id
        self._url = url
        self._credentials = credentials
        self._transport = transport
        self._on_state = on_state
        self._sinks: list[Sink] = []
        self._eager = False
        self._task: asyncio.Task[None] | None = None
        self._link: Link | None = None
        self._assembler: Assembler | None = None
        self._parameters: StreamParameters | None = None
        self._state = UpstreamState(UpstreamStatus.CONNECTING, Reason.STARTING)
        self._last_picture_ms: int | None = None
        self._lost: tuple[Reason, int] | None = None
        self._end_ticks = 0
        self._rates = (0.0, 0.0)
        self._rate_from = (0.0, 0, 0)  # seconds, pictures, bytes
        self._seen, self._seen_s = 0, 0.0

    def start(self) -> None:
        """Begin connecting. Once."""
        if self._task is not None:
            raise RuntimeError("already started")
        self._task = asyncio.get_running_loop().create_task(self._run(), name=f"upstream {self.camera_id}")

    async def close(self) -> None:
        """Say TEARDOWN if it can be said at once, close the socket, hand the last group to the sinks. Under 1 s."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            await asyncio.wait([task])
        self._sinks.clear()

    def add_sink(self, sink: Sink) -> None:
        """From now on `sink` hears. When parameters are known it gets on_parameters before add_sink returns.

        What came before is in `cached_group()`: call that right after add_sink in the same step, then nothing is
        missing and nothing comes twice.
        """
        if self._link is not None and sink.wants_units and not self._eager:
            self._link.gulp()  # what waits in the kernel belongs to the cached group
        self._sinks.append(sink)
        if self._parameters is not None:
            sink.on_parameters(self._parameters)
        self.refresh_wants()

    def remove_sink(self, sink: Sink) -> None:
        """`sink` hears no more. Unknown sinks are ignored."""
        if sink in self._sinks:
            self._sinks.remove(sink)
            self.refresh_wants()

    def refresh_wants(self) -> None:
        """To be called after a sink changed its own wants_units."""
        self._eager = any(sink.wants_units for sink in self._sinks)
        if self._link is not None:
            self._link.watch(self._eager)

    def cached_group(self) -> GroupOfPictures | None:
        """The group being received, from its keyframe up to the newest unit, or None. The list is a copy."""
        group = self._assembler.group if self._assembler is not None else None
        if group is None or not group.units[0].keyframe:
            return None
        return GroupOfPictures(group.parameters, list(group.units), group.start_ms, group.units[-1].wall_ms)

    @property
    def state(self) -> UpstreamState:
        fps, kbit_s = self._rates
        return replace(
            self._state,
            last_picture_ms=self._last_picture_ms,
            parameters=self._parameters,
            fps=fps,
            kbit_s=kbit_s,
            clock_off_ms=self._assembler.clock_off_ms if self._assembler is not None else None,
        )

    def _become(self, status: UpstreamStatus, reason: Reason = Reason.NONE, detail: str = "") -> None:
        before = self._state
        if (status, reason, detail) != (before.status, before.reason, before.detail):
            self._state = UpstreamState(status, reason, detail)
            self._on_state(self.state)

    async def _run(self) -> None:
        failures = 0
        while True:
            pictures_before = self._last_picture_ms
            try:
                if self._transport != "tcp":
                    raise StreamError(Reason.UNSUPPORTED, f"Transport {self._transport} is not read directly.")
                playing = await play(self._url, self._credentials)
                assembler = Assembler(
                    self._sinks,
                    playing.video.codec if playing.video else None,
                    playing.audio.parameters if playing.audio else None,
                    self._end_ticks,
                )
                stamps = [track.first_stamp if track else None for track in (playing.video, playing.audio)]
                if stamps[0] is not None and stamps[1] is not None:
                    assembler.first_stamps = (stamps[0], stamps[1])
                assembler.lost = self._lost
                self._seen, self._seen_s = 0, time.monotonic()
                self._rate_from = (self._seen_s, 0, 0)
                self._assembler = assembler
                self._link = Link(playing, assembler, self._eager, self)
                await self._link.failed
                raise AssertionError("a link ends with an error")
            except StreamError as caught:
                error = caught
            finally:
                self._end_connection()
            failures = 0 if self._last_picture_ms != pictures_before else failures + 1
            self._tell_lost(error.reason)
            self._become(UpstreamStatus.OFFLINE, error.reason, error.detail)
            logger.info("camera %s: %s", self.camera_id, error.detail)
            await asyncio.sleep(_pause_s(error.reason, failures))

    # from the link

    def on_alive(self) -> None:
        """Pictures come, for the first time or again."""
        assert self._assembler is not None
        self._seen_s = time.monotonic()
        self._last_picture_ms = self._assembler.now_ms
        self._parameters = self._assembler.parameters
        self._become(UpstreamStatus.LIVE)

    def on_check(self, now_s: float) -> None:
        """About once a second: silence, rates, changed parameters."""
        link, assembler = self._link, self._assembler
        if link is None or assembler is None:
            return
        if assembler.pictures != self._seen:
            self._seen, self._seen_s = assembler.pictures, now_s
            self._last_picture_ms = assembler.now_ms
            if assembler.parameters is not self._parameters and link.alive:
                self._parameters = assembler.parameters
                self._on_state(self.state)
        if now_s - self._rate_from[0] >= RATE_PERIOD_S:
            from_s, pictures, count = self._rate_from
            passed_s = now_s - from_s
            self._rates = ((assembler.pictures - pictures) / passed_s, (assembler.bytes - count) / 125 / passed_s)
            self._rate_from = (now_s, assembler.pictures, assembler.bytes)
        silent_s = now_s - self._seen_s
        if link.alive and silent_s > STALLED_AFTER_S:
            link.alive = False
            self._become(UpstreamStatus.STALLED, Reason.NO_FRAMES, f"No picture for {STALLED_AFTER_S:.0f} s.")
        if silent_s > GIVEN_UP_AFTER_S:
            what = "stopped sending pictures" if assembler.pictures else "plays but sends no pictures"
            link.fail(StreamError(Reason.NO_FRAMES, f"The camera {what}."))

    def _end_connection(self) -> None:
        """Close the link, hand out the last group. Also when cancelled."""
        link, assembler = self._link, self._assembler
        self._link = self._assembler = None
        if link is not None:
            link.close()
        if assembler is not None:
            since_ms = assembler.finish()
            self._end_ticks = max(self._end_ticks, assembler.end_ticks)
            if since_ms is not None:
                reason = assembler.lost[0] if assembler.lost is not None else Reason.CONNECTION_LOST
                self._lost = (reason, since_ms)
        self._rates = (0.0, 0.0)

    def _tell_lost(self, reason: Reason) -> None:
        """Pictures are missing from where they ended; the reason is the newest one known."""
        since_ms = self._lost[1] if self._lost is not None else None
        if since_ms is None:
            return
        self._lost = (reason, since_ms)
        for sink in tuple(self._sinks):
            sink.on_lost(reason, since_ms, None)


def _pause_s(reason: Reason, failures: int) -> float:
    """How long to wait before the next try, with jitter so that a hundred cameras do not come back at once."""
    jitter: float = random.uniform(0.75, 1.25)  # noqa: S311 - spreads load, keeps no secret
    if reason is Reason.WRONG_PASSWORD:
        return jitter * min(PASSWORD_RETRY_S * 2.0 ** min(max(failures - 1, 0), 10), LONGEST_PASSWORD_RETRY_S)
    if reason is Reason.UNSUPPORTED:
        return jitter * UNSUPPORTED_RETRY_S
    return jitter * min(FIRST_RETRY_S * 2.0 ** min(failures, 10), LONGEST_RETRY_S)
