"""Closed lists of the reports desk."""

from __future__ import annotations

from django.db.models import TextChoices


class MeetingState(TextChoices):
    PLANNED = "planned", "Planned"
    BEGUN = "begun", "Begun"
    ENDED = "ended", "Ended"
    SIGNED = "signed", "Minutes signed"
    CANCELLED = "cancelled", "Cancelled"


class Attendance(TextChoices):
    INVITED = "invited", "Invited"
    PRESENT = "present", "Present"
    REPRESENTED = "represented", "Represented"
    ABSENT = "absent", "Absent"


class DecisionState(TextChoices):
    OPEN = "open", "Open"
    DONE = "done", "Done"
