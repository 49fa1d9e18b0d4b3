"""Fronts of buildings as flat pictures: floors, windows, balconies, shops with boards; laid on walls by perspective."""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from prahari.simcity.scenes.fonts import font, has_hindi
from prahari.simcity.scenes.light import Colour, Light, fractal
from prahari.simcity.scenes.view import CANVAS, Pixel

PX_PER_M = 22
WALLS: list[Colour] = [
    (222, 206, 176), (206, 190, 164), (228, 196, 160), (190, 206, 196), (196, 204, 216), (226, 214, 200),
    (214, 176, 150), (182, 176, 166), (208, 212, 190), (170, 118, 92), (224, 222, 214), (200, 170, 140),
]  # fmt: skip
BOARDS: list[tuple[Colour, Colour]] = [
    ((178, 30, 36), (255, 246, 214)), ((24, 72, 148), (255, 255, 255)), ((238, 190, 40), (120, 20, 20)),
    ((20, 112, 74), (255, 255, 240)), ((250, 246, 236), (170, 24, 30)), ((96, 36, 110), (255, 238, 190)),
    ((232, 110, 30), (255, 255, 255)), ((30, 34, 44), (250, 206, 90)), ((0, 134, 158), (255, 255, 255)),
]  # fmt: skip
SIGNS = [
    ("मिष्ठान भंडार", "SWEETS"), ("किराना स्टोर", "KIRANA STORE"), ("मेडिकल स्टोर", "MEDICAL STORE"),
    ("वस्त्रालय", "CLOTH HOUSE"),
    ("मोबाइल सेंटर", "MOBILE CENTRE"), ("जूता घर", "SHOE HOUSE"), ("ज्वैलर्स", "JEWELLERS"), ("बर्तन भंडार", "UTENSILS"),
    ("साड़ी सेंटर", "SAREE CENTRE"), ("इलेक्ट्रॉनिक्स", "ELECTRONICS"), ("चाय नाश्ता", "TEA & SNACKS"),
    ("पुस्तक भंडार", "BOOK DEPOT"),
    ("जनरल स्टोर", "GENERAL STORE"), ("हार्डवेयर", "HARDWARE"), ("टेलर्स", "TAILORS"), ("भोजनालय", "RESTAURANT"),
]  # fmt: skip


def sign_text(chance: random.Random, text: tuple[str, str] | None = None) -> tuple[str, bool]:
    """A sign's words and whether they are Hindi."""
    hindi, english = text or chance.choice(SIGNS)
    use = has_hindi() and (text is not None or chance.random() < 0.6)
    return (hindi, True) if use else (english, False)


def board(
    draw: ImageDraw.ImageDraw,
    box: tuple[float, float, float, float],
    text: str,
    hindi: bool,
    colours: tuple[Colour, Colour],
) -> None:
    """A sign board with its words as large as they fit."""
    x0, y0, x1, y1 = box
    draw.rectangle(box, fill=colours[0], outline=tuple(c // 2 for c in colours[0]))
    size = max(8, int((y1 - y0) * (0.62 if hindi else 0.66)))
    while size > 8 and draw.textlength(text, font=font(size, hindi=hindi)) > (x1 - x0) * 0.92:
        size -= 1
    draw.text(((x0 + x1) / 2, (y0 + y1) / 2), text, fill=colours[1], font=font(size, hindi=hindi), anchor="mm")


def facade(
    width_m: float,
    height_m: float,
    style: str,
    light: Light,
    chance: random.Random,
    *,
    sign: tuple[str, str] | None = None,
    wall: Colour | None = None,
) -> Image.Image:
    """A front. `style`: house, shops, glass, block, shed, wall, plain. `sign`: words (Hindi, English) over the door."""
    width, height = max(8, int(width_m * PX_PER_M)), max(8, int(height_m * PX_PER_M))
    colour = wall or chance.choice(WALLS)
    lamps = light.lamps
    image = Image.new("RGB", (width, height), light.shade(colour))
    draw = ImageDraw.Draw(image)
    floor = 3.3 * PX_PER_M
    base = height - (3.6 * PX_PER_M if style in {"shops", "house"} else 0)
    if style == "glass":
        _glass(draw, width, height, light, chance)
    elif style == "shed":
        for x in range(0, width, 9):
            draw.line((x, 0, x, height), fill=light.shade(colour, 0.9), width=2)
        draw.rectangle((0, 0, width, 6), fill=light.shade((110, 60, 50)))
    elif style != "plain" and style != "wall":
        level = base
        while level - floor > -2:
            level -= floor
            _storey(draw, width, level, floor, light, chance, colour, style)
        draw.rectangle((0, 0, width, 5), fill=light.shade(colour, 0.72))
    if style == "shops":
        _shop_row(draw, width, base, height, light, chance, sign)
    elif style == "house":
        _ground_floor(draw, width, base, height, light, chance)
    elif sign is not None:
        words, hindi = sign_text(chance, sign)
        h = min(height * 0.3, 1.7 * PX_PER_M)
        top = max(4, height - 4.6 * PX_PER_M - h) if style != "wall" else height * 0.15
        board(draw, (width * 0.12, top, width * 0.88, top + h), words, hindi, chance.choice(BOARDS))
    if style == "wall":
        draw.rectangle((0, 0, width, 4), fill=light.shade(colour, 0.7))
    if not lamps:
        image = _weathered(image, chance)
    return image


def _storey(
    draw: ImageDraw.ImageDraw,
    width: int,
    top: float,
    floor: float,
    light: Light,
    chance: random.Random,
    colour: Colour,
    style: str,
) -> None:
    draw.rectangle((0, top + floor - 3, width, top + floor), fill=light.shade(colour, 0.8))
    bay = chance.uniform(2.6, 3.6) * PX_PER_M
    bays = max(1, int(width / bay))
    balcony = style != "block" and chance.random() < 0.5
    frame = chance.choice([(92, 70, 52), (70, 84, 92), (236, 236, 230), (60, 96, 80)])
    for index in range(bays):
        left = width * (index + 0.5) / bays - 0.62 * PX_PER_M
        right = left + 1.24 * PX_PER_M
        y0, y1 = top + 0.8 * PX_PER_M, top + 2.35 * PX_PER_M
        if light.lamps and chance.random() < 0.42:
            glass: Colour = chance.choice([(252, 214, 140), (236, 230, 206), (250, 196, 110), (190, 214, 236)])
        else:
            glass = light.shade(chance.choice([(62, 74, 86), (48, 56, 62), (84, 98, 108)]))
        draw.rectangle((left - 3, y0 - 3, right + 3, y1 + 3), fill=light.shade(frame))
        draw.rectangle((left, y0, right, y1), fill=glass)
        draw.line(((left + right) / 2, y0, (left + right) / 2, y1), fill=light.shade(frame), width=2)
        draw.polygon(
            [(left - 8, y0 - 4), (right + 8, y0 - 4), (right + 4, y0 - 10), (left - 4, y0 - 10)],
            fill=light.shade(colour, 1.1),
        )
        draw.rectangle((left - 6, y0 - 3, right + 6, y0 + 3), fill=light.shade(colour, 0.5))
        if chance.random() < 0.16:
            draw.rectangle((right + 6, y1 - 12, right + 24, y1 + 2), fill=light.shade((214, 216, 212)))
            draw.ellipse((right + 9, y1 - 11, right + 20, y1), fill=light.shade((120, 124, 124)))
        if balcony and index % 2 == 0:
            b0, b1 = left - 12, right + 12
            draw.rectangle((b0, y1 + 4, b1, y1 + 10), fill=light.shade(colour, 0.66))
            for x in np.arange(b0, b1, 5):
                draw.line((x, y1 - 14, x, y1 + 4), fill=light.shade((70, 66, 62)), width=1)
            draw.line((b0, y1 - 14, b1, y1 - 14), fill=light.shade((70, 66, 62)), width=2)
            if chance.random() < 0.5:
                x = chance.uniform(b0, b1 - 12)
                draw.rectangle(
                    (x, y1 - 13, x + 12, y1 + 6),
                    fill=light.shade(chance.choice([(190, 60, 70), (70, 110, 180), (230, 190, 80)])),
                )


def _glass(draw: ImageDraw.ImageDraw, width: int, height: int, light: Light, chance: random.Random) -> None:
    for y in range(0, height, 26):
        for x in range(0, width, 30):
            tone = chance.uniform(0.85, 1.12)
            pane: Colour = (104, 140, 164) if not (light.lamps and chance.random() < 0.4) else (250, 226, 170)
            lit = pane[0] > 200
            draw.rectangle((x, y, x + 27, y + 23), fill=pane if lit else light.shade(pane, tone))
    draw.rectangle((0, 0, width, 8), fill=light.shade((206, 208, 210)))


def _shop_row(
    draw: ImageDraw.ImageDraw,
    width: int,
    top: float,
    height: int,
    light: Light,
    chance: random.Random,
    sign: tuple[str, str] | None,
) -> None:
    count = max(1, round(width / (3.6 * PX_PER_M)))
    for index in range(count):
        x0, x1 = width * index / count + 3, width * (index + 1) / count - 3
        board_top, board_low = top + 4, top + 0.95 * PX_PER_M
        closed = chance.random() < (0.5 if light.lamps else 0.14)
        if closed:
            tone = chance.choice([(120, 126, 130), (86, 110, 132), (104, 120, 100)])
            draw.rectangle((x0, board_low, x1, height), fill=light.shade(tone))
            for y in np.arange(board_low, height, 5):
                draw.line((x0, y, x1, y), fill=light.shade(tone, 0.8), width=1)
        else:
            inside: Colour = (250, 226, 168) if light.lamps else light.shade((74, 62, 52))
            draw.rectangle((x0, board_low, x1, height), fill=inside)
            _goods(draw, x0, x1, board_low, height, light, chance)
        colours = chance.choice(BOARDS)
        if not light.lamps or closed:
            colours = (
                light.shade(colours[0], 2.0 if light.lamps else 1.0),
                light.shade(colours[1], 2.0 if light.lamps else 1.0),
            )
        words, hindi = sign_text(chance, sign if index == count // 2 else None)
        board(draw, (x0, board_top, x1, board_low), words, hindi, colours)
        if chance.random() < 0.45:
            stripe = chance.choice([(196, 60, 54), (52, 110, 170), (60, 140, 90), (222, 170, 60)])
            for k in range(8):
                a, b = x0 + (x1 - x0) * k / 8, x0 + (x1 - x0) * (k + 1) / 8
                tone = stripe if k % 2 else (238, 234, 224)
                draw.polygon(
                    [(a, board_low), (b, board_low), (b + 2, board_low + 14), (a + 2, board_low + 14)],
                    fill=light.shade(tone, 1.5 if light.lamps else 1),
                )


def _goods(
    draw: ImageDraw.ImageDraw, x0: float, x1: float, top: float, low: float, light: Light, chance: random.Random
) -> None:
    factor = 2.6 if light.lamps else 0.9
    for row in range(3):
        y = top + (low - top) * (0.25 + 0.24 * row)
        x = x0 + 4
        while x < x1 - 8:
            w = chance.uniform(4, 12)
            tone = chance.choice(
                [(200, 90, 60), (220, 190, 80), (90, 130, 170), (150, 170, 100), (210, 210, 200), (160, 70, 110)]
            )
            draw.rectangle((x, y - chance.uniform(6, 15), x + w, y), fill=light.shade(tone, factor))
            x += w + 2


def _ground_floor(
    draw: ImageDraw.ImageDraw, width: int, top: float, height: int, light: Light, chance: random.Random
) -> None:
    door = chance.choice([(112, 74, 46), (74, 92, 84), (88, 80, 104)])
    x = width * chance.uniform(0.2, 0.7)
    draw.rectangle((x, top + 18, x + 1.5 * PX_PER_M, height), fill=light.shade(door))
    for left in (width * 0.06, width * 0.78):
        glass = (250, 214, 140) if light.lamps and chance.random() < 0.5 else light.shade((66, 76, 84))
        draw.rectangle((left, top + 20, left + 1.4 * PX_PER_M, top + 50), fill=glass)
    draw.rectangle((0, top, width, top + 5), fill=light.shade((150, 140, 130)))


@lru_cache(maxsize=1)
def _stains() -> NDArray[np.float32]:
    """Streaks as rain leaves them on walls, 1024 x 2048."""
    return fractal((1024, 2048), np.random.default_rng(5), (170, 4), 3).astype(np.float32)


def _weathered(image: Image.Image, chance: random.Random) -> Image.Image:
    data = np.asarray(image, dtype=np.float32)
    height, width = data.shape[:2]
    stains = _stains()
    left = chance.randrange(max(1, stains.shape[1] - width))
    streaks = np.resize(stains[: min(height, 1024), left : left + width], (height, width))
    dirt = np.linspace(0.0, 0.16, height, dtype=np.float32)[:, None]
    return Image.fromarray(np.clip(data * (1.05 - 0.22 * streaks - dirt)[..., None], 0, 255).astype(np.uint8))


def paste(canvas: Image.Image, texture: Image.Image, quad: Sequence[Pixel], haze: Colour, share: float) -> None:
    """Lay a picture on the canvas so that its corners (top left, top right, low right, low left) fall on `quad`."""
    xs, ys = [p[0] for p in quad], [p[1] for p in quad]
    x0, y0 = max(0, int(min(xs)) - 1), max(0, int(min(ys)) - 1)
    x1, y1 = min(CANVAS[0], int(max(xs)) + 2), min(CANVAS[1], int(max(ys)) + 2)
    if x1 - x0 < 2 or y1 - y0 < 2:
        return
    span = max(max(xs) - min(xs), 1.0)
    if span < texture.width * 0.5:  # a small picture of a large front: smooth it first
        factor = min(8, int(texture.width / span))
        if factor > 1:
            texture = texture.reduce(factor)
    w, h = texture.size
    corners = [(0.0, 0.0), (float(w), 0.0), (float(w), float(h)), (0.0, float(h))]
    rows, right = [], []
    for (u, v), (x, y) in zip(corners, quad, strict=True):
        x, y = x - x0, y - y0
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        right += [u, v]
    try:
        coefficients = np.linalg.solve(np.array(rows), np.array(right))
    except np.linalg.LinAlgError:  # the front is seen edge on: nothing to show
        return
    size = (x1 - x0, y1 - y0)
    if share > 0:
        texture = Image.blend(texture, Image.new("RGB", texture.size, haze), min(1.0, share))
    warped = texture.transform(size, Image.Transform.PERSPECTIVE, coefficients.tolist(), Image.Resampling.BILINEAR)
    mask = Image.new("L", size, 0)
    ImageDraw.Draw(mask).polygon([(x - x0, y - y0) for x, y in quad], fill=255)
    canvas.paste(warped, (x0, y0), mask.filter(ImageFilter.GaussianBlur(0.5)))
