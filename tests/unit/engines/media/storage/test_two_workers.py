"""Two workers of one machine on the same disks, with cameras that move between them: nothing is listed, read, counted
or deleted twice, and neither touches what the other wrote."""

from __future__ import annotations

import dataclasses
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from prahari.contracts.config import Config
from prahari.contracts.media import Reason
from prahari.engines.media.recording import housekeeping
from prahari.engines.media.recording import recorder as recorder_module
from prahari.engines.media.recording.recovery import reconcile_camera
from prahari.engines.media.storage.rebuild import rebuild
from storage_rig import Disks

CAMERA = "0197a000-0000-7000-8000-00000000000a"


class Sharing(Disks):
    """A worker of machine 1, where several machines serve cameras."""

    def __init__(self, home: Path, number: int, roots: list[Path]) -> None:
        folder = home / f"media-{number}"
        folder.mkdir(parents=True, exist_ok=True)
        super().__init__(folder, roots)
        self.number = number
        self.owns = lambda camera_id: False  # no lease yet, or the camera is another's
        self.is_ours = lambda camera_id, fence: bool(fence) and msgspec.json.decode(fence)[0] == number

    async def record_as(self, revision: int, seconds: range) -> None:
        """The camera is placed here for so long, by the placement of this revision."""
        store = self.store or await self.open()
        store.fence_of = lambda camera_id: (self.number, 1, revision)
        recorder = store.recorder(CAMERA, 30)
        await self.record(recorder, seconds)
        await recorder.close()
        await store.catalogue.run(lambda database: None)

    def listed(self) -> list[tuple[str, int, int]]:
        with closing(sqlite3.connect(self.folder / "catalogue.sqlite3")) as database:
            rows = database.execute("SELECT path, start_ms, end_ms FROM segment ORDER BY start_ms").fetchall()
        return [(path, (start - self.start_ms) // 1000, (end - self.start_ms) // 1000) for path, start, end in rows]

    def told_gaps(self) -> list[tuple[str, int, int]]:
        with closing(sqlite3.connect(self.folder / "catalogue.sqlite3")) as database:
            rows = database.execute("SELECT reason, start_ms, end_ms FROM gap ORDER BY start_ms").fetchall()
        return [(reason, (start - self.start_ms) // 1000, (end - self.start_ms) // 1000) for reason, start, end in rows]


@pytest.fixture
async def two(
    config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[tuple[Sharing, Sharing]]:
    monkeypatch.setattr(recorder_module, "FILE_MS", 2000)
    roots = [tmp_path / "one", tmp_path / "two"]
    found = Sharing(config.home, 100, roots), Sharing(config.home, 101, roots)
    found[1].start_ms = found[0].start_ms
    yield found
    for one in found:
        await one.close()


async def moved_there_and_back(two: tuple[Sharing, Sharing]) -> None:
    """Seconds 0 to 4 and 30 to 34 at the first, 10 to 14 at the second."""
    first, second = two
    await first.record_as(5, range(0, 4))
    await second.record_as(6, range(10, 14))
    await first.record_as(7, range(30, 34))


def stretches(worker: Sharing) -> list[tuple[int, int]]:
    return [(start, end) for _, start, end in worker.listed()]


async def test_the_index_is_made_again_as_cameras_were_placed(config: Config, two: tuple[Sharing, Sharing]) -> None:
    first, second = two
    await moved_there_and_back(two)
    for one in two:
        await one.close()
    before = [worker.listed() for worker in two]
    assert stretches(first) == [(0, 2), (2, 4), (30, 32), (32, 34)] and stretches(second) == [(10, 12), (12, 14)]
    machine = dataclasses.replace(
        config, node_number=1, media_workers=2, recording_disks=tuple((root, 0) for root in first.roots)
    )
    for worker in two:
        for path in worker.folder.glob("catalogue.sqlite3*"):
            path.unlink()
    for _ in range(2):  # twice is as once
        rebuild(machine)
        assert [worker.listed() for worker in two] == before
        assert not [gap for worker in two for gap in worker.told_gaps() if gap[0] == Reason.UNEXPLAINED.value]
    # What was once listed with the wrong worker is put right.
    with closing(sqlite3.connect(second.folder / "catalogue.sqlite3")) as database:
        database.execute(
            "INSERT INTO segment (path, camera_id, start_ms, end_ms, size_bytes, is_open) VALUES (?, ?, ?, ?, 9, 0)",
            (before[0][0][0], CAMERA, first.ms(0), first.ms(2)),
        )
        database.commit()
    rebuild(machine)
    assert [worker.listed() for worker in two] == before


async def test_neither_takes_over_nor_cuts_what_the_other_writes(two: tuple[Sharing, Sharing]) -> None:
    first, second = two
    await moved_there_and_back(two)
    assert first.store is not None and second.store is not None
    growing = first.store.recorder(CAMERA, 30)
    await first.record(growing, range(40, 41))
    with first.files(CAMERA)[-1].open("ab") as file:
        file.write(b"\0\0\1")  # half a group, as it lies there while it is written
    size = first.files(CAMERA)[-1].stat().st_size
    listed = [worker.listed() for worker in two]
    for disk in second.store.disks:
        await second.store.house._reconcile(disk)  # at the start
        second.owns = lambda camera_id: True  # the camera is its own by now
        await second.store.house._reconcile(disk)
        second.owns = lambda camera_id: False
    assert [worker.listed() for worker in two] == listed
    assert first.files(CAMERA)[-1].stat().st_size == size
    await growing.close()


async def test_what_was_begun_before_a_kill_is_found_by_who_wrote_it(two: tuple[Sharing, Sharing]) -> None:
    first, second = two
    await moved_there_and_back(two)
    listed = [worker.listed() for worker in two]
    for worker in two:  # as if it had been killed before the last file was written down
        await worker.close()
        with closing(sqlite3.connect(worker.folder / "catalogue.sqlite3")) as database:
            database.execute("DELETE FROM segment WHERE path = ?", (worker.listed()[-1][0],))
            database.commit()
    for worker in two:
        await worker.record_as(9, range(60, 62) if worker is first else range(70, 72))
    assert [worker.listed()[:-1] for worker in two] == listed
    assert first.told_gaps()[-1] == ("engine_restart", 34, 60)
    assert second.told_gaps()[-1] == ("engine_restart", 14, 70)


async def test_room_quota_age_and_bit_rot_are_each_one_s_own(
    two: tuple[Sharing, Sharing], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = two
    await moved_there_and_back(two)
    assert first.store is not None and second.store is not None
    sizes = {path: path.stat().st_size for path in first.files(CAMERA)}
    for worker in two:
        assert worker.store is not None
        await worker.store.house.clear()
    told = [worker.store.state() for worker in two if worker.store is not None]
    assert [one.files for one in told] == [4, 2] and sum(one.recorded_bytes for one in told) == sum(sizes.values())
    # Each file is read by one of them.
    read = []
    for worker in two:
        assert worker.store is not None
        while (segment := await worker.store.house.verifier.next(worker.ms(6 * 3600))) is not None:
            await worker.store.house.verifier.check(segment)
            read.append(segment.path)
    assert sorted(read) == sorted(sizes)
    # Both see the disk short of room for one file: together they delete that, and not each as much.
    monkeypatch.setattr(housekeeping, "MOST_AT_ONCE_BYTES", 1)
    root = first.roots[0]
    on_it = [path for path in sizes if path.is_relative_to(root)]
    for worker in two:
        assert worker.store is not None
        disk = next(disk for disk in worker.store.disks if disk.root == root)
        gone = sum(sizes[path] for path in on_it if not path.exists())
        disk.free_bytes, disk.reserve_bytes = gone, 1

        async def look(disk: object = disk) -> None:
            disk.free_bytes = sum(sizes[path] for path in on_it if not path.exists())  # type: ignore[attr-defined]

        monkeypatch.setattr(worker.store.disks, "look", look)
        await worker.store.house._clear_disk(disk)
    assert sum(not path.exists() for path in on_it) == 1
    # By age the second deletes its own.
    left = set(first.files(CAMERA))
    second.store.keep(CAMERA, 30, purge_before_ms=second.ms(3 * 3600))
    await second.store.house.clear()
    assert stretches(second) == []
    names = {Path(name).name for name, _, _ in first.listed()}
    assert {path.name for path in left if path.exists()} == names and len(names) >= 3


async def test_reconciling_asks_whose_a_file_is_before_it_shortens_it(two: tuple[Sharing, Sharing]) -> None:
    first, second = two
    await first.record_as(5, range(0, 2))
    store = await second.open()
    path = first.files(CAMERA)[0]
    path.write_bytes(path.read_bytes()[:200])  # just begun: its head is not whole
    for root in second.roots:
        folder = root / CAMERA
        await store.catalogue.run(
            lambda database, at=folder: reconcile_camera(store.catalogue, database, at, store.is_ours)
        )
    assert path.exists() and not second.listed()
