"""Main and sub over the wire: which one is shown to whom, moved without a dark moment, and cut together."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import msgspec
import pytest

import media_rig
from media_rig import media_token, on_disk, plan, running_worker, until, watching
from prahari.contracts.config import Config
from prahari.contracts.media import CameraPlan, CameraStatus, Reason, RecordMode, SealedAddress
from prahari.engines.media.cameras import camera as camera_module
from prahari.engines.media.fallback.process import Budget
from prahari.simcity.rtsp import Loop, SimServer


@pytest.fixture(scope="module")
def loops(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Loop]:
    folder: Path = tmp_path_factory.mktemp("loops")
    return {
        "/main": media_rig.small_loop(folder, "main", width=640, height=360),
        "/sub": media_rig.small_loop(folder, "sub", width=320, height=180),
        "/h265": media_rig.small_loop(folder, "h265", width=640, height=360, codec="libx265"),
    }


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as made:
        yield made


def origin(config: Config) -> str:
    return config.origin(config.media_port)


def two_streams(config: Config, server: SimServer, main: str = "/main", **changes: Any) -> CameraPlan:
    changes = {"record": RecordMode.NONE, "probe_period_s": 86_400, **changes}
    return plan(config, server.url(main), sub=SealedAddress(server.url("/sub")), **changes)


def open_paths(server: SimServer) -> list[str]:
    return sorted(connection.path for connection in server.connections if connection.playing)


def widths(watched: media_rig.Watched) -> list[int]:
    return [init["width"] for init in watched.said("init")]


async def test_a_wall_is_shown_the_small_stream_and_an_enlarged_tile_the_main_one(
    config: Config, loops: dict[str, Loop], session: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(camera_module, "LINGER_S", 0.5)
    async with SimServer(loops) as server:
        camera = two_streams(config, server)
        on_disk(config, camera)
        async with running_worker(config) as worker:
            token = media_token(config, camera.camera_id)
            async with watching(session, origin(config), camera.camera_id, token, "&stream=sub") as tile:
                await until(lambda: len(tile.fragments) > 5, what="the small picture")
                await until(lambda: open_paths(server) == ["/sub"], what="only the small stream open")
                assert widths(tile) == [320]
                assert tile.said("stream")[-1] == {
                    "type": "stream", "stream": "sub", "wanted": "sub", "reason": "", "converted": False,
                }  # fmt: skip
                server.set_fault("/main", stall=True)  # the main one does not come at once
                await tile.want("main")
                await until(lambda: "/main" in [one.path for one in server.connections], what="the main one asked for")
                shown = len(tile.fragments)
                await until(lambda: len(tile.fragments) > shown + 10, what="the small picture going on meanwhile")
                assert widths(tile) == [320]
                server.clear_faults("/main")
                await until(lambda: widths(tile)[-1] == 640, 20, "the main picture")
                assert tile.said("stream")[-1]["stream"] == "main"
                kinds = [one["type"] for one in tile.texts if one["type"] in {"init", "stream"}]
                assert kinds == ["init", "stream", "init", "stream"]
                await until(lambda: open_paths(server) == ["/main"], what="the small stream let go")
                await tile.want("sub")
                await until(lambda: widths(tile)[-1] == 320, what="the small picture again")
                found = worker._roster.get(camera.camera_id)
                assert found is not None and found.watchers == 1
            await until(lambda: not server.connections, what="all connections closed")


async def test_a_small_stream_that_fails_gives_way_to_the_main_one_until_it_is_back(
    config: Config, loops: dict[str, Loop], session: aiohttp.ClientSession
) -> None:
    async with SimServer(loops) as server:
        camera = two_streams(config, server)
        on_disk(config, camera)
        server.set_fault("/sub", status=404)
        async with running_worker(config) as worker:
            token = media_token(config, camera.camera_id)
            async with watching(session, origin(config), camera.camera_id, token, "&stream=sub") as tile:
                await until(lambda: tile.fragments, 20, "a picture")
                assert widths(tile) == [640]
                told = tile.said("stream")[-1]
                assert (told["stream"], told["wanted"], told["reason"]) == ("main", "sub", "not_found")
                state = worker._board.state(camera.camera_id)
                assert state is not None and state.status is CameraStatus.LIVE
                assert state.streams["sub"].reason is Reason.NOT_FOUND and state.streams["main"].status == "live"
                server.clear_faults("/sub")
                await until(lambda: widths(tile)[-1] == 320, 20, "the small picture")
                assert tile.said("stream")[-1]["reason"] == ""
                await until(lambda: open_paths(server) == ["/sub"], 15, "the main one let go")


async def test_a_main_stream_that_fails_is_told_of_also_when_the_small_one_is_closed_after_it(
    config: Config, loops: dict[str, Loop], session: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(camera_module, "LINGER_S", 1.5)
    async with SimServer(loops) as server:
        camera = two_streams(config, server, record=RecordMode.CONTINUOUS)
        on_disk(config, camera)
        async with running_worker(config) as worker:
            token = media_token(config, camera.camera_id)
            async with watching(session, origin(config), camera.camera_id, token, "&stream=sub") as tile:
                await until(lambda: tile.fragments, 20, "the small picture")
                await until(lambda: open_paths(server) == ["/main", "/sub"], what="both open")
            # Nobody looks any more; the small stream stands a moment longer.
            server.set_fault("/main", status=404)
            server.drop("/main")

            def told() -> tuple[str, str]:
                state = worker._board.state(camera.camera_id)
                return ("", "") if state is None else (state.status, state.reason)

            await until(lambda: told() == ("live", "not_found"), what="seen, but not recorded, and why")
            await until(lambda: open_paths(server) == [], what="the small stream let go")
            await until(lambda: told() == ("offline", "not_found"), what="no picture of it any more")
            server.clear_faults("/main")
            await until(lambda: told() == ("live", ""), 20, "the camera back")


async def test_h265_is_shown_through_the_small_stream_and_conversions_have_a_budget(
    config: Config, loops: dict[str, Loop], session: aiohttp.ClientSession
) -> None:
    async with SimServer(loops) as server:
        with_sub = two_streams(config, server, "/h265")
        alone = [plan(config, server.url("/h265"), record=RecordMode.NONE, probe_period_s=86_400) for _ in range(2)]
        on_disk(config, with_sub, *alone)
        async with running_worker(config) as worker:
            worker._around.conversions.most = 1

            def look(camera: CameraPlan) -> Any:
                token = media_token(config, camera.camera_id)
                return watching(session, origin(config), camera.camera_id, token, "&plays=h264")

            async with look(with_sub) as small, look(alone[0]) as first:
                await until(lambda: len(small.fragments) > 5, 20, "the small stream in place of H.265")
                assert widths(small) == [320] and small.said("stream")[-1]["reason"] == "unsupported"
                await until(lambda: len(first.fragments) > 5, 30, "a converted picture")
                assert "avc1" in first.said("init")[-1]["mime"] and first.said("stream")[-1]["converted"]
                async with look(alone[1]) as second:
                    await until(
                        lambda: any(one["reason"] == "conversion_budget" for one in second.said("status")),
                        20,
                        "the reason why there is no picture",
                    )
                    assert not second.fragments and second.close_code is None
                    assert first.ws is not None
                    await first.ws.close()  # a place is free: who waits gets it
                    await until(lambda: len(second.fragments) > 5, 30, "a converted picture for the second")
            assert isinstance(worker._around.conversions, Budget)
            await until(lambda: worker._around.conversions.used == 0, what="places given back")


async def test_withdrawal_cuts_both_streams(
    config: Config, loops: dict[str, Loop], session: aiohttp.ClientSession, fresh_nats_url: str
) -> None:
    from prahari.contracts import bus

    async with SimServer(loops) as server:
        client = await bus.connect(fresh_nats_url, "test")
        bucket = await bus.ensure_plan_bucket(client.jetstream(timeout=5))
        camera = two_streams(config, server, record=RecordMode.CONTINUOUS)
        await media_rig.put(bucket, camera)
        async with running_worker(config, fresh_nats_url) as worker:
            await until(lambda: worker._roster.get(camera.camera_id), what="the plan")
            token = media_token(config, camera.camera_id)
            async with (
                watching(session, origin(config), camera.camera_id, token, "&stream=sub") as tile,
                watching(session, origin(config), camera.camera_id, token) as enlarged,
            ):
                await until(lambda: tile.fragments and enlarged.fragments, 20, "both pictures")
                assert (widths(tile), widths(enlarged)) == ([320], [640])
                await until(lambda: open_paths(server) == ["/main", "/sub"], what="both streams open")
                await media_rig.put(bucket, msgspec.structs.replace(camera, permit="", revision=1))
                await until(lambda: tile.close_code and enlarged.close_code, 5, "both viewers closed")
                assert (tile.close_code, enlarged.close_code) == (4403, 4403)
                await until(lambda: not server.connections, 5, "both connections closed")
        await client.close()


async def test_a_probe_takes_the_small_stream_and_the_main_one_when_it_fails(
    config: Config, loops: dict[str, Loop], session: aiohttp.ClientSession
) -> None:
    async with SimServer(loops) as server:
        seen: list[str] = []
        opened = server.opened

        def note(connection: Any) -> None:
            opened(connection)
            seen.append(connection)

        server.opened = note  # type: ignore[method-assign]
        cameras = [two_streams(config, server), two_streams(config, server)]
        broken = msgspec.structs.replace(cameras[1], sub=SealedAddress(server.url("/none")))
        on_disk(config, cameras[0], broken)
        async with running_worker(config) as worker:
            for camera in (cameras[0], broken):
                found = worker._roster.get(camera.camera_id)
                assert found is not None
                await until(lambda found=found: found.state.is_live, 20, "a proof by a probe")
            await asyncio.sleep(0)
        paths = {connection.path for connection in seen}  # type: ignore[attr-defined]
        assert paths == {"/sub", "/none", "/main"}
