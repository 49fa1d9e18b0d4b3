"""What a plan says about keeping: purge at withdrawal, retention changed while nothing is recorded, held recordings."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

import msgspec
import pytest

import media_rig
from media_rig import on_disk, plan, running_worker, until
from prahari.contracts.config import Config
from prahari.contracts.media import GapData
from prahari.engines.media.recording import retention
from prahari.engines.media.recording.catalogue import Segment
from prahari.engines.media.recording.store import RecordingStore
from prahari.simcity.rtsp import SimServer

DAY_MS = 86_400_000
CAMERA, OTHER = "0190a5c0-0000-7000-8000-00000000000a", "0190a5c0-0000-7000-8000-00000000000b"


def now_ms() -> int:
    return time.time_ns() // 1_000_000


def open_store(folder: Path) -> RecordingStore:
    def on_gap(camera_id: str, gap: GapData) -> None: ...

    return RecordingStore(
        [(folder / "recordings", 0)],
        folder / "catalogue.sqlite3",
        quota_bytes=0,
        owns=lambda _: True,
        on_gap=on_gap,
    )


async def put_file(store: RecordingStore, camera_id: str, start_ms: int, length_ms: int = 300_000) -> Path:
    """A closed recording, on disk and in the catalogue. What is inside does not matter to who deletes it."""
    path = (
        next(iter(store.disks)).root
        / camera_id
        / time.strftime("%Y-%m-%d", time.gmtime(start_ms / 1000))
        / f"{start_ms}.mp4"
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"pictures")
    segment = Segment(camera_id, path, start_ms, start_ms + length_ms, 8)
    await store.catalogue.run(lambda database: store.catalogue.put(database, segment))
    return path


async def rows(store: RecordingStore, camera_id: str) -> int:
    return len(await store.catalogue.segments(camera_id, 0, now_ms() + DAY_MS))


async def test_a_purge_takes_files_and_rows_but_not_what_is_held_or_later_or_of_others(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    await store.open()
    await store.reconciled.wait()
    now = now_ms()
    store.keep(CAMERA, 30)
    store.keep(OTHER, 30)
    old = [await put_file(store, CAMERA, now - (n + 2) * 300_000) for n in range(500)]  # more than one batch
    held = await put_file(store, CAMERA, now - 5 * DAY_MS)
    after = await put_file(store, CAMERA, now + 20_000)
    other = await put_file(store, OTHER, now - 600_000)
    broken = old[0].with_suffix(".broken")
    broken.write_bytes(b"pictures too")
    hold = await store.catalogue.hold(CAMERA, now - 5 * DAY_MS, now - 5 * DAY_MS + 1000, "case 7")
    begun = time.monotonic()
    store.keep(CAMERA, 30, purge_before_ms=now)
    await until(lambda: not any(path.exists() for path in [*old, broken]), 60, "the purge")
    assert time.monotonic() - begun < 60
    assert held.exists() and after.exists() and other.exists()
    assert await rows(store, CAMERA) == 2 and await rows(store, OTHER) == 1
    store.keep(CAMERA, 30, purge_before_ms=0)  # a later plan does not call it back
    await store.catalogue.release(hold)
    await store.house.clear()
    assert not held.exists() and after.exists()
    await store.close()


async def test_a_purge_goes_on_after_a_kill_and_twice_is_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = open_store(tmp_path)
    await store.open()
    await store.reconciled.wait()
    now = now_ms()
    store.keep(CAMERA, 30)
    files = [await put_file(store, CAMERA, now - (n + 2) * 300_000) for n in range(5)]
    unlink = retention._unlink
    gone: list[Path] = []

    class Killed(BaseException):
        """Ends the transaction as a kill does: files are gone, no row is."""

    def killed_after_two(path: Path) -> bool:
        if len(gone) == 2:
            raise Killed
        gone.append(path)
        return unlink(path)

    monkeypatch.setattr(retention, "_unlink", killed_after_two)
    await store.catalogue.run(lambda database: database.execute("UPDATE camera SET purge_before_ms = ?", (now,)))
    with pytest.raises(Killed):
        await store.catalogue.run(lambda database: retention.delete_old(store.catalogue, database, now))
    monkeypatch.undo()
    assert sum(path.exists() for path in files) == 3 and await rows(store, CAMERA) == 5
    await store.close()

    store = open_store(tmp_path)
    await store.open()
    await until(lambda: not any(path.exists() for path in files), 20, "the purge went on by itself")
    await store.house.clear()
    assert await rows(store, CAMERA) == 0
    store.keep(CAMERA, 30, purge_before_ms=now)
    await store.house.clear()
    await store.close()


async def test_a_purge_from_the_future_takes_nothing_that_is_recorded_later(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    await store.open()
    await store.reconciled.wait()
    store.keep(CAMERA, 30, purge_before_ms=now_ms() + 90 * DAY_MS)
    later = await put_file(store, CAMERA, now_ms() + 60_000, 1000)
    await store.house.clear()
    assert later.exists()
    await store.close()


async def test_retention_that_changes_while_nothing_is_recorded_counts(config: Config) -> None:
    camera = plan(config, "rtsp://127.0.0.1:1/none", CAMERA, permit="", retention_days=30)
    on_disk(config, camera)
    async with running_worker(config) as worker:
        store = worker._store
        await store.reconciled.wait()
        young = await put_file(store, CAMERA, now_ms() - 3 * DAY_MS)
        old = await put_file(store, CAMERA, now_ms() - 20 * DAY_MS)
        await store.house.clear()
        assert young.exists() and old.exists()
        worker._roster.apply(msgspec.structs.replace(camera, retention_days=7, revision=1))
        await store.house.clear()
        assert young.exists() and not old.exists()


async def test_the_recording_that_is_being_written_at_withdrawal_goes_too(config: Config, tmp_path: Path) -> None:
    loop = media_rig.small_loop(tmp_path)
    async with SimServer({"/cam": loop}) as server:
        camera = plan(config, server.url("/cam"))
        on_disk(config, camera)
        async with running_worker(config) as worker:
            folder = config.recordings / camera.camera_id
            await until(lambda: any(path.stat().st_size for path in folder.glob("*/*.mp4")), what="recording")
            withdrawn = msgspec.structs.replace(camera, permit="", purge_before_ms=now_ms(), revision=1)
            worker._roster.apply(withdrawn)
            await until(lambda: not list(folder.glob("*/*")), 60, "the files gone")
            assert await rows(worker._store, camera.camera_id) == 0
            assert not worker._store.catalogue.growing


async def test_a_catalogue_of_an_earlier_version_is_taken_over(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "catalogue.sqlite3") as database:
        database.execute(
            "CREATE TABLE camera (camera_id TEXT PRIMARY KEY, retention_days INTEGER NOT NULL) WITHOUT ROWID"
        )
        database.execute("INSERT INTO camera VALUES (?, 12)", (CAMERA,))
    database.close()
    store = open_store(tmp_path)
    await store.open()
    assert store.keepings[CAMERA].retention_days == 12 and not store.needs_request(CAMERA)
    store.keep(CAMERA, 12, needs_request=True)
    await store.close()
    store = open_store(tmp_path)
    await store.open()
    assert store.needs_request(CAMERA)
    await store.close()
