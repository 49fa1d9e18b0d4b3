"""What a look tells, on a drawn street by day and night, with the faults that cameras have."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageFilter

from health_rig import Luma, noisy, street
from prahari.engines.vision.scene.judge import Judgement, judge
from prahari.engines.vision.scene.look import Look, look_at, packed, packed_bits, unpacked, unpacked_bits
from prahari.engines.vision.scene.picture import HEIGHT_PX, WIDTH_PX, small

STREET = street()


def seen(luma: Luma, *, seed: int = 3, sigma: float = 2.0) -> Look:
    return look_at(small(noisy(luma, sigma, seed)))


REFERENCE = seen(STREET, seed=1)


def judged(luma: Luma, sigma: float = 2.0) -> Judgement:
    return judge(seen(luma, sigma=sigma), [REFERENCE], [])


def blurred(luma: Luma, radius: float) -> Luma:
    return np.asarray(Image.fromarray(luma).filter(ImageFilter.GaussianBlur(radius)))


def covered(luma: Luma, share: float) -> Luma:
    picture = luma.copy()
    picture[:, : int(share * luma.shape[1])] = 60
    return picture


def test_the_same_view_is_well() -> None:
    found = judged(STREET)
    assert found.blurred is not None and found.covered is not None and found.turned is not None
    assert max(found.blurred, found.covered, found.turned) < 20
    assert found.shift_pct is None and found.reference == 0


@pytest.mark.parametrize("gain", [0.5, 0.25])
def test_evening_and_night_are_no_fault(gain: float) -> None:
    found = judged((STREET * gain).astype(np.uint8), sigma=3)
    assert (found.covered or 0) < 70
    assert (found.turned or 0) < 60
    assert (found.blurred or 0) < 45
    assert found.black < 99.5


def test_rain_is_no_fault() -> None:
    random = np.random.default_rng(5)
    picture = STREET.astype(np.float32)
    for _ in range(800):
        row, column = random.integers(0, 690), random.integers(0, 1278)
        picture[row : row + 24, column : column + 2] += 70
    found = judged(np.clip(picture * 0.85 + 25, 0, 255).astype(np.uint8))
    assert found.blurred is not None and found.covered is not None and found.turned is not None
    assert found.blurred < 45 and found.covered < 70 and found.turned < 60


def test_a_dark_lens_is_black() -> None:
    found = judged(np.full_like(STREET, 16))
    assert found.black > 99.5


def test_the_sun_in_the_lens_is_overexposed() -> None:
    assert judged(np.clip(STREET.astype(np.int32) + 170, 0, 255).astype(np.uint8)).overexposed > 50


def test_a_lens_out_of_focus_is_blurred_and_not_covered() -> None:
    found = judged(blurred(STREET, 8))
    assert found.blurred is not None and found.blurred > 45
    assert (found.covered or 0) < 70


@pytest.mark.parametrize("share", [0.8, 0.97])
def test_a_cloth_before_the_lens_is_covered(share: float) -> None:
    found = judged(covered(STREET, share))
    assert found.covered is not None and found.covered > 70
    assert (found.blurred or 0) < 45


def test_a_cloth_over_a_quarter_is_not_yet_covered() -> None:
    found = judged(covered(STREET, 0.25))
    assert found.covered is not None and found.covered < 50


def test_a_turned_camera_is_turned_and_the_way_it_went_is_told() -> None:
    wide = street(width=1600, height=900)
    reference = seen(wide[:720, :1280])
    found = judge(seen(wide[:720, 160:1440]), [reference], [])
    assert found.turned is not None and found.turned > 60
    assert found.shift_pct is not None
    across, down = found.shift_pct
    assert across == pytest.approx(-12.5, abs=2.2)
    assert down == pytest.approx(0, abs=3.8)


def test_another_street_is_turned() -> None:
    found = judged(street(seed=9))
    assert found.turned is not None and found.turned > 60


def test_the_best_of_several_reference_views_counts() -> None:
    found = judge(seen(STREET), [seen(street(seed=9)), REFERENCE], [])
    assert found.reference == 1
    assert found.turned is not None and found.turned < 20


def test_an_empty_picture_says_nothing_about_the_view() -> None:
    found = judge(seen(STREET), [seen(np.full_like(STREET, 130))], [])
    assert found.turned is None and found.covered is None


def test_a_picture_that_stands_still_is_told_from_a_scene_in_which_nothing_stirs() -> None:
    quiet = (STREET * 0.2).astype(np.uint8)
    before = seen(quiet, seed=1, sigma=1.0)
    again = judge(before, [], [before.bits]).frozen
    later = judge(seen(quiet, seed=2, sigma=1.0), [], [before.bits]).frozen
    assert again == 100
    assert later is not None and later < 60


def test_a_look_can_be_kept() -> None:
    again = unpacked(packed(REFERENCE))
    assert np.array_equal(again.structure, REFERENCE.structure)
    assert np.array_equal(again.detail, REFERENCE.detail)
    assert again.sharpness == pytest.approx(REFERENCE.sharpness)
    assert np.array_equal(unpacked_bits(packed_bits(REFERENCE)), REFERENCE.bits)
    with pytest.raises(ValueError, match="another size"):
        unpacked(b"x")


@pytest.mark.parametrize("size", [(16, 16), (90, 160), (HEIGHT_PX, WIDTH_PX), (1080, 1920), (1920, 1080)])
def test_pictures_of_every_size_are_brought_to_one(size: tuple[int, int]) -> None:
    luma = np.full(size, 77, dtype=np.uint8)
    grey = small(luma)
    assert grey.shape == (HEIGHT_PX, WIDTH_PX)
    assert np.allclose(grey, 77)


def test_what_is_too_small_is_refused() -> None:
    with pytest.raises(ValueError, match="16 x 16"):
        small(np.zeros((8, 100), dtype=np.uint8))
