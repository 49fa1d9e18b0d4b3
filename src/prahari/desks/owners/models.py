"""Owners without an account: their codes, sessions, what they registered, and the words they agreed to."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from prahari.core.ids import uuid7
from prahari.desks.common.history import tracked
from prahari.desks.registry.models import Premises


class Purpose(models.TextChoices):
    SIGN_IN = "sign_in"
    CONSENT = "consent"
    WITHDRAW = "withdraw"


class OneTimeCode(models.Model):
    """A code sent to a number, for one purpose; kept as a keyed hash only. Good once, for a few attempts and minutes.

    mobile_key: as registry.premises.mobile_key. address_key: keyed hash of the asking address. Not tracked: rows are
    written once, then counted up and closed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    mobile_key = models.CharField(max_length=64)
    address_key = models.CharField(max_length=64)
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    premises = models.ForeignKey(Premises, null=True, on_delete=models.CASCADE, related_name="+")
    code_hash = models.CharField(max_length=64)
    message_id = models.UUIDField()
    attempts = models.PositiveSmallIntegerField(default=0)
    created_ms = models.BigIntegerField()
    expires_ms = models.BigIntegerField()
    used_ms = models.BigIntegerField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=("mobile_key", "created_ms"), name="owner_code_by_number"),
            models.Index(fields=("address_key", "created_ms"), name="owner_code_by_address"),
            models.Index(fields=("created_ms",), name="owner_code_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.id}"


class WrongGuess(models.Model):
    """A code (or a receipt's check code) that was not right: counted for a number, an address, the whole centre."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=10)  # code, receipt
    address_key = models.CharField(max_length=64)
    at_ms = models.BigIntegerField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=("kind", "at_ms"), name="owner_wrong_by_time"),
            models.Index(fields=("address_key", "at_ms"), name="owner_wrong_by_address"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} at {self.at_ms}"


class OwnerSession(models.Model):
    """A browser whose holder proved a number. The cookie holds a random token, this row its keyed hash. The number is
    sealed (context ``owner:{id}``): the next code goes there."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    token_hash = models.CharField(max_length=64, unique=True)
    mobile_key = models.CharField(max_length=64)
    sealed_mobile = models.TextField()
    created_ms = models.BigIntegerField()
    seen_ms = models.BigIntegerField()
    ended_ms = models.BigIntegerField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=("mobile_key",), name="owner_session_open", condition=Q(ended_ms__isnull=True))
        ]

    def __str__(self) -> str:
        return str(self.id)


class Review(models.TextChoices):
    WAITING = "waiting"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


@tracked()
class Registration(models.Model):
    """Premises that an owner entered. An officer looks whether they exist; until then they are worked on like others.

    answers: {"cameras": int, "covers": ["entry", ...], "recorder": str} as told by the owner. key: made by the form, so
    that a form sent twice is one entry."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.UUIDField(unique=True)
    premises = models.OneToOneField(Premises, on_delete=models.PROTECT, related_name="owner_registration")
    mobile_key = models.CharField(max_length=64, db_index=True)
    answers = models.JSONField(default=dict)
    photo_id = models.UUIDField(null=True)
    review = models.CharField(max_length=10, choices=Review.choices, default=Review.WAITING)
    review_note = models.CharField(max_length=400, blank=True)
    reviewed_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    reviewed_ms = models.BigIntegerField(null=True)
    created_ms = models.BigIntegerField()

    class Meta:
        ordering = ("-created_ms", "-id")

    def __str__(self) -> str:
        return str(self.premises_id)


@tracked()
class ConsentText(models.Model):
    """The words above and below the scope that an owner agrees to, from a day on, in one language. Rows are added,
    never edited: a consent's evidence names the version and holds the hash of the whole text as it was shown."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.CharField(max_length=20)
    language = models.CharField(max_length=2)
    body = models.TextField(help_text="Holds {centre}, {premises} and {scope}")
    valid_from = models.DateField()
    created_ms = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("version", "language"), name="owner_consent_text_once")
        ]

    def __str__(self) -> str:
        return f"{self.version} ({self.language})"
