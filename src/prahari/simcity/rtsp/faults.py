"""What can be made to go wrong with a camera, and the mutation of packets that does it."""

from __future__ import annotations

import os
import random
import struct
from typing import Any

import msgspec

from prahari.simcity.rtsp.views import VIEWS


class FaultError(ValueError):
    """A fault that does not exist or has an impossible value; the message says which."""


class Faults(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The faults of one camera (or of all, path "*"). All off is a healthy camera.

    Faults of the answers: `status` (401: no password is right; 404; any other RTSP status), `garbage` (random bytes
    instead of the answer to DESCRIBE), `huge_header_bytes` (a header of that length in the answer to DESCRIBE),
    `loris_s` (the answer comes a byte at a time, this many seconds apart), `refuse` (the connection is reset at the
    first request; for "*" the port is closed).

    Faults of the stream: `stall` (connection stands, nothing comes), `loss_pct` and `reorder_pct` of packets,
    `garbage_stream` (random bytes between the packets), `rtp_jump_s` (RTP time stamps lead by this), `ntp_jump_s`
    (the NTP times of sender reports lead by this), `no_rtcp`, `freeze` (the same picture again and again),
    `other_resolution` (from the next keyframe on another loop, with other parameter sets, is played), `one_in` (of so
    many pictures only one is sent, keyframes always).

    `ignores_replay`: live pictures are played to whoever asks for recorded ones.

    Faults of the view: `view` (views.VIEWS: black, white, blurred, covered, turned), from the next keyframe on.
    """

    status: int = 0
    garbage: bool = False
    huge_header_bytes: int = 0
    loris_s: float = 0.0
    refuse: bool = False
    stall: bool = False
    loss_pct: float = 0.0
    reorder_pct: float = 0.0
    garbage_stream: bool = False
    rtp_jump_s: float = 0.0
    ntp_jump_s: float = 0.0
    no_rtcp: bool = False
    freeze: bool = False
    other_resolution: bool = False
    one_in: int = 0
    view: str = ""
    ignores_replay: bool = False

    def __post_init__(self) -> None:
        if self.status and not 300 <= self.status <= 599:
            raise FaultError(f"status must be 0 or an RTSP error from 300 to 599, not {self.status}")
        for name in ("loss_pct", "reorder_pct"):
            if not 0 <= getattr(self, name) <= 100:
                raise FaultError(f"{name} must lie between 0 and 100")
        if self.view and self.view not in VIEWS:
            raise FaultError(f"view must be one of {', '.join(VIEWS)}, not {self.view!r}")
        if not 0 <= self.one_in <= 1000:
            raise FaultError("one_in must lie between 0 and 1000")
        if self.loris_s < 0 or not 0 <= self.huge_header_bytes <= 100_000_000:
            raise FaultError("loris_s must not be negative, huge_header_bytes at most 100,000,000")

    @property
    def touches_packets(self) -> bool:
        return bool(
            self.loss_pct
            or self.reorder_pct
            or self.garbage_stream
            or self.rtp_jump_s
            or self.ntp_jump_s
            or self.no_rtcp
            or self.freeze
            or self.other_resolution
            or self.one_in
        )


def faults_from(fields: dict[str, Any]) -> Faults:
    """Faults from plain values. Raises FaultError with a sentence."""
    try:
        return msgspec.convert(fields, Faults)
    except msgspec.ValidationError as error:
        raise FaultError(f"no such fault or a wrong value: {error}") from error


def split_packets(data: bytes) -> list[bytes]:
    """The interleaved packets ("$", channel, length, body) of a chunk."""
    packets = []
    position = 0
    while position < len(data):
        end = position + 4 + int.from_bytes(data[position + 2 : position + 4], "big")
        packets.append(data[position:end])
        position = end
    return packets


class Mutator:
    """Packets of one connection as its faults want them. Keeps sequence numbers unbroken where nothing is lost.

    `rates`: interleaved channel -> clock rate in Hz of the track that is sent on it.
    """

    def __init__(self, rates: dict[int, int]) -> None:
        self._rates = rates
        self._next_sequence: dict[int, int] = {}
        self._held: bytes | None = None
        self._picture_stamp = b""
        self._picture_number = 0
        self._picture_sent = True
        self._random = random.Random(7)  # noqa: S311 - which packets get lost is no secret

    def adopt(self, data: bytes) -> None:
        """Take note of a chunk that was sent untouched, to go on from its sequence numbers."""
        for packet in split_packets(data):
            if packet[1] % 2 == 0:
                self._next_sequence[packet[1]] = (int.from_bytes(packet[6:8], "big") + 1) & 0xFFFF

    def mutate(self, data: bytes, faults: Faults, keyframe: bytes) -> bytes:
        """The bytes to send for `data`. `keyframe`: packets of the picture that a frozen camera repeats."""
        packets = split_packets(data)
        if faults.one_in > 1 and keyframe:
            packets = self._fewer(packets, faults.one_in, keyframe)
        if faults.freeze and keyframe:
            packets = self._frozen(packets, split_packets(keyframe))
        out: list[bytes] = []
        for packet in packets:
            if packet[1] % 2:
                if not faults.no_rtcp:
                    out.append(self._report(packet, faults))
                continue
            packet = self._renumbered(packet, faults.rtp_jump_s)
            if faults.loss_pct and self._random.random() * 100 < faults.loss_pct:
                continue
            if self._held is not None:
                out += [packet, self._held]
                self._held = None
            elif faults.reorder_pct and self._random.random() * 100 < faults.reorder_pct:
                self._held = packet
            else:
                out.append(packet)
        if faults.garbage_stream:
            out.insert(self._random.randrange(len(out) + 1), os.urandom(self._random.randrange(20, 400)))
        return b"".join(out)

    def _fewer(self, packets: list[bytes], one_in: int, keyframe: bytes) -> list[bytes]:
        """Every picture left out but one in so many, and those that start as a keyframe does: with parameter sets."""
        video = keyframe[1]
        start = keyframe[4 + 12 : 4 + 13]
        out: list[bytes] = []
        for packet in packets:
            if packet[1] != video:
                out.append(packet)
                continue
            stamp = packet[8:12]
            if stamp != self._picture_stamp:
                self._picture_stamp = stamp
                self._picture_number += 1
                self._picture_sent = self._picture_number % one_in == 0 or packet[16:17] == start
            if self._picture_sent:
                out.append(packet)
        return out

    def _renumbered(self, packet: bytes, jump_s: float) -> bytes:
        channel = packet[1]
        sequence, stamp = struct.unpack_from(">HI", packet, 6)
        sequence = self._next_sequence.get(channel, sequence)
        self._next_sequence[channel] = (sequence + 1) & 0xFFFF
        stamp = (stamp + round(jump_s * self._rates[channel])) & 0xFFFF_FFFF
        return packet[:6] + struct.pack(">HI", sequence, stamp) + packet[12:]

    def _report(self, packet: bytes, faults: Faults) -> bytes:
        if packet[5] != 200:
            return packet
        ntp, stamp = struct.unpack_from(">QI", packet, 12)
        ntp = (ntp + round(faults.ntp_jump_s * 2**32)) & 0xFFFF_FFFF_FFFF_FFFF
        stamp = (stamp + round(faults.rtp_jump_s * self._rates[packet[1] - 1])) & 0xFFFF_FFFF
        return packet[:12] + struct.pack(">QI", ntp, stamp) + packet[24:]

    @staticmethod
    def _frozen(packets: list[bytes], keyframe: list[bytes]) -> list[bytes]:
        """Every picture replaced by the keyframe, with the picture's own time stamp; other packets as they are."""
        video = keyframe[0][1]
        out: list[bytes] = []
        for packet in packets:
            if packet[1] != video:
                out.append(packet)
            elif packet[5] & 0x80:  # marker: the last packet of a picture
                out += [part[:8] + packet[8:12] + part[12:] for part in keyframe if part[1] == video]
        return out
