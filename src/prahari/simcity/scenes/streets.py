"""Stretches of road: a dual carriageway, a market lane, a highway."""

from __future__ import annotations

import random

import numpy as np
from PIL import Image, ImageDraw

from prahari.simcity.scenes.facade import BOARDS
from prahari.simcity.scenes.ground import CONCRETE, EARTH, GRASS, PAVING, Ground
from prahari.simcity.scenes.light import Light
from prahari.simcity.scenes.rows import PEOPLE, row, skyline
from prahari.simcity.scenes.scene import Scene
from prahari.simcity.scenes.things import (
    banner,
    bar,
    street_lamp,
    tree,
    wires,
)
from prahari.simcity.scenes.traffic import HIGHWAY_MIX, LANE_MIX, STREET_MIX, Lane, Standing
from prahari.simcity.scenes.view import View


def main_road(key: str, title: str, light: Light, seed: int, *, yaw: float = 0.0, viaduct: bool = False) -> Scene:
    """A dual carriageway with a planted median; shops to the left, trees to the right."""
    view = View(6.8, 12.5, 66, yaw)

    def ground(g: Ground) -> None:
        g.tiles(g.band(-15, -10) + g.band(10, 15), PAVING, 0.7)
        g.road_along(-10, -1.2, (-5.6,))
        g.road_along(1.2, 10, (5.6,))
        g.paint(g.band(-1.2, 1.2), GRASS if not viaduct else CONCRETE, 0.3)
        for x in (-1.25, 1.25, -10.1, 10.1):
            g.kerb_along(x)

    def paint(canvas: Image.Image, scene: Scene, chance: random.Random) -> None:
        skyline(canvas, scene, chance, 260, -60, 60, (8, 24))
        row(canvas, scene, chance, -15.5, 8, 230, heights=(7, 16), styles=("shops", "shops", "glass", "house"))
        row(canvas, scene, chance, 19, 26, 230, heights=(6, 11), styles=("house", "block", "shops"))
        for z in (200, 170, 142, 118, 96, 76, 58, 43, 30, 20):
            tree(
                canvas,
                view,
                light,
                chance,
                14.5 + chance.uniform(-0.6, 0.6),
                z + chance.uniform(-3, 3),
                chance.uniform(6.5, 9.5),
            )
        draw = ImageDraw.Draw(canvas)
        if viaduct:
            for z in range(210, 10, -25):
                for x in (-0.9, 0.9):
                    bar(draw, view, light, (x, 0, z), (x, 9.5, z), 1.6, (168, 166, 162))
            for z0, z1 in ((60, 300), (22, 60), (6, 22)):
                deck = [(-4.2, 9.6, z0), (4.2, 9.6, z0), (4.2, 9.6, z1), (-4.2, 9.6, z1)]
                draw.polygon(view.polygon(deck), fill=light.far(light.shade((112, 112, 112)), z0 * 0.7))
            for x in (-4.2, 4.2):
                side = [(x, 9.6, 6), (x, 11.2, 6), (x, 11.2, 300), (x, 9.6, 300)]
                draw.polygon(view.polygon(side), fill=light.far(light.shade((176, 174, 170)), 40))
        else:
            for z in (180, 140, 104, 74, 48, 26):
                street_lamp(canvas, view, light, 0, z, 2.4)
                street_lamp(canvas, view, light, 0, z, -2.4)
            for z in np.arange(120, 6, -2.2):
                bar(draw, view, light, (0, 0.2, float(z)), (0, 1.1, float(z)), 0.07, (70, 110, 80))
            bar(draw, view, light, (0, 1.05, 6), (0, 1.05, 120), 0.08, (70, 110, 80))
        wires(draw, view, light, -13.8, [10, 34, 60, 88, 118])
        banner(
            canvas,
            view,
            light,
            chance,
            [(-13.4, 7.4, 30), (-10.6, 7.4, 30), (-10.6, 5.6, 30), (-13.4, 5.6, 30)],
            ("धीरे चलें", "DRIVE SLOW"),
            BOARDS[4],
        )

    scene = Scene(
        key,
        title,
        ("main_road", "junction", "railway_station"),
        light,
        view,
        seed,
        ground,
        paint,
        lamps=[(side, z) for z in (26, 48, 74, 104, 140) for side in (-2.4, 2.4)],
    )
    scene.lanes = [
        Lane(((-3.4, 1), (-3.4, 210)), 13, 7, STREET_MIX, 0.5),
        Lane(((-7.6, 1), (-7.6, 210)), 10, 8, STREET_MIX, 0.9),
        Lane(((3.4, 210), (3.4, 1)), 13, 7, STREET_MIX, 0.5),
        Lane(((7.6, 210), (7.6, 1)), 10, 8, STREET_MIX, 0.9),
        Lane(((-12.6, 6), (-12.6, 90)), 1.3, 5, PEOPLE, 1.2),
        Lane(((12.4, 90), (12.4, 6)), 1.3, 4, PEOPLE, 1.0),
    ]
    scene.standing = [
        Standing("hatch", -11.2, 21, 0, 4),
        Standing("bike", -11.4, 26, 1.2, 5),
        Standing("bike", -11.4, 27, 1.2, 6),
        Standing("suv", -11.2, 40, 0, 12),
        Standing("auto", 10.9, 33, 3.14, 1),
    ]
    return scene


def market(key: str, title: str, light: Light, seed: int, *, width: float = 4.2) -> Scene:
    """A bazaar lane: shops close together, people in the roadway, rickshaws squeezing through."""
    view = View(4.8, 10.5, 72, 1.5)

    def ground(g: Ground) -> None:
        g.paint(g.band(-width, width), (118, 112, 106), 0.35)
        g.tiles(g.band(-width - 1.3, -width) + g.band(width, width + 1.3), (150, 140, 128), 0.5)
        g.paint(g.band(-width - 0.1, -width + 0.15) + g.band(width - 0.15, width + 0.1), (78, 74, 70), 0.3)
        for x, z in ((-1.2, 11), (1.5, 20), (-0.6, 32)):
            g.paint(g.disc(x, z, 0.45), (74, 72, 70), 0.1)

    def paint(canvas: Image.Image, scene: Scene, chance: random.Random) -> None:
        skyline(canvas, scene, chance, 120, -14, 14, (8, 14))
        for side in (-width - 1.4, width + 1.4):
            row(
                canvas,
                scene,
                chance,
                side,
                4.5,
                110,
                heights=(6.8, 12),
                styles=("shops",),
                widths=(4.2, 7.5),
                depth_m=9,
            )
        draw = ImageDraw.Draw(canvas)
        wires(draw, view, light, -width - 0.6, [9, 24, 42, 64, 90], 6.6)
        wires(draw, view, light, width + 0.4, [13, 31, 52, 78], 6.2)
        for index, z in enumerate((58.0, 44.0, 33.0, 24.0, 17.0)):  # bunting across the lane
            tones = ((232, 120, 40), (250, 246, 236), (40, 140, 80))
            for k in range(15):
                t = (k + 0.5) / 15
                x = -width - 1 + (2 * width + 2) * t
                y = 6.2 - 1.1 * np.sin(np.pi * t)
                flag = view.polygon([(x - 0.22, y, z), (x + 0.22, y, z), (x, y - 0.5, z)])
                draw.polygon(flag, fill=light.far(light.shade(tones[(k + index) % 3], 1.6 if light.lamps else 1), z))
        for side, z, tone in (
            (-1, 9.5, (178, 60, 50)),
            (1, 13.5, (60, 110, 160)),
            (-1, 17.5, (214, 160, 50)),
            (1, 22, (90, 130, 70)),
            (-1, 27, (130, 80, 130)),
        ):
            _stall(canvas, scene, chance, side * (width - 0.2), z, tone)
        if light.lamps:
            from prahari.simcity.scenes.things import glow

            for z in range(78, 6, -6):
                for x in (-width - 0.8, width + 0.8):
                    glow(canvas, view, (x, 3.4, z), 0.09, (255, 232, 180), 7)

    lamps = [(x, z) for z in range(6, 80, 7) for x in (-width, width)]
    scene = Scene(key, title, ("market", "shop"), light, view, seed, ground, paint, lamps=lamps)
    scene.lanes = [
        Lane(((-1.7, 2), (-1.5, 84)), 3.6, 5, LANE_MIX, 0.6),
        Lane(((1.6, 84), (1.8, 2)), 3.4, 5, LANE_MIX, 0.6),
        Lane(((-3.1, 3), (-2.9, 80)), 1.2, 11, PEOPLE, 0.8),
        Lane(((3.0, 80), (3.1, 3)), 1.15, 11, PEOPLE, 0.8),
        Lane(((-0.2, 3), (0.4, 80)), 1.3, 6, PEOPLE, 1.2),
        Lane(((0.6, 80), (-0.3, 3)), 1.25, 6, PEOPLE, 1.2),
    ]
    dice = random.Random(seed)  # noqa: S311 - a drawing
    scene.standing = [
        Standing("bike", dice.choice((-1, 1)) * (width - 0.7), 8 + k * 4.5, dice.uniform(0.6, 1.4), k + 3)
        for k in range(8)
    ]
    scene.standing += [
        Standing("person", dice.choice((-1, 1)) * (width - 1.3), dice.uniform(8, 40), 0, dice.randrange(999))
        for _ in range(10)
    ]
    return scene


def _stall(
    canvas: Image.Image, scene: Scene, chance: random.Random, x: float, z: float, tone: tuple[int, int, int]
) -> None:
    """A cart with vegetables under a sheet."""
    view, light, draw = scene.view, scene.light, ImageDraw.Draw(canvas)
    factor = 2.2 if light.lamps else 1.0
    for px in (x - 0.7, x + 0.7):
        bar(draw, view, light, (px, 0, z), (px, 2.3, z), 0.05, (110, 90, 70))
    side = [(x - 0.9, 0.9, z - 0.5), (x + 0.9, 0.9, z - 0.5), (x + 0.9, 0.5, z - 0.5), (x - 0.9, 0.5, z - 0.5)]
    draw.polygon(view.polygon(side), fill=light.shade((120, 88, 60), factor))
    for _ in range(26):
        px, pz = x + chance.uniform(-0.8, 0.8), z + chance.uniform(-0.4, 0.4)
        a, b = view.project(np.array([(px, 1.0, pz)]))[0]
        r = view.pixels_per_m(view.depth(px, pz)) * 0.11
        draw.ellipse(
            (a - r, b - r, a + r, b + r),
            fill=light.shade(
                chance.choice([(210, 60, 40), (230, 150, 40), (90, 150, 60), (240, 210, 90), (120, 60, 120)]), factor
            ),
        )
    roof = [(x - 1.1, 2.3, z - 0.8), (x + 1.1, 2.3, z - 0.8), (x + 1.0, 2.6, z + 0.7), (x - 1.0, 2.6, z + 0.7)]
    draw.polygon(view.polygon(roof), fill=light.shade(tone, factor))


def highway(key: str, title: str, light: Light, seed: int) -> Scene:
    """Six lanes between fields, seen from a gantry; a flyover in the distance."""
    view = View(9.0, 11, 58, 0)

    def ground(g: Ground) -> None:
        g.paint(g.band(-500, 500), GRASS if light.name != "fog" else (140, 146, 116), 0.5)
        g.paint(g.band(-19, 19), EARTH, 0.3)
        g.road_along(-15, -1.6, (-10.6, -6.2))
        g.road_along(1.6, 15, (6.2, 10.6))
        g.paint(g.band(-1.6, 1.6), (120, 128, 84), 0.3)

    def paint(canvas: Image.Image, scene: Scene, chance: random.Random) -> None:
        draw = ImageDraw.Draw(canvas)
        for z in np.arange(520, 60, -26):
            for side in (-1, 1):
                for _ in range(3):
                    tree(
                        canvas,
                        view,
                        light,
                        chance,
                        side * chance.uniform(24, 95),
                        float(z) + chance.uniform(-8, 8),
                        chance.uniform(6, 11),
                        chance.choice([(74, 108, 52), (92, 112, 60), (66, 96, 58)]),
                    )
        for low, high, tone in ((8.2, 9.8, (170, 168, 164)), (7.4, 8.2, (120, 118, 116))):
            slab = [(-140, high, 240), (140, high, 240), (140, low, 240), (-140, low, 240)]
            draw.polygon(view.polygon(slab), fill=light.far(light.shade(tone), 240))
        for x in (-45, -19, 0, 19, 45):
            bar(draw, view, light, (x, 0, 240), (x, 7.6, 240), 1.8, (150, 148, 144))
        for z in np.arange(220, 8, -3.0):
            for x in (-1.3, 1.3):
                bar(draw, view, light, (x, 0, float(z)), (x, 0.75, float(z)), 0.1, (180, 182, 184))
        for x in (-1.3, 1.3):
            bar(draw, view, light, (x, 0.7, 8), (x, 0.7, 220), 0.14, (196, 198, 200))
        for z in (210.0, 150.0, 100.0, 60.0):
            street_lamp(canvas, view, light, 0, z, 3.0, 10)
            street_lamp(canvas, view, light, 0, z, -3.0, 10)
        for x in (-16.4, 0):
            bar(draw, view, light, (x, 0, 74), (x, 8, 74), 0.35, (120, 122, 124))
        bar(draw, view, light, (-16.4, 7.9, 74), (0, 7.9, 74), 0.3, (120, 122, 124))
        banner(
            canvas,
            view,
            light,
            chance,
            [(-14, 10, 73.8), (-3, 10, 73.8), (-3, 6.8, 73.8), (-14, 6.8, 73.8)],
            ("लखनऊ ८२ किमी", "LUCKNOW 82 km"),
            ((22, 106, 62), (255, 255, 255)),
        )

    scene = Scene(
        key,
        title,
        ("highway", "main_road"),
        light,
        view,
        seed,
        ground,
        paint,
        lamps=[(x, z) for z in (60, 100, 150, 210) for x in (-3, 3)],
    )
    scene.lanes = [
        Lane(((x, 4), (x, 330)), speed, count, HIGHWAY_MIX, 0.4)
        for x, speed, count in ((-4, 26, 7), (-8.4, 21, 7), (-12.8, 16, 5))
    ]
    scene.lanes += [
        Lane(((x, 330), (x, 2)), speed, count, HIGHWAY_MIX, 0.4)
        for x, speed, count in ((4, 25, 7), (8.4, 21, 7), (12.8, 16, 5))
    ]
    return scene
