"""A camera's recordings on its device's own disk, played over RTSP as ONVIF replay: the loop, with times of the past.

A feed's packets follow from the time alone, so those of any moment of the past can be made again.
"""

from __future__ import annotations

import asyncio
import re
import struct
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from prahari.simcity.rtsp.faults import split_packets
from prahari.simcity.rtsp.feed import Feed
from prahari.simcity.rtsp.loop import TICKS

REQUIRED = "onvif-replay"
PROFILE, WORDS = 0xABAC, 3
CLEAN, END = 0x80, 0x40
_NTP_OFFSET_S = 2_208_988_800
_CLOCK = re.compile(r"clock=(\d{8}T\d{6})(\.\d+)?Z-(?:(\d{8}T\d{6})(\.\d+)?Z)?")
FRAMES_AT_ONCE = 25
HIGH_WATER_BYTES = 256_000
LOOK_S = 0.005


@dataclass(frozen=True, slots=True)
class Disk:
    """What lies there: (from, to) in Unix seconds. `clock_off_s`: the device's clock leads by this."""

    stretches: Sequence[tuple[float, float]]
    clock_off_s: float = 0.0

    def stretch_at(self, at_s: float) -> tuple[float, float] | None:
        return next((one for one in self.stretches if one[0] <= at_s < one[1]), None)


class Way(Protocol):
    """Where packets go."""

    def write(self, data: bytes) -> None: ...

    def get_write_buffer_size(self) -> int: ...

    def is_closing(self) -> bool: ...


def asked(header: str) -> tuple[float, float] | None:
    """(from, to) in Unix seconds by the device's clock; None: the Range header tells no such thing."""
    found = _CLOCK.search(header)
    if found is None:
        return None
    from_s = _unix_s(found[1], found[2])
    return from_s, _unix_s(found[3], found[4]) if found[3] else float("inf")


def _unix_s(whole: str, fraction: str | None) -> float:
    return datetime.strptime(whole, "%Y%m%dT%H%M%S").replace(tzinfo=UTC).timestamp() + float(fraction or 0)


def told(at_s: float) -> str:
    return datetime.fromtimestamp(at_s, UTC).strftime("%Y%m%dT%H%M%S.%f")[:-3] + "Z"


class Replay:
    """Plays [from_s, to_s) of real time. Without `is_paced` as fast as it is read (Rate-Control: no)."""

    def __init__(self, feed: Feed, disk: Disk, from_s: float, to_s: float, *, is_paced: bool) -> None:
        self._feed = feed
        self._disk = disk
        self._frames = feed.frames_between(round(from_s * TICKS), round(to_s * TICKS))
        self._is_paced = is_paced
        self._task: asyncio.Task[None] | None = None
        self.begins_s = feed.time_of(self._frames.start) / TICKS + disk.clock_off_s

    def start(self, way: Way, on_end: Callable[[], None]) -> None:
        self._task = asyncio.get_running_loop().create_task(self._play(way, on_end))

    def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    async def _play(self, way: Way, on_end: Callable[[], None]) -> None:
        frames = self._frames
        for start in range(frames.start, frames.stop, FRAMES_AT_ONCE):
            end = min(start + FRAMES_AT_ONCE, frames.stop)
            while way.get_write_buffer_size() > HIGH_WATER_BYTES:  # noqa: ASYNC110 - the server has no event for it
                await asyncio.sleep(LOOK_S)
            if way.is_closing():
                return
            way.write(b"".join(self._dated(start, end, is_last=end == frames.stop)))
            if self._is_paced:
                await asyncio.sleep((self._feed.time_of(end) - self._feed.time_of(start)) / TICKS)
        on_end()

    def _dated(self, start: int, end: int, *, is_last: bool) -> Iterator[bytes]:
        """Packets with the header extension that tells when they were recorded."""
        for frame in range(start, end):
            at_ticks = self._feed.time_of(frame) + round(self._disk.clock_off_s * TICKS)
            ntp = (at_ticks // TICKS + _NTP_OFFSET_S << 32) | (at_ticks % TICKS << 32) // TICKS
            flags = CLEAN if self._feed.is_keyframe(frame) else 0
            if is_last and frame == end - 1:
                flags |= END
            extension = struct.pack(">HHQBBH", PROFILE, WORDS, ntp, flags, frame & 0xFF, 0)
            for packet in split_packets(self._feed.chunk(frame, frame + 1)):
                body = bytes([packet[4] | 0x10]) + packet[5:16] + extension + packet[16:]
                yield packet[:2] + len(body).to_bytes(2, "big") + body
