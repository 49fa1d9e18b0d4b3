"""A scene ready to be filmed: a painted background and what moves before it."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import av
import numpy as np
from PIL import Image, ImageDraw

from prahari.simcity.scenes.fonts import font
from prahari.simcity.scenes.ground import Ground
from prahari.simcity.scenes.light import Light, sky
from prahari.simcity.scenes.people import draw_person
from prahari.simcity.scenes.traffic import Lane, Mover, Standing, film_traffic
from prahari.simcity.scenes.vehicles import draw_vehicle
from prahari.simcity.scenes.view import CANVAS, HEIGHT, SCALE, WIDTH, View

FPS = 8
LOOP_S = 60
CAPTION_PX = 32


@dataclass
class Signal:
    """Lamps of a traffic signal at a place in the world; red between two seconds of the cycle, yellow before it."""

    place: tuple[float, float, float]
    red_from: float
    red_until: float


@dataclass
class Scene:
    """`paint(canvas)` draws what stands; `front`: sprites (depth, picture, left, top) that hide what passes behind."""

    key: str
    title: str
    place_classes: tuple[str, ...]
    light: Light
    view: View
    seed: int
    ground: Callable[[Ground], None]
    paint: Callable[[Image.Image, Scene, random.Random], None]
    lanes: list[Lane] = field(default_factory=list)
    standing: list[Standing] = field(default_factory=list)
    signals: list[Signal] = field(default_factory=list)
    lamps: list[tuple[float, float]] = field(default_factory=list)
    cycle_s: int = 12
    base: tuple[int, int, int] = (158, 138, 110)
    after: Callable[[ImageDraw.ImageDraw, Scene, int], None] | None = None
    front: list[tuple[float, Image.Image, int, int]] = field(default_factory=list)


def background(scene: Scene) -> Image.Image:
    """Sky, ground and standing things on a canvas twice the picture's size."""
    from prahari.simcity.scenes.things import lamp_pools, wet_mirror

    chance = np.random.default_rng(scene.seed)
    view, light = scene.view, scene.light
    picture = sky(light, CANVAS[0], CANVAS[1], view.horizon_px, chance)
    ground = Ground(view, chance, scene.base)
    scene.ground(ground)
    lit = ground.lit(light)
    if scene.lamps and light.lamps:
        lit = lamp_pools(lit, view, scene.lamps)
    picture[view.first_ground_row :] = lit
    canvas = Image.fromarray(np.clip(picture, 0, 255).astype(np.uint8))
    dice = random.Random(scene.seed)  # noqa: S311 - a drawing
    scene.paint(canvas, scene, dice)
    if light.wet:
        canvas = wet_mirror(canvas, min(CANVAS[1] - 2, view.first_ground_row + 5))
    return _graded(canvas, light, chance)


def _graded(canvas: Image.Image, light: Light, chance: np.random.Generator) -> Image.Image:
    """The camera's own look: darker corners, a little grain that stands still (it costs no bits)."""
    data = np.asarray(canvas, dtype=np.float32)
    y, x = np.mgrid[-1 : 1 : CANVAS[1] * 1j, -1 : 1 : CANVAS[0] * 1j]
    vignette = 1 - 0.20 * np.clip(x**2 * 0.7 + y**2 * 0.6 - 0.25, 0, 1)
    grain = np.kron(chance.normal(0, 2.2 if not light.lamps else 3.0, (HEIGHT, WIDTH)), np.ones((SCALE, SCALE)))
    return Image.fromarray(
        np.clip(data * vignette.astype(np.float32)[..., None] + grain.astype(np.float32)[..., None], 0, 255).astype(
            np.uint8
        )
    )


def pictures(scene: Scene) -> Iterator[Image.Image]:
    """One cycle, 640 x 360, without the written time."""
    base = background(scene)
    frames = film_traffic(scene.lanes, scene.standing, scene.cycle_s, FPS, scene.seed)
    for number, movers in enumerate(frames):
        yield picture(scene, base, movers, number)


def picture(scene: Scene, base: Image.Image, movers: list[Mover], number: int) -> Image.Image:
    canvas = base.copy()
    draw = ImageDraw.Draw(canvas, "RGBA")
    view, light = scene.view, scene.light
    _lit_signals(draw, scene, number)
    items: list[tuple[float, Mover | tuple[Image.Image, int, int]]] = [(view.depth(m.x, m.z), m) for m in movers]
    items += [(depth, (image, left, top)) for depth, image, left, top in scene.front]
    for _, item in sorted(items, key=lambda each: -each[0]):
        if isinstance(item, tuple):
            canvas.paste(item[0], (item[1], item[2]), item[0])
        elif item.kind == "person":
            draw_person(draw, view, light, item.x, item.z, item.phase, item.seed, item.walking, item.heading)
        else:
            draw_vehicle(draw, view, light, item.kind, item.x, item.z, item.heading, item.seed, item.braking)
    if scene.after is not None:
        scene.after(draw, scene, number)
    if light.wet:
        _rain(draw, number, light)
    return canvas.reduce(SCALE)


def _lit_signals(draw: ImageDraw.ImageDraw, scene: Scene, number: int) -> None:
    now = number / FPS
    for signal in scene.signals:
        x, _, z = signal.place
        red = signal.red_from <= now < signal.red_until
        yellow = not red and signal.red_from - 2 <= now < signal.red_from
        for y, colour, on in (
            (0.45, (255, 50, 40), red),
            (0.0, (255, 196, 50), yellow),
            (-0.45, (60, 240, 130), not red and not yellow),
        ):
            place = (x, signal.place[1] + y, z)
            px, py = scene.view.pixel(*place)
            size = max(1.6, scene.view.pixels_per_m(scene.view.depth(x, z, place[1])) * 0.16)
            if on:
                draw.ellipse((px - size * 2.4, py - size * 2.4, px + size * 2.4, py + size * 2.4), fill=(*colour, 70))
            shade = colour if on else tuple(c // 6 for c in colour)
            draw.ellipse((px - size, py - size, px + size, py + size), fill=(*shade, 255))


def _rain(draw: ImageDraw.ImageDraw, number: int, light: Light) -> None:
    chance = random.Random(number)  # noqa: S311 - a drawing
    for _ in range(110):
        x, y = chance.uniform(0, CANVAS[0]), chance.uniform(-40, CANVAS[1])
        length = chance.uniform(16, 46)
        draw.line((x, y, x - length * 0.16, y + length), fill=(*light.haze, 64), width=1)


def caption_of(title: str, second: int) -> Image.Image:
    """What the camera writes into its picture: what it looks at and the running second. RGBA, picture size."""
    image = Image.new("RGBA", (WIDTH, HEIGHT), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    for text, x, anchor in ((title, 12, "la"), (f"SIM  :{second:02d}", WIDTH - 12, "ra")):
        draw.text(
            (x, 9),
            text,
            font=font(15),
            fill=(255, 255, 255, 235),
            anchor=anchor,
            stroke_width=1,
            stroke_fill=(0, 0, 0, 170),
        )
    return image


def loop_pictures(scene: Scene, seconds: int = LOOP_S) -> Iterator[av.VideoFrame]:
    """The pictures of a loop, FPS a second, as YUV 4:2:0; those of second s say s.

    A cycle is converted once; only the luma of the caption's rows is written anew each second.
    """
    cycle = [av.VideoFrame.from_image(each).reformat(format="yuv420p").to_ndarray() for each in pictures(scene)]
    for second in range(seconds):
        words = np.asarray(caption_of(scene.title, second).crop((0, 0, WIDTH, CAPTION_PX)), dtype=np.float32)
        cover = words[..., 3] / 255
        bright = words[..., :3].mean(axis=2) * (219 / 255) + 16
        for within in range(FPS):
            frame = cycle[(second * FPS + within) % len(cycle)].copy()
            rows = frame[:CAPTION_PX]
            rows[:] = rows * (1 - cover) + bright * cover
            yield av.VideoFrame.from_ndarray(frame, format="yuv420p")


def ring(x: float, z: float, radius: float, start: float, end: float, steps: int = 14) -> list[tuple[float, float]]:
    """Points of an arc around (x, z); angles in radians from +z towards +x."""
    return [
        (
            x + radius * math.sin(start + (end - start) * k / steps),
            z + radius * math.cos(start + (end - start) * k / steps),
        )
        for k in range(steps + 1)
    ]
