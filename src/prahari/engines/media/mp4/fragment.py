"""Writes fragmented MP4 (ISO/IEC 14496-12): one fragment a picture (live) or a group of pictures (recorder)."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import replace

from prahari.engines.media.mp4.boxes import AUDIO_TRACK, VIDEO_TRACK, ftyp, moov
from prahari.engines.media.types import VIDEO_TIMESCALE, AccessUnit, StreamParameters

_NTP_EPOCH_S = 2_208_988_800
_SYNC, _NOT_SYNC = 0x02000000, 0x01010000
_DEFAULT_BASE_IS_MOOF, _HAS_DEFAULT_FLAGS = 0x020000, 0x000020
_DATA_OFFSET, _FIRST_FLAGS, _DURATION, _SIZE, _FLAGS, _COMPOSITION = 0x001, 0x004, 0x100, 0x200, 0x400, 0x800


def mime(parameters: StreamParameters, *, browser: bool = True) -> str:
    """`video/mp4; codecs="avc1.64001f,mp4a.40.2"`. `browser`: without audio that browsers cannot play."""
    codecs = [parameters.video.codec_string] if parameters.video else []
    if parameters.audio and parameters.audio.codec_string:
        codecs.append(parameters.audio.codec_string)
    elif parameters.audio and not browser:
        codecs.append("alaw" if parameters.audio.codec == "pcma" else "ulaw")
    return f'{"video" if parameters.video else "audio"}/mp4; codecs="{",".join(codecs)}"'


def for_browser(parameters: StreamParameters) -> StreamParameters:
    """The same without audio that browsers cannot play in MP4 (G.711); fragment() then skips its units."""
    if parameters.audio and not parameters.audio.codec_string:
        return replace(parameters, audio=None)
    return parameters


def init_segment(parameters: StreamParameters) -> bytes:
    """ftyp + moov: track 1 video, track 2 audio. Durations 0, no mehd (low-delay playback)."""
    return ftyp() + moov(parameters)


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
    are left out, and audio from before the base; [] when nothing remains.
    """
    video = [unit for unit in units if unit.is_video] if parameters.video else []
    audio: list[AccessUnit] = []
    if parameters.audio:
        if audio_base_ticks is None:
            audio_base_ticks = video_base_ticks * parameters.audio.sample_rate // VIDEO_TIMESCALE
        base = audio_base_ticks
        audio = [unit for unit in units if not unit.is_video and unit.decode_ticks >= base]
    if not video and not audio:
        return []

    payload: list[bytes] = []
    trafs: list[tuple[bytes, bytes, int]] = []  # before the data offset, after it, payload bytes before this track
    before = 0
    for track, samples, base_ticks in ((VIDEO_TRACK, video, video_base_ticks), (AUDIO_TRACK, audio, audio_base_ticks)):
        if not samples:
            continue
        start = before
        sizes = []
        for unit in samples:
            data = unit.data
            if isinstance(data, list):
                payload.extend(data)
                size = sum(map(len, data))
            else:
                payload.append(data)
                size = len(data)
            sizes.append(size)
            before += size
        head, tail = _traf(track, samples, sizes, max(0, samples[0].decode_ticks - (base_ticks or 0)))
        trafs.append((head, tail, start))

    moof_bytes = 8 + 16 + sum(len(head) + 4 + len(tail) for head, tail, _ in trafs)
    parts = [struct.pack(">I4sI4sII", moof_bytes, b"moof", 16, b"mfhd", 0, sequence & 0xFFFFFFFF)]
    for head, tail, start in trafs:
        parts += (head, (moof_bytes + 8 + start).to_bytes(4, "big"), tail)
    parts.append(struct.pack(">I4s", before + 8, b"mdat"))
    if wall_ms is not None:
        track, samples = (VIDEO_TRACK, video) if video else (AUDIO_TRACK, audio)
        media = max(0, samples[0].decode_ticks - (video_base_ticks if video else audio_base_ticks or 0))
        ntp = (wall_ms // 1000 + _NTP_EPOCH_S << 32) + ((wall_ms % 1000 << 32) // 1000)
        parts.insert(0, struct.pack(">I4sIIQQ", 32, b"prft", 0x01000000, track, ntp & 0xFFFFFFFFFFFFFFFF, media))
    return [b"".join(parts), *payload]


def _traf(track: int, samples: Sequence[AccessUnit], sizes: list[int], tfdt: int) -> tuple[bytes, bytes]:
    """A traf without the four bytes of its trun's data offset: what comes before them and what comes after."""
    count = len(samples)
    flags = _DATA_OFFSET | _DURATION | _SIZE
    first = b""
    columns = [[min(unit.duration_ticks, 0xFFFFFFFF) for unit in samples], sizes]
    default = _SYNC
    if track == VIDEO_TRACK:
        default = _NOT_SYNC
        if any(unit.keyframe for unit in samples[1:]):
            flags |= _FLAGS
            columns.append([_SYNC if unit.keyframe else _NOT_SYNC for unit in samples])
        else:
            flags |= _FIRST_FLAGS
            first = (_SYNC if samples[0].keyframe else _NOT_SYNC).to_bytes(4, "big")
        if any(unit.composition_offset_ticks for unit in samples):
            flags |= _COMPOSITION
            columns.append([unit.composition_offset_ticks & 0xFFFFFFFF for unit in samples])
    width = len(columns)
    rows = [0] * (width * count)
    for index, column in enumerate(columns):
        rows[index::width] = column
    tail = first + struct.pack(f">{width * count}I", *rows)
    trun_bytes = 12 + 4 + 4 + len(tail)
    head = struct.pack(
        ">I4sI4sIIII4sIQI4sII",
        8 + 20 + 20 + trun_bytes,
        b"traf",
        20,
        b"tfhd",
        _DEFAULT_BASE_IS_MOOF | _HAS_DEFAULT_FLAGS,
        track,
        default,
        20,
        b"tfdt",
        0x01000000,
        tfdt,
        trun_bytes,
        b"trun",
        0x01000000 | flags,
        count,
    )
    return head, tail
