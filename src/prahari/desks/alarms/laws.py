"""What a city decides about alarms: to whom one that nobody takes is told, and after how long; bounds of a trial."""

from __future__ import annotations

from typing import Any

import msgspec

from prahari.core.alarming.rule import Severity
from prahari.desks.alarms.choices import Addressee
from prahari.desks.common import rules
from prahari.desks.common.errors import Text, text

LEVELS_MOST = 8
LONGEST_S = 86_400


class Level(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`after_s` since the alarm came or the level before was told, then to a `post`, a `role` or a `person` (user
    name), one of the three; by SMS too, if so."""

    after_s: int
    post: str = ""
    role: str = ""
    person: str = ""
    sms: bool = False

    @property
    def to(self) -> Addressee:
        return Addressee.POST if self.post else Addressee.ROLE if self.role else Addressee.PERSON

    @property
    def code(self) -> str:
        return self.post or self.role or self.person


def check_levels(given: Any) -> Text | None:
    try:
        levels = msgspec.convert(given, list[Level])
    except msgspec.ValidationError:
        return _EXPECTED
    sound = all(0 <= one.after_s <= LONGEST_S and _names_one(one) for one in levels)
    return None if levels and len(levels) <= LEVELS_MOST and sound else _EXPECTED


def _names_one(level: Level) -> bool:
    return sum(bool(name) for name in (level.post, level.role, level.person)) == 1 and len(level.code) <= 60


_EXPECTED = text(
    'A list of levels is expected, as [{"after_s": 60, "role": "supervisor", "sms": true}]: seconds, then one of post, '
    "role (its code) or person (the user name).",
    'स्तरों की सूची अपेक्षित है, जैसे [{"after_s": 60, "role": "supervisor", "sms": true}]: सेकंड, फिर post (डेस्क), '
    "role (भूमिका का कोड) या person (उपयोगकर्ता नाम) में से एक।",
)

_START: dict[Severity, list[dict[str, Any]]] = {
    Severity.LOW: [{"after_s": 3600, "role": "operator"}, {"after_s": 7200, "role": "supervisor"}],
    Severity.MEDIUM: [{"after_s": 600, "role": "operator"}, {"after_s": 1200, "role": "supervisor"}],
    Severity.HIGH: [{"after_s": 120, "role": "supervisor"}, {"after_s": 300, "role": "supervisor", "sms": True},
                    {"after_s": 900, "role": "commissioner", "sms": True}],
    Severity.CRITICAL: [{"after_s": 45, "role": "supervisor", "sms": True},
                        {"after_s": 120, "role": "commissioner", "sms": True}],
}  # fmt: skip
_NAMES = {
    Severity.LOW: ("low", "निम्न"), Severity.MEDIUM: ("medium", "मध्यम"), Severity.HIGH: ("high", "उच्च"),
    Severity.CRITICAL: ("critical", "अति गंभीर"),
}  # fmt: skip

ESCALATION = {
    severity: rules.declare(
        f"alarm_escalation_{severity.value}", _START[severity],
        f"To whom an alarm of {en} severity is told that nobody acknowledges, and after how many seconds",
        f"{hi} गंभीरता का अलार्म कोई न स्वीकारे तो कितने सेकंड बाद किसे बताया जाए",
        check_levels,
    )
    for severity, (en, hi) in _NAMES.items()
}  # fmt: skip

TRIAL_DAYS = rules.declare(
    "alarm_trial_days", 7, "An alarm rule is tried over the events of so many days",
    "अलार्म नियम इतने दिनों की गतिविधियों पर परखा जाए", rules.whole(1, 31),
)  # fmt: skip
TRIAL_EVENTS_MOST = rules.declare(
    "alarm_trial_events_most", 2_000_000, "A trial of an alarm rule reads so many events at most",
    "अलार्म नियम की परख में अधिकतम इतनी गतिविधियाँ पढ़ी जाएँ", rules.whole(10_000, 50_000_000),
)  # fmt: skip


def escalation() -> dict[str, list[Level]]:
    """The levels of each severity by the rules of this day."""
    values = rules.values(list(ESCALATION.values()))
    return {severity.value: msgspec.convert(values[code], list[Level]) for severity, code in ESCALATION.items()}
