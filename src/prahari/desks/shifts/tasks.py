"""Work of the tasks process: who is late, who is asked whether they are at the desk, what is kept no longer."""

from __future__ import annotations

import logging

from procrastinate.contrib.django import app

from prahari.desks.common.repeating import Repeating
from prahari.desks.shifts import checks, lateness, watching

log = logging.getLogger(__name__)

lateness_sweeper = Repeating("late to a shift", 10.0, lateness.sweep)
check_sweeper = Repeating("at the desk", 5.0, checks.sweep)


@app.periodic(cron="47 21 * * *", periodic_id="daily")
@app.task(queueing_lock="forget old attention", lock="forget old attention")
def forget_old_attention(timestamp: int) -> None:
    """timestamp: when it was due, Unix seconds (procrastinate's periodic tasks want it)."""
    if deleted := watching.forget_old():
        log.info("stretches of attention that are kept no longer: %d", deleted)


def at_start() -> None:
    lateness_sweeper.start()
    check_sweeper.start()
