"""Child process: makes JPEGs of keyframes. Requests on standard input, answers on standard output, in order."""

from __future__ import annotations

import io
import sys
from typing import Any

import av
import msgspec

from prahari.engines.media.fallback import wire
from prahari.engines.media.fallback.annexb import split_lengths, with_start_codes

_decoder = msgspec.msgpack.Decoder(wire.PictureJob)


def decode(job: wire.PictureJob) -> Any:
    """The first picture in the job as PIL image. Raises ValueError when there is none."""
    context = av.CodecContext.create("hevc" if job.codec == "h265" else "h264", "r")
    context.thread_count = 1
    sets = [unit for unit in (job.vps, job.sps, job.pps) if unit]
    packet = av.Packet(with_start_codes([*sets, *split_lengths(job.data)]))
    try:
        frames = [*context.decode(packet), *context.decode(None)]
    except av.FFmpegError as error:
        raise ValueError(f"the keyframe cannot be decoded: {error.strerror}") from error
    if not frames:
        raise ValueError("the keyframe holds no whole picture")
    frame = frames[0]
    if frame.width > job.most_width_px:
        height = round(frame.height * job.most_width_px / frame.width / 2) * 2
        frame = frame.reformat(width=job.most_width_px, height=height)
    return frame.to_image()


def answer(body: bytes) -> wire.Picture:
    try:
        job = _decoder.decode(body)
        image = decode(job)
    except ValueError as error:
        return wire.Picture(b"", error=str(error))
    output = io.BytesIO()
    image.save(output, "JPEG", quality=job.quality)
    return wire.Picture(output.getvalue(), image.width, image.height)


def main() -> None:
    av.logging.set_level(None)
    while (message := wire.read(sys.stdin.buffer)) is not None:
        sys.stdout.buffer.write(wire.pack(wire.PICTURE, answer(message[1])))
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
