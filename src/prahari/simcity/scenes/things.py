"""Things that stand in a scene: buildings, trees, poles, signals, boards, crowds of parked things."""

from __future__ import annotations

import itertools
import math
import random

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from prahari.simcity.scenes.facade import board, facade, paste
from prahari.simcity.scenes.light import Colour, Light
from prahari.simcity.scenes.view import View

Draw = ImageDraw.ImageDraw


def building(
    canvas: Image.Image,
    view: View,
    light: Light,
    chance: random.Random,
    *,
    x0: float,
    x1: float,
    z0: float,
    z1: float,
    height_m: float,
    style: str = "house",
    front_style: str | None = None,
    sign: tuple[str, str] | None = None,
    wall: Colour | None = None,
    base_m: float = 0.0,
) -> None:
    """A block between x0..x1 and z0..z1 (z0 nearer). The side towards x = 0 and the front at z0 get fronts."""
    wall = wall or chance.choice(
        [
            (222, 206, 176),
            (206, 190, 164),
            (228, 196, 160),
            (190, 206, 196),
            (226, 214, 200),
            (196, 204, 216),
            (214, 176, 150),
            (224, 222, 214),
        ]
    )
    top = base_m + height_m
    side = x1 if x1 <= 0 else x0 if x0 >= 0 else None
    roof = [(x0, top, z0), (x1, top, z0), (x1, top, z1), (x0, top, z1)]
    if view.height_m > top:
        polygon = view.polygon(roof)
        if len(polygon) > 2:
            ImageDraw.Draw(canvas).polygon(polygon, fill=light.far((150, 146, 140), view.depth((x0 + x1) / 2, z0)))
    if side is not None and z1 > z0:
        _wall(
            canvas,
            view,
            light,
            chance,
            (side, z0) if side == x1 else (side, z1),
            (side, z1) if side == x1 else (side, z0),
            base_m,
            top,
            style,
            sign,
            wall,
            0.92,
        )
    _wall(
        canvas,
        view,
        light,
        chance,
        (x0, z0),
        (x1, z0),
        base_m,
        top,
        front_style or style,
        sign if side is None else None,
        wall,
        1.0,
    )


def _wall(
    canvas: Image.Image,
    view: View,
    light: Light,
    chance: random.Random,
    start: tuple[float, float],
    end: tuple[float, float],
    low: float,
    top: float,
    style: str,
    sign: tuple[str, str] | None,
    wall: Colour,
    factor: float,
) -> None:
    """A wall from `start` to `end` (x, z), cut in pieces so that the near plane and perspective do no harm."""
    length = math.dist(start, end)
    pieces = max(1, round(length / 14))
    for index in range(pieces):
        a, b = index / pieces, (index + 1) / pieces
        p = (start[0] + (end[0] - start[0]) * a, start[1] + (end[1] - start[1]) * a)
        q = (start[0] + (end[0] - start[0]) * b, start[1] + (end[1] - start[1]) * b)
        if min(view.depth(*p), view.depth(*q)) < 1.0:
            continue
        tone = (int(wall[0] * factor), int(wall[1] * factor), int(wall[2] * factor))
        texture = facade(
            length / pieces, top - low, style, light, chance, sign=sign if index == pieces // 2 else None, wall=tone
        )
        corners = np.array([(p[0], top, p[1]), (q[0], top, q[1]), (q[0], low, q[1]), (p[0], low, p[1])])
        quad = [(float(x), float(y)) for x, y in view.project(corners)]
        depth = (view.depth(*p) + view.depth(*q)) / 2
        paste(canvas, texture, quad, light.haze, 1 - math.exp(-depth / light.haze_m))


def tree_sprite(light: Light, chance: random.Random, tone: Colour = (74, 108, 52), size: int = 300) -> Image.Image:
    """A tree, RGBA, its foot at the middle of the lower edge."""
    image = Image.new("RGBA", (size, size), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    trunk = light.shade((92, 72, 54))
    middle = size / 2
    draw.polygon(
        [(middle - 8, size), (middle + 8, size), (middle + 5, size * 0.45), (middle - 5, size * 0.45)],
        fill=(*trunk, 255),
    )
    for angle in (-0.6, 0.5):
        draw.line(
            (middle, size * 0.62, middle + math.sin(angle) * size * 0.25, size * 0.36), fill=(*trunk, 255), width=6
        )
    clumps = []
    for _ in range(170):
        angle, reach = chance.uniform(0, 2 * math.pi), math.sqrt(chance.random())
        clumps.append((math.cos(angle) * reach * size * 0.40, math.sin(angle) * reach * size * 0.28))
    clumps.sort(key=lambda c: c[1] * 0.6 + abs(c[0]) * -0.2, reverse=True)
    for dx, dy in clumps:
        radius = chance.uniform(0.035, 0.075) * size
        bright = 0.72 - dy / size * 1.1 + dx / size * 0.25 + chance.uniform(-0.14, 0.14)
        x, y = middle + dx, size * 0.34 + dy
        draw.ellipse(
            (x - radius, y - radius * 0.8, x + radius, y + radius * 0.8),
            fill=(*light.shade(tone, max(0.35, bright)), 255),
        )
    return image


def tree(
    canvas: Image.Image,
    view: View,
    light: Light,
    chance: random.Random,
    x: float,
    z: float,
    height_m: float,
    tone: Colour = (74, 108, 52),
) -> None:
    depth = view.depth(x, z)
    if depth < 2:
        return
    foot = view.project(np.array([[x, 0.0, z]]))[0]
    size = int(view.pixels_per_m(depth) * height_m)
    if size < 4 or foot[0] < -size or foot[0] > canvas.width + size:
        return
    if light.shadow:
        shadow(canvas, view, light, x, z, height_m * 0.3)
    sprite = tree_sprite(light, chance, tone)
    haze = Image.new("RGBA", sprite.size, (*light.haze, 255))
    haze.putalpha(sprite.getchannel("A"))
    sprite = Image.blend(sprite, haze, 1 - math.exp(-depth / light.haze_m)).resize(
        (size, size), Image.Resampling.LANCZOS
    )
    canvas.paste(sprite, (int(foot[0] - size / 2), int(foot[1] - size)), sprite)


def shadow(canvas: Image.Image, view: View, light: Light, x: float, z: float, radius_m: float) -> None:
    draw = ImageDraw.Draw(canvas, "RGBA")
    points = [
        (
            x + light.shadow_dx * radius_m * 1.5 + radius_m * 1.4 * math.cos(a),
            0.0,
            z + light.shadow_dz * radius_m + radius_m * math.sin(a),
        )
        for a in np.linspace(0, 2 * math.pi, 18)
    ]
    polygon = view.polygon(points)
    if len(polygon) > 2:
        draw.polygon(polygon, fill=(20, 22, 28, light.shadow))


def bar(
    draw: Draw,
    view: View,
    light: Light,
    a: tuple[float, float, float],
    b: tuple[float, float, float],
    width_m: float,
    colour: Colour,
) -> None:
    """A pole or beam between two points of the world."""
    points = [view.pixel(*a), view.pixel(*b)]
    depth = max(1.0, (view.depth(a[0], a[2], a[1]) + view.depth(b[0], b[2], b[1])) / 2)
    width = max(1, round(view.pixels_per_m(depth) * width_m))
    draw.line(points, fill=light.far(light.shade(colour), depth), width=width)


def street_lamp(
    canvas: Image.Image, view: View, light: Light, x: float, z: float, reach: float, height_m: float = 8.0
) -> None:
    draw = ImageDraw.Draw(canvas)
    bar(draw, view, light, (x, 0, z), (x, height_m, z), 0.16, (120, 122, 124))
    bar(draw, view, light, (x, height_m, z), (x + reach, height_m + 0.4, z), 0.1, (120, 122, 124))
    if light.lamps:
        glow(canvas, view, (x + reach, height_m + 0.3, z), 0.32, (255, 224, 160))


def glow(
    canvas: Image.Image,
    view: View,
    place: tuple[float, float, float],
    radius_m: float,
    colour: Colour,
    reach: float = 9.0,
) -> None:
    """A lamp's disc and the halo around it."""
    depth = view.depth(place[0], place[2], place[1])
    if depth < 1:
        return
    x, y = view.pixel(*place)
    radius = max(1.2, view.pixels_per_m(depth) * radius_m)
    draw = ImageDraw.Draw(canvas, "RGBA")
    for step in range(6, 0, -1):
        r = radius * (1 + (reach - 1) * (step / 6) ** 1.8)
        draw.ellipse((x - r, y - r, x + r, y + r), fill=(*colour, 7 if step > 1 else 60))
    draw.ellipse((x - radius, y - radius * 0.8, x + radius, y + radius * 0.8), fill=(255, 250, 232, 255))


def lamp_pools(
    picture: np.ndarray,
    view: View,
    lamps: list[tuple[float, float]],
    warm: tuple[float, float, float] = (1.0, 0.80, 0.52),
) -> np.ndarray:
    """Street light on the ground: brightness added in pools around lamps (x, z)."""
    x, z, _ = view.ground()
    total = np.zeros(x.shape, dtype=np.float32)
    for lamp_x, lamp_z in lamps:
        total += 1 / (1 + ((x - lamp_x) ** 2 + (z - lamp_z) ** 2) / 22)
    total = np.minimum(total, 1.3)[..., None]
    tone = np.array(warm, dtype=np.float32)
    lit: np.ndarray = picture * (1 + 2.6 * total * tone) + 16 * total * tone
    return lit


def signal_pole(
    canvas: Image.Image, view: View, light: Light, x: float, z: float, arm: float
) -> tuple[float, float, float]:
    """A traffic signal on an arm over the road; returns where its lamps hang."""
    draw = ImageDraw.Draw(canvas)
    bar(draw, view, light, (x, 0, z), (x, 6.2, z), 0.2, (196, 170, 40))
    bar(draw, view, light, (x, 6.0, z), (x + arm, 6.3, z), 0.14, (90, 92, 94))
    for px, low, high in ((x + arm, 5.0, 6.5), (x, 3.2, 4.6)):
        box = view.project(np.array([(px - 0.28, high, z), (px + 0.28, low, z)]))
        draw.rectangle((*box[0], *box[1]), fill=(22, 24, 24))
    return (x + arm, 5.75, z)


def banner(
    canvas: Image.Image,
    view: View,
    light: Light,
    chance: random.Random,
    quad: list[tuple[float, float, float]],
    text: tuple[str, str],
    colours: tuple[Colour, Colour],
) -> None:
    """A hoarding with words, its corners in the world: top left, top right, low right, low left."""
    image = Image.new("RGB", (360, 150), colours[0])
    draw = ImageDraw.Draw(image)
    from prahari.simcity.scenes.fonts import has_hindi

    factor = 0.75 if light.lamps else 1.0
    shades = (light.shade(colours[0]) if not light.lamps else tuple(int(c * factor) for c in colours[0]), colours[1])
    board(draw, (0, 0, 359, 149), text[0] if has_hindi() else text[1], has_hindi(), shades)  # type: ignore[arg-type]
    depth = view.depth(quad[0][0], quad[0][2])
    if depth > 1:
        points = [(float(x), float(y)) for x, y in view.project(np.array(quad))]
        paste(canvas, image, points, light.haze, 1 - math.exp(-depth / light.haze_m))


def wires(draw: Draw, view: View, light: Light, x: float, zs: list[float], height_m: float = 7.2) -> None:
    """Electric poles with sagging wires between them."""
    for z in zs:
        bar(draw, view, light, (x, 0, z), (x, height_m + 0.5, z), 0.2, (136, 130, 122))
        bar(draw, view, light, (x - 0.8, height_m, z), (x + 0.8, height_m, z), 0.1, (110, 106, 100))
    for offset in (-0.7, 0.0, 0.7):
        for z0, z1 in itertools.pairwise(zs):
            line = [
                (x + offset, height_m - 0.9 * math.sin(math.pi * t), z0 + (z1 - z0) * t) for t in np.linspace(0, 1, 9)
            ]
            if min(view.depth(px, pz, py) for px, py, pz in line) > 1:
                draw.line(
                    [(float(a), float(b)) for a, b in view.project(np.array(line))],
                    fill=light.far(light.shade((46, 46, 48)), 20),
                    width=1,
                )


def wet_mirror(canvas: Image.Image, horizon: int) -> Image.Image:
    """A wet ground: what stands above the horizon mirrored in it, blurred."""
    low = canvas.height - horizon
    mirror = canvas.crop((0, max(0, horizon - low), canvas.width, horizon)).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    mirror = mirror.resize((canvas.width, low)).filter(ImageFilter.GaussianBlur(9))
    fade = Image.linear_gradient("L").resize((canvas.width, low)).point(lambda v: int(105 - v * 0.3))
    out = canvas.copy()
    out.paste(mirror, (0, horizon), fade)
    return out
