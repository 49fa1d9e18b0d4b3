"""A pan-tilt-zoom head: where it is at any moment, worked out from its last order."""

from __future__ import annotations

from dataclasses import dataclass

Place = tuple[float, float, float]
"""Pan and tilt from -1 to 1, zoom from 0 to 1: ONVIF's generic spaces."""

LOWEST: Place = (-1.0, -1.0, 0.0)
HIGHEST: Place = (1.0, 1.0, 1.0)
FULL_SPEED_PER_S = 0.5
"""How far it goes within a second at velocity 1."""


def clamped(place: Place) -> Place:
    pan, tilt, zoom = (min(max(v, low), high) for v, low, high in zip(place, LOWEST, HIGHEST, strict=True))
    return pan, tilt, zoom


@dataclass
class Head:
    """All times are seconds of a monotonic clock, given by the caller."""

    _from: Place = (0.0, 0.0, 0.0)
    _velocity: Place = (0.0, 0.0, 0.0)
    _began_s: float = 0.0
    _until_s: float = 0.0

    def at(self, now_s: float) -> Place:
        elapsed_s = max(0.0, min(now_s, self._until_s) - self._began_s)
        pan, tilt, zoom = (start + speed * elapsed_s for start, speed in zip(self._from, self._velocity, strict=True))
        return clamped((pan, tilt, zoom))

    def is_moving(self, now_s: float) -> bool:
        if now_s >= self._until_s or not any(self._velocity):
            return False
        return self.at(now_s) != self.at(self._until_s)

    def move(self, velocity: Place, for_s: float, now_s: float) -> None:
        """Keep moving, each axis at -1 to 1 of full speed, for this long at most."""
        pan, tilt, zoom = (max(-1.0, min(1.0, axis)) * FULL_SPEED_PER_S for axis in velocity)
        self._go((pan, tilt, zoom), for_s, now_s)

    def go_to(self, target: Place, now_s: float) -> None:
        """To a place, all axes arriving together."""
        here, there = self.at(now_s), clamped(target)
        takes_s = max(abs(end - start) for start, end in zip(here, there, strict=True)) / FULL_SPEED_PER_S
        if takes_s == 0:
            self.stop(now_s)
            return
        pan, tilt, zoom = ((end - start) / takes_s for start, end in zip(here, there, strict=True))
        self._go((pan, tilt, zoom), takes_s, now_s)

    def stop(self, now_s: float) -> None:
        self._go((0.0, 0.0, 0.0), 0.0, now_s)

    def _go(self, velocity: Place, for_s: float, now_s: float) -> None:
        self._from, self._velocity, self._began_s = self.at(now_s), velocity, now_s
        self._until_s = now_s + for_s
