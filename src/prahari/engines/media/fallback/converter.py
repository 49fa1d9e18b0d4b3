"""H.264 for browsers that cannot play a camera's H.265, fed from the camera's one connection."""

from __future__ import annotations

import asyncio
import logging

from prahari.contracts.media import CameraStatus, Reason
from prahari.contracts.stopping import end_tasks
from prahari.engines.media.fallback import wire
from prahari.engines.media.fallback.process import Budget, StreamChild
from prahari.engines.media.live.hub import Hub
from prahari.engines.media.types import AccessUnit, GroupOfPictures, StreamParameters

log = logging.getLogger(__name__)

RESTART_S = 2.0


class Converter:
    """A Sink that sends pictures to a PyAV child and shows what comes back to the viewers of `hub`."""

    wants_units = True

    def __init__(self, hub: Hub, budget: Budget) -> None:
        self.hub = hub
        self._budget = budget
        self._task: asyncio.Task[None] | None = None
        self._child: StreamChild | None = None
        self._parameters: StreamParameters | None = None
        self._behind = True

    @property
    def running(self) -> bool:
        return self._task is not None

    def start(self) -> bool:
        """False: the budget of this worker is used up."""
        if self._task is None:
            if not self._budget.take():
                return False
            self._task = asyncio.get_running_loop().create_task(self._run())
        return True

    async def close(self) -> None:
        task, self._task = self._task, None
        if task is not None:
            await end_tasks([task])
            self._budget.give_back()
            self.hub.reset()

    async def _run(self) -> None:
        while True:
            self._child = StreamChild(
                wire.Job("convert"),
                on_parameters=self.hub.on_parameters,
                on_unit=self._on_converted,
                budget=self._budget,
            )
            self._behind = True
            try:
                reason, detail = await self._child.run()
            except OSError as error:
                reason, detail = Reason.UNSUPPORTED, f"The conversion cannot be started: {error.strerror}."
            log.warning("conversion for browsers ended: %s", detail)
            self.hub.set_status(CameraStatus.STALLED, reason)
            await asyncio.sleep(RESTART_S)

    def _on_converted(self, unit: AccessUnit) -> None:
        self.hub.set_status(CameraStatus.LIVE, Reason.NONE)
        self.hub.on_unit(unit)

    def on_parameters(self, parameters: StreamParameters) -> None:
        self._parameters = parameters
        self._behind = True

    def on_unit(self, unit: AccessUnit) -> None:
        if not unit.is_video or self._child is None or self._parameters is None or self._parameters.video is None:
            return
        if self._behind:
            video = self._parameters.video
            told = wire.Parameters(
                video.codec, video.width, video.height, video.codec_string, video.sps, video.pps, video.vps
            )
            if not unit.keyframe or not self._child.feed(wire.PARAMETERS, told):
                return
            self._behind = False
        data = unit.data if isinstance(unit.data, bytes) else b"".join(unit.data)
        passed = self._child.feed(
            wire.UNIT,
            wire.Unit(
                unit.keyframe,
                unit.decode_ticks,
                unit.duration_ticks,
                unit.composition_offset_ticks,
                unit.wall_ms,
                data,
            ),
        )
        self._behind = not passed

    def on_group(self, group: GroupOfPictures) -> None:
        """Had unit by unit."""

    def on_lost(self, reason: Reason, start_ms: int, end_ms: int | None) -> None:
        self._behind = True
