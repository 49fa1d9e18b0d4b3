"""Messages between the engine and its PyAV children: one kind byte, four length bytes, MessagePack.

The engine imports this without importing PyAV.
"""

from __future__ import annotations

import struct
from typing import BinaryIO

import msgspec

HEAD = struct.Struct("!cI")
MOST_BYTES = 32_000_000

JOB = b"J"
PARAMETERS = b"P"
UNIT = b"U"
FAILED = b"F"
PICTURE = b"I"


class Job(msgspec.Struct, frozen=True):
    """What a child is to do. `url` holds credentials: it goes through the pipe only, never on a command line.

    mode "pull": open `url` itself (`transport` tcp or udp); "convert": units of the engine come on standard input.
    """

    mode: str
    url: str = ""
    transport: str = "tcp"
    timeout_s: float = 10.0
    most_width_px: int = 1280


class Parameters(msgspec.Struct, frozen=True):
    """The fields of types.VideoParameters."""

    codec: str
    width: int
    height: int
    codec_string: str
    sps: bytes
    pps: bytes
    vps: bytes = b""


class Unit(msgspec.Struct, frozen=True):
    """The fields of types.AccessUnit for a picture; `data` has 4-byte lengths."""

    keyframe: bool
    decode_ticks: int
    duration_ticks: int
    composition_offset_ticks: int
    wall_ms: int
    data: bytes


class Failed(msgspec.Struct, frozen=True):
    reason: str  # contracts.media.Reason
    detail: str


class PictureJob(msgspec.Struct, frozen=True):
    """One keyframe to be made a JPEG. `data` has 4-byte lengths; parameter sets as in Parameters."""

    codec: str
    sps: bytes
    pps: bytes
    vps: bytes
    data: bytes
    most_width_px: int = 1920
    quality: int = 85


class Picture(msgspec.Struct, frozen=True):
    """`error` is empty when `jpeg` holds a picture. `mosaic`: why a masking child could give no more than a mosaic."""

    jpeg: bytes
    width: int = 0
    height: int = 0
    error: str = ""
    mosaic: str = ""


def pack(kind: bytes, message: msgspec.Struct) -> bytes:
    body = msgspec.msgpack.encode(message)
    return HEAD.pack(kind, len(body)) + body


def read(stream: BinaryIO) -> tuple[bytes, bytes] | None:
    """(kind, body) from a blocking pipe; None at its end. For children only."""
    head = stream.read(HEAD.size)
    if len(head) < HEAD.size:
        return None
    kind, length = HEAD.unpack(head)
    if length > MOST_BYTES:
        raise ValueError(f"a message of {length} bytes is more than {MOST_BYTES}")
    body = stream.read(length)
    return (kind, body) if len(body) == length else None
