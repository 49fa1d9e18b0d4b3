"""A playing connection: reads its socket, keeps the session alive, tells when it goes wrong."""

from __future__ import annotations

import asyncio
import time
from typing import Protocol

from prahari.contracts.events import now_ms
from prahari.contracts.media import Reason
from prahari.engines.media.ingest.assembler import Assembler
from prahari.engines.media.ingest.wheel import SLOTS, Wheel
from prahari.engines.media.rtp.audio import AudioDepacketiser
from prahari.engines.media.rtp.receiver import BUFFER_BYTES, Receiver
from prahari.engines.media.rtp.rtcp import SenderReport, parse_rtcp, receiver_report
from prahari.engines.media.rtp.video import VideoDepacketiser
from prahari.engines.media.rtsp.client import Playing
from prahari.engines.media.rtsp.errors import StreamError
from prahari.engines.media.rtsp.message import Message

REPORT_PERIOD_S = 5.0
MAX_READS_A_GULP = 4
MAX_UNSENT_BYTES = 64 * 1024
# A gulp of more than this comes too close to what the kernel keeps for a socket: read that camera more often.
LARGE_GULP_BYTES = 160 * 1024
SMALL_GULP_BYTES = 48 * 1024


class Owner(Protocol):
    """Who made a link (upstream.py)."""

    def on_alive(self) -> None:
        """Pictures come, while `alive` was False."""

    def on_check(self, now_s: float) -> None:
        """About once a second."""


class Link:
    """`failed` gets the StreamError when the stream ends, by whatever cause. Made and used in the event loop."""

    def __init__(self, playing: Playing, assembler: Assembler, eager: bool, owner: Owner) -> None:
        self._owner = owner
        self._seen = 0
        self.alive = False  # pictures came, and the owner has not taken that back
        self._playing = playing
        self._sock = playing.sock
        self._assembler = assembler
        self._loop = asyncio.get_running_loop()
        self._wheel = Wheel.current()
        shared = self._wheel.shared
        self._shared = shared
        video, audio = playing.video, playing.audio
        self.video = VideoDepacketiser(video, assembler, shared.bytes, shared.view) if video else None
        self.audio = AudioDepacketiser(audio, assembler, shared.bytes, shared.view) if audio else None
        self._receiver = Receiver(shared, self.video, self.audio, self._on_rtcp, self._on_message)
        self._tail = b""
        self._unsent = b""
        self._watched = False
        self._closed = False
        self.pace = SLOTS
        self.failed: asyncio.Future[None] = self._loop.create_future()
        now_s = time.monotonic()
        self._keepalive_s = playing.session_s / 2
        self._next_keepalive_s = now_s + self._keepalive_s
        self._next_report_s = now_s + REPORT_PERIOD_S
        self._reports: dict[bool, tuple[SenderReport, float]] = {}
        self._early = playing.leftover
        self._wheel.add(self)
        self.watch(eager)
        # What came behind the answer to PLAY is taken in the loop's next step: the owner is not ready before.
        self._loop.call_soon(self.gulp)

    def watch(self, eager: bool) -> None:
        """True: read as soon as something comes. False: read when the wheel says so."""
        self._assembler.eager = eager
        if self._closed or eager == self._watched:
            return
        self._watched = eager
        if eager:
            self._loop.add_reader(self._sock, self.gulp)
        else:
            self._loop.remove_reader(self._sock)

    def gulp(self) -> None:
        """Empty the socket, bounded so that other cameras get their turn."""
        if self._closed or not self._wheel.stands():
            return
        assembler, shared = self._assembler, self._shared
        assembler.now_ms = now_ms()
        total = 0
        try:
            if self._early:
                self._take_early()
            for _ in range(MAX_READS_A_GULP):
                tail = self._tail
                kept = len(tail)
                if kept:
                    shared.bytes[:kept] = tail
                try:
                    got = self._sock.recv_into(shared.view[kept:BUFFER_BYTES])
                except BlockingIOError:
                    break
                if got == 0:
                    raise StreamError(Reason.CONNECTION_LOST, "The camera closed the connection.")
                total += got
                self._take(kept + got)
                if kept + got < BUFFER_BYTES:
                    break
        except StreamError as error:
            self.fail(error)
        except OSError as error:
            text = error.strerror or type(error).__name__
            self.fail(StreamError(Reason.CONNECTION_LOST, f"The connection to the camera broke: {text}."))
        if assembler.pictures != self._seen:
            self._seen = assembler.pictures
            if not self.alive and not self._closed:
                self.alive = True
                self._owner.on_alive()
        if not self._watched:
            self._adapt(total)

    def check(self, now_s: float) -> None:
        """From the wheel, about once a second: keepalive and receiver reports."""
        if self._closed or not self._wheel.stands():
            return
        out = b""
        if now_s >= self._next_keepalive_s:
            self._next_keepalive_s = now_s + self._keepalive_s
            out += self._playing.keepalive()
        if now_s >= self._next_report_s:
            self._next_report_s = now_s + REPORT_PERIOD_S
            for is_video, track in ((True, self.video), (False, self.audio)):
                if track is not None and track.source:
                    report, at_s = self._reports.get(is_video, (None, now_s))
                    highest = track.cycles << 16 | track.highest_sequence
                    channel = (track.prefix & 0xFF) + 1
                    out += receiver_report(channel, track.source, track.lost, highest, report, now_s - at_s)
        if out or self._unsent:
            self._send(out)
        self._owner.on_check(now_s)

    def fail(self, error: StreamError) -> None:
        """The stream is over; the owner learns it through `failed`."""
        if not self.failed.done():
            self.failed.set_exception(error)
            self.failed.exception()  # seen: no warning when the owner is already gone
        self._detach()

    def close(self) -> None:
        """Say good-bye if that can be said at once, and close the socket."""
        if not self._closed:
            self._send(self._playing.teardown())
        self._detach()
        self._sock.close()

    def _detach(self) -> None:
        if self._closed:
            return
        self.watch(False)
        self._closed = True
        self._wheel.remove(self)

    def _take_early(self) -> None:
        early, self._early = self._early, b""
        shared = self._shared
        for start in range(0, len(early), BUFFER_BYTES // 2):
            piece = self._tail + early[start : start + BUFFER_BYTES // 2]
            shared.bytes[: len(piece)] = piece
            self._take(len(piece))

    def _take(self, end: int) -> None:
        receiver = self._receiver
        taken = receiver.walk(end)
        self._assembler.settle()
        self._tail = self._shared.view[taken:end].tobytes() if taken < end else b""
        receiver.stash()

    def _adapt(self, total: int) -> None:
        if total > LARGE_GULP_BYTES and self.pace > 1:
            self.pace //= 2
            self._wheel.hurry(self)
        elif total < SMALL_GULP_BYTES and self.pace < SLOTS:
            self.pace *= 2

    def _send(self, data: bytes) -> None:
        """Without waiting; what the camera does not take now is tried again with the next check."""
        data = self._unsent + data
        if len(data) > MAX_UNSENT_BYTES:
            self.fail(StreamError(Reason.CONNECTION_LOST, "The camera no longer reads what it is sent."))
            return
        try:
            sent = self._sock.send(data)
        except BlockingIOError:
            sent = 0
        except OSError:
            sent = len(data)  # the reading side will tell what happened
        self._unsent = data[sent:]

    def _on_rtcp(self, is_video: bool, packet: bytes) -> None:
        report, _ = parse_rtcp(packet)
        if report is not None:
            self._reports[is_video] = (report, time.monotonic())
            self._assembler.on_report(is_video, report)

    def _on_message(self, message: Message) -> None:
        if message.method:
            # Cameras ask OPTIONS, ANNOUNCE or SET_PARAMETER now and then; TEARDOWN and REDIRECT end the stream.
            self._send(f"RTSP/1.0 200 OK\r\nCSeq: {message.sequence or 0}\r\n\r\n".encode())
            if message.method in ("TEARDOWN", "REDIRECT"):
                raise StreamError(Reason.CONNECTION_LOST, "The camera ended the stream.")
        elif message.status == 401:
            authenticator = self._playing.requests.authenticator
            if authenticator is None or not authenticator.challenged(message.all("www-authenticate")):
                raise StreamError(Reason.WRONG_PASSWORD, "The camera no longer accepts the user name and password.")
            self._next_keepalive_s = 0.0
        elif message.status == 454:
            raise StreamError(Reason.CONNECTION_LOST, "The camera forgot the session.")
        elif message.status >= 400 and self._playing.keepalive_method != "OPTIONS":
            self._playing.keepalive_method = "OPTIONS"
            self._next_keepalive_s = 0.0
