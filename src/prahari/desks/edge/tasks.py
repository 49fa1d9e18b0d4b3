"""Work of the tasks process: permits of edge cameras every ten minutes, certificates every hour."""

from __future__ import annotations

import logging

from procrastinate.contrib.django import app

from prahari.desks.edge import actions

log = logging.getLogger(__name__)


@app.periodic(cron="*/10 * * * *", periodic_id="every ten minutes")
@app.task(queueing_lock="renew edge plans", lock="renew edge plans")
def renew_edge_plans(timestamp: int) -> None:
    """timestamp: when it was due, Unix seconds (procrastinate's periodic tasks want it)."""
    actions.renew_plans()


@app.periodic(cron="7 * * * *", periodic_id="hourly")
@app.task(queueing_lock="renew edge certificates", lock="renew edge certificates")
def renew_edge_certificates(timestamp: int) -> None:
    """Certificates in their last third; then every record, so that rules and a lost bucket are made good."""
    count = actions.renew_certificates()
    actions.publish_all()
    if count:
        log.info("certificates of edge sites renewed: %d", count)
