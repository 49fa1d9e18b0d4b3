"""Shapes of vehicles, built of flat faces: cars, autos, e-rickshaws, buses, lorries, two-wheelers."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from prahari.simcity.scenes.light import Colour

_GLASS: Colour = (42, 52, 62)
_TYRE: Colour = (26, 26, 28)


@dataclass(frozen=True)
class Face:
    """A flat polygon of a vehicle: corners (n, 3) as (along, up, across), colour name or fixed colour, brightness."""

    corners: tuple[tuple[float, float, float], ...]
    colour: Colour | str
    shade: float
    two_sided: bool = False


@dataclass(frozen=True)
class Model:
    faces: tuple[Face, ...]
    length_m: float
    width_m: float
    height_m: float
    head: tuple[float, float]  # up, half distance across of the head lamps
    colours: tuple[Colour, ...]


def _prism(
    profile: list[tuple[float, float]], half: float, colour: Colour | str, *, top_half: float | None = None,
    glass: tuple[int, ...] = (), side: Colour | str | None = None,
) -> list[Face]:  # fmt: skip
    """A side profile (along, up), counter-clockwise seen from the left, drawn out across. `glass`: edges of glass.

    `top_half`: half width at the highest point (walls lean inwards).
    """
    low, high = min(u for _, u in profile), max(u for _, u in profile)
    lean = half if top_half is None else top_half

    def across(up: float) -> float:
        return half + (lean - half) * (up - low) / max(high - low, 1e-6)

    faces = []
    count = len(profile)
    for index, ((a0, u0), (a1, u1)) in enumerate(zip(profile, [*profile[1:], profile[0]], strict=True)):
        rise = math.atan2(abs(u1 - u0), abs(a1 - a0))
        shade = 1.08 - 0.36 * rise / (math.pi / 2)
        if u0 == low and u1 == low and index == count - 1:
            continue
        w0, w1 = across(u0), across(u1)
        corners = ((a0, u0, -w0), (a1, u1, -w1), (a1, u1, w1), (a0, u0, w0))
        faces.append(Face(corners, _GLASS if index in glass else colour, shade))
    left = tuple((a, u, across(u)) for a, u in profile)
    right = tuple((a, u, -across(u)) for a, u in reversed(profile))
    return [Face(left, side or colour, 0.84), Face(right, side or colour, 0.78), *faces]


def _wheels(places: tuple[float, ...], half: float, radius: float, width: float = 0.02) -> list[Face]:
    faces = []
    for place in places:
        ring = [
            (place + radius * math.cos(t), radius + radius * math.sin(t))
            for t in np.linspace(0, 2 * math.pi, 10, endpoint=False)
        ]
        hub = [
            (place + radius * 0.5 * math.cos(t), radius + radius * 0.5 * math.sin(t))
            for t in np.linspace(0, 2 * math.pi, 8, endpoint=False)
        ]
        for side in (1, -1):
            order = ring if side > 0 else ring[::-1]
            inner = hub if side > 0 else hub[::-1]
            faces.append(Face(tuple((a, u, side * (half + width)) for a, u in order), _TYRE, 1.0))
            faces.append(Face(tuple((a, u, side * (half + width + 0.01)) for a, u in inner), (126, 128, 130), 1.0))
    return faces


def _side_windows(
    spans: list[tuple[float, float]], low: float, high: float, half_low: float, half_high: float, slant: float = 0.0
) -> list[Face]:
    faces = []
    for start, end in spans:
        for side in (1, -1):
            corners = [
                (start, low, side * half_low),
                (end, low, side * half_low),
                (end - slant, high, side * half_high),
                (start + slant, high, side * half_high),
            ]
            faces.append(Face(tuple(corners if side > 0 else corners[::-1]), _GLASS, 1.0))
    return faces


def _lamps(front: float, rear: float, half: float, up: float, size: float = 0.16) -> list[Face]:
    faces = []
    for side in (1, -1):
        a, b = side * (half - 0.06), side * (half - 0.06 - 2 * size)
        for place, colour, sign in ((front, (244, 240, 220), 1), (rear, (188, 24, 22), -1)):
            corners = [(place, up, a), (place, up, b), (place, up + size, b), (place, up + size, a)]
            faces.append(
                Face(tuple(corners), colour, 1.0, two_sided=True) if sign else Face(tuple(corners), colour, 1.0)
            )
    return faces


def _car(length: float, width: float, height: float, kind: str) -> tuple[Face, ...]:
    h, half = length / 2, width / 2
    belt = height * 0.56
    body = [
        (h, 0.28),
        (h - 0.03, belt * 0.82),
        (h - 0.9, belt),
        (-h + (0.55 if kind == "sedan" else 0.1), belt),
        (-h + 0.02, belt * 0.92),
        (-h, 0.28),
    ]
    if kind == "sedan":
        roof = [(h - 1.15, belt), (h - 1.85, height), (-h + 1.15, height), (-h + 0.5, belt)]
    elif kind == "suv":
        roof = [(h - 1.1, belt), (h - 1.6, height), (-h + 0.25, height), (-h + 0.08, belt)]
    else:
        roof = [(h - 0.75, belt), (h - 1.4, height), (-h + 0.5, height), (-h + 0.06, belt)]
    top = half * 0.76
    inner = half * 0.93
    faces = _prism(body, half, "paint")
    faces += _wheels((h - 0.72, -h + 0.68), half, 0.31)
    faces += _prism(roof, inner, "paint", top_half=top, glass=(0, 2))
    low, high = belt + 0.04, height - 0.09
    share = (high - belt) / (height - belt)
    window = inner + (top - inner) * share
    back = -h + (0.72 if kind == "sedan" else 0.4)
    faces += _side_windows([(back, -0.05), (0.02, h - 1.28)], low, high, inner + 0.005, window + 0.01, 0.18)
    faces += _lamps(h + 0.01, -h - 0.01, half, belt * 0.62, 0.15)
    plate = [(0.32, -0.25), (0.46, 0.25)]
    for place in (h + 0.02, -h - 0.02):
        (u0, c0), (u1, c1) = plate
        faces.append(
            Face(
                ((place, u0 + 0.1, c0), (place, u0 + 0.1, c1), (place, u1 + 0.08, c1), (place, u1 + 0.08, c0)),
                (236, 236, 230),
                1.0,
                two_sided=True,
            )
        )
    return tuple(faces)


def _auto() -> tuple[Face, ...]:
    h, half = 1.35, 0.66
    faces = _wheels((-0.85,), half, 0.22)
    faces += _prism([(h, 0.25), (h - 0.05, 0.75), (h - 0.4, 0.95), (-h, 0.95), (-h, 0.25)], half, (34, 118, 62))
    faces += _prism(
        [(h - 0.3, 0.95), (h - 0.62, 1.62), (-h + 0.05, 1.66), (-h, 0.95)],
        half * 0.96,
        (230, 186, 40),
        top_half=half * 0.86,
        glass=(0,),
    )
    faces += _side_windows([(-0.2, 0.85)], 0.78, 1.52, half * 0.99, half * 0.9, 0.16)
    faces += _lamps(h + 0.01, -h - 0.01, 0.5, 0.62, 0.1)
    return tuple(faces)


def _rickshaw() -> tuple[Face, ...]:
    h, half = 1.35, 0.5
    faces = _wheels((-0.9, 0.95), half * 0.8, 0.24)
    faces += _prism(
        [(h, 0.3), (h - 0.05, 0.95), (h - 0.35, 1.0), (h - 0.4, 0.48), (-h, 0.48), (-h, 0.3)], half, "paint"
    )
    faces += _prism([(-0.15, 0.48), (-0.15, 0.95), (-0.3, 0.95), (-0.3, 0.48)], half * 0.9, (70, 40, 40))
    faces += _prism([(-h + 0.1, 0.48), (-h + 0.1, 1.25), (-h, 1.25), (-h, 0.48)], half, "paint")
    faces += _prism([(0.05, 0.95), (0.05, 1.42), (-0.2, 1.42), (-0.2, 0.95)], half * 0.75, (196, 150, 110))
    faces += _prism([(h - 0.45, 1.72), (h - 0.5, 1.8), (-h, 1.8), (-h, 1.72)], half * 1.05, "paint")
    for place in (h - 0.5, -h + 0.04):
        for side in (1, -1):
            post = (
                (place, 0.9, side * half * 0.95),
                (place + 0.05, 0.9, side * half * 0.95),
                (place + 0.05, 1.74, side * half * 0.95),
                (place, 1.74, side * half * 0.95),
            )
            faces.append(Face(post, (180, 182, 184), 1.0, two_sided=True))
    return tuple(faces)


def _bus() -> tuple[Face, ...]:
    h, half, top = 5.2, 1.25, 3.0
    faces = _wheels((3.2, -2.9), half, 0.48)
    faces += _prism([(h, 0.4), (h, 1.2), (h - 0.1, top - 0.1), (h - 0.3, top), (-h, top), (-h, 0.4)], half, "paint")
    faces += _side_windows(
        [(x, x + 0.98) for x in np.arange(-h + 0.3, h - 0.9, 1.12)], 1.55, 2.5, half + 0.01, half + 0.01
    )
    faces += [
        Face(
            ((h + 0.01, 1.25, 1.1), (h + 0.01, 1.25, -1.1), (h - 0.06, 2.6, -1.1), (h - 0.06, 2.6, 1.1)),
            _GLASS,
            1.0,
            two_sided=True,
        )
    ]
    faces += [
        Face(
            ((-h - 0.01, 1.7, 0.9), (-h - 0.01, 1.7, -0.9), (-h - 0.01, 2.5, -0.9), (-h - 0.01, 2.5, 0.9)),
            _GLASS,
            1.0,
            two_sided=True,
        )
    ]
    for side in (1, -1):
        stripe = [
            (-h, 0.95, side * (half + 0.012)),
            (h, 0.95, side * (half + 0.012)),
            (h, 1.22, side * (half + 0.012)),
            (-h, 1.22, side * (half + 0.012)),
        ]
        faces.append(Face(tuple(stripe if side > 0 else stripe[::-1]), "second", 0.9))
    faces += _lamps(h + 0.02, -h - 0.02, half, 0.7, 0.2)
    return tuple(faces)


def _truck() -> tuple[Face, ...]:
    h, half = 4.0, 1.2
    faces = _wheels((2.7, -1.9, -2.9), half, 0.5)
    faces += _prism([(h - 1.7, 0.6), (h - 1.75, 2.9), (-h, 2.9), (-h, 0.6)], half, "second")
    faces += _prism(
        [(h, 0.45), (h, 1.4), (h - 0.35, 2.5), (h - 1.6, 2.5), (h - 1.6, 0.45)], half * 0.97, "paint", glass=(1,)
    )
    faces += _side_windows([(h - 1.3, h - 0.35)], 1.5, 2.2, half, half, 0.1)
    faces += _lamps(h + 0.02, -h - 0.02, half, 0.7, 0.18)
    return tuple(faces)


def _bike() -> tuple[Face, ...]:
    faces = _wheels((0.62, -0.62), 0.06, 0.3)
    faces += _prism([(0.5, 0.45), (0.45, 0.85), (0.1, 0.92), (-0.75, 0.82), (-0.8, 0.66), (-0.3, 0.42)], 0.14, "paint")
    faces += _prism([(0.62, 0.55), (0.5, 1.02), (0.42, 1.02), (0.5, 0.55)], 0.10, (40, 40, 44))
    faces += _prism([(0.5, 1.0), (0.5, 1.06), (0.42, 1.06), (0.42, 1.0)], 0.34, (30, 30, 32))
    faces += _prism([(0.28, 0.5), (0.3, 0.86), (-0.25, 0.92), (-0.3, 0.78), (0.05, 0.7)], 0.21, "trousers")
    faces += _prism([(0.10, 0.88), (0.12, 1.42), (-0.14, 1.48), (-0.24, 0.88)], 0.23, "shirt", top_half=0.19)
    faces += _prism([(0.42, 1.0), (0.1, 1.38), (0.0, 1.3), (0.36, 0.96)], 0.27, "shirt")
    faces += _prism(
        [(0.12, 1.48), (0.15, 1.62), (0.04, 1.76), (-0.12, 1.74), (-0.16, 1.6), (-0.1, 1.48)], 0.12, "helmet"
    )
    faces += [
        Face(
            ((0.66, 0.75, 0.08), (0.66, 0.75, -0.08), (0.66, 0.9, -0.08), (0.66, 0.9, 0.08)),
            (244, 240, 220),
            1.0,
            two_sided=True,
        )
    ]
    return tuple(faces)


_PAINTS: tuple[Colour, ...] = (
    (226, 226, 224), (226, 226, 224), (196, 198, 202), (150, 154, 160),
    (70, 74, 82), (34, 36, 42), (150, 34, 38), (30, 60, 110), (122, 88, 62), (200, 190, 168),
)  # fmt: skip


@lru_cache(maxsize=16)
def model(kind: str) -> Model:
    """hatch, sedan, suv, auto, rickshaw, bus, truck, bike."""
    if kind in {"hatch", "sedan", "suv"}:
        size = {"hatch": (3.7, 1.66, 1.52), "sedan": (4.35, 1.72, 1.46), "suv": (4.4, 1.85, 1.75)}[kind]
        return Model(_car(*size, kind), size[0], size[1], size[2], (0.65, 0.6), _PAINTS)
    if kind == "auto":
        return Model(_auto(), 2.7, 1.35, 1.7, (0.7, 0.1), ((34, 118, 62),))
    if kind == "rickshaw":
        return Model(
            _rickshaw(), 2.7, 1.05, 1.8, (0.7, 0.1), ((178, 36, 40), (32, 92, 160), (36, 128, 84), (214, 120, 36))
        )
    if kind == "bus":
        return Model(
            _bus(), 10.4, 2.5, 3.0, (0.85, 0.9), ((226, 112, 40), (214, 216, 218), (196, 44, 44), (70, 130, 180))
        )
    if kind == "truck":
        return Model(_truck(), 8.0, 2.4, 2.9, (0.8, 0.9), ((214, 120, 30), (60, 96, 150), (190, 60, 50)))
    return Model(_bike(), 1.9, 0.7, 1.75, (0.82, 0.0), ((30, 32, 38), (140, 30, 34), (40, 60, 120), (90, 92, 96)))
