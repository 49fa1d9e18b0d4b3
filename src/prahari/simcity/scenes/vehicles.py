"""Vehicles and people, built of flat faces and drawn in perspective where they are."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import ImageDraw

from prahari.simcity.scenes.light import Colour, Light
from prahari.simcity.scenes.view import CANVAS, View

Draw = ImageDraw.ImageDraw
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
    (226, 226, 224), (226, 226, 224), (196, 198, 202), (150, 154, 160), (70, 74, 82), (34, 36, 42), (150, 34, 38), (30, 60, 110), (122, 88, 62), (200, 190, 168),
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


_SHIRTS: tuple[Colour, ...] = (
    (220, 220, 214),
    (150, 40, 50),
    (70, 110, 170),
    (214, 160, 60),
    (60, 130, 100),
    (110, 70, 120),
    (60, 64, 72),
    (210, 130, 150),
)
_TROUSERS: tuple[Colour, ...] = ((50, 52, 62), (92, 84, 70), (34, 36, 44), (120, 116, 108))
_HELMETS: tuple[Colour, ...] = ((30, 30, 34), (180, 40, 40), (230, 230, 228), (46, 36, 30), (46, 36, 30))


def _colour(name: Colour | str, kind: Model, seed: int) -> Colour:
    if not isinstance(name, str):
        return name
    if name == "paint":
        return kind.colours[seed % len(kind.colours)]
    if name == "second":
        return ((236, 236, 232), (40, 84, 150), (120, 90, 60), (150, 60, 46))[seed // 7 % 4]
    table = {"shirt": _SHIRTS, "trousers": _TROUSERS, "helmet": _HELMETS}[name]
    return table[seed // 3 % len(table)]


@dataclass(frozen=True)
class _Painted:
    """A model in its colours, in arrays: per face colour, a corner, outward normal and span in `corners`."""

    colours: NDArray[np.float32]
    corners: NDArray[np.float64]
    spans: tuple[tuple[int, int], ...]
    anchors: NDArray[np.float64]
    normals: NDArray[np.float64]
    details: NDArray[np.bool_]  # two-sided: lies on the skin, seen when it is on the near half
    small: NDArray[np.bool_]  # not worth drawing far away


@lru_cache(maxsize=4096)
def _painted(kind: str, seed: int, light: Light) -> _Painted:
    shape = model(kind)
    colours, spans, corners, normals = [], [], [], []
    for face in shape.faces:
        colours.append(light.shade(_colour(face.colour, shape, seed), face.shade))
        spans.append((len(corners), len(corners) + len(face.corners)))
        corners += list(face.corners)
        ring = np.array(face.corners)
        normals.append(np.cross(ring, np.roll(ring, -1, axis=0)).sum(axis=0) / 2)  # its length is the area in m2
    normal = np.array(normals)
    return _Painted(
        colours=np.array(colours, dtype=np.float32),
        corners=np.array(corners),
        spans=tuple(spans),
        anchors=np.array([corners[start] for start, _ in spans]),
        normals=normal,
        details=np.array([face.two_sided for face in shape.faces]),
        small=np.linalg.norm(normal, axis=1) < 0.22,
    )


def draw_vehicle(
    draw: Draw,
    view: View,
    light: Light,
    kind: str,
    x: float,
    z: float,
    heading: float,
    seed: int,
    braking: bool = False,
) -> None:
    """`heading`: direction of travel in radians, 0 away from the camera (+z), pi/2 to the right (+x). `draw` blends."""
    shape = model(kind)
    depth = view.depth(x, z)
    middle = view.pixel(x, shape.height_m / 2, z)[0]
    reach = view.pixels_per_m(depth) * shape.length_m
    if depth < 1.5 or middle + reach < 0 or middle - reach > CANVAS[0]:
        return
    ahead = (math.sin(heading), math.cos(heading))
    aside = (ahead[1], -ahead[0])
    painted = _painted(kind, seed, light)
    corners = painted.corners
    world = np.empty_like(corners)
    world[:, 0] = x + corners[:, 0] * ahead[0] + corners[:, 2] * aside[0]
    world[:, 1] = corners[:, 1]
    world[:, 2] = z + corners[:, 0] * ahead[1] + corners[:, 2] * aside[1]
    pixels = view.project(world)
    _draw_shadow(draw, view, light, shape, x, z, ahead, aside)
    if light.lamps:
        _beam(draw, view, shape, x, z, ahead, aside)
    camera = np.array([-x * ahead[0] - z * ahead[1], view.height_m, -x * aside[0] - z * aside[1]])
    faces_it = ((camera - painted.anchors) * painted.normals).sum(axis=1) > 0
    near_half = painted.anchors[:, 0] * camera[0] + painted.anchors[:, 2] * camera[2] > 0
    seen = np.where(painted.details, near_half, faces_it)
    if depth > 55:
        seen &= ~painted.small
    haze = 1 - math.exp(-depth / light.haze_m)
    tones = (painted.colours * (1 - haze) + np.array(light.haze) * haze).astype(int).tolist()
    for index in np.flatnonzero(seen).tolist():
        start, end = painted.spans[index]
        draw.polygon(pixels[start:end].ravel().tolist(), fill=(*tones[index], 255))
    if light.lamps or braking:
        _lit_lamps(draw, view, light, shape, x, z, ahead, aside, braking)


def _draw_shadow(
    draw: Draw,
    view: View,
    light: Light,
    shape: Model,
    x: float,
    z: float,
    ahead: tuple[float, float],
    aside: tuple[float, float],
) -> None:
    h, w = shape.length_m / 2, shape.width_m / 2
    for grow, alpha in ((0.0, 120), (0.25, 50)) if view.depth(x, z) < 70 else ((0.25, 90),):
        dx, dz = (light.shadow_dx * shape.height_m, light.shadow_dz * shape.height_m) if light.shadow else (0.0, 0.0)
        corners = []
        for a, c in ((h, w), (h, -w), (-h, -w), (-h, w)):
            a, c = a * (1 + grow * 0.2), c * (1 + grow)
            corners.append((x + a * ahead[0] + c * aside[0], 0.02, z + a * ahead[1] + c * aside[1]))
        polygon = view.polygon(corners)
        if len(polygon) > 2:
            draw.polygon(polygon, fill=(12, 13, 16, alpha if not light.lamps else alpha // 2))
        if grow and light.shadow:
            cast = view.polygon([(px + dx, 0.02, pz + dz) for px, _, pz in corners])
            if len(cast) > 2:
                draw.polygon(cast, fill=(16, 18, 24, light.shadow))


def _beam(
    draw: Draw, view: View, shape: Model, x: float, z: float, ahead: tuple[float, float], aside: tuple[float, float]
) -> None:
    for reach, spread, alpha in ((11.0, 1.9, 9), (7.0, 1.4, 12), (4.0, 1.0, 16)):
        near, far = shape.length_m / 2, shape.length_m / 2 + reach
        corners = [
            (x + a * ahead[0] + c * aside[0], 0.03, z + a * ahead[1] + c * aside[1])
            for a, c in ((near, 0.5), (near, -0.5), (far, -spread), (far + 0.8, 0), (far, spread))
        ]
        polygon = view.polygon(corners)
        if len(polygon) > 2:
            draw.polygon(polygon, fill=(255, 240, 196, alpha))


def _lit_lamps(
    draw: Draw,
    view: View,
    light: Light,
    shape: Model,
    x: float,
    z: float,
    ahead: tuple[float, float],
    aside: tuple[float, float],
    braking: bool,
) -> None:
    up, half = shape.head
    towards = ahead[0] * x + ahead[1] * z < 0  # comes towards the camera
    place = shape.length_m / 2 * (1 if towards else -1)
    colour = (255, 246, 214) if towards else (255, 40, 30)
    if towards and not light.lamps:
        return
    for side in {half, -half}:
        point = (x + place * ahead[0] + side * aside[0], up, z + place * ahead[1] + side * aside[1])
        depth = view.depth(point[0], point[2], up)
        px, py = view.pixel(*point)
        size = view.pixels_per_m(depth) * (0.13 if towards else 0.10) * (1.3 if braking and not towards else 1)
        for reach, alpha in ((5.5, 14), (3.0, 34), (1.7, 90)) if light.lamps else ((1.6, 60),):
            draw.ellipse(
                (px - size * reach, py - size * reach, px + size * reach, py + size * reach), fill=(*colour, alpha)
            )
        draw.ellipse((px - size, py - size, px + size, py + size), fill=(*colour, 255))


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
    shirt, lower = _SHIRTS[seed % len(_SHIRTS)], _TROUSERS[seed // 5 % len(_TROUSERS)]
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
