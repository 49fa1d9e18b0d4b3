"""Work of the tasks process: automatic steps, each by a task of its own; and a look every few seconds for lost ones,
late steps and timers."""

from __future__ import annotations

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from prahari.desks.common.repeating import Repeating
from prahari.desks.procedures import performing

SWEEP_S = 3.0

sweeper = Repeating("procedure steps", SWEEP_S, performing.sweep)


@app.task(name="procedures.perform", retry=RetryStrategy(max_attempts=5, wait=2))
def perform(step_id: str) -> None:
    performing.perform(UUID(step_id))


def request(step_id: UUID) -> None:
    """In the transaction that is open: what is rolled back is never done."""
    perform.configure(priority=100).defer(step_id=str(step_id))


def at_start() -> None:
    sweeper.start()
