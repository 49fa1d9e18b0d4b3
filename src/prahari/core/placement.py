"""Which media worker serves a camera."""

from __future__ import annotations

import hashlib


def worker_of(camera_id: str, workers: int) -> int:
    """The worker (0-based) that owns `camera_id` among `workers`, by rendezvous hashing.

    The same answer in every process without asking anyone; when a worker is added, only the cameras that move to
    it change hands. (A checksum such as CRC-32 will not do as the hash: it is linear, and the shares come out uneven.)
    """
    return max(range(workers), key=lambda worker: hashlib.blake2b(f"{camera_id}/{worker}".encode()).digest())
