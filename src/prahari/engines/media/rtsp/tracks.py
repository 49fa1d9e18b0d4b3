"""Chooses what is taken of a stream: one video track, one audio track, those that we can carry."""

from __future__ import annotations

import binascii
from dataclasses import dataclass

from prahari.contracts.media import Reason
from prahari.engines.media.codec import h264, h265
from prahari.engines.media.codec.parameters import aac_parameters
from prahari.engines.media.rtsp.errors import StreamError
from prahari.engines.media.rtsp.sdp import Media, Session, number_of
from prahari.engines.media.types import AudioParameters


@dataclass(slots=True)
class VideoTrack:
    """`sps`, `pps`, `vps` as far as the description tells; empty: they come in-band."""

    media: Media
    codec: str
    sps: bytes = b""
    pps: bytes = b""
    vps: bytes = b""
    channel: int = 0
    first_stamp: int | None = None  # RTP-Info


@dataclass(slots=True)
class AudioTrack:
    """`size_bits`, `index_bits`: widths in the AU headers of RFC 3640; 0 for G.711."""

    media: Media
    parameters: AudioParameters
    size_bits: int = 0
    index_bits: int = 0
    channel: int = 2
    first_stamp: int | None = None


def choose_tracks(session: Session) -> tuple[VideoTrack | None, AudioTrack | None]:
    """Raises StreamError (UNSUPPORTED) when nothing in the stream can be taken."""
    offered = [media for media in session.media if media.is_sent]
    if offered and all("SAVP" in media.profile for media in offered):
        raise StreamError(Reason.UNSUPPORTED, "The camera sends its pictures encrypted (SRTP); switch that off in it.")
    plain = [media for media in offered if "SAVP" not in media.profile]
    videos = [media for media in plain if media.kind == "video"]
    video = next((_video(media) for media in videos if media.encoding in ("H264", "H265", "HEVC")), None)
    if video is None and videos:
        names = ", ".join(sorted({media.encoding[:20] or "unknown" for media in videos}))
        raise StreamError(Reason.UNSUPPORTED, f"The camera's pictures are coded as {names}, not as H.264 or H.265.")
    audio = None
    for media in plain:
        if media.kind == "audio" and audio is None:
            audio = _audio(media)
    if video is None and audio is None:
        raise StreamError(Reason.UNSUPPORTED, "The camera's stream has neither pictures nor sound that can be taken.")
    return video, audio


def _video(media: Media) -> VideoTrack:
    if media.encoding == "H264":
        if media.format.get("packetization-mode", "1") not in ("", "0", "1"):
            raise StreamError(Reason.UNSUPPORTED, "The camera sends H.264 in interleaved order (packetization-mode 2).")
        track = VideoTrack(media, "h264")
        for nal in media.parameter_sets("sprop-parameter-sets"):
            if nal[0] & 0x1F == h264.SPS and not track.sps:
                track.sps = nal
            elif nal[0] & 0x1F == h264.PPS and not track.pps:
                track.pps = nal
        return track
    if number_of(media, "sprop-max-don-diff", 0, 32767) > 0:
        raise StreamError(Reason.UNSUPPORTED, "The camera sends H.265 in interleaved order (sprop-max-don-diff).")
    track = VideoTrack(media, "h265")
    for name in ("sprop-vps", "sprop-sps", "sprop-pps"):
        for nal in media.parameter_sets(name):
            kind = nal[0] >> 1 & 0x3F
            if kind == h265.VPS and not track.vps:
                track.vps = nal
            elif kind == h265.SPS and not track.sps:
                track.sps = nal
            elif kind == h265.PPS and not track.pps:
                track.pps = nal
    return track


def _audio(media: Media) -> AudioTrack | None:
    """None: sound that we cannot carry; the pictures are then taken without it."""
    if media.encoding in ("PCMA", "PCMU") and 4000 <= media.rate_hz <= 48_000:
        return AudioTrack(media, AudioParameters(media.encoding.lower(), media.rate_hz, media.channels, ""))
    if media.encoding == "MPEG4-GENERIC":
        try:
            parameters = aac_parameters(binascii.unhexlify(media.format.get("config", "")))
        except (binascii.Error, ValueError, StreamError):
            return None
        size_bits = number_of(media, "sizelength", 13, 16)
        index_bits = max(number_of(media, "indexlength", 3, 16), number_of(media, "indexdeltalength", 3, 16))
        if not size_bits or parameters.sample_rate != media.rate_hz:
            return None
        return AudioTrack(media, parameters, size_bits, index_bits)
    return None
