"""NanoDet-g on ONNX Runtime: people and vehicles, one thread, about 80 ms of a core a picture.

See models/ for the file and how it was made, NOTICE for where it comes from.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime  # type: ignore[import-untyped]
from PIL import Image

from prahari.engines.vision.ports import Box, Kind, Picture

MODEL = Path(__file__).parent / "models" / "nanodet-g-416-f16.onnx"
SIDE_PX = 416
STRIDES = (8, 16, 32)
BINS = 11
LEAST_SCORE = 0.3
"""Low: for masking, a box too many costs less than one too few."""
MOST_OVERLAP = 0.6

# COCO: person; bicycle, car, motorcycle, bus, train, truck. An auto-rickshaw comes out as car, bus or truck.
KINDS = {0: Kind.PERSON} | dict.fromkeys((1, 2, 3, 5, 6, 7), Kind.VEHICLE)

_MEAN = np.array([103.53, 116.28, 123.675], np.float32)
_SCALE = np.array([57.375, 57.12, 58.395], np.float32)

Floats = npt.NDArray[np.float32]


class NanoDet:
    """A Detector. Raises what ONNX Runtime raises when the file is missing or broken."""

    def __init__(self, model: Path = MODEL, least_score: float = LEAST_SCORE) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        self._input = self._session.get_inputs()[0].name
        self._least_score = least_score

    def detect(self, picture: Picture) -> list[Box]:
        pixels, scale, offset = letterbox(picture)
        outputs = self._session.run(None, {self._input: pixels})
        kinds = list(KINDS)
        found: list[tuple[Floats, Floats]] = []
        for stride in STRIDES:
            cells = (SIDE_PX // stride) ** 2
            scores = next(array for array in outputs if array.shape == (1, cells, 80))[0][:, kinds]
            sides = next(array for array in outputs if array.shape == (1, cells, 4 * BINS))[0]
            likely = scores.max(axis=1) >= self._least_score
            found.append((scores[likely], _corners(np.flatnonzero(likely), sides[likely], stride)))
        scores = np.concatenate([scores for scores, _ in found])
        corners = (np.concatenate([corners for _, corners in found]) - np.tile(offset, 2)) / scale
        boxes = [
            Box(KINDS[kinds[int(row.argmax())]], float(row.max()), *(float(edge) for edge in edges))
            for row, edges in zip(scores, corners, strict=True)
        ]
        return without_doubles(boxes)


def letterbox(picture: Picture) -> tuple[Floats, float, Floats]:
    """The network's input (1 x 3 x side x side, BGR, normalised), and scale and offset (x, y) of the picture in it."""
    height, width = picture.shape[:2]
    scale = SIDE_PX / max(height, width)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    left, top = (SIDE_PX - size[0]) // 2, (SIDE_PX - size[1]) // 2
    canvas = np.zeros((SIDE_PX, SIDE_PX, 3), np.float32)
    small = np.asarray(Image.fromarray(picture).resize(size, Image.Resampling.BILINEAR))
    canvas[top : top + size[1], left : left + size[0]] = small[:, :, ::-1]
    pixels = ((canvas - _MEAN) / _SCALE).transpose(2, 0, 1)[None]
    return np.ascontiguousarray(pixels, np.float32), scale, np.array([left, top], np.float32)


def _corners(cells: npt.NDArray[np.intp], sides: Floats, stride: int) -> Floats:
    """n x (left, top, right, bottom) in pixels of the network's input; each side comes as a distribution over bins."""
    columns = SIDE_PX // stride
    centre = np.stack([cells % columns, cells // columns], 1) * stride + (stride - 1) / 2
    bins = sides.reshape(-1, 4, BINS)
    weights = np.exp(bins - bins.max(axis=2, keepdims=True))
    reach = (weights / weights.sum(axis=2, keepdims=True)) @ np.arange(BINS, dtype=np.float32) * stride
    return np.concatenate([centre - reach[:, :2], centre + reach[:, 2:]], 1).astype(np.float32)


def without_doubles(boxes: list[Box]) -> list[Box]:
    """The best of boxes that overlap, people and vehicles apart: a rider stays beside the motorcycle."""
    kept: list[Box] = []
    for box in sorted(boxes, key=lambda one: -one.score):
        if all(one.kind is not box.kind or overlap(one, box) <= MOST_OVERLAP for one in kept):
            kept.append(box)
    return kept


def overlap(one: Box, other: Box) -> float:
    """Intersection over union."""
    width = min(one.right, other.right) - max(one.left, other.left)
    height = min(one.bottom, other.bottom) - max(one.top, other.top)
    if width <= 0 or height <= 0:
        return 0.0
    both = width * height
    return both / (one.width * one.height + other.width * other.height - both)
