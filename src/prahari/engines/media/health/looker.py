"""Keyframes looked at in a child process, one after the other."""

from __future__ import annotations

import msgspec

from prahari.engines.media.fallback.helper import Helper, HelperError
from prahari.engines.media.health.wire import LOOK, LookJob, Seen
from prahari.engines.media.types import AccessUnit, VideoParameters

CHILD = "prahari.engines.media.health.child"
TIMEOUT_S = 10.0
IDLE_S = 600.0
"""Longer than the usual time between two looks: starting costs half a second of a core."""

_decoder = msgspec.msgpack.Decoder(Seen)


class Looker:
    def __init__(self) -> None:
        self._helper = Helper(CHILD, IDLE_S)

    async def look(
        self,
        video: VideoParameters,
        keyframe: AccessUnit,
        references: list[bytes],
        candidate: bytes,
        before: list[bytes],
    ) -> Seen:
        """Never raises for what a picture holds; `error` says what was wrong."""
        data = keyframe.data if isinstance(keyframe.data, bytes) else b"".join(keyframe.data)
        job = LookJob(video.codec, video.sps, video.pps, video.vps, data, references, candidate, before)
        try:
            return _decoder.decode(await self._helper.ask(LOOK, job, TIMEOUT_S))
        except (HelperError, ValueError) as error:
            return Seen(error=str(error))

    async def close(self) -> None:
        await self._helper.close()
