"""One picture from a camera, and good-bye: for tests of an address and for periodic proofs.

Signatures only for now.
"""

from __future__ import annotations

from prahari.engines.media.types import AccessUnit, StreamParameters


async def one_keyframe(
    url: str, credentials: tuple[str, str] | None, timeout_s: float
) -> tuple[StreamParameters, AccessUnit]:
    """Connect, wait for the first keyframe, close. Raises rtsp.errors.StreamError (has `.reason` and `.detail`)."""
    raise NotImplementedError
