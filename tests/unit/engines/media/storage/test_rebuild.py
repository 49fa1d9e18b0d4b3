"""`./prahari media rebuild`: the whole index from the disks alone, the centre stopped or running."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import sqlite3
import subprocess
import sys
import uuid
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from media_rig import until
from prahari.contracts.config import Config
from prahari.contracts.media import Reason
from prahari.contracts.recording import EventMark
from prahari.engines.media.recording import recorder as recorder_module
from prahari.engines.media.storage.rebuild import rebuild
from storage_rig import Disks

CAMERAS = [str(uuid.UUID(int=number)) for number in (1, 2)]


@pytest.fixture
async def rig(config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Disks]:
    monkeypatch.setattr(recorder_module, "FILE_MS", 2000)
    home = config.home / "media-0"
    home.mkdir(parents=True, exist_ok=True)
    made = Disks(home, [tmp_path / "one", tmp_path / "two"])
    yield made
    await made.close()


def settled(config: Config, rig: Disks) -> Config:
    return dataclasses.replace(config, recording_disks=tuple((root, 0) for root in rig.roots), media_workers=1)


async def fill(rig: Disks) -> None:
    """Two cameras with files on both disks, a gap, a pause, an event, a legal hold and a keeping of their own."""
    store = await rig.open()
    for camera_id in CAMERAS:
        store.keep(camera_id, 45, 0, True, "bank")
        recorder = store.recorder(camera_id, 45, lambda start, end: [(start, min(end, rig.ms(15)))])
        recorder.note(EventMark("e1", "accident", rig.ms(1), rig.ms(0), rig.ms(4)))
        await rig.record(recorder, range(0, 8))
        recorder.on_lost(Reason.PACKET_LOSS, rig.ms(8), rig.ms(12))
        await rig.record(recorder, range(12, 16))
        await recorder.close(Reason.BY_POLICY)
        recorder = store.recorder(camera_id, 45, lambda start, end: [])
        await rig.record(recorder, range(30, 34))
        await recorder.close()
        await store.keep_event(camera_id, EventMark("e1", "accident", rig.ms(1), rig.ms(0), rig.ms(4)))
        await store.catalogue.hold(camera_id, rig.ms(0), rig.ms(3), "case 7")
    gone = await store.catalogue.hold(CAMERAS[0], rig.ms(30), rig.ms(33), "case 8")
    await store.catalogue.release(gone)


def contents(catalogue: Path) -> dict[str, list[Any]]:
    with contextlib.closing(sqlite3.connect(catalogue)) as database:
        return {
            "segment": database.execute("SELECT path, start_ms, end_ms, size_bytes FROM segment ORDER BY 1").fetchall(),
            "gap": database.execute("SELECT * FROM gap WHERE end_ms IS NOT NULL ORDER BY 1, 2, 3").fetchall(),
            "hold": database.execute("SELECT * FROM hold ORDER BY 1").fetchall(),
            "event": database.execute("SELECT * FROM event ORDER BY 1, 2").fetchall(),
            "camera": database.execute("SELECT * FROM camera ORDER BY 1").fetchall(),
        }


async def test_a_deleted_catalogue_is_made_again_as_it_was(config: Config, rig: Disks) -> None:
    await fill(rig)
    timelines = [await rig.seconds(camera_id) for camera_id in CAMERAS]
    assert timelines[0] == ([(0, 8), (12, 16), (30, 34)], [(8, 12, Reason.PACKET_LOSS)])
    await rig.close()
    catalogue = rig.folder / "catalogue.sqlite3"
    before = contents(catalogue)
    assert len(before["hold"]) == 2 and len(before["event"]) == 2 and before["camera"][0][1:] == (45, 0, 1, "bank")
    for path in rig.folder.glob("catalogue.sqlite3*"):
        path.unlink()
    said: list[tuple[int, int]] = []
    report = rebuild(settled(config, rig), lambda done, total, _: said.append((done, total)))
    assert contents(catalogue) == before
    assert (report.cameras, report.holds, report.damaged) == (2, 2, []) and said[-1] == (2, 2)
    again = rebuild(settled(config, rig))  # twice is as once
    assert contents(catalogue) == before and again.holds == 0
    store = await rig.open()
    assert [await rig.seconds(camera_id) for camera_id in CAMERAS] == timelines
    timeline = await store.catalogue.timeline(CAMERAS[0], rig.ms(0), rig.ms(40))
    assert timeline.held and [mark.event_id for mark in timeline.events] == ["e1"] and timeline.pauses


async def test_by_one_command_while_the_centre_runs(config: Config, rig: Disks) -> None:
    await fill(rig)
    store = rig.store
    assert store is not None
    recorder = store.recorder(CAMERAS[0], 45)
    await rig.record(recorder, range(40, 45))
    for path in rig.folder.glob("catalogue.sqlite3*"):
        path.unlink()
    roots = os.pathsep.join(str(root) for root in rig.roots)
    environment = {**os.environ, "PRAHARI_HOME": str(config.home), "PRAHARI_RECORDINGS": roots}
    environment |= {"PRAHARI_MEDIA_WORKERS": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "prahari.cli", "media", "rebuild", "--json"],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    report = json.loads(done.stdout)
    assert report["cameras"] == 2 and report["holds"] == 2 and "cameras" in done.stderr
    await store.house.clear()  # the running store goes over to the new catalogue
    await rig.record(recorder, range(45, 48))
    await recorder.close()
    await store.house.clear()
    recorded, gaps = await rig.seconds(CAMERAS[0])
    assert recorded == [(0, 8), (12, 16), (30, 34), (40, 48)]
    assert (8, 12, Reason.PACKET_LOSS) in gaps
    await until(lambda: not store.catalogue.growing, what="all files closed")


async def test_what_nothing_explains_is_told_as_such_and_broken_files_are_named(config: Config, rig: Disks) -> None:
    await fill(rig)
    await rig.close()
    victim = rig.files(CAMERAS[0])[2]
    whole = victim.read_bytes()
    victim.write_bytes(b"\0" * 5000)
    for path in [*rig.folder.glob("catalogue.sqlite3*"), *(root / CAMERAS[0] / ".journal.jsonl" for root in rig.roots)]:
        path.unlink()
    report = rebuild(settled(config, rig))
    assert report.damaged == [victim] and len(whole) > 5000
    gaps = contents(rig.folder / "catalogue.sqlite3")["gap"]
    assert {row[2] for row in gaps if row[0] == CAMERAS[0]} == {"unexplained"}
