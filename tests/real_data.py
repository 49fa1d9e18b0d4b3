"""Real pictures for evaluation, never copied into the project: tests that want them skip where they are not."""

from __future__ import annotations

import itertools
import os
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

FOLDER = Path(os.environ.get("PRAHARI_TEST_DATA", Path(__file__).parents[2] / "shared"))
"""Holds data/video and models."""


def real(name: str) -> Path:
    """A file of that folder; skips the test when it is not there."""
    path = FOLDER / name
    if not path.exists():
        pytest.skip(f"{name} is not in {FOLDER}: set PRAHARI_TEST_DATA to the folder with the evaluation data")
    return path


def frames(path: Path, count: int, most_width_px: int = 832) -> list[Any]:
    """`count` pictures (RGB arrays) spread over the first 200 of a film, no wider than that."""
    with av.open(str(path)) as container:
        shown = list(itertools.islice(container.decode(video=0), 200))
    picked = []
    for number in np.linspace(0, len(shown) - 1, count).astype(int):
        frame = shown[number]
        if frame.width > most_width_px:
            height = round(frame.height * most_width_px / frame.width / 2) * 2
            frame = frame.reformat(width=most_width_px, height=height)
        picked.append(frame.to_ndarray(format="rgb24"))
    return picked
