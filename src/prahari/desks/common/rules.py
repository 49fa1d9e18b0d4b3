"""Laws and habits of a city as dated rows: time limits, ranks, hours. An administrator sets them, code only asks.

A desk declares what it asks for, with what a new centre starts with:

    VERIFICATION_S = rules.declare(
        "verification_s", 300, "Seconds of frames before a camera counts as verified live", "...", whole(10, 86_400))

    rules.value(VERIFICATION_S)
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from prahari.contracts.clock import local_day
from prahari.desks.common.errors import Text, text
from prahari.desks.common.models import Rule

Check = Callable[[Any], Text | None]
"""What is wrong with a value, or None."""


@dataclass(frozen=True)
class Declared:
    code: str
    default: Any
    name: Text
    check: Check


_declared: dict[str, Declared] = {}


def declare(code: str, default: Any, en: str, hi: str, check: Check) -> str:
    """Make a rule known; returns its code. Called once, when a desk's module is loaded."""
    _declared[code] = Declared(code, default, text(en, hi), check)
    return code


def known() -> list[Declared]:
    return sorted(_declared.values(), key=lambda one: one.code)


def declared(code: str) -> Declared | None:
    return _declared.get(code)


def value(code: str, on: dt.date | None = None) -> Any:
    """What the rule says on a day (today in local time): the newest row in force by then, else the beginning value."""
    day = on or local_day()
    row = Rule.objects.filter(code=code, valid_from__lte=day).order_by("-valid_from").values_list("value").first()
    return row[0] if row is not None else _declared[code].default


def values(codes: Sequence[str], on: dt.date | None = None) -> dict[str, Any]:
    """What several rules say on a day, in one query."""
    day = on or local_day()
    rows = Rule.objects.filter(code__in=codes, valid_from__lte=day).order_by("code", "valid_from")
    found = dict(rows.values_list("code", "value"))  # the newest comes last and stays
    return {code: found.get(code, _declared[code].default) for code in codes}


def whole(least: int, most: int) -> Check:
    def check(given: Any) -> Text | None:
        if isinstance(given, bool) or not isinstance(given, int) or not least <= given <= most:
            return text(f"A whole number from {least} to {most} is expected.",
                        f"{least} से {most} तक की पूर्ण संख्या अपेक्षित है।")  # fmt: skip
        return None

    return check


def whole_or_none(least: int, most: int) -> Check:
    inner = whole(least, most)
    return lambda given: None if given is None else inner(given)


def clock_time() -> Check:
    """HH:MM, 24 hours."""

    def check(given: Any) -> Text | None:
        if isinstance(given, str) and re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", given):
            return None
        return text("A time as 18:30 is expected.", "समय 18:30 के रूप में अपेक्षित है।")

    return check


def one_of(*choices: str) -> Check:
    def check(given: Any) -> Text | None:
        if given in choices:
            return None
        return text(f"One of these is expected: {', '.join(choices)}.", f"इनमें से एक अपेक्षित है: {', '.join(choices)}।")

    return check
