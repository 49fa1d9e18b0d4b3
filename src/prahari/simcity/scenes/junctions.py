"""Junctions: four arms with signals, and a circle with a monument."""

from __future__ import annotations

import random

import numpy as np
from PIL import Image, ImageDraw

from prahari.simcity.scenes.facade import BOARDS
from prahari.simcity.scenes.ground import GRASS, PAVING, WHITE, Ground
from prahari.simcity.scenes.light import Light
from prahari.simcity.scenes.rows import PEOPLE, row, skyline
from prahari.simcity.scenes.scene import Scene, Signal, ring
from prahari.simcity.scenes.things import (
    banner,
    bar,
    building,
    signal_pole,
    street_lamp,
    tree,
    wires,
)
from prahari.simcity.scenes.traffic import STREET_MIX, Lane, Standing
from prahari.simcity.scenes.view import View


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
            [(14.5, 10.4, 37), (21.0, 10.4, 37), (21.0, 7.8, 37), (14.5, 7.8, 37)],
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
