"""A version of a rule run over what has happened lately, and beside it the version in force: what would it have raised?

The same evaluator as the engine's, over the stored events of the rule's types in the order of their time. A trial is a
row; a task works on it (tasks.py), reports how far it is and looks whether it was called off. Killed, it begins anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from prahari.contracts.events import now_ms
from prahari.desks.alarms.choices import TrialState
from prahari.desks.alarms.models import RuleTrial

PULSE_MS = 60_000
"""A running trial that was silent for longer has lost its process."""
OPEN = (TrialState.QUEUED, TrialState.RUNNING)


def left_alone() -> Iterable[UUID]:
    """Trials that should run and on which nobody works."""
    silent = Q(pulse_ms__lt=now_ms() - PULSE_MS)
    return list(RuleTrial.objects.filter(silent, state__in=OPEN).values_list("id", flat=True))


def run(trial_id: UUID) -> None:
    raise NotImplementedError
