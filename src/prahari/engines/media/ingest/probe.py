"""One picture from a camera, and good-bye: for tests of an address and for periodic proofs."""

from __future__ import annotations

import asyncio

from prahari.contracts.media import Reason
from prahari.engines.media.ingest.upstream import Upstream, UpstreamState, UpstreamStatus
from prahari.engines.media.rtsp.errors import StreamError
from prahari.engines.media.types import AccessUnit, GroupOfPictures, StreamParameters


class _FirstKeyframe:
    """A Sink that keeps the first keyframe."""

    wants_units = True

    def __init__(self) -> None:
        self.found: asyncio.Future[tuple[StreamParameters, AccessUnit]] = asyncio.get_running_loop().create_future()
        self._parameters: StreamParameters | None = None

    def on_parameters(self, parameters: StreamParameters) -> None:
        self._parameters = parameters

    def on_unit(self, unit: AccessUnit) -> None:
        if unit.is_video and unit.keyframe and self._parameters is not None and not self.found.done():
            self.found.set_result((self._parameters, unit))

    def on_group(self, group: GroupOfPictures) -> None: ...

    def on_lost(self, reason: Reason, start_ms: int, end_ms: int | None) -> None: ...

    def on_state(self, state: UpstreamState) -> None:
        if state.status is UpstreamStatus.OFFLINE and not self.found.done():
            self.found.set_exception(StreamError(state.reason, state.detail))


async def one_keyframe(
    url: str, credentials: tuple[str, str] | None, timeout_s: float
) -> tuple[StreamParameters, AccessUnit]:
    """Connect, wait for the first keyframe, close. Raises rtsp.errors.StreamError (has `.reason` and `.detail`)."""
    sink = _FirstKeyframe()
    upstream = Upstream("probe", url, credentials, "tcp", sink.on_state)
    upstream.add_sink(sink)
    upstream.start()
    try:
        async with asyncio.timeout(timeout_s):
            return await sink.found
    except TimeoutError:
        if upstream.state.status is UpstreamStatus.LIVE:
            raise StreamError(Reason.NO_FRAMES, "The camera sends, but no keyframe came in time.") from None
        raise StreamError(Reason.TIMEOUT, f"No picture came within {timeout_s:.0f} s.") from None
    finally:
        await upstream.close()
