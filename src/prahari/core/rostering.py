"""Rosters as pure values: laying out a pattern for people over days, and what speaks against a roster.

A pattern is a cycle of days, each with a turn of duty or free: mornings, evenings, nights, days off. Each person walks
through the same cycle, begun at a day of it of their own.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

HOUR_MS = 3_600_000
DAY_MS = 86_400_000


@dataclass(frozen=True)
class Turn:
    """A stretch of duty that begins at a time of the day (minutes after local midnight)."""

    start_minute: int
    minutes: int


@dataclass(frozen=True)
class Stint:
    """Somebody at a post from a moment to another."""

    id: str
    person: str
    post: str
    from_ms: int
    to_ms: int


@dataclass(frozen=True)
class Limits:
    """What a city decrees about rest; None: nothing."""

    rest_hours: int | None
    longest_hours: int | None
    week_hours: int | None


@dataclass(frozen=True)
class Clash:
    """What speaks against a roster, and the stints that it is about.

    double: one person at two posts at once. crowded: two people at one post at once. rest: too little of it before the
    second. long: longer than one may be on duty. week: more hours than a week may have.
    """

    kind: str
    stints: tuple[str, ...]
    person: str = ""
    post: str = ""
    hours: float = 0.0

    @property
    def forbids(self) -> bool:
        """Nobody can be at two places; everything else is for people to decide, with a reason."""
        return self.kind == "double"


def offsets(people: int, days: int) -> list[int]:
    """At which day of a cycle each of several people begins, so that they are spread over it evenly."""
    return [at * days // people for at in range(people)]


def lay_out(
    cycle: Sequence[int | None], turns: Sequence[Turn], begins: Sequence[int], first: dt.date, days: int,
    zone: dt.tzinfo,
) -> list[tuple[int, int, int, int]]:  # fmt: skip
    """(which of `begins`, which turn, from_ms, to_ms) of each turn in `days` days, in order of time."""
    found = []
    for day in range(days):
        midnight = dt.datetime.combine(first + dt.timedelta(days=day), dt.time(), zone)
        for who, begin in enumerate(begins):
            which = cycle[(begin + day) % len(cycle)]
            if which is not None:
                turn = turns[which]
                start = midnight + dt.timedelta(minutes=turn.start_minute)
                from_ms = int(start.timestamp() * 1000)
                found.append((who, which, from_ms, from_ms + turn.minutes * 60_000))
    return sorted(found, key=lambda one: (one[2], one[0]))


def clashes(stints: Iterable[Stint], limits: Limits) -> list[Clash]:
    """Everything that speaks against it, by the stints in order of time."""
    ordered = sorted(stints, key=lambda one: (one.from_ms, one.to_ms, one.id))
    of_person: dict[str, list[Stint]] = defaultdict(list)
    of_post: dict[str, list[Stint]] = defaultdict(list)
    for one in ordered:
        of_person[one.person].append(one)
        of_post[one.post].append(one)
    found = [
        Clash("double", (one.id, other.id), person) for person, own in of_person.items()
        for one, other in _overlapping(own)
    ]  # fmt: skip
    found += [
        Clash("crowded", (one.id, other.id), post=post) for post, own in of_post.items()
        for one, other in _overlapping(own) if one.person != other.person
    ]  # fmt: skip
    for person, own in of_person.items():
        found += _too_little_rest(person, own, limits.rest_hours)
        found += _too_long(person, own, limits.longest_hours)
        found += _too_many_hours(person, own, limits.week_hours)
    return found


def _overlapping(ordered: Sequence[Stint]) -> Iterable[tuple[Stint, Stint]]:
    """Each pair once; `ordered` by their beginnings."""
    running: list[Stint] = []
    for one in ordered:
        running = [earlier for earlier in running if earlier.to_ms > one.from_ms]
        for earlier in running:
            yield earlier, one
        running.append(one)


def _too_little_rest(person: str, own: Sequence[Stint], hours: int | None) -> list[Clash]:
    """Turns that follow at once, at whatever post, are one long one."""
    if hours is None:
        return []
    return [
        Clash("rest", (one.id, other.id), person, hours=round((other.from_ms - one.to_ms) / HOUR_MS, 1))
        for one, other in pairwise(own)
        if 0 < other.from_ms - one.to_ms < hours * HOUR_MS
    ]


def _too_long(person: str, own: Sequence[Stint], hours: int | None) -> list[Clash]:
    if hours is None:
        return []
    found = []
    together: list[Stint] = []
    for one in [*own, None]:
        if together and (one is None or one.from_ms > max(each.to_ms for each in together)):
            length_ms = max(each.to_ms for each in together) - together[0].from_ms
            if length_ms > hours * HOUR_MS:
                ids = tuple(each.id for each in together)
                found.append(Clash("long", ids, person, hours=round(length_ms / HOUR_MS, 1)))
            together = []
        if one is not None:
            together.append(one)
    return found


def _too_many_hours(person: str, own: Sequence[Stint], hours: int | None) -> list[Clash]:
    """In the seven days from the beginning of any stint on; a stint counts by its beginning. One clash for each run of
    days that is too full, at its fullest."""
    if hours is None:
        return []
    found: list[Clash] = []
    covered_ms = None
    for at, one in enumerate(own):
        week = [other for other in own[at:] if other.from_ms < one.from_ms + 7 * DAY_MS]
        length_ms = sum(other.to_ms - other.from_ms for other in week)
        if length_ms > hours * HOUR_MS and (covered_ms is None or one.from_ms >= covered_ms):
            covered_ms = one.from_ms + 7 * DAY_MS
            ids = tuple(other.id for other in week)
            found.append(Clash("week", ids, person, hours=round(length_ms / HOUR_MS, 1)))
    return found
