"""Short lists that administrators edit: rows, never constants in code."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from prahari.desks.common.history import tracked


class Coded(models.Model):
    """A named entry of a list. `code` never changes; lists show active rows by `sort`, then name."""

    code = models.SlugField(max_length=40, unique=True)
    name_en = models.CharField(max_length=120)
    name_hi = models.CharField(max_length=120)
    sort = models.PositiveIntegerField(default=0)
    active = models.BooleanField(default=True)
    edited_ms = models.BigIntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ("sort", "code")

    def __str__(self) -> str:
        return self.name_en


@tracked(exclude=["edited_ms"])
class RetentionClass(Coded):
    """How long recordings are kept, from a date on, by which law. A later row of the same `policy` supersedes."""

    policy = models.SlugField(max_length=40)
    days = models.PositiveIntegerField()
    valid_from = models.DateField()
    source = models.TextField(help_text="The law, judgment or order that says so")

    class Meta(Coded.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("policy", "valid_from"), name="retention_policy_once_a_day"),
            models.CheckConstraint(condition=models.Q(days__gte=1, days__lte=3650), name="retention_days_in_range"),
        ]


@tracked(exclude=["edited_ms"])
class Department(Coded):
    """Who is answerable for premises and cameras; belongs to an agency, which decides who sees its rows."""

    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="departments")


@tracked(exclude=["edited_ms"])
class OwnerClass(Coded):
    """Shops, schools, banks and ATMs, ... `public`: an authority's order is needed; otherwise the owner's consent."""

    public = models.BooleanField()


@tracked(exclude=["edited_ms"])
class PlaceClass(Coded):
    """Bus station, mall, junction, ... with the retention that its law asks for, if any."""

    retention = models.ForeignKey(RetentionClass, null=True, blank=True, on_delete=models.PROTECT)
