"""One public camera as visitors see it: about one masked picture a second, made once for everybody who looks."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import struct
import time
from collections.abc import Callable

from prahari.engines.media.cameras.camera import Camera
from prahari.engines.media.cameras.stream import StreamName
from prahari.engines.media.fallback.pictures import PictureError, PictureMaker
from prahari.engines.media.gate.problems import NO_TOKEN
from prahari.engines.media.gate.showing import Asker
from prahari.engines.media.live.viewer import Viewer, ws_frame
from prahari.engines.media.types import AccessUnit, StreamParameters, VideoParameters

log = logging.getLogger(__name__)

PERIOD_S = 1.0
LOOK_PX = 832
"""Wide enough for the detector, which looks at 416."""
MASKED_PICTURE = 3
MOSAIC_PICTURE = 4

_BINARY = 0x82


class Show:
    """A tap on a camera that takes keyframes. `on_end`: called once, when leave has ended or the camera is gone."""

    asker = Asker(is_visitor=True)

    def __init__(self, camera: Camera, maker: PictureMaker, on_end: Callable[[], None]) -> None:
        self._camera = camera
        self._maker = maker
        self._on_end = on_end
        self.viewers: set[Viewer] = set()
        self._video: VideoParameters | None = None
        self._newest: tuple[VideoParameters, AccessUnit] | None = None
        self._came = asyncio.Event()
        self._over = asyncio.Event()
        self._last_frame = b""
        self._why_mosaic = ""
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Raises Problem when the camera may not be shown to visitors."""
        self._camera.tap(self, StreamName.SUB)
        self._task = asyncio.get_running_loop().create_task(self._run())

    async def close(self) -> None:
        """A picture that is being made is waited for, not broken off: the helper makes those of other cameras too."""
        self._camera.untap(self)
        self._over.set()
        self._came.set()
        if self._task is not None:
            await self._task

    def join(self, viewer: Viewer) -> None:
        """Show the camera to `viewer` from now on, beginning with the picture that is there."""
        self.viewers.add(viewer)
        if self._last_frame and self._camera.refusal(self.asker) is None:
            viewer.say(self._last_frame)

    # Tap

    def on_parameters(self, parameters: StreamParameters) -> None:
        self._video = parameters.video

    def on_unit(self, unit: AccessUnit) -> None:
        if unit.is_video and unit.keyframe and self._video is not None:
            self._newest = (self._video, unit)
            self._came.set()

    def end(self, code: int, reason: str) -> None:
        self._newest, self._last_frame = None, b""
        for viewer in self.viewers:
            viewer.end(code, reason)
        self.viewers.clear()
        self._on_end()

    async def _run(self) -> None:
        while not self._over.is_set():
            await self._came.wait()
            self._came.clear()
            begun = time.monotonic()
            newest, self._newest = self._newest, None
            if newest is not None:
                await self._show(*newest)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(max(0.0, begun + PERIOD_S - time.monotonic())):
                    await self._over.wait()

    async def _show(self, video: VideoParameters, unit: AccessUnit) -> None:
        try:
            picture = await self._maker.picture(video, unit, LOOK_PX)
        except PictureError as error:
            log.warning("camera %s: no picture for visitors: %s", self._camera.plan.camera_id, error)
            return
        if picture.mosaic != self._why_mosaic:
            self._why_mosaic = picture.mosaic
            log.warning("pictures for visitors: %s", picture.mosaic or "masked by the detector again")
        if self._camera.refusal(self.asker) is not None:
            return  # leave ended while the picture was made
        kind = MOSAIC_PICTURE if picture.mosaic else MASKED_PICTURE
        self._last_frame = ws_frame(_BINARY, [struct.pack("!Bq", kind, unit.wall_ms), picture.jpeg])
        for viewer in tuple(self.viewers):
            if viewer.asker.holds():
                viewer.show(self._last_frame, keyframe=True)
            else:
                self.viewers.discard(viewer)
                viewer.end(NO_TOKEN.ws_close, NO_TOKEN.code)
