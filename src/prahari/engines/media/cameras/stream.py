"""One stream of a camera, main or sub: the one connection to it, and who is served from that.

A stream opens when its Camera says so and not by itself: whether there is leave is asked there.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from enum import StrEnum

from prahari.contracts.media import CameraPlan, CameraStatus, Reason, SealedAddress, StreamStateData
from prahari.engines.media.cameras.keyframes import KeyframeWait
from prahari.engines.media.cameras.ports import Source
from prahari.engines.media.cameras.state import video_of
from prahari.engines.media.cameras.surroundings import Surroundings
from prahari.engines.media.fallback.converter import Converter
from prahari.engines.media.ingest.upstream import UpstreamState, UpstreamStatus
from prahari.engines.media.live.hub import Hub
from prahari.engines.media.types import AccessUnit, Sink, VideoParameters

OPENING_RETRY_S = 1.0


class StreamName(StrEnum):
    MAIN = "main"
    SUB = "sub"


class Stream:
    """`hub` serves the pictures as the camera sends them, `converter.hub` the same made over to H.264.

    `sinks` are attached whenever the connection stands: recorder, pre-roll. `on_state(stream, state)` is called when
    the connection's state changes, `on_codec()` when the kind of its pictures becomes known or changes.
    """

    def __init__(
        self,
        name: StreamName,
        around: Surroundings,
        recorded: Callable[[], bool],
        on_state: Callable[[Stream, UpstreamState], None],
    ) -> None:
        self.name = name
        self.hub = Hub(recorded)
        self.converter = Converter(Hub(recorded), around.conversions)
        self.waits: set[KeyframeWait] = set()
        self.sinks: list[Sink] = []
        self.status = CameraStatus.UNKNOWN
        self.reason = Reason.NONE
        self.detail = ""
        self._around = around
        self._on_state = on_state
        self._source: Source | None = None
        self._opened_as: tuple[object, ...] | None = None
        self._fallback = False
        self._holds_pull = False
        self._is_cut = False
        self._hub_attached = False
        self._converter_attached = False
        self._linger_until_s: float | None = None
        self._video: VideoParameters | None = None

    # What is known

    @property
    def is_open(self) -> bool:
        return self._source is not None

    @property
    def is_live(self) -> bool:
        return self._source is not None and self.status is CameraStatus.LIVE

    @property
    def is_failing(self) -> bool:
        """It was tried and gives no pictures."""
        return self.status in {CameraStatus.OFFLINE, CameraStatus.STALLED}

    @property
    def source(self) -> Source | None:
        return self._source

    @property
    def codec(self) -> str:
        """ "h264", "h265", or empty while not known. It stays known over an interruption."""
        if self.hub.video is not None:
            self._video = self.hub.video
        elif self._source is not None and (parameters := self._source.state.parameters) is not None:
            self._video = parameters.video
        return self._video.codec if self._video is not None else ""

    @property
    def watchers(self) -> int:
        return self.hub.watchers + self.converter.hub.watchers

    def told(self) -> StreamStateData:
        video = video_of(self._source.state) if self._source is not None else None
        return StreamStateData(
            "connecting" if self.status is CameraStatus.UNKNOWN else self.status, self.reason, self.detail, video
        )

    # Who wants it

    def linger(self, for_s: float) -> None:
        """Keep the connection a while: who left may come back."""
        self._linger_until_s = time.monotonic() + for_s

    @property
    def is_looked_at(self) -> bool:
        """Somebody looks, is about to, or left a moment ago."""
        if self.watchers or self.hub.awaited or self.converter.hub.awaited:
            self._linger_until_s = None
            return True
        return self._linger_until_s is not None and time.monotonic() < self._linger_until_s

    def note_failure(self, reason: Reason, detail: str) -> None:
        for wait in self.waits:
            wait.note_failure(reason, detail)

    # Whether it is as it should be

    def address_of(self, plan: CameraPlan) -> SealedAddress | None:
        return plan.address if self.name is StreamName.MAIN else plan.sub

    def wanted_as(self, plan: CameraPlan) -> tuple[object, ...]:
        """What a connection is made from: another value, another connection."""
        return (*address_key(self.address_of(plan), plan), self._fallback or plan.transport == "udp")

    def is_as_wanted(self, plan: CameraPlan) -> bool:
        return self._source is not None and not self._is_cut and self._opened_as == self.wanted_as(plan)

    def is_settled(self, plan: CameraPlan, wants_open: bool) -> bool:
        if (self._source is not None) != wants_open or (self.converter.running and not self._wants_converter()):
            return False
        return self._source is None or (
            self.is_as_wanted(plan)
            and self._hub_attached == self._wants_hub()
            and self._converter_attached == self._wants_converter()
        )

    def forget(self) -> None:
        """What was known is true of another address."""
        self._fallback = False
        self._video = None
        self.status, self.reason, self.detail = CameraStatus.UNKNOWN, Reason.NONE, ""

    # Opening and closing: for Camera only

    async def open(self, plan: CameraPlan) -> bool:
        """Connect. Called in the step of the event loop in which the Camera has asked for leave. False: not now."""
        around, sealed = self._around, self.address_of(plan)
        assert sealed is not None
        fallback = self._fallback or plan.transport == "udp"
        if fallback and not self._holds_pull:
            if not around.pulls.take():
                detail = f"All {around.pulls.most} places for converted streams on this worker are taken."
                return await self._not_now(Reason.UNSUPPORTED, detail)
            self._holds_pull = True
        try:
            address = around.address_of(plan, sealed)
        except ValueError as error:
            return await self._not_now(Reason.WRONG_PASSWORD, str(error))
        source = around.make_source(plan.camera_id, address, self._state_changed, fallback=fallback)
        self._source = source
        self._is_cut = False
        self._opened_as = self.wanted_as(plan)
        self.status, self.reason, self.detail = CameraStatus.UNKNOWN, Reason.NONE, ""
        for sink in (*self.sinks, *self.waits):
            source.add_sink(sink)
        source.start()
        return True

    async def _not_now(self, reason: Reason, detail: str) -> bool:
        self.status, self.reason, self.detail = CameraStatus.OFFLINE, reason, detail
        self._on_state(self, UpstreamState(UpstreamStatus.OFFLINE, reason, detail))
        await asyncio.sleep(OPENING_RETRY_S)
        return False

    async def close(self, *, keep: Sink | None = None) -> None:
        """`keep`: who may still be handed the group that is coming in."""
        source = self._source
        if source is None:
            return
        self.detach_all(but=keep)
        self._source, self._opened_as = None, None
        await source.close()
        self.hub.reset()
        self.status, self.reason, self.detail = CameraStatus.UNKNOWN, Reason.NONE, ""
        if self._holds_pull:
            self._holds_pull = False
            self._around.pulls.give_back()

    def _state_changed(self, state: UpstreamState) -> None:
        if self._source is None:
            return  # the last words of a connection that is being closed
        if state.reason is Reason.UNSUPPORTED and not self._fallback:
            self._fallback = True  # no longer as wanted: the Camera closes it and opens the other kind
        elif state.status is not UpstreamStatus.CONNECTING:
            self.status, self.reason, self.detail = CameraStatus(state.status), state.reason, state.detail
        self._on_state(self, state)

    # Sinks

    def add(self, sink: Sink) -> None:
        self.sinks.append(sink)
        if self._source is not None:
            self._source.add_sink(sink)

    def remove(self, sink: Sink) -> None:
        if sink in self.sinks:
            self.sinks.remove(sink)
        if self._source is not None:
            self._source.remove_sink(sink)

    def add_wait(self, wait: KeyframeWait, *, attach: bool) -> None:
        """`attach`: there is leave for the connection that stands, if one does."""
        self.waits.add(wait)
        if self._source is not None and attach:
            self._source.add_sink(wait)
            group = self._source.cached_group()
            if group is not None and self.is_live:
                wait.offer(group)

    def standing_keyframe(self) -> tuple[VideoParameters, AccessUnit] | None:
        """Of the group that is coming in."""
        group = self._source.cached_group() if self._source is not None else None
        if group is None or group.parameters.video is None:
            return None
        unit = next((one for one in group.units if one.is_video and one.keyframe), None)
        return None if unit is None else (group.parameters.video, unit)

    def end_wait(self, wait: KeyframeWait) -> None:
        self.waits.discard(wait)
        if self._source is not None:
            self._source.remove_sink(wait)

    def detach_all(self, *, but: Sink | None = None) -> None:
        """Nobody is handed anything more, from this step of the event loop on; the connection is to be closed."""
        source = self._source
        if source is None:
            return
        self._is_cut = True
        attached: list[Sink] = [self.hub, self.converter, *self.sinks, *self.waits]
        for sink in attached:
            if sink is not but:
                source.remove_sink(sink)
        self._hub_attached = self._converter_attached = False

    def attach(self, *, expected: bool = False) -> None:
        """Hub and converter onto the connection while they are wanted. `expected`: a watcher joins in a moment."""
        source = self._source
        if source is None:
            return
        wanted = self._wants_hub() or expected
        if wanted != self._hub_attached:
            self._hub_attached = wanted
            if wanted:
                source.add_sink(self.hub)
                group = source.cached_group()
                if group is not None:
                    self.hub.seed(group)
            else:
                source.remove_sink(self.hub)
                self.hub.reset()
        if self._wants_converter() != self._converter_attached:
            self._converter_attached = self._wants_converter()
            if self._converter_attached:
                source.add_sink(self.converter)
            else:
                source.remove_sink(self.converter)

    async def end_conversion(self) -> bool:
        """When nobody needs it any more; True: there was one to end."""
        if not self.converter.running or self._wants_converter():
            return False
        self.attach()
        await self.converter.close()
        return True

    def _wants_hub(self) -> bool:
        return bool(self.hub.watchers or self.hub.awaited)

    def _wants_converter(self) -> bool:
        return self.converter.running and bool(self.converter.hub.watchers or self.converter.hub.awaited)


def address_key(sealed: SealedAddress | None, plan: CameraPlan) -> tuple[object, ...]:
    return ("", "", plan.transport) if sealed is None else (sealed.url, sealed.sealed_credentials, plan.transport)
