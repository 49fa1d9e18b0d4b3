"""One look at a camera: what is measured on a single picture, small enough to keep a few of them for each camera.

It holds no picture and none can be made of it: directions of edges in cells of 12 x 12, and four sums.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from prahari.engines.vision.scene.picture import CELL_PX, CELLS_ACROSS, CELLS_DOWN, Grey, by_cell, smoothed

BINS = 6
DARK = 32.0
BRIGHT = 245.0
EDGE = 4.0
"""Mean gradient of a cell, in grey levels a pixel, from which on it holds structure, where contrast is ample."""

EDGE_SHARE = 0.3
"""In a dim or hazy picture: this share of what its best tenth of cells has."""

LEAST_EDGE = 1.0
NOISE_TIMES = 2.5
"""Never less than this many times what noise alone makes."""

Structure = npt.NDArray[np.uint8]
"""CELLS_DOWN x CELLS_ACROSS x BINS: how much of a cell's gradient points which way, 255 is all of it; 0: flat cell."""


class Look:
    """Measures of one picture.

    dark_pct, bright_pct: pixels below DARK, above BRIGHT. level: median luma. sharpness: 0 to 100, what a slight
    blur takes away of the differences between neighbours, which hardly depends on contrast or brightness.
    structure: see Structure. edge: mean gradient from which on a cell counted as structure. detail: mean gradient of
    each cell in 1/8 grey levels a pixel. bits: mean and detail of each cell in 1/64 grey levels,
    to tell a still picture from a quiet scene.
    """

    __slots__ = ("bits", "bright_pct", "dark_pct", "detail", "edge", "level", "sharpness", "structure")

    def __init__(
        self,
        dark_pct: float,
        bright_pct: float,
        level: float,
        sharpness: float,
        edge: float,
        structure: Structure,
        detail: npt.NDArray[np.uint8],
        bits: npt.NDArray[np.uint16],
    ) -> None:
        self.dark_pct = dark_pct
        self.bright_pct = bright_pct
        self.level = level
        self.sharpness = sharpness
        self.structure = structure
        self.edge = edge
        self.detail = detail
        self.bits = bits

    @property
    def has_structure(self) -> npt.NDArray[np.bool_]:
        """Cells that hold some."""
        return np.asarray(self.structure.any(axis=2))


def look_at(grey: Grey) -> Look:
    """Measures of a picture made by `picture.small`."""
    across = np.zeros_like(grey)
    down = np.zeros_like(grey)
    np.subtract(grey[:, 2:], grey[:, :-2], out=across[:, 1:-1])
    np.subtract(grey[2:], grey[:-2], out=down[1:-1])
    size = np.sqrt(across * across + down * down) * np.float32(0.5)
    detail = by_cell(size)
    mean = by_cell(grey)
    edge = _edge(grey, detail)
    is_edge = detail >= edge
    return Look(
        dark_pct=100 * float(np.mean(grey < DARK)),
        bright_pct=100 * float(np.mean(grey > BRIGHT)),
        level=float(np.median(grey)),
        sharpness=_sharpness(grey, is_edge),
        edge=edge,
        structure=_structure(across, down, size, is_edge),
        detail=np.clip(np.rint(detail * 8), 0, 255).astype(np.uint8),
        bits=np.stack([np.rint(mean * 64), np.rint(detail * 64)]).astype(np.uint16),
    )


def _edge(grey: Grey, detail: Grey) -> float:
    """From which mean gradient on a cell of this picture holds structure."""
    ample = min(EDGE, EDGE_SHARE * float(np.quantile(detail, 0.9)))
    return max(LEAST_EDGE, ample, NOISE_TIMES * 0.89 * noise_of(grey))


def noise_of(grey: Grey) -> float:
    """Standard deviation of the sensor's noise in grey levels, after Immerkaer 1996: a mask that straight edges do not
    answer to, in the quieter quarter of cells."""
    rows = grey[:-2] - 2 * grey[1:-1] + grey[2:]
    mask = np.zeros_like(grey)
    mask[1:-1, 1:-1] = np.abs(rows[:, :-2] - 2 * rows[:, 1:-1] + rows[:, 2:])
    return float(np.quantile(by_cell(mask), 0.25)) * float(np.sqrt(np.pi / 2)) / 6


def _structure(across: Grey, down: Grey, size: Grey, is_edge: npt.NDArray[np.bool_]) -> Structure:
    # An edge is the same from light to dark as from dark to light: directions of half a turn, in six parts.
    flipped = np.where(down < 0, -across, across)
    steep = np.abs(down)
    bins = np.where(steep * _TAN60 < np.abs(across), 0, np.where(steep < np.abs(across) * _TAN60, 1, 2))
    bins = np.where(flipped < 0, BINS - 1 - bins, bins)
    sums = np.bincount((bins + _CELL_BASE).ravel(), weights=size.ravel(), minlength=CELLS_DOWN * CELLS_ACROSS * BINS)
    shares = sums.reshape(CELLS_DOWN, CELLS_ACROSS, BINS)
    total = np.maximum(shares.sum(axis=2, keepdims=True), 1e-6)
    return np.where(is_edge[:, :, None], np.rint(255 * shares / total), 0).astype(np.uint8)


_TAN60 = np.float32(np.sqrt(3))
_CELL_BASE = BINS * (
    (np.arange(CELLS_DOWN * CELL_PX) // CELL_PX)[:, None] * CELLS_ACROSS + np.arange(CELLS_ACROSS * CELL_PX) // CELL_PX
)


def _sharpness(grey: Grey, is_edge: npt.NDArray[np.bool_]) -> float:
    """After Crete et al. 2007 ("The blur effect"): what is lost of differences by blurring again, along both axes.

    Only cells with structure count: a sky has no sharpness, and what a hand leaves free shows that of the lens.
    """
    if not is_edge.any():
        return 0.0
    lost = []
    for axis in (0, 1):
        before = np.zeros_like(grey)
        gone = np.zeros_like(grey)
        inner = (slice(1, None), slice(None)) if axis == 0 else (slice(None), slice(1, None))
        before[inner] = np.abs(np.diff(grey, axis=axis))
        gone[inner] = np.maximum(before[inner] - np.abs(np.diff(smoothed(grey, 4, axis), axis=axis)), 0)
        total = float(by_cell(before)[is_edge].sum())
        lost.append(float(by_cell(gone)[is_edge].sum()) / total if total > 0 else 0.0)
    return 100 * min(lost)


_HEAD = 20
_KEPT = CELLS_DOWN * CELLS_ACROSS


def packed(look: Look) -> bytes:
    """For a reference view on disk: everything but `bits`."""
    head = np.array([look.dark_pct, look.bright_pct, look.level, look.sharpness, look.edge], dtype="<f4").tobytes()
    return head + look.structure.tobytes() + look.detail.tobytes()


def unpacked(data: bytes) -> Look:
    """Raises ValueError when `data` is none of ours."""
    if len(data) != _HEAD + _KEPT * (BINS + 1):
        raise ValueError("a reference view of another size than is kept here")
    dark, bright, level, sharpness, edge = (float(one) for one in np.frombuffer(data[:_HEAD], dtype="<f4"))
    structure = np.frombuffer(data[_HEAD : _HEAD + _KEPT * BINS], dtype=np.uint8)
    detail = np.frombuffer(data[_HEAD + _KEPT * BINS :], dtype=np.uint8)
    return Look(
        dark, bright, level, sharpness, edge, structure.reshape(CELLS_DOWN, CELLS_ACROSS, BINS),
        detail.reshape(CELLS_DOWN, CELLS_ACROSS), np.zeros((2, 0, 0), dtype=np.uint16),
    )  # fmt: skip


def packed_bits(look: Look) -> bytes:
    return look.bits.astype("<u2").tobytes()


def unpacked_bits(data: bytes) -> npt.NDArray[np.uint16]:
    """Raises ValueError when `data` is none of ours."""
    return np.frombuffer(data, dtype="<u2").reshape(2, CELLS_DOWN, CELLS_ACROSS)
