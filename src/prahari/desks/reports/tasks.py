"""Work of the tasks process: every minute it looks what is due."""

from __future__ import annotations

import logging

from procrastinate.contrib.django import app

from prahari.desks.reports import making

log = logging.getLogger(__name__)


@app.periodic(cron="* * * * *", periodic_id="minutely")
@app.task(name="reports.daily", queueing_lock="daily reports", lock="daily reports")
def daily(timestamp: int) -> None:
    """Make reports whose hour has come, tell what was not signed in time, mail what is ready.

    timestamp: when it was due, Unix seconds (procrastinate's periodic tasks want it)."""
    made, told, mailed = making.make_due(), making.tell_missing(), making.mail_ready()
    if made or told or mailed:
        log.info("daily reports: %d made, %d told upwards, %d mailed", made, told, mailed)
