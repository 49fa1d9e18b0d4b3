"""Work of the tasks process: camera plans sent anew, at its start and every hour."""

from __future__ import annotations

import logging

from procrastinate.contrib.django import app

from prahari.desks.linking import plans
from prahari.desks.linking.engine import line

log = logging.getLogger(__name__)

KEYS_S = 30.0


@app.periodic(cron="11 * * * *", periodic_id="hourly")
@app.task(queueing_lock="reconcile plans", lock="reconcile plans", pass_context=False)
def reconcile_plans(timestamp: int) -> None:
    """Renew every permit and heal the plan bucket. Raises when NATS is away: the next hour, or the next start, does it.

    timestamp: when it was due, Unix seconds (procrastinate's periodic tasks want it).
    """
    sent, deleted = plans.reconcile(line.run(line.plan_keys(), KEYS_S))
    log.info("camera plans sent anew: %d, deleted: %d", sent, deleted)
