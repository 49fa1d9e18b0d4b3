from __future__ import annotations

import asyncio
import uuid
from pathlib import Path

import msgspec

import media_rig
from media_rig import until
from prahari.contracts import bus
from prahari.contracts.cluster import LeaseState, Obeys, WorkerLease
from prahari.contracts.config import Config
from prahari.contracts.media import CameraPlan, Reason
from prahari.core.placement import worker_of
from prahari.engines.media.lease.tenure import Tenure
from prahari.engines.media.plans.store import PlanStore, decode_plan


class Holder:
    def __init__(self) -> None:
        self.plans: dict[str, CameraPlan] = {}
        self.retired: list[str] = []

    def apply(self, plan: CameraPlan) -> None:
        self.plans[plan.camera_id] = plan

    def retire(self, camera_id: str) -> None:
        self.plans.pop(camera_id, None)
        self.retired.append(camera_id)

    def has(self, camera_id: str) -> bool:
        return camera_id in self.plans

    def ids(self) -> list[str]:
        return list(self.plans)

    def leaving(self, camera_id: str) -> asyncio.Task[None] | None:
        return None

    def let_go(self, camera_id: str, *, cut: bool) -> asyncio.Task[None] | None:
        self.plans.pop(camera_id, None)
        return None

    # recordings, of which there are none

    def begin(self, camera_id: str, missing_ms: int, why: Reason) -> None:
        pass

    def elsewhere(self, plan: CameraPlan) -> None:
        pass

    def end_of(self, camera_id: str) -> int | None:
        return None

    def tenure(self, worker: int, workers: int, home: Path) -> Tenure:
        home.mkdir()
        lease = WorkerLease(worker, "centre", 0, 0, LeaseState.HELD, Obeys.COMPUTED, 200, 0)
        return Tenure(worker, workers, home, lambda: lease, computed=True, cameras=self, records=self)


async def test_each_worker_hears_of_its_own_cameras_and_all_changes(
    config: Config, fresh_nats_url: str, tmp_path: Path
) -> None:
    plans = [media_rig.plan(config, f"rtsp://camera/{number}") for number in range(12)]
    client = await bus.connect(fresh_nats_url, "test")
    js = client.jetstream(timeout=5)
    bucket = await bus.ensure_plan_bucket(js)
    await media_rig.put(bucket, *plans[:8])
    holders = [Holder(), Holder()]
    tasks = [
        asyncio.create_task(holder.tenure(number, 2, tmp_path / str(number)).run(js))
        for number, holder in enumerate(holders)
    ]
    try:
        await media_rig.put(bucket, *plans[8:])
        await until(lambda: sum(len(holder.plans) for holder in holders) == 12, what="all plans heard")
        for number, holder in enumerate(holders):
            assert set(holder.plans) == {p.camera_id for p in plans if worker_of(p.camera_id, 2) == number}
        mine = holders[worker_of(plans[0].camera_id, 2)]
        await media_rig.put(bucket, msgspec.structs.replace(plans[0], name="Renamed"))
        await until(lambda: mine.plans[plans[0].camera_id].name == "Renamed", what="the change heard")
        await bucket.delete(plans[0].camera_id)
        await until(lambda: plans[0].camera_id in mine.retired, what="the retirement heard")
        other = plans[1].camera_id
        await bucket.put(other, b"{not a plan")
        theirs = holders[worker_of(other, 2)]
        await until(lambda: other in theirs.retired, what="the unreadable plan closed")
        await bucket.put("not-a-camera", b"{}")
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await client.close()


def test_plans_come_back_from_disk(config: Config, tmp_path: Path) -> None:
    store = PlanStore(tmp_path / "plans")
    kept, gone = media_rig.plan(config, "rtsp://camera/1"), media_rig.plan(config, "rtsp://camera/2")
    store.save(kept)
    store.save(gone)
    store.delete(gone.camera_id)
    store.delete(gone.camera_id)
    (tmp_path / "plans" / f"{uuid.uuid4()}.json").write_bytes(b"{cut")
    (tmp_path / "plans" / f"{uuid.uuid4()}.json").write_bytes(msgspec.json.encode(kept))  # under another's name
    assert PlanStore(tmp_path / "plans").load() == {kept.camera_id: kept}


def test_a_plan_with_a_path_as_id_is_refused(config: Config) -> None:
    plan = msgspec.structs.replace(media_rig.plan(config, "rtsp://camera/1"), camera_id="../../etc/passwd")
    assert decode_plan("../../etc/passwd", msgspec.json.encode(plan)) is None
