"""What viewers and the centre are told of a camera: the state of its best stream, and each stream's own."""

from __future__ import annotations

from collections.abc import Sequence

from prahari.contracts.media import CameraStatus, CameraStatusData, Reason
from prahari.engines.media.cameras.state import CameraState, video_of
from prahari.engines.media.cameras.stream import Stream

Shown = tuple[CameraStatus, Reason, str]


def tell_viewers(streams: Sequence[Stream], status: CameraStatus, reason: Reason, detail: str) -> None:
    """Of a camera that is live, whoever is shown a stream that fails is told that stream's state."""
    for stream in streams:
        shown = (status, Reason.STARTING if status is CameraStatus.UNKNOWN else reason)
        if status is CameraStatus.LIVE and stream.is_failing:
            shown = (stream.status, stream.reason)
        stream.hub.set_status(*shown)
        if shown[0] is not CameraStatus.LIVE:
            stream.converter.hub.set_status(*shown)


def status_data(
    state: CameraState,
    shown: Shown,
    streams: Sequence[Stream],
    trouble: Reason,
    recording: bool,
    watchers: int,
    has_sub: bool,
) -> CameraStatusData:
    """`trouble`: why what is to be recorded is not, though the camera is live. Video: of the first open stream."""
    status, reason, detail = shown
    is_live = status is CameraStatus.LIVE
    source = next((one.source for one in streams if one.source is not None), None)
    told = {one.name.value: one.told() for one in streams if one.is_open or one.is_failing}
    return CameraStatusData(
        status,
        trouble if is_live and trouble is not Reason.NONE else reason,
        detail,
        state.proved_at_ms,
        state.proof_until_ms if is_live else None,
        recording,
        watchers,
        video_of(source.state) if source is not None else None,
        told if has_sub else {},
    )
