"""RTP time into wall clock, and into a time line that never steps back.

The wall clock of a recording is ours: a camera's own clock (RTCP sender reports) is followed while it is within
TRUST_MS of when its pictures arrive, because it knows better than arrival when a picture was taken; a camera whose
clock is wrong is not believed. Corrections are slewed at SLEW, so that pictures neither overlap nor tear apart.
"""

from __future__ import annotations

TRUST_MS = 2000.0
JUMP_MS = 2000.0
SLEW = 0.05
WINDOW_MS = 5000.0
_WRAP = 1 << 32


def signed_step(stamp: int, before: int) -> int:
    """How far a 32-bit stamp is ahead of the one before, across the wrap; negative: behind."""
    step = (stamp - before) & 0xFFFFFFFF
    return step - _WRAP if step >= 1 << 31 else step


class WallClock:
    """Maps media milliseconds (continuous, any origin) to Unix milliseconds."""

    __slots__ = ("_arrival", "_last_media_ms", "_least", "_reported", "_window_end_ms", "offset_ms")

    def __init__(self) -> None:
        self.offset_ms: float | None = None
        self._arrival = 0.0  # least delay of the last whole window
        self._least: float | None = None
        self._window_end_ms = 0.0
        self._last_media_ms = 0.0
        self._reported: float | None = None

    def arrived(self, media_ms: float, now_ms: int) -> bool:
        """A picture of `media_ms` was read at `now_ms`. True: the mapping jumped (somebody's clock was set)."""
        delay = now_ms - media_ms
        if self.offset_ms is None:
            self.offset_ms = self._arrival = delay
            if self._reported is not None and abs(self._reported - delay) <= TRUST_MS:
                self.offset_ms = self._reported
            self._window_end_ms = media_ms + WINDOW_MS
            self._last_media_ms = media_ms
            return False
        if self._least is None or delay < self._least:
            self._least = delay
        if media_ms >= self._window_end_ms:
            self._arrival, self._least = self._least, None
            self._window_end_ms = media_ms + WINDOW_MS
        elif delay < self._arrival:
            self._arrival = delay
        elapsed = media_ms - self._last_media_ms
        if elapsed <= 0:
            return False
        self._last_media_ms = media_ms
        target = self._arrival
        if self._reported is not None and abs(self._reported - self._arrival) <= TRUST_MS:
            target = self._reported
        error = target - self.offset_ms
        if abs(error) > JUMP_MS:
            self.offset_ms = target
            return True
        most = elapsed * SLEW
        self.offset_ms += max(-most, min(most, error))
        return False

    def reported(self, media_ms: float, ntp_ms: float) -> bool:
        """A sender report. True: the camera's clock jumped since the last one."""
        before, self._reported = self._reported, ntp_ms - media_ms
        return before is not None and abs(self._reported - before) > JUMP_MS

    @property
    def reported_offset_ms(self) -> float | None:
        """Camera's clock minus media time, None before the first report."""
        return self._reported

    @property
    def camera_off_ms(self) -> float | None:
        """The camera's clock against ours: what it reports less when its pictures arrive at the earliest."""
        return None if self._reported is None or self.offset_ms is None else self._reported - self._arrival

    def wall_ms(self, media_ms: float) -> int:
        return round(media_ms + (self.offset_ms or 0.0))
