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


class SimPatrol:
    """Goes to and fro along one street; `step` moves it on."""

    def __init__(self, unit: str, street: Sequence[Place], *, speed_kmh: float = 28.0, seed: int = 0) -> None:
        self.unit = unit
        self._street = list(street)
        self._speed_kmh = speed_kmh
        self._chance = random.Random(f"{unit} {seed}")  # noqa: S311 - a simulation
        self._done_m = self._chance.random() * _length_m(self._street)
        self._battery_pct = 100.0

    def step(self, seconds: float) -> dict[str, str]:
        """Where it is after so many seconds more: the fields of one message."""
        self._done_m += self._speed_kmh / 3.6 * seconds
        self._battery_pct = max(5.0, self._battery_pct - seconds / 600)
        lon, lat, heading = _along(self._street, self._done_m)
        return {
            "id": self.unit, "lat": f"{lat:.6f}", "lon": f"{lon:.6f}", "timestamp": str(now_ms() // 1000),
            "speed": f"{self._speed_kmh / 1.852:.1f}", "bearing": f"{heading:.0f}",
            "accuracy": f"{self._chance.uniform(3, 12):.0f}", "batt": f"{self._battery_pct:.0f}",
        }  # fmt: skip

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
    for (lon_a, lat_a), (lon_b, lat_b), metres in _pieces(path):
        if left_m <= metres and metres > 0:
            share = left_m / metres
            east = (lon_b - lon_a) * math.cos(math.radians(lat_a))
            heading = math.degrees(math.atan2(east, lat_b - lat_a)) % 360
            return lon_a + (lon_b - lon_a) * share, lat_a + (lat_b - lat_a) * share, heading
        left_m -= metres
    return (*path[-1], 0.0)


def _metres(one: Place, two: Place) -> float:
    east = (one[0] - two[0]) * math.cos(math.radians(one[1]))
    return 111_320.0 * math.hypot(east, one[1] - two[1])
