"""What most outdoor scenes share: rows of buildings along a road and a skyline behind."""

from __future__ import annotations

import random

from PIL import Image

from prahari.simcity.scenes.scene import Scene
from prahari.simcity.scenes.things import (
    building,
)

PEOPLE = (("person", 1),)


def row(
    canvas: Image.Image,
    scene: Scene,
    chance: random.Random,
    front_x: float,
    z0: float,
    z1: float,
    *,
    depth_m: float = 14,
    heights: tuple[float, float] = (6.5, 13),
    styles: tuple[str, ...] = ("shops", "shops", "house"),
    widths: tuple[float, float] = (7, 14),
) -> None:
    """A row of buildings along the road, the farthest first; their fronts stand at front_x."""
    plots = []
    z = z0
    while z < z1:
        width = chance.uniform(*widths)
        plots.append((z, min(z + width - 0.3, z1)))
        z += width
    for near, far in reversed(plots):
        x0, x1 = (front_x - depth_m, front_x) if front_x < 0 else (front_x, front_x + depth_m)
        building(
            canvas,
            scene.view,
            scene.light,
            chance,
            x0=x0,
            x1=x1,
            z0=near,
            z1=far,
            height_m=chance.uniform(*heights),
            style=chance.choice(styles),
            front_style="plain",
        )


def skyline(
    canvas: Image.Image,
    scene: Scene,
    chance: random.Random,
    z: float,
    x0: float,
    x1: float,
    heights: tuple[float, float] = (8, 20),
) -> None:
    x = x0
    while x < x1:
        width = chance.uniform(10, 24)
        building(
            canvas,
            scene.view,
            scene.light,
            chance,
            x0=x,
            x1=x + width,
            z0=z,
            z1=z,
            height_m=chance.uniform(*heights),
            style="block",
        )
        x += width + chance.uniform(0, 4)
