"""What a city decides about its reports: when they are made, until when they are signed."""

from __future__ import annotations

import datetime as dt

from prahari.contracts.clock import IST
from prahari.desks.common import rules

REPORT_HOUR = rules.declare(
    "report_hour", "18:00", "Hour at which the daily progress report is made",
    "दैनिक प्रगति आख्या बनने का समय", rules.clock_time(),
)  # fmt: skip
SIGN_OFF_UNTIL = rules.declare(
    "sign_off_until", "20:00", "Hour until which the nodal officer signs the daily report off",
    "वह समय जब तक नोडल अधिकारी दैनिक आख्या प्रमाणित करें", rules.clock_time(),
)  # fmt: skip
BACKFILL_DAYS = rules.declare(
    "report_backfill_days", 7, "How many missed days' reports are made when the centre comes back",
    "केंद्र के पुनः चालू होने पर कितने छूटे दिनों की आख्या बनाई जाए", rules.whole(0, 60),
)  # fmt: skip
LATE_AFTER_MS = 15 * 60_000
"""A report made this long after its hour is marked late."""


def moment_ms(code: str, day: dt.date) -> int:
    """Unix milliseconds of the hour that a rule sets on a local day."""
    hour, minute = (int(part) for part in str(rules.value(code, day)).split(":"))
    return int(dt.datetime.combine(day, dt.time(hour, minute), IST).timestamp() * 1000)
