"""What a detector gives. It says that somebody or something is there, never who or whose."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import numpy as np
import numpy.typing as npt

Picture = npt.NDArray[np.uint8]
"""Height x width x 3, RGB."""


class Kind(StrEnum):
    PERSON = "person"
    VEHICLE = "vehicle"


@dataclass(frozen=True, slots=True)
class Box:
    """Where something is, in pixels of the picture that was looked at; edges may lie outside it. `score`: 0 to 1."""

    kind: Kind
    score: float
    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top


class Detector(Protocol):
    def detect(self, picture: Picture) -> list[Box]:
        """People and vehicles in `picture`. Raises whatever goes wrong: who calls must not show the picture then."""
