"""A look held against how the camera should look: how much of what is wrong, each from 0 to 100, larger is worse.

Who calls compares with the limits of its rules; nothing here decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from prahari.engines.vision.scene.look import BINS, Look

LEAST_STRUCTURE = 0.04
"""Share of cells that must hold structure in both, before two views can be said to agree or not."""

TELLING_SHARE = 0.08
TELLING_DETAIL = 16
"""A reference view tells the camera's from others when so many of its cells hold edges of 2 grey levels a pixel. Bare
asphalt and an empty sky do not, and their grain is another one with every car that passes."""

FARTHEST_CELLS = 12
STIRRED = 128
"""1/64 of grey levels by which the mean of a cell changes when something has moved; an encoder alone does less."""

CERTAIN = 1.4
"""Structure is missed only where it would stand out by this factor at the light and noise of this moment."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """None: cannot be said (no reference view, too little to see).

    black: pixels that are dark. overexposed: pixels that are white. blurred: sharpness lost against the reference.
    covered: structure of the reference that is gone. turned: disagreement with the best of the reference views.
    frozen: cells that are just as they were at one of the looks before. shift_pct: how far the view has moved across
    and down, in percent of the picture, where it was found again elsewhere. reference: which of them fitted best.
    """

    black: float
    overexposed: float
    blurred: float | None
    covered: float | None
    turned: float | None
    frozen: float | None
    shift_pct: tuple[float, float] | None
    reference: int | None


def is_telling(look: Look) -> bool:
    """Whether a view can be told from another one by it."""
    return float((look.detail >= TELLING_DETAIL).mean()) >= TELLING_SHARE


def judge(look: Look, references: Sequence[Look], bits_before: Sequence[npt.NDArray[np.uint16]]) -> Judgement:
    """`bits_before`: of the looks before, the newest few."""
    frozen = max((unchanged_pct(look.bits, bits) for bits in bits_before), default=None)
    telling = [index for index, one in enumerate(references) if is_telling(one)]
    if not telling:
        return Judgement(look.dark_pct, look.bright_pct, None, None, None, frozen, None, None)
    fits = {index: agreement(look, references[index]) for index in telling}
    best = max(telling, key=lambda index: -1.0 if (fit := fits[index]) is None else fit)
    reference = references[best]
    missed = [found for index in telling if (found := covered_pct(look, references[index])) is not None]
    covered = min(missed) if missed else None
    fit = fits[best]
    turned, shift = None, None
    if fit is not None:
        turned = 100 * (1 - max(fit, 0.0))
        shift = shift_of(look, reference, fit)
    # Sharpness of a view that is another one says nothing about the lens, nor does that of an empty one.
    blurred = max(0.0, 100 * (1 - look.sharpness / reference.sharpness)) if reference.sharpness > 5 else None
    return Judgement(look.dark_pct, look.bright_pct, blurred, covered, turned, frozen, shift, best)


def unchanged_pct(bits: npt.NDArray[np.uint16], before: npt.NDArray[np.uint16]) -> float:
    """Cells whose mean and detail are what they were, to a 1/64 of a grey level but for rounding; 0 when anything has
    stirred: a car, a person, the second of a clock that the camera writes into its picture.

    A sensor's noise moves both in every picture, also of a scene at night in which nothing stirs. An encoder that is
    fed the same picture again and again wavers, too, but comes back to what it made of it before: hence several.
    """
    change = np.abs(bits.astype(np.int32) - before.astype(np.int32))
    if int(change[0].max()) > STIRRED:
        return 0.0
    return 100 * float((change.max(axis=0) <= 1).mean())


def covered_pct(look: Look, reference: Look) -> float | None:
    """Structure of the reference that ought to be seen in this light and is not, in percent of its cells.

    How much fainter everything is now is told by what is still seen; where that is next to nothing, by the light.
    None: too little ought to be seen to say (night, fog, an empty road).
    """
    was = reference.detail.astype(np.float32) / 8
    now = look.detail.astype(np.float32) / 8
    seen = look.has_structure & reference.has_structure
    if int(seen.sum()) >= LEAST_STRUCTURE * seen.size:
        fainter = float(np.median(now[seen] / was[seen]))
    else:
        fainter = (look.level + 1) / (reference.level + 1)
    wanted = reference.has_structure & (was * min(fainter, 1.0) >= CERTAIN * look.edge)
    count = int(wanted.sum())
    if count < LEAST_STRUCTURE * wanted.size:
        return None
    return 100 * float((wanted & ~look.has_structure).sum()) / count


def agreement(look: Look, reference: Look) -> float | None:
    """How alike edges point in the cells that hold structure in both: 1 the same, about 0 another view; None: too
    little structure in common to say."""
    return _agreement(look.structure, reference.structure)


def _agreement(one: npt.NDArray[np.uint8], other: npt.NDArray[np.uint8]) -> float | None:
    both = one.any(axis=2) & other.any(axis=2)
    count = int(both.sum())
    if count < LEAST_STRUCTURE * both.size:
        return None
    a = one[both].astype(np.float32)
    b = other[both].astype(np.float32)
    # Streets are full of upright and level edges: only what differs from the picture's own mean tells views apart.
    a = a - a.mean(axis=0)
    b = b - b.mean(axis=0)
    norm = float(np.sqrt((a * a).sum() * (b * b).sum()))
    return float((a * b).sum()) / norm if norm > 0 else None


def shift_of(look: Look, reference: Look, fit: float) -> tuple[float, float] | None:
    """Where the reference view is found again, (across, down) in percent of the picture; None: nowhere else better.

    Phase correlation over the directions of edges, cell by cell, so it neither minds day and night.
    """
    a = _spectrum(look)
    b = _spectrum(reference)
    cross = (a * np.conj(b)).sum(axis=2)
    peak = np.fft.ifft2(cross / np.maximum(np.abs(cross), 1e-6)).real
    height, width = peak.shape
    row, column = np.unravel_index(int(np.argmax(peak)), peak.shape)
    down = int(row) - height if row > height // 2 else int(row)
    across = int(column) - width if column > width // 2 else int(column)
    if (down, across) == (0, 0) or max(abs(down), abs(across)) > FARTHEST_CELLS:
        return None
    moved = _agreement(*_overlap(look.structure, reference.structure, down, across))
    if moved is None or moved < fit + 0.2:
        return None
    return 100 * across / width, 100 * down / height


def _spectrum(look: Look) -> npt.NDArray[np.complex128]:
    values = look.structure.astype(np.float64)
    values -= values.mean(axis=(0, 1))
    window = np.hanning(values.shape[0])[:, None, None] * np.hanning(values.shape[1])[None, :, None]
    assert values.shape[2] == BINS
    return np.asarray(np.fft.fft2(values * window, axes=(0, 1)))


def _overlap(
    look: npt.NDArray[np.uint8], reference: npt.NDArray[np.uint8], down: int, across: int
) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint8]]:
    height, width = look.shape[:2]
    rows = slice(max(down, 0), height + min(down, 0)), slice(max(-down, 0), height + min(-down, 0))
    columns = slice(max(across, 0), width + min(across, 0)), slice(max(-across, 0), width + min(-across, 0))
    return look[rows[0], columns[0]], reference[rows[1], columns[1]]
