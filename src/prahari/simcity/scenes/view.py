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
Singles = NDArray[np.float32]
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
        return (x * self._sy + z * self._cy) * self._cp - (y - self.height_m) * self._sp

    def pixel(self, x: float, y: float, z: float) -> Pixel:
        """The pixel of one point; for few points quicker than arrays."""
        up = y - self.height_m
        ahead = x * self._sy + z * self._cy
        scale = self.focal_px / max(ahead * self._cp - up * self._sp, NEAR_M)
        return (
            CANVAS[0] / 2 + (x * self._cy - z * self._sy) * scale,
            CANVAS[1] / 2 - (up * self._cp + ahead * self._sp) * scale,
        )

    def polygon(self, points: Sequence[tuple[float, float, float]]) -> list[Pixel]:
        """Pixels of a polygon cut off at the near plane; fewer than three when nothing is left."""
        depths = [self.depth(x, z, y) for x, y, z in points]
        if min(depths) >= NEAR_M:
            return [self.pixel(x, y, z) for x, y, z in points]
        kept: list[Pixel] = []
        for index, (x, y, z) in enumerate(points):
            following = (index + 1) % len(points)
            here, there = depths[index], depths[following]
            if here >= NEAR_M:
                kept.append(self.pixel(x, y, z))
            if (here - NEAR_M) * (there - NEAR_M) < 0:
                t = (NEAR_M - here) / (there - here)
                u, v, w = points[following]
                kept.append(self.pixel(x + (u - x) * t, y + (v - y) * t, z + (w - z) * t))
        return kept

    def pixels_per_m(self, depth_m: float) -> float:
        return self.focal_px / max(depth_m, NEAR_M)

    @property
    def first_ground_row(self) -> int:
        """The first row of the canvas that shows ground."""
        return max(0, min(CANVAS[1] - 2, int(self.horizon_px) + 1))

    def ground(self) -> tuple[Singles, Singles, Singles]:
        """For the pixels from `first_ground_row` on: x and z of the ground seen there, and metres a pixel covers."""
        columns = ((np.arange(CANVAS[0]) + 0.5 - CANVAS[0] / 2) / self.focal_px).astype(np.float32)
        rows = ((CANVAS[1] / 2 - np.arange(self.first_ground_row, CANVAS[1]) - 0.5) / self.focal_px)[:, None]
        distance = np.minimum(self.height_m / np.maximum(self._sp - rows * self._cp, 1e-4), 1e5)
        ahead = ((self._cp + self._sp * rows) * distance).astype(np.float32)
        side = columns * distance.astype(np.float32)
        x = side * np.float32(self._cy) + ahead * np.float32(self._sy)
        z = ahead * np.float32(self._cy) - side * np.float32(self._sy)
        # one row of pixels covers more ground the flatter the ray falls
        footprint = distance / self.focal_px * np.maximum(1.0, 0.45 * distance / self.height_m)
        return x, z, np.broadcast_to(np.minimum(footprint, 60.0).astype(np.float32), x.shape)
