"""Arithmetic of stretches of time: half-open, in whole milliseconds.

A *set* of stretches here is a list in order, none empty, none touching the next: what `union` gives.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Stretch = tuple[int, int]
"""[from, to)."""


def union(stretches: Iterable[Stretch], join_ms: int = 0) -> list[Stretch]:
    """The set of what any of them holds. join_ms: gaps of up to so much are closed."""
    found: list[Stretch] = []
    for start, end in sorted(stretches):
        if end <= start:
            continue
        if found and start <= found[-1][1] + join_ms:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def intersection(one: Sequence[Stretch], other: Sequence[Stretch]) -> list[Stretch]:
    """What both sets hold."""
    found: list[Stretch] = []
    at = 0
    for start, end in one:
        while at < len(other) and other[at][1] <= start:
            at += 1
        following = at
        while following < len(other) and other[following][0] < end:
            found.append((max(start, other[following][0]), min(end, other[following][1])))
            following += 1
    return found


def difference(one: Sequence[Stretch], other: Sequence[Stretch]) -> list[Stretch]:
    """What the first set holds and the second does not."""
    found: list[Stretch] = []
    for start, end in one:
        for left, right in intersection([(start, end)], other):
            if start < left:
                found.append((start, left))
            start = right
        if start < end:
            found.append((start, end))
    return found


def within(stretches: Sequence[Stretch], start: int, end: int) -> list[Stretch]:
    """The part of a set that lies in [start, end)."""
    return intersection(stretches, [(start, end)]) if start < end else []


def total(stretches: Iterable[Stretch]) -> int:
    return sum(end - start for start, end in stretches)
