"""Work of the tasks process: clocks that run out."""

from __future__ import annotations

from prahari.desks.common.repeating import Repeating
from prahari.desks.incidents import escalation

SWEEP_S = 3.0

sweeper = Repeating("incident clocks", SWEEP_S, escalation.sweep)


def at_start() -> None:
    sweeper.start()
