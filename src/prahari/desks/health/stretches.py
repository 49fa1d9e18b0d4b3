"""Stretches of time of one camera: pure arithmetic on Unix milliseconds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Span = tuple[int, int]
"""From, to (not included)."""

UP, DOWN, CLOSED = "up", "down", "closed"
_MEANING = {"live": UP, "offline": DOWN, "stalled": DOWN, "no_consent": CLOSED}


@dataclass(frozen=True, slots=True)
class Tally:
    """Milliseconds of each, and how many outages began. What nothing is known of is in none of them."""

    up_ms: int = 0
    down_ms: int = 0
    closed_ms: int = 0
    maintenance_ms: int = 0
    outages: int = 0
    last_status: str = ""

    @property
    def due_ms(self) -> int:
        """In which pictures were promised and something is known."""
        return self.up_ms + self.down_ms


def tally(before: str, changes: Iterable[tuple[int, str]], span: Span, maintenance: Sequence[Span] = ()) -> Tally:
    """A camera's time within `span`. `before`: its status when the span begins, "" when nothing was known.
    `changes`: (moment, status) in order; those outside are cut off. Maintenance covers up and down alike."""
    from_ms, to_ms = span
    windows = merged([(max(a, from_ms), min(b, to_ms)) for a, b in maintenance])
    sums = {UP: 0, DOWN: 0, CLOSED: 0}
    out_ms = outages = 0
    status, at_ms = before, from_ms
    was_down = _MEANING.get(before) == DOWN
    for moment_ms, after in [*changes, (to_ms, "")]:
        moment_ms = min(max(moment_ms, from_ms), to_ms)
        meaning = _MEANING.get(status)
        if meaning is not None and moment_ms > at_ms:
            covered_ms = 0 if meaning == CLOSED else overlap((at_ms, moment_ms), windows)
            sums[meaning] += moment_ms - at_ms - covered_ms
            out_ms += covered_ms
            if meaning == DOWN and not was_down and covered_ms < moment_ms - at_ms:
                outages += 1
            was_down = meaning == DOWN
        at_ms = max(at_ms, moment_ms)
        if moment_ms < to_ms:
            status = after
    return Tally(sums[UP], sums[DOWN], sums[CLOSED], out_ms, outages, status)


def merged(spans: Iterable[Span]) -> list[Span]:
    """In order, none touching another, empty ones left out."""
    found: list[Span] = []
    for start, end in sorted(one for one in spans if one[1] > one[0]):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def overlap(span: Span, windows: Sequence[Span]) -> int:
    """Milliseconds of `span` within `windows`, which are merged."""
    return sum(max(0, min(span[1], end) - max(span[0], start)) for start, end in windows)
