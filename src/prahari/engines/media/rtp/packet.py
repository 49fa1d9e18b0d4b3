"""RTP packets (RFC 3550)."""

from __future__ import annotations

from prahari.contracts.media import Reason
from prahari.engines.media.rtsp.errors import StreamError


def payload_bounds(buffer: bytearray, at: int, end: int) -> tuple[int, int]:
    """Where the payload of an RTP packet begins and ends: contributing sources, extension and padding left out.

    Raises StreamError (BAD_STREAM).
    """
    first = buffer[at]
    start = at + 12 + 4 * (first & 0x0F)
    if first & 0x10:
        if start + 4 > end:
            raise StreamError(Reason.BAD_STREAM, "The camera sent an RTP packet with a cut extension.")
        start += 4 + 4 * (buffer[start + 2] << 8 | buffer[start + 3])
    if first & 0x20 and end > start:
        end -= buffer[end - 1]
    if start > end:
        raise StreamError(Reason.BAD_STREAM, "The camera sent an RTP packet with impossible sizes.")
    return start, end
