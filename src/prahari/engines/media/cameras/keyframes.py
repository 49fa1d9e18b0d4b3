"""Waiting for one keyframe of a camera: for a snapshot, or to prove that it is alive."""

from __future__ import annotations

import asyncio

from prahari.contracts.media import Reason
from prahari.engines.media.gate.showing import Asker
from prahari.engines.media.rtsp.errors import StreamError
from prahari.engines.media.types import AccessUnit, GroupOfPictures, StreamParameters, VideoParameters


class KeyframeWait:
    """A Sink that is done with the first keyframe. `asker`: who will see it; None: it only proves life."""

    wants_units = True

    def __init__(self, asker: Asker | None) -> None:
        self.asker = asker
        self._found: asyncio.Future[tuple[VideoParameters, AccessUnit]] = asyncio.get_running_loop().create_future()
        self._parameters: StreamParameters | None = None
        self._last_failure = StreamError(Reason.TIMEOUT, "No picture came in time.")

    def offer(self, group: GroupOfPictures) -> None:
        """Take the keyframe of what is there already."""
        keyframe = next((unit for unit in group.units if unit.is_video and unit.keyframe), None)
        if keyframe is not None and group.parameters.video is not None and not self._found.done():
            self._found.set_result((group.parameters.video, keyframe))

    def note_failure(self, reason: Reason, detail: str) -> None:
        """Why there may be no picture; a source tries again by itself, so the wait goes on until its time is up."""
        self._last_failure = StreamError(reason, detail)

    def fail(self, reason: Reason, detail: str) -> None:
        if not self._found.done():
            self._found.set_exception(StreamError(reason, detail))

    async def result(self, timeout_s: float) -> tuple[VideoParameters, AccessUnit]:
        """Raises StreamError with the last reason known."""
        try:
            return await asyncio.wait_for(self._found, timeout_s)
        except TimeoutError:
            raise self._last_failure from None

    def on_parameters(self, parameters: StreamParameters) -> None:
        self._parameters = parameters
        if parameters.video is None:
            self.fail(Reason.UNSUPPORTED, "The stream holds no video.")

    def on_unit(self, unit: AccessUnit) -> None:
        video = self._parameters.video if self._parameters is not None else None
        if unit.is_video and unit.keyframe and video is not None and not self._found.done():
            self._found.set_result((video, unit))

    def on_group(self, group: GroupOfPictures) -> None:
        self.offer(group)

    def on_lost(self, reason: Reason, start_ms: int, end_ms: int | None) -> None:
        """The connection tries again; the state listener says why."""
