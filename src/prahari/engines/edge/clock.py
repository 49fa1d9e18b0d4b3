"""The centre's time, kept at the site: as last told, plus the time that has passed by a clock that nobody can set.

A box's own clock may be wrong by hours, or set back to make a consent last. It is never asked while the box runs. After
the box was switched off it is only believed if, with the difference to the centre that was known, it has gone forward;
else there is no time until the centre tells it, and without time no permit holds.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable
from pathlib import Path

log = logging.getLogger(__name__)

UNKNOWN_S = 0.0
"""What `now_s` says when there is no time: 1970, when no permit had begun."""

SAVE_S = 10.0
MOST_ROUND_TRIP_S = 10.0
STEP_BACK_S = 5.0
BACK_AFTER_OFF_S = 2.0


def _boot_id() -> str:
    return Path("/proc/sys/kernel/random/boot_id").read_text().strip()


def _passed_s() -> float:
    """Seconds since the machine was started, sleep included."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


class TrustedClock:
    """`kept`: where it is written every SAVE_S, so that a restart of the process or the box knows.

    `on_step_back` is told when the centre's own clock has gone back: permits that were told before then are worth
    nothing until they are told again.
    """

    def __init__(
        self,
        kept: Path,
        *,
        on_step_back: Callable[[], None] = lambda: None,
        passed_s: Callable[[], float] = _passed_s,
        wall_s: Callable[[], float] = time.time,
        boot_id: Callable[[], str] = _boot_id,
    ) -> None:
        self._kept = kept
        self.on_step_back = on_step_back
        self._passed_s = passed_s
        self._wall_s = wall_s
        self._boot_id = boot_id()
        self._base: tuple[float, float] | None = None  # centre's seconds, ours passed
        self._best_round_trip_s = MOST_ROUND_TRIP_S
        self._saved_at = -SAVE_S
        self._load()

    @property
    def is_known(self) -> bool:
        return self._base is not None

    def now_s(self) -> float:
        """The centre's Unix time, or UNKNOWN_S."""
        if self._base is None:
            return UNKNOWN_S
        told_s, at = self._base
        return told_s + self._passed_s() - at

    def wall_ns(self) -> int:
        """For stamps on what is recorded: the centre's time, our own clock's while there is none."""
        return int(self.now_s() * 1e9) if self._base is not None else int(self._wall_s() * 1e9)

    def own_ms(self) -> int:
        """This machine's own clock, for the record only."""
        return int(self._wall_s() * 1000)

    def told(self, centre_ms: int, round_trip_s: float, *, first: bool = False) -> None:
        """The centre said that it was `centre_ms` when it answered something that took `round_trip_s` in all.

        The error is at most half of that: a worse answer than the best of this connection (`first` begins one) is left
        aside unless it shows that we are further off than that.
        """
        if not 0 <= round_trip_s <= MOST_ROUND_TRIP_S:
            return
        if first:
            self._best_round_trip_s = MOST_ROUND_TRIP_S
        said_s = centre_ms / 1000 + round_trip_s / 2
        off_s = said_s - self.now_s()
        if (
            self._base is not None
            and abs(off_s) <= max(round_trip_s, 0.005)
            and round_trip_s >= self._best_round_trip_s
        ):
            return
        self._best_round_trip_s = min(self._best_round_trip_s, round_trip_s)
        went_back = self._base is not None and off_s < -STEP_BACK_S
        self._base = (said_s, self._passed_s())
        self.save()
        if went_back:
            log.warning(
                "the centre's clock has gone back by %.0f s: permits count again when they are told again", -off_s
            )
            self.on_step_back()

    def tick(self) -> None:
        """Called every few seconds: writes what is known when that is old."""
        if self._base is not None and self._passed_s() - self._saved_at >= SAVE_S:
            self.save()

    def save(self) -> None:
        passed_s = self._passed_s()
        state = {
            "boot_id": self._boot_id,
            "passed_s": passed_s,
            "centre_s": self.now_s(),
            "own_s": self._wall_s(),
        }
        self._saved_at = passed_s
        temporary = self._kept.with_suffix(".new")
        try:
            temporary.write_text(json.dumps(state))
            temporary.replace(self._kept)
        except OSError as error:
            log.warning("the centre's time is not kept: %s", error.strerror)

    def _load(self) -> None:
        try:
            state = json.loads(self._kept.read_text())
            centre_s, passed_s, own_s = float(state["centre_s"]), float(state["passed_s"]), float(state["own_s"])
            same_boot = state["boot_id"] == self._boot_id
        except FileNotFoundError:
            return
        except (OSError, ValueError, KeyError, TypeError) as error:
            log.warning("the centre's time as kept cannot be read: %s", error)
            return
        if same_boot and self._passed_s() >= passed_s:
            self._base = (centre_s, passed_s)
            return
        gone_s = self._wall_s() - own_s
        if gone_s < -BACK_AFTER_OFF_S:
            log.warning(
                "this box's clock was set back while it was off: no permit counts until the centre tells the time"
            )
            return
        self._base = (centre_s + max(0.0, gone_s), self._passed_s())
        self.save()  # from here on this start of the box counts: a restart must not ask the own clock once more
