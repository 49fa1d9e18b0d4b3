"""Parameter sets into types.VideoParameters and types.AudioParameters."""

from __future__ import annotations

from prahari.contracts.media import Reason
from prahari.engines.media.codec import aac, h264, h265
from prahari.engines.media.codec.bits import MAX_PARAMETER_SET_BYTES, BitstreamError
from prahari.engines.media.rtsp.errors import StreamError
from prahari.engines.media.types import AudioParameters, VideoParameters


def h264_parameters(sps: bytes, pps: bytes) -> VideoParameters:
    """Raises StreamError (BAD_STREAM)."""
    parsed = _parsed_h264(sps)
    _check_size(pps)
    return VideoParameters("h264", parsed.width, parsed.height, parsed.codec_string, sps, pps)


def h265_parameters(vps: bytes, sps: bytes, pps: bytes) -> VideoParameters:
    """Raises StreamError (BAD_STREAM)."""
    parsed = _parsed_h265(sps)
    _check_size(pps)
    _check_size(vps)
    return VideoParameters("h265", parsed.width, parsed.height, parsed.codec_string, sps, pps, vps)


def aac_parameters(config: bytes) -> AudioParameters:
    """Raises StreamError (BAD_STREAM)."""
    try:
        kind, rate, channels = aac.parse_config(config)
    except BitstreamError as error:
        raise StreamError(Reason.BAD_STREAM, f"The camera describes its sound wrongly: {error}.") from error
    return AudioParameters("aac", rate, channels, f"mp4a.40.{kind}", config)


def reorder_depth(video: VideoParameters) -> int | None:
    """Pictures that may be reordered, as the stream tells; None: not told."""
    try:
        return h264.parse_sps(video.sps).reorder if video.codec == "h264" else h265.parse_sps(video.sps).reorder
    except BitstreamError:
        return None


def _check_size(parameter_set: bytes) -> None:
    if not 0 < len(parameter_set) <= MAX_PARAMETER_SET_BYTES:
        raise StreamError(Reason.BAD_STREAM, "The camera sent a parameter set of impossible size.")


def _parsed_h264(sps: bytes) -> h264.Sps:
    try:
        return h264.parse_sps(sps)
    except BitstreamError as error:
        raise StreamError(Reason.BAD_STREAM, f"The camera's H.264 parameters are wrong: {error}.") from error


def _parsed_h265(sps: bytes) -> h265.Sps:
    try:
        return h265.parse_sps(sps)
    except BitstreamError as error:
        raise StreamError(Reason.BAD_STREAM, f"The camera's H.265 parameters are wrong: {error}.") from error
