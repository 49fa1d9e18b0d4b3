"""Closed lists of the messages desk."""

from __future__ import annotations

from django.db import models


class Channel(models.TextChoices):
    SMS = "sms"
    MAIL = "mail"


class State(models.TextChoices):
    """queued -> sending -> sent -> delivered; or failed (will not be tried again), expired (would come too late)."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"
    EXPIRED = "expired"


OPEN = (State.QUEUED, State.SENDING)


class Reason(models.TextChoices):
    """Why a message has not gone out. The console has a sentence for each in both languages."""

    NONE = ""
    NO_GATEWAY = "no_gateway"  # none is set up or switched on
    BAD_RECIPIENT = "bad_recipient"  # no number or address that could be reached
    UNREACHABLE = "unreachable"  # refused, name not found, connection broken
    TIMEOUT = "timeout"
    GATEWAY_ERROR = "gateway_error"  # it answered with a fault of its own (5xx)
    GATEWAY_DENIED = "gateway_denied"  # our credentials are wrong or used up
    BUSY = "busy"  # asked us to come later (429, SMTP 4xx)
    REFUSED = "refused"  # it will not take this message
    NOT_UNDERSTOOD = "not_understood"  # its answer is not what the settings call a success
    TOO_LATE = "too_late"
    TOO_OFTEN = "too_often"  # every attempt failed
    UNDELIVERED = "undelivered"  # taken, but the report says it did not arrive
