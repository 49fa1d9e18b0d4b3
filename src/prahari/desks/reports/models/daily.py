"""Daily progress reports: one a day and area, in versions that never change, and who gets them by mail."""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q

from prahari.core.ids import uuid7
from prahari.desks.common.history import tracked
from prahari.desks.common.scoping import path_index


@tracked(exclude=["mailed_version", "escalated_ms"])
class DailyReport(models.Model):
    """The report of a local day for an area. agency_code: "" when it is of every agency.

    officer: who is to sign it off; nobody is waited for without one. version: the one in force. mailed_version: the
    latest one mailed. late: made well after the hour, since the centre was off. escalated_ms: when the missing sign-off
    was told.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    day = models.DateField()
    jurisdiction = models.ForeignKey("accounts.Jurisdiction", on_delete=models.PROTECT, related_name="+")
    jurisdiction_path = models.CharField(max_length=300)
    agency_code = models.CharField(max_length=40, blank=True, default="")
    officer = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    officer_post_en = models.CharField(max_length=200, blank=True)
    officer_post_hi = models.CharField(max_length=200, blank=True)
    appointment_id = models.UUIDField(null=True)
    made_ms = models.BigIntegerField()
    late = models.BooleanField(default=False)
    version = models.PositiveSmallIntegerField(default=1)
    signed = models.BooleanField(default=False, help_text="Whether the version in force is signed")
    mailed_version = models.PositiveSmallIntegerField(default=0)
    escalated_ms = models.BigIntegerField(null=True)

    class Meta:
        ordering = ("-day", "jurisdiction_path", "agency_code")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("jurisdiction_path", "agency_code", "day"), name="one_report_a_day_and_area"
            ),
        ]
        indexes: ClassVar = [
            path_index("jurisdiction_path", "daily_report_path"),
            models.Index(fields=("day", "signed"), name="daily_report_unsigned"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.jurisdiction_path}"


class ReportVersion(models.Model):
    """What a report said. `figures` is kept as it was when it was made (see snapshot.py), `sha256` is over its
    canonical JSON. A signature is added once; then nothing of the row changes any more, which the database holds."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    report = models.ForeignKey(DailyReport, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveSmallIntegerField()
    figures = models.JSONField()
    sha256 = models.CharField(max_length=64)
    made_ms = models.BigIntegerField()
    made_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=400, blank=True, help_text="Why the version before was corrected")
    signed_ms = models.BigIntegerField(null=True)
    signed_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    signer_name = models.CharField(max_length=200, blank=True)
    signer_post_en = models.CharField(max_length=200, blank=True)
    signer_post_hi = models.CharField(max_length=200, blank=True)
    remark = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering = ("report", "version")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("report", "version"), name="report_version_once"),
            models.CheckConstraint(
                condition=Q(signed_ms__isnull=True, signed_by__isnull=True)
                | Q(signed_ms__isnull=False, signed_by__isnull=False),
                name="report_signed_by_somebody",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="figures_stay", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="signed_stays", operation=pgtrigger.Update, condition=pgtrigger.Q(old__signed_ms__isnull=False)
            ),
            pgtrigger.ReadOnly(
                name="what_it_said_stays",
                fields=["report", "version", "figures", "sha256", "made_ms", "made_by", "reason"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} v{self.version}"


@tracked(exclude=["sealed_address", "edited_ms"])
class Recipient(models.Model):
    """Who gets an area's report by mail. The address is sealed (context ``report-recipient:{id}``)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    jurisdiction = models.ForeignKey("accounts.Jurisdiction", on_delete=models.PROTECT, related_name="+")
    jurisdiction_path = models.CharField(max_length=300)
    agency_code = models.CharField(max_length=40, blank=True, default="")
    name = models.CharField(max_length=200)
    sealed_address = models.TextField()
    language = models.CharField(max_length=2, choices=[("hi", "हिन्दी"), ("en", "English")], default="hi")
    created_ms = models.BigIntegerField()
    edited_ms = models.BigIntegerField()

    class Meta:
        ordering = ("jurisdiction_path", "name", "id")
        indexes: ClassVar = [path_index("jurisdiction_path", "report_recipient_path")]

    def __str__(self) -> str:
        return self.name
