"""A loop: the RTP packets of a short recording, laid out once and played by any number of cameras."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

TICKS = 90_000
"""Ticks a second of a loop's own time, and the clock rate of video (RFC 6184)."""

_PAYLOAD_BYTES = 1400
_SSRC = 0x50524148
_SAMPLE_RATE_INDEX = (96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000)


class LoopError(Exception):
    """A recording cannot be played as a loop; the message says why."""


@dataclass(frozen=True)
class Track:
    """One m= section. `codec`: h264, h265, aac, pcma or pcmu."""

    kind: str
    codec: str
    payload_type: int
    rate_hz: int
    attributes: tuple[str, ...]


@dataclass(frozen=True)
class Picture:
    """A coded picture or some audio: NAL units without start codes, or one audio frame. Times in ticks."""

    track: int
    decode_ticks: int
    present_ticks: int
    keyframe: bool
    units: Sequence[bytes]


@dataclass(frozen=True, eq=False)
class Loop:
    """Packets in sending order.

    `data`: interleaved packets ("$", channel, length, RTP); channel is 2 x track until `with_channels`.
    Per packet (arrays of length P, offsets P+1): `offset` in data, `track`, `number` within its track, `stamp` in its
    track's clock from the loop's start. Per frame (F, first_packet F+1): `due_ticks` ascending, `keyframe`.
    `locked`: the loop's start is bound to multiples of its duration in Unix time (a clock is drawn in it).
    """

    tracks: tuple[Track, ...]
    duration_ticks: int
    data: bytes
    offset: NDArray[np.int64]
    track: NDArray[np.int64]
    number: NDArray[np.int64]
    stamp: NDArray[np.int64]
    due_ticks: NDArray[np.int64]
    first_packet: NDArray[np.int64]
    keyframe: NDArray[np.bool_]
    locked: bool = False
    packets_of_track: tuple[int, ...] = field(default=())
    path: Path | None = None  # the recording that it was made from

    @property
    def bytes_per_s(self) -> float:
        return len(self.data) * TICKS / self.duration_ticks

    def sdp(self, host: str) -> bytes:
        lines = [
            "v=0",
            f"o=- 1 1 IN IP4 {host}",
            "s=simcity",
            "c=IN IP4 0.0.0.0",
            "t=0 0",
            "a=range:npt=now-",
            "a=control:*",
        ]
        for index, track in enumerate(self.tracks):
            lines.append(f"m={track.kind} 0 RTP/AVP {track.payload_type}")
            lines += [f"a={attribute}" for attribute in track.attributes]
            lines.append(f"a=control:track{index}")
        return ("\r\n".join(lines) + "\r\n").encode()

    def with_channels(self, channels: tuple[int | None, ...]) -> Loop:
        """The loop with each track on its interleaved channel; None leaves the track out. Cached."""
        return _with_channels(self, channels)


@lru_cache(maxsize=512)
def _with_channels(loop: Loop, channels: tuple[int | None, ...]) -> Loop:
    if channels == tuple(2 * index for index in range(len(loop.tracks))):
        return loop
    keep = np.array([channel is not None for channel in channels], dtype=bool)[loop.track]
    chosen = np.flatnonzero(keep)
    data = bytearray()
    offset = [0]
    for packet in chosen:
        piece = bytearray(loop.data[loop.offset[packet] : loop.offset[packet + 1]])
        piece[1] = channels[int(loop.track[packet])] or 0
        data += piece
        offset.append(len(data))
    first = np.searchsorted(chosen, loop.first_packet)  # frames that lost all packets become empty
    kept_frames = np.flatnonzero(first[1:] > first[:-1])
    return replace(
        loop,
        data=bytes(data),
        offset=np.array(offset),
        track=loop.track[chosen],
        number=loop.number[chosen],
        stamp=loop.stamp[chosen],
        due_ticks=loop.due_ticks[kept_frames],
        first_packet=np.append(first[kept_frames], len(chosen)),
        keyframe=loop.keyframe[kept_frames] | (not any(_is_video(loop, channels))),
    )


def _is_video(loop: Loop, channels: tuple[int | None, ...]) -> list[bool]:
    return [t.kind == "video" and c is not None for t, c in zip(loop.tracks, channels, strict=True)]


def build_loop(
    tracks: Sequence[Track], pictures: Iterable[Picture], duration_ticks: int, *, locked: bool = False
) -> Loop:
    """A loop from pictures in decoding order. Raises LoopError when there is nothing to play."""
    ordered = sorted(pictures, key=lambda picture: picture.decode_ticks)
    video = next((index for index, track in enumerate(tracks) if track.kind == "video"), None)
    while ordered and video is not None and not (ordered[0].track == video and ordered[0].keyframe):
        ordered.pop(0)
    if not ordered:
        raise LoopError("there is no keyframe to start from")
    start = ordered[0].decode_ticks
    data = bytearray()
    offset = [0]
    track_of: list[int] = []
    number: list[int] = []
    stamp: list[int] = []
    due: list[int] = []
    first: list[int] = []
    key: list[bool] = []
    counts = [0] * len(tracks)
    for picture in ordered:
        track = tracks[picture.track]
        first.append(len(track_of))
        due.append(picture.decode_ticks - start)
        key.append(picture.keyframe and (video is None or picture.track == video))
        ticks = (picture.present_ticks - start) * track.rate_hz // TICKS
        payloads = list(payloads_of(track.codec, picture.units))
        for position, payload in enumerate(payloads):
            marker = track.kind == "video" and position == len(payloads) - 1
            data += interleaved(2 * picture.track, track.payload_type, marker, payload)
            offset.append(len(data))
            track_of.append(picture.track)
            number.append(counts[picture.track])
            counts[picture.track] += 1
            stamp.append(ticks)
    return Loop(
        tracks=tuple(tracks),
        duration_ticks=duration_ticks,
        data=bytes(data),
        offset=np.array(offset),
        track=np.array(track_of),
        number=np.array(number),
        stamp=np.array(stamp),
        due_ticks=np.array(due),
        first_packet=np.array([*first, len(track_of)]),
        keyframe=np.array(key, dtype=bool),
        locked=locked,
        packets_of_track=tuple(counts),
    )


def interleaved(channel: int, payload_type: int, marker: bool, payload: bytes) -> bytes:
    """One RTP packet with sequence number and time stamp 0, framed for RTSP over TCP (RFC 2326, 10.12)."""
    header = b"$" + bytes([channel]) + (12 + len(payload)).to_bytes(2, "big")
    return (
        header + bytes([0x80, (0x80 if marker else 0) | payload_type]) + bytes(6) + _SSRC.to_bytes(4, "big") + payload
    )


def payloads_of(codec: str, units: Sequence[bytes]) -> Iterable[bytes]:
    """RTP payloads of one picture or audio frame (RFC 6184, 7798, 3640, 3551)."""
    for unit in units:
        if codec == "aac":
            yield b"\x00\x10" + (len(unit) << 3).to_bytes(2, "big") + unit
        elif codec in {"pcma", "pcmu"}:
            yield from (unit[at : at + 1000] for at in range(0, len(unit), 1000))
        elif len(unit) <= _PAYLOAD_BYTES:
            yield unit
        elif codec == "h264":
            indicator, kind = (unit[0] & 0xE0) | 28, unit[0] & 0x1F
            yield from _fragments(bytes([indicator]), kind, unit[1:])
        else:
            kind = (unit[0] >> 1) & 0x3F
            yield from _fragments(bytes([(unit[0] & 0x81) | 49 << 1, unit[1]]), kind, unit[2:])


def _fragments(prefix: bytes, kind: int, body: bytes) -> Iterable[bytes]:
    step = _PAYLOAD_BYTES - len(prefix) - 1
    for at in range(0, len(body), step):
        flags = (0x80 if at == 0 else 0) | (0x40 if at + step >= len(body) else 0)
        yield prefix + bytes([flags | kind]) + body[at : at + step]


def split_annex_b(data: bytes) -> list[bytes]:
    """NAL units between start codes."""
    units = []
    position = data.find(b"\x00\x00\x01")
    while position >= 0:
        following = data.find(b"\x00\x00\x01", position + 3)
        units.append(data[position + 3 : following if following >= 0 else len(data)].rstrip(b"\x00"))
        position = following
    return [unit for unit in units if unit]


def video_track(codec: str, parameter_sets: Sequence[bytes], payload_type: int = 96) -> Track:
    """`parameter_sets`: SPS and PPS of H.264; VPS, SPS and PPS of H.265."""
    sets = [base64.b64encode(unit).decode() for unit in parameter_sets]
    if codec == "h264":
        sps = next((unit for unit in parameter_sets if unit[0] & 0x1F == 7), None)
        if sps is None:
            raise LoopError("the H.264 stream has no sequence parameter set")
        fmtp = f"packetization-mode=1;profile-level-id={sps[1:4].hex()};sprop-parameter-sets={','.join(sets)}"
        attributes = (f"rtpmap:{payload_type} H264/90000", f"fmtp:{payload_type} {fmtp}")
    else:
        fmtp = ";".join(f"sprop-{name}={text}" for name, text in zip(("vps", "sps", "pps"), sets, strict=False))
        attributes = (f"rtpmap:{payload_type} H265/90000", f"fmtp:{payload_type} {fmtp}")
    return Track("video", codec, payload_type, TICKS, attributes)


def audio_track(codec: str, rate_hz: int, channels: int, config: bytes = b"") -> Track:
    """`config`: AudioSpecificConfig of AAC; made up for AAC-LC when empty."""
    if codec == "aac":
        if not config:
            index = _SAMPLE_RATE_INDEX.index(rate_hz)
            config = ((2 << 11) | (index << 7) | (channels << 3)).to_bytes(2, "big")
        fmtp = f"profile-level-id=1;mode=AAC-hbr;sizelength=13;indexlength=3;indexdeltalength=3;config={config.hex()}"
        return Track("audio", "aac", 97, rate_hz, (f"rtpmap:97 MPEG4-GENERIC/{rate_hz}/{channels}", f"fmtp:97 {fmtp}"))
    payload_type, name = (8, "PCMA") if codec == "pcma" else (0, "PCMU")
    return Track("audio", codec, payload_type, rate_hz, (f"rtpmap:{payload_type} {name}/{rate_hz}",))


_PARAMETER_KINDS = {"h264": {7, 8}, "h265": {32, 33, 34}}


def nal_kind(codec: str, unit: bytes) -> int:
    return unit[0] & 0x1F if codec == "h264" else (unit[0] >> 1) & 0x3F


def loop_from_file(path: Path, *, duration_ticks: int | None = None, locked: bool = False, audio: bool = True) -> Loop:
    """The H.264 or H.265 video and AAC or G.711 audio of a file that PyAV opens. Raises LoopError.

    Parameter sets are sent before every keyframe. The loop lasts as long as the video unless `duration_ticks` is given.
    """
    try:
        with av.open(str(path)) as container:
            return replace(_loop_from_container(container, duration_ticks, locked, audio), path=path)
    except (av.FFmpegError, OSError) as error:
        raise LoopError(f"{path.name} cannot be read: {error}") from error


def _loop_from_container(container: Any, duration_ticks: int | None, locked: bool, audio: bool) -> Loop:
    if not container.streams.video:
        raise LoopError("there is no video in it")
    stream = container.streams.video[0]
    codec = {"h264": "h264", "hevc": "h265"}.get(stream.codec_context.name)
    if codec is None:
        raise LoopError(f"its codec {stream.codec_context.name} is neither H.264 nor H.265")
    streams = [stream]
    sound = container.streams.audio[0] if audio and container.streams.audio else None
    sound_codec = (
        {"aac": "aac", "pcm_alaw": "pcma", "pcm_mulaw": "pcmu"}.get(sound.codec_context.name) if sound else None
    )
    if sound and sound_codec:
        streams.append(sound)
    extradata = bytes(stream.codec_context.extradata or b"")
    wants_filter = extradata[:1] == b"\x01"
    bitstream = (
        av.BitStreamFilterContext(f"{'h264' if codec == 'h264' else 'hevc'}_mp4toannexb", stream)
        if wants_filter
        else None
    )
    raw: list[tuple[int, Any]] = []
    for packet in container.demux(streams):
        if packet.dts is None or packet.size == 0:
            continue
        if packet.stream is stream and bitstream is not None:
            raw += [(0, made) for made in bitstream.filter(packet)]
        else:
            raw.append((0 if packet.stream is stream else 1, packet))
    kinds = _PARAMETER_KINDS[codec]
    parameter_sets: dict[int, bytes] = {}
    pictures: list[Picture] = []
    end = 0
    for track, packet in raw:
        base = Fraction(packet.time_base or streams[track].time_base)
        decode = int(packet.dts * base * TICKS)
        present = decode if packet.pts is None else int(packet.pts * base * TICKS)
        if track == 1:
            pictures.append(Picture(1, decode, present, False, [bytes(packet)]))
            continue
        units = split_annex_b(bytes(packet))
        for unit in units:
            if nal_kind(codec, unit) in kinds:
                parameter_sets[nal_kind(codec, unit)] = unit
        delimiters = {9} if codec == "h264" else {35}
        units = [unit for unit in units if nal_kind(codec, unit) not in delimiters]
        if packet.is_keyframe:  # whoever joins here can decode, whatever the file kept aside
            others = [unit for unit in units if nal_kind(codec, unit) not in kinds]
            units = [*(parameter_sets[kind] for kind in sorted(parameter_sets)), *others]
        pictures.append(Picture(0, decode, present, bool(packet.is_keyframe), units))
        end = max(end, decode + int((packet.duration or 0) * base * TICKS))
    first = next((picture.decode_ticks for picture in pictures if picture.track == 0 and picture.keyframe), 0)
    sets = [parameter_sets[kind] for kind in sorted(kinds) if kind in parameter_sets]
    tracks = [video_track(codec, sets)]
    if len(streams) == 2 and sound and sound_codec:
        context = sound.codec_context
        tracks.append(audio_track(sound_codec, context.sample_rate, context.channels, bytes(context.extradata or b"")))
    duration = duration_ticks or end - first
    if duration <= 0:
        raise LoopError("its pictures carry no times")
    pictures = [p for p in pictures if first <= p.decode_ticks < first + duration]
    return build_loop(tracks, pictures, duration, locked=locked)
