"""Who moves where and when. Everything repeats after the scene's cycle, so that a loop has no seam."""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

_LENGTH_M = {
    "hatch": 3.7,
    "sedan": 4.4,
    "suv": 4.4,
    "auto": 2.7,
    "rickshaw": 2.7,
    "bus": 10.4,
    "truck": 8.0,
    "bike": 1.9,
    "person": 0.5,
}
STREET_MIX = (
    ("bike", 8),
    ("hatch", 4),
    ("auto", 4),
    ("rickshaw", 3),
    ("sedan", 3),
    ("suv", 2),
    ("bus", 1),
    ("truck", 1),
)
LANE_MIX = (("bike", 6), ("rickshaw", 4), ("auto", 1))
HIGHWAY_MIX = (("truck", 5), ("sedan", 4), ("suv", 4), ("hatch", 4), ("bus", 2), ("bike", 2))
BUS_MIX = (("bus", 4), ("auto", 2), ("rickshaw", 2))
CAR_MIX = (("hatch", 3), ("bike", 4), ("suv", 2), ("sedan", 2))


@dataclass(frozen=True)
class Mover:
    """One thing at one moment. `heading` in radians from +z towards +x; `kind` "person" for people."""

    kind: str
    x: float
    z: float
    heading: float
    seed: int
    phase: float = 0.0
    braking: bool = False
    walking: bool = True


@dataclass(frozen=True)
class Lane:
    """A line that things follow. `stop`: (metres along at which they wait, red from, red until), seconds.

    `count` is how many set out in 20 s.
    """

    points: tuple[tuple[float, float], ...]
    speed_m_s: float
    count: int
    mix: tuple[tuple[str, int], ...] = STREET_MIX
    wander_m: float = 0.5
    stop: tuple[float, float, float] | None = None

    @property
    def length_m(self) -> float:
        return sum(math.dist(a, b) for a, b in zip(self.points, self.points[1:], strict=False))

    def at(self, along: float, aside: float = 0.0) -> tuple[float, float, float]:
        """x, z and heading a distance along, moved sideways."""
        points = self.points
        left = along
        for a, b in itertools.pairwise(points):
            step = math.dist(a, b)
            if left <= step or b is points[-1]:
                dx, dz = (b[0] - a[0]) / step, (b[1] - a[1]) / step
                return a[0] + dx * left + dz * aside, a[1] + dz * left - dx * aside, math.atan2(dx, dz)
            left -= step
        raise ValueError("a lane needs two points")


@dataclass(frozen=True)
class Standing:
    """Something that stays: parked vehicles, people who wait."""

    kind: str
    x: float
    z: float
    heading: float
    seed: int


def curve(
    start: tuple[float, float], corner: tuple[float, float], end: tuple[float, float], steps: int = 8
) -> list[tuple[float, float]]:
    """A rounded turn."""
    out = []
    for k in range(steps + 1):
        t = k / steps
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t**2
        out.append((a * start[0] + b * corner[0] + c * end[0], a * start[1] + b * corner[1] + c * end[1]))
    return out


def film_traffic(
    lanes: Sequence[Lane], standing: Sequence[Standing], cycle_s: float, fps: int, seed: int
) -> list[list[Mover]]:
    """Movers of every picture of one cycle."""
    frames: list[list[Mover]] = [[] for _ in range(round(cycle_s * fps))]
    for index, planned in enumerate(lanes):
        lane = replace(planned, count=max(1, round(planned.count * cycle_s / 20)))
        chance = random.Random(seed * 1009 + index)  # noqa: S311 - a drawing
        if lane.stop is None:
            _free(lane, frames, cycle_s, fps, chance)
        else:
            _queued(lane, frames, cycle_s, fps, chance)
    for each in standing:
        for number, frame in enumerate(frames):
            sway = math.sin(2 * math.pi * number / len(frames) * 3 + each.seed)
            frame.append(Mover(each.kind, each.x, each.z, each.heading, each.seed, sway, walking=False))
    return frames


def _kinds(lane: Lane, chance: random.Random) -> list[str]:
    names = [name for name, _ in lane.mix]
    weights = [weight for _, weight in lane.mix]
    return chance.choices(names, weights, k=lane.count)


def _starts(count: int, cycle_s: float, chance: random.Random) -> list[float]:
    """Moments spread over the cycle, uneven but not on top of each other."""
    return [(k + chance.uniform(0.1, 0.75)) * cycle_s / count for k in range(count)]


def _free(lane: Lane, frames: list[list[Mover]], cycle_s: float, fps: int, chance: random.Random) -> None:
    walking = all(kind == "person" for kind, _ in lane.mix)
    duration = lane.length_m / lane.speed_m_s
    for kind, start in zip(_kinds(lane, chance), _starts(lane.count, cycle_s, chance), strict=True):
        aside = chance.uniform(-lane.wander_m, lane.wander_m) * (1.0 if kind in {"bike", "person"} else 0.4)
        seed = chance.randrange(10**6)
        speed = lane.speed_m_s
        for number, frame in enumerate(frames):
            elapsed = (number / fps - start) % cycle_s
            while elapsed < duration:
                x, z, heading = lane.at(elapsed * speed, aside)
                phase = elapsed * 7.5 if walking else 0.0
                frame.append(Mover(kind, x, z, heading, seed, phase))
                elapsed += cycle_s


def _queued(lane: Lane, frames: list[list[Mover]], cycle_s: float, fps: int, chance: random.Random) -> None:
    """Cars that follow each other and wait at red: stepped until the pattern of a cycle has settled."""
    assert lane.stop is not None
    stop_at, red_from, red_until = lane.stop
    kinds, starts = _kinds(lane, chance), _starts(lane.count, cycle_s, chance)
    seeds = [chance.randrange(10**6) for _ in kinds]
    asides = [chance.uniform(-lane.wander_m, lane.wander_m) * (1.0 if kind == "bike" else 0.3) for kind in kinds]
    length = lane.length_m
    step_s = 1 / fps
    road: list[list[float]] = []  # position, speed, which
    for cycle in range(4):
        for number in range(len(frames)):
            now = number * step_s
            for which, start in enumerate(starts):
                if start <= now < start + step_s and (not road or road[-1][0] > _LENGTH_M[kinds[int(road[-1][2])]]):
                    road.append([0.0, lane.speed_m_s * 0.7, float(which)])
            red = red_from <= now < red_until
            ahead_at, ahead_speed = 1e9, lane.speed_m_s
            for car in road:
                kind = kinds[int(car[2])]
                half = _LENGTH_M[kind] / 2
                gap, closing = ahead_at - car[0] - half - 1.2, car[1] - ahead_speed
                if red and car[0] + half <= stop_at + 0.5 and stop_at - car[0] - half < gap:
                    gap, closing = stop_at - car[0] - half, car[1]
                wanted = 1.0 + max(0.0, car[1] * 1.0 + car[1] * closing / 5.0)
                push = 2.0 * (1 - (car[1] / lane.speed_m_s) ** 4 - (wanted / max(gap, 0.3)) ** 2)
                braking = push < -0.6 or car[1] < 0.3
                car[1] = max(0.0, car[1] + max(push, -6.0) * step_s)
                car[0] += car[1] * step_s
                ahead_at, ahead_speed = car[0] - half, car[1]
                if cycle == 3:
                    which = int(car[2])
                    x, z, heading = lane.at(min(car[0], length), asides[which])
                    frames[number].append(Mover(kind, x, z, heading, seeds[which], 0.0, braking))
            road = [car for car in road if car[0] < length]
