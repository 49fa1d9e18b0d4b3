"""Words that code decides by. What a person reads lies in the console."""

from __future__ import annotations

from django.db.models import TextChoices


class State(TextChoices):
    NEW = "new"
    ACKNOWLEDGED = "acknowledged"
    ASSIGNED = "assigned"
    IN_INCIDENT = "in_incident"
    CLOSED = "closed"


NEVER_MS = 9_007_199_254_740_991
"""In columns that are swept by time: nothing is due. The largest whole number that a browser holds."""


class Verdict(TextChoices):
    """What an alarm turned out to be."""

    NONE = ""
    TRUE = "true"
    FALSE = "false"
    TEST = "test"
    DUPLICATE = "duplicate"


class TrialState(TextChoices):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


class Addressee(TextChoices):
    """Whom a level of escalation names."""

    POST = "post"
    ROLE = "role"
    PERSON = "person"


class Sms(TextChoices):
    """What became of a level's SMS to one person."""

    NOT_WANTED = ""
    QUEUED = "queued"
    WITH_ANOTHER = "with_another"  # one message a minute speaks for all alarms of a severity
    NO_NUMBER = "no_number"
