"""Child process: takes a stream that our client or a browser cannot take, and gives H.264 on standard output.

The first message on standard input is the Job. "pull": PyAV opens the address; H.264 passes through, anything else is
encoded anew. "convert": keyframes and pictures of the engine's own connection follow and are encoded anew. It ends when
standard input ends.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import av
import msgspec

from prahari.contracts.media import Reason
from prahari.engines.media.fallback import wire
from prahari.engines.media.fallback.annexb import split_lengths, split_start_codes, with_lengths, with_start_codes

TICKS = 90_000
SPS, PPS, DELIMITER, FILLER = 7, 8, 9, 12
KEYFRAME_EVERY = 50
_REASONS = {
    "HTTPUnauthorizedError": Reason.WRONG_PASSWORD,
    "HTTPForbiddenError": Reason.WRONG_PASSWORD,
    "HTTPNotFoundError": Reason.NOT_FOUND,
    "ConnectionRefusedError": Reason.UNREACHABLE,
    "TimeoutError": Reason.TIMEOUT,
    "ExitError": Reason.TIMEOUT,
    "EOFError": Reason.CONNECTION_LOST,
    "InvalidDataError": Reason.BAD_STREAM,
}


class Output:
    """Writes parameters when they change, then units, with ticks that never go back."""

    def __init__(self) -> None:
        self._sets: tuple[bytes, bytes] | None = None
        self._last_ticks = -1
        self._epoch_ticks: int | None = None

    def from_epoch(self, ticks: int, wall_ms: int) -> int:
        """Ticks of a pulled stream, which start anywhere, counted from the Unix epoch as the engine's are."""
        if self._epoch_ticks is None:
            self._epoch_ticks = wall_ms * TICKS // 1000 - ticks
        return ticks + self._epoch_ticks

    def units(
        self, nals: list[bytes], keyframe: bool, size: tuple[int, int], dts: int, pts: int, duration: int, wall_ms: int
    ) -> None:
        sps = next((nal for nal in nals if nal[0] & 31 == SPS), b"")
        pps = next((nal for nal in nals if nal[0] & 31 == PPS), b"")
        if sps and pps and (sps, pps) != self._sets:
            self._sets = (sps, pps)
            codec_string = f"avc1.{sps[1:4].hex()}"
            self._write(wire.PARAMETERS, wire.Parameters("h264", size[0], size[1], codec_string, sps, pps))
        picture = [nal for nal in nals if nal[0] & 31 not in {SPS, PPS, DELIMITER, FILLER}]
        if self._sets is None or not picture:
            return
        ticks = max(dts, self._last_ticks + 1)
        self._last_ticks = ticks
        offset = max(0, pts - ticks)
        self._write(wire.UNIT, wire.Unit(keyframe, ticks, duration, offset, wall_ms, with_lengths(picture)))

    def failed(self, reason: Reason, detail: str) -> None:
        self._write(wire.FAILED, wire.Failed(reason, detail))

    def _write(self, kind: bytes, message: msgspec.Struct) -> None:
        sys.stdout.buffer.write(wire.pack(kind, message))
        sys.stdout.buffer.flush()


class Encoder:
    """Encodes decoded pictures to H.264 for browsers: no B-frames, no delay, regular keyframes."""

    def __init__(self, output: Output, most_width_px: int) -> None:
        self._output = output
        self._most_width_px = most_width_px
        self._context: Any = None
        self._source: tuple[int, int] = (0, 0)
        self._walls: dict[int, int] = {}

    def encode(self, frame: Any, ticks: int, wall_ms: int, duration: int) -> None:
        if self._context is None or self._source != (frame.width, frame.height):
            self._open(frame)
        picture = frame.reformat(self._context.width, self._context.height, "yuv420p")
        picture.pts = ticks
        picture.time_base = Fraction(1, TICKS)
        picture.pict_type = 0
        self._walls[ticks] = wall_ms
        for packet in self._context.encode(picture):
            pts = packet.pts if packet.pts is not None else ticks
            self._output.units(
                split_start_codes(bytes(packet)),
                packet.is_keyframe,
                (self._context.width, self._context.height),
                packet.dts if packet.dts is not None else pts,
                pts,
                duration,
                self._walls.pop(pts, wall_ms),
            )

    def _open(self, frame: Any) -> None:
        self._source = (frame.width, frame.height)
        width = min(frame.width, self._most_width_px) // 2 * 2
        context = av.CodecContext.create("libx264", "w")
        context.width = width
        context.height = max(2, round(frame.height * width / frame.width / 2) * 2)
        context.pix_fmt = "yuv420p"
        context.time_base = Fraction(1, TICKS)
        context.framerate = Fraction(25, 1)
        context.gop_size = KEYFRAME_EVERY
        context.max_b_frames = 0
        context.thread_count = 1
        context.options = {"preset": "ultrafast", "tune": "zerolatency", "crf": "26", "profile": "baseline"}
        self._context = context
        self._walls.clear()


def pull(job: wire.Job, output: Output) -> None:
    over_http = job.url.lower().startswith(("http://", "https://"))
    options = {
        "rtsp_transport": job.transport,
        "timeout": str(int(job.timeout_s * 1_000_000)),
        "fflags": "nobuffer",
        "probesize": "1000000",
        "analyzeduration": "1500000",
        "protocol_whitelist": "rtsp,rtsps,rtp,udp,tcp,tls,srtp,crypto",
    }
    if over_http:
        # One JPEG after the other, as old cameras and vehicle recorders send them; no way on to another host.
        options |= {"protocol_whitelist": "http,https,tcp,tls", "max_redirects": "0"}
    form = "mpjpeg" if over_http else "rtsp"
    with av.open(job.url, format=form, options=options, timeout=(job.timeout_s, job.timeout_s)) as container:
        if not container.streams.video:
            output.failed(Reason.UNSUPPORTED, "The stream holds no video that can be decoded.")
            return
        stream = container.streams.video[0]
        scale = Fraction(stream.time_base or Fraction(1, TICKS)) * TICKS
        rate = stream.average_rate or stream.guessed_rate or 25
        duration = int(TICKS / rate)
        if stream.codec_context.name == "h264":
            _pass_through(container, stream, scale, duration, output)
        else:
            _encode_anew(container, stream, None if over_http else scale, duration, output, job.most_width_px)
        output.failed(Reason.CONNECTION_LOST, "The camera ended the stream.")


def _pass_through(container: Any, stream: Any, scale: Fraction, duration: int, output: Output) -> None:
    sets = split_start_codes(stream.codec_context.extradata or b"")
    size = (stream.codec_context.width, stream.codec_context.height)
    seen_keyframe = False
    for packet in container.demux(stream):
        if packet.dts is None and packet.pts is None:
            continue
        seen_keyframe = seen_keyframe or packet.is_keyframe
        if not seen_keyframe:
            continue
        nals = split_start_codes(bytes(packet))
        if packet.is_keyframe and not any(nal[0] & 31 == SPS for nal in nals):
            nals = [*sets, *nals]
        wall_ms = time.time_ns() // 1_000_000
        dts = output.from_epoch(int((packet.dts if packet.dts is not None else packet.pts) * scale), wall_ms)
        pts = output.from_epoch(int((packet.pts if packet.pts is not None else packet.dts) * scale), wall_ms)
        output.units(nals, packet.is_keyframe, size, dts, pts, duration, wall_ms)


def _encode_anew(
    container: Any, stream: Any, scale: Fraction | None, duration: int, output: Output, most_width_px: int
) -> None:
    """`scale`: ticks a unit of the stream's own time; None: it has none, a picture is of the moment when it came."""
    stream.codec_context.thread_count = 1
    encoder = Encoder(output, most_width_px)
    for packet in container.demux(stream):
        try:
            frames = packet.decode()
        except av.InvalidDataError:
            continue  # one damaged picture; the next ones may be whole
        for frame in frames:
            wall_ms = time.time_ns() // 1_000_000
            if scale is None:
                encoder.encode(frame, wall_ms * TICKS // 1000, wall_ms, duration)
            elif frame.pts is not None:
                encoder.encode(frame, output.from_epoch(int(frame.pts * scale), wall_ms), wall_ms, duration)


def incoming() -> Iterator[tuple[bytes, bytes]]:
    while (message := wire.read(sys.stdin.buffer)) is not None:
        yield message


def convert(job: wire.Job, output: Output) -> None:
    encoder = Encoder(output, job.most_width_px)
    context: Any = None
    sets: list[bytes] = []
    walls: dict[int, tuple[int, int]] = {}
    for kind, body in incoming():
        if kind == wire.PARAMETERS:
            parameters = msgspec.msgpack.decode(body, type=wire.Parameters)
            context = av.CodecContext.create("hevc" if parameters.codec == "h265" else "h264", "r")
            context.thread_count = 1
            sets = [unit for unit in (parameters.vps, parameters.sps, parameters.pps) if unit]
            walls.clear()
        elif kind == wire.UNIT and context is not None:
            unit = msgspec.msgpack.decode(body, type=wire.Unit)
            packet = av.Packet(with_start_codes([*(sets if unit.keyframe else []), *split_lengths(unit.data)]))
            packet.dts = unit.decode_ticks
            packet.pts = unit.decode_ticks + unit.composition_offset_ticks
            packet.time_base = Fraction(1, TICKS)
            walls[packet.pts] = (unit.wall_ms, unit.duration_ticks)
            if len(walls) > 1000:
                walls.clear()
            try:
                frames = context.decode(packet)
            except av.InvalidDataError:
                continue
            for frame in frames:
                wall_ms, duration = walls.pop(frame.pts, (unit.wall_ms, unit.duration_ticks))
                ticks = frame.pts if frame.pts is not None else unit.decode_ticks
                encoder.encode(frame, ticks, wall_ms, duration)


def _end_with_parent() -> None:
    """While a camera is pulled nothing comes in: the end of standard input means that the engine is gone."""
    while sys.stdin.buffer.read(4096):
        pass
    os._exit(0)


def main() -> None:
    av.logging.set_level(None)
    first = wire.read(sys.stdin.buffer)
    if first is None:
        return
    job = msgspec.msgpack.decode(first[1], type=wire.Job)
    output = Output()
    try:
        if job.mode == "convert":
            convert(job, output)
        else:
            threading.Thread(target=_end_with_parent, daemon=True).start()
            pull(job, output)
    except BrokenPipeError:
        os._exit(0)
    except (av.FFmpegError, OSError, ValueError) as error:
        name = type(error).__name__
        # The text of the error may hold the address with its password: only its kind is told.
        output.failed(_REASONS.get(name, Reason.BAD_STREAM), f"PyAV could not take the stream ({name}).")


if __name__ == "__main__":
    main()
