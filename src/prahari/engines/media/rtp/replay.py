"""The RTP header extension of ONVIF replay: when, by the device's clock, a recorded picture was taken.

ONVIF Streaming Specification, 6.2: profile 0xABAC, three words: an NTP time (64 bits), flags C, E, D, T, a counter.
"""

from __future__ import annotations

import struct

from prahari.engines.media.rtp.rtcp import NTP_EPOCH_S

PROFILE = 0xABAC
WORDS = 3
_HEAD = struct.Struct(">HHII")


def unix_ms_of(extension: bytes) -> int | None:
    """Unix milliseconds told by a header extension, its own head included; None: it is of another kind."""
    if len(extension) < 4 + 4 * WORDS:
        return None
    profile, words, seconds, fraction = _HEAD.unpack_from(extension)
    if profile != PROFILE or words < WORDS or seconds < NTP_EPOCH_S:
        return None
    return int((seconds - NTP_EPOCH_S) * 1000 + (fraction * 1000 >> 32))
