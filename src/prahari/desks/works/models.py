"""Roll-out works: projects, their packages, what was done when, what held it up, what it costs.

Money is in paise, quantities in the unit of the package's kind, dates are local days.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from prahari.core.ids import uuid7
from prahari.desks.common.history import tracked
from prahari.desks.registry.models.lookups import Coded, Department

QUANTITY = {"max_digits": 14, "decimal_places": 3}


@tracked(exclude=["edited_ms"])
class WorkKind(Coded):
    """Cable, poles, call boxes, cameras, server room, floors, ... with the unit in which it is counted."""

    unit_en = models.CharField(max_length=20)
    unit_hi = models.CharField(max_length=20)
    decimals = models.PositiveSmallIntegerField(default=0, help_text="Places after the point: cable 2, poles 0")

    class Meta(Coded.Meta):
        constraints: ClassVar = [models.CheckConstraint(condition=Q(decimals__lte=3), name="work_kind_decimals")]


@tracked(exclude=["edited_ms"])
class DelayReason(Coded):
    """Monsoon, leave to dig, material, court, funds, utility shifting, ..."""

    class Meta(Coded.Meta):
        pass


@tracked(exclude=["edited_ms"])
class Project(models.Model):
    """What was sanctioned as one: its packages are planned, done and paid for one by one."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.SlugField(max_length=40, unique=True)
    name_en = models.CharField(max_length=200)
    name_hi = models.CharField(max_length=200)
    jurisdiction = models.ForeignKey("accounts.Jurisdiction", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+")
    sanction = models.CharField(max_length=400, blank=True, help_text="Number and date of the sanction")
    sanctioned_paise = models.BigIntegerField(default=0)
    due_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)
    created_ms = models.BigIntegerField(editable=False)
    edited_ms = models.BigIntegerField(editable=False)

    class Meta:
        ordering = ("name_en", "id")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(sanctioned_paise__gte=0), name="project_sum_not_negative")
        ]

    def __str__(self) -> str:
        return self.name_en


@tracked(exclude=["edited_ms"])
class Package(models.Model):
    """One contract's or department's part. `baseline_*` is the first plan and stays; `start`, `end`, `quantity` are the
    plan in force, changed only by a PlanRevision."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="packages")
    number = models.CharField(max_length=60)
    name_en = models.CharField(max_length=200)
    name_hi = models.CharField(max_length=200)
    kind = models.ForeignKey(WorkKind, on_delete=models.PROTECT, related_name="packages")
    jurisdiction = models.ForeignKey("accounts.Jurisdiction", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+")
    contractor = models.CharField(max_length=200, blank=True)
    department = models.ForeignKey(Department, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    baseline_quantity = models.DecimalField(**QUANTITY)
    baseline_start = models.DateField()
    baseline_end = models.DateField()
    quantity = models.DecimalField(**QUANTITY)
    start = models.DateField()
    end = models.DateField()
    geometry = models.JSONField(null=True, blank=True, help_text="GeoJSON geometry, WGS 84")
    critical = models.BooleanField(default=False, help_text="Others wait for it")
    sanctioned_paise = models.BigIntegerField(default=0)
    committed_paise = models.BigIntegerField(default=0)
    spent_paise = models.BigIntegerField(default=0)
    note = models.TextField(blank=True)
    created_ms = models.BigIntegerField(editable=False)
    edited_ms = models.BigIntegerField(editable=False)

    class Meta:
        ordering = ("number", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("project", "number"), name="package_number_once_a_project"),
            models.CheckConstraint(condition=Q(quantity__gt=0, baseline_quantity__gt=0), name="package_has_a_quantity"),
            models.CheckConstraint(
                condition=Q(end__gte=F("start"), baseline_end__gte=F("baseline_start")),
                name="package_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(sanctioned_paise__gte=0, committed_paise__gte=0, spent_paise__gte=0),
                name="package_sums_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return self.number


@tracked()
class PlanRevision(models.Model):
    """The plan as it stood from a moment on; the newest is the one in force. Never edited."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    package = models.ForeignKey(Package, on_delete=models.PROTECT, related_name="revisions")
    quantity = models.DecimalField(**QUANTITY)
    start = models.DateField()
    end = models.DateField()
    reason = models.CharField(max_length=400)
    document_ids = models.JSONField(default=list, blank=True)
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    created_ms = models.BigIntegerField(editable=False)

    class Meta:
        ordering = ("-created_ms", "-id")

    def __str__(self) -> str:
        return f"{self.package_id}: {self.start} to {self.end}"


@tracked()
class ProgressEntry(models.Model):
    """So much was done on a day. Never edited: a wrong entry is corrected by a new one that takes its place.

    key: of the form that sent it; the same form twice is one entry.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.UUIDField(unique=True)
    package = models.ForeignKey(Package, on_delete=models.PROTECT, related_name="entries")
    done_on = models.DateField()
    quantity = models.DecimalField(**QUANTITY)
    corrects = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="correction")
    photo_ids = models.JSONField(default=list, blank=True)
    note = models.CharField(max_length=400, blank=True)
    over_reason = models.CharField(max_length=400, blank=True, help_text="Why more was done than planned")
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=150, blank=True)
    entered_ms = models.BigIntegerField(editable=False)

    class Meta:
        ordering = ("-done_on", "-entered_ms", "-id")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(quantity__gte=0), name="progress_not_negative"),
            models.CheckConstraint(
                condition=Q(corrects__isnull=False) | Q(quantity__gt=0), name="progress_is_something"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=("package", "done_on"), name="progress_by_day")]

    def __str__(self) -> str:
        return f"{self.package_id}: {self.quantity} on {self.done_on}"


@tracked(exclude=["edited_ms"])
class Delay(models.Model):
    """Work stood still, from a day until a day (or still does), for a reason."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.UUIDField(unique=True)
    package = models.ForeignKey(Package, on_delete=models.PROTECT, related_name="delays")
    reason = models.ForeignKey(DelayReason, on_delete=models.PROTECT, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=400, blank=True)
    document_ids = models.JSONField(default=list, blank=True)
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    created_ms = models.BigIntegerField(editable=False)
    edited_ms = models.BigIntegerField(editable=False)

    class Meta:
        ordering = ("-first_day", "-id")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")), name="delay_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return f"{self.package_id}: {self.reason_id}"


@tracked(exclude=["edited_ms"])
class Milestone(models.Model):
    """A day by which something of a package is to stand."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    package = models.ForeignKey(Package, on_delete=models.PROTECT, related_name="milestones")
    name_en = models.CharField(max_length=200)
    name_hi = models.CharField(max_length=200)
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    created_ms = models.BigIntegerField(editable=False)
    edited_ms = models.BigIntegerField(editable=False)

    class Meta:
        ordering = ("due_on", "id")

    def __str__(self) -> str:
        return self.name_en
