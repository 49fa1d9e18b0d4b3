"""Premises, the people to call there, and sites that hold several cameras."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from prahari.core.ids import uuid7
from prahari.desks.common.history import tracked
from prahari.desks.registry.models.lookups import Department, OwnerClass, PlaceClass

LATITUDE = {"lat__gte": -90, "lat__lte": 90}
LONGITUDE = {"lon__gte": -180, "lon__lte": 180}


@tracked(exclude=["edited_ms"])
class Site(models.Model):
    """A spot where several cameras stand together, a junction or a stretch of road, whoever owns them."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name_en = models.CharField(max_length=200)
    name_hi = models.CharField(max_length=200)
    jurisdiction = models.ForeignKey("accounts.Jurisdiction", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+")
    project = models.CharField(max_length=200, blank=True, help_text="The project that pays for it")
    planned_cameras = models.PositiveIntegerField(default=0)
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    edited_ms = models.BigIntegerField(default=0)

    class Meta:
        ordering = ("name_en", "id")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(lat__isnull=True, lon__isnull=True) | models.Q(**LATITUDE, **LONGITUDE),
                name="site_position_in_range",
            )
        ]

    def __str__(self) -> str:
        return self.name_en


@tracked(exclude=["search", "edited_ms"], in_bulk=True)
class Premises(models.Model):
    """A shop, bank, school, junction box: what has an address and an owner, with cameras or still without."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=60, unique=True, null=True, blank=True, help_text="Number in the source list")
    name_en = models.CharField(max_length=200)
    name_hi = models.CharField(max_length=200)
    address_en = models.CharField(max_length=400, blank=True)
    address_hi = models.CharField(max_length=400, blank=True)
    owner_class = models.ForeignKey(OwnerClass, on_delete=models.PROTECT, related_name="premises")
    place_class = models.ForeignKey(PlaceClass, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="premises")
    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+")
    jurisdiction = models.ForeignKey("accounts.Jurisdiction", on_delete=models.PROTECT, related_name="+")
    ward = models.ForeignKey("accounts.Jurisdiction", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    nodal_officer = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    source_list = models.CharField(max_length=200, blank=True)
    source_row = models.PositiveIntegerField(null=True, blank=True)
    testimonial = models.BooleanField(default=False, help_text="The owner has spoken for the scheme on video")
    search = models.TextField(default="", editable=False)
    created_ms = models.BigIntegerField(default=0, editable=False)
    edited_ms = models.BigIntegerField(default=0, editable=False)

    class Meta:
        ordering = ("name_en", "id")
        verbose_name_plural = "premises"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(lat__isnull=True, lon__isnull=True) | models.Q(**LATITUDE, **LONGITUDE),
                name="premises_position_in_range",
            )
        ]

    def __str__(self) -> str:
        return self.name_en


@tracked(exclude=["sealed_mobile", "mobile_key"], in_bulk=True)
class Contact(models.Model):
    """Whom to call at premises. The mobile number is sealed (contracts.sealing, context ``contact:{id}``); it is found
    again by `mobile_key`, which cannot be turned back without the centre's key (premises.mobile_key)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    premises = models.ForeignKey(Premises, on_delete=models.CASCADE, related_name="contacts")
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=120, blank=True)
    sealed_mobile = models.TextField(blank=True)
    mobile_key = models.CharField(max_length=64, blank=True, default="", editable=False)
    sort = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("sort", "id")
        indexes: ClassVar = [
            models.Index(fields=("mobile_key",), name="contact_mobile_key", condition=~models.Q(mobile_key=""))
        ]

    def __str__(self) -> str:
        return self.name
