"""The river front: steps, temples, boats."""

from __future__ import annotations

import random

import numpy as np
from PIL import Image, ImageDraw

from prahari.simcity.scenes.ground import Ground
from prahari.simcity.scenes.light import Light
from prahari.simcity.scenes.rows import PEOPLE
from prahari.simcity.scenes.scene import FPS, Scene
from prahari.simcity.scenes.things import (
    bar,
    building,
    tree,
)
from prahari.simcity.scenes.traffic import Lane, Standing
from prahari.simcity.scenes.view import View


def ghat(key: str, title: str, light: Light, seed: int) -> Scene:
    """Steps down to the river, boats, the far bank in haze; seen from the bank's edge."""
    view = View(9.0, 13, 72, 14)
    water = (118, 134, 128)

    def ground(g: Ground) -> None:
        g.tiles(g.band(-300, -2), (196, 172, 140), 1.1)
        for k in range(9):
            x = -2 + k * 1.3
            g.paint(g.band(x, x + 1.3), (206 - k * 4, 176 - k * 5, 142 - k * 5), 0.15)
            g.paint(g.band(x, x + 0.28), (140, 112, 86), 0.1)
        g.paint(g.band(9.7, 900), water, 0.10)
        ripple = np.sin(g.z * 1.3 + np.sin(g.x * 0.7) * 1.6) * np.sin(g.x * 0.9 - g.z * 0.35)
        shine = np.clip(ripple, 0, 1) ** 3 * g.band(9.7, 900) * np.clip(0.6 / g.footprint, 0, 1)
        g.paint(shine * 0.35, tuple(int(c) for c in np.minimum(255, np.array(light.sky_low) * 1.02)), 0)  # type: ignore[arg-type]
        g.paint(g.band(60, 900) * np.clip((g.x - 60) / 260, 0, 0.55), light.sky_low, 0)

    def paint(canvas: Image.Image, scene: Scene, chance: random.Random) -> None:
        draw = ImageDraw.Draw(canvas)
        far = [(float(x), float(y)) for x, y in view.project(np.array([(-40.0, 0, 620), (700.0, 0, 620)]))]
        top = far[0][1]
        points = [(far[0][0], top + 4)]
        for k in range(60):
            t = k / 59
            points.append((far[0][0] + (far[1][0] - far[0][0]) * t, top - chance.uniform(5, 15)))
        draw.polygon([*points, (far[1][0], top + 4)], fill=light.far(light.shade((96, 112, 80)), 150))
        for z0, z1, h in ((150, 176, 9), (118, 146, 12), (88, 114, 8), (60, 84, 11), (34, 56, 8)):
            building(
                canvas,
                view,
                light,
                chance,
                x0=-34,
                x1=-13,
                z0=z0,
                z1=z1,
                height_m=h,
                style="house",
                wall=chance.choice([(222, 170, 120), (230, 200, 150), (206, 140, 110)]),
            )
        _temple(canvas, scene, -9, 52, 9)
        _temple(canvas, scene, -8, 100, 13)
        for x, z in ((-12, 30), (-11, 74)):
            tree(canvas, view, light, chance, x, z, 9)
        for z in (22, 30, 44, 66, 90):
            bar(draw, view, light, (5.5, 0, z), (5.5, 2.6, z), 0.06, (120, 96, 70))
            cone = [(5.5 + 1.3 * np.sin(a), 2.3, z + 1.3 * np.cos(a)) for a in np.linspace(0, 6.28, 12)]
            draw.polygon(
                view.polygon(cone),
                fill=light.far(
                    light.shade(
                        chance.choice([(226, 130, 50), (236, 214, 160), (190, 70, 60)]), 1.5 if light.lamps else 1
                    ),
                    z,
                ),
            )
        for z in (16.0, 24.0, 36.0, 58.0):
            _boat(draw, scene, 12.4, z, 1.2, chance.choice([(70, 110, 150), (190, 150, 80), (90, 130, 90)]))

    def boats(draw: ImageDraw.ImageDraw, scene: Scene, number: int) -> None:
        share = number / (scene.cycle_s * FPS)
        for offset, x, tone in ((0.0, 36, (120, 80, 60)), (0.5, 62, (60, 96, 130))):
            z = 240 - ((share + offset) % 1.0) * 230
            _boat(draw, scene, x, z, 1.6, tone)
        if light.name in {"evening", "night"}:
            for k in range(14):
                x, z = 10.6 + (k % 5) * 1.1, 14 + k * 3.2
                px, py = scene.view.project(np.array([(x, 0.15, z)]))[0]
                flicker = 1 + 0.3 * np.sin(number * 2 * np.pi / (scene.cycle_s * FPS) * (6 + k % 4) + k)
                size = scene.view.pixels_per_m(scene.view.depth(x, z)) * 0.09 * flicker
                draw.ellipse((px - size * 4, py - size * 4, px + size * 4, py + size * 4), fill=(255, 180, 70, 36))
                draw.ellipse((px - size, py - size, px + size, py + size), fill=(255, 226, 150, 255))

    scene = Scene(
        key,
        title,
        ("ghat",),
        light,
        view,
        seed,
        ground,
        paint,
        base=(196, 172, 140),
        lamps=[(2, 20), (2, 40), (2, 64)],
        after=boats,
    )
    scene.lanes = [
        Lane(((-6, 4), (-5.5, 130)), 1.2, 9, PEOPLE, 1.6),
        Lane(((-4, 130), (-4.4, 4)), 1.15, 8, PEOPLE, 1.4),
        Lane(((-4, 24), (8.6, 27), (8.8, 28)), 1.0, 3, PEOPLE, 0.8),
        Lane(((8.6, 40), (-5, 46)), 1.0, 3, PEOPLE, 0.8),
    ]
    dice = random.Random(seed)  # noqa: S311 - a drawing
    scene.standing = [
        Standing("person", dice.uniform(0, 9.4), dice.uniform(14, 80), 0, dice.randrange(999)) for _ in range(22)
    ]
    return scene


def _temple(canvas: Image.Image, scene: Scene, x: float, z: float, height_m: float) -> None:
    view, light, draw = scene.view, scene.light, ImageDraw.Draw(canvas)
    depth = view.depth(x, z)
    factor = 1.8 if light.lamps else 1.0
    body = [(x - 2.4, 3.6, z), (x + 2.4, 3.6, z), (x + 2.4, 0, z), (x - 2.4, 0, z)]
    draw.polygon(view.polygon(body), fill=light.far(light.shade((226, 196, 150), factor), depth))
    outline = [
        (x + 2.2 * s * (1 - t**1.7), 3.6 + (height_m - 3.6) * t, z)
        for s, ts in ((-1, np.linspace(0, 1, 10)), (1, np.linspace(1, 0, 10)))
        for t in ts
    ]
    draw.polygon(
        view.polygon([(float(a), float(b), float(c)) for a, b, c in outline]),
        fill=light.far(light.shade((214, 130, 84), factor), depth),
    )
    for t in (0.15, 0.3, 0.45, 0.6):
        half, y = 2.2 * (1 - t**1.7), 3.6 + (height_m - 3.6) * t
        bar(draw, view, light, (x - half, y, z), (x + half, y, z), 0.16, (180, 104, 66))
    bar(draw, view, light, (x, height_m, z), (x, height_m + 2.0, z), 0.08, (150, 120, 60))
    flag = [(x, height_m + 2.0, z), (x + 1.4, height_m + 1.7, z), (x, height_m + 1.4, z)]
    draw.polygon(view.polygon(flag), fill=light.far(light.shade((240, 120, 30), factor), depth))
    door = [(x - 0.7, 2.3, z), (x + 0.7, 2.3, z), (x + 0.7, 0, z), (x - 0.7, 0, z)]
    draw.polygon(view.polygon(door), fill=(252, 200, 110) if light.lamps else light.shade((70, 46, 40)))


def _boat(draw: ImageDraw.ImageDraw, scene: Scene, x: float, z: float, half: float, tone: tuple[int, int, int]) -> None:
    view, light = scene.view, scene.light
    if view.depth(x, z) < 4:
        return
    depth = view.depth(x, z)
    hull = [
        (x - half, 0.7, z - 3.2),
        (x + half, 0.7, z - 3.0),
        (x + half * 1.1, 0.55, z),
        (x + half * 0.6, 0.8, z + 3.4),
        (x - half * 0.6, 0.8, z + 3.4),
        (x - half * 1.1, 0.55, z),
    ]
    side = [
        (x - half * 0.9, 0, z - 2.9),
        (x + half * 0.9, 0, z - 2.9),
        (x + half, 0.7, z - 3.1),
        (x - half, 0.7, z - 3.2),
    ]
    draw.polygon(view.polygon([(a + 0.5, 0, c) for a, _, c in hull]), fill=(30, 40, 46, 90))
    draw.polygon(view.polygon(side), fill=(*light.far(light.shade(tone, 0.7), depth), 255))
    draw.polygon(view.polygon(hull), fill=(*light.far(light.shade(tone), depth), 255))
    inner = [(a * 0.9 + x * 0.1, y + 0.02, c * 0.9 + z * 0.1) for a, y, c in hull]
    draw.polygon(view.polygon(inner), fill=(*light.far(light.shade((120, 92, 66)), depth), 255))
