"""Where premises and cameras stand on the ladder, and every step that led there."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from prahari.core.ids import uuid7
from prahari.desks.common.history import tracked
from prahari.desks.linking.steps import CameraStep, Step, Via
from prahari.desks.registry.choices import CostBorneBy
from prahari.desks.registry.models import Camera, Premises
from prahari.desks.registry.models.lookups import Coded


@tracked(exclude=["edited_ms"])
class RefusalReason(Coded):
    """Why owners refuse: rows, so that a city can count its own."""


@tracked(exclude=["edited_ms"], in_bulk=True)
class Linkage(models.Model):
    """Premises in the linking programme: the present step, and when each step was last reached (null: not, or taken
    back). `cameras_reported`: what the list says; `cameras_found`: what the survey counted."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    premises = models.OneToOneField(Premises, on_delete=models.PROTECT, related_name="linkage")
    step = models.CharField(max_length=12, choices=Step, default=Step.LISTED)
    cameras_reported = models.PositiveIntegerField(default=0)
    cameras_found = models.PositiveIntegerField(null=True, blank=True)
    source_list = models.CharField(max_length=200, blank=True)
    source_row = models.PositiveIntegerField(null=True, blank=True)
    refusal = models.ForeignKey(RefusalReason, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    promised_for = models.DateField(null=True, blank=True, help_text="When cameras are to be there")
    cost_borne_by = models.CharField(max_length=20, choices=CostBorneBy, default="", blank=True)
    come_again_on = models.DateField(null=True, blank=True)
    times_asked = models.PositiveIntegerField(default=0)
    listed_ms = models.BigIntegerField()
    asked_ms = models.BigIntegerField(null=True, blank=True)
    promised_ms = models.BigIntegerField(null=True, blank=True)
    installed_ms = models.BigIntegerField(null=True, blank=True)
    consented_ms = models.BigIntegerField(null=True, blank=True)
    refused_ms = models.BigIntegerField(null=True, blank=True)
    surveyed_ms = models.BigIntegerField(null=True, blank=True)
    withdrawn_ms = models.BigIntegerField(null=True, blank=True)
    edited_ms = models.BigIntegerField(default=0)

    class Meta:
        indexes: ClassVar = [models.Index(fields=("step",), name="linkage_step")]

    def __str__(self) -> str:
        return f"{self.premises_id}: {self.step}"


@tracked(exclude=["edited_ms"])
class CameraLinkage(models.Model):
    """A camera in the linking programme. `verified_by`: what proved it, {"since_ms", "proved_at_ms", "frames_s"}."""

    camera = models.OneToOneField(Camera, primary_key=True, on_delete=models.PROTECT, related_name="linkage")
    step = models.CharField(max_length=16, choices=CameraStep, default=CameraStep.ENTERED)
    entered_ms = models.BigIntegerField()
    reachable_ms = models.BigIntegerField(null=True, blank=True)
    linked_ms = models.BigIntegerField(null=True, blank=True)
    verified_ms = models.BigIntegerField(null=True, blank=True)
    confirmed_ms = models.BigIntegerField(null=True, blank=True)
    withdrawn_ms = models.BigIntegerField(null=True, blank=True)
    verified_by = models.JSONField(null=True, blank=True)
    edited_ms = models.BigIntegerField(default=0)

    class Meta:
        indexes: ClassVar = [models.Index(fields=("step",), name="camera_linkage_step")]

    def __str__(self) -> str:
        return f"{self.camera_id}: {self.step}"


class LadderEntry(models.Model):
    """One step that was taken. Append-only: a correction is a row of its own.

    at_ms: when it happened, as told; entered_ms: when it was entered. step: a Step, or a CameraStep where `camera` is
    set. cameras: how many cameras it concerns.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    premises = models.ForeignKey(Premises, on_delete=models.PROTECT, related_name="ladder")
    camera = models.ForeignKey(Camera, null=True, blank=True, on_delete=models.PROTECT, related_name="ladder")
    step = models.CharField(max_length=16)
    before = models.CharField(max_length=16, blank=True)
    is_correction = models.BooleanField(default=False)
    at_ms = models.BigIntegerField()
    entered_ms = models.BigIntegerField()
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200, blank=True)
    via = models.CharField(max_length=10, choices=Via)
    reason = models.CharField(max_length=400, blank=True)
    note = models.CharField(max_length=1000, blank=True)
    document_ids = models.JSONField(default=list, blank=True)
    facts = models.JSONField(default=dict, blank=True, help_text="What the step was made of, for reading")

    class Meta:
        ordering = ("-entered_ms", "-id")
        indexes: ClassVar = [
            models.Index(fields=("premises", "-entered_ms"), name="ladder_of_premises"),
            models.Index(fields=("at_ms", "step"), name="ladder_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.premises_id}: {self.before} -> {self.step}"


class Receipt(models.Model):
    """What an owner is given for an act of theirs. `check_code`: digits that a holder shows to have it checked;
    `sha256`: over number, kind, time and facts, so that a changed copy is known."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=12, help_text="consent, withdrawal or confirmation")
    premises = models.ForeignKey(Premises, on_delete=models.PROTECT, related_name="receipts")
    consent = models.ForeignKey("linking.PremisesConsent", null=True, on_delete=models.PROTECT, related_name="receipts")
    check_code = models.CharField(max_length=6)
    issued_ms = models.BigIntegerField()
    facts = models.JSONField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ("-issued_ms",)

    def __str__(self) -> str:
        return self.number


class ViewRequest(models.Model):
    """Leave to look at a camera whose owner wants to be asked: by whom, what for, how long. The owner is told."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    camera = models.ForeignKey(Camera, on_delete=models.PROTECT, related_name="view_requests")
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=400)
    case_number = models.CharField(max_length=120, blank=True)
    from_ms = models.BigIntegerField()
    to_ms = models.BigIntegerField()
    ended_ms = models.BigIntegerField(null=True, blank=True)

    class Meta:
        ordering = ("-from_ms",)
        indexes: ClassVar = [models.Index(fields=("camera", "by", "-to_ms"), name="view_request_standing")]

    def __str__(self) -> str:
        return f"{self.camera_id} for {self.purpose}"
