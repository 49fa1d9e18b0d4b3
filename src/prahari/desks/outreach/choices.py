"""Closed lists of the outreach desk. Kinds of associations and channels of campaigns are rows (models/people.py)."""

from __future__ import annotations

from django.db import models


class LeadAnswer(models.TextChoices):
    """What premises said at a meeting."""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


class Purpose(models.TextChoices):
    """What a letter asks for; decides which step of the ladder counts as its success."""

    ENCOURAGE = "encourage"  # premises without cameras: install some at your own expense
    REQUEST = "request"  # consent to link the cameras that are there
    REMIND = "remind"
    THANK = "thank"


class SentBy(models.TextChoices):
    HAND = "hand"
    POST = "post"
    MAIL = "mail"
    MESSAGE = "message"


class TestimonialState(models.TextChoices):
    RECEIVED = "received"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Use(models.TextChoices):
    """What a speaker allows a testimonial to be shown for."""

    PRESENTATION = "presentation"  # to visitors in the centre
    MEETING = "meeting"
    SOCIAL_MEDIA = "social_media"
    FILM = "film"


class Store(models.TextChoices):
    """Where a copy of a testimonial lies: two folders, two disks, two offices."""

    CENTRE = "centre"
    MUNICIPAL = "municipal"


class CopyState(models.TextChoices):
    WAITING = "waiting"  # to be written
    GOOD = "good"
    DAMAGED = "damaged"
    MISSING = "missing"
    DELETING = "deleting"  # withdrawn, and its folder was out of reach
    DELETED = "deleted"
