"""Closed lists of the programme desk: words that code decides by."""

from __future__ import annotations

from django.db.models import TextChoices


class Service(TextChoices):
    """Which service a rank belongs to."""

    POLICE = "police", "Police"
    REVENUE = "revenue", "Revenue"
    MUNICIPAL = "municipal", "Municipal"
    EXCISE = "excise", "Excise"
    EDUCATION = "education", "Education"
    OTHER = "other", "Other"


class TaskKind(TextChoices):
    VISIT = "visit", "Visit"
    SURVEY = "survey", "Survey"
    CONNECT = "connect", "Connect"
    REPAIR = "repair", "Repair"
    LETTER = "letter", "Letter"
    DECISION = "decision", "Decision of a meeting"
    CLAUSE = "clause", "Clause of an order"
    OTHER = "other", "Other"


class TaskState(TextChoices):
    OPEN = "open", "Open"
    IN_PROGRESS = "in_progress", "In progress"
    DONE = "done", "Done"
    CANCELLED = "cancelled", "Cancelled"


STANDING = (TaskState.OPEN, TaskState.IN_PROGRESS)
"""States in which a task is still to be done."""


class Priority(TextChoices):
    LOW = "low", "Low"
    NORMAL = "normal", "Normal"
    HIGH = "high", "High"


class EscalationState(TextChoices):
    OPEN = "open", "Waiting for an answer"
    ACKNOWLEDGED = "acknowledged", "Acknowledged"
    SETTLED = "settled", "Settled"  # what it was about has been mended


class ClauseState(TextChoices):
    """Never entered: derived from tasks and figures (clause_state.py)."""

    NOT_BEGUN = "not_begun", "Not begun"
    UNDER_WAY = "under_way", "Under way"
    DONE = "done", "Done"
    LATE = "late", "Late"


TASK_OVERDUE = "task_overdue"
"""Kind of the matters that late tasks become."""
