"""What a city decides about its incidents: when to warn, whom to tell when time ran out, what counts as near."""

from __future__ import annotations

from typing import Any

import msgspec

from prahari.desks.alarms.laws import Level
from prahari.desks.common import rules
from prahari.desks.common.errors import Text, text

WARN_PCT = rules.declare(
    "incident_warn_pct", 25, "Warn when so much of an incident clock's time is left, in percent",
    "घटना की समय-सीमा का इतना प्रतिशत शेष रहने पर चेतावनी दें", rules.whole(1, 90),
)  # fmt: skip
NEAR_M = rules.declare(
    "incident_near_m", 500, "Cameras within so many metres of an incident are near it",
    "घटना-स्थल से इतने मीटर के भीतर के कैमरे निकट माने जाएँ", rules.whole(50, 5_000),
)  # fmt: skip
BEFORE_S = rules.declare(
    "incident_before_s", 60, "How long before the moment of an incident its cameras' recordings open, in seconds",
    "घटना के क्षण से कितने सेकंड पहले से रिकॉर्डिंग खुले", rules.whole(5, 3_600),
)  # fmt: skip

LEVELS_MOST = 8


def _levels(given: Any) -> Text | None:
    """As the levels at which an alarm climbs; `after_s` counts from when the clock ran out, or the level before."""
    try:
        levels = msgspec.convert(given, list[Level])
    except msgspec.ValidationError:
        return _EXPECTED
    sound = all(
        0 <= one.after_s <= 86_400 and bool(one.post) + bool(one.role) + bool(one.person) == 1 for one in levels
    )
    return None if 1 <= len(levels) <= LEVELS_MOST and sound else _EXPECTED


_EXPECTED = text(
    'A list of levels is expected, as [{"after_s": 60, "role": "supervisor", "sms": true}]: seconds, then one of post, '
    "role (its code) or person (the user name).",
    'स्तरों की सूची अपेक्षित है, जैसे [{"after_s": 60, "role": "supervisor", "sms": true}]: सेकंड, फिर post (डेस्क), '
    "role (भूमिका का कोड) या person (उपयोगकर्ता नाम) में से एक।",
)
_FIRST_S = {"low": 600, "medium": 300, "high": 60, "critical": 0}
_NAMES = {"low": "निम्न", "medium": "मध्यम", "high": "उच्च", "critical": "अति गंभीर"}

ESCALATION = {
    severity: rules.declare(
        f"incident_escalation_{severity}",
        [{"after_s": first_s, "role": "supervisor"}, {"after_s": 600, "role": "commissioner"}],
        f"Whom to tell when a clock of an incident of {severity} severity has run out",
        f"{_NAMES[severity]} गंभीरता की घटना की समय-सीमा बीतने पर किसे बताया जाए",
        _levels,
    )
    for severity, first_s in _FIRST_S.items()
}


def escalation() -> dict[str, list[Level]]:
    """The levels of each severity by the rules of this day."""
    values = rules.values(list(ESCALATION.values()))
    return {severity: msgspec.convert(values[code], list[Level]) for severity, code in ESCALATION.items()}
