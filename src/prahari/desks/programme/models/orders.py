"""Government orders, clause by clause. A clause's state is never entered: see clause_state.py."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from prahari.core.ids import uuid7
from prahari.desks.common.history import tracked
from prahari.desks.programme.models.people import Office


@tracked(exclude=["edited_ms"])
class GovernmentOrder(models.Model):
    """agency None: it binds every agency of its area. document: id of a row of the files desk."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField(max_length=120)
    dated_on = models.DateField()
    sender_en = models.CharField(max_length=200)
    sender_hi = models.CharField(max_length=200)
    subject_en = models.CharField(max_length=400)
    subject_hi = models.CharField(max_length=400)
    deadline = models.DateField(null=True, blank=True)
    document_id = models.UUIDField(null=True, blank=True)
    jurisdiction = models.ForeignKey("accounts.Jurisdiction", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("accounts.Agency", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    created_ms = models.BigIntegerField()
    edited_ms = models.BigIntegerField()

    class Meta:
        ordering = ("-dated_on", "-id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("number", "dated_on", "jurisdiction"), name="government_order_entered_once")
        ]

    def __str__(self) -> str:
        return self.number


@tracked(exclude=["edited_ms"])
class Clause(models.Model):
    """One point of an order. figure: {"figure": name, ...its settings} of clause_figures.py, or empty."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    order = models.ForeignKey(GovernmentOrder, on_delete=models.PROTECT, related_name="clauses")
    number = models.CharField(max_length=20)
    sort = models.PositiveSmallIntegerField(default=0)
    text_hi = models.TextField()
    summary_en = models.TextField()
    office = models.ForeignKey(Office, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    due_day = models.DateField(null=True, blank=True, help_text="Empty: the order's deadline")
    figure = models.JSONField(default=dict, blank=True)
    edited_ms = models.BigIntegerField()

    class Meta:
        ordering = ("sort", "number")
        constraints: ClassVar = [models.UniqueConstraint(fields=("order", "number"), name="clause_numbered_once")]

    def __str__(self) -> str:
        return f"{self.order_id} {self.number}"


class ClauseRemark(models.Model):
    """Something to know beside the derived state; rows are added, never edited."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    clause = models.ForeignKey(Clause, on_delete=models.CASCADE, related_name="remarks")
    text = models.CharField(max_length=1000)
    person = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    at_ms = models.BigIntegerField()

    class Meta:
        ordering = ("at_ms", "id")
