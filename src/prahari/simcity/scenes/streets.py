"""Outdoor scenes: junctions, main roads, market lanes, highways, gates and the river front."""

from __future__ import annotations

import random

import numpy as np
from PIL import Image, ImageDraw

from prahari.simcity.scenes import light as lights
from prahari.simcity.scenes.facade import BOARDS
from prahari.simcity.scenes.ground import CONCRETE, EARTH, GRASS, PAVING, WHITE, Ground
from prahari.simcity.scenes.light import Light
from prahari.simcity.scenes.scene import FPS, Scene, Signal, ring
from prahari.simcity.scenes.things import (
    banner,
    bar,
    building,
    signal_pole,
    street_lamp,
    tree,
    wires,
)
from prahari.simcity.scenes.traffic import BUS_MIX, CAR_MIX, HIGHWAY_MIX, LANE_MIX, STREET_MIX, Lane, Standing, curve
from prahari.simcity.scenes.view import View

PEOPLE = (("person", 1),)


def row(
    canvas: Image.Image, scene: Scene, chance: random.Random, front_x: float, z0: float, z1: float, *, depth_m: float = 14,
    heights: tuple[float, float] = (6.5, 13), styles: tuple[str, ...] = ("shops", "shops", "house"), widths: tuple[float, float] = (7, 14),
) -> None:  # fmt: skip
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
            canvas, scene.view, scene.light, chance, x0=x0, x1=x1, z0=near, z1=far,
            height_m=chance.uniform(*heights), style=chance.choice(styles), front_style="plain",
        )  # fmt: skip


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


def junction(key: str, title: str, light: Light, seed: int) -> Scene:
    """Four arms, signals, a crossing for people; seen from a mast at the near left corner."""
    view = View(8.5, 15.5, 74, -4)
    red_main, red_cross = (0.0, 9.0), (9.0, 20.0)

    def ground(g: Ground) -> None:
        g.tiles(g.band(-14, -9) + g.band(9, 14), PAVING, 0.9)
        g.tiles(g.band(13.5, 17.5, across=True) + g.band(33.5, 37.5, across=True), PAVING, 0.9)
        g.road_across(17.5, 33.5)
        g.road_along(-9, 9, (-4.5, 4.5))
        g.paint(g.box(-9, 9, 17.5, 33.5), (88, 88, 90), 0.2)
        g.kerb_along(0, 0, 15)
        g.kerb_along(0, 36, 400)
        for x in (-9.15, 9.15):
            g.kerb_along(x, 0, 16.5)
            g.kerb_along(x, 34.5, 300)
        g.kerb_across(25.5, -300, -12)
        g.kerb_across(25.5, 12, 300)
        g.zebra_across(-8.6, 8.6, 13.2, 16.2)
        g.zebra_across(-8.6, 8.6, 34.5, 37.0)
        g.zebra_along(-12.6, -9.8, 18.2, 33)
        g.zebra_along(9.8, 12.6, 18.2, 33)
        g.paint(g.box(-8.6, -0.4, 12.2, 12.6), WHITE, 0.1, wear=0.3)

    def paint(canvas: Image.Image, scene: Scene, chance: random.Random) -> None:
        skyline(canvas, scene, chance, 190, -120, 120, (9, 26))
        for side in (-15, 15):
            row(canvas, scene, chance, side, 38.5, 150, heights=(7, 17))
        for side in (-1, 1):
            x = 15.0
            while x < 75:
                width = chance.uniform(9, 15)
                a, b = (x, x + width) if side > 0 else (-x - width, -x)
                building(
                    canvas,
                    view,
                    light,
                    chance,
                    x0=a,
                    x1=b,
                    z0=38.5,
                    z1=50,
                    height_m=chance.uniform(8, 18),
                    style="shops",
                )
                x += width + 0.3
        for z in (118, 96, 76, 58, 44):
            tree(canvas, view, light, chance, chance.choice((-12, 12.3)), z, chance.uniform(6, 9))
        draw = ImageDraw.Draw(canvas)
        wires(draw, view, light, 13.3, [40, 62, 86, 112])
        for z in (112.0, 76.0, 46.0):
            street_lamp(canvas, view, light, 0, z, 2.2)
        banner(
            canvas,
            view,
            light,
            chance,
            [(16.5, 12.5, 38), (24.5, 12.5, 38), (24.5, 9.2, 38), (16.5, 9.2, 38)],
            ("स्वच्छ कानपुर", "CLEAN KANPUR"),
            BOARDS[3],
        )
        scene.signals = [
            Signal(signal_pole(canvas, view, light, -9.6, 34.2, 3.4), *red_main),
            Signal(signal_pole(canvas, view, light, 11.2, 34.2, -2.2), *red_cross),
        ]
        _booth(canvas, scene, 0, 25.5)

    scene = Scene(
        key,
        title,
        ("junction",),
        light,
        view,
        seed,
        ground,
        paint,
        cycle_s=20,
        lamps=[(-2, 46), (2, 46), (2, 76), (-9, 30), (10, 18), (-8, 14)],
    )
    scene.lanes = [
        Lane(((-6.6, 2), (-6.6, 140)), 9, 7, STREET_MIX, 0.8, stop=(9.2, *red_main)),
        Lane(((-2.6, 2), (-2.6, 140)), 10, 7, STREET_MIX, 0.6, stop=(9.2, *red_main)),
        Lane(((2.8, 140), (2.8, 1)), 10, 7, STREET_MIX, 0.6, stop=(101.8, *red_main)),
        Lane(((6.6, 140), (6.6, 1)), 9, 7, STREET_MIX, 0.8, stop=(101.8, *red_main)),
        Lane(((-70, 29.0), (70, 29.0)), 9, 9, STREET_MIX, 1.2, stop=(56.0, *red_cross)),
        Lane(((70, 22.0), (-70, 22.0)), 9, 9, STREET_MIX, 1.2, stop=(56.0, *red_cross)),
        Lane(((-16, 14.6), (16, 14.8)), 1.3, 4, PEOPLE, 0.8),
        Lane(((15, 35.6), (-15, 35.8)), 1.25, 4, PEOPLE, 0.8),
        Lane(((-11.5, 3), (-11.5, 16)), 1.2, 4, PEOPLE, 1.0),
        Lane(((11.6, 70), (11.8, 38)), 1.3, 5, PEOPLE, 1.0),
    ]
    scene.standing = [
        Standing("rickshaw", -11.4, 41, 0.1, 3),
        Standing("auto", 11.2, 44, 3.1, 8),
        Standing("auto", 11.3, 48, 3.1, 9),
    ]
    return scene


def _booth(canvas: Image.Image, scene: Scene, x: float, z: float) -> None:
    """The police umbrella in the middle of a junction."""
    draw = ImageDraw.Draw(canvas)
    view, light = scene.view, scene.light
    base = view.polygon([(x + 1.3 * np.sin(a), 0.5, z + 1.3 * np.cos(a)) for a in np.linspace(0, 6.28, 16)])
    skirt = view.polygon(
        [(x - 1.3, 0.5, z - 0.4), (x + 1.3, 0.5, z - 0.4), (x + 1.3, 0, z - 0.4), (x - 1.3, 0, z - 0.4)]
    )
    draw.polygon(skirt, fill=light.shade((200, 60, 50)))
    draw.polygon(base, fill=light.shade((220, 216, 206)))
    bar(draw, view, light, (x, 0.5, z), (x, 3.0, z), 0.08, (120, 120, 120))
    for k in range(8):
        a, b = k * 0.785, (k + 1) * 0.785
        tip = view.polygon(
            [
                (x, 3.5, z),
                (x + 1.5 * np.sin(a), 2.8, z + 1.5 * np.cos(a)),
                (x + 1.5 * np.sin(b), 2.8, z + 1.5 * np.cos(b)),
            ]
        )
        draw.polygon(tip, fill=light.shade((214, 70, 54) if k % 2 else (238, 234, 226)))


def roundabout(key: str, title: str, light: Light, seed: int) -> Scene:
    """A circle with a monument; everything goes round it clockwise."""
    view = View(10.5, 19, 76, 3)
    middle = 27.0

    def ground(g: Ground) -> None:
        g.tiles(g.band(-400, 400), (150, 142, 132), 0.8)
        g.paint(g.disc(0, middle, 21), (90, 90, 92), 0.22)
        g.road_along(-7, 7, (-3.5, 3.5))
        g.road_across(middle - 6, middle + 6)
        g.paint(g.disc(0, middle, 17.5), (88, 88, 90), 0.2)
        for radius, colour in (
            (9.6, (44, 44, 44)),
            (9.2, (224, 180, 50)),
            (8.7, GRASS),
            (4.4, (170, 110, 84)),
            (3.2, (206, 200, 190)),
        ):
            g.paint(g.disc(0, middle, radius), colour, 0.15)
        g.zebra_across(-6.6, 6.6, 4.0, 6.4)

    def paint(canvas: Image.Image, scene: Scene, chance: random.Random) -> None:
        skyline(canvas, scene, chance, 170, -130, 130, (8, 22))
        for side in (-12, 12):
            row(canvas, scene, chance, side, 54, 140, heights=(7, 15), styles=("shops", "house", "block"))
        for a, b, h, style in (
            (-62, -40, 12, "block"),
            (-39, -24, 9, "shops"),
            (-23, -12.5, 14, "shops"),
            (12.5, 26, 10, "shops"),
            (27, 44, 15, "glass"),
            (45, 66, 9, "shops"),
        ):
            building(canvas, view, light, chance, x0=a, x1=b, z0=53, z1=66, height_m=h, style=style)
        for x, z in ((-19, 50), (24, 49), (33, 50), (-30, 49)):
            tree(canvas, view, light, chance, x, z, 7)
        for x, z in ((-13, 46), (13, 46)):
            street_lamp(canvas, view, light, x, z, 2.4 if x < 0 else -2.4)
        _statue(canvas, scene, 0, middle)

    scene = Scene(
        key,
        title,
        ("junction",),
        light,
        view,
        seed,
        ground,
        paint,
        lamps=[(-11, 46), (11, 46), (0, 12), (-14, 20), (14, 22)],
    )
    around = 14.0
    scene.lanes = [
        Lane(
            (*((-3.6, 1.0), (-3.6, 8)), *ring(0, middle, around, -2.87, -0.3), (-3.4, 44), (-3.6, 120)),
            6.5,
            7,
            STREET_MIX,
            1.0,
        ),
        Lane(
            (*((3.6, 120), (3.6, 46)), *ring(0, middle, around, 0.27, 2.85), (3.6, 9), (3.6, 1)),
            6.5,
            7,
            STREET_MIX,
            1.0,
        ),
        Lane(
            (
                *((-80, middle + 3), (-20, middle + 3)),
                *ring(0, middle, around - 2.2, -1.3, 1.3),
                (20, middle + 3),
                (80, middle + 3),
            ),
            6.5,
            6,
            STREET_MIX,
            0.8,
        ),
        Lane(
            (
                *((80, middle - 3), (20, middle - 3)),
                *ring(0, middle, around - 2.2, 1.85, 4.4),
                (-20, middle - 3),
                (-80, middle - 3),
            ),
            6.5,
            6,
            STREET_MIX,
            0.8,
        ),
        Lane(((-14, 5.0), (14, 5.4)), 1.3, 3, PEOPLE, 0.6),
        Lane(((-40, 50.5), (40, 50.5)), 1.3, 6, PEOPLE, 1.0),
    ]
    scene.standing = [
        Standing("auto", 17, 45, 1.4, 4),
        Standing("rickshaw", 20, 45.5, 1.4, 2),
        Standing("rickshaw", -17, 46, 1.6, 7),
    ]
    return scene


def _statue(canvas: Image.Image, scene: Scene, x: float, z: float) -> None:
    """A monument: a stepped base and a pillar with the wheel."""
    view, light, draw = scene.view, scene.light, ImageDraw.Draw(canvas)
    for half, low, high, tone in (
        (2.4, 0, 0.7, (196, 186, 172)),
        (1.7, 0.7, 1.5, (208, 198, 184)),
        (0.9, 1.5, 5.6, (222, 214, 200)),
        (1.2, 5.6, 6.0, (206, 196, 182)),
    ):
        front = view.polygon(
            [
                (x - half, high, z - half),
                (x + half, high, z - half),
                (x + half, low, z - half),
                (x - half, low, z - half),
            ]
        )
        top = view.polygon(
            [
                (x - half, high, z - half),
                (x + half, high, z - half),
                (x + half, high, z + half),
                (x - half, high, z + half),
            ]
        )
        draw.polygon(front, fill=light.shade(tone, 1.3 if light.lamps else 0.9))
        draw.polygon(top, fill=light.shade(tone, 1.6 if light.lamps else 1.1))
    wheel = view.polygon([(x + 1.0 * np.sin(a), 7.1 + 1.0 * np.cos(a), z) for a in np.linspace(0, 6.28, 24)])
    draw.line([*wheel, wheel[0]], fill=light.shade((150, 120, 70), 1.4 if light.lamps else 1), width=5)
    for k in range(12):
        a = k * 0.5236
        bar(draw, view, light, (x, 7.1, z), (x + np.sin(a), 7.1 + np.cos(a), z), 0.06, (150, 120, 70))


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


def gate(
    key: str, title: str, light: Light, seed: int, place_classes: tuple[str, ...], sign: tuple[str, str], *, style: str = "block",
    wall: tuple[int, int, int] = (214, 188, 150), mix: tuple[tuple[str, int], ...] = CAR_MIX, crowd: int = 8, yard: tuple[int, int, int] = CONCRETE,
    height_m: float = 10.0, yaw: float = -12.0, parked: tuple[str, ...] = ("bike", "bike", "hatch"),
) -> Scene:  # fmt: skip
    """The gate of some premises seen from across its road: a building behind a wall, a barrier, people in and out."""
    view = View(5.4, 12, 70, yaw)

    def ground(g: Ground) -> None:
        g.tiles(g.band(18, 22, across=True), PAVING, 0.6)
        g.road_across(8, 18, mark=True)
        g.tiles(g.box(-9, 40, 22, 60), yard, 1.2)
        g.tiles(g.box(-34, -9, 22, 60), yard, 1.2)
        g.paint(g.box(-5, 3, 17.5, 60), (112, 110, 108), 0.2)
        g.kerb_across(18.1, -300, -5)
        g.kerb_across(18.1, 3, 300)
        g.kerb_across(7.9, -300, 300)

    def paint(canvas: Image.Image, scene: Scene, chance: random.Random) -> None:
        skyline(canvas, scene, chance, 120, -130, 110, (8, 18))
        building(
            canvas,
            view,
            light,
            chance,
            x0=-30,
            x1=26,
            z0=46,
            z1=62,
            height_m=height_m,
            style=style,
            sign=sign,
            wall=wall,
        )
        building(canvas, view, light, chance, x0=-62, x1=-38, z0=30, z1=48, height_m=9, style="house")
        building(canvas, view, light, chance, x0=36, x1=60, z0=27, z1=48, height_m=11, style="shops")
        for x, z in ((-24, 40), (-15, 42), (12, 41), (19, 38), (26, 41)):
            tree(canvas, view, light, chance, x, z, chance.uniform(5.5, 8))
        for a, b in ((-36, -6.2), (4.2, 36)):
            building(canvas, view, light, chance, x0=a, x1=b, z0=22.2, z1=22.6, height_m=2.2, style="wall", wall=wall)
        draw = ImageDraw.Draw(canvas)
        for x in (-6.0, 4.0):
            building(
                canvas,
                view,
                light,
                chance,
                x0=x - 0.5,
                x1=x + 0.5,
                z0=22,
                z1=23,
                height_m=4.6,
                style="plain",
                wall=(196, 110, 80),
            )
        banner(
            canvas,
            view,
            light,
            chance,
            [(-6.4, 6.2, 22), (4.4, 6.2, 22), (4.4, 4.5, 22), (-6.4, 4.5, 22)],
            sign,
            chance.choice(BOARDS),
        )
        for k in range(12):
            t0, t1 = k / 12, (k + 1) / 12
            bar(
                draw,
                view,
                light,
                (3.4 - 1.0 * t0, 1.0 + 3.0 * t0, 21.8),
                (3.4 - 1.0 * t1, 1.0 + 3.0 * t1, 21.8),
                0.12,
                (210, 50, 44) if k % 2 else (238, 236, 230),
            )
        building(
            canvas,
            view,
            light,
            chance,
            x0=5.2,
            x1=7.8,
            z0=20.2,
            z1=22,
            height_m=2.7,
            style="plain",
            wall=(90, 120, 150),
        )
        for x in (-22.0, 18.0):
            street_lamp(canvas, view, light, x, 19.5, 0.5, 7)
        wires(draw, view, light, -40, [20, 48])

    scene = Scene(
        key,
        title,
        place_classes,
        light,
        view,
        seed,
        ground,
        paint,
        lamps=[(-22, 19), (18, 19), (-1, 21), (-1, 34), (-14, 30), (12, 30)],
    )
    scene.lanes = [
        Lane(((-60, 10.6), (60, 10.6)), 8.5, 8, STREET_MIX, 0.8),
        Lane(((60, 15.2), (-60, 15.2)), 8, 7, STREET_MIX, 0.8),
        Lane((*((-44, 11.2), (-10, 11.6)), *curve((-8, 12), (-2.6, 12.4), (-2.6, 20)), (-2.6, 44)), 5, 2, mix, 0.2),
        Lane((*((0.6, 44), (0.6, 22)), *curve((0.6, 20), (0.6, 15), (-6, 15)), (-44, 15)), 5, 2, mix, 0.2),
        Lane(((-30, 20), (30, 20.4)), 1.3, 4, PEOPLE, 0.8),
        Lane(((-4, 19), (-4.4, 44)), 1.2, crowd // 2 + 1, PEOPLE, 1.0),
        Lane(((1.8, 44), (2.2, 19)), 1.2, crowd // 2 + 1, PEOPLE, 1.0),
    ]
    dice = random.Random(seed)  # noqa: S311 - a drawing
    scene.standing = [
        Standing(kind, 9 + 2.4 * k, 30 + dice.uniform(-0.5, 0.5), dice.uniform(-0.1, 0.1), dice.randrange(999))
        for k, kind in enumerate(parked * 2)
    ]
    scene.standing += [
        Standing("person", dice.uniform(-10, 8), dice.uniform(19, 21.4), 0, dice.randrange(999)) for _ in range(crowd)
    ]
    return scene


def petrol_pump(key: str, title: str, light: Light, seed: int) -> Scene:
    """A forecourt under a canopy."""
    view = View(5.8, 13.5, 72, 8)

    def ground(g: Ground) -> None:
        g.road_across(34, 46)
        g.tiles(g.box(-40, 40, 0, 33), (146, 144, 140), 2.2)
        g.kerb_across(33.4, -40, -16)
        g.kerb_across(33.4, -4, 10)
        g.paint(g.box(-9, -7, 12, 21) + g.box(3, 5, 12, 21), (206, 200, 190), 0.1)
        g.paint(g.disc(-4, 15, 1.3) * 0.4 + g.disc(1, 18, 1.1) * 0.4, (70, 68, 66), 0.1)

    def paint(canvas: Image.Image, scene: Scene, chance: random.Random) -> None:
        skyline(canvas, scene, chance, 130, -110, 110)
        row(canvas, scene, chance, 40, 50, 110)
        for a, b, h in ((-60, -40, 9), (-39, -24, 12), (-23, -8, 8), (-7, 8, 11), (9, 26, 9), (27, 46, 13)):
            building(canvas, view, light, chance, x0=a, x1=b, z0=50, z1=62, height_m=h, style="shops")
        for x in (-34, 31):
            tree(canvas, view, light, chance, x, 31, 7.5)
        building(
            canvas,
            view,
            light,
            chance,
            x0=-26,
            x1=-14,
            z0=20,
            z1=30,
            height_m=4,
            style="shops",
            front_style="glass",
            wall=(230, 230, 226),
        )
        draw = ImageDraw.Draw(canvas)
        for x in (-8, 4):
            for z in (20.0, 13.0):
                bar(draw, view, light, (x, 0, z), (x, 6.2, z), 0.45, (214, 214, 212))
            for z in (18.6, 14.6):
                for y0, y1, tone in ((0.2, 1.1, (214, 60, 44)), (1.1, 1.9, (236, 236, 232))):
                    box = [(x - 0.5, y1, z), (x + 0.5, y1, z), (x + 0.5, y0, z), (x - 0.5, y0, z)]
                    draw.polygon(view.polygon(box), fill=light.shade(tone, 2.4 if light.lamps else 1))
        under = [(-13, 6.2, 10), (9, 6.2, 10), (9, 6.2, 23), (-13, 6.2, 23)]
        draw.polygon(view.polygon(under), fill=light.shade((232, 232, 228), 3.4 if light.lamps else 0.8))
        for front in ([(-13, 7.3, 10), (9, 7.3, 10), (9, 6.2, 10), (-13, 6.2, 10)],):
            draw.polygon(view.polygon(front), fill=light.shade((222, 66, 40), 2.6 if light.lamps else 1))
        banner(
            canvas,
            view,
            light,
            chance,
            [(-6, 7.25, 9.95), (2, 7.25, 9.95), (2, 6.25, 9.95), (-6, 6.25, 9.95)],
            ("पेट्रोल पम्प", "PETROL PUMP"),
            ((222, 66, 40), (255, 255, 255)),
        )
        if light.lamps:
            from prahari.simcity.scenes.things import glow

            for x in (-11, -8, -5, -2, 1, 4, 7):
                for z in (20.0, 14.0):
                    glow(canvas, view, (x, 6.15, z), 0.18, (255, 252, 240), 4)

    scene = Scene(
        key,
        title,
        ("petrol_pump",),
        light,
        view,
        seed,
        ground,
        paint,
        lamps=[(x, z) for x in (-11, -6, -1, 4, 8) for z in (12, 16, 20)] + [(-20, 36), (16, 36)],
    )
    scene.lanes = [
        Lane(((-70, 37), (70, 37)), 10, 8, STREET_MIX, 0.8),
        Lane(((70, 43), (-70, 43)), 10, 8, STREET_MIX, 0.8),
        Lane(
            (
                *((-50, 36), (-14, 34)),
                *curve((-12, 32), (-10.4, 28), (-10.4, 20)),
                *curve((-10.4, 12), (-8, 6), (0, 6)),
                *curve((6, 6), (9, 8), (8, 26)),
                (10, 36),
                (50, 36.5),
            ),
            4.2,
            3,
            CAR_MIX,
            0.2,
        ),
        Lane(((-14, 25), (6, 24)), 1.1, 2, PEOPLE, 0.5),
    ]
    scene.standing = [
        Standing("hatch", -5.6, 18, 3.14, 4),
        Standing("bike", -5.8, 14, 3.14, 8),
        Standing("bike", 1.6, 17, 3.14, 2),
        Standing("suv", 6.8, 16, 0, 5),
        Standing("truck", -22, 14, 0.2, 3),
    ]
    scene.standing += [
        Standing("person", x, z, 0, s)
        for x, z, s in ((-6.9, 16.6, 5), (2.6, 18.4, 9), (5.4, 18, 13), (-17, 18.5, 21), (-15.5, 19, 2))
    ]
    return scene


def bus_stand(key: str, title: str, light: Light, seed: int) -> Scene:
    """Bays with buses before a terminal building, passengers everywhere."""
    view = View(7.2, 16, 74, -6)

    def ground(g: Ground) -> None:
        g.tiles(g.band(0, 70, across=True), (132, 130, 126), 3.0)
        g.tiles(g.band(33, 45, across=True), PAVING, 0.8)
        g.kerb_across(33, -80, 80)
        for k in range(-5, 7):
            x = k * 4.6
            g.paint(g.box(x - 0.08, x + 0.08, 20.5, 32.5), (236, 196, 60), 0.1, wear=0.3)

    def paint(canvas: Image.Image, scene: Scene, chance: random.Random) -> None:
        skyline(canvas, scene, chance, 130, -120, 120, (8, 20))
        building(
            canvas,
            view,
            light,
            chance,
            x0=-46,
            x1=40,
            z0=45,
            z1=60,
            height_m=8.5,
            style="block",
            sign=("बस स्टेशन", "BUS STATION"),
            wall=(226, 206, 160),
        )
        draw = ImageDraw.Draw(canvas)
        for x in range(-44, 40, 7):
            bar(draw, view, light, (x, 0, 36), (x, 4.2, 36), 0.28, (120, 140, 160))
        roof = [(-46, 4.3, 34), (40, 4.3, 34), (40, 4.9, 45), (-46, 4.9, 45)]
        draw.polygon(view.polygon(roof), fill=light.shade((92, 130, 160)))
        edge = [(-46, 4.3, 34), (40, 4.3, 34), (40, 3.9, 34), (-46, 3.9, 34)]
        draw.polygon(view.polygon(edge), fill=light.shade((224, 110, 40)))
        names = [
            ("लखनऊ", "LUCKNOW"),
            ("आगरा", "AGRA"),
            ("प्रयागराज", "PRAYAGRAJ"),
            ("झांसी", "JHANSI"),
            ("बरेली", "BAREILLY"),
        ]
        for k, words in enumerate(names):
            x = -20 + k * 9.2
            banner(
                canvas,
                view,
                light,
                chance,
                [(x, 5.6, 33.8), (x + 3.6, 5.6, 33.8), (x + 3.6, 4.5, 33.8), (x, 4.5, 33.8)],
                words,
                BOARDS[1],
            )
        for x in (-52, 46):
            tree(canvas, view, light, chance, x, 40, 9)

    scene = Scene(
        key, title, ("bus_station",), light, view, seed, ground, paint, lamps=[(x, 34) for x in range(-40, 40, 9)]
    )
    scene.lanes = [
        Lane((*((-70, 14), (-8, 14)), *curve((0, 14), (14, 13), (26, 9)), (60, 4)), 5.5, 3, BUS_MIX, 0.3),
        Lane(((60, 9.5), (-60, 8.6)), 5, 4, (("auto", 2), ("rickshaw", 3), ("bike", 3)), 0.8),
        Lane(((-40, 34.6), (38, 35)), 1.25, 9, PEOPLE, 1.0),
        Lane(((36, 38), (-40, 37.4)), 1.2, 8, PEOPLE, 1.2),
        Lane(((-12, 34), (-6, 12), (-14, 2)), 1.3, 4, PEOPLE, 0.8),
        Lane(((16, 2), (9, 16), (11, 34)), 1.3, 4, PEOPLE, 0.8),
    ]
    scene.standing = [
        Standing("bus", 4.6 * k + 2.3, 26.5, 3.14 if k % 3 else 0.0, k * 5 + 1) for k in (-4, -3, -1, 0, 1, 3, 4)
    ]
    dice = random.Random(seed)  # noqa: S311 - a drawing
    scene.standing += [
        Standing("person", dice.uniform(-30, 28), dice.uniform(33.6, 42), 0, dice.randrange(999)) for _ in range(26)
    ]
    return scene


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


MORNING, NOON, EVENING, NIGHT = lights.MORNING, lights.NOON, lights.EVENING, lights.NIGHT
