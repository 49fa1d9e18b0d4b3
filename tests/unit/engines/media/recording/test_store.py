"""Recordings: files that ffmpeg takes, gaps with reasons, recovery, retention, full and slow disks."""

import asyncio
import os
import shutil
import sqlite3
import subprocess
import time
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ingest_rig import groups_of, parameters_of, pictures_of, probe_file
from media_rig import until
from prahari.contracts.media import GapData, Reason
from prahari.engines.media.ingest.upstream import Upstream
from prahari.engines.media.mp4.reader import scan
from prahari.engines.media.recording import recorder as recorder_module
from prahari.engines.media.recording import writer as writer_module
from prahari.engines.media.recording.store import Recorder, RecordingStore
from prahari.engines.media.types import GroupOfPictures, StreamParameters
from prahari.simcity.rtsp import Loop, SimServer

LoopOf = Callable[..., Loop]
SMALL = StreamParameters(parameters_of(), None)


class Rig:
    """A store on a folder, opened again and again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.recordings = folder / "recordings"
        self.gaps: list[tuple[str, GapData]] = []
        self.store: RecordingStore | None = None
        self.start_ms = time.time_ns() // 1_000_000 - 60_000

    async def open(self, quota_bytes: int = 0, reserve_bytes: int = 0) -> RecordingStore:
        self.store = RecordingStore(
            [(self.recordings, reserve_bytes)],
            self.folder / "catalogue.sqlite3",
            quota_bytes=quota_bytes,
            owns=lambda camera_id: not camera_id.startswith("foreign"),
            on_gap=lambda camera_id, gap: self.gaps.append((camera_id, gap)),
        )
        await self.store.open()
        await self.store.reconciled.wait()
        return self.store

    async def close(self) -> None:
        if self.store is not None:
            store, self.store = self.store, None
            await store.close()

    def group(self, second: float, parameters: StreamParameters = SMALL) -> GroupOfPictures:
        """One second of pictures, that long after the start."""
        start_ms = round(self.start_ms + second * 1000)
        group = groups_of(pictures_of(), parameters)[0]
        units = [
            replace(unit, decode_ticks=start_ms * 90 + 3600 * n, wall_ms=start_ms + 40 * n)
            for n, unit in enumerate(group.units)
        ]
        return GroupOfPictures(parameters, units, start_ms, start_ms + 1000)

    def files(self, camera_id: str = "a") -> list[Path]:
        return sorted((self.recordings / camera_id).glob("*/*.mp4"))

    def ms(self, second: float) -> int:
        return round(self.start_ms + second * 1000)


@pytest.fixture
async def rig(tmp_path: Path) -> AsyncIterator[Rig]:
    made = Rig(tmp_path)
    yield made
    await made.close()


async def record(rig: Rig, recorder: Recorder, seconds: range) -> None:
    for second in seconds:
        recorder.on_group(rig.group(second))
    await written(rig)


async def written(rig: Rig) -> None:
    assert rig.store is not None
    writer = rig.store.writer
    await asyncio.sleep(0)
    await until(lambda: writer.queued_bytes == 0)


async def timeline(
    rig: Rig, camera_id: str = "a"
) -> tuple[list[tuple[float, float]], list[tuple[float, float, Reason]]]:
    """Recordings and gaps in seconds after the start."""
    assert rig.store is not None
    found = await rig.store.catalogue.timeline(camera_id, rig.ms(-10_000), rig.ms(10_000))
    recorded = [((a - rig.start_ms) / 1000, (b - rig.start_ms) / 1000) for a, b in found.recordings]
    gaps = [
        ((gap.start_ms - rig.start_ms) / 1000, (gap.end_ms - rig.start_ms) / 1000, gap.reason) for gap in found.gaps
    ]
    return recorded, gaps


async def test_a_growing_file_is_listed_and_readable(rig: Rig) -> None:
    store = await rig.open()
    recorder = store.recorder("a", 30)
    await record(rig, recorder, range(3))
    assert recorder.is_recording and recorder.trouble is Reason.NONE
    assert await timeline(rig) == ([(0, 3)], [])
    segment = await store.catalogue.locate("a", rig.ms(1.5))
    assert segment is not None and segment.is_open
    assert [fragment.start_ms for fragment in scan(segment.path).fragments] == [rig.ms(n) for n in range(3)]
    assert segment.path.parent.name == time.strftime("%Y-%m-%d", time.gmtime(rig.start_ms / 1000))
    await record(rig, recorder, range(3, 4))
    await recorder.close()
    assert await timeline(rig) == ([(0, 4)], [])
    assert probe_file(rig.files()[0])["video"]["nb_read_packets"] == "100"


async def test_new_files_begin_where_the_stream_does_not_go_on(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recorder_module, "FILE_MS", 5000)
    store = await rig.open()
    recorder = store.recorder("a", 30)
    await record(rig, recorder, range(6))  # 5 s are full
    recorder.on_lost(Reason.CONNECTION_LOST, rig.ms(6), None)
    assert not recorder.is_recording
    recorder.on_lost(Reason.CONNECTION_LOST, rig.ms(6), rig.ms(10))
    await record(rig, recorder, range(10, 11))
    recorder.on_group(rig.group(11, StreamParameters(parameters_of(size="640x360"), None)))
    recorder.on_group(rig.group(5.5))  # somebody set a clock back
    await written(rig)
    await recorder.close()
    starts = [int(path.stem) for path in rig.files()]
    assert starts == [rig.ms(second) for second in (0, 5, 5.5, 10, 11)]
    recorded, gaps = await timeline(rig)
    assert recorded == [(0, 6.5), (10, 12)]
    assert gaps == [(6, 10, Reason.CONNECTION_LOST)]
    assert rig.gaps == [("a", GapData(rig.ms(6), rig.ms(10), Reason.CONNECTION_LOST))]


async def test_holes_that_nobody_told_are_gaps_all_the_same(rig: Rig) -> None:
    store = await rig.open()
    recorder = store.recorder("a", 30)
    await record(rig, recorder, range(2))
    await record(rig, recorder, range(5, 6))
    assert (await timeline(rig))[1] == [(2, 5, Reason.CONNECTION_LOST)]


async def test_locate_finds_the_next_later_one(rig: Rig) -> None:
    store = await rig.open()
    recorder = store.recorder("a", 30)
    await record(rig, recorder, range(2))
    await record(rig, recorder, range(10, 12))
    found = [await store.catalogue.locate("a", rig.ms(second)) for second in (-5, 1, 5, 11, 13)]
    starts = [segment and segment.start_ms for segment in found]
    assert starts == [rig.ms(0), rig.ms(0), rig.ms(10), rig.ms(10), None]


@pytest.mark.failure
@pytest.mark.parametrize("cut_bytes", [0, 1, 1000])
async def test_after_a_kill_all_but_the_cut_group_is_there_and_the_gap_says_why(tmp_path: Path, cut_bytes: int) -> None:
    rig = Rig(tmp_path)
    store = await rig.open()
    await record(rig, store.recorder("a", 30), range(4))
    # As a kill -9 leaves it: the row is open, the file ends anywhere, the database was not closed.
    rows = await store.catalogue.run(lambda database: store.catalogue.rows(database, "is_open"))
    assert len(rows) == 1
    left = tmp_path / "left"
    shutil.copytree(rig.recordings, left / "recordings")
    with sqlite3.connect(tmp_path / "catalogue.sqlite3") as live:
        live.execute("VACUUM INTO ?", (str(left / "catalogue.sqlite3"),))
    live.close()
    await rig.close()
    after = Rig(left)
    after.start_ms = rig.start_ms
    path = after.files()[0]
    if cut_bytes:
        os.truncate(path, path.stat().st_size - cut_bytes)
    store = await after.open()
    kept = 3 if cut_bytes else 4
    assert await timeline(after) == ([(0, kept)], [])
    assert probe_file(path)["video"]["nb_read_packets"] == str(25 * kept)
    await record(after, store.recorder("a", 30), range(9, 10))
    assert await timeline(after) == ([(0, kept), (9, 10)], [(kept, 9, Reason.ENGINE_RESTART)])
    await after.close()


async def test_an_open_gap_keeps_its_reason_over_a_restart(rig: Rig) -> None:
    store = await rig.open()
    recorder = store.recorder("a", 30)
    await record(rig, recorder, range(2))
    recorder.on_lost(Reason.UNREACHABLE, rig.ms(2), None)
    recorder.on_lost(Reason.WRONG_PASSWORD, rig.ms(2), None)
    await rig.close()
    store = await rig.open()
    await record(rig, store.recorder("a", 30), range(8, 9))
    assert (await timeline(rig))[1] == [(2, 8, Reason.WRONG_PASSWORD)]


async def test_a_permit_that_ends_is_the_reason_of_the_gap(rig: Rig) -> None:
    store = await rig.open()
    recorder = store.recorder("a", 30)
    await record(rig, recorder, range(2))
    await recorder.close(Reason.PERMIT_ENDED)
    assert (await timeline(rig))[1] == [(2, 10_000, Reason.PERMIT_ENDED)]
    await record(rig, store.recorder("a", 30), range(6, 7))
    assert (await timeline(rig))[1] == [(2, 6, Reason.PERMIT_ENDED)]


async def test_without_its_catalogue_everything_is_found_again(rig: Rig) -> None:
    store = await rig.open()
    await record(rig, store.recorder("a", 30), range(2))
    await record(rig, store.recorder("foreign", 30), range(2))
    await rig.close()
    (rig.folder / "catalogue.sqlite3").write_bytes(b"no database at all" * 1000)
    day = rig.files()[0].parent
    (day / "1.mp4").write_bytes(b"junk")
    (day / "2.mp4").write_bytes(b"junk" * 50_000)
    await rig.open()
    assert (await timeline(rig))[0] == [(0, 2)]
    assert (await timeline(rig, "foreign"))[0] == []
    assert {path.name for path in day.iterdir()} == {"2.broken", rig.files()[0].name}
    assert (rig.folder / "catalogue.broken").exists()


async def test_rows_of_files_that_are_gone_are_forgotten(rig: Rig) -> None:
    store = await rig.open()
    await record(rig, store.recorder("a", 30), range(2))
    await rig.close()
    rig.files()[0].unlink()
    await rig.open()
    assert await timeline(rig) == ([], [])


async def test_retention_by_age_leaves_what_is_held(rig: Rig) -> None:
    store = await rig.open()
    rig.start_ms -= 40 * 86_400_000
    for camera_id in ("a", "held", "long"):
        recorder = store.recorder(camera_id, 90 if camera_id == "long" else 30)
        await record(rig, recorder, range(2))
        await recorder.close()
    hold = await store.catalogue.hold("held", rig.ms(1), rig.ms(1.5), "case 7")
    await store.house.clear()
    assert [len(rig.files(camera_id)) for camera_id in ("a", "held", "long")] == [0, 1, 1]
    assert (await store.catalogue.timeline("held", rig.ms(0), rig.ms(2))).held
    assert not (rig.recordings / "a" / time.strftime("%Y-%m-%d", time.gmtime(rig.start_ms / 1000))).exists()
    await store.catalogue.release(hold)
    await store.house.clear()
    assert rig.files("held") == []


async def test_a_quota_deletes_the_oldest_of_all_cameras_first(rig: Rig) -> None:
    store = await rig.open()
    for second in range(0, 30, 10):
        for camera_id in ("a", "b"):
            recorder = store.recorder(camera_id, 30)
            await record(rig, recorder, range(second, second + 2))
            await recorder.close()
    size = rig.files("a")[0].stat().st_size
    await rig.close()
    store = await rig.open(quota_bytes=round(size * 3.5))
    await until(lambda: len(rig.files("a") + rig.files("b")) == 3)
    assert (await timeline(rig, "b"))[0][-1] == (20, 22)
    assert (await timeline(rig, "a"))[0] == [(20, 22)]
    assert len(await store.catalogue.segments("b", rig.ms(0), rig.ms(100))) == 2


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 3 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("a small file system can be mounted by root only")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.mark.failure
async def test_a_full_disk_stops_recording_until_there_is_room(
    tmp_path: Path, small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recorder_module, "RETRY_S", 0.05)
    rig = Rig(tmp_path)
    rig.recordings = small_disk / "recordings"
    store = await rig.open()
    recorder = store.recorder("a", 30)
    await record(rig, recorder, range(3))
    ballast = small_disk / "ballast"
    with pytest.raises(OSError), ballast.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(4096))
    second = 3
    while recorder.trouble is Reason.NONE:
        recorder.on_group(rig.group(second))
        second += 1
        await written(rig)
        assert second < 100
    assert recorder.trouble is Reason.DISK_FULL and not recorder.is_recording
    full_from = second - 1
    assert all(not scan(path).is_cut for path in rig.files())
    ballast.unlink()
    await until(lambda: time.monotonic() > recorder._retry_s)
    await record(rig, recorder, range(second, second + 3))
    assert recorder.trouble is Reason.NONE and recorder.is_recording
    recorded, gaps = await timeline(rig)
    assert gaps == [(full_from, second, Reason.DISK_FULL)]
    assert recorded == [(0, full_from), (second, second + 3)] or recorded == [(0, second + 3)]
    await rig.close()
    assert sum(int(probe_file(path)["video"]["nb_read_packets"]) for path in rig.files()) == 25 * (full_from + 3)


async def test_a_disk_that_is_too_slow_costs_a_gap_and_never_the_loop(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = await rig.open()
    recorder = store.recorder("a", 30)
    await record(rig, recorder, range(1))
    monkeypatch.setattr(writer_module, "MAX_QUEUED_BYTES", 10)
    monkeypatch.setattr(recorder_module, "RETRY_S", 0.0)
    started_s = time.monotonic()
    for second in range(1, 4):
        recorder.on_group(rig.group(second))
    assert time.monotonic() - started_s < 1
    assert recorder.trouble is Reason.DISK_SLOW
    monkeypatch.undo()
    await until(lambda: time.monotonic() > recorder._retry_s)
    await record(rig, recorder, range(4, 5))
    assert recorder.trouble is Reason.NONE
    assert (await timeline(rig))[1] == [(1, 4, Reason.DISK_SLOW)]


async def test_a_folder_that_cannot_be_written_is_a_disk_error(rig: Rig) -> None:
    store = await rig.open()
    (rig.recordings / "a").write_bytes(b"a file where a folder should be")
    recorder = store.recorder("a", 30)
    await record(rig, recorder, range(1))
    assert recorder.trouble is Reason.DISK_ERROR
    (rig.recordings / "a").unlink()


@pytest.mark.parametrize(
    "options", [{}, {"b_frames": 2}, {"codec": "libx265"}, {"audio": "aac"}, {"audio": "pcm_alaw"}], ids=str
)
async def test_a_camera_onto_disk(rig: Rig, loop_of: LoopOf, options: dict[str, object]) -> None:
    store = await rig.open()
    async with SimServer({"/c": loop_of(**options)}) as server:
        recorder = store.recorder("a", 30)
        upstream = Upstream("a", server.url("/c"), None, "tcp", lambda state: None)
        upstream.add_sink(recorder)
        upstream.start()
        await until(
            lambda: any(one.size_bytes and one.end_ms - one.start_ms > 2500 for one in store.catalogue.growing.values())
        )
        await upstream.close()
        await recorder.close()
    streams = probe_file(rig.files()[0])
    found = scan(rig.files()[0])
    assert streams["video"]["nb_read_packets"] == str(sum(fragment.pictures for fragment in found.fragments))
    for before, after in zip(found.fragments, found.fragments[1:], strict=False):
        assert before.start_ticks + before.duration_ticks == after.start_ticks
        assert abs(before.end_ms - after.start_ms) <= 60
    assert ("audio" in streams) == ("audio" in options)
    assert rig.gaps == []
