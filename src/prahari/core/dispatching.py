"""Which unit is there first: the way along roads from the distance as the crow flies, the speed by kind and hour, and
how far the last known position is to be trusted. Degrees are WGS 84, times Unix milliseconds.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

EARTH_M = 6_371_008.8
SLOWEST_KMH = 1.0


@dataclass(frozen=True, slots=True)
class Fix:
    """Where a unit was last, and when."""

    lat: float
    lon: float
    at_ms: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit that could be sent. fix: None when nobody knows where it is."""

    id: str
    kind: str
    skills: frozenset[str]
    fix: Fix | None


@dataclass(frozen=True, slots=True)
class Speed:
    """km/h along roads when they are free, and in the thickest traffic."""

    free_kmh: float
    busy_kmh: float


@dataclass(frozen=True, slots=True)
class Roads:
    """What the city knows of its roads. detour: length of a way by the straight line's. speeds: by kind of unit.
    busy_pct: how thick traffic is in each hour of the day, 0 (free) to 100."""

    detour: float
    speeds: dict[str, Speed]
    busy_pct: Sequence[int]

    def speed_kmh(self, kind: str, hour: int) -> float:
        """0: units of this kind have no speed and never arrive."""
        speed = self.speeds.get(kind)
        if speed is None:
            return 0.0
        busy = self.busy_pct[hour % 24] / 100
        return max(SLOWEST_KMH, speed.free_kmh + (speed.busy_kmh - speed.free_kmh) * busy)


@dataclass(frozen=True, slots=True)
class Wish:
    """What is looked for. kinds: any of these. skill: one with it may come `skill_worth_s` later and is put before."""

    kinds: frozenset[str]
    skill: str = ""
    skill_worth_s: int = 0


@dataclass(frozen=True, slots=True)
class Suggested:
    """certain: the position is fresh. eta_s: None when it cannot be told. skilled: has the skill that is wished for."""

    id: str
    distance_m: float | None
    eta_s: int | None
    age_s: int | None
    certain: bool
    skilled: bool


def great_circle_m(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    """Metres on the ground between two places (haversine: exact also for places next to each other)."""
    half_lat = math.radians(lat_b - lat_a) / 2
    half_lon = math.radians(lon_b - lon_a) / 2
    chord = math.sin(half_lat) ** 2 + math.cos(math.radians(lat_a)) * math.cos(math.radians(lat_b)) * (
        math.sin(half_lon) ** 2
    )
    return 2 * EARTH_M * math.asin(math.sqrt(min(1.0, chord)))


def suggest(
    candidates: Iterable[Candidate],
    place: tuple[float, float] | None,
    wish: Wish,
    roads: Roads,
    *,
    hour: int,
    now_ms: int,
    fresh_s: int,
) -> list[Suggested]:
    """Candidates of the wished kinds, whoever is there first before the others; those whose position is old or not
    known after all of them. place: (latitude, longitude) where help is needed. hour: of the local day."""
    found = [_judged(one, place, wish, roads, hour, now_ms, fresh_s) for one in candidates if one.kind in wish.kinds]
    return sorted(found, key=lambda one: _order(one, wish))


def _judged(
    one: Candidate, place: tuple[float, float] | None, wish: Wish, roads: Roads, hour: int, now_ms: int, fresh_s: int
) -> Suggested:
    skilled = not wish.skill or wish.skill in one.skills
    if one.fix is None:
        return Suggested(one.id, None, None, None, certain=False, skilled=skilled)
    age_s = max(0, now_ms - one.fix.at_ms) // 1000
    if place is None:
        return Suggested(one.id, None, None, age_s, certain=age_s <= fresh_s, skilled=skilled)
    straight_m = great_circle_m(one.fix.lat, one.fix.lon, *place)
    kmh = roads.speed_kmh(one.kind, hour)
    eta_s = math.ceil(straight_m * roads.detour / (kmh / 3.6)) if kmh else None
    return Suggested(one.id, straight_m, eta_s, age_s, certain=age_s <= fresh_s and eta_s is not None, skilled=skilled)


def _order(one: Suggested, wish: Wish) -> tuple[bool, bool, float, str]:
    late_s = 0 if one.skilled else wish.skill_worth_s
    return (not one.certain, one.eta_s is None, (one.eta_s or 0) + late_s, one.id)
