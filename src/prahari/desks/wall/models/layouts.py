"""Saved layouts of the video wall."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from prahari.core.ids import uuid7
from prahari.desks.common.history import tracked


@tracked(exclude=["edited_ms"])
class WallLayout(models.Model):
    """Which camera plays in which tile. Its owner's alone, or shared with those whose work lies in its place."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=120)
    grid = models.PositiveSmallIntegerField()
    tiles = models.JSONField(default=list, help_text="Camera ids or null, `grid` of them")
    owner = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="wall_layouts")
    shared = models.BooleanField(default=False)
    agency = models.ForeignKey("accounts.Agency", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    jurisdiction = models.ForeignKey(
        "accounts.Jurisdiction", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    edited_ms = models.BigIntegerField()

    class Meta:
        ordering = ("name", "id")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(grid__in=[1, 4, 9, 16, 25]), name="wall_grid_known"),
            models.CheckConstraint(condition=~Q(name=""), name="wall_layout_named"),
            models.UniqueConstraint(fields=("owner", "name"), name="wall_layout_name_once_an_owner"),
            models.CheckConstraint(
                condition=Q(shared=False) | Q(jurisdiction__isnull=False), name="wall_shared_somewhere"
            ),
        ]

    def __str__(self) -> str:
        return self.name
