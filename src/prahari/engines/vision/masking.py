"""Pictures that may be shown to anybody: people and vehicles in coarse blocks, in a poor picture.

Two lines of defence. The whole picture is reduced until a face or a plate at the distances of a street camera cannot
be made out, so that what a detector misses is safe as well. On top of that, what it finds becomes blocks.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
from PIL import Image

from prahari.engines.vision.ports import Box, Kind, Picture

LONGER_PX = 480
"""The longer side of the picture that is given out."""
DETAIL_PX = 160
"""How many pixels of detail are left along it; the rest is smooth. A plate of ten letters and an eighth of the picture
wide is left with two pixels a letter: looked at on 110 Indian plates, unreadable (see docs/adr/0013)."""
DILATION = 0.15
PERSON_BLOCKS = 4
"""Blocks across a person: a face is one or two of them."""
VEHICLE_BLOCKS = 6
SMALLEST_BLOCK_PX = 8
MOSAIC_BLOCKS = 20
"""Along the longer side of a whole frame, when nobody could say where people are."""


def mask(picture: Picture, boxes: Iterable[Box]) -> Picture:
    """`picture` reduced to LONGER_PX, with every box in blocks. The boxes are in pixels of `picture`."""
    shown = reduce(picture)
    scale = shown.shape[1] / picture.shape[1]
    smooth = shown.copy()
    for box in boxes:
        blocks = PERSON_BLOCKS if box.kind is Kind.PERSON else VEHICLE_BLOCKS
        left, top, right, bottom = (round(edge * scale) for edge in covered(box))
        pixelate(smooth, shown, (left, top, right, bottom), max(SMALLEST_BLOCK_PX, round(box.width * scale / blocks)))
    return shown


def mosaic(picture: Picture) -> Picture:
    """The whole frame in blocks so large that only light and shade are left."""
    blocks = Image.fromarray(picture).resize(_size(picture, MOSAIC_BLOCKS), Image.Resampling.BOX)
    return np.asarray(blocks.resize(_size(picture, LONGER_PX), Image.Resampling.NEAREST))


def reduce(picture: Picture) -> Picture:
    """LONGER_PX long, with the detail of DETAIL_PX. A writable copy."""
    image = Image.fromarray(picture).resize(_size(picture, DETAIL_PX), Image.Resampling.BOX)
    return np.array(image.resize(_size(picture, LONGER_PX), Image.Resampling.BICUBIC))


def covered(box: Box) -> tuple[float, float, float, float]:
    """(left, top, right, bottom) of what is covered: a person, or a vehicle's lower two thirds, and more around."""
    top = box.top if box.kind is Kind.PERSON else box.top + box.height / 3
    across, down = box.width * DILATION, box.height * DILATION
    return box.left - across, top - down, box.right + across, box.bottom + down


def pixelate(source: Picture, target: Picture, area: tuple[int, int, int, int], block_px: int) -> None:
    """Put blocks of the mean colour of `source` into `area` of `target`, on a grid of the whole picture."""
    height, width = target.shape[:2]
    left, top = max(0, area[0] // block_px * block_px), max(0, area[1] // block_px * block_px)
    right = min(width, math.ceil(area[2] / block_px) * block_px)
    bottom = min(height, math.ceil(area[3] / block_px) * block_px)
    if right <= left or bottom <= top:
        return
    part = Image.fromarray(source[top:bottom, left:right])
    blocks = part.resize((math.ceil(part.width / block_px), math.ceil(part.height / block_px)), Image.Resampling.BOX)
    target[top:bottom, left:right] = np.asarray(blocks.resize(part.size, Image.Resampling.NEAREST))


def _size(picture: Picture, longer_px: int) -> tuple[int, int]:
    """(width, height) of `picture` with that longer side."""
    height, width = picture.shape[:2]
    scale = longer_px / max(height, width)
    return max(1, round(width * scale)), max(1, round(height * scale))
