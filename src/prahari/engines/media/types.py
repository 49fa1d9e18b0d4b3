"""What flows inside the media engine, from a camera's connection to recorder and viewers.

Times: `*_ms` are Unix milliseconds of the picture (mapped from RTP by RTCP where the camera sends it); `*_ticks` are in
the track's own timescale, monotonic, starting anywhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from prahari.contracts.media import Reason

VIDEO_TIMESCALE = 90_000


@dataclass(frozen=True, slots=True)
class VideoParameters:
    """What a decoder must know first. Parameter sets are NAL units without start code or length."""

    codec: str  # "h264" | "h265"
    width: int
    height: int
    codec_string: str  # RFC 6381, e.g. "avc1.64001f"
    sps: bytes
    pps: bytes
    vps: bytes = b""


@dataclass(frozen=True, slots=True)
class AudioParameters:
    codec: str  # "aac" | "pcma" | "pcmu"
    sample_rate: int
    channels: int
    codec_string: str  # "mp4a.40.2"; empty when browsers cannot play it in MP4
    config: bytes = b""  # AudioSpecificConfig for AAC


@dataclass(frozen=True, slots=True)
class StreamParameters:
    """Both tracks of a stream. Either may be missing, not both. Equality tells a change mid-stream."""

    video: VideoParameters | None
    audio: AudioParameters | None


@dataclass(slots=True)
class AccessUnit:
    """One coded picture, or one audio frame, ready for MP4: NAL units with 4-byte lengths, or raw audio bytes."""

    is_video: bool
    keyframe: bool
    decode_ticks: int
    duration_ticks: int  # best knowledge; the last one of a group is an estimate
    composition_offset_ticks: int  # presentation minus decode; not 0 with B-frames
    wall_ms: int
    data: bytes | list[bytes]  # a list is joined by whoever writes it, once


@dataclass(slots=True)
class GroupOfPictures:
    """From one keyframe up to the next, audio that belongs to it included: the unit of recording and of loss."""

    parameters: StreamParameters
    units: list[AccessUnit] = field(default_factory=list)
    start_ms: int = 0
    end_ms: int = 0


class Sink(Protocol):
    """Who wants what a camera sends: recorder, live hub, probe. Called in the event loop; must not block or raise."""

    wants_units: bool
    """True: `on_unit` at once for every unit (a viewer); then the connection is read without delay."""

    def on_parameters(self, parameters: StreamParameters) -> None: ...

    def on_unit(self, unit: AccessUnit) -> None: ...

    def on_group(self, group: GroupOfPictures) -> None:
        """A finished group. Not to be changed: other sinks hold it too."""

    def on_lost(self, reason: Reason, start_ms: int, end_ms: int | None) -> None:
        """Pictures from `start_ms` are missing; `end_ms` None: still missing (connection gone)."""
