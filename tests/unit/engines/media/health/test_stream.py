"""What groups of pictures tell: rates against the camera's own, and suspicions."""

from __future__ import annotations

import random

import pytest

from prahari.engines.media.health.stream import LEARN_FIRST_S, StreamWatch
from prahari.engines.media.types import AccessUnit, GroupOfPictures, StreamParameters, VideoParameters

VIDEO = VideoParameters("h264", 1920, 1080, "avc1.64001f", b"", b"")
PARAMETERS = StreamParameters(VIDEO, None)


class Camera:
    """A camera that is made up: 25 pictures in a group of a second, with the sizes of a street."""

    def __init__(self) -> None:
        self.watch = StreamWatch()
        self.watch.on_parameters(PARAMETERS)
        self.at_ms = 1_000_000
        self._random = random.Random(1)

    def send(self, seconds: int, *, fps: int = 25, keyframe: int = 60_000, predicted: int = 12_000) -> None:
        for _ in range(seconds):
            sizes = [self._about(keyframe), *(self._about(predicted) for _ in range(fps - 1))]
            self.group(sizes)

    def group(self, sizes: list[int]) -> None:
        units = [
            AccessUnit(True, number == 0, 0, 3600, 0, self.at_ms, bytes(size)) for number, size in enumerate(sizes)
        ]
        self.watch.on_group(GroupOfPictures(PARAMETERS, units, self.at_ms, self.at_ms + 1000))
        self.at_ms += 1000

    def _about(self, size: int) -> int:
        return max(8, int(size * self._random.uniform(0.8, 1.25)))


def test_nothing_is_said_before_the_usual_is_known() -> None:
    camera = Camera()
    camera.send(int(LEARN_FIRST_S) - 5)
    assert camera.watch.fps_off_pct is None and camera.watch.kbit_off_pct is None
    camera.send(10)
    assert camera.watch.fps_off_pct == pytest.approx(0, abs=1)
    assert camera.watch.kbit_off_pct is not None and camera.watch.kbit_off_pct < 15


def test_a_rate_that_falls_is_off_and_is_not_learnt_within_the_hour() -> None:
    camera = Camera()
    camera.send(120)
    camera.send(30, fps=6)
    assert camera.watch.fps_off_pct == pytest.approx(76, abs=3)
    camera.send(1800, fps=6)
    assert camera.watch.fps_off_pct is not None and camera.watch.fps_off_pct > 70
    camera.send(60)
    assert camera.watch.fps_off_pct == pytest.approx(0, abs=4)


def test_rates_of_the_night_are_learnt_on_the_way_there() -> None:
    camera = Camera()
    camera.send(300)
    for share in range(100, 15, -1):  # dusk, over an hour and a half
        camera.send(60, keyframe=600 * share, predicted=120 * share)
        assert camera.watch.kbit_off_pct is not None and camera.watch.kbit_off_pct < 80


def test_a_street_raises_no_suspicion() -> None:
    camera = Camera()
    camera.send(600)
    assert camera.watch.suspicion == ""


def test_another_scene_is_suspected_within_two_groups() -> None:
    camera = Camera()
    camera.send(120)
    camera.send(2, keyframe=15_000, predicted=3_000)
    assert camera.watch.suspicion == "scene"


def test_predicted_pictures_of_nothing_are_suspected() -> None:
    camera = Camera()
    camera.send(120)
    camera.send(2, predicted=60)
    assert camera.watch.suspicion == "still"


def test_the_same_keyframe_again_and_again_is_suspected() -> None:
    camera = Camera()
    camera.send(120)
    for _ in range(3):
        camera.group([60_000] * 25)
    assert camera.watch.suspicion in {"still", "scene"}


def test_another_resolution_is_learnt_anew() -> None:
    camera = Camera()
    camera.send(120)
    camera.watch.on_parameters(StreamParameters(VideoParameters("h264", 640, 360, "", b"", b""), None))
    assert camera.watch.usual.learnt_s == 0
    assert camera.watch.fps_off_pct is None


def test_scraps_of_a_group_tell_nothing() -> None:
    camera = Camera()
    camera.group([60_000])
    assert camera.watch.usual.fps == 0
