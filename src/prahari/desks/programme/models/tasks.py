"""What somebody is to do by a day, what was said about it, and which reminders went out."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from prahari.core.ids import uuid7
from prahari.desks.common.history import tracked
from prahari.desks.common.scoping import path_index
from prahari.desks.programme.choices import STANDING, Priority, TaskKind, TaskState


class TaskBatch(models.Model):
    """Tasks made at one stroke from a filter; undone as one."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    title_en = models.CharField(max_length=300)
    title_hi = models.CharField(max_length=300)
    filters = models.JSONField(default=dict)
    count = models.PositiveIntegerField(default=0)
    jurisdiction_path = models.CharField(max_length=300)
    agency_code = models.CharField(max_length=40, blank=True, default="")
    made_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    made_ms = models.BigIntegerField()
    undone_ms = models.BigIntegerField(null=True, blank=True)

    class Meta:
        ordering = ("-made_ms", "-id")

    def __str__(self) -> str:
        return self.title_en


@tracked(exclude=["edited_ms"])
class Task(models.Model):
    """For a person, for whoever holds an office in its area, or (neither) for everybody who works in its area.

    key: what an automatic task is about; while such a task stands, no second one is made.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(max_length=200, blank=True, default="")
    kind = models.CharField(max_length=20, choices=TaskKind)
    title_en = models.CharField(max_length=300)
    title_hi = models.CharField(max_length=300)
    details = models.TextField(blank=True, default="")
    state = models.CharField(max_length=12, choices=TaskState, default=TaskState.OPEN)
    priority = models.CharField(max_length=8, choices=Priority, default=Priority.NORMAL)
    jurisdiction_path = models.CharField(max_length=300)
    agency_code = models.CharField(max_length=40, blank=True, default="")
    person = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="tasks")
    office = models.ForeignKey("programme.Office", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    premises = models.ForeignKey(
        "registry.Premises", null=True, blank=True, on_delete=models.PROTECT, related_name="tasks"
    )
    camera = models.ForeignKey("registry.Camera", null=True, blank=True, on_delete=models.PROTECT, related_name="tasks")
    clause = models.ForeignKey(
        "programme.Clause", null=True, blank=True, on_delete=models.PROTECT, related_name="tasks"
    )
    about_type = models.CharField(max_length=40, blank=True, default="", help_text="For rows of other desks")
    about_id = models.CharField(max_length=60, blank=True, default="")
    due_day = models.DateField(null=True, blank=True)
    batch = models.ForeignKey(TaskBatch, null=True, blank=True, on_delete=models.PROTECT, related_name="tasks")
    made_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    created_ms = models.BigIntegerField()
    edited_ms = models.BigIntegerField()
    closed_ms = models.BigIntegerField(null=True, blank=True)
    closed_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=400, blank=True, default="")

    class Meta:
        ordering = ("-created_ms", "-id")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("key",), condition=~Q(key="") & Q(state__in=STANDING), name="one_standing_task_a_key"
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=True) | Q(office__isnull=True), name="task_for_person_or_office"
            ),
            models.CheckConstraint(
                condition=Q(state__in=STANDING, closed_ms__isnull=True)
                | (~Q(state__in=STANDING) & Q(closed_ms__isnull=False)),
                name="task_closed_with_its_time",
            ),
        ]
        indexes: ClassVar = [
            path_index("jurisdiction_path", "task_path_prefix"),
            models.Index(fields=("person", "state"), name="task_of_person"),
            models.Index(fields=("due_day",), name="task_standing_due", condition=Q(state__in=STANDING)),
            models.Index(fields=("clause",), name="task_of_clause"),
            models.Index(fields=("premises",), name="task_of_premises"),
            models.Index(fields=("batch",), name="task_of_batch"),
        ]

    def __str__(self) -> str:
        return self.title_en


class ChecklistItem(models.Model):
    """One thing to tick off."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="items")
    sort = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    done_ms = models.BigIntegerField(null=True, blank=True)
    done_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("sort", "id")


class TaskComment(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="comments")
    text = models.CharField(max_length=2000)
    person = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200, help_text="Of whoever wrote it, also of the centre itself")
    at_ms = models.BigIntegerField()

    class Meta:
        ordering = ("at_ms", "id")


class Reminder(models.Model):
    """A reminder that was queued, once for each task, due day and person."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="reminders")
    person = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    due_day = models.DateField()
    channel = models.CharField(max_length=10, help_text="sms, mail, or none when no address is known")
    at_ms = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("task", "due_day", "person"), name="reminded_once_a_due_day")
        ]
