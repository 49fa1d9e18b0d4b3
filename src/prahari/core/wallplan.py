"""What of all that was put on a screen of the wall is to be seen: a grid of tiles, things that cover some of them each,
the more important over the less, the later over the earlier.

Nothing replaces anything: what lies beneath comes back when what lies over it is taken away or has run out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

SIDE_MOST = 8


@dataclass(frozen=True)
class Rect:
    """Tiles, counted from 0 at the left and the top."""

    x: int
    y: int
    w: int = 1
    h: int = 1

    @property
    def cells(self) -> frozenset[tuple[int, int]]:
        return frozenset((x, y) for x in range(self.x, self.x + self.w) for y in range(self.y, self.y + self.h))

    def fits(self, columns: int, rows: int) -> bool:
        whole = self.x >= 0 and self.y >= 0 and self.w >= 1 and self.h >= 1
        return whole and self.x + self.w <= columns and self.y + self.h <= rows


@dataclass(frozen=True)
class Placed:
    """until_ms: None until it is taken away."""

    id: str
    rect: Rect
    priority: int
    put_ms: int
    until_ms: int | None = None


def standing(placed: Iterable[Placed], now_ms: int) -> list[Placed]:
    """Those that have not run out, in the order in which they are painted: the last lies on top."""
    left = [one for one in placed if one.until_ms is None or one.until_ms > now_ms]
    return sorted(left, key=lambda one: (one.priority, one.put_ms, one.id))


def seen(painted: Sequence[Placed]) -> list[Placed]:
    """Of those in painting order, the ones of which a tile is to be seen."""
    covered: set[tuple[int, int]] = set()
    found = []
    for one in reversed(painted):
        if not one.rect.cells <= covered:
            found.append(one)
        covered |= one.rect.cells
    return found[::-1]


def beneath(painted: Sequence[Placed], rect: Rect) -> list[Placed]:
    """Those of which something is to be seen now and `rect` would hide a tile, from the top down."""
    return [one for one in reversed(seen(painted)) if one.rect.cells & rect.cells]


def place(columns: int, rows: int, w: int, h: int, painted: Sequence[Placed], reserved: Rect | None = None) -> Rect:
    """Where something of w x h tiles is put when nobody says where: on free tiles if enough lie side by side, else
    over what is least important and has been there longest. The reserved tiles are left alone if that is possible."""
    w, h = min(w, columns), min(h, rows)
    everywhere = [Rect(x, y, w, h) for y in range(rows - h + 1) for x in range(columns - w + 1)]
    kept = reserved.cells if reserved else frozenset()
    apart = [one for one in everywhere if not one.cells & kept] or everywhere
    on_top: dict[tuple[int, int], tuple[int, int]] = {}
    for one in painted:
        on_top.update(dict.fromkeys(one.rect.cells, (one.priority, one.put_ms)))
    free = (-1, -1)

    def disturbs(rect: Rect) -> tuple[int, int]:
        return max(on_top.get(cell, free) for cell in rect.cells)

    return min(apart, key=lambda rect: (disturbs(rect), rect.y, rect.x))
