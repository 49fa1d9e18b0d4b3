"""Work of the tasks process: copies of testimonials written, deleted, and checked by their hashes."""

from __future__ import annotations

import logging

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from prahari.contracts.events import now_ms
from prahari.desks.outreach import copies

log = logging.getLogger(__name__)


@app.periodic(cron="*/5 * * * *", periodic_id="every five minutes")
@app.task(queueing_lock="testimonial copies", lock="testimonial copies")
def keep_copies(timestamp: int) -> None:
    """timestamp: when it was due, Unix seconds (procrastinate's periodic tasks want it)."""
    settled, checked = copies.write_waiting(), copies.check_due()
    if settled or checked:
        log.info("testimonials: %d copies written or deleted, %d checked", settled, checked)


def request_copies() -> None:
    """Soon, once, however often it is asked for."""
    try:
        keep_copies.defer(timestamp=now_ms() // 1000)
    except AlreadyEnqueued:
        log.debug("the copies are looked after already")
