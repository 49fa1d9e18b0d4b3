"""Work of the tasks process: alarms climb, the engine's rules are kept as they should be, trials run."""

from __future__ import annotations

import logging
from uuid import UUID

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from prahari.contracts.events import now_ms
from prahari.desks.alarms import escalation, laws, publishing, trial_run
from prahari.desks.common.repeating import Repeating

log = logging.getLogger(__name__)

CLIMB_S = 5.0


class Climbing:
    """One look at the alarms that are due. When the rules are others than at the look before (or this is the first),
    every alarm that climbs is looked at anew, so that a shorter time holds for those that wait already."""

    def __init__(self) -> None:
        self._levels: object = None

    def __call__(self) -> None:
        levels = laws.escalation()
        if levels != self._levels:
            escalation.look_again()
            self._levels = levels
        moved = escalation.sweep()
        if moved:
            log.info("alarms that nobody had taken went one level up: %d", moved)


climbing = Repeating("alarms climb", CLIMB_S, Climbing())


@app.periodic(cron="* * * * *", periodic_id="every minute")
@app.task(queueing_lock="reconcile alarm rules", lock="reconcile alarm rules")
def reconcile_rules(timestamp: int) -> None:
    """Raises when NATS is away; the next minute tries again.

    timestamp: when it was due, Unix seconds (procrastinate's periodic tasks want it).
    """
    if publishing.reconcile():
        log.info("the alarm engine is told of its rules anew")


@app.task(name="alarms.run_trial")
def run_trial(trial_id: str) -> None:
    trial_run.run(UUID(trial_id))


@app.periodic(cron="* * * * *", periodic_id="every minute")
@app.task(queueing_lock="alarm trials", lock="alarm trials")
def resume_trials(timestamp: int) -> None:
    """Trials whose process died run again from their beginning."""
    for trial_id in trial_run.left_alone():
        request_trial(trial_id)


def request_trial(trial_id: UUID) -> None:
    """In the transaction that is open. Once, however often it is asked for."""
    try:
        run_trial.configure(queueing_lock=f"alarm trial {trial_id}", lock="alarm trial").defer(trial_id=str(trial_id))
    except AlreadyEnqueued:
        log.debug("trial %s is to be run already", trial_id)


def at_start() -> None:
    """The bucket may have been lost, and alarms may have waited, while nothing ran."""
    climbing.start()
    try:
        reconcile_rules.defer(timestamp=now_ms() // 1000)
    except AlreadyEnqueued:
        log.debug("alarm rules are to be reconciled already")
