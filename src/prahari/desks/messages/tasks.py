"""Sending in the background: a task for each message, and a sweep for those whose task was lost."""

from __future__ import annotations

import logging
from uuid import UUID

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from prahari.contracts.events import now_ms
from prahari.desks.messages import sending

log = logging.getLogger(__name__)

URGENT, ORDINARY = 100, 10


@app.task(name="messages.send")
def send(message_id: str) -> None:
    """Try a message once; when that fails and trying again may help, a later task is asked for."""
    again_in_s = sending.attempt(UUID(message_id))
    if again_in_s is not None:
        request_sending(UUID(message_id), in_s=again_in_s)


@app.periodic(cron="* * * * *", periodic_id="minutely")
@app.task(name="messages.sweep", queueing_lock="sweep messages", lock="sweep messages")
def sweep(timestamp: int) -> None:
    """Messages that are due though no task came for them (a process died, a gateway was away), and those too late.

    timestamp: when it was due, Unix seconds (procrastinate's periodic tasks want it)."""
    sending.expire_late_ones()
    for message_id in sending.overdue(now_ms()):
        try:
            send.configure(queueing_lock=f"message {message_id}", priority=ORDINARY).defer(message_id=str(message_id))
        except AlreadyEnqueued:
            log.debug("message %s has a task already", message_id)


def at_start() -> None:
    """What waited while nothing ran goes out at once."""
    try:
        sweep.defer(timestamp=now_ms() // 1000)
    except AlreadyEnqueued:
        log.debug("messages are to be swept already")


def request_sending(message_id: UUID, *, urgent: bool = False, in_s: int = 0) -> None:
    """In the transaction that is open: what is rolled back is never sent."""
    options = {"priority": URGENT if urgent else ORDINARY}
    if in_s:
        options["schedule_in"] = {"seconds": in_s}  # type: ignore[assignment]
    send.configure(**options).defer(message_id=str(message_id))
