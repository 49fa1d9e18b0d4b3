"""Work of the tasks process: camera plans sent anew hourly, and the steps of the ladder that follow from facts."""

from __future__ import annotations

import logging

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from prahari.contracts.events import now_ms
from prahari.desks.linking import facts, plans
from prahari.desks.linking.engine import line

log = logging.getLogger(__name__)

KEYS_S = 30.0
RETRY_S = 10


@app.periodic(cron="11 * * * *", periodic_id="hourly")
@app.task(queueing_lock="reconcile plans", lock="reconcile plans", retry=RetryStrategy(max_attempts=100, wait=RETRY_S))
def reconcile_plans(timestamp: int) -> None:
    """Renew every permit and heal the plan bucket. Raises when NATS is away, and is tried again.

    timestamp: when it was due, Unix seconds (procrastinate's periodic tasks want it).
    """
    sent, deleted = plans.reconcile(line.run(line.plan_keys(), KEYS_S))
    log.info("camera plans sent anew: %d, deleted: %d", sent, deleted)


@app.periodic(cron="* * * * *", periodic_id="every minute")
@app.task(queueing_lock="climb the ladder", lock="climb the ladder")
def climb_ladder(timestamp: int) -> None:
    """What follows from the facts alone: consents that began or ended, frames seen over the set time."""
    drifted, verified = facts.catch_up(), facts.verify()
    if drifted or verified:
        log.info("ladder: %d cameras brought in line, %d verified live", drifted, verified)


def at_start() -> None:
    """Permits may have run out and the bucket may have been lost while nothing ran."""
    request_reconciliation()


def request_reconciliation() -> None:
    """Soon, once, however often it is asked for."""
    try:
        reconcile_plans.defer(timestamp=now_ms() // 1000)
    except AlreadyEnqueued:
        log.debug("camera plans are to be sent anew already")
