"""Words that code decides by. What a person reads lies in the console and in `words`."""

from __future__ import annotations

from django.db.models import TextChoices


class Cause(TextChoices):
    """What a person found to be the cause of an episode."""

    UNKNOWN = "", "Not known"
    POWER = "power", "Power"
    NETWORK = "network", "Network"
    DEVICE = "device", "Camera or recorder"
    VANDALISM = "vandalism", "Damage or tampering"
    OWNER = "owner", "The owner"
    WEATHER = "weather", "Weather"
    WORKS = "works", "Works nearby"
    FALSE_ALARM = "false_alarm", "Nothing was wrong"


DOWN = ("offline", "stalled")
"""Kinds that mean no pictures at all."""

SEVERITY = {
    "offline": 3, "stalled": 3, "tampered": 3, "covered": 3, "black": 3, "turned": 2, "frozen": 3, "blurred": 2,
    "recording_gap": 2, "overexposed": 1, "frame_rate": 1, "bit_rate": 1, "clock_off": 1,
}  # fmt: skip
"""3: there is no usable picture. 2: what it is there for suffers. 1: to be seen to."""
