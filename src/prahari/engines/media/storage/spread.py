"""Which disk a camera's next file goes to: pure, the same for every worker, remembered nowhere."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

_GOLDEN = 0.6180339887498949


def place(camera_id: str, slot: int, weights: Sequence[float]) -> int:
    """Index of the disk for a camera's file of this slot (time in lengths of a file); `weights` is the room of each.

    Files of one camera follow each other over the disks so evenly that what a failing disk takes away is never a long
    stretch; cameras are shifted against each other, so that at any moment they are spread too.
    """
    start = int.from_bytes(hashlib.blake2b(camera_id.encode(), digest_size=4).digest()) / 2**32
    total = sum(weights)
    at = (start + slot * _GOLDEN) % 1.0 * total
    for index, weight in enumerate(weights):
        if at < weight:
            return index
        at -= weight
    return max(range(len(weights)), key=lambda index: weights[index])
