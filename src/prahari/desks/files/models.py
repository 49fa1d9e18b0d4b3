"""One row a file that somebody handed in; its bytes lie sealed in the vault's folder."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from prahari.core.ids import uuid7
from prahari.desks.common.history import tracked
from prahari.desks.common.scoping import path_index


class Kind(models.TextChoices):
    IMAGE = "image"
    PDF = "pdf"
    VIDEO = "video"


@tracked()
class StoredFile(models.Model):
    """A file: its uploader's alone until it is attached to something, then for those who hold `permission` there.

    The file on disk is named by `id`; `sha256` is that of the plain bytes.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client_key = models.UUIDField(
        null=True, blank=True, help_text="Made by the sender: the same key twice is one file, however often it is sent"
    )
    name = models.CharField(max_length=200, help_text="As its sender called it; never trusted")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    media_type = models.CharField(max_length=40)
    size_bytes = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    width_px = models.PositiveIntegerField(null=True, blank=True)
    height_px = models.PositiveIntegerField(null=True, blank=True)
    duration_ms = models.BigIntegerField(null=True, blank=True)
    uploaded_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    uploader_name = models.CharField(max_length=150, help_text="User name, or which part of the centre")
    created_ms = models.BigIntegerField()
    attached_ms = models.BigIntegerField(null=True, blank=True)
    jurisdiction_path = models.CharField(max_length=300, blank=True)
    agency_code = models.CharField(max_length=40, blank=True)
    permission = models.CharField(max_length=40, blank=True, help_text="Who may read it, once attached")

    class Meta:
        ordering = ("-created_ms", "-id")
        indexes: ClassVar = [
            path_index("jurisdiction_path", "file_jurisdiction"),
            models.Index(fields=("created_ms",), name="file_waiting", condition=Q(attached_ms__isnull=True)),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("uploader_name", "client_key"), name="file_once_a_key", condition=Q(client_key__isnull=False)
            ),
            models.CheckConstraint(
                condition=Q(attached_ms__isnull=True) | ~Q(permission=""), name="file_attached_for_somebody"
            ),
            models.CheckConstraint(condition=Q(size_bytes__gt=0), name="file_not_empty"),
        ]

    def __str__(self) -> str:
        return self.name
