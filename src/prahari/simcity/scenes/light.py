"""Times of day: sky, sun, haze, lamps."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Colour = tuple[int, int, int]


@dataclass(frozen=True)
class Light:
    """`tint` multiplies everything drawn in daylight colours; `shadow`: alpha of cast shadows (0: none)."""

    name: str
    sky_top: Colour
    sky_low: Colour
    tint: tuple[float, float, float]
    haze: Colour
    haze_m: float
    shadow: int
    shadow_dx: float = 0.55
    shadow_dz: float = 0.35
    lamps: bool = False
    wet: bool = False
    clouds: float = 0.0

    def shade(self, colour: Colour, factor: float = 1.0) -> Colour:
        r, g, b = (min(255, int(c * t * factor)) for c, t in zip(colour, self.tint, strict=True))
        return r, g, b

    def far(self, colour: Colour, depth_m: float) -> Colour:
        """A shaded colour seen through haze."""
        share = 1 - np.exp(-depth_m / self.haze_m)
        r, g, b = (int(c + (h - c) * share) for c, h in zip(colour, self.haze, strict=True))
        return r, g, b


NOON = Light(
    "day", (96, 150, 204), (206, 222, 230), (1.04, 1.0, 0.95), (205, 213, 214), 260, 95, 0.45, 0.25, clouds=0.5
)
MORNING = Light("morning", (138, 172, 204), (240, 224, 196), (1.08, 0.99, 0.86), (232, 220, 200), 150, 80, -1.3, 0.5)
EVENING = Light(
    "evening", (88, 98, 142), (248, 176, 112), (1.06, 0.84, 0.70), (226, 170, 128), 170, 70, 1.6, -0.3, clouds=0.8
)
OVERCAST = Light(
    "overcast", (150, 160, 168), (196, 202, 204), (0.88, 0.92, 0.95), (186, 194, 198), 190, 35, 0.1, 0.1, clouds=1.0
)
RAIN = Light(
    "rain", (104, 114, 124), (150, 160, 166), (0.66, 0.72, 0.77), (146, 156, 164), 110, 0, wet=True, clouds=1.0
)
FOG = Light("fog", (196, 200, 202), (206, 208, 206), (0.92, 0.94, 0.96), (204, 207, 207), 34, 0, clouds=0.0)
NIGHT = Light("night", (10, 13, 26), (34, 34, 46), (0.20, 0.22, 0.32), (26, 27, 38), 220, 0, lamps=True)
NIGHT_RAIN = Light("night", (12, 15, 24), (30, 34, 44), (0.17, 0.20, 0.29), (30, 34, 44), 130, 0, lamps=True, wet=True)
INDOOR = Light("indoor", (220, 222, 220), (220, 222, 220), (1.0, 1.0, 0.98), (220, 222, 220), 9000, 40, 0.1, 0.15)


def sky(light: Light, width: int, height: int, horizon: float, chance: np.random.Generator) -> NDArray[np.float64]:
    """(height, width, 3): a gradient down to the horizon, soft clouds."""
    rows = np.clip(np.arange(height) / max(horizon, 1.0), 0, 1)[:, None, None] ** 1.4
    base = np.array(light.sky_top) * (1 - rows) + np.array(light.sky_low) * rows
    out = np.repeat(base, width, axis=1)
    if light.clouds:
        cover = np.kron(fractal((height // 2, width // 2), chance, (9, 4), 5), np.ones((2, 2)))
        strength = np.clip((cover - 0.52) * 3.2, 0, 1)[..., None] * light.clouds * (1 - rows * 0.6)
        bright = np.array(light.sky_low) * 0.75 + 62 if not light.wet else np.array(light.sky_low) * 0.86
        out = out * (1 - strength * 0.75) + np.minimum(bright, 252) * strength * 0.75
    return out


def fractal(
    shape: tuple[int, int], chance: np.random.Generator, cells: tuple[int, int] = (8, 8), octaves: int = 4
) -> NDArray[np.float64]:
    """Smooth noise between 0 and 1."""
    total = np.zeros(shape)
    weight = 0.0
    for octave in range(octaves):
        columns, rows = cells[0] * 2**octave, cells[1] * 2**octave
        grid = chance.random((rows + 2, columns + 2))
        y = np.linspace(0, rows, shape[0], endpoint=False)
        x = np.linspace(0, columns, shape[1], endpoint=False)
        y0, x0 = y.astype(int), x.astype(int)
        fy, fx = (y - y0)[:, None], (x - x0)[None, :]
        fy, fx = fy * fy * (3 - 2 * fy), fx * fx * (3 - 2 * fx)
        top = grid[y0][:, x0] * (1 - fx) + grid[y0][:, x0 + 1] * fx
        low = grid[y0 + 1][:, x0] * (1 - fx) + grid[y0 + 1][:, x0 + 1] * fx
        part = 0.5**octave
        total += (top * (1 - fy) + low * fy) * part
        weight += part
    return total / weight
