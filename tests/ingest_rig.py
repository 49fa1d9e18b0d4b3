"""What tests of the engine's lower half share: sinks that collect, coded pictures by ffmpeg, packets."""

from __future__ import annotations

import functools
import itertools
import json
import struct
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from prahari.contracts.media import Reason
from prahari.engines.media.codec.parameters import h264_parameters, h265_parameters
from prahari.engines.media.types import AccessUnit, GroupOfPictures, StreamParameters, VideoParameters

EPOCH_MS = 1_700_000_000_000


class Collector:
    """A sink that keeps everything."""

    def __init__(self, wants_units: bool = False) -> None:
        self.wants_units = wants_units
        self.parameters: list[StreamParameters] = []
        self.units: list[AccessUnit] = []
        self.groups: list[GroupOfPictures] = []
        self.lost: list[tuple[Reason, int, int | None]] = []

    def on_parameters(self, parameters: StreamParameters) -> None:
        self.parameters.append(parameters)

    def on_unit(self, unit: AccessUnit) -> None:
        self.units.append(unit)

    def on_group(self, group: GroupOfPictures) -> None:
        self.groups.append(group)

    def on_lost(self, reason: Reason, start_ms: int, end_ms: int | None) -> None:
        self.lost.append((reason, start_ms, end_ms))

    def pictures(self) -> list[AccessUnit]:
        return [unit for group in self.groups for unit in group.units if unit.is_video]


@functools.cache
def nal_units(codec: str = "h264", size: str = "320x180", options: str = "") -> tuple[bytes, ...]:
    """The NAL units of two seconds at 25 fps, a keyframe a second, as ffmpeg codes them."""
    encoder, container = ("libx264", "h264") if codec == "h264" else ("libx265", "hevc")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "clip"
        source = ["-f", "lavfi", "-i", f"testsrc=s={size}:r=25:d=2"]
        command = ["ffmpeg", "-v", "error", *source, "-c:v", encoder, "-g", "25", "-pix_fmt", "yuv420p"]
        command += ["-preset", "ultrafast", "-bf", "0", *options.split(), "-f", container, str(path)]
        subprocess.run(command, check=True, capture_output=True)
        stream = path.read_bytes().replace(b"\0\0\0\1", b"\0\0\1")
    return tuple(nal for nal in stream.split(b"\0\0\1") if nal)


def kind_of(codec: str, nal: bytes) -> int:
    return nal[0] & 0x1F if codec == "h264" else nal[0] >> 1 & 0x3F


def parameters_of(codec: str = "h264", size: str = "320x180", options: str = "") -> VideoParameters:
    nals = nal_units(codec, size, options)
    first = {kind_of(codec, nal): nal for nal in reversed(nals)}
    return h264_parameters(first[7], first[8]) if codec == "h264" else h265_parameters(first[32], first[33], first[34])


def pictures_of(codec: str = "h264") -> list[AccessUnit]:
    """Those NAL units as access units on a time line that begins at EPOCH_MS; one slice a picture."""
    units: list[AccessUnit] = []
    for nal in nal_units(codec):
        kind = kind_of(codec, nal)
        if kind in (1, 5) if codec == "h264" else kind < 32:
            keyframe = kind == 5 if codec == "h264" else 16 <= kind <= 21
            index = len(units)
            ticks = EPOCH_MS * 90 + index * 3600
            units.append(
                AccessUnit(True, keyframe, ticks, 3600, 0, EPOCH_MS + index * 40, len(nal).to_bytes(4, "big") + nal)
            )
    return units


def groups_of(units: Sequence[AccessUnit], parameters: StreamParameters) -> list[GroupOfPictures]:
    starts = [index for index, unit in enumerate(units) if unit.keyframe] + [len(units)]
    pairs = itertools.pairwise(starts)
    return [
        GroupOfPictures(parameters, list(units[a:b]), units[a].wall_ms, units[b - 1].wall_ms + 40) for a, b in pairs
    ]


def rtp(sequence: int, stamp: int, payload: bytes, *, marker: bool = False, channel: int = 0, kind: int = 96) -> bytes:
    """An interleaved RTP packet."""
    head = struct.pack(">BBHII", 0x80, marker << 7 | kind, sequence & 0xFFFF, stamp & 0xFFFFFFFF, 7)
    return struct.pack(">BBH", 0x24, channel, len(head) + len(payload)) + head + payload


def packets_of(nals: Sequence[bytes], stamp: int, sequence: int, *, mtu: int = 400, codec: str = "h264") -> list[bytes]:
    """The packets of one picture, large NAL units in fragments."""
    packets: list[tuple[bytes, bool]] = []
    header = 1 if codec == "h264" else 2
    for index, nal in enumerate(nals):
        last = index == len(nals) - 1
        if len(nal) <= mtu:
            packets.append((nal, last))
            continue
        pieces = [nal[at : at + mtu] for at in range(header, len(nal), mtu)]
        for number, piece in enumerate(pieces):
            flags = (0x80 if number == 0 else 0) | (0x40 if number == len(pieces) - 1 else 0)
            if codec == "h264":
                head = bytes((nal[0] & 0xE0 | 28, flags | nal[0] & 0x1F))
            else:
                head = bytes((nal[0] & 0x81 | 49 << 1, nal[1], flags | kind_of(codec, nal)))
            packets.append((head + piece, last and number == len(pieces) - 1))
    return [rtp(sequence + at, stamp, payload, marker=marker) for at, (payload, marker) in enumerate(packets)]


def probe_file(path: Path) -> dict[str, dict[str, str]]:
    """ffprobe's view of a file by kind of stream, packets counted. Fails when ffmpeg cannot decode all of it."""
    fields = "stream=codec_type,codec_name,nb_read_packets,width,height,start_time,duration"
    command = ["ffprobe", "-v", "error", "-count_packets", "-show_entries", fields, "-of", "json", str(path)]
    found = subprocess.run(command, check=True, capture_output=True, text=True)
    assert found.stderr == "", found.stderr
    decoded = subprocess.run(
        ["ffmpeg", "-v", "error", "-xerror", "-i", str(path), "-f", "null", "-"],
        check=False,
        capture_output=True,
        text=True,
    )
    assert decoded.returncode == 0 and decoded.stderr == "", decoded.stderr
    return {stream["codec_type"]: stream for stream in json.loads(found.stdout)["streams"]}
