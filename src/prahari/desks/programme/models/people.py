"""Ranks, offices, who holds them, and the days on which nobody works."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from prahari.core.ids import uuid7
from prahari.desks.common.history import tracked
from prahari.desks.programme.choices import Service


class Listed(models.Model):
    """An entry of a short list. `code` never changes; rows are switched off, never deleted."""

    code = models.SlugField(primary_key=True, max_length=40)
    name_en = models.CharField(max_length=120)
    name_hi = models.CharField(max_length=120)
    active = models.BooleanField(default=True)
    edited_ms = models.BigIntegerField(default=0)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name_en


@tracked(exclude=["edited_ms"])
class Rank(Listed):
    """`level` compares ranks of all services: equal levels are equal in an order's eyes, more is higher."""

    level = models.PositiveSmallIntegerField()
    service = models.CharField(max_length=20, choices=Service)

    class Meta:
        ordering = ("level", "code")


@tracked(exclude=["edited_ms"])
class Office(Listed):
    """What somebody is answerable for: a station, a zone, all liquor shops of a district.

    tier: escalation climbs from lower to higher ones. climbs: whether it stands in that chain at all.
    nodal: the least rank of nodal officers holds for it. reports_daily: owes the daily progress report.
    all_agencies: hears also of what belongs to an agency other than its own.
    """

    tier = models.PositiveSmallIntegerField()
    climbs = models.BooleanField(default=True)
    nodal = models.BooleanField(default=False)
    reports_daily = models.BooleanField(default=False)
    all_agencies = models.BooleanField(default=False)

    class Meta:
        ordering = ("tier", "code")


@tracked(exclude=["edited_ms"])
class Responsibility(models.Model):
    """The licensing authority's office that answers for an owner class: liquor shops, schools, coaching, ..."""

    owner_class = models.OneToOneField(
        "registry.OwnerClass", on_delete=models.CASCADE, primary_key=True, related_name="responsibility"
    )
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="classes")
    source = models.CharField(max_length=400, help_text="The order that says so")
    edited_ms = models.BigIntegerField(default=0)

    class Meta:
        ordering = ("owner_class_id",)


@tracked(exclude=["sealed_mobile", "sealed_mail", "edited_ms"])
class Appointment(models.Model):
    """Somebody holds an office for an area, from a day to a day, by an order. Never deleted: the history is the rows.

    agency, department: None means every one. Official mobile and mail are sealed (contracts.sealing, contexts
    ``appointment:{id}:mobile`` and ``appointment:{id}:mail``).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="appointments")
    rank = models.ForeignKey(Rank, on_delete=models.PROTECT, related_name="+")
    designation_en = models.CharField(max_length=200)
    designation_hi = models.CharField(max_length=200)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="appointments")
    jurisdiction = models.ForeignKey("accounts.Jurisdiction", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("accounts.Agency", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    department = models.ForeignKey(
        "registry.Department", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    from_day = models.DateField()
    to_day = models.DateField(null=True, blank=True, help_text="The last day")
    order_reference = models.CharField(max_length=200)
    sealed_mobile = models.TextField(blank=True, default="")
    sealed_mail = models.TextField(blank=True, default="")
    recorded_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    created_ms = models.BigIntegerField()
    edited_ms = models.BigIntegerField()

    class Meta:
        ordering = ("-from_day", "-id")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(to_day__isnull=True) | Q(to_day__gte=F("from_day")), name="appointment_ends_after_it_begins"
            ),
            models.UniqueConstraint(
                fields=("office", "jurisdiction", "agency", "department"),
                condition=Q(to_day__isnull=True),
                nulls_distinct=False,
                name="office_held_by_one",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=("person", "to_day"), name="appointment_of_person")]

    def __str__(self) -> str:
        return f"{self.designation_en} from {self.from_day}"


@tracked()
class Holiday(models.Model):
    """A day on which hours do not count; the weekly day off is a rule."""

    day = models.DateField(primary_key=True)
    name_en = models.CharField(max_length=120)
    name_hi = models.CharField(max_length=120)

    class Meta:
        ordering = ("day",)

    def __str__(self) -> str:
        return f"{self.day} {self.name_en}"
