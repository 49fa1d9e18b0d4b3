"""Sites, codes to enrol them, which cameras of the register they serve; and what the event log knows of their links."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from prahari.core.ids import uuid7
from prahari.desks.common.history import tracked


@tracked()
class EdgeRelease(models.Model):
    """A signed package of the connector. Its file lies in the centre's home, named by its hash."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.CharField(max_length=40, unique=True)
    sha256 = models.CharField(max_length=64, unique=True)
    size_bytes = models.BigIntegerField()
    platform = models.CharField(max_length=60, blank=True, help_text="What its libraries run on; empty: any")
    published_ms = models.BigIntegerField()
    published_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_ms = models.BigIntegerField(null=True, blank=True)

    class Meta:
        ordering = ("-published_ms", "-id")

    def __str__(self) -> str:
        return self.version


@tracked(exclude=["edited_ms", "certificate", "revision"])
class EdgeSite(models.Model):
    """A connector at some premises. Without a public key it is not enrolled yet."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=200)
    premises = models.ForeignKey("registry.Premises", on_delete=models.PROTECT, related_name="edge_sites")
    public_key = models.CharField(max_length=60, blank=True)
    certificate = models.TextField(blank=True, help_text="Newest, signed for the public key")
    certificate_until_s = models.BigIntegerField(null=True, blank=True)
    enrolled_ms = models.BigIntegerField(null=True, blank=True)
    revoked_ms = models.BigIntegerField(null=True, blank=True)
    revoked_reason = models.CharField(max_length=400, blank=True)
    up_kbit_s = models.PositiveIntegerField(null=True, blank=True, help_text="Of the site alone; empty: the rule's")
    month_mb = models.PositiveIntegerField(null=True, blank=True, help_text="Of the site alone; empty: the rule's")
    release = models.ForeignKey(
        EdgeRelease, null=True, blank=True, on_delete=models.PROTECT, related_name="sites",
        help_text="What somebody has chosen for it to run"
    )  # fmt: skip
    revision = models.PositiveIntegerField(default=1)
    created_ms = models.BigIntegerField(editable=False)
    edited_ms = models.BigIntegerField()

    class Meta:
        ordering = ("name", "id")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(name=""), name="edge_site_named"),
            models.UniqueConstraint(
                fields=("public_key",), condition=~Q(public_key=""), name="edge_site_key_of_one_site"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class EdgeCode(models.Model):
    """A one-time code. `mark` is its first group, by which it is found; of the rest only a keyed hash is kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    site = models.ForeignKey(EdgeSite, on_delete=models.CASCADE, related_name="codes")
    mark = models.CharField(max_length=8, unique=True)
    code_hash = models.CharField(max_length=64)
    attempts = models.PositiveSmallIntegerField(default=0)
    made_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    created_ms = models.BigIntegerField()
    expires_ms = models.BigIntegerField()
    used_ms = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return self.mark


@tracked()
class EdgeCamera(models.Model):
    """A camera of the register that a site serves, under the name that the site knows it by."""

    camera = models.OneToOneField("registry.Camera", primary_key=True, on_delete=models.CASCADE, related_name="edge")
    site = models.ForeignKey(EdgeSite, on_delete=models.PROTECT, related_name="cameras")
    local_name = models.CharField(max_length=60)

    class Meta:
        ordering = ("local_name",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("site", "local_name"), name="edge_camera_name_once_a_site"),
        ]

    def __str__(self) -> str:
        return self.local_name


class EdgeLink(models.Model):
    """The event log's table (contracts.tables): read here, written there."""

    site = models.OneToOneField(
        EdgeSite, primary_key=True, db_constraint=False, on_delete=models.DO_NOTHING, related_name="link"
    )
    state = models.TextField()
    reason = models.TextField()
    version = models.TextField()
    since_ms = models.BigIntegerField()
    changed_ms = models.BigIntegerField()
    seen_ms = models.BigIntegerField()
    clock_off_ms = models.BigIntegerField(null=True)
    certificate_until_s = models.BigIntegerField()
    round_trip_ms = models.IntegerField(null=True)
    disk_free_bytes = models.BigIntegerField(null=True)
    events_waiting = models.IntegerField()
    update_state = models.TextField()
    cameras = models.JSONField()

    class Meta:
        managed = False
        db_table = "edge_link"

    def __str__(self) -> str:
        return self.state


class EdgeTraffic(models.Model):
    """The event log's table. Bytes by purpose (contracts.edge.TRAFFIC_PURPOSES) in the hour from `hour_ms` on."""

    pk = models.CompositePrimaryKey("site_id", "hour_ms")
    site = models.ForeignKey(EdgeSite, db_constraint=False, on_delete=models.DO_NOTHING, related_name="+")
    hour_ms = models.BigIntegerField()
    up = models.JSONField()
    down = models.JSONField()

    class Meta:
        managed = False
        db_table = "edge_traffic"

    def __str__(self) -> str:
        return f"{self.site_id} {self.hour_ms}"
