"""Places beside a road: gates of premises, a petrol pump, a bus station."""

from __future__ import annotations

import random

from PIL import Image, ImageDraw

from prahari.simcity.scenes.facade import BOARDS
from prahari.simcity.scenes.ground import CONCRETE, PAVING, Ground
from prahari.simcity.scenes.light import Light
from prahari.simcity.scenes.rows import PEOPLE, row, skyline
from prahari.simcity.scenes.scene import Scene
from prahari.simcity.scenes.things import (
    banner,
    bar,
    building,
    street_lamp,
    tree,
    wires,
)
from prahari.simcity.scenes.traffic import BUS_MIX, CAR_MIX, STREET_MIX, Lane, Standing, curve
from prahari.simcity.scenes.view import View


def gate(
    key: str,
    title: str,
    light: Light,
    seed: int,
    place_classes: tuple[str, ...],
    sign: tuple[str, str],
    *,
    style: str = "block",
    wall: tuple[int, int, int] = (214, 188, 150),
    mix: tuple[tuple[str, int], ...] = CAR_MIX,
    crowd: int = 8,
    yard: tuple[int, int, int] = CONCRETE,
    height_m: float = 10.0,
    yaw: float = -12.0,
    parked: tuple[str, ...] = ("bike", "bike", "hatch"),
) -> Scene:
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
