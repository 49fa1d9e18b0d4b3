"""A pinhole camera over a street: metres to pixels, and pixels back to the ground.

World: x to the right, y up, z away from the camera, metres; the camera stands at x = z = 0. Pictures are drawn at
SCALE times their size and reduced, which smooths all edges.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

WIDTH, HEIGHT, SCALE = 640, 360, 2
CANVAS = (WIDTH * SCALE, HEIGHT * SCALE)
NEAR_M = 0.6

Floats = NDArray[np.float64]
Pixel = tuple[float, float]


class View:
    """`height_m` above the ground, looking down by `pitch_deg`, turned right by `yaw_deg`, `fov_deg` across."""

    def __init__(self, height_m: float, pitch_deg: float, fov_deg: float, yaw_deg: float = 0.0) -> None:
        self.height_m = height_m
        self.focal_px = CANVAS[0] / 2 / math.tan(math.radians(fov_deg) / 2)
        pitch, yaw = math.radians(pitch_deg), math.radians(yaw_deg)
        self._cp, self._sp = math.cos(pitch), math.sin(pitch)
        self._cy, self._sy = math.cos(yaw), math.sin(yaw)
        self.horizon_px = CANVAS[1] / 2 - self.focal_px * math.tan(pitch)

    def seen(self, points: Floats) -> Floats:
        """World points (N, 3) in camera axes: right, up, depth."""
        x, y, z = points[:, 0], points[:, 1] - self.height_m, points[:, 2]
        right = x * self._cy - z * self._sy
        ahead = x * self._sy + z * self._cy
        return np.column_stack([right, y * self._cp + ahead * self._sp, ahead * self._cp - y * self._sp])

    def project(self, points: Floats) -> Floats:
        """Pixels (N, 2) of world points that lie before the camera."""
        seen = self.seen(points)
        depth = np.maximum(seen[:, 2], NEAR_M)
        return np.column_stack(
            [CANVAS[0] / 2 + self.focal_px * seen[:, 0] / depth, CANVAS[1] / 2 - self.focal_px * seen[:, 1] / depth]
        )

    def depth(self, x: float, z: float, y: float = 0.0) -> float:
        return float(self.seen(np.array([[x, y, z]]))[0, 2])

    def polygon(self, points: Sequence[tuple[float, float, float]]) -> list[Pixel]:
        """Pixels of a polygon cut off at the near plane; fewer than three when nothing is left."""
        seen = self.seen(np.array(points, dtype=np.float64))
        kept: list[tuple[float, float, float]] = []
        for a, b in zip(seen, np.roll(seen, -1, axis=0), strict=True):
            if a[2] >= NEAR_M:
                kept.append((a[0], a[1], a[2]))
            if (a[2] - NEAR_M) * (b[2] - NEAR_M) < 0:
                t = (NEAR_M - a[2]) / (b[2] - a[2])
                kept.append((a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, NEAR_M))
        return [
            (CANVAS[0] / 2 + self.focal_px * x / z, CANVAS[1] / 2 - self.focal_px * y / z) for x, y, z in kept
        ]

    def pixels_per_m(self, depth_m: float) -> float:
        return self.focal_px / max(depth_m, NEAR_M)

    def ground(self) -> tuple[Floats, Floats, Floats, NDArray[np.bool_]]:
        """For every pixel of the canvas: x and z of the ground seen there, metres a pixel covers, and whether any is."""
        columns = (np.arange(CANVAS[0]) + 0.5 - CANVAS[0] / 2) / self.focal_px
        rows = (CANVAS[1] / 2 - np.arange(CANVAS[1]) - 0.5) / self.focal_px
        right, up = np.meshgrid(columns, rows)
        fall = up * self._cp - self._sp
        valid = fall < -1e-4
        distance = np.where(valid, self.height_m / np.where(valid, -fall, 1), 1e6)
        ahead = (self._cp + self._sp * up) * distance
        side = right * distance
        x = side * self._cy + ahead * self._sy
        z = ahead * self._cy - side * self._sy
        # one row of pixels covers more ground the flatter the ray falls
        footprint = distance / self.focal_px * np.maximum(1.0, 0.45 * distance / self.height_m)
        return x, z, np.minimum(footprint, 60.0), valid
