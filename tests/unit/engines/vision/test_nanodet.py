"""The shipped detector against its float32 original on real films, and what of it is covered in what is shown."""

from __future__ import annotations

import numpy as np
import pytest

from prahari.engines.vision import masking
from prahari.engines.vision.nanodet import MODEL, NanoDet, letterbox, overlap, without_doubles
from prahari.engines.vision.ports import Box, Kind, Picture
from real_data import frames, real

FILMS = ["delhi-road-640x360.mp4", "bridge-traffic-1280x720.mp4", "pedestrians-768x576.avi"]
FRAMES = 4
SURE = 0.4


def test_the_shipped_model_is_small() -> None:
    assert MODEL.stat().st_size <= 8_000_000


def share_covered(picture: Picture, boxes: list[Box], wanted: Box) -> float:
    """How much of what must be covered of `wanted` lies in what is covered for `boxes`."""
    covered = np.zeros(picture.shape[:2], bool)
    for box in boxes:
        left, top, right, bottom = (max(0, round(edge)) for edge in masking.covered(box))
        covered[top:bottom, left:right] = True
    top = wanted.top if wanted.kind is Kind.PERSON else wanted.top + wanted.height / 3
    part = covered[
        max(0, round(top)) : max(0, round(wanted.bottom)), max(0, round(wanted.left)) : max(0, round(wanted.right))
    ]
    return float(part.mean()) if part.size else 1.0


@pytest.mark.parametrize("film", FILMS)
def test_every_person_and_vehicle_that_the_original_finds_is_covered(film: str) -> None:
    path, original = real(f"data/video/{film}"), real("models/nanodet-g-416.onnx")
    reference, shipped = NanoDet(original, least_score=SURE), NanoDet()
    found = 0
    for picture in frames(path, FRAMES):
        boxes = shipped.detect(picture)
        for wanted in reference.detect(picture):
            found += 1
            assert share_covered(picture, boxes, wanted) >= 0.95
            assert any(box.kind is wanted.kind and overlap(box, wanted) > 0.9 for box in boxes)
    assert found


def test_what_only_a_closer_look_finds_is_too_small_to_be_made_out() -> None:
    """The original on overlapping quarters of a dense scene finds more; what stays uncovered is small."""
    picture = frames(real("data/video/delhi-road-640x360.mp4"), 3)[1]
    reference, shipped = NanoDet(real("models/nanodet-g-416.onnx"), least_score=SURE), NanoDet()
    boxes, height, width = shipped.detect(picture), *picture.shape[:2]
    missed = []
    for top in (0, height * 3 // 8):
        for left in (0, width * 3 // 8):
            part = np.ascontiguousarray(picture[top : top + height * 5 // 8, left : left + width * 5 // 8])
            for box in reference.detect(part):
                moved = Box(box.kind, box.score, box.left + left, box.top + top, box.right + left, box.bottom + top)
                if share_covered(picture, boxes, moved) < 0.9:
                    missed.append(moved.width / width * masking.DETAIL_PX)
    # In pixels of detail: a plate is a quarter of a car, a face a third of a person.
    assert max(missed, default=0.0) < 40


def test_an_empty_street_and_odd_shapes_are_no_trouble() -> None:
    detector = NanoDet()
    for size in ((360, 640), (640, 360), (2, 2), (1, 900)):
        assert detector.detect(np.zeros((*size, 3), np.uint8)) == []
    pixels, scale, offset = letterbox(np.zeros((360, 640, 3), np.uint8))
    assert pixels.shape == (1, 3, 416, 416) and scale == 416 / 640 and tuple(offset) == (0, 91)


def test_a_rider_stays_beside_the_motorcycle_and_doubles_go() -> None:
    rider, cycle = (Box(kind, 0.5, 0, 0, 10, 20) for kind in Kind)
    better = Box(Kind.PERSON, 0.9, 0, 0, 10, 19)
    assert without_doubles([rider, cycle, better]) == [better, cycle]
