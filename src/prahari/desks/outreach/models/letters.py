"""Letters: versioned templates in both languages, and the register of what was written to whom."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from prahari.core.ids import uuid7
from prahari.desks.common.history import tracked
from prahari.desks.outreach.choices import Purpose, SentBy
from prahari.desks.registry.models import Premises


@tracked()
class LetterTemplate(models.Model):
    """One version of a letter's text. Versions are added, never edited: the register tells what was really sent.

    Texts may hold {premises}, {address}, {owner}, {date}, {number}, {centre}; an empty line begins a paragraph.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.SlugField(max_length=40)
    version = models.PositiveIntegerField()
    purpose = models.CharField(max_length=12, choices=Purpose)
    name_en = models.CharField(max_length=120)
    name_hi = models.CharField(max_length=120)
    subject_en = models.CharField(max_length=200)
    subject_hi = models.CharField(max_length=200)
    body_en = models.TextField()
    body_hi = models.TextField()
    signatory_en = models.CharField(max_length=200)
    signatory_hi = models.CharField(max_length=200)
    active = models.BooleanField(default=True)
    created_ms = models.BigIntegerField(default=0, editable=False)

    class Meta:
        ordering = ("code", "-version")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("code", "version"), name="letter_template_version_once"),
            models.CheckConstraint(condition=Q(purpose__in=Purpose.values), name="letter_purpose_known"),
        ]

    def __str__(self) -> str:
        return f"{self.code} v{self.version}"


class LetterSeries(models.Model):
    """The last number given in a year; locked while numbers are taken, so that the register has no holes."""

    year = models.PositiveIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


@tracked(exclude=["edited_ms"])
class Letter(models.Model):
    """A letter written to premises. Asking twice for the same run writes it once."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField(max_length=60, unique=True)
    run_id = models.UUIDField(help_text="One order for letters, a single one or thousands")
    template = models.ForeignKey(LetterTemplate, on_delete=models.PROTECT, related_name="letters")
    premises = models.ForeignKey(Premises, on_delete=models.PROTECT, related_name="letters")
    language = models.CharField(max_length=2)
    addressed_to = models.CharField(max_length=200, blank=True)
    dated_on = models.DateField()
    sent_on = models.DateField(null=True, blank=True)
    sent_by = models.CharField(max_length=12, choices=SentBy, blank=True, default="")
    follow_up_on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=400, blank=True)
    written_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    created_ms = models.BigIntegerField(editable=False)
    edited_ms = models.BigIntegerField(editable=False)

    class Meta:
        ordering = ("-created_ms", "-id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("run_id", "premises"), name="letter_once_a_run"),
            models.CheckConstraint(condition=Q(language__in=["hi", "en"]), name="letter_language_known"),
        ]

    def __str__(self) -> str:
        return self.number
