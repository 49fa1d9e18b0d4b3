"""A camera that shows the time: encoded as it happens, to measure how old a picture is when a viewer sees it.

640x360, 25 pictures a second, H.264, a keyframe a second and one whenever somebody joins. The top 160 px are a code of
16 columns x 4 rows of 40x40 px blocks, white (luma 235) = 1, black (luma 16) = 0, read row by row from the top left:
48 bits of Unix milliseconds (taken just before the picture is encoded), most significant first, then 16 bits of
CRC-16/CCITT-FALSE (polynomial 0x1021, start 0xFFFF) over those 6 bytes. A browser reads it so:

    context.drawImage(video, 0, 0, 640, 360); const p = context.getImageData(0, 0, 640, 160).data
    bit = (column, row) => p[((row * 40 + 20) * 640 + column * 40 + 20) * 4] > 127

Below it, the same time for people. `read_code` is the reader in Python.
"""

from __future__ import annotations

import asyncio
import binascii
import threading
import time
from datetime import UTC, datetime
from fractions import Fraction

import av
import numpy as np
from av.video.frame import PictureType
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from prahari.simcity.rtsp.feed import REPORT_PERIOD_S, Listener, SimClock, Source, sender_report
from prahari.simcity.rtsp.loop import TICKS, Loop, Track, interleaved, nal_kind, payloads_of, split_annex_b, video_track

WIDTH, HEIGHT, FPS = 640, 360, 25
BLOCK_PX, COLUMNS, ROWS = 40, 16, 4


def code_bits(unix_ms: int) -> NDArray[np.uint8]:
    """The 4 x 16 bits shown for a time."""
    body = unix_ms.to_bytes(6, "big")
    whole = body + binascii.crc_hqx(body, 0xFFFF).to_bytes(2, "big")
    return np.unpackbits(np.frombuffer(whole, dtype=np.uint8)).reshape(ROWS, COLUMNS)


def read_code(luma: NDArray[np.uint8]) -> int | None:
    """Unix milliseconds shown in a picture's luma (360 x 640 or a multiple of it); None when the check fails."""
    scale = luma.shape[0] / HEIGHT
    rows = (np.arange(ROWS) * BLOCK_PX + BLOCK_PX // 2) * scale
    columns = (np.arange(COLUMNS) * BLOCK_PX + BLOCK_PX // 2) * scale
    bits = luma[np.ix_(rows.astype(int), columns.astype(int))] > 127
    whole = np.packbits(bits.reshape(-1)).tobytes()
    if binascii.crc_hqx(whole[:6], 0xFFFF) != int.from_bytes(whole[6:], "big"):
        return None
    return int.from_bytes(whole[:6], "big")


def _picture(unix_ms: int, number: int, font: ImageFont.FreeTypeFont | ImageFont.ImageFont) -> av.VideoFrame:
    luma = np.full((HEIGHT, WIDTH), 40, dtype=np.uint8)
    code = code_bits(unix_ms) * np.uint8(219) + np.uint8(16)
    luma[: ROWS * BLOCK_PX] = np.kron(code, np.ones((BLOCK_PX, BLOCK_PX), dtype=np.uint8))
    label = Image.new("L", (WIDTH, HEIGHT - ROWS * BLOCK_PX), 40)
    draw = ImageDraw.Draw(label)
    text = datetime.fromtimestamp(unix_ms / 1000, UTC).strftime("%H:%M:%S.") + f"{unix_ms % 1000:03d} UTC"
    draw.text((WIDTH // 2, 70), text, fill=220, font=font, anchor="mm")
    left = number * 8 % (WIDTH - 60)
    draw.rectangle((left, 140, left + 60, 170), fill=160)
    luma[ROWS * BLOCK_PX :] = np.asarray(label)
    planes = np.concatenate([luma.reshape(-1), np.full(WIDTH * HEIGHT // 2, 128, dtype=np.uint8)])
    return av.VideoFrame.from_ndarray(planes.reshape(HEIGHT * 3 // 2, WIDTH), format="yuv420p")


def _encoder() -> av.VideoCodecContext:
    encoder = av.VideoCodecContext.create("libx264", "w")
    encoder.width, encoder.height, encoder.pix_fmt = WIDTH, HEIGHT, "yuv420p"
    encoder.framerate = Fraction(FPS)
    encoder.time_base = Fraction(1, TICKS)
    encoder.bit_rate = 1_000_000
    encoder.gop_size = FPS
    encoder.thread_count = 1
    encoder.options = {"preset": "ultrafast", "tune": "zerolatency", "forced-idr": "1"}
    return encoder


class ClockCamera:
    """What SimServer plays at /bench/clock. Encodes only while somebody looks."""

    def __init__(self) -> None:
        encoder = _encoder()
        frame = _picture(0, 0, ImageFont.load_default())
        frame.pts = 0
        units = [unit for packet in encoder.encode(frame) for unit in split_annex_b(bytes(packet))]
        self.tracks: tuple[Track, ...] = (video_track("h264", [u for u in units if nal_kind("h264", u) in {7, 8}]),)

    def sdp(self, host: str) -> bytes:
        return Loop.sdp(self, host)  # type: ignore[arg-type]  # needs only the tracks

    def open(self, channels: tuple[int | None, ...], clock: SimClock) -> Source:
        return ClockFeed(self.tracks[0], channels[0] or 0, clock)


class ClockFeed:
    """Encodes in a thread of its own while there are listeners; hands packets over in the event loop."""

    def __init__(self, track: Track, channel: int, clock: SimClock) -> None:
        self._track = track
        self._channel = channel
        self._clock = clock
        self._listeners: list[Listener] = []
        self._waiting: list[Listener] = []
        self._want_key = threading.Event()
        self._stop: threading.Event | None = None
        self._sequence = 0
        self._packets = 0
        self._last_key = b""
        self._report_at = 0.0

    def join(self, listener: Listener, *, at_keyframe: bool = False) -> bytes:
        self._waiting.append(listener)
        self._want_key.set()
        if self._stop is None:
            self._stop = threading.Event()
            loop = asyncio.get_running_loop()
            threading.Thread(target=self._run, args=(loop, self._stop), name="clock-camera", daemon=True).start()
        return b"" if at_keyframe else self.reports()

    def follow(self, listener: Listener) -> None:
        self._listeners.append(listener)

    def leave(self, listener: Listener) -> None:
        for group in (self._listeners, self._waiting):
            if listener in group:
                group.remove(listener)
        if not self._listeners and not self._waiting and self._stop is not None:
            self._stop.set()
            self._stop = None

    def keyframe(self) -> bytes:
        return self._last_key

    def position(self) -> list[tuple[int, int]]:
        return []

    def reports(self) -> bytes:
        now = self._clock.ticks()
        return sender_report(self._channel + 1, now, now, self._packets, self._packets * 1000)

    def _run(self, loop: asyncio.AbstractEventLoop, stop: threading.Event) -> None:
        encoder = _encoder()
        font = ImageFont.load_default(size=44)
        number = 0
        due = time.monotonic()
        while not stop.wait(max(0.0, due - time.monotonic())):
            due = max(due + 1 / FPS, time.monotonic())
            ticks = self._clock.ticks()
            frame = _picture(ticks * 1000 // TICKS, number, font)
            frame.pts = ticks
            if self._want_key.is_set():
                self._want_key.clear()
                frame.pict_type = PictureType.I
            number += 1
            for packet in encoder.encode(frame):
                try:
                    loop.call_soon_threadsafe(self._deliver, bytes(packet), ticks, bool(packet.is_keyframe), stop)
                except RuntimeError:  # the event loop was closed while we encoded
                    return

    def _deliver(self, data: bytes, ticks: int, keyframe: bool, stop: threading.Event) -> None:
        if stop is not self._stop:
            return
        units = [unit for unit in split_annex_b(data) if nal_kind("h264", unit) != 6]
        payloads = list(payloads_of("h264", units))
        out = bytearray()
        stamp = (ticks & 0xFFFF_FFFF).to_bytes(4, "big")
        for index, payload in enumerate(payloads):
            packet = interleaved(self._channel, self._track.payload_type, index == len(payloads) - 1, payload)
            out += packet[:6] + (self._sequence & 0xFFFF).to_bytes(2, "big") + stamp + packet[12:]
            self._sequence += 1
        self._packets += len(payloads)
        now_s = time.monotonic()
        if now_s >= self._report_at:
            self._report_at = now_s + REPORT_PERIOD_S
            out += self.reports()
        if keyframe:
            self._last_key = bytes(out)
            self._listeners += self._waiting
            self._waiting = []
        for listener in tuple(self._listeners):
            listener.deliver(bytes(out))
