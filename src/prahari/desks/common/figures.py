"""The one shape of a chart's numbers, whatever desk they are of: rows of what is counted, each split alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from prahari.contracts.clock import IST
from prahari.contracts.events import now_ms

HOUR_MS = 3_600_000
HOURS = 24
_AHEAD_MS = int(IST.utcoffset(None).total_seconds()) * 1000


def hours(now: int) -> list[int]:
    """The beginnings (Unix milliseconds) of the last 24 hours of the city's clock, that which runs included."""
    last = now - (now + _AHEAD_MS) % HOUR_MS
    return [last - back * HOUR_MS for back in range(HOURS - 1, -1, -1)]


def row(
    key: str, values: Sequence[int], *, name: dict[str, str] | None = None, at_ms: int | None = None, late: int = 0
) -> dict[str, Any]:
    """ChartRow. values: one for each of the series; empty: nothing is known. late: of these, past their time."""
    return {"key": key, "name": name, "at_ms": at_ms, "values": list(values), "late": late}


def figures(
    series: Sequence[str], rows: Sequence[dict[str, Any]], total: int, *, of: int | None = None, late: int = 0,
    waiting: int = 0, longest: dict[str, Any] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """ChartFigures, without the chart's name."""
    return {
        "as_of_ms": now_ms(), "series": list(series), "rows": list(rows), "total": total, "of": of, "late": late,
        "waiting": waiting, "longest": longest,
    }  # fmt: skip
