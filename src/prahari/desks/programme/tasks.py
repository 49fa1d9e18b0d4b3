"""Work of the tasks process: tasks that rules ask for, reminders, and matters that climb. Each looks at rows, not at
what it did before: after two days without the centre it does the work once."""

from __future__ import annotations

import logging

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from prahari.contracts.events import now_ms
from prahari.desks.programme import escalation, laws, reminders, task_rules

log = logging.getLogger(__name__)

_RETRY = RetryStrategy(max_attempts=5, wait=30)


@app.periodic(cron="*/15 * * * *", periodic_id="programme rules")
@app.task(queueing_lock="programme rules", lock="programme rules", retry=_RETRY)
def run_task_rules(timestamp: int) -> None:
    task_rules.run()


@app.periodic(cron="*/10 * * * *", periodic_id="programme clock")
@app.task(queueing_lock="programme clock", lock="programme clock", retry=_RETRY)
def watch_the_clock(timestamp: int) -> None:
    """Remind, say what is late, let what is unanswered climb: in the hours in which officers may be disturbed."""
    now = now_ms()
    if not laws.may_disturb(now):
        return
    reminded = reminders.remind(now)
    raised = reminders.say_what_is_late(now)
    moved = escalation.climb(now)
    if reminded or raised or moved:
        log.info("reminded: %d, said to be late: %d, gone one level up: %d", reminded, raised, moved)
