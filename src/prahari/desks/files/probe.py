"""Tries out a sealed video: `python -m prahari.desks.files.probe FORM PATH`, the file's key on standard input.

Answers {"width_px", "height_px", "duration_ms"} when the first pictures decode; fails otherwise. Runs under limits of
memory and computing time, and with nothing open but the file.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path

import av

from prahari.desks.files.sealed import SealedReader

MEMORY_BYTES = 2 << 30
CPU_S = 30
FRAMES = 3


def main() -> None:
    form, path = sys.argv[1], Path(sys.argv[2])
    key = sys.stdin.buffer.read()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    plain = SealedReader(path, key)
    # The form is named and no protocol allowed: a playlist that points elsewhere is not followed.
    with av.open(plain, format=form, options={"protocol_whitelist": ""}) as container:
        stream = container.streams.video[0]
        stream.thread_type = "NONE"
        frames = 0
        for _ in container.decode(stream):
            frames += 1
            if frames == FRAMES:
                break
        if not frames:
            raise SystemExit("no picture decodes")
        sys.stdout.write(
            json.dumps(
                {
                    "width_px": stream.codec_context.width,
                    "height_px": stream.codec_context.height,
                    "duration_ms": None if container.duration is None else container.duration // 1000,
                }
            )
        )


if __name__ == "__main__":
    main()
