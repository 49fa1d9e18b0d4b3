"""The city's own time: Indian Standard Time, five and a half hours ahead of UTC all year round."""

from __future__ import annotations

import datetime as dt

IST = dt.timezone(dt.timedelta(minutes=330), "IST")
DAY_MS = 86_400_000


def local_now() -> dt.datetime:
    return dt.datetime.now(IST)


def local_day(time_ms: int | None = None) -> dt.date:
    """The local day of a moment (Unix milliseconds), or today."""
    return local_now().date() if time_ms is None else dt.datetime.fromtimestamp(time_ms / 1000, IST).date()


def start_of_day_ms(day: dt.date) -> int:
    """Unix milliseconds of local midnight at which `day` begins."""
    return int(dt.datetime.combine(day, dt.time(), IST).timestamp() * 1000)


def end_of_day_ms(day: dt.date) -> int:
    """Unix milliseconds at which `day` ends; the first moment of the next."""
    return start_of_day_ms(day) + DAY_MS
