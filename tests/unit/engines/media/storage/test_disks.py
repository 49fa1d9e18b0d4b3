"""Several disks: files spread, one failing in every way that can be made here, and taken up again."""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media_rig import until
from prahari.contracts.config import ConfigError, load
from prahari.contracts.media import Reason
from prahari.engines.media.recording import recorder as recorder_module
from prahari.engines.media.storage import disks as disks_module
from prahari.engines.media.storage.spread import place
from storage_rig import Disks, lying_disk, small_disk


@pytest.fixture
async def two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Disks]:
    """Two disks of their own; a file is 2 s long here, so that they are spread within a test."""
    monkeypatch.setattr(recorder_module, "FILE_MS", 2000)
    monkeypatch.setattr(disks_module, "LOOK_S", 0.1)
    monkeypatch.setattr(disks_module, "LONGEST_RETRY_S", 0.3)
    with small_disk(tmp_path / "one"), small_disk(tmp_path / "two"):
        rig = Disks(tmp_path, [tmp_path / "one", tmp_path / "two"])
        yield rig
        await rig.close()


def by_disk(rig: Disks, camera_id: str = "a") -> Counter[str]:
    return Counter(path.parents[2].name for path in rig.files(camera_id))


@given(
    camera_id=st.uuids().map(str),
    weights=st.lists(st.floats(1, 1e13), min_size=1, max_size=6),
    first=st.integers(0, 6_000_000),
)
def test_a_disk_gets_its_share_and_never_many_files_running(camera_id: str, weights: list[float], first: int) -> None:
    slots = 400
    chosen = [place(camera_id, first + n, weights) for n in range(slots)]
    for index, weight in enumerate(weights):
        assert abs(chosen.count(index) / slots - weight / sum(weights)) < 0.02
    if len(weights) == 2 and max(weights) / sum(weights) < 0.6:
        assert all(len(set(chosen[n : n + 4])) == 2 for n in range(slots - 4))


def test_cameras_are_spread_at_any_moment() -> None:
    counts = Counter(place(f"camera-{n}", 5_983_333, [1, 1, 1, 1]) for n in range(4000))
    assert min(counts.values()) > 850


def test_disks_are_named_with_their_reserve(tmp_path: Path) -> None:
    config = load({"PRAHARI_RECORDINGS": f"{tmp_path}/a:{tmp_path}/b=500", "PRAHARI_DISK_RESERVE_MB": "100"})
    assert config.disks == ((tmp_path / "a", 100_000_000), (tmp_path / "b", 500_000_000))
    assert config.recordings == tmp_path / "a"
    for wrong in (f"{tmp_path}/a=many", f"{tmp_path}/a:{tmp_path}/a"):
        with pytest.raises(ConfigError):
            load({"PRAHARI_RECORDINGS": wrong})


async def test_a_camera_is_spread_over_its_disks(two: Disks) -> None:
    store = await two.open()
    recorder = store.recorder("a", 30)
    await two.record(recorder, range(0, 20))
    await recorder.close()
    assert sorted(by_disk(two).values()) in ([4, 6], [5, 5])
    assert await two.seconds() == ([(0, 20)], [])


async def test_a_read_only_disk_is_left_without_losing_a_group_and_taken_up_again(two: Disks) -> None:
    store = await two.open()
    recorder = store.recorder("a", 30)
    await two.record(recorder, range(0, 8))
    second_s = 8
    while not remounted(two.roots[0], "ro"):  # refused while the file that grows lies on it
        await two.record(recorder, range(second_s, second_s + 1))
        second_s += 1
        assert second_s < 20, "no second at which the disk could be made read-only"
    first, second = store.disks
    await two.record(recorder, range(second_s, second_s + 8))
    await until(lambda: first.is_failed, 30, what="the disk left")
    assert not second.is_failed
    await two.record(recorder, range(second_s + 8, second_s + 12))
    assert [(data.state, data.reason) for _, data in two.told] == [("failed", Reason.DISK_ERROR)]
    before = by_disk(two)["one"]
    assert remounted(two.roots[0], "rw")
    await until(lambda: not first.is_failed, 30, "the disk taken up again")
    await two.record(recorder, range(second_s + 12, second_s + 22))
    await recorder.close()
    assert [data.state for _, data in two.told] == ["failed", "ok"]
    assert by_disk(two)["one"] > before
    await store.house.clear()
    assert await two.seconds() == ([(0, second_s + 22)], [])
    assert not two.gaps


def remounted(root: Path, mode: str) -> bool:
    """Whether the file system could be made read-only ("ro") or writable ("rw")."""
    return subprocess.run(["mount", "-o", f"remount,{mode}", str(root)], capture_output=True).returncode == 0


async def test_a_mount_that_vanishes_is_not_filled_in_its_place(two: Disks) -> None:
    store = await two.open()
    recorder = store.recorder("a", 30)
    await two.record(recorder, range(0, 8))
    subprocess.run(["umount", "-l", str(two.roots[0])], check=True)
    first, _ = store.disks
    await two.record(recorder, range(8, 20))
    await until(lambda: first.is_failed, what="the disk left")
    await recorder.close()
    assert first.reason is Reason.DISK_GONE
    assert list(two.roots[0].iterdir()) == []  # nothing was put where the disk should be
    timeline = await store.catalogue.timeline("a", two.ms(0), two.ms(20))
    assert timeline.away and timeline.recordings  # what lies on it is told of, not called a gap
    assert not timeline.gaps
    await two.close()
    store = await two.open()  # and not after a restart either
    first, second = store.disks
    assert first.is_failed and not second.is_failed
    recorder = store.recorder("a", 30)
    await two.record(recorder, range(20, 24))
    await recorder.close()
    assert list(two.roots[0].iterdir()) == []


async def test_a_disk_is_known_by_its_own_number_wherever_it_is_mounted(two: Disks) -> None:
    store = await two.open()
    recorder = store.recorder("a", 30)
    await two.record(recorder, range(0, 12))
    await recorder.close()
    await two.close()
    subprocess.run(["mount", "--bind", str(two.roots[0]), str(two.folder)], check=False, capture_output=True)
    subprocess.run(["umount", "-l", str(two.folder)], check=False, capture_output=True)
    moved = two.folder / "elsewhere"
    moved.mkdir()
    subprocess.run(["mount", "--move", str(two.roots[0]), str(moved)], check=False, capture_output=True)
    if not (moved / "a").exists():  # a shared mount cannot be moved: bound to the other place it is the same
        subprocess.run(["mount", "--bind", str(two.roots[0]), str(moved)], check=True)
    old, two.roots[0] = two.roots[0], moved
    try:
        store = await two.open()
        assert await two.seconds() == ([(0, 12)], [])
        found = await store.catalogue.segments("a", two.ms(0), two.ms(12))
        assert {one.path.parents[2].name for one in found} == {"elsewhere", "two"}
    finally:
        await two.close()
        subprocess.run(["umount", "-l", str(moved)], check=False)
        two.roots[0] = old


async def test_a_full_disk_gives_way_to_the_others(two: Disks) -> None:
    store = await two.open()
    ballast = two.roots[0] / "ballast"
    ballast.write_bytes(bytes(15_500_000))
    with ballast.open("ab", buffering=0) as file:
        try:
            while True:
                file.write(bytes(65536))
        except OSError:
            pass
    recorder = store.recorder("a", 30)
    await two.record(recorder, range(0, 20))
    await recorder.close()
    assert await two.seconds() == ([(0, 20)], [])
    assert by_disk(two)["one"] == 0
    assert {data.state for _, data in two.told} == {"full"}


async def test_a_disk_with_real_io_errors_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recorder_module, "FILE_MS", 2000)
    with lying_disk(tmp_path / "lying", tmp_path / "backing") as lying, small_disk(tmp_path / "good", "64m") as good:
        rig = Disks(tmp_path, [lying, good])
        store = await rig.open()
        try:
            first, second = store.disks
            recorder = store.recorder("a", 30)
            ballast = lying / "ballast"
            with ballast.open("wb") as file:
                file.write(bytes(range(256)) * 40_000)  # more than lies below the disk
                file.flush()
                with contextlib.suppress(OSError):
                    os.fsync(file.fileno())
            for start in range(0, 40, 4):
                await rig.record(recorder, range(start, start + 4))
                if first.is_failed:
                    break
            assert first.is_failed and first.reason is Reason.DISK_ERROR, "the disk was not left"
            assert not second.is_failed
            await rig.record(recorder, range(40, 44))
            assert recorder.trouble is Reason.NONE and recorder.is_recording
            await recorder.close()
            assert max(end for _, end in (await rig.seconds())[0]) == 44
        finally:
            await rig.close()
