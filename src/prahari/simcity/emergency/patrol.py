"""Patrolling units: telephones that send where they are along the streets, in OsmAnd's form as trackers do."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from itertools import pairwise

import aiohttp

from prahari.contracts.events import now_ms

Place = tuple[float, float]
"""(longitude, latitude)"""


DRIVE_KMH = 45.0
"""Towards an incident, and back."""


class SimPatrol:
    """Goes to and fro along one street, unless it is called away; `step` moves it on."""

    def __init__(self, unit: str, street: Sequence[Place], *, speed_kmh: float = 28.0, seed: int = 0) -> None:
        self.unit = unit
        self._street = list(street)
        self._speed_kmh = speed_kmh
        self._chance = random.Random(f"{unit} {seed}")  # noqa: S311 - a simulation
        self._done_m = self._chance.random() * _length_m(self._street)
        self._battery_pct = 100.0
        self._goal: Place | None = None
        self._at: Place | None = None  # None: on its street

    def go_to(self, place: Place | None) -> None:
        """Leave the street for a place, in a straight line; None: back to the street."""
        if place is not None and self._at is None:
            self._at = self._on_street()[:2]
        self._goal = place

    @property
    def is_there(self) -> bool:
        """At the place that it was called to."""
        return self._goal is not None and self._at == self._goal

    def step(self, seconds: float) -> dict[str, str]:
        """Where it is after so many seconds more: the fields of one message."""
        self._battery_pct = max(5.0, self._battery_pct - seconds / 600)
        lon, lat, heading, speed_kmh = self._patrol(seconds) if self._at is None else self._drive(self._at, seconds)
        return {
            "id": self.unit, "lat": f"{lat:.6f}", "lon": f"{lon:.6f}", "timestamp": str(now_ms() // 1000),
            "speed": f"{speed_kmh / 1.852:.1f}", "bearing": f"{heading:.0f}",
            "accuracy": f"{self._chance.uniform(3, 12):.0f}", "batt": f"{self._battery_pct:.0f}",
        }  # fmt: skip

    def _patrol(self, seconds: float) -> tuple[float, float, float, float]:
        self._done_m += self._speed_kmh / 3.6 * seconds
        return (*self._on_street(), self._speed_kmh)

    def _drive(self, start: Place, seconds: float) -> tuple[float, float, float, float]:
        end = self._goal or self._on_street()[:2]
        left_m, done_m = _metres(start, end), DRIVE_KMH / 3.6 * seconds
        if left_m > done_m:
            share = done_m / left_m
            at = (start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share)
            self._at = at
            return (*at, _heading(start, end), DRIVE_KMH)
        self._at = self._goal
        return (*end, _heading(start, end), 0.0)

    def _on_street(self) -> tuple[float, float, float]:
        return _along(self._street, self._done_m)

    async def report(self, http: aiohttp.ClientSession, url: str, key: str, seconds: float) -> int:
        """Move on and say so. The status of the answer."""
        async with http.post(f"{url}/", params={"key": key, **self.step(seconds)}, ssl=False) as answer:
            return answer.status


def _pieces(street: Sequence[Place]) -> list[tuple[Place, Place, float]]:
    return [(one, two, _metres(one, two)) for one, two in pairwise(street)]


def _length_m(street: Sequence[Place]) -> float:
    return sum(metres for _, _, metres in _pieces(street))


def _along(street: Sequence[Place], done_m: float) -> tuple[float, float, float]:
    """(longitude, latitude, heading) after so many metres to and fro."""
    length_m = _length_m(street)
    rounds, left_m = divmod(done_m, length_m)
    path = list(street) if int(rounds) % 2 == 0 else list(reversed(street))
    for one, two, metres in _pieces(path):
        if left_m <= metres and metres > 0:
            share = left_m / metres
            return one[0] + (two[0] - one[0]) * share, one[1] + (two[1] - one[1]) * share, _heading(one, two)
        left_m -= metres
    return (*path[-1], 0.0)


def _heading(one: Place, two: Place) -> float:
    east = (two[0] - one[0]) * math.cos(math.radians(one[1]))
    return math.degrees(math.atan2(east, two[1] - one[1])) % 360


def _metres(one: Place, two: Place) -> float:
    east = (one[0] - two[0]) * math.cos(math.radians(one[1]))
    return 111_320.0 * math.hypot(east, one[1] - two[1])
