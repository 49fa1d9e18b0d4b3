"""Messages, what was tried with each, the templates they are made from, and the gateways they leave by."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from prahari.core.ids import uuid7
from prahari.desks.common.history import tracked
from prahari.desks.common.scoping import path_index
from prahari.desks.messages.choices import OPEN, Channel, Reason, State

LANGUAGES = [("hi", "हिन्दी"), ("en", "English")]


@tracked()
class MessageTemplate(models.Model):
    """The words of a kind of message in one language, from a day on. Rows are added, never edited.

    `body` and `subject` hold {placeholders}; which ones a code has is in templates.KNOWN. For SMS in India the text,
    its `dlt_template_id` and the `header` (sender id) must be registered with an operator under TRAI's rules."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.SlugField(max_length=40)
    channel = models.CharField(max_length=4, choices=Channel.choices)
    language = models.CharField(max_length=2, choices=LANGUAGES)
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField()
    dlt_template_id = models.CharField(max_length=40, blank=True)
    header = models.CharField(max_length=11, blank=True)
    valid_from = models.DateField()
    created_ms = models.BigIntegerField(editable=False)

    class Meta:
        ordering = ("code", "channel", "language", "-valid_from")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("code", "channel", "language", "valid_from"), name="message_template_once"),
            models.CheckConstraint(condition=~Q(body=""), name="message_template_has_body"),
        ]

    def __str__(self) -> str:
        return f"{self.code} ({self.channel}, {self.language})"


@tracked(exclude=["sealed_secrets", "sealed_report_key", "failing_since_ms", "last_sent_ms", "last_reason",
                  "last_detail", "failures", "rests_until_ms", "edited_ms"])  # fmt: skip
class Gateway(models.Model):
    """A way out. `settings` as schemas.HttpSettings or schemas.SmtpSettings; secrets lie beside it, sealed (context
    ``gateway:{id}``). The last columns say how it does."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    channel = models.CharField(max_length=4, choices=Channel.choices)
    name = models.CharField(max_length=120, unique=True)
    settings = models.JSONField(default=dict)
    sealed_secrets = models.TextField(blank=True, editable=False)
    report_key = models.CharField(max_length=64, unique=True, editable=False, help_text="Hash of the report address")
    sealed_report_key = models.TextField(editable=False)
    active = models.BooleanField(default=True)
    sort = models.PositiveIntegerField(default=0)
    last_sent_ms = models.BigIntegerField(null=True, editable=False)
    failing_since_ms = models.BigIntegerField(null=True, editable=False)
    failures = models.PositiveIntegerField(default=0, editable=False, help_text="In a row")
    rests_until_ms = models.BigIntegerField(default=0, editable=False)
    last_reason = models.CharField(max_length=20, choices=Reason.choices, blank=True, editable=False)
    last_detail = models.CharField(max_length=300, blank=True, editable=False)
    edited_ms = models.BigIntegerField(editable=False)

    class Meta:
        ordering = ("channel", "sort", "id")

    def __str__(self) -> str:
        return self.name


class Message(models.Model):
    """One message to one number, or one mail. Not tracked: what happened to it is in its attempts.

    `sealed_content`: JSON {"to": [...], "subject", "body"} sealed with context ``message:{id}``; emptied once a secret
    one has gone out or ended. `body` shows the words of those that hold no secret; `to_hint` ends in the last two
    digits. `lease_ms`: until when the process that is sending it may be believed to do so."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(max_length=200, unique=True, help_text="The same key is never sent twice")
    channel = models.CharField(max_length=4, choices=Channel.choices)
    language = models.CharField(max_length=2, choices=LANGUAGES)
    template = models.ForeignKey(MessageTemplate, on_delete=models.PROTECT, related_name="+")
    template_code = models.SlugField(max_length=40)
    to_hint = models.CharField(max_length=120)
    sealed_content = models.TextField(blank=True)
    subject = models.CharField(max_length=300, blank=True)
    body = models.TextField(blank=True)
    about_type = models.CharField(max_length=40, blank=True)
    about_id = models.CharField(max_length=60, blank=True)
    jurisdiction_path = models.CharField(max_length=400, blank=True)
    agency_code = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    reason = models.CharField(max_length=20, choices=Reason.choices, blank=True)
    detail = models.CharField(max_length=300, blank=True)
    attempts_made = models.PositiveSmallIntegerField(default=0)
    next_try_ms = models.BigIntegerField(default=0)
    lease_ms = models.BigIntegerField(default=0)
    gateway = models.ForeignKey(Gateway, null=True, on_delete=models.SET_NULL, related_name="+")
    provider_id = models.CharField(max_length=200, blank=True)
    created_ms = models.BigIntegerField()
    expires_ms = models.BigIntegerField()
    sent_ms = models.BigIntegerField(null=True)
    delivered_ms = models.BigIntegerField(null=True)

    class Meta:
        ordering = ("-id",)
        indexes: ClassVar = [
            models.Index(fields=("next_try_ms",), name="message_due", condition=Q(state__in=OPEN)),
            models.Index(fields=("about_type", "about_id"), name="message_about"),
            path_index("jurisdiction_path", "message_path"),
        ]

    def __str__(self) -> str:
        return f"{self.template_code} {self.id}"


class Attempt(models.Model):
    """One try at handing a message to a gateway: written before the gateway is asked, completed afterwards. One without
    an end means that the process died in between; the next one carries the same reference."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attempts")
    gateway_name = models.CharField(max_length=120, blank=True)
    at_ms = models.BigIntegerField()
    ended_ms = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=20, choices=Reason.choices, blank=True)
    detail = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.message_id} at {self.at_ms}"


class MessageAttachment(models.Model):
    """A file that goes with a mail. `data` is emptied once the mail has gone out: what was sent is told by its hash."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=120)
    size_bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    data = models.BinaryField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.name
