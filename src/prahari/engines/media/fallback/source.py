"""A camera that our own client cannot take, pulled by a PyAV child: the same face as ingest's Upstream."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from urllib.parse import quote, urlsplit, urlunsplit

from prahari.contracts.events import now_ms
from prahari.contracts.media import Reason
from prahari.contracts.stopping import end_tasks
from prahari.engines.media.cameras.ports import Address, StateListener
from prahari.engines.media.fallback import wire
from prahari.engines.media.fallback.process import StreamChild
from prahari.engines.media.ingest.upstream import UpstreamState, UpstreamStatus
from prahari.engines.media.types import AccessUnit, GroupOfPictures, Sink, StreamParameters

log = logging.getLogger(__name__)

FIRST_RETRY_S = 1.0
LONGEST_RETRY_S = 30.0
LONGEST_GROUP_UNITS = 1000


def with_credentials(url: str, credentials: tuple[str, str] | None) -> str:
    """The address as PyAV wants it. For a pipe to the child only: never for a log or a command line."""
    if credentials is None:
        return url
    username, password = credentials
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{quote(username, safe='')}:{quote(password, safe='')}@{host}"))


class FallbackSource:
    """Reconnects by itself with growing pauses until closed. One child, one connection."""

    def __init__(
        self,
        camera_id: str,
        address: Address,
        on_state: StateListener,
    ) -> None:
        self._camera_id = camera_id
        self._job = wire.Job("pull", with_credentials(address.url, address.credentials), address.transport)
        self._on_state = on_state
        self._sinks: list[Sink] = []
        self._task: asyncio.Task[None] | None = None
        self._group: GroupOfPictures | None = None
        self._lost_since_ms: int | None = None
        self._parameters: StreamParameters | None = None
        self._last_picture_ms: int | None = None
        self._state = UpstreamState(UpstreamStatus.CONNECTING, Reason.STARTING)

    def start(self) -> None:
        self._task = asyncio.get_running_loop().create_task(self._run())

    async def close(self) -> None:
        task, self._task = self._task, None
        if task is not None:
            await end_tasks([task])
        self._finish_group()
        self._sinks.clear()

    def add_sink(self, sink: Sink) -> None:
        self._sinks.append(sink)
        if self._parameters is not None:
            sink.on_parameters(self._parameters)

    def remove_sink(self, sink: Sink) -> None:
        if sink in self._sinks:
            self._sinks.remove(sink)

    def cached_group(self) -> GroupOfPictures | None:
        """What came since the last keyframe; a copy of the list, the same units."""
        group = self._group
        if group is None:
            return None
        return GroupOfPictures(group.parameters, list(group.units), group.start_ms, group.end_ms)

    @property
    def state(self) -> UpstreamState:
        return replace(self._state, last_picture_ms=self._last_picture_ms, parameters=self._parameters)

    def _set_state(self, status: UpstreamStatus, reason: Reason, detail: str) -> None:
        if (status, reason, detail) != (self._state.status, self._state.reason, self._state.detail):
            self._state = UpstreamState(status, reason, detail)
            self._on_state(self.state)

    async def _run(self) -> None:
        retry_s = FIRST_RETRY_S
        while True:
            frames_before = self._last_picture_ms
            child = StreamChild(self._job, on_parameters=self._parameters_came, on_unit=self._unit_came)
            try:
                reason, detail = await child.run()
            except OSError as error:
                reason, detail = Reason.UNSUPPORTED, f"The conversion cannot be started: {error.strerror}."
            self._finish_group()
            self._lost_since_ms = self._last_picture_ms or now_ms()
            for sink in self._sinks:
                sink.on_lost(reason, self._lost_since_ms, None)
            status = UpstreamStatus.STALLED if reason is Reason.NO_FRAMES else UpstreamStatus.OFFLINE
            log.info("camera %s, converted stream: %s", self._camera_id, detail)
            self._set_state(status, reason, detail)
            retry_s = FIRST_RETRY_S if self._last_picture_ms != frames_before else min(retry_s * 2, LONGEST_RETRY_S)
            await asyncio.sleep(retry_s)

    def _parameters_came(self, parameters: StreamParameters) -> None:
        if parameters != self._parameters:
            self._finish_group()
            self._parameters = parameters
            for sink in self._sinks:
                sink.on_parameters(parameters)

    def _unit_came(self, unit: AccessUnit) -> None:
        if self._parameters is None:
            return
        if unit.keyframe or (self._group is not None and len(self._group.units) >= LONGEST_GROUP_UNITS):
            self._finish_group()
        if self._group is None:
            if not unit.keyframe:
                return
            self._group = GroupOfPictures(self._parameters, [], unit.wall_ms, unit.wall_ms)
        if self._lost_since_ms is not None:
            for sink in self._sinks:
                sink.on_lost(Reason.CONNECTION_LOST, self._lost_since_ms, unit.wall_ms)
            self._lost_since_ms = None
        self._group.units.append(unit)
        self._group.end_ms = unit.wall_ms + unit.duration_ticks // 90
        self._last_picture_ms = now_ms()
        self._set_state(UpstreamStatus.LIVE, Reason.NONE, "")
        for sink in self._sinks:
            if sink.wants_units:
                sink.on_unit(unit)

    def _finish_group(self) -> None:
        group, self._group = self._group, None
        if group is not None and group.units:
            for sink in self._sinks:
                sink.on_group(group)
