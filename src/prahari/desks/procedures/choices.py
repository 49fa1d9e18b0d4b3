"""Closed lists of the procedures desk."""

from __future__ import annotations

from django.db.models import TextChoices


class VersionState(TextChoices):
    DRAFT = "draft", "Draft"
    PUBLISHED = "published", "Published"
    SUPERSEDED = "superseded", "Superseded"


class RunState(TextChoices):
    RUNNING = "running", "Running"
    FINISHED = "finished", "Finished"
    STOPPED = "stopped", "Stopped"


class StepState(TextChoices):
    OPEN = "open", "Open"
    DONE = "done", "Done"
    SKIPPED = "skipped", "Skipped"


class Automatic(TextChoices):
    """How far an automatic step is. `unavailable`: nothing in this centre does this; people do it by hand."""

    NONE = "", "Not begun"
    QUEUED = "queued", "Queued"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"
    UNAVAILABLE = "unavailable", "Not available"
    BY_HAND = "by_hand", "Done by hand"
