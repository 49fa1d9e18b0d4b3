"""Work of the tasks process: the intake process knows the sources as they are."""

from __future__ import annotations

import logging

from procrastinate.contrib.django import app

from prahari.desks.intake import publishing

log = logging.getLogger(__name__)


@app.periodic(cron="* * * * *", periodic_id="every minute")
@app.task(queueing_lock="reconcile intake sources", lock="reconcile intake sources")
def reconcile_sources(timestamp: int) -> None:
    """Raises when NATS is away; the next minute tries again.

    timestamp: when it was due, Unix seconds (procrastinate's periodic tasks want it).
    """
    count = publishing.reconcile()
    if count:
        log.info("the intake process is told of %d sources anew", count)
