"""ONVIF topics as the few names that people know."""

from __future__ import annotations

_NAMES = (
    ("globalscenechange", "tampered"),
    ("tamper", "tampered"),
    ("cellmotiondetector", "motion"),
    ("motionalarm", "motion"),
    ("motionregiondetector", "motion"),
    ("digitalinput", "digital_input"),
    ("logicalstate", "digital_input"),
    ("signalloss", "video_loss"),
    ("videoloss", "video_loss"),
    ("linedetector", "line_crossed"),
    ("linecross", "line_crossed"),
    ("fielddetector", "field_entered"),
    ("storagefailure", "storage_failure"),
    ("harddiskfailure", "storage_failure"),
    ("relay", "relay"),
    ("motion", "motion"),
)

_STATES = ("state", "ismotion", "istamper", "isinside", "logicalstate", "value")
_TRUE, _FALSE = {"true", "1", "active", "on"}, {"false", "0", "inactive", "off"}


def name_of(topic: str) -> str:
    """`other` for what is none of them."""
    plain = topic.lower()
    return next((name for part, name in _NAMES if part in plain), "other")


def state_of(data: dict[str, str]) -> bool | None:
    """Whether it began (True) or ended (False); None for what has neither."""
    plain = {name.lower(): value.strip().lower() for name, value in data.items()}
    for name in _STATES:
        if plain.get(name) in _TRUE:
            return True
        if plain.get(name) in _FALSE:
            return False
    values = [value for value in plain.values() if value in {"true", "false"}]
    return values[0] == "true" if len(values) == 1 else None
