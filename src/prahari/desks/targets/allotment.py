"""How a whole is shared out: which parts overlap, which are added up, and when they come to more than the whole.

Pure rules over the standing targets of one plan. A camera has one owner class, one department, one police station and
one ward; a part names some of these. Two parts are apart when they name different values of the same thing; otherwise a
camera may lie in both, and adding them would count it twice. So:

- a part inside another one (hotels of one zone, in hotels) is "of which": shown under it, never added to it;
- parts are added up one by one, owner classes first, then departments, areas, wards, then narrower ones, and only when
  apart from all that were added before. The others are further views of the same cameras and are shown as such.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID

from prahari.core.scope import is_within

WHAT = ("owner_class", "department", "area", "ward")


@dataclass(frozen=True)
class Part:
    """A share of the whole. What is None is not narrowed. share: cameras, in the whole's own terms."""

    id: UUID
    share: int
    owner_class: str | None = None
    department: str | None = None
    area: str | None = None
    ward: str | None = None

    @property
    def axis(self) -> tuple[str, ...]:
        """What it names."""
        return tuple(name for name in WHAT if getattr(self, name) is not None)


@dataclass(frozen=True)
class Overrun:
    """Parts that come to more than what they are parts of. within: None for the whole."""

    within: UUID | None
    come_to: int
    limit: int


def contains(outer: Part, inner: Part) -> bool:
    """Whether every camera of `inner` is one of `outer`."""
    for name in outer.axis:
        mine, other = getattr(outer, name), getattr(inner, name)
        if other is None or not (is_within(other, mine) if name == "area" else other == mine):
            return False
    return True


def apart(one: Part, other: Part) -> bool:
    """Whether no camera can be of both."""
    for name in WHAT:
        mine, its = getattr(one, name), getattr(other, name)
        if mine is None or its is None:
            continue
        if name == "area":
            if not is_within(mine, its) and not is_within(its, mine):
                return True
        elif mine != its:
            return True
    return False


def _order(part: Part) -> tuple[int, list[int], int, str]:
    """Wide before narrow, owner classes before departments before areas, a zone before its stations."""
    return len(part.axis), [WHAT.index(name) for name in part.axis], (part.area or "").count("."), str(part.id)


def added(parts: Iterable[Part]) -> list[Part]:
    """Those that are added up."""
    found: list[Part] = []
    for part in sorted(parts, key=_order):
        if all(apart(part, other) for other in found):
            found.append(part)
    return found


def parent(part: Part, parts: Iterable[Part]) -> Part | None:
    """The narrowest other part that holds all of it."""
    holders = [other for other in parts if other.id != part.id and contains(other, part) and other.axis != ()]
    return max(holders, key=_order, default=None)


def overrun(whole: int, parts: Sequence[Part]) -> Overrun | None:
    """The first place where parts come to more than what holds them; None when all fit."""
    come_to = sum(part.share for part in added(parts))
    if come_to > whole:
        return Overrun(None, come_to, whole)
    for holder in (None, *parts):
        inside = [part for part in parts if holder is None or (part.id != holder.id and contains(holder, part))]
        limit = whole if holder is None else holder.share
        by_axis: dict[tuple[str, ...], list[Part]] = defaultdict(list)
        for part in inside:
            by_axis[part.axis].append(part)
        for siblings in by_axis.values():
            come_to = sum(part.share for part in added(siblings))
            if come_to > limit:
                return Overrun(holder.id if holder else None, come_to, limit)
    return None


def identical(parts: Iterable[Part]) -> Part | None:
    """A part that names the same as another one."""
    ordered = sorted(parts, key=lambda part: tuple(getattr(part, name) or "" for name in WHAT))
    for one, other in pairwise(ordered):
        if all(getattr(one, name) == getattr(other, name) for name in WHAT):
            return other
    return None
