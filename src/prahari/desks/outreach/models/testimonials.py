"""Testimonials of owners, the consent to show them, and their two copies."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from prahari.core.ids import uuid7
from prahari.desks.common.history import tracked
from prahari.desks.outreach.choices import CopyState, Store, TestimonialState
from prahari.desks.registry.models import Premises


@tracked(exclude=["speaker", "speaker_role", "text", "edited_ms"])
class Testimonial(models.Model):
    """What an owner says for the scheme, as text, as a video, or both, with a consent of its own for being shown.

    Withdrawn, its words, its speaker and both copies are gone and this row stays as the record that it was so; that is
    why words and speaker are in no history either.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.UUIDField(unique=True, help_text="Of the form that brought it: sent twice, it is received once")
    premises = models.ForeignKey(Premises, on_delete=models.PROTECT, related_name="testimonials")
    speaker = models.CharField(max_length=200)
    speaker_role = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=2, default="hi")
    text = models.TextField(blank=True)

    file_id = models.UUIDField(null=True, blank=True, unique=True, help_text="As handed in, in the files desk")
    file_name = models.CharField(max_length=200, blank=True)
    media_type = models.CharField(max_length=60, blank=True)
    bytes = models.BigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)

    uses = models.JSONField(default=list, help_text="What it may be shown for")
    given_on = models.DateField()
    until = models.DateField(null=True, blank=True, help_text="Last day on which it may be shown")
    consent_file_id = models.UUIDField(null=True, blank=True, help_text="The signed consent")
    given_how = models.CharField(max_length=200, blank=True)

    state = models.CharField(max_length=12, choices=TestimonialState, default=TestimonialState.RECEIVED)
    review_note = models.CharField(max_length=400, blank=True)
    reviewed_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    reviewed_ms = models.BigIntegerField(null=True, blank=True)
    withdrawn_ms = models.BigIntegerField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=400, blank=True)
    created_ms = models.BigIntegerField(editable=False)
    edited_ms = models.BigIntegerField(editable=False)

    class Meta:
        ordering = ("-created_ms", "-id")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=TestimonialState.values), name="testimonial_state_known"),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | Q(text="", speaker="", withdrawn_ms__isnull=False),
                name="testimonial_withdrawn_is_empty",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class TestimonialCopy(models.Model):
    """One of the two copies of a video: as it was found when last looked at."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    testimonial = models.ForeignKey(Testimonial, on_delete=models.PROTECT, related_name="copies")
    store = models.CharField(max_length=12, choices=Store)
    state = models.CharField(max_length=12, choices=CopyState, default=CopyState.WAITING)
    trouble = models.CharField(
        max_length=20, blank=True, help_text="Why it could not be reached just now: away, full, ..."
    )
    written_ms = models.BigIntegerField(null=True, blank=True)
    checked_ms = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("testimonial", "store"), name="testimonial_copy_once_a_store"),
            models.CheckConstraint(condition=Q(state__in=CopyState.values), name="testimonial_copy_state_known"),
        ]
        indexes: ClassVar = [models.Index(fields=("state", "checked_ms"), name="testimonial_copy_due")]

    def __str__(self) -> str:
        return f"{self.testimonial_id} {self.store}"


class VaultStore(models.Model):
    """One of the two folders, known by the mark laid into it: a folder without its mark is a disk that is away,
    not a folder whose files were deleted."""

    store = models.CharField(primary_key=True, max_length=12, choices=Store)
    mark = models.UUIDField()
    created_ms = models.BigIntegerField()
    trouble = models.CharField(max_length=20, blank=True)
    since_ms = models.BigIntegerField(null=True, blank=True)

    def __str__(self) -> str:
        return self.store


class FixityFinding(models.Model):
    """A copy that was not as it should be, and what was done. Rows are added, never edited."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    testimonial = models.ForeignKey(Testimonial, on_delete=models.PROTECT, related_name="findings")
    store = models.CharField(max_length=12, choices=Store)
    found = models.CharField(max_length=12, help_text="damaged or missing")
    restored = models.BooleanField()
    lost = models.BooleanField(default=False, help_text="Neither copy was good")
    at_ms = models.BigIntegerField()

    class Meta:
        ordering = ("-at_ms", "-id")

    def __str__(self) -> str:
        return f"{self.store} {self.found}"
