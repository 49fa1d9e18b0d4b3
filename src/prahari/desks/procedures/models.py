"""Procedures in versions, their runs on incidents, and each step of a run."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from prahari.core.ids import uuid7
from prahari.desks.common.history import tracked
from prahari.desks.incidents.models import NEVER_MS, Incident
from prahari.desks.procedures import choices
from prahari.desks.registry.models.lookups import Coded


@tracked(exclude=["edited_ms"])
class Procedure(Coded):
    """What is to be done when something of a kind happens. The kind names it by its code."""

    class Meta(Coded.Meta):
        pass


@tracked(exclude=["edited_ms"])
class ProcedureVersion(models.Model):
    """One wording. A draft is edited (`version` guards against two who do), published it never changes again."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=choices.VersionState, default=choices.VersionState.DRAFT)
    steps = models.JSONField(default=list, help_text="schemas.StepBody, in order")
    note = models.CharField(max_length=400, blank=True, help_text="What is new in it")
    version = models.PositiveIntegerField(default=1)
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    created_ms = models.BigIntegerField()
    edited_ms = models.BigIntegerField()
    published_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    published_ms = models.BigIntegerField(null=True)

    class Meta:
        ordering = ("-number",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("procedure", "number"), name="procedure_version_once"),
            models.UniqueConstraint(
                fields=("procedure",), name="procedure_one_draft", condition=Q(state=choices.VersionState.DRAFT)
            ),
            models.UniqueConstraint(
                fields=("procedure",), name="procedure_one_in_force", condition=Q(state=choices.VersionState.PUBLISHED)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.procedure_id} version {self.number}"


@tracked()
class ProcedureRun(models.Model):
    """A version at work on an incident; it keeps that version, whatever is published meanwhile."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="+")
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(ProcedureVersion, on_delete=models.PROTECT, related_name="runs")
    state = models.CharField(max_length=10, choices=choices.RunState, default=choices.RunState.RUNNING)
    started_by_name = models.CharField(max_length=150)
    started_ms = models.BigIntegerField()
    ended_ms = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=400, blank=True, help_text="Why it was stopped")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("incident", "procedure"),
                name="procedure_runs_once",
                condition=Q(state=choices.RunState.RUNNING),
            )
        ]

    def __str__(self) -> str:
        return f"{self.version_id} on {self.incident_id}"


@tracked(exclude=["next_ms"])
class RunStep(models.Model):
    """One step of a run. `version` grows with each change; a writer names the one that it saw.

    `ready_ms`: since when it is to be done (its condition is met). `timer_ms`: when its timer began. `automatic`: how
    far its automatic action is, `outcome` what became of it, {"en", "hi"}. `next_ms`: when the sweep looks at it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    run = models.ForeignKey(ProcedureRun, on_delete=models.PROTECT, related_name="steps")
    step = models.SlugField(max_length=40)
    position = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=choices.StepState, default=choices.StepState.OPEN)
    version = models.PositiveIntegerField(default=1)
    value = models.JSONField(null=True)
    reason = models.CharField(max_length=400, blank=True, help_text="Why it was skipped")
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=150, blank=True)
    at_ms = models.BigIntegerField(null=True)
    ready_ms = models.BigIntegerField(null=True)
    timer_ms = models.BigIntegerField(null=True)
    late_told_ms = models.BigIntegerField(null=True)
    timer_told_ms = models.BigIntegerField(null=True)
    automatic = models.CharField(max_length=12, choices=choices.Automatic, default=choices.Automatic.NONE, blank=True)
    outcome = models.JSONField(null=True)
    next_ms = models.BigIntegerField(default=NEVER_MS)

    class Meta:
        ordering = ("position",)
        constraints: ClassVar = [models.UniqueConstraint(fields=("run", "step"), name="run_step_once")]
        indexes: ClassVar = [
            models.Index(fields=("next_ms",), name="run_step_next", condition=~Q(next_ms=NEVER_MS)),
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.state}"
