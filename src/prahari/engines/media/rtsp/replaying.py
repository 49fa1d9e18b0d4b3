"""What is asked of a device that plays its own disk (ONVIF Streaming Specification, 6.3 to 6.5)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from prahari.contracts.media import Reason
from prahari.engines.media.rtsp.errors import StreamError

REQUIRED = "onvif-replay"
_CLOCK = re.compile(r"clock\s*=\s*(\d{8}T\d{6}(?:\.\d{1,9})?)Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ReplayRange:
    """A stretch of time by the device's clock, in Unix milliseconds."""

    from_ms: int
    to_ms: int

    @property
    def header(self) -> str:
        return f"clock={clock(self.from_ms)}-{clock(self.to_ms)}"


def clock(unix_ms: int) -> str:
    """`20261126T055743.250Z`."""
    return datetime.fromtimestamp(unix_ms // 1000, UTC).strftime("%Y%m%dT%H%M%S.") + f"{unix_ms % 1000:03d}Z"


def begin_of(header: str) -> int | None:
    """Unix milliseconds at which a Range header begins; None when it tells no time of day."""
    found = _CLOCK.search(header)
    if found is None:
        return None
    whole, _, fraction = found[1].partition(".")
    try:
        at_s = datetime.strptime(whole, "%Y%m%dT%H%M%S").replace(tzinfo=UTC).timestamp()
    except ValueError:
        return None
    return round(at_s * 1000) + int((fraction + "000")[:3])


def check(status: int) -> None:
    """Raises StreamError for what only a device that replays answers."""
    if status == 551:
        raise StreamError(Reason.UNSUPPORTED, "The device does not play its recordings (551).")
    if status == 457:
        raise StreamError(Reason.NOT_FOUND, "The device has nothing of that time (457).")
