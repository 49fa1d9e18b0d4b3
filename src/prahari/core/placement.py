"""Which media worker serves a camera."""

from __future__ import annotations

import zlib


def worker_of(camera_id: str, workers: int) -> int:
    """The worker (0-based) that owns `camera_id` among `workers`, by rendezvous hashing.

    The same answer in every process without asking anyone; when a worker is added, only the cameras that move to
    it change hands.
    """
    return max(range(workers), key=lambda worker: zlib.crc32(f"{camera_id}/{worker}".encode()))
