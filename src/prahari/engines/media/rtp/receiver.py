"""Walks what a socket gave: interleaved RTP, RTCP and RTSP messages, in one tight loop."""

from __future__ import annotations

import struct
from collections.abc import Callable

from prahari.contracts.media import Reason
from prahari.engines.media.rtp.audio import AudioDepacketiser
from prahari.engines.media.rtp.video import VideoDepacketiser
from prahari.engines.media.rtsp.errors import StreamError
from prahari.engines.media.rtsp.message import Message, take_message

BUFFER_BYTES = 1024 * 1024
SLACK_BYTES = 64
_MARKER = 0x00800000
_WITHOUT_MARKER = 0xFFFFFFFF ^ _MARKER
_unpack = struct.Struct(">HHIQI").unpack_from


class ReceiveBuffer:
    """The one buffer into which every connection of this process reads, one after the other.

    The slack behind it lets the walk unpack a whole header at the very end; what it reads there is never used.
    """

    def __init__(self) -> None:
        self.bytes = bytearray(BUFFER_BYTES + SLACK_BYTES)
        self.view = memoryview(self.bytes)


class Receiver:
    """What follows the answer to PLAY on one connection.

    `on_rtcp(is_video, packet)` and `on_message(message)` are called for what is not a picture or sound.
    """

    def __init__(
        self,
        shared: ReceiveBuffer,
        video: VideoDepacketiser | None,
        audio: AudioDepacketiser | None,
        on_rtcp: Callable[[bool, bytes], None],
        on_message: Callable[[Message], None],
    ) -> None:
        self._buffer = shared.bytes
        self._view = shared.view
        self._video = video
        self._audio = audio
        self._on_rtcp = on_rtcp
        self._on_message = on_message

    def walk(self, end: int) -> int:
        """Take everything whole in the first `end` bytes of the shared buffer. Returns how many bytes were taken.

        Raises StreamError. Slices of the buffer are kept until `stash`.
        """
        if self._video is None:
            return self._walk_slowly(0, end)
        buffer, view, unpack = self._buffer, self._view, _unpack
        video = self._video
        prefix, shift, skip = video.prefix, video.shift, video.skip
        expect, stream, middle = video.expect, video.stream, video.middle
        append = video.parts.append
        at = 0
        last = end - 4
        while at <= last:
            channel, size, order, source, head = unpack(buffer, at)
            following = at + 4 + size
            if following <= end:
                if order == expect and source == stream and head >> shift == middle and channel == prefix:
                    append(view[at + skip : following])
                    expect += 1
                    at = following
                    continue
                if channel == prefix:
                    if order & _WITHOUT_MARKER == expect and size > 14:
                        expect += 1
                        video.plain(at + 4, following, source, head, order & _MARKER)
                        stream, middle = video.stream, video.middle
                        at = following
                        continue
                    video.expect = expect
                    video.packet(at + 4, following)
                    expect, stream, middle = video.expect, video.stream, video.middle
                    at = following
                    continue
            elif channel >> 8 == 0x24:
                break
            video.expect = expect
            taken = self._other(at, following, end, channel)
            if taken == at:
                break
            at = taken
        video.expect = expect
        video.note_sequence(expect)
        return at

    def stash(self) -> None:
        """Before the shared buffer is given to the next connection."""
        if self._video is not None:
            self._video.stash()

    def _walk_slowly(self, at: int, end: int) -> int:
        buffer = self._buffer
        while at + 4 <= end:
            channel = buffer[at] << 8 | buffer[at + 1]
            following = at + 4 + (buffer[at + 2] << 8 | buffer[at + 3])
            if channel >> 8 == 0x24 and following > end:
                break
            taken = self._other(at, following, end, channel)
            if taken == at:
                break
            at = taken
        return at

    def _other(self, at: int, following: int, end: int, channel: int) -> int:
        """Anything but video: returns where to go on, `at` itself when more bytes are needed."""
        if channel >> 8 == 0x24:
            audio, video = self._audio, self._video
            if audio is not None and channel == audio.prefix:
                audio.packet(at + 4, following)
            elif video is not None and channel == video.prefix + 1:
                self._on_rtcp(True, bytes(self._view[at + 4 : following]))
            elif audio is not None and channel == audio.prefix + 1:
                self._on_rtcp(False, bytes(self._view[at + 4 : following]))
            return following
        if channel >> 8 in (0x0D, 0x0A):
            return at + 1
        found = take_message(self._buffer, at, end)
        if found is None:
            return at
        message, taken = found
        if not message.method and not message.status:
            raise StreamError(Reason.BAD_STREAM, "The camera sent something that is not RTSP.")
        self._on_message(message)
        return taken
