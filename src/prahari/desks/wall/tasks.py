"""Work of the tasks process: alarms come onto the wall; pictures of what a screen shows no longer are ended; what was
shown long ago is forgotten."""

from __future__ import annotations

import logging

from procrastinate.contrib.django import app

from prahari.desks.common.repeating import Repeating
from prahari.desks.wall import alarm_tiles, screens, streams

log = logging.getLogger(__name__)

alarm_sweeper = Repeating("alarms on the wall", 1.5, alarm_tiles.sweep)
stream_sweeper = Repeating("pictures on the wall", 1.5, streams.sweep)


@app.periodic(cron="53 21 * * *", periodic_id="daily")
@app.task(queueing_lock="forget old showings", lock="forget old showings")
def forget_old_showings(timestamp: int) -> None:
    """timestamp: when it was due, Unix seconds (procrastinate's periodic tasks want it)."""
    if deleted := screens.forget_old():
        log.info("what was shown on the wall and is kept no longer: %d", deleted)


def at_start() -> None:
    alarm_sweeper.start()
    stream_sweeper.start()
