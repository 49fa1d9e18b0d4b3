"""Closed lists of the incidents desk."""

from __future__ import annotations

from django.db.models import TextChoices


class State(TextChoices):
    """open -> in hand -> resolved -> closed; reopened is open again."""

    OPEN = "open", "Open"
    IN_HAND = "in_hand", "In hand"
    RESOLVED = "resolved", "Resolved"
    CLOSED = "closed", "Closed"


class Severity(TextChoices):
    """As core.alarming.rule.Severity; the order here is their rank."""

    LOW = "low", "Low"
    MEDIUM = "medium", "Medium"
    HIGH = "high", "High"
    CRITICAL = "critical", "Critical"


RANKS: dict[str, int] = {severity: rank for rank, severity in enumerate(Severity.values)}


class Clock(TextChoices):
    """What has to happen in time."""

    IN_HAND = "in_hand", "Taken in hand"
    ARRIVE = "arrive", "Help has arrived"
    RESOLVE = "resolve", "Resolved"


class Channel(TextChoices):
    """How it came to be known."""

    ALARM = "alarm", "Alarm"
    CALL = "call", "Telephone call (112)"
    CALL_BOX = "call_box", "Emergency call box"
    CITIZEN = "citizen", "Citizen's report"
    CAMERA = "camera", "Seen on a camera"
    PATROL = "patrol", "Patrol"
    AGENCY = "agency", "Another agency"
    OTHER = "other", "Other"


class Part(TextChoices):
    """What an agency does in an incident."""

    LEAD = "lead", "Leads"
    SUPPORT = "support", "Takes part"
    ASKED = "asked", "Asked to take over"


class HandoverState(TextChoices):
    OFFERED = "offered", "Offered"
    ACCEPTED = "accepted", "Accepted"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Outcome(TextChoices):
    """How it ended."""

    HANDLED = "handled", "Handled"
    NOTHING_FOUND = "nothing_found", "Nothing found on the spot"
    FALSE_CALL = "false_call", "False call"
    TEST = "test", "Test or exercise"
    HANDED_ON = "handed_on", "Handed on outside the centre"
    MERGED = "merged", "Part of another incident"
