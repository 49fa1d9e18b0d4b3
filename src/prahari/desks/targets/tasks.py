"""Work of the tasks process: the count of each day stored once it is over."""

from __future__ import annotations

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from prahari.contracts.events import now_ms
from prahari.desks.targets import history


@app.periodic(cron="*/15 * * * *", periodic_id="quarterly")
@app.task(queueing_lock="store counts", lock="store counts", retry=RetryStrategy(max_attempts=20, wait=60))
def store_counts(timestamp: int) -> None:
    """Store the days that are over and not stored yet; nothing to do most of the time.

    timestamp: when it was due, Unix seconds (procrastinate's periodic tasks want it).
    """
    history.keep_up()


def at_start() -> None:
    """Days may have passed while nothing ran."""
    try:
        store_counts.defer(timestamp=now_ms() // 1000)
    except AlreadyEnqueued:
        return
