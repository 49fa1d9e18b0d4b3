"""Writes fragmented MP4 (ISO/IEC 14496-12). Signatures only for now."""

from __future__ import annotations

from collections.abc import Sequence

from prahari.engines.media.types import AccessUnit, StreamParameters


def mime(parameters: StreamParameters, *, browser: bool = True) -> str:
    """`video/mp4; codecs="avc1.64001f,mp4a.40.2"`. `browser`: without audio that browsers cannot play."""
    raise NotImplementedError


def for_browser(parameters: StreamParameters) -> StreamParameters:
    """The same without audio that browsers cannot play in MP4 (G.711); fragment() then skips its units."""
    raise NotImplementedError


def init_segment(parameters: StreamParameters) -> bytes:
    """ftyp + moov: track 1 video, track 2 audio. Durations 0, no mehd (low-delay playback)."""
    raise NotImplementedError


def fragment(
    parameters: StreamParameters,
    units: Sequence[AccessUnit],
    sequence: int,
    video_base_ticks: int,
    audio_base_ticks: int | None = None,
    *,
    wall_ms: int | None = None,
) -> list[bytes]:
    """[prft if wall_ms is given] + moof + mdat of one unit or a whole group, as pieces for writev or b"".join.

    tfdt = decode_ticks - base of the track; `audio_base_ticks` None: the same instant as video_base_ticks (ticks of
    both tracks are counted from the Unix epoch at the start of a connection). Units of tracks that `parameters` lacks
    are left out; [] when nothing remains.
    """
    raise NotImplementedError
