"""Words that code decides by. What a person reads lies in the console."""

from __future__ import annotations

from django.db.models import TextChoices


class DutyState(TextChoices):
    """incoming: beside the one who is on duty, to take over."""

    INCOMING = "incoming"
    ON = "on"
    OFF = "off"


class Ended(TextChoices):
    """How a duty ended. relieved: by a supervisor, with a reason."""

    NOT_YET = ""
    HANDED_OVER = "handed_over"
    SIGNED_OFF = "signed_off"
    RELIEVED = "relieved"


class HandoverState(TextChoices):
    OFFERED = "offered"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"


class Came(TextChoices):
    """Whether somebody came to the turn that the roster gave them."""

    NOT_YET = ""
    ON_TIME = "on_time"
    LATE = "late"
    ABSENT = "absent"


class CheckState(TextChoices):
    """excused: on a break or off duty by the time it ran out."""

    ASKED = "asked"
    ANSWERED = "answered"
    MISSED = "missed"
    EXCUSED = "excused"


NEVER_MS = 9_007_199_254_740_991
"""In columns that are swept by time: nothing is due. The largest whole number that a browser holds."""
