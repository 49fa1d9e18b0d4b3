"""Targets, and the count of each day, kept as it was."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from prahari.core.ids import uuid7
from prahari.desks.common.history import tracked
from prahari.desks.common.scoping import path_index
from prahari.desks.registry.models import Department, OwnerClass


class Kind(models.TextChoices):
    """What a number of cameras means."""

    TOTAL = "total", "So many in all, those there already included"
    ADDITIONAL = "additional", "So many more than on the base day"


@tracked(exclude=["edited_ms"])
class TargetPlan(models.Model):
    """Targets that belong together: one whole, and the parts that it is allotted to.

    `meant_for`: codes of the owner classes that what is not allotted is meant for. agency: None for every agency.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name_en = models.CharField(max_length=200)
    name_hi = models.CharField(max_length=200)
    jurisdiction = models.ForeignKey("accounts.Jurisdiction", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("accounts.Agency", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    meant_for = models.JSONField(default=list, blank=True)
    created_ms = models.BigIntegerField()
    ended_ms = models.BigIntegerField(null=True, blank=True)
    edited_ms = models.BigIntegerField()
    jurisdiction_path = models.CharField(max_length=300)
    agency_code = models.CharField(max_length=40, default="", blank=True)

    class Meta:
        ordering = ("name_en", "id")
        indexes: ClassVar = [path_index("jurisdiction_path", "target_plan_path")]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(name_en=""), name="target_plan_named")]

    def __str__(self) -> str:
        return self.name_en


@tracked()
class Target(models.Model):
    """So many cameras verified live by a day, of an owner class, department, area, ward, or several of them at once.

    Never edited: a later row takes its place (`supersedes`), and the earlier one ends. base_done: cameras verified live
    at the end of base_on, frozen. jurisdiction_path and agency_code: the area and agency that it lies in.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    plan = models.ForeignKey(TargetPlan, on_delete=models.PROTECT, related_name="targets")
    whole = models.BooleanField(default=False, help_text="The plan's own number, which the parts share")
    owner_class = models.ForeignKey(OwnerClass, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    department = models.ForeignKey(Department, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey("accounts.Jurisdiction", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ward = models.ForeignKey("accounts.Jurisdiction", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    cameras = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=Kind)
    base_on = models.DateField()
    base_done = models.PositiveIntegerField()
    valid_from = models.DateField()
    due_on = models.DateField()
    set_by = models.CharField(max_length=200, help_text="Who set it: an office, a meeting")
    source = models.CharField(max_length=400, help_text="The order or the minutes that say so")
    supersedes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    recorded_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    created_ms = models.BigIntegerField()
    ended_ms = models.BigIntegerField(null=True, blank=True)
    ended_reason = models.CharField(max_length=400, blank=True)
    jurisdiction_path = models.CharField(max_length=300)
    agency_code = models.CharField(max_length=40, default="", blank=True)

    class Meta:
        ordering = ("created_ms", "id")
        indexes: ClassVar = [path_index("jurisdiction_path", "target_path")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("plan",), condition=Q(whole=True, ended_ms__isnull=True), name="one_standing_whole_a_plan"
            ),
            models.UniqueConstraint(
                fields=("plan", "owner_class", "department", "area", "ward"),
                condition=Q(whole=False, ended_ms__isnull=True),
                nulls_distinct=False,
                name="one_standing_target_of_a_kind",
            ),
            models.CheckConstraint(condition=Q(cameras__gte=1), name="target_of_some_cameras"),
            models.CheckConstraint(
                condition=Q(whole=False)
                | Q(owner_class__isnull=True, department__isnull=True, area__isnull=True, ward__isnull=True),
                name="whole_target_is_of_everything",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cameras} by {self.due_on}"

    @property
    def goal(self) -> int:
        """Cameras verified live that there must be, those there before included."""
        return self.cameras + (self.base_done if self.kind == Kind.ADDITIONAL else 0)


class SnapshotDay(models.Model):
    """A day whose counts are stored. how: at its end, later from the ladder, or made up for a demonstration."""

    class How(models.TextChoices):
        KEPT = "kept", "Stored at the end of the day"
        REBUILT = "rebuilt", "Counted later from the ladder"
        DEMO = "demo", "Made up for a demonstration"

    day = models.DateField(primary_key=True)
    how = models.CharField(max_length=8, choices=How)
    stored_ms = models.BigIntegerField()

    def __str__(self) -> str:
        return str(self.day)


class Snapshot(models.Model):
    """Cameras verified live at the end of a local day, of one class, department and police station.

    By codes and paths, not by keys: what was true then stays when lists are edited. Only counts above 0 are stored.
    jurisdiction_path: of the police station; of the circle, zone or city where a camera lies in no station.
    """

    day = models.ForeignKey(SnapshotDay, on_delete=models.CASCADE, related_name="counts")
    owner_class = models.CharField(max_length=40)
    department = models.CharField(max_length=40)
    agency_code = models.CharField(max_length=40)
    jurisdiction_path = models.CharField(max_length=300)
    done = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("day", "owner_class", "department", "agency_code", "jurisdiction_path"),
                name="snapshot_once_a_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.day_id} {self.owner_class} {self.jurisdiction_path}: {self.done}"
