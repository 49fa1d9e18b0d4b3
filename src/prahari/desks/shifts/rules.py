"""What a city decides about its control room: rest, coming late, breaks, attention."""

from __future__ import annotations

import msgspec

from prahari.core.rostering import Limits
from prahari.desks.alarms.laws import Level, check_levels
from prahari.desks.common import rules

REST_HOURS = rules.declare(
    "shift_rest_hours", 8, "Rest between two shifts of a person, in hours at least; empty: not looked at",
    "एक व्यक्ति की दो पालियों के बीच कम से कम इतने घंटे विश्राम; रिक्त: जाँच नहीं", rules.whole_or_none(1, 48),
)  # fmt: skip
LONGEST_HOURS = rules.declare(
    "shift_longest_hours", 12, "Longest time on duty at a stretch, in hours; empty: not looked at",
    "लगातार ड्यूटी अधिकतम इतने घंटे; रिक्त: जाँच नहीं", rules.whole_or_none(1, 48),
)  # fmt: skip
WEEK_HOURS = rules.declare(
    "shift_week_hours", 48, "Most hours on duty in any seven days; empty: not looked at",
    "किसी भी सात दिनों में ड्यूटी के अधिकतम घंटे; रिक्त: जाँच नहीं", rules.whole_or_none(1, 168),
)  # fmt: skip
EARLY_MINUTES = rules.declare(
    "shift_early_minutes", 60, "Signing on so many minutes before a shift begins still counts for that shift",
    "पाली से इतने मिनट पहले साइन-ऑन भी उसी पाली का माना जाए", rules.whole(0, 240),
)  # fmt: skip
LATE_MINUTES = rules.declare(
    "shift_late_minutes", 10, "Somebody who has not signed on so many minutes after their shift began is late",
    "पाली शुरू होने के इतने मिनट बाद तक साइन-ऑन न करने वाला विलंब से माना जाए", rules.whole(1, 240),
)  # fmt: skip
ABSENT_MINUTES = rules.declare(
    "shift_absent_minutes", 60, "Somebody who has not signed on so many minutes after their shift began is absent",
    "पाली शुरू होने के इतने मिनट बाद तक साइन-ऑन न करने वाला अनुपस्थित माना जाए", rules.whole(5, 720),
)  # fmt: skip
LATE_TOLD = rules.declare(
    "shift_late_escalation",
    [{"after_s": 0, "role": "supervisor"}, {"after_s": 1200, "role": "supervisor", "sms": True}],
    "To whom it is told that somebody is late, and after how many seconds",
    "किसी के विलंब से आने की सूचना कितने सेकंड बाद किसे दी जाए", check_levels,
)  # fmt: skip
BREAK_MINUTES = rules.declare(
    "shift_break_minutes", 30, "A break of more minutes than this is marked as long",
    "इससे अधिक मिनट का विराम लम्बा दिखाया जाए", rules.whole(1, 240),
)  # fmt: skip
CHECK_LEAST_MINUTES = rules.declare(
    "attention_check_least_minutes", 40,
    "Whether somebody is at the desk is asked after so many minutes at the earliest",
    "डेस्क पर उपस्थिति कम से कम इतने मिनट बाद पूछी जाए", rules.whole(5, 600),
)  # fmt: skip
CHECK_MOST_MINUTES = rules.declare(
    "attention_check_most_minutes", 90,
    "Whether somebody is at the desk is asked after so many minutes at the latest; empty: never asked",
    "डेस्क पर उपस्थिति अधिकतम इतने मिनट बाद पूछी जाए; रिक्त: कभी नहीं", rules.whole_or_none(5, 1200),
)  # fmt: skip
CHECK_ANSWER_S = rules.declare(
    "attention_check_answer_s", 120, "So many seconds to answer whether one is at the desk",
    "डेस्क पर उपस्थिति का उत्तर देने के लिए इतने सेकंड", rules.whole(20, 900),
)  # fmt: skip
IDLE_S = rules.declare(
    "attention_idle_s", 900,
    "Pictures count as watched for so many seconds after the last key or movement of the mouse",
    "अंतिम कुंजी या माउस-गति के बाद इतने सेकंड तक चित्र देखा गया माना जाए", rules.whole(60, 7_200),
)  # fmt: skip
LEAST_S = rules.declare(
    "attention_least_s", 60, "A camera counts as watched in a shift from so many seconds on",
    "पाली में इतने सेकंड से कैमरा देखा गया गिना जाए", rules.whole(1, 3_600),
)  # fmt: skip
KEEP_DAYS = rules.declare(
    "attention_keep_days", 180, "Who watched which camera is kept for so many days",
    "किसने कौन-सा कैमरा देखा, यह इतने दिन रखा जाए", rules.whole(7, 3_650),
)  # fmt: skip


def limits() -> Limits:
    """What rosters are held against, by the rules of this day."""
    found = rules.values([REST_HOURS, LONGEST_HOURS, WEEK_HOURS])
    return Limits(found[REST_HOURS], found[LONGEST_HOURS], found[WEEK_HOURS])


def late_levels() -> list[Level]:
    return msgspec.convert(rules.value(LATE_TOLD), list[Level])
