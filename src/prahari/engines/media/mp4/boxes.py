"""Boxes of an init segment (ISO/IEC 14496-12, -15, -14)."""

from __future__ import annotations

import struct

from prahari.engines.media.codec import h264, h265
from prahari.engines.media.types import VIDEO_TIMESCALE, AudioParameters, StreamParameters, VideoParameters

VIDEO_TRACK, AUDIO_TRACK = 1, 2

_MATRIX = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)


def box(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I4s", len(body) + 8, kind) + body


def full_box(kind: bytes, version: int, flags: int, *parts: bytes) -> bytes:
    return box(kind, struct.pack(">I", version << 24 | flags), *parts)


def ftyp() -> bytes:
    return box(b"ftyp", b"iso5", struct.pack(">I", 512), b"iso5iso6mp41")


def moov(parameters: StreamParameters) -> bytes:
    tracks = []
    extends = []
    if parameters.video:
        video = parameters.video
        entry = _avc1(video) if video.codec == "h264" else _hvc1(video)
        media = full_box(b"vmhd", 0, 1, bytes(8))
        tracks.append(_trak(VIDEO_TRACK, VIDEO_TIMESCALE, b"vide", entry, media, video.width, video.height))
        extends.append(_trex(VIDEO_TRACK))
    if parameters.audio:
        audio = parameters.audio
        media = full_box(b"smhd", 0, 0, bytes(4))
        tracks.append(_trak(AUDIO_TRACK, audio.sample_rate, b"soun", _sound_entry(audio), media, 0, 0))
        extends.append(_trex(AUDIO_TRACK))
    # Durations 0 and no mehd: Chromium then plays with its low-delay renderer.
    header = full_box(
        b"mvhd",
        0,
        0,
        struct.pack(">IIIIIH", 0, 0, 1000, 0, 0x10000, 0x0100),
        bytes(10),
        _MATRIX,
        bytes(24),
        b"\0\0\0\3",
    )
    return box(b"moov", header, *tracks, box(b"mvex", *extends))


def _trex(track: int) -> bytes:
    return full_box(b"trex", 0, 0, struct.pack(">IIIII", track, 1, 0, 0, 0))


def _trak(track: int, timescale: int, handler: bytes, entry: bytes, media: bytes, width: int, height: int) -> bytes:
    volume = 0x0100 if handler == b"soun" else 0
    tkhd = full_box(
        b"tkhd",
        0,
        3,
        struct.pack(">IIIII", 0, 0, track, 0, 0),
        bytes(8),
        struct.pack(">hhHH", 0, 0, volume, 0),
        _MATRIX,
        struct.pack(">II", width << 16, height << 16),
    )
    mdhd = full_box(b"mdhd", 0, 0, struct.pack(">IIIIHH", 0, 0, timescale, 0, 0x55C4, 0))
    hdlr = full_box(b"hdlr", 0, 0, bytes(4), handler, bytes(12), b"Prahari\0")
    dinf = box(b"dinf", full_box(b"dref", 0, 0, struct.pack(">I", 1), full_box(b"url ", 0, 1)))
    empty = struct.pack(">I", 0)
    stbl = box(
        b"stbl",
        full_box(b"stsd", 0, 0, struct.pack(">I", 1), entry),
        full_box(b"stts", 0, 0, empty),
        full_box(b"stsc", 0, 0, empty),
        full_box(b"stsz", 0, 0, empty, empty),
        full_box(b"stco", 0, 0, empty),
    )
    return box(b"trak", tkhd, box(b"mdia", mdhd, hdlr, box(b"minf", media, dinf, stbl)))


def _visual_entry(kind: bytes, video: VideoParameters, config: bytes) -> bytes:
    return box(
        kind,
        bytes(6),
        struct.pack(">H", 1),
        bytes(16),
        struct.pack(">HHIIIH", video.width, video.height, 0x480000, 0x480000, 0, 1),
        bytes(32),
        struct.pack(">Hh", 24, -1),
        config,
    )


def _avc1(video: VideoParameters) -> bytes:
    sps = h264.parse_sps(video.sps)
    body = bytes((1, sps.profile, sps.constraints, sps.level, 0xFF, 0xE1))
    body += struct.pack(">H", len(video.sps)) + video.sps + b"\x01" + struct.pack(">H", len(video.pps)) + video.pps
    if sps.profile in (100, 110, 122, 144):
        depths = (0xF8 | sps.bit_depth_luma - 8, 0xF8 | sps.bit_depth_chroma - 8, 0)
        body += bytes((0xFC | sps.chroma_format, *depths))
    return _visual_entry(b"avc1", video, box(b"avcC", body))


def _hvc1(video: VideoParameters) -> bytes:
    sps = h265.parse_sps(video.sps)
    body = b"\x01" + sps.profile_tier_level
    body += struct.pack(
        ">HBBBBHB",
        0xF000,
        0xFC,
        0xFC | sps.chroma_format,
        0xF8 | sps.bit_depth_luma - 8,
        0xF8 | sps.bit_depth_chroma - 8,
        0,
        sps.sub_layers << 3 | int(sps.temporal_nesting) << 2 | 3,
    )
    body += b"\x03"
    for kind, nal in ((h265.VPS, video.vps), (h265.SPS, video.sps), (h265.PPS, video.pps)):
        body += struct.pack(">BHH", 0x80 | kind, 1, len(nal)) + nal
    return _visual_entry(b"hvc1", video, box(b"hvcC", body))


def _sound_entry(audio: AudioParameters) -> bytes:
    head = bytes(6) + struct.pack(">H", 1) + bytes(8)
    head += struct.pack(">HHI", audio.channels, 16, 0) + struct.pack(">I", audio.sample_rate << 16 & 0xFFFFFFFF)
    if audio.codec != "aac":
        return box(b"alaw" if audio.codec == "pcma" else b"ulaw", head)
    specific = b"\x05" + _length(len(audio.config)) + audio.config
    decoder = b"\x04" + _length(13 + len(specific)) + bytes((0x40, 0x15, 0, 0, 0)) + bytes(8) + specific
    es = struct.pack(">HB", AUDIO_TRACK, 0) + decoder + b"\x06\x01\x02"
    return box(b"mp4a", head, full_box(b"esds", 0, 0, b"\x03" + _length(len(es)) + es))


def _length(size: int) -> bytes:
    """Descriptor length, four bytes of seven bits."""
    return bytes((0x80 | size >> 21 & 0x7F, 0x80 | size >> 14 & 0x7F, 0x80 | size >> 7 & 0x7F, size & 0x7F))
