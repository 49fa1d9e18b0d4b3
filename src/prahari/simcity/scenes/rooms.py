"""Indoor scenes: a bank hall, a cash machine room, a showroom, a ward corridor."""

from __future__ import annotations

import random

from PIL import Image, ImageDraw

from prahari.simcity.scenes.facade import BOARDS
from prahari.simcity.scenes.ground import Ground
from prahari.simcity.scenes.light import INDOOR, Colour, Light
from prahari.simcity.scenes.rows import PEOPLE
from prahari.simcity.scenes.scene import Scene
from prahari.simcity.scenes.things import banner
from prahari.simcity.scenes.traffic import Lane, Standing
from prahari.simcity.scenes.vehicles import draw_vehicle
from prahari.simcity.scenes.view import View

Box = tuple[float, float, float, float, float, float]


def block(draw: ImageDraw.ImageDraw, view: View, light: Light, box: Box, colour: Colour, bright: float = 1.0) -> None:
    """A box (x0, x1, y0, y1, z0, z1): the sides that are seen, shaded."""
    x0, x1, y0, y1, z0, z1 = box
    sides = []
    if x0 > 0:
        sides.append(([(x0, y1, z0), (x0, y1, z1), (x0, y0, z1), (x0, y0, z0)], 0.78))
    if x1 < 0:
        sides.append(([(x1, y1, z0), (x1, y1, z1), (x1, y0, z1), (x1, y0, z0)], 0.84))
    if y1 < view.height_m:
        sides.append(([(x0, y1, z0), (x1, y1, z0), (x1, y1, z1), (x0, y1, z1)], 1.08))
    sides.append(([(x0, y1, z0), (x1, y1, z0), (x1, y0, z0), (x0, y0, z0)], 0.92))
    for corners, shade in sides:
        polygon = view.polygon(corners)
        if len(polygon) > 2:
            draw.polygon(polygon, fill=light.shade(colour, shade * bright))


def _shell(
    canvas: Image.Image, scene: Scene, half: float, deep: float, high: float, walls: Colour, skirting: Colour
) -> None:
    """Walls and ceiling of a room, with rows of lamps."""
    view, light, draw = scene.view, scene.light, ImageDraw.Draw(canvas)

    def face(corners: list[tuple[float, float, float]], colour: Colour, shade: float) -> None:
        polygon = view.polygon(corners)
        if len(polygon) > 2:
            draw.polygon(polygon, fill=light.shade(colour, shade))

    face([(-half, high, 0.2), (half, high, 0.2), (half, high, deep), (-half, high, deep)], (236, 236, 232), 0.9)
    steps = 24
    for k in range(steps):  # walls in strips: lighter towards the far end
        z0, z1 = deep * k / steps, deep * (k + 1) / steps
        for x, shade in ((-half, 0.80), (half, 0.74)):
            tone = shade + 0.14 * k / steps
            face([(x, high, z0), (x, high, z1), (x, 0, z1), (x, 0, z0)], walls, tone)
            face([(x, 0.9, z0), (x, 0.9, z1), (x, 0, z1), (x, 0, z0)], skirting, tone)
    face([(-half, high, deep), (half, high, deep), (half, 0, deep), (-half, 0, deep)], walls, 0.97)
    face([(-half, 0.9, deep), (half, 0.9, deep), (half, 0, deep), (-half, 0, deep)], skirting, 0.95)
    for x in (-half * 0.5, half * 0.5):
        for k in range(1, int(deep // 2)):
            face(
                [
                    (x - 0.6, high - 0.01, 2 * k),
                    (x + 0.6, high - 0.01, 2 * k),
                    (x + 0.6, high - 0.01, 2 * k + 0.6),
                    (x - 0.6, high - 0.01, 2 * k + 0.6),
                ],
                (255, 255, 250),
                1.1,
            )


def bank_hall(key: str, title: str, seed: int, place_classes: tuple[str, ...] = ("bank",)) -> Scene:
    """Counters behind glass at the far end, a queue, chairs for those who wait."""
    view = View(3.1, 19, 84, -6)

    def ground(g: Ground) -> None:
        g.tiles(g.band(-60, 60), (206, 200, 188), 0.8)
        g.paint(g.box(-1.4, 0.6, 3.5, 10.4), (150, 60, 58), 0.15)

    def paint(canvas: Image.Image, scene: Scene, chance: random.Random) -> None:
        light, draw = scene.light, ImageDraw.Draw(canvas)
        _shell(canvas, scene, 6.2, 14.5, 3.4, (222, 224, 218), (150, 164, 178))
        banner(
            canvas,
            view,
            light,
            chance,
            [(-3.6, 3.3, 14.45), (3.6, 3.3, 14.45), (3.6, 2.62, 14.45), (-3.6, 2.62, 14.45)],
            ("गंगेटिक बैंक", "GANGETIC BANK"),
            BOARDS[1],
        )
        for k in range(5):
            x = -5.6 + k * 2.3
            block(draw, view, light, (x, x + 2.25, 0, 1.1, 12.4, 13.2), (128, 92, 64))
            pane = view.polygon(
                [(x + 0.06, 2.3, 12.4), (x + 2.19, 2.3, 12.4), (x + 2.19, 1.1, 12.4), (x + 0.06, 1.1, 12.4)]
            )
            ImageDraw.Draw(canvas, "RGBA").polygon(pane, fill=(196, 218, 226, 110))
            draw.line([*pane, pane[0]], fill=light.shade((150, 154, 158)), width=2)
            banner(
                canvas,
                view,
                light,
                chance,
                [(x + 0.6, 2.62, 12.38), (x + 1.6, 2.62, 12.38), (x + 1.6, 2.34, 12.38), (x + 0.6, 2.34, 12.38)],
                (f"काउंटर {k + 1}", f"COUNTER {k + 1}"),
                BOARDS[3],
            )
        for row in range(2):
            for k in range(4):
                z = 5.2 + k * 1.0
                x = 3.6 + row * 1.15
                block(draw, view, light, (x, x + 0.55, 0.36, 0.46, z, z + 0.7), (52, 84, 120))
                block(draw, view, light, (x + 0.48, x + 0.55, 0.46, 0.95, z, z + 0.7), (52, 84, 120))
        block(draw, view, light, (-5.9, -4.6, 0, 1.05, 6.6, 8.6), (140, 104, 74))
        block(draw, view, light, (-5.2, -5.0, 1.05, 1.5, 7.2, 7.8), (40, 44, 48))
        for x, z in ((-5.6, 11.2), (5.5, 11.4)):
            block(draw, view, light, (x - 0.25, x + 0.25, 0, 0.45, z, z + 0.4), (150, 90, 60))
            for _ in range(30):
                px, py = view.pixel(x + chance.uniform(-0.4, 0.4), 0.6 + chance.random() * 0.9, z)
                draw.ellipse(
                    (px - 8, py - 12, px + 8, py + 12), fill=light.shade((60, 120, 70), chance.uniform(0.7, 1.1))
                )
        for z in range(4, 11):
            block(draw, view, light, (-1.75, -1.7, 0, 0.95, z, z + 0.05), (190, 160, 70))
            block(draw, view, light, (0.9, 0.95, 0, 0.95, z, z + 0.05), (190, 160, 70))

    scene = Scene(key, title, place_classes, INDOOR, view, seed, ground, paint)
    scene.lanes = [
        Lane(((-3.2, 1.6), (-2.4, 6), (-3.2, 11.4)), 0.9, 2, PEOPLE, 0.3),
        Lane(((1.6, 11.4), (2.2, 7), (1.4, 1.6)), 0.95, 2, PEOPLE, 0.3),
        Lane(((-4.2, 10.6), (4.4, 10.8)), 0.8, 1, PEOPLE, 0.2),
    ]
    dice = random.Random(seed)  # noqa: S311 - a drawing
    scene.standing = [
        Standing("person", -0.4 + dice.uniform(-0.2, 0.2), 5.2 + k * 1.05, 0, dice.randrange(999)) for k in range(6)
    ]
    scene.standing += [Standing("person", -4.6 + k * 2.3, 13.6, 0, dice.randrange(999)) for k in range(5)]
    scene.standing += [Standing("person", 3.0, 4.4, 0, 12), Standing("person", 2.8, 9.6, 0, 41)]
    return scene


def cash_machines(key: str, title: str, seed: int) -> Scene:
    """A room with three cash machines and a glass door; one person at a time."""
    view = View(2.6, 23, 92, 10)

    def ground(g: Ground) -> None:
        g.tiles(g.band(-30, 30), (188, 192, 196), 0.6)
        g.paint(g.box(-1.2, 1.2, 0.5, 1.8), (60, 60, 64), 0.2)

    def paint(canvas: Image.Image, scene: Scene, chance: random.Random) -> None:
        light, draw = scene.light, ImageDraw.Draw(canvas)
        _shell(canvas, scene, 3.0, 5.6, 2.9, (226, 228, 226), (60, 96, 140))
        for k in range(3):
            x = -1.9 + k * 1.5
            block(draw, view, light, (x, x + 0.9, 0, 1.75, 4.9, 5.55), (64, 100, 150))
            block(draw, view, light, (x + 0.05, x + 0.85, 0.85, 1.0, 4.65, 4.9), (176, 180, 184))
            screen = view.polygon(
                [(x + 0.2, 1.5, 4.88), (x + 0.7, 1.5, 4.88), (x + 0.7, 1.12, 4.88), (x + 0.2, 1.12, 4.88)]
            )
            draw.polygon(screen, fill=(150, 214, 236))
            banner(
                canvas,
                view,
                light,
                chance,
                [(x, 2.1, 4.9), (x + 0.9, 2.1, 4.9), (x + 0.9, 1.8, 4.9), (x, 1.8, 4.9)],
                ("एटीएम", "ATM"),
                BOARDS[7],
            )
            if k < 2:
                block(draw, view, light, (x + 1.15, x + 1.2, 0, 1.9, 4.2, 5.5), (160, 190, 200))
        for x0, x1, words in ((-2.98, -2.97, ("सहायता", "HELP")),):
            banner(
                canvas,
                view,
                light,
                chance,
                [(x0, 2.2, 2.2), (x1, 2.2, 3.6), (x1, 1.3, 3.6), (x0, 1.3, 2.2)],
                words,
                BOARDS[4],
            )
        block(draw, view, light, (2.35, 2.75, 0, 0.6, 4.6, 5.0), (120, 124, 126))
        glass = view.polygon([(2.98, 2.4, 1.4), (2.98, 2.4, 3.2), (2.98, 0, 3.2), (2.98, 0, 1.4)])
        ImageDraw.Draw(canvas, "RGBA").polygon(glass, fill=(206, 226, 236, 190))
        draw.line([*glass, glass[0]], fill=light.shade((90, 96, 100)), width=5)

    scene = Scene(key, title, ("atm", "bank"), INDOOR, view, seed, ground, paint)
    scene.lanes = [
        Lane(((2.7, 2.2), (0.4, 2.6), (0.2, 4.2)), 0.55, 1, PEOPLE, 0.1),
        Lane(((-1.3, 4.3), (0.6, 2.8), (2.7, 2.6)), 0.5, 1, PEOPLE, 0.1),
    ]
    scene.standing = [Standing("person", 1.55, 4.3, 0, 14), Standing("person", 2.2, 1.9, 0, 23)]
    return scene


def showroom(key: str, title: str, seed: int) -> Scene:
    """Cars on a polished floor behind a glass front, buyers strolling among them."""
    view = View(4.2, 18, 76, 8)

    def ground(g: Ground) -> None:
        g.tiles(g.band(-60, 60), (214, 212, 206), 1.4)
        for x, z in ((-4.5, 9), (2.5, 11), (-1.5, 16)):
            g.paint(g.disc(x, z, 2.9), (186, 190, 196), 0.05)

    def paint(canvas: Image.Image, scene: Scene, chance: random.Random) -> None:
        light, draw = scene.light, ImageDraw.Draw(canvas)
        _shell(canvas, scene, 9.5, 21, 4.6, (226, 226, 224), (196, 60, 54))
        banner(
            canvas,
            view,
            light,
            chance,
            [(-6.5, 4.2, 20.9), (6.5, 4.2, 20.9), (6.5, 2.9, 20.9), (-6.5, 2.9, 20.9)],
            ("पुष्पक मोटर्स", "PUSHPAK MOTORS"),
            BOARDS[0],
        )
        for k in range(7):
            z = 2.5 + k * 2.4
            pane = view.polygon([(9.45, 3.8, z), (9.45, 3.8, z + 2.2), (9.45, 0.2, z + 2.2), (9.45, 0.2, z)])
            if len(pane) > 2:
                draw.polygon(pane, fill=(196, 220, 236))
                draw.line([*pane, pane[0]], fill=(120, 124, 128), width=3)
        block(draw, view, light, (-9.0, -6.4, 0, 1.1, 14.5, 17.5), (150, 120, 90))
        block(draw, view, light, (-8.6, -8.2, 1.1, 1.6, 15.4, 16.0), (40, 44, 50))
        pen = ImageDraw.Draw(canvas, "RGBA")
        for kind, x, z, heading, colour in (
            ("suv", -1.5, 16, 2.3, 7),
            ("sedan", 2.5, 11, 3.7, 3),
            ("hatch", -4.5, 9, 2.5, 16),
        ):
            draw_vehicle(pen, view, light, kind, x, z, heading, colour)

    scene = Scene(key, title, ("automobile",), INDOOR, view, seed, ground, paint)
    scene.lanes = [
        Lane(((6.5, 3), (6.0, 14), (1.5, 14)), 0.8, 2, PEOPLE, 0.4),
        Lane(((-7.4, 12.6), (-7.6, 5.6), (0, 5.4), (5.4, 6.4)), 0.75, 2, PEOPLE, 0.3),
    ]
    scene.standing = [
        Standing("person", x, z, 0, s)
        for x, z, s in ((-7.0, 18.2, 4), (-1.6, 11.6, 22), (0.2, 8.2, 31), (5.2, 9.4, 13))
    ]
    return scene
