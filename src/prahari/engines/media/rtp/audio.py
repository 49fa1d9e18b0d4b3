"""AAC (RFC 3640) and G.711 (RFC 3551) packets into audio frames."""

from __future__ import annotations

from typing import Protocol

from prahari.contracts.media import Reason
from prahari.engines.media.rtp.packet import payload_bounds
from prahari.engines.media.rtsp.errors import StreamError
from prahari.engines.media.rtsp.tracks import AudioTrack

AAC_FRAME_TICKS = 1024
MAX_FRAMES_A_PACKET = 128


class SoundTaker(Protocol):
    def on_sound(self, data: bytes, stamp: int, duration_ticks: int) -> None: ...


class AudioDepacketiser:
    """State of one audio track. `buffer` and `view` are the shared receive buffer; positions are in it."""

    def __init__(self, track: AudioTrack, taker: SoundTaker, buffer: bytearray, view: memoryview) -> None:
        self._taker = taker
        self._buffer = buffer
        self._view = view
        self._payload_type = track.media.payload_type
        self._size_bits = track.size_bits
        self._header_bits = track.size_bits + track.index_bits
        self._channels = track.parameters.channels
        self._expected = -1
        self.prefix = 0x2400 | track.channel
        self.source = 0
        self.highest_sequence = 0
        self.cycles = 0
        self.lost = 0

    def packet(self, at: int, end: int) -> None:
        """One RTP packet. Raises StreamError."""
        buffer = self._buffer
        if end - at < 12 or buffer[at] >> 6 != 2:
            raise StreamError(Reason.BAD_STREAM, "The camera sent a malformed RTP packet.")
        if buffer[at + 1] & 0x7F != self._payload_type:
            return
        sequence = buffer[at + 2] << 8 | buffer[at + 3]
        source = int.from_bytes(buffer[at + 8 : at + 12], "big")
        if self._expected >= 0 and source == self.source:
            missing = (sequence - self._expected) & 0xFFFF
            if missing < 0x8000:
                self.lost += missing
        if sequence < self.highest_sequence - 0x8000:
            self.cycles += 1
        self.source, self.highest_sequence = source, sequence
        self._expected = (sequence + 1) & 0xFFFF
        stamp = int.from_bytes(buffer[at + 4 : at + 8], "big")
        start, end = payload_bounds(buffer, at, end)
        if start == end:
            return
        if self._size_bits:
            self._aac(start, end, stamp)
        else:
            self._taker.on_sound(bytes(self._view[start:end]), stamp, (end - start) // self._channels)

    def _aac(self, start: int, end: int, stamp: int) -> None:
        buffer = self._buffer
        if end - start < 2:
            raise StreamError(Reason.BAD_STREAM, "The camera sent an AAC packet that is too short.")
        header_bits = buffer[start] << 8 | buffer[start + 1]
        count = header_bits // self._header_bits
        data = start + 2 + (header_bits + 7) // 8
        if not 0 < count <= MAX_FRAMES_A_PACKET or data > end:
            raise StreamError(Reason.BAD_STREAM, "The camera sent an AAC packet with impossible sizes.")
        headers = int.from_bytes(buffer[start + 2 : data], "big")
        left = (data - start - 2) * 8
        for index in range(count):
            size = headers >> (left - self._header_bits * index - self._size_bits) & ((1 << self._size_bits) - 1)
            if data + size > end:
                return  # a frame over several packets: rare, and a lost audio frame harms nothing
            if size:
                frame = bytes(self._view[data : data + size])
                self._taker.on_sound(frame, (stamp + index * AAC_FRAME_TICKS) & 0xFFFFFFFF, AAC_FRAME_TICKS)
            data += size
