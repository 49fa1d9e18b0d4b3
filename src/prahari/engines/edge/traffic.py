"""Bytes over a link by purpose and hour, and the rate at which they may go up."""

from __future__ import annotations

import datetime as dt
import json
import logging
import time
from collections.abc import Callable
from pathlib import Path

from prahari.contracts.edge import TRAFFIC_PURPOSES, TrafficHour
from prahari.contracts.events import now_ms

log = logging.getLogger(__name__)

HOUR_MS = 3_600_000
KEPT_HOURS = 24 * 32
FRAME_OVERHEAD_BYTES = 14 + 29
"""A WebSocket head and mask, a TLS record's head and seal: counted to each message, as the payer's bill counts them."""


class Traffic:
    """Counts; keeps the hours of the last month on disk (`kept`), written by `save`. `now`: Unix milliseconds."""

    def __init__(self, kept: Path | None = None, now: Callable[[], int] = now_ms) -> None:
        self._kept = kept
        self._now = now
        self._hours: dict[int, tuple[list[int], list[int]]] = {}
        if kept is not None:
            self._load(kept)

    def up(self, purpose: int, size: int) -> None:
        self._hour()[0][purpose] += size + FRAME_OVERHEAD_BYTES

    def down(self, purpose: int, size: int) -> None:
        self._hour()[1][purpose] += size + FRAME_OVERHEAD_BYTES

    def hours(self, since_ms: int = 0) -> list[TrafficHour]:
        rows = sorted(self._hours.items())
        return [TrafficHour(hour, list(up), list(down)) for hour, (up, down) in rows if hour + HOUR_MS > since_ms]

    def month_bytes(self) -> int:
        """Up and down since the first of this month, UTC."""
        now = dt.datetime.fromtimestamp(self._now() / 1000, dt.UTC)
        first_ms = int(dt.datetime(now.year, now.month, 1, tzinfo=dt.UTC).timestamp() * 1000)
        return sum(sum(up) + sum(down) for hour, (up, down) in self._hours.items() if hour >= first_ms)

    def save(self) -> None:
        if self._kept is None:
            return
        temporary = self._kept.with_suffix(".new")
        try:
            temporary.write_text(json.dumps({str(hour): both for hour, both in self._hours.items()}))
            temporary.replace(self._kept)
        except OSError as error:
            log.warning("bytes over the link are counted in memory only: %s", error.strerror)

    def _hour(self) -> tuple[list[int], list[int]]:
        hour = self._now() // HOUR_MS * HOUR_MS
        found = self._hours.get(hour)
        if found is None:
            found = self._hours[hour] = ([0] * len(TRAFFIC_PURPOSES), [0] * len(TRAFFIC_PURPOSES))
            for old in [one for one in self._hours if one < hour - KEPT_HOURS * HOUR_MS]:
                del self._hours[old]
        return found

    def _load(self, kept: Path) -> None:
        try:
            for hour, (up, down) in json.loads(kept.read_text()).items():
                if len(up) == len(down) == len(TRAFFIC_PURPOSES):
                    self._hours[int(hour)] = (up, down)
        except FileNotFoundError:
            return
        except (OSError, ValueError, TypeError) as error:
            log.warning("what was counted over the link before cannot be read: %s", error)


class Rate:
    """So many kbit/s, with a second's worth at once. 0: as much as there is."""

    def __init__(self, kbit_s: int = 0, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self.kbit_s = kbit_s
        self._have = 0.0
        self._at = clock()

    @property
    def kbit_s(self) -> int:
        return self._kbit_s

    @kbit_s.setter
    def kbit_s(self, kbit_s: int) -> None:
        self._kbit_s = max(0, kbit_s)
        self._bytes_s = self._kbit_s * 125.0

    def spend(self, size: int) -> None:
        """Bytes have gone, allowed or not: what is urgent runs into debt, and the rest waits for it."""
        if self._kbit_s:
            self._fill()
            self._have -= size

    def wait_s(self) -> float:
        """How long until something may go; 0: now."""
        if not self._kbit_s:
            return 0.0
        self._fill()
        return 0.0 if self._have > 0 else min(1.0, -self._have / self._bytes_s + 0.001)

    def _fill(self) -> None:
        now = self._clock()
        self._have = min(self._bytes_s, self._have + (now - self._at) * self._bytes_s)
        self._at = now
