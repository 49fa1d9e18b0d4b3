"""When room is short: the class above its share gives first, what is under legal hold never."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from prahari.contracts.recording import StorageSettings
from prahari.engines.media.recording import recorder as recorder_module
from storage_rig import Disks


@pytest.fixture
async def rig(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Disks]:
    monkeypatch.setattr(recorder_module, "FILE_MS", 2000)
    made = Disks(tmp_path, [tmp_path / "disk"])
    yield made
    await made.close()


async def record(rig: Disks, camera_id: str, name: str, seconds: range) -> None:
    store = rig.store
    assert store is not None
    store.keep(camera_id, 30, disk_class=name)
    recorder = store.recorder(camera_id, 30)
    await rig.record(recorder, seconds)
    await recorder.close()


async def test_without_shares_the_oldest_goes_whoever_it_belongs_to(rig: Disks) -> None:
    store = await rig.open()
    await record(rig, "old", "public", range(0, 20))
    await record(rig, "shop", "shop", range(100, 140))
    await store.house.clear()
    total = store.state().recorded_bytes
    assert store.state().class_bytes.keys() == {"public", "shop"}
    store.house._quota_bytes = round(total * 0.85)
    await store.house.clear()
    assert len(rig.files("old")) < 10 and len(rig.files("shop")) == 20


async def test_a_share_protects_the_old_recordings_of_others(rig: Disks) -> None:
    store = await rig.open()
    await record(rig, "old", "public", range(0, 20))
    await record(rig, "shop", "shop", range(100, 140))
    await store.catalogue.hold("shop", rig.ms(100), rig.ms(104), "case 1")
    await store.house.clear()
    total = store.state().recorded_bytes
    store.settings = StorageSettings(class_share_pct={"shop": 40})
    store.house._quota_bytes = round(total * 0.85)
    await store.house.clear()
    assert len(rig.files("old")) == 10  # not above a share: it has none of its own
    left = [int(path.stem) for path in rig.files("shop")]
    assert left[:2] == [rig.ms(100), rig.ms(102)], "what is held stays though it is the oldest"
    assert 15 <= len(left) < 20
    await store.house.clear()
    assert store.state().recorded_bytes <= round(total * 0.85)
    # When the class has come down to its share, the oldest of all give again.
    store.settings = StorageSettings(class_share_pct={"shop": 90})
    store.house._quota_bytes = round(total * 0.6)
    await store.house.clear()
    assert len(rig.files("old")) < 10
