"""Work of the tasks process: questions that have settled go into the audit."""

from __future__ import annotations

from procrastinate.contrib.django import app

from prahari.desks.search import asking


@app.periodic(cron="* * * * *", periodic_id="every minute")
@app.task(queueing_lock="settle questions", lock="settle questions")
def settle_questions(timestamp: int) -> None:
    """timestamp: when it was due, Unix seconds (procrastinate's periodic tasks want it)."""
    asking.settle()
