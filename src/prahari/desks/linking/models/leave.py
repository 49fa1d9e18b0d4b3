"""Leave to link a camera: an owner's consent, or an authority's order."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from prahari.core.ids import uuid7
from prahari.desks.common.history import tracked
from prahari.desks.registry.models import Camera, Department, Premises


class Channel(models.TextChoices):
    """How a consent reached us."""

    PAPER = "paper", "Signed form"
    VISIT = "visit", "Signed on a visit"
    CODE = "code", "One-time code"


class Live(models.TextChoices):
    """What an owner allows of the live picture."""

    YES = "yes", "At any time"
    ON_REQUEST = "on_request", "On request"
    NO = "no", "No"


@tracked()
class PremisesConsent(models.Model):
    """What an owner consented to for premises: from it come the consents of its cameras, also of those entered later.

    Kept for ever; never edited but for its withdrawal. A later one for the same premises takes its place.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    premises = models.ForeignKey(Premises, on_delete=models.PROTECT, related_name="consents")
    given_by = models.CharField(max_length=200)
    given_on = models.DateField()
    channel = models.CharField(max_length=10, choices=Channel)
    live = models.CharField(max_length=12, choices=Live)
    record = models.BooleanField()
    hours = models.JSONField(default=list, blank=True, help_text="Daily windows of local minutes [[from, to), ...]")
    public_view_only = models.BooleanField(default=False, help_text="Only cameras that look at public places")
    all_cameras = models.BooleanField(default=True, help_text="Also cameras entered later")
    valid_from_ms = models.BigIntegerField()
    valid_to_ms = models.BigIntegerField(null=True, blank=True)
    document_note = models.CharField(max_length=400, blank=True)
    document_ids = models.JSONField(default=list, blank=True, help_text="Files of the signed form")
    evidence = models.JSONField(default=dict, blank=True, help_text="What proves it: code, text shown, no secrets")
    recorded_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    created_ms = models.BigIntegerField()
    withdrawn_ms = models.BigIntegerField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=400, blank=True)
    withdrawn_by = models.CharField(max_length=10, blank=True, help_text="owner, officer, or replaced")

    class Meta:
        ordering = ("-created_ms", "-id")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to_ms__isnull=True) | Q(valid_to_ms__gt=F("valid_from_ms")),
                name="premises_consent_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=~Q(live="no") | Q(record=True), name="premises_consent_for_something"),
            models.CheckConstraint(condition=~Q(given_by=""), name="premises_consent_names_the_giver"),
            models.UniqueConstraint(
                fields=("premises",), condition=Q(withdrawn_ms__isnull=True), name="one_standing_consent_a_premises"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.given_by}, {self.given_on}"


@tracked()
class Consent(models.Model):
    """A private owner's consent for one camera: what for, when, until withdrawn. Kept for ever, never edited."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    camera = models.ForeignKey(Camera, on_delete=models.PROTECT, related_name="consents")
    given_by = models.CharField(max_length=200)
    given_on = models.DateField()
    premises_consent = models.ForeignKey(
        PremisesConsent, null=True, blank=True, on_delete=models.PROTECT, related_name="of_cameras"
    )
    live = models.BooleanField(default=True)
    on_request = models.BooleanField(default=False, help_text="Looked at only for a request with its purpose")
    record = models.BooleanField(default=True)
    hours = models.JSONField(default=list, blank=True, help_text="Daily windows of local minutes [[from, to), ...]")
    public_view_only = models.BooleanField(default=False, help_text="Stands while it looks at a public place")
    valid_from_ms = models.BigIntegerField()
    valid_to_ms = models.BigIntegerField(null=True, blank=True)
    document_note = models.CharField(max_length=400, blank=True, help_text="Where the signed paper lies")
    recorded_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    created_ms = models.BigIntegerField()
    withdrawn_ms = models.BigIntegerField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=400, blank=True)
    replaced = models.BooleanField(default=False, help_text="Withdrawn because a newer consent took its place")

    class Meta:
        ordering = ("-created_ms", "-id")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to_ms__isnull=True) | Q(valid_to_ms__gt=F("valid_from_ms")),
                name="consent_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=Q(live=True) | Q(record=True), name="consent_for_something"),
            models.CheckConstraint(condition=~Q(given_by=""), name="consent_names_the_giver"),
        ]
        indexes: ClassVar = [
            models.Index(fields=("camera",), name="consent_standing", condition=Q(withdrawn_ms__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.given_by}, {self.given_on}"


@tracked()
class Order(models.Model):
    """An authority's order to link public cameras of a department in a jurisdiction."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    authority = models.CharField(max_length=200)
    number = models.CharField(max_length=120)
    dated_on = models.DateField()
    title = models.CharField(max_length=400)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="orders")
    jurisdiction = models.ForeignKey("accounts.Jurisdiction", on_delete=models.PROTECT, related_name="+")
    valid_from_ms = models.BigIntegerField()
    valid_to_ms = models.BigIntegerField(null=True, blank=True)
    document_note = models.CharField(max_length=400, blank=True)
    recorded_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    created_ms = models.BigIntegerField()
    revoked_ms = models.BigIntegerField(null=True, blank=True)
    revoked_reason = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ("-created_ms", "-id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("authority", "number", "dated_on"), name="order_entered_once"),
            models.CheckConstraint(
                condition=Q(valid_to_ms__isnull=True) | Q(valid_to_ms__gt=F("valid_from_ms")),
                name="order_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.authority} {self.number}"


@tracked()
class OrderedCamera(models.Model):
    """A camera that an order names."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="named")
    camera = models.ForeignKey(Camera, on_delete=models.PROTECT, related_name="ordered")
    created_ms = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=("order", "camera"), name="camera_named_once_an_order")]
        indexes: ClassVar = [models.Index(fields=("camera",), name="ordered_camera")]

    def __str__(self) -> str:
        return f"{self.order_id}: {self.camera_id}"
