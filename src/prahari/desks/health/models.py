"""Episodes (written by the event log), what people noted about them, uptime by day, maintenance, service levels."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from prahari.core.ids import uuid7
from prahari.desks.common.history import tracked
from prahari.desks.common.scoping import path_index
from prahari.desks.health.choices import Cause
from prahari.desks.registry.models import Camera, Department, OwnerClass, Premises, Site


class Episode(models.Model):
    """The event log's table (contracts.tables): read here, written there. end_ms None: it still is so."""

    id = models.UUIDField(primary_key=True)
    camera = models.ForeignKey(Camera, db_constraint=False, on_delete=models.DO_NOTHING, related_name="episodes")
    kind = models.TextField()
    start_ms = models.BigIntegerField()
    end_ms = models.BigIntegerField(null=True)
    cause = models.TextField()
    value = models.FloatField(null=True)
    limit = models.FloatField(null=True, db_column="limit_value")
    reference_ms = models.BigIntegerField(null=True)

    class Meta:
        managed = False
        db_table = "camera_episode"

    def __str__(self) -> str:
        return f"{self.kind} from {self.start_ms}"


@tracked(exclude=["edited_ms"])
class EpisodeNote(models.Model):
    """What a person said of an episode: that it is seen to, why it was, what was done. One row an episode."""

    episode_id = models.UUIDField(primary_key=True)
    camera = models.ForeignKey(Camera, on_delete=models.CASCADE, related_name="+")
    cause = models.CharField(max_length=20, choices=Cause, default=Cause.UNKNOWN, blank=True)
    note = models.CharField(max_length=400, blank=True)
    acknowledged_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    acknowledged_ms = models.BigIntegerField()
    edited_ms = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.episode_id}: {self.cause}"


class UptimeDay(models.Model):
    """One local day of one camera, in milliseconds that add up to the day as far as anything is known of it.

    up: pictures came. down: they ought to have come and did not. closed: no consent, or outside its hours.
    maintenance: announced before. Days are stored when they are over, and again when maintenance is entered later.
    """

    camera = models.ForeignKey(Camera, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    up_ms = models.PositiveIntegerField()
    down_ms = models.PositiveIntegerField()
    closed_ms = models.PositiveIntegerField()
    maintenance_ms = models.PositiveIntegerField()
    outages = models.PositiveIntegerField()
    last_status = models.CharField(max_length=20)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=("camera", "day"), name="uptime_once_a_day")]
        indexes: ClassVar = [models.Index(fields=("day",), name="uptime_day")]

    def __str__(self) -> str:
        return f"{self.camera_id} {self.day}"


@tracked(exclude=["edited_ms"])
class MaintenanceWindow(models.Model):
    """Announced work: what is down meanwhile was not promised. Of a camera, premises, a site or a whole area.

    jurisdiction_path and agency_code: where it lies, for those who see it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    camera = models.ForeignKey(Camera, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    premises = models.ForeignKey(Premises, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    site = models.ForeignKey(Site, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey("accounts.Jurisdiction", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    from_ms = models.BigIntegerField()
    to_ms = models.BigIntegerField()
    why = models.CharField(max_length=400)
    recorded_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    created_ms = models.BigIntegerField()
    ended_ms = models.BigIntegerField(null=True, blank=True, help_text="Ended earlier than announced, or called off")
    edited_ms = models.BigIntegerField()
    jurisdiction_path = models.CharField(max_length=300)
    agency_code = models.CharField(max_length=40, default="", blank=True)

    class Meta:
        ordering = ("-from_ms", "id")
        indexes: ClassVar = [
            path_index("jurisdiction_path", "maintenance_path"),
            models.Index(fields=("to_ms",), name="maintenance_until"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(to_ms__gt=F("from_ms")), name="maintenance_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(why=""), name="maintenance_says_why"),
            models.CheckConstraint(
                condition=Q(camera__isnull=False, premises__isnull=True, site__isnull=True, area__isnull=True)
                | Q(camera__isnull=True, premises__isnull=False, site__isnull=True, area__isnull=True)
                | Q(camera__isnull=True, premises__isnull=True, site__isnull=False, area__isnull=True)
                | Q(camera__isnull=True, premises__isnull=True, site__isnull=True, area__isnull=False),
                name="maintenance_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.why} from {self.from_ms}"

    @property
    def until_ms(self) -> int:
        return self.to_ms if self.ended_ms is None else max(self.from_ms, min(self.to_ms, self.ended_ms))


@tracked(exclude=["edited_ms"])
class Agreement(models.Model):
    """A service level that somebody has promised for some cameras, from a day on. Never edited: a later one takes its
    place. Empty owner_class, department, make and link_type: whatever they are.

    steps: [{"below_pct": 99.0, "penalty_pct": 2.0}, ...], highest first: the penalty of the lowest that is missed, in
    percent of the month's fee. late_pct_each: for each repair that took longer than repair_minutes.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    provider = models.CharField(max_length=200, help_text="Who promises: a vendor, a carrier, a department")
    reference = models.CharField(max_length=200, help_text="Contract or work order")
    jurisdiction = models.ForeignKey("accounts.Jurisdiction", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("accounts.Agency", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    owner_class = models.ForeignKey(OwnerClass, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    department = models.ForeignKey(Department, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    make = models.CharField(max_length=120, blank=True)
    link_type = models.CharField(max_length=20, blank=True)
    uptime_pct = models.DecimalField(max_digits=5, decimal_places=2)
    response_minutes = models.PositiveIntegerField()
    repair_minutes = models.PositiveIntegerField()
    monthly_fee_inr = models.DecimalField(max_digits=12, decimal_places=2)
    steps = models.JSONField(default=list)
    late_pct_each = models.DecimalField(max_digits=5, decimal_places=2, default=0)
    most_pct = models.DecimalField(max_digits=5, decimal_places=2, default=10, help_text="The penalty is never more")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    supersedes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    recorded_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    created_ms = models.BigIntegerField()
    edited_ms = models.BigIntegerField()
    jurisdiction_path = models.CharField(max_length=300)
    agency_code = models.CharField(max_length=40, default="", blank=True)

    class Meta:
        ordering = ("provider", "-valid_from", "id")
        indexes: ClassVar = [path_index("jurisdiction_path", "agreement_path")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(uptime_pct__gt=0, uptime_pct__lte=100), name="agreement_uptime_in_range"
            ),
            models.CheckConstraint(condition=~Q(provider=""), name="agreement_names_the_provider"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="agreement_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.reference}"
