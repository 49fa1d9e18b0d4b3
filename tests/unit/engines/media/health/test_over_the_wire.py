"""A worker and cameras of the simulated city, whose faults are injected by its control port."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import msgspec
import numpy as np
import pytest
from aiohttp import web

import health_rig
from media_rig import on_disk, plan, running_worker, until
from prahari.contracts import bus, subjects
from prahari.contracts.config import Config
from prahari.contracts.health import HealthKind, HealthLimit, HealthSettings, ReferenceReply, ReferenceRequest
from prahari.contracts.media import CameraPlan, RecordMode
from prahari.contracts.mediasettings import MediaSettings
from prahari.engines.media.health import stream
from prahari.engines.media.health.episodes import Open
from prahari.engines.media.worker import Worker
from prahari.simcity import testloops
from prahari.simcity.control import control_app
from prahari.simcity.rtsp import Loop, SimServer

QUICK = HealthSettings(
    limits={kind: HealthLimit(limit, 0.6, 0.6) for kind, limit in {
        HealthKind.OFFLINE: 0, HealthKind.STALLED: 0, HealthKind.FRAME_RATE: 40, HealthKind.BIT_RATE: 80,
        HealthKind.FROZEN: 60, HealthKind.BLACK: 99.5, HealthKind.OVEREXPOSED: 50, HealthKind.BLURRED: 45,
        HealthKind.COVERED: 70, HealthKind.TURNED: 60, HealthKind.TAMPERED: 60, HealthKind.CLOCK_OFF: 5,
        HealthKind.RECORDING_GAP: 10,
    }.items()},
    look_period_s=2.0, look_again_s=0.8, look_budget_pct=80.0,
)  # fmt: skip


@pytest.fixture(scope="module")
def street(tmp_path_factory: pytest.TempPathFactory) -> Loop:
    return health_rig.street_loop(tmp_path_factory.mktemp("loops"))


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "LEARN_FIRST_S", 2.0)
    monkeypatch.setattr(stream, "NOW_S", 1.0)


@contextlib.asynccontextmanager
async def control_port(server: SimServer) -> AsyncIterator[str]:
    runner = web.AppRunner(control_app(server, lambda: {"ok": True}))
    await runner.setup()
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    await web.SockSite(runner, listening).start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        await runner.cleanup()


def opened(worker: Worker, camera: CameraPlan) -> dict[HealthKind, Open]:
    return worker.health.episodes.of(camera.camera_id)


async def reference_of(worker: Worker, camera: CameraPlan) -> None:
    await until(lambda: (one := worker._roster.get(camera.camera_id)) and one.is_open and one.state.is_live, 20)
    taken = await worker.health.take_reference(camera.camera_id, 10.0)
    assert taken is not None and taken.ok, taken
    looks = worker.health.looks
    await until(lambda: worker.health.looks >= looks + 2, 20, "two looks at the view")


async def put_fault(control: str, **fields: object) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.put(f"{control}/faults", json=fields) as answer,
    ):
        assert answer.status == 200, await answer.text()


async def heal(control: str) -> None:
    async with aiohttp.ClientSession() as session, session.delete(f"{control}/faults") as answer:
        assert answer.status == 200


FAULTS: dict[HealthKind, dict[str, object]] = {
    HealthKind.BLACK: {"view": "black"},
    HealthKind.OVEREXPOSED: {"view": "white"},
    HealthKind.BLURRED: {"view": "blurred"},
    HealthKind.COVERED: {"view": "covered"},
    HealthKind.TURNED: {"view": "turned"},
    HealthKind.FROZEN: {"freeze": True},
    HealthKind.FRAME_RATE: {"one_in": 5},
    HealthKind.CLOCK_OFF: {"ntp_jump_s": 90.0},
    HealthKind.STALLED: {"stall": True},
    HealthKind.OFFLINE: {"refuse": True},
}


async def test_every_fault_begins_and_ends_and_a_well_camera_stays_well(config: Config, street: Loop) -> None:
    paths = {kind: f"/{kind}" for kind in FAULTS}
    loops = dict.fromkeys([*paths.values(), "/well"], street)
    async with SimServer(loops) as server, control_port(server) as control:
        cameras = {kind: plan(config, server.url(path)) for kind, path in paths.items()}
        well = plan(config, server.url("/well"))
        on_disk(config, well, *cameras.values())
        async with running_worker(config) as worker:
            worker.health.apply(QUICK)
            for camera in (well, *cameras.values()):
                await reference_of(worker, camera)
            looks = worker.health.looks
            await until(lambda: worker.health.looks >= looks + 30, 60, "looks at well cameras")
            for camera in cameras.values():
                assert opened(worker, camera) == {}
            for kind, fault in FAULTS.items():
                await put_fault(control, path=paths[kind], **fault)
            for kind, camera in cameras.items():
                await until(lambda: kind in opened(worker, camera), 60, f"{kind} begun; {opened(worker, camera)}")  # noqa: B023
            for kind in (HealthKind.COVERED, HealthKind.TURNED, HealthKind.BLURRED):
                found = opened(worker, cameras[kind])
                await until(lambda: HealthKind.TAMPERED in found, 20, "tampered")  # noqa: B023
                assert found[HealthKind.TAMPERED].cause == kind
                assert found[kind].reference_ms
            assert opened(worker, well) == {}
            await heal(control)
            for camera in cameras.values():
                await until(lambda: opened(worker, camera) == {}, 60, f"all ended; {opened(worker, camera)}")  # noqa: B023


async def test_events_go_out_and_a_killed_engine_does_not_begin_twice(
    config: Config, fresh_nats_url: str, street: Loop
) -> None:
    client = await bus.connect(fresh_nats_url, "test")
    js = client.jetstream(timeout=5)
    bucket = await bus.ensure_settings_bucket(js)
    await bucket.put(subjects.MEDIA_SETTINGS_KEY, msgspec.json.encode(MediaSettings(QUICK, 1)))
    told: list[tuple[str, str, str]] = []

    async def on_batch(message: object) -> None:
        from prahari.contracts import events

        batch = events.decode(message.data).events  # type: ignore[attr-defined]
        told.extend((one.id, one.data["kind"], one.data["state"]) for one in batch if one.type == events.CAMERA_HEALTH)

    await client.subscribe(subjects.events("media"), cb=on_batch)
    async with SimServer({"/c": street}) as server:
        camera = plan(config, server.url("/c"))
        on_disk(config, camera)
        async with running_worker(config, fresh_nats_url) as worker:
            await until(lambda: worker.health.settings == QUICK, what="the settings of the desks")
            request = msgspec.json.encode(ReferenceRequest(camera.camera_id))
            await until(lambda: (one := worker._roster.get(camera.camera_id)) and one.state.is_live, 20)
            answer = await client.request(subjects.camera_reference(camera.camera_id), request, timeout=20)
            assert msgspec.json.decode(answer.data, type=ReferenceReply).ok
            server.set_fault("/c", view="covered")
            await until(lambda: ("covered", "began") in [one[1:] for one in told], 40, "covered told")
        before = list(told)
        async with running_worker(config, fresh_nats_url) as worker:  # settings, episodes and the view are on disk
            assert HealthKind.COVERED in opened(worker, camera)
            looks = worker.health.looks
            await until(lambda: worker.health.looks >= looks + 2, 20, "looks after the restart")
            server.clear_faults()
            await until(lambda: ("covered", "ended") in [one[1:] for one in told], 40, "covered ended")
        begun = {one[0] for one in told if one[1:] == ("covered", "began")}
        assert begun == {one[0] for one in before if one[1:] == ("covered", "began")} and len(begun) == 1
    await client.close()


async def test_a_camera_without_leave_is_not_looked_at_and_its_episodes_end(config: Config, street: Loop) -> None:
    async with SimServer({"/c": street}) as server:
        camera = plan(config, server.url("/c"))
        on_disk(config, camera)
        async with running_worker(config) as worker:
            worker.health.apply(QUICK)
            await reference_of(worker, camera)
            server.set_fault("/c", refuse=True)
            await until(lambda: HealthKind.OFFLINE in opened(worker, camera), 40, "offline")
            worker._roster.apply(msgspec.structs.replace(camera, permit="", revision=2))
            await until(lambda: opened(worker, camera) == {}, 10, "an end")
            server.clear_faults()
            looks = worker.health.looks
            refused = await worker.health.take_reference(camera.camera_id, 2.0)
            assert refused is not None and not refused.ok and worker.health.looks == looks
            assert not server.connections


async def test_a_camera_that_is_only_probed_is_looked_at_by_its_probes(config: Config, street: Loop) -> None:
    async with SimServer({"/c": street}) as server:
        camera = plan(config, server.url("/c"), record=RecordMode.NONE, probe_period_s=1)
        on_disk(config, camera)
        async with running_worker(config) as worker:
            worker.health.apply(QUICK)
            await until(lambda: worker.health.looks >= 2, 20, "looks")
            server.set_fault("/c", view="black")
            await until(lambda: HealthKind.BLACK in opened(worker, camera), 40, "black")


def test_views_are_what_they_are_called() -> None:
    """The faults injected above look as a person would say."""
    from PIL import Image

    from prahari.simcity.rtsp.views import VIEWS

    picture = Image.fromarray(next(testloops.moving_pictures(320, 240, 10)))
    level = {name: float(np.asarray(view(picture).convert("L")).mean()) for name, view in VIEWS.items()}
    assert level["black"] < 25 and level["white"] > 240
    assert all(view(picture).size == picture.size for view in VIEWS.values())


def test_names_of_files_do_not_leave_the_folder(tmp_path: Path) -> None:
    from prahari.engines.media.health.references import References

    references = References(tmp_path / "views")
    assert references.of("3f1c").views == []
    references.forget("3f1c")
