"""RTCP (RFC 3550): the camera's sender reports read, our receiver reports written."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from prahari.contracts.media import Reason
from prahari.engines.media.rtsp.errors import StreamError

NTP_EPOCH_S = 2_208_988_800
OWN_SOURCE = 0x50524148


@dataclass(frozen=True, slots=True)
class SenderReport:
    """At `ntp_ms` (the camera's clock, Unix milliseconds) the stamp `stamp` was due. `ntp_middle`: for our answer."""

    source: int
    ntp_ms: float
    stamp: int
    ntp_middle: int


def parse_rtcp(data: bytes) -> tuple[SenderReport | None, bool]:
    """(the sender report in a compound packet, whether it holds a BYE). Raises StreamError (BAD_STREAM)."""
    report = None
    bye = False
    at = 0
    while at + 4 <= len(data):
        first, kind, words = struct.unpack_from(">BBH", data, at)
        end = at + 4 + 4 * words
        if first >> 6 != 2 or end > len(data):
            raise StreamError(Reason.BAD_STREAM, "The camera sent a malformed RTCP packet.")
        if kind == 200 and words >= 6:
            source, seconds, fraction, stamp = struct.unpack_from(">IIII", data, at + 4)
            # Cameras without a clock send 0; one that does not know the era may be before 1970.
            if seconds > NTP_EPOCH_S:
                ntp_ms = (seconds - NTP_EPOCH_S) * 1000 + fraction * 1000 / 2**32
                report = SenderReport(source, ntp_ms, stamp, (seconds & 0xFFFF) << 16 | fraction >> 16)
        elif kind == 203:
            bye = True
        at = end
    return report, bye


def receiver_report(
    channel: int, source: int, lost: int, highest_sequence: int, report: SenderReport | None, since_report_s: float
) -> bytes:
    """An interleaved receiver report for one source. `highest_sequence` with its cycles in the upper half."""
    middle, delay = 0, 0
    if report is not None:
        middle, delay = report.ntp_middle, min(0xFFFFFFFF, round(since_report_s * 65_536))
    body = struct.pack(
        ">BBHIIIIIII",
        0x81,
        201,
        7,
        OWN_SOURCE,
        source,
        min(lost, 0x7FFFFF),
        highest_sequence & 0xFFFFFFFF,
        0,
        middle,
        delay,
    )
    return struct.pack(">BBH", 0x24, channel, len(body)) + body
