"""Work of the tasks process: units that were called and have not answered."""

from __future__ import annotations

from prahari.desks.common.repeating import Repeating
from prahari.desks.dispatch import unanswered

SWEEP_S = 3.0

sweeper = Repeating("unanswered units", SWEEP_S, unanswered.sweep)


def at_start() -> None:
    sweeper.start()
