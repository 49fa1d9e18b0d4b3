"""People on foot, drawn as figures: nobody's likeness."""

from __future__ import annotations

import math

from PIL import ImageDraw

from prahari.simcity.scenes.light import Colour, Light
from prahari.simcity.scenes.view import View

Draw = ImageDraw.ImageDraw
SHIRTS: tuple[Colour, ...] = (
    (220, 220, 214),
    (150, 40, 50),
    (70, 110, 170),
    (214, 160, 60),
    (60, 130, 100),
    (110, 70, 120),
    (60, 64, 72),
    (210, 130, 150),
)
TROUSERS: tuple[Colour, ...] = ((50, 52, 62), (92, 84, 70), (34, 36, 44), (120, 116, 108))


def draw_person(
    draw: Draw,
    view: View,
    light: Light,
    x: float,
    z: float,
    phase: float,
    seed: int,
    walking: bool = True,
    facing: float = 0.0,
) -> None:
    """Somebody on foot; `phase` of the step in radians. A figure, never a likeness: no face is drawn."""
    depth = view.depth(x, z, 0.8)
    if depth < 1.2:
        return
    foot, head = view.pixel(x, 0.0, z), view.pixel(x, 1.68, z)
    tall = foot[1] - head[1]
    if tall < 3 or foot[0] < -60 or foot[0] > 1340:
        return
    px = foot[0]

    def tone(colour: Colour, factor: float = 1.0) -> tuple[int, int, int, int]:
        return (*light.far(light.shade(colour, factor * (1.5 if light.lamps else 1.0)), depth), 255)

    if light.shadow:
        cast = view.polygon(
            [
                (x - 0.18, 0, z),
                (x + 0.18, 0, z),
                (x + 0.18 + light.shadow_dx * 1.7, 0, z + light.shadow_dz * 1.7),
                (x - 0.1 + light.shadow_dx * 1.7, 0, z + light.shadow_dz * 1.7),
            ]
        )
        if len(cast) > 2:
            draw.polygon(cast, fill=(16, 18, 24, light.shadow))
    draw.ellipse(
        (px - tall * 0.14, foot[1] - tall * 0.03, px + tall * 0.14, foot[1] + tall * 0.03), fill=(14, 14, 18, 90)
    )
    swing = math.sin(phase) * 0.13 * tall * (1 if walking else 0.15)
    shirt, lower = SHIRTS[seed % len(SHIRTS)], TROUSERS[seed // 5 % len(TROUSERS)]
    hip, neck = foot[1] - tall * 0.48, foot[1] - tall * 0.83
    wide = max(1, round(tall * 0.085))
    if seed % 3 == 0:  # a sari or a long kurta
        draw.polygon(
            [
                (px - tall * 0.12, hip),
                (px + tall * 0.12, hip),
                (px + tall * 0.15 + swing * 0.4, foot[1]),
                (px - tall * 0.15 + swing * 0.4, foot[1]),
            ],
            fill=tone(shirt, 0.86),
        )
    else:
        draw.line((px, hip, px + swing, foot[1]), fill=tone(lower), width=wide)
        draw.line((px, hip, px - swing, foot[1]), fill=tone(lower, 0.85), width=wide)
    draw.polygon(
        [
            (px - tall * 0.125, neck + tall * 0.04),
            (px + tall * 0.125, neck + tall * 0.04),
            (px + tall * 0.115, hip + tall * 0.03),
            (px - tall * 0.115, hip + tall * 0.03),
        ],
        fill=tone(shirt),
    )
    arm = max(1, round(tall * 0.06))
    for side in (-1, 1):
        draw.line(
            (
                px + side * tall * 0.13,
                neck + tall * 0.05,
                px + side * tall * 0.15 - swing * side * 0.5,
                hip + tall * 0.02,
            ),
            fill=tone(shirt, 0.88),
            width=arm,
        )
    skin: Colour = ((166, 118, 86), (142, 98, 70), (186, 140, 106))[seed % 3]
    size = tall * 0.075
    draw.ellipse((px - size, head[1], px + size, head[1] + size * 2.4), fill=tone(skin))
    hair = (30, 26, 26) if seed % 7 else (170, 60, 60)
    draw.pieslice(
        (px - size * 1.1, head[1] - size * 0.2, px + size * 1.1, head[1] + size * 2.2), 180, 360, fill=tone(hair)
    )
