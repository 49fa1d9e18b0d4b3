"""The ground of a scene, painted pixel by pixel in world coordinates: asphalt, kerbs, marks, tiles, earth, water."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from prahari.simcity.scenes.light import Colour, Light, fractal
from prahari.simcity.scenes.view import View

Floats = NDArray[np.float32]

ASPHALT: Colour = (92, 92, 94)
EARTH: Colour = (158, 138, 110)
PAVING: Colour = (168, 160, 150)
GRASS: Colour = (98, 118, 66)
CONCRETE: Colour = (150, 148, 144)
WHITE: Colour = (226, 226, 220)
YELLOW: Colour = (224, 178, 46)
WATER: Colour = (104, 126, 128)


class Ground:
    """Masks are 0 to 1 and smooth over one pixel's width on the ground. Arrays cover the canvas's rows with ground."""

    def __init__(self, view: View, chance: np.random.Generator, base: Colour) -> None:
        self.x, self.z, self.footprint = view.ground()
        grain = fractal((512, 512), chance, (64, 64), 3).astype(np.float32)
        patches = fractal((512, 512), chance, (6, 6), 4).astype(np.float32)
        fine = np.clip(0.12 / self.footprint, 0, 1)
        coarse = np.clip(2 / self.footprint, 0, 1)
        self._texture = (self._sample(grain, 12.0) - 0.5) * fine * 0.9 + (self._sample(patches, 40.0) - 0.5) * coarse
        self._worn = self._sample(grain, 5.0) * np.float32(2.2)
        self.colour = np.empty((*self.x.shape, 3), dtype=np.float32)
        self.colour[:] = base
        self.colour *= (1 + self._texture * 0.25)[..., None]

    def _sample(self, texture: Floats, metres: float) -> Floats:
        scale = np.float32(512 / metres)
        i = (np.abs(self.z) * scale).astype(np.int32) & 511
        j = ((self.x + 4096) * scale).astype(np.int32) & 511
        return texture[i, j]

    def paint(self, mask: Floats, colour: Colour, texture: float = 0.12, wear: float = 0.0) -> None:
        """Cover where the mask is 1. `wear`: how much of it is rubbed off."""
        rows = np.flatnonzero(mask.any(axis=1))
        if not len(rows):
            return
        part = np.flatnonzero(mask[rows[0] : rows[-1] + 1].any(axis=0))
        box = (slice(rows[0], rows[-1] + 1), slice(part[0], part[-1] + 1))
        cover = mask[box]
        if wear:
            cover = cover * np.clip(1.0 - wear * self._worn[box], 0, 1)
        area = self.colour[box]
        area += (np.array(colour, dtype=np.float32) - area) * cover[..., None]
        if texture:
            area *= (1 + self._texture[box] * cover * np.float32(texture))[..., None]

    def band(self, low: float, high: float, *, across: bool = False) -> Floats:
        """1 where low < x < high (`across`: z)."""
        value = self.z if across else self.x
        foot = self.footprint if across else np.minimum(self.footprint, np.abs(self.z) / 400 + 0.02)
        return np.clip((value - low) / foot + 0.5, 0, 1) * np.clip((high - value) / foot + 0.5, 0, 1)

    def box(self, x0: float, x1: float, z0: float, z1: float) -> Floats:
        return self.band(x0, x1) * self.band(z0, z1, across=True)

    def disc(self, x: float, z: float, radius: float) -> Floats:
        return np.clip((radius - np.hypot(self.x - x, self.z - z)) / np.minimum(self.footprint, 1.0) + 0.5, 0, 1)

    def dashes(self, length: float, gap: float, *, across: bool = False, phase: float = 0.0) -> Floats:
        """1 on the dashes of a line along z (`across`: along x); fades to its mean where they are too small to see."""
        value = self.x if across else self.z
        foot = self.footprint
        period = length + gap
        within = np.mod(value + phase + 4096, period)
        sharp = np.clip((length - within) / foot + 0.5, 0, 1) * np.clip(within / foot + 0.5, 0, 1)
        blur = np.clip(foot / period, 0, 1)
        return sharp * (1 - blur) + (length / period) * blur

    def road_along(self, x0: float, x1: float, marks: tuple[float, ...] = (), edge: bool = True) -> None:
        """A road away from the camera between x0 and x1, dashed lines at `marks`."""
        self.paint(self.band(x0, x1), ASPHALT, 0.22)
        for mark in marks:
            self.paint(self.band(mark - 0.08, mark + 0.08) * self.dashes(3, 4.5), WHITE, 0.1, wear=0.3)
        for lane in np.arange(x0 + 1.2, x1 - 0.6, 1.75):  # tyres darken their tracks
            self.paint(self.band(lane - 0.3, lane + 0.3) * 0.10, (52, 50, 50), 0)
        if edge:
            for side in (x0 + 0.25, x1 - 0.25):
                self.paint(self.band(side - 0.07, side + 0.07), WHITE, 0.1, wear=0.4)

    def road_across(self, z0: float, z1: float, x0: float = -400, x1: float = 400, mark: bool = True) -> None:
        mask = self.box(x0, x1, z0, z1)
        self.paint(mask, ASPHALT, 0.22)
        if mark:
            middle = (z0 + z1) / 2
            self.paint(
                self.box(x0, x1, middle - 0.08, middle + 0.08) * self.dashes(3, 4.5, across=True), WHITE, 0, wear=0.3
            )

    def kerb_along(self, x: float, z0: float = 0.0, z1: float = 400.0, width: float = 0.35) -> None:
        """Kerb stones painted black and yellow."""
        mask = self.box(x - width / 2, x + width / 2, z0, z1)
        self.paint(mask, (44, 44, 44), 0)
        self.paint(mask * self.dashes(1.0, 1.0), YELLOW, 0)

    def kerb_across(self, z: float, x0: float, x1: float, width: float = 0.35) -> None:
        mask = self.box(x0, x1, z - width / 2, z + width / 2)
        self.paint(mask, (44, 44, 44), 0)
        self.paint(mask * self.dashes(1.0, 1.0, across=True), YELLOW, 0)

    def zebra_across(self, x0: float, x1: float, z0: float, z1: float) -> None:
        """A crossing for people who walk along x: bars along z."""
        self.paint(self.box(x0, x1, z0, z1) * self.dashes(0.55, 0.6, across=True), WHITE, 0.1, wear=0.32)

    def zebra_along(self, x0: float, x1: float, z0: float, z1: float) -> None:
        self.paint(self.box(x0, x1, z0, z1) * self.dashes(0.55, 0.6), WHITE, 0.1, wear=0.32)

    def tiles(self, mask: Floats, colour: Colour, size: float) -> None:
        self.paint(mask, colour, 0.08)
        joint = np.maximum(self.dashes(0.05 * size, 0.95 * size, across=True), self.dashes(0.05 * size, 0.95 * size))
        fade = np.clip(size * 0.35 / self.footprint, 0, 1)
        self.colour *= (1 - 0.22 * joint * mask * fade)[..., None]

    def lit(self, light: Light) -> Floats:
        """The ground in this light, hazy with distance."""
        out = self.colour * np.array(light.tint, dtype=np.float32)
        share = (1 - np.exp(-np.hypot(self.x, self.z) / np.float32(light.haze_m)))[..., None]
        if light.wet:
            out = out * 0.72
        return out * (1 - share) + np.array(light.haze, dtype=np.float32) * share
