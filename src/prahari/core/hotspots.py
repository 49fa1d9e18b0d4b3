"""Where and when something happens again and again: incidents counted over the cells of a grid and the hours of the
week, and which of them are worth a patrol. Counts only; degrees are WGS 84, hours of the city's own time.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

METRES_A_DEGREE = 111_195.0
HOURS_OF_WEEK = 168
WINDOW_HOURS = 2

Cell = tuple[int, int]
"""(row from the equator, column from the prime meridian)."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Squares of `side_m` metres at the latitude of the city; a little more or less of them north and south of it."""

    side_m: float
    latitude: float

    @property
    def step_deg(self) -> tuple[float, float]:
        """(of latitude, of longitude)"""
        lat = self.side_m / METRES_A_DEGREE
        return lat, lat / max(0.01, math.cos(math.radians(self.latitude)))

    def cell(self, lat: float, lon: float) -> Cell:
        lat_deg, lon_deg = self.step_deg
        return math.floor(lat / lat_deg), math.floor(lon / lon_deg)

    def box(self, cell: Cell) -> tuple[float, float, float, float]:
        """(west, south, east, north)"""
        lat_deg, lon_deg = self.step_deg
        row, column = cell
        return column * lon_deg, row * lat_deg, (column + 1) * lon_deg, (row + 1) * lat_deg

    def middle(self, cell: Cell) -> tuple[float, float]:
        """(latitude, longitude)"""
        west, south, east, north = self.box(cell)
        return (south + north) / 2, (west + east) / 2


@dataclass(frozen=True, slots=True)
class Happened:
    """One incident. hour: of the local week, 0 is Monday from midnight. age_days: how long ago."""

    lat: float
    lon: float
    hour: int
    age_days: float


@dataclass(slots=True)
class Spot:
    """A cell. weight: its count, older ones counting less. hours: by hour of the week."""

    cell: Cell
    count: int = 0
    weight: float = 0.0
    hours: Counter[int] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Patrol:
    """Be in this cell from `hour` (of the day) for WINDOW_HOURS. days: of the week (0 is Monday), those on which it
    happened then, the most frequent first. count: of the cell's `of`, so many were in this window. dark: no working
    camera is near."""

    cell: Cell
    hour: int
    days: tuple[int, ...]
    count: int
    of: int
    dark: bool
    score: float


def spots(happened: Iterable[Happened], grid: Grid, half_life_days: float) -> list[Spot]:
    """Cells in which something happened, the weightiest first. What is `half_life_days` old weighs half."""
    found: dict[Cell, Spot] = {}
    for one in happened:
        cell = grid.cell(one.lat, one.lon)
        spot = found.setdefault(cell, Spot(cell))
        spot.count += 1
        spot.weight += 0.5 ** (max(0.0, one.age_days) / half_life_days)
        spot.hours[one.hour] += 1
    return sorted(found.values(), key=lambda spot: (-spot.weight, spot.cell))


def by_hour(happened: Iterable[Happened]) -> list[int]:
    """Counts of the 168 hours of the week."""
    counted = Counter(one.hour for one in happened)
    return [counted[hour] for hour in range(HOURS_OF_WEEK)]


def patrols(found: Sequence[Spot], dark: Collection[Cell], least: int, most: int, dark_worth: float) -> list[Patrol]:
    """The best window of each cell that has at least `least` incidents in it, the most worthwhile first. dark_worth: by
    how much a cell without a working camera counts more."""
    offered = []
    for spot in found:
        hour, count, days = _best_window(spot)
        if count >= least:
            is_dark = spot.cell in dark
            score = spot.weight * count / spot.count * (dark_worth if is_dark else 1.0)
            offered.append(Patrol(spot.cell, hour, days, count, spot.count, is_dark, score))
    offered.sort(key=lambda one: (-one.score, one.cell))
    return offered[:most]


def _best_window(spot: Spot) -> tuple[int, int, tuple[int, ...]]:
    """(hour of the day, count, days) of the two hours in which most happens; the earliest of equals."""
    by_day: dict[int, Counter[int]] = defaultdict(Counter)
    for hour, count in spot.hours.items():
        day, of_day = divmod(hour, 24)
        for before in range(WINDOW_HOURS):  # a window over midnight is of the day on which it begins
            start = of_day - before
            by_day[start % 24][day if start >= 0 else (day - 1) % 7] += count
    hour = max(range(24), key=lambda one: (by_day[one].total(), -one))
    days = by_day[hour]
    return hour, days.total(), tuple(sorted(days, key=lambda day: (-days[day], day)))


def suppressed(counts: Sequence[int], least: int) -> list[int | None]:
    """Counts for those who may not see the incidents themselves: a small number would tell of one of them. 0 stays."""
    return [None if 0 < count < least else count for count in counts]
