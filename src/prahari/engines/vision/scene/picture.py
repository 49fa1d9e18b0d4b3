"""Small grey pictures and the sums over their cells that everything else here is made of."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Grey = npt.NDArray[np.float32]
"""Height x width, luma 0 to 255."""

CELLS_ACROSS, CELLS_DOWN = 48, 27
CELL_PX = 12
WIDTH_PX, HEIGHT_PX = CELLS_ACROSS * CELL_PX, CELLS_DOWN * CELL_PX
"""Every picture is brought to this size first, whatever its own shape: 576 x 324, cells of 12 x 12."""


def small(luma: npt.NDArray[np.uint8]) -> Grey:
    """`luma` (height x width, any size of at least 16 x 16) as a picture of WIDTH_PX x HEIGHT_PX.

    Each pixel is the mean of those that fall on it. Raises ValueError for anything smaller than 16 x 16.
    """
    if luma.ndim != 2 or min(luma.shape) < 16:
        raise ValueError("a grey picture of at least 16 x 16 pixels is expected")
    return _squeezed(_squeezed(luma.astype(np.float32), HEIGHT_PX).T, WIDTH_PX).T


def _squeezed(rows: Grey, count: int) -> Grey:
    """`count` rows: means of neighbours where there are more, the nearest where there are fewer."""
    have = len(rows)
    if have == count:
        return rows
    edges = (np.arange(count + 1) * have) // count
    if have < count:
        return rows[edges[:-1]]
    sums = np.add.reduceat(rows, edges[:-1], axis=0)
    return np.asarray(sums / np.diff(edges)[:, None], dtype=np.float32)


def by_cell(values: Grey) -> Grey:
    """Mean of each cell: CELLS_DOWN x CELLS_ACROSS."""
    rows = np.add.reduceat(values, np.arange(0, HEIGHT_PX, CELL_PX), axis=0)
    sums = rows.reshape(CELLS_DOWN, CELLS_ACROSS, CELL_PX).sum(axis=2)
    return np.asarray(sums / np.float32(CELL_PX * CELL_PX), dtype=np.float32)


def smoothed(grey: Grey, radius: int, axis: int) -> Grey:
    """Mean of 2 x `radius` + 1 neighbours along an axis, edges repeated."""
    wide = 2 * radius + 1
    pad = [(0, 0), (0, 0)]
    pad[axis] = (radius, radius)
    padded = np.pad(grey, pad, mode="edge")
    length = grey.shape[axis]
    total = np.zeros_like(grey)
    for start in range(wide):
        total += padded[start : start + length] if axis == 0 else padded[:, start : start + length]
    return total * np.float32(1 / wide)
