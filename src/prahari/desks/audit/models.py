"""Audit entries: written by common.action, never changed; and the chain that shows it if one was."""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Func, Value
from django.db.models.functions import Upper
from django.utils import timezone

from prahari.core.ids import uuid7
from prahari.desks.common.scoping import path_index


class AuditEntry(models.Model):
    """One thing that somebody did. `sequence` orders all entries of the centre, ready for a chain of hashes; a number
    may be missing where a transaction was rolled back. `actor_id` is None for the centre itself."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    sequence = models.BigIntegerField(
        unique=True, editable=False, db_default=Func(Value("audit_sequence"), function="nextval")
    )
    at = models.DateTimeField(default=timezone.now, editable=False)
    actor_id = models.UUIDField(null=True)
    actor_name = models.TextField()
    action = models.TextField()
    object_type = models.TextField()
    object_id = models.TextField()
    object_name = models.TextField(blank=True)
    jurisdiction_path = models.TextField(blank=True, default="")
    agency_code = models.TextField(blank=True, default="")
    reason = models.TextField(blank=True, default="")
    details = models.JSONField(default=dict)
    ip = models.GenericIPAddressField(null=True)

    class Meta:
        indexes: ClassVar = [
            # Each filter of the audit page with the page's order behind it: see selectors.py.
            models.Index(fields=["-at", "-sequence"], name="audit_newest_first"),
            models.Index(fields=["object_id", "-at"], name="audit_object"),
            models.Index(fields=["actor_id", "-at"], name="audit_actor"),
            models.Index(
                fields=["action", "-at"], name="audit_action", opclasses=["text_pattern_ops", "timestamptz_ops"]
            ),
            GinIndex(OpClass(Upper("object_name"), name="gin_trgm_ops"), name="audit_object_name"),
            path_index("jurisdiction_path", "audit_path_prefix"),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="to_be_chained",
                operation=pgtrigger.Insert,
                when=pgtrigger.After,
                func="INSERT INTO audit_auditwaiting (entry_id, sequence, since) "
                "VALUES (NEW.id, NEW.sequence, clock_timestamp()); RETURN NULL;",
            ),
        ]


class AuditWaiting(models.Model):
    """An entry that is committed and not chained yet: put here by the entry's own trigger, taken away by the sealer.

    Chaining within each action's transaction would make all writers of the centre wait for one another.
    """

    entry_id = models.UUIDField(primary_key=True)
    sequence = models.BigIntegerField()
    since = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["sequence"], name="audit_waiting_order")]


class AuditLink(models.Model):
    """The place of an entry in the chain. `day`: local day of its chaining, whose file holds it; never goes back."""

    position = models.BigIntegerField(primary_key=True)
    entry_id = models.UUIDField(unique=True)
    link = models.CharField(max_length=64)
    day = models.DateField()

    class Meta:
        triggers: ClassVar = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]
