"""Vehicles drawn in perspective where they are, with shadow and lamps."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import ImageDraw

from prahari.simcity.scenes.light import Colour, Light
from prahari.simcity.scenes.models import Model, model
from prahari.simcity.scenes.people import SHIRTS, TROUSERS
from prahari.simcity.scenes.view import CANVAS, View

Draw = ImageDraw.ImageDraw
_HELMETS: tuple[Colour, ...] = ((30, 30, 34), (180, 40, 40), (230, 230, 228), (46, 36, 30), (46, 36, 30))


def _colour(name: Colour | str, kind: Model, seed: int) -> Colour:
    if not isinstance(name, str):
        return name
    if name == "paint":
        return kind.colours[seed % len(kind.colours)]
    if name == "second":
        return ((236, 236, 232), (40, 84, 150), (120, 90, 60), (150, 60, 46))[seed // 7 % 4]
    table = {"shirt": SHIRTS, "trousers": TROUSERS, "helmet": _HELMETS}[name]
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
