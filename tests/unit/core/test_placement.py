"""Which worker serves a camera."""

from collections import Counter

from prahari.core.placement import worker_of


def test_even_and_stable_when_a_worker_is_added() -> None:
    cameras = [f"camera-{number}" for number in range(4000)]
    three = {camera: worker_of(camera, 3) for camera in cameras}
    four = {camera: worker_of(camera, 4) for camera in cameras}
    assert all(share > 1100 for share in Counter(three.values()).values())
    moved = [camera for camera in cameras if three[camera] != four[camera]]
    assert {four[camera] for camera in moved} == {3}
    assert len(moved) < 1300
