"""The dated rules that this desk asks for (common/rules.py): limits that an order or an administrator sets."""

from __future__ import annotations

import datetime as dt
from typing import Any

from prahari.contracts.clock import IST, local_day
from prahari.desks.common.errors import Text, text
from prahari.desks.common.models import Rule
from prahari.desks.common.rules import clock_time, declare, value, whole, whole_or_none

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def _rank(given: Any) -> Text | None:
    from prahari.desks.programme.models import Rank

    if isinstance(given, str) and Rank.objects.filter(code=given[:40]).exists():
        return None
    return text("The code of a rank is expected, as additional_sp.", "पद का कोड अपेक्षित है, जैसे additional_sp।")


def _weekdays(given: Any) -> Text | None:
    if isinstance(given, list) and len(given) < 7 and all(day in WEEKDAYS for day in given):
        return None
    return text('A list of week days is expected, as ["sunday"]; at least one day is worked.',
                'सप्ताह के दिनों की सूची अपेक्षित है, जैसे ["sunday"]; कम से कम एक कार्य-दिवस रहे।')  # fmt: skip


LEAST_RANK = declare(
    "nodal_least_rank", "additional_sp",
    "Least rank of a nodal officer",
    "नोडल अधिकारी का न्यूनतम पद",
    _rank,
)  # fmt: skip
LEAST_RANK_SOURCE = "1684/9-9-2023, 25-08-2023, point 1"
"""Where the beginning value comes from; a dated row names its own source."""

WEEKLY_OFF = declare(
    "weekly_off", ["sunday"],
    "Days of the week on which hours do not count",
    "सप्ताह के वे दिन जिनके घंटे नहीं गिने जाते",
    _weekdays,
)  # fmt: skip
SURVEY_DAYS = declare(
    "task_survey_after_days", 7,
    "Days after a consent until a survey becomes a task (empty: never)",
    "सहमति के कितने दिन बाद सर्वेक्षण कार्य बने (रिक्त: कभी नहीं)",
    whole_or_none(1, 365),
)  # fmt: skip
ANSWER_DAYS = declare(
    "task_answer_after_days", 10,
    "Days after asking without an answer until another visit becomes a task (empty: never)",
    "सम्पर्क के कितने दिन बाद उत्तर न मिलने पर पुनः भ्रमण कार्य बने (रिक्त: कभी नहीं)",
    whole_or_none(1, 365),
)  # fmt: skip
PROMISE_DAYS = declare(
    "task_promise_after_days", 1,
    "Days after a promised date until looking whether the cameras are there becomes a task (empty: never)",
    "वादे की तिथि के कितने दिन बाद कैमरे देखने का कार्य बने (रिक्त: कभी नहीं)",
    whole_or_none(1, 365),
)  # fmt: skip
CONFIRM_DAYS = declare(
    "task_confirm_after_days", 14,
    "Days after linking without the owner's confirmation until asking for it becomes a task (empty: never)",
    "लिंक होने के कितने दिन बाद स्वामी की पुष्टि लेना कार्य बने (रिक्त: कभी नहीं)",
    whole_or_none(1, 365),
)  # fmt: skip
DOWN_DAYS = declare(
    "task_repair_after_days", 3,
    "Days a linked camera is down until its repair becomes a task (empty: never)",
    "लिंक कैमरा कितने दिन बंद रहने पर मरम्मत कार्य बने (रिक्त: कभी नहीं)",
    whole_or_none(1, 365),
)  # fmt: skip
DUE_DAYS = declare(
    "task_due_in_days", 7,
    "Working days given for a task made by a rule",
    "नियम से बने कार्य के लिए कार्य-दिवस",
    whole(1, 90),
)  # fmt: skip
REMIND_DAYS = declare(
    "task_remind_before_days", 2,
    "Days before its due day that a task is reminded of",
    "नियत दिन से कितने दिन पहले कार्य का स्मरण कराया जाए",
    whole(0, 30),
)  # fmt: skip
MESSAGES_FROM = declare(
    "officer_messages_from", "07:00",
    "Time of day from which officers are reminded and told",
    "दिन का वह समय जब से अधिकारियों को संदेश भेजे जाएँ",
    clock_time(),
)  # fmt: skip
MESSAGES_UNTIL = declare(
    "officer_messages_until", "21:00",
    "Time of day until which officers are reminded and told",
    "दिन का वह समय जब तक अधिकारियों को संदेश भेजे जाएँ",
    clock_time(),
)  # fmt: skip
CLIMB_HOURS = declare(
    "escalation_climb_hours", 24,
    "Hours (of working days) without an answer until a matter goes one level up",
    "कार्य-दिवसों के कितने घंटे उत्तर न मिलने पर प्रकरण उच्च स्तर पर जाए",
    whole(1, 720),
)  # fmt: skip
CLAUSE_SLIP_DAYS = declare(
    "clause_warn_before_days", 3,
    "Days before the deadline of an order's clause that is not done until it is told one level up",
    "आदेश के अपूर्ण बिन्दु को समय-सीमा से कितने दिन पहले उच्च स्तर पर भेजा जाए",
    whole(0, 60),
)  # fmt: skip


def source_of(code: str, day: dt.date | None = None) -> str:
    """The order or decision behind what a rule says on a day."""
    row = (
        Rule.objects.filter(code=code, valid_from__lte=day or local_day())
        .order_by("-valid_from")
        .values_list("source", flat=True)
        .first()
    )
    return row or (LEAST_RANK_SOURCE if code == LEAST_RANK else "")


def may_disturb(now_ms: int) -> bool:
    """Whether officers are told of things at this time of day; what comes at night waits for the morning."""
    at = dt.datetime.fromtimestamp(now_ms / 1000, IST)
    first, last = value(MESSAGES_FROM, at.date()), value(MESSAGES_UNTIL, at.date())
    time = f"{at:%H:%M}"
    return first <= time < last if first <= last else time >= first or time < last
