"""What may be shown: reduced everywhere, blocks where somebody is, a mosaic when nobody knows."""

from __future__ import annotations

import math
import threading

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from prahari.engines.vision import masking
from prahari.engines.vision.ports import Box, Kind, Picture
from prahari.engines.vision.shield import Shield


def noise(width: int = 640, height: int = 360, seed: int = 1) -> Picture:
    return np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)


def detail(picture: Picture) -> float:
    """Mean difference between neighbours, 0 for a plain surface."""
    return float(np.abs(np.diff(picture.astype(np.float32), axis=1)).mean())


@pytest.mark.parametrize(
    ("size", "shown"), [((1920, 1080), (480, 270)), ((640, 360), (480, 270)), ((360, 640), (270, 480))]
)
def test_what_is_given_out_is_small_and_holds_no_fine_detail(size: tuple[int, int], shown: tuple[int, int]) -> None:
    picture = noise(*size)
    given_out = masking.mask(picture, [])
    assert given_out.shape[1::-1] == shown
    # Stripes finer than two pixels of the reduced picture (six of the shown one) are gone.
    stripes = np.zeros((size[1], size[0], 3), np.uint8)
    period = max(size) / masking.DETAIL_PX
    stripes[:, (np.arange(size[0]) % period) < period / 2] = 255
    assert detail(masking.mask(stripes, [])) < 2 < detail(np.asarray(Image.fromarray(stripes).resize(shown)))


def test_text_the_size_of_a_plate_is_gone_where_the_detector_saw_nothing() -> None:
    """Two plates that differ in one letter look the same but for a shade."""
    pictures = []
    for text in ("UP78AB1234", "UP78AB1284"):
        image = Image.new("RGB", (1920, 1080), "gray")
        draw = ImageDraw.Draw(image)
        draw.rectangle((900, 500, 1060, 536), fill="white")  # a twelfth of the picture
        draw.text((905, 505), text, fill="black", font_size=26)
        pictures.append(masking.mask(np.asarray(image), []).astype(int))
    assert np.abs(pictures[0] - pictures[1]).max() <= 45  # of 255, in two or three pixels


def test_a_person_is_covered_whole_and_a_vehicle_below() -> None:
    person, vehicle = (Box(kind, 0.9, 100, 90, 200, 270) for kind in Kind)
    assert masking.covered(person) == (85, 63, 215, 297)
    assert masking.covered(vehicle) == (85, 123, 215, 297)
    plain = masking.reduce(noise())
    shown = masking.mask(noise(), [person])
    assert (shown[:30] == plain[:30]).all()  # the rest is not touched
    # In blocks of an eighth of the frame or so: no more colours than blocks.
    inside = shown[60:200, 75:150].reshape(-1, 3)
    assert len(np.unique(inside, axis=0)) <= 60


edges = st.floats(-2000, 2000, allow_nan=False)
wild = st.one_of(edges, st.just(math.nan), st.just(math.inf), st.just(-math.inf))


@settings(max_examples=50)
@given(
    st.lists(st.tuples(st.sampled_from(Kind), wild, wild, wild, wild), max_size=5),
    st.integers(2, 300),
    st.integers(2, 300),
)
def test_whatever_a_detector_says_the_plain_picture_is_not_given(
    found: list[tuple[Kind, float, float, float, float]], width: int, height: int
) -> None:
    class Wild:
        def detect(self, picture: Picture) -> list[Box]:
            return [Box(kind, 1.0, *corners) for kind, *corners in found]

    covered = Shield(Wild).cover(noise(width, height))
    assert max(covered.picture.shape) == masking.LONGER_PX
    if all(math.isfinite(edge) for _, *corners in found for edge in corners):
        assert covered.why_mosaic == ""
    else:
        assert is_mosaic(covered.picture)


def is_mosaic(picture: Picture) -> bool:
    return len(np.unique(picture.reshape(-1, 3), axis=0)) <= masking.MOSAIC_BLOCKS**2


def test_no_detector_or_one_that_fails_gives_a_mosaic() -> None:
    class Failing:
        def detect(self, picture: Picture) -> list[Box]:
            raise RuntimeError("out of memory")

    def missing() -> Failing:
        raise FileNotFoundError("no model")

    for shield in (Shield(Failing), Shield(missing)):
        for _ in range(2):
            covered = shield.cover(noise())
            assert is_mosaic(covered.picture) and covered.why_mosaic.startswith("the detector failed")


def test_a_slow_detector_gives_a_mosaic_until_it_is_through() -> None:
    go_on = threading.Event()

    class Slow:
        def detect(self, picture: Picture) -> list[Box]:
            go_on.wait(20)
            return []

    shield = Shield(Slow, slow_s=0.05)
    first, second = shield.cover(noise()), shield.cover(noise())
    assert is_mosaic(first.picture) and "longer than" in first.why_mosaic
    assert is_mosaic(second.picture) and "earlier picture" in second.why_mosaic
    go_on.set()
    assert shield._looking is not None
    shield._looking.join(20)
    third = shield.cover(noise())
    assert third.why_mosaic == "" and not is_mosaic(third.picture)
