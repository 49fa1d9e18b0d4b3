"""Child process: decodes keyframes and looks at them. Jobs on standard input, answers on standard output, in order."""

from __future__ import annotations

import os
import sys
import time
from typing import Any

import av
import msgspec

from prahari.engines.media.fallback import wire
from prahari.engines.media.fallback.annexb import split_lengths, with_start_codes
from prahari.engines.media.health.wire import LOOK, LookJob, Seen
from prahari.engines.vision.scene.judge import is_telling, judge
from prahari.engines.vision.scene.look import look_at, packed, packed_bits, unpacked, unpacked_bits
from prahari.engines.vision.scene.picture import HEIGHT_PX, WIDTH_PX, small

NICE = 10
"""Recording and live pictures come first."""

_decoder = msgspec.msgpack.Decoder(LookJob)


class _Decoders:
    """One context for each codec: opening one costs more than a small picture."""

    def __init__(self) -> None:
        self._contexts: dict[str, Any] = {}

    def luma(self, job: LookJob) -> Any:
        """Height x width of uint8. Raises ValueError."""
        # A context that has failed, or that holds another stream's parameters, is not used again.
        key = f"{job.codec} {hash((job.vps, job.sps, job.pps))}"
        context = self._contexts.get(key)
        if context is None:
            if len(self._contexts) >= 32:
                self._contexts.clear()
            context = av.CodecContext.create("hevc" if job.codec == "h265" else "h264", "r")
            context.thread_count = 1
            self._contexts[key] = context
        sets = [unit for unit in (job.vps, job.sps, job.pps) if unit]
        packet = av.Packet(with_start_codes([*sets, *split_lengths(job.data)]))
        try:
            frames = [*context.decode(packet), *context.decode(None)]
            context.flush_buffers()
        except av.FFmpegError as error:
            del self._contexts[key]
            raise ValueError(f"the keyframe cannot be decoded: {error.strerror}") from error
        if not frames:
            del self._contexts[key]
            raise ValueError("the keyframe holds no whole picture")
        frame = frames[0]
        if frame.width > 2 * WIDTH_PX:  # the scaler is quicker than numpy on large pictures
            frame = frame.reformat(width=2 * WIDTH_PX, height=2 * HEIGHT_PX, format="gray", interpolation="AREA")
        else:
            frame = frame.reformat(format="gray")
        return frame.to_ndarray()


def answer(body: bytes, decoders: _Decoders) -> Seen:
    started_s = time.process_time()
    try:
        job = _decoder.decode(body)
        look = look_at(small(decoders.luma(job)))
        before = [unpacked_bits(one) for one in job.before]
        found = judge(look, [unpacked(one) for one in job.references], before)
        candidate_off = judge(look, [unpacked(job.candidate)], []).turned if job.candidate else None
    except ValueError as error:
        return Seen(error=str(error), cpu_s=time.process_time() - started_s)
    return Seen(
        black=found.black,
        overexposed=found.overexposed,
        blurred=found.blurred,
        covered=found.covered,
        turned=found.turned,
        frozen=found.frozen,
        shift_pct=found.shift_pct,
        reference=found.reference,
        candidate_off=candidate_off,
        sees_little=not is_telling(look) or look.dark_pct > 95 or look.bright_pct > 50,
        level=look.level,
        look=packed(look),
        bits=packed_bits(look),
        cpu_s=time.process_time() - started_s,
    )


def main() -> None:
    av.logging.set_level(None)
    os.nice(NICE)
    decoders = _Decoders()
    while (message := wire.read(sys.stdin.buffer)) is not None:
        sys.stdout.buffer.write(wire.pack(LOOK, answer(message[1], decoders)))
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
