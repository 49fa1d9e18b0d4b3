"""Checksums made while writing find every changed byte; what is damaged is told, shown and never served in silence."""

from __future__ import annotations

import os
import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from media_rig import until
from prahari.contracts.media import Reason
from prahari.engines.media.mp4.reader import scan
from prahari.engines.media.mp4.seal import SEAL, read_seal, seal_box
from prahari.engines.media.playback.stretch import DamagedError, Shelf
from prahari.engines.media.recording import recorder as recorder_module
from prahari.engines.media.storage import verify as verify_module
from prahari.engines.media.storage.verify import verify
from storage_rig import Disks


@pytest.fixture
async def rig(tmp_path: Path) -> AsyncIterator[Disks]:
    made = Disks(tmp_path, [tmp_path / "disk"])
    yield made
    await made.close()


async def one_file(rig: Disks, seconds: int = 6) -> Path:
    store = rig.store or await rig.open()
    recorder = store.recorder("a", 30)
    await rig.record(recorder, range(seconds))
    await recorder.close()
    return rig.files()[0]


def change(path: Path, at: int) -> None:
    """One bit, as it rots: the file's length and times stay."""
    stat = path.stat()
    with path.open("r+b") as file:
        file.seek(at)
        (byte,) = file.read(1)
        file.seek(at)
        file.write(bytes([byte ^ 0x10]))
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))


@given(st.lists(st.tuples(st.integers(0, 2**32 - 1), st.integers(0, 2**32 - 1)), max_size=400), st.data())
@settings(max_examples=60)
def test_a_seal_says_what_it_was_given_or_nothing(sums: list[tuple[int, int]], data: st.DataObject) -> None:
    body = seal_box(sums)[24:]
    assert read_seal(body) == sums
    at = data.draw(st.integers(0, len(body) - 9)) if len(body) > 9 else 0
    spoilt = bytearray(body)
    spoilt[at] ^= 1
    assert read_seal(bytes(spoilt)) is None


async def test_every_changed_byte_is_found_and_where(rig: Disks) -> None:
    path = await one_file(rig)
    whole = path.read_bytes()
    found = scan(path)
    assert found.sums is not None and not found.is_cut and sum(size for size, _ in found.sums) < found.good_bytes
    assert verify(path, rig.ms(0), rig.ms(6)).damaged == []
    rng = random.Random(7)
    content = sum(size for size, _ in found.sums)
    for at in [0, 40, *(rng.randrange(content) for _ in range(60))]:
        change(path, at)
        damaged = verify(path, rig.ms(0), rig.ms(6)).damaged
        assert damaged, at
        inside = next((one for one in found.fragments if one.offset <= at < one.offset + one.size), None)
        if inside is not None and at >= found.fragments[1].offset:  # the head of the file is the first group's
            assert any(start <= inside.start_ms and end >= inside.end_ms for start, end in damaged), at
            assert sum(end - start for start, end in damaged) <= 2000
        path.write_bytes(whole)


async def test_the_patient_reader_marks_tells_and_shows(rig: Disks, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify_module, "IDLE_S", 0.05)
    path = await one_file(rig)
    store = rig.store
    assert store is not None
    change(path, scan(path).fragments[3].offset + 400)
    await until(lambda: rig.told, 15, "the damage told")
    ((camera_id, data),) = rig.told
    assert (camera_id, data.state, data.reason) == ("a", "damaged", Reason.DAMAGED)
    assert (data.start_ms, data.end_ms) == (rig.ms(3), rig.ms(4))
    timeline = await store.catalogue.timeline("a", rig.ms(0), rig.ms(6))
    assert timeline.damaged == [(rig.ms(3), rig.ms(4))]
    await store.house.clear()
    assert store.state().damaged_files == 1
    shelf = Shelf(store.catalogue, store.house.verifier.found)
    stretch = await shelf.stretch("a", rig.ms(0), rig.ms(6), most_ms=60_000, over_gaps=True)
    assert stretch is not None and stretch.damaged_ms == 1000
    assert [piece.fragment.start_ms for piece in stretch.pieces] == [rig.ms(n) for n in (0, 1, 2, 4, 5)]
    assert len([data async for data in shelf.read(stretch, browser=True)]) == 5
    shelf.close()


async def test_who_plays_before_the_patient_reader_is_not_served_damage(rig: Disks) -> None:
    store = await rig.open()
    store.settings = type(store.settings)(verify_mb_s=0)
    path = await one_file(rig)
    change(path, scan(path).fragments[2].offset + 400)
    shelf = Shelf(store.catalogue, store.house.verifier.found)
    stretch = await shelf.stretch("a", rig.ms(0), rig.ms(6), most_ms=60_000, over_gaps=True)
    assert stretch is not None and not stretch.damaged_ms
    got = 0
    with pytest.raises(DamagedError):
        async for _ in shelf.read(stretch, browser=True):
            got += 1
    assert got == 2 and len(rig.told) == 1
    again = await shelf.stretch("a", rig.ms(0), rig.ms(6), most_ms=60_000, over_gaps=True)
    assert again is not None and again.damaged_ms == 1000 and len(again.pieces) == 5
    assert await shelf.keyframe("a", rig.ms(2.5)) is None
    shelf.close()


async def test_files_without_a_seal_are_sealed_when_first_read(rig: Disks) -> None:
    path = await one_file(rig)
    store = rig.store
    assert store is not None
    found = scan(path)
    assert found.sums is not None
    os.truncate(path, sum(size for size, _ in found.sums))  # as a killed process or an earlier version leaves it
    await rig.close()
    store = await rig.open()
    (segment,) = await store.catalogue.segments("a", rig.ms(0), rig.ms(6))
    verdict = await store.house.verifier.check(segment)
    assert verdict.sealed and not verdict.damaged
    again = scan(path)
    assert again.sums == found.sums and SEAL in path.read_bytes()
    assert (await store.house.verifier.check(segment)).damaged == []


async def test_a_file_that_is_gone_is_told(rig: Disks) -> None:
    path = await one_file(rig)
    store = rig.store
    assert store is not None
    (segment,) = await store.catalogue.segments("a", rig.ms(0), rig.ms(6))
    path.unlink()
    verdict = await store.house.verifier.check(segment)
    assert verdict.is_missing and rig.told[0][1].detail == "The file is gone."


async def test_the_longest_unread_comes_first(rig: Disks, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recorder_module, "FILE_MS", 2000)
    store = await rig.open()
    store.settings = type(store.settings)(verify_mb_s=0)
    await one_file(rig)
    order = []
    for _ in range(3):
        segment = await store.house.verifier.next(rig.ms(30 * 86_400))
        assert segment is not None
        order.append(segment.start_ms)
        await store.house.verifier.check(segment)
    assert order == [rig.ms(0), rig.ms(2), rig.ms(4)]
