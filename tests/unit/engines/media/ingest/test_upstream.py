"""The one connection to a camera, against simulated cameras that misbehave."""

import asyncio
import itertools
import time
from collections.abc import Callable

import pytest

from ingest_rig import Collector
from media_rig import until
from prahari.contracts.media import Reason
from prahari.engines.media.ingest import upstream as module
from prahari.engines.media.ingest.probe import one_keyframe
from prahari.engines.media.ingest.upstream import Upstream, UpstreamState, UpstreamStatus
from prahari.engines.media.rtsp.errors import StreamError
from prahari.simcity.rtsp import Auth, Loop, SimServer

LoopOf = Callable[..., Loop]


class Watched:
    """An upstream with one collecting sink."""

    def __init__(self, url: str, *, wants_units: bool = False) -> None:
        self.states: list[UpstreamState] = []
        self.sink = Collector(wants_units)
        self.upstream = Upstream("c", url, None, "tcp", self.states.append)
        self.upstream.add_sink(self.sink)

    async def __aenter__(self) -> "Watched":
        self.upstream.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.upstream.close()

    def was(self, status: UpstreamStatus, reason: Reason = Reason.NONE) -> bool:
        return any((state.status, state.reason) == (status, reason) for state in self.states)

    async def groups(self, count: int) -> None:
        await until(lambda: len(self.sink.groups) >= count, what=f"{count} groups")


@pytest.mark.parametrize(
    "options", [{}, {"b_frames": 2}, {"codec": "libx265"}, {"audio": "aac"}, {"audio": "pcm_alaw"}], ids=str
)
async def test_groups_follow_each_other_without_a_hole(loop_of: LoopOf, options: dict[str, object]) -> None:
    async with SimServer({"/c": loop_of(**options)}, auth=Auth("u", "secret", "digest-sha256")) as server:
        async with Watched(server.url("/c")) as watched:
            await watched.groups(4)
        groups = watched.sink.groups
        for group in groups[1:-1]:
            assert sum(unit.is_video for unit in group.units) == 25
            assert abs(group.end_ms - group.start_ms - 1000) <= 1
            assert group.units[0].keyframe
            assert ("audio" in options) == any(not unit.is_video for unit in group.units)
        for before, after in itertools.pairwise(groups):
            assert abs(after.start_ms - before.end_ms) <= 60
        assert abs(time.time() * 1000 - groups[-1].end_ms) < 1500
        assert watched.sink.lost == []
        assert [state.status for state in watched.states] == [UpstreamStatus.LIVE]


async def test_a_viewer_gets_the_group_so_far_and_then_every_unit_once(loop_of: LoopOf) -> None:
    async with SimServer({"/c": loop_of()}) as server, Watched(server.url("/c")) as watched:
        await watched.groups(1)
        viewer = Collector(wants_units=True)
        watched.upstream.add_sink(viewer)
        cached = watched.upstream.cached_group()
        assert cached is not None and cached.units[0].keyframe and viewer.parameters == [cached.parameters]
        await until(lambda: len(viewer.groups) >= 2)
        watched.upstream.remove_sink(viewer)
        seen = [*cached.units, *viewer.units]
        assert [unit.decode_ticks for unit in seen] == sorted({unit.decode_ticks for unit in seen})
        whole = [unit for group in viewer.groups for unit in group.units]
        assert seen[: len(whole)] == whole
        assert len(server.connections) == 1


async def test_a_stalled_camera_is_said_to_be_and_comes_back(loop_of: LoopOf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "STALLED_AFTER_S", 1.0)
    monkeypatch.setattr(module, "GIVEN_UP_AFTER_S", 2.5)
    async with SimServer({"/c": loop_of()}) as server, Watched(server.url("/c")) as watched:
        await watched.groups(1)
        server.set_fault("/c", stall=True)
        await until(lambda: watched.was(UpstreamStatus.STALLED, Reason.NO_FRAMES))
        await until(lambda: watched.was(UpstreamStatus.OFFLINE, Reason.NO_FRAMES))
        server.set_fault("/c", stall=False)
        count = len(watched.sink.groups)
        await watched.groups(count + 1)
        assert watched.upstream.state.status is UpstreamStatus.LIVE
        (reason, start_ms, end_ms) = watched.sink.lost[-1]
        assert reason is Reason.NO_FRAMES and end_ms is not None and end_ms - start_ms > 2000


async def test_a_dropped_connection_is_made_again_at_once(loop_of: LoopOf) -> None:
    async with SimServer({"/c": loop_of()}) as server, Watched(server.url("/c")) as watched:
        await watched.groups(1)
        server.drop("/c")
        await until(lambda: watched.was(UpstreamStatus.OFFLINE, Reason.CONNECTION_LOST))
        await until(lambda: watched.upstream.state.status is UpstreamStatus.LIVE, 5)
        await until(lambda: watched.sink.lost and watched.sink.lost[-1][2] is not None)
        assert {reason for reason, _, _ in watched.sink.lost} == {Reason.CONNECTION_LOST}
        pictures = watched.sink.pictures()
        ticks = [unit.decode_ticks for unit in pictures]
        assert ticks == sorted(set(ticks))


async def test_loss_leaves_whole_pictures_only(loop_of: LoopOf) -> None:
    async with SimServer({"/c": loop_of()}) as server, Watched(server.url("/c")) as watched:
        server.set_fault("/c", loss_pct=2)
        await until(lambda: sum(end is not None for _, _, end in watched.sink.lost) >= 2, 20)
        assert {reason for reason, _, _ in watched.sink.lost} == {Reason.PACKET_LOSS}
        for group in watched.sink.groups:
            ticks = [unit.decode_ticks for unit in group.units]
            assert group.units[0].keyframe and {b - a for a, b in itertools.pairwise(ticks)} <= {3600}


async def test_changed_parameters_begin_a_new_group(loop_of: LoopOf) -> None:
    other = loop_of(width=640, height=360)
    async with SimServer({"/c": loop_of()}, other=other) as server, Watched(server.url("/c")) as watched:
        await watched.groups(1)
        server.set_fault("/c", other_resolution=True)
        await until(lambda: len(watched.sink.parameters) == 2)
        await watched.groups(len(watched.sink.groups) + 1)
        assert watched.sink.groups[-1].parameters == watched.sink.parameters[1] != watched.sink.parameters[0]
        await until(lambda: watched.upstream.state.parameters == watched.sink.parameters[1])


@pytest.mark.parametrize("fault", [{"rtp_jump_s": 3600.0}, {"rtp_jump_s": -3600.0}, {"ntp_jump_s": 86_400.0}], ids=str)
async def test_clock_jumps_do_not_move_the_recording(loop_of: LoopOf, fault: dict[str, float]) -> None:
    async with SimServer({"/c": loop_of()}) as server, Watched(server.url("/c")) as watched:
        await watched.groups(1)
        server.set_fault("/c", **fault)
        await until(lambda: any(reason is Reason.CLOCK_JUMP for reason, _, _ in watched.sink.lost))
        await watched.groups(len(watched.sink.groups) + 2)
        for before, after in zip(watched.sink.groups, watched.sink.groups[1:], strict=False):
            assert abs(after.start_ms - before.end_ms) <= 200
        assert abs(time.time() * 1000 - watched.sink.groups[-1].end_ms) < 2500


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ({"status": 404}, Reason.NOT_FOUND),
        ({"status": 401}, Reason.WRONG_PASSWORD),
        ({"status": 503}, Reason.REFUSED),
        ({"garbage": True}, Reason.BAD_STREAM),
        ({"huge_header_bytes": 10_000_000}, Reason.TOO_LARGE),
        ({"refuse": True}, Reason.CONNECTION_LOST),
        ({"garbage_stream": True}, Reason.BAD_STREAM),
    ],
    ids=str,
)
async def test_faults_have_their_reason_and_leave_others_alone(
    loop_of: LoopOf, fault: dict[str, object], reason: Reason
) -> None:
    loop = loop_of()
    async with SimServer({"/c": loop, "/other": loop}, auth=Auth("u", "secret")) as server:
        server.set_fault("/c", **fault)
        async with Watched(server.url("/c")) as watched, Watched(server.url("/other")) as other:
            await until(lambda: watched.was(UpstreamStatus.OFFLINE, reason))
            await other.groups(2)
            assert other.sink.lost == []
        assert all("secret" not in state.detail for state in watched.states)


async def test_closing_is_quick_in_every_state(loop_of: LoopOf) -> None:
    async with SimServer({"/c": loop_of()}) as server:
        server.set_fault("/c", loris_s=1.0)
        for fault in (True, False):
            watched = Watched(server.url("/c"))
            watched.upstream.start()
            if fault:
                await asyncio.sleep(0.05)
            else:
                server.set_fault("/c", loris_s=0.0)
                await until(lambda one=watched: one.upstream.state.status is UpstreamStatus.LIVE)
            started_s = time.monotonic()
            await watched.upstream.close()
            assert time.monotonic() - started_s < 1


async def test_one_keyframe(loop_of: LoopOf) -> None:
    async with SimServer({"/c": loop_of()}, auth=Auth("u", "secret")) as server:
        parameters, unit = await one_keyframe(server.url("/c"), None, 5)
        assert parameters.video is not None and unit.keyframe
        with pytest.raises(StreamError) as caught:
            await one_keyframe(server.url("/c"), ("u", "wrong"), 5)
        assert caught.value.reason is Reason.WRONG_PASSWORD
        server.set_fault("/c", stall=True)
        with pytest.raises(StreamError) as caught:
            await one_keyframe(server.url("/c"), None, 1)
        assert caught.value.reason is Reason.TIMEOUT


def test_pauses_grow_and_stay_within_what_a_camera_may_wait() -> None:
    for _ in range(100):
        assert module._pause_s(Reason.CONNECTION_LOST, 0) <= 0.63
        assert module._pause_s(Reason.UNREACHABLE, 1000) <= 5
        assert module._pause_s(Reason.WRONG_PASSWORD, 1) >= 22
        assert module._pause_s(Reason.UNSUPPORTED, 1) >= 45
