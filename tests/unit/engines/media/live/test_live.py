"""Live pictures over real sockets: a simulated RTSP camera, a worker, WebSocket viewers."""

from __future__ import annotations

import asyncio
import base64
import io
import itertools
import json
import socket
import time
import uuid
from collections.abc import AsyncIterator

import aiohttp
import av
import msgspec
import pytest

import media_rig
from media_rig import media_token, on_disk, permit, plan, running_worker, until, watching
from prahari.contracts import bus
from prahari.contracts.config import Config
from prahari.contracts.media import RecordMode
from prahari.engines.media.cameras import camera as camera_module
from prahari.simcity.rtsp import Auth, Loop, SimServer


@pytest.fixture(scope="module")
def loop(tmp_path_factory: pytest.TempPathFactory) -> Loop:
    return media_rig.small_loop(tmp_path_factory.mktemp("loops"))


@pytest.fixture(scope="module")
def heavy_loop(tmp_path_factory: pytest.TempPathFactory) -> Loop:
    return media_rig.small_loop(tmp_path_factory.mktemp("loops"), "heavy", width=640, height=480, kbit_s=12_000)


@pytest.fixture(scope="module")
def loop_with_sound(tmp_path_factory: pytest.TempPathFactory) -> Loop:
    return media_rig.small_loop(tmp_path_factory.mktemp("loops"), "sound", audio="aac", b_frames=2)


@pytest.fixture(scope="module")
def h265_loop(tmp_path_factory: pytest.TempPathFactory) -> Loop:
    return media_rig.small_loop(tmp_path_factory.mktemp("loops"), "h265", codec="libx265")


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


def origin(config: Config) -> str:
    return config.origin(config.media_port)


def pictures_in(init: bytes, fragments: list[tuple[int, bytes]]) -> int:
    """How many pictures a decoder makes of what a viewer got."""
    with av.open(io.BytesIO(init + b"".join(data for _, data in fragments))) as container:
        return sum(1 for _ in container.decode(video=0))


async def test_a_viewer_gets_what_a_decoder_needs_and_many_share_one_connection(
    config: Config, loop: Loop, session: aiohttp.ClientSession
) -> None:
    async with SimServer({"/cam": loop}, auth=Auth("user", "se:cr@et")) as server:
        camera = plan(
            config, server.url("/cam", credentials=False), credentials=("user", "se:cr@et"), record=RecordMode.NONE
        )
        on_disk(config, camera)
        async with running_worker(config) as worker:
            token = media_token(config, camera.camera_id)
            async with watching(session, origin(config), camera.camera_id, token) as first:
                await until(lambda: len(first.fragments) > 10, what="pictures")
                async with watching(session, origin(config), camera.camera_id, token) as second:
                    await until(lambda: len(second.fragments) > 10, what="pictures for the second")
                    assert len(server.connections) == 1
                    assert second.texts[0]["type"] == "init"  # the camera is live: no state before it
            (told,) = first.said("init")
            assert told["mime"].startswith('video/mp4; codecs="avc1.')
            assert (told["width"], told["height"], told["record"]) == (320, 240, False)
            assert pictures_in(first.inits[0], first.fragments) >= 10
            walls = [wall_ms for wall_ms, _ in first.fragments]
            assert walls == sorted(walls)
            assert abs(walls[-1] - time.time() * 1000) < 5000
            assert worker is not None


async def test_an_unrecorded_camera_is_let_go_a_while_after_the_last_viewer(
    config: Config, loop: Loop, session: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(camera_module, "LINGER_S", 1.0)
    async with SimServer({"/cam": loop}) as server:
        camera = plan(config, server.url("/cam"), record=RecordMode.NONE, probe_period_s=86_400)
        on_disk(config, camera)
        async with running_worker(config):
            async with watching(session, origin(config), camera.camera_id, media_token(config, camera.camera_id)) as w:
                await until(lambda: w.fragments, what="pictures")
            left = time.monotonic()
            assert server.connections
            await until(lambda: not server.connections, what="the connection closed")
            assert time.monotonic() - left > 0.7


async def test_sound_and_b_frames(config: Config, loop_with_sound: Loop, session: aiohttp.ClientSession) -> None:
    async with SimServer({"/cam": loop_with_sound}) as server:
        camera = plan(config, server.url("/cam"), record=RecordMode.NONE)
        on_disk(config, camera)
        async with running_worker(config):
            token = media_token(config, camera.camera_id)
            async with watching(session, origin(config), camera.camera_id, token) as watched:
                await until(lambda: len(watched.fragments) > 40, what="pictures")
            assert "mp4a.40.2" in watched.said("init")[0]["mime"]
            with av.open(io.BytesIO(watched.inits[0] + b"".join(data for _, data in watched.fragments))) as container:
                times = {"video": [], "audio": []}
                for packet in container.demux():
                    if packet.dts is not None:
                        times[packet.stream.type].append(float(packet.dts * packet.time_base))
            for stamps in times.values():
                assert len(stamps) > 20 and stamps == sorted(stamps)
            assert abs(times["video"][0] - times["audio"][0]) < 0.6


async def test_h265_is_told_and_converted_on_request(
    config: Config, h265_loop: Loop, session: aiohttp.ClientSession
) -> None:
    async with SimServer({"/cam": h265_loop}) as server:
        camera = plan(config, server.url("/cam"), record=RecordMode.NONE)
        on_disk(config, camera)
        async with running_worker(config):
            token = media_token(config, camera.camera_id)
            async with (
                watching(session, origin(config), camera.camera_id, token) as plain,
                watching(session, origin(config), camera.camera_id, token, "&transcode=1") as converted,
            ):
                await until(lambda: plain.fragments, what="H.265 pictures")
                await until(lambda: len(converted.fragments) > 5, 20, what="H.264 pictures")
                assert len(server.connections) == 1
            assert '"hvc1' in plain.said("init")[0]["mime"]
            assert '"avc1' in converted.said("init")[0]["mime"]
            assert pictures_in(converted.inits[0], converted.fragments) >= 5


async def close_code(session: aiohttp.ClientSession, url: str) -> tuple[int | None, list[str]]:
    """How a WebSocket ends that is not wanted, and what was said first."""
    async with session.ws_connect(url) as ws:
        said = [str(message.data) async for message in ws]
        return ws.close_code, said


async def test_who_may_not_look_is_told_why(config: Config, loop: Loop, session: aiohttp.ClientSession) -> None:
    async with SimServer({"/cam": loop}) as server:
        key = config.signing_key()
        shown = plan(config, server.url("/cam"), record=RecordMode.NONE)
        recorded_only = plan(config, server.url("/cam"))
        recorded_only = msgspec.structs.replace(recorded_only, permit=permit(key, recorded_only.camera_id, live=False))
        ended = plan(config, server.url("/cam"))
        ended = msgspec.structs.replace(ended, permit=permit(key, ended.camera_id, exp_s=int(time.time()) - 1))
        on_disk(config, shown, recorded_only, ended)
        async with running_worker(config):
            base = f"{origin(config)}/live"
            wrong = {
                f"{base}/{shown.camera_id}": 4401,
                f"{base}/{shown.camera_id}?token=garbage": 4401,
                f"{base}/{shown.camera_id}?token={media_token(config, shown.camera_id, ['playback'])}": 4401,
                f"{base}/{shown.camera_id}?token={media_token(config, recorded_only.camera_id)}": 4401,
                f"{base}/{shown.camera_id}?token={media_token(config, shown.camera_id, for_s=-1)}": 4401,
                f"{base}/{recorded_only.camera_id}?token={media_token(config, recorded_only.camera_id)}": 4403,
                f"{base}/{ended.camera_id}?token={media_token(config, ended.camera_id)}": 4403,
                f"{base}/not-a-camera?token=x": 4404,
                f"{base}/..%2f..%2fetc%2fpasswd?token=x": 4404,
            }
            unknown = str(uuid.uuid4())
            wrong[f"{base}/{unknown}?token={media_token(config, unknown)}"] = 4404
            for url, code in wrong.items():
                ended_with, said = await close_code(session, url)
                assert ended_with == code, url.partition("?")[0]
                assert "message" in said[0] and "avc1" not in "".join(said)
            answer = await session.get(f"{base}/{shown.camera_id}")
            assert answer.status == 401 and (await answer.json())["message"]["hi"]


async def test_other_hosts_pages_are_kept_out(config: Config, loop: Loop, session: aiohttp.ClientSession) -> None:
    async with SimServer({"/cam": loop}) as server:
        camera = plan(config, server.url("/cam"), record=RecordMode.NONE)
        on_disk(config, camera)
        async with running_worker(config):
            url = f"{origin(config)}/live/{camera.camera_id}?token={media_token(config, camera.camera_id)}"
            with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
                await session.ws_connect(url, headers={"Origin": "https://evil.example"})
            assert refused.value.status == 403
            async with session.ws_connect(url, headers={"Origin": "http://127.0.0.1:8400"}) as ws:
                assert (await ws.receive()).type is aiohttp.WSMsgType.TEXT


async def test_withdrawal_change_and_retirement_cut_within_a_second(
    config: Config, loop: Loop, session: aiohttp.ClientSession, fresh_nats_url: str
) -> None:
    async with SimServer({"/cam": loop}) as server:
        withdrawn, retired = (plan(config, server.url("/cam")) for _ in range(2))
        narrowed = plan(config, server.url("/cam"))
        client = await bus.connect(fresh_nats_url, "test")
        bucket = await bus.ensure_plan_bucket(client.jetstream(timeout=5))
        await media_rig.put(bucket, withdrawn, retired, narrowed)
        async with running_worker(config, fresh_nats_url) as worker:
            await until(lambda: len(worker._roster) == 3, what="plans heard")
            watchers = [
                watching(session, origin(config), p.camera_id, media_token(config, p.camera_id))
                for p in (withdrawn, retired, narrowed)
            ]
            async with watchers[0] as first, watchers[1] as second, watchers[2] as third:
                await until(lambda: first.fragments and second.fragments and third.fragments, what="pictures")
                assert len(server.connections) == 3
                begun = time.monotonic()
                await media_rig.put(bucket, msgspec.structs.replace(withdrawn, permit="", revision=1))
                await bucket.delete(retired.camera_id)
                only_record = permit(config.signing_key(), narrowed.camera_id, live=False)
                await media_rig.put(bucket, msgspec.structs.replace(narrowed, permit=only_record, revision=1))
                await until(lambda: first.close_code and second.close_code and third.close_code, what="all closed")
                assert time.monotonic() - begun < 1
                assert (first.close_code, second.close_code, third.close_code) == (4403, 4404, 4403)
                await until(lambda: len(server.connections) == 1, 1 - (time.monotonic() - begun), "upstream closed")
                assert worker._roster.get(narrowed.camera_id).is_open  # it is still recorded
        await client.close()


async def test_the_end_of_a_permit_cuts_by_the_local_clock_with_nats_down(
    config: Config, loop: Loop, session: aiohttp.ClientSession
) -> None:
    async with SimServer({"/cam": loop}) as server:
        camera = plan(config, server.url("/cam"))
        ends_s = int(time.time()) + 4
        camera = msgspec.structs.replace(camera, permit=permit(config.signing_key(), camera.camera_id, exp_s=ends_s))
        on_disk(config, camera)
        async with running_worker(config):
            token = media_token(config, camera.camera_id)
            async with watching(session, origin(config), camera.camera_id, token) as watched:
                await until(lambda: watched.fragments, what="pictures")
                await until(lambda: watched.close_code, what="the viewer closed")
                assert ends_s <= time.time() < ends_s + 1
                assert watched.close_code == 4403
                assert max(wall_ms for wall_ms, _ in watched.fragments) < ends_s * 1000 + 600
                await until(lambda: not server.connections, 1, "upstream closed")


async def test_viewers_hear_of_a_stall_and_of_its_end(
    config: Config, loop: Loop, session: aiohttp.ClientSession
) -> None:
    async with SimServer({"/cam": loop}) as server:
        camera = plan(config, server.url("/cam"))
        on_disk(config, camera)
        async with running_worker(config):
            token = media_token(config, camera.camera_id)
            async with watching(session, origin(config), camera.camera_id, token) as watched:
                await until(lambda: watched.fragments, what="pictures")
                server.set_fault("/cam", stall=True)
                states = lambda: [(told["status"], told["reason"]) for told in watched.said("status")]  # noqa: E731
                await until(lambda: ("stalled", "no_frames") in states(), 15, "the stall told")
                server.clear_faults()
                seen = len(watched.fragments)
                await until(lambda: len(watched.fragments) > seen + 5, 15, "pictures again")
                assert watched.said("status")[-1]["status"] == "live"
        with av.open(io.BytesIO(watched.inits[0] + b"".join(data for _, data in watched.fragments))) as container:
            stamps = [float(p.dts * p.time_base) for p in container.demux() if p.dts is not None]
        assert stamps == sorted(stamps)
        assert max(b - a for a, b in itertools.pairwise(stamps)) < 1.5  # no hole for the player to fall into


async def test_hostile_and_slow_viewers_harm_nobody(config: Config, loop: Loop, session: aiohttp.ClientSession) -> None:
    async with SimServer({"/cam": loop}) as server:
        camera = plan(config, server.url("/cam"), record=RecordMode.NONE)
        on_disk(config, camera)
        async with running_worker(config):
            token = media_token(config, camera.camera_id)
            url = f"{origin(config)}/live/{camera.camera_id}?token={token}"
            async with watching(session, origin(config), camera.camera_id, token) as watched:
                async with session.ws_connect(url) as ws:
                    await ws.send_str('{"type":"ping","t":7}')
                    await ws.send_str("{garbage")
                    answers = []
                    async for message in ws:
                        if message.type is aiohttp.WSMsgType.TEXT and (b := message.json())["type"] in {
                            "pong",
                            "error",
                        }:
                            answers.append(b)
                        if len(answers) == 2:
                            break
                    assert answers[0]["t"] == 7 and abs(answers[0]["now_ms"] - time.time() * 1000) < 2000
                    assert answers[1]["code"] == "bad_message"
                    for _ in range(60):
                        await ws.send_str("[]")
                    codes = [message async for message in ws]
                    assert ws.close_code == 4400 and codes is not None
                async with session.ws_connect(url) as ws:
                    await ws.send_bytes(b"x" * 100_000)
                    await asyncio.wait_for(_drain(ws), 30)
                    assert ws.close_code == 1009
                seen = len(watched.fragments)
                await until(lambda: len(watched.fragments) > seen + 10, what="pictures for the others")


async def test_a_viewer_that_cannot_keep_up_skips_to_a_keyframe_and_recovers(
    config: Config, heavy_loop: Loop, session: aiohttp.ClientSession
) -> None:
    async with SimServer({"/cam": heavy_loop}) as server:
        camera = plan(config, server.url("/cam"), record=RecordMode.NONE)
        on_disk(config, camera)
        async with running_worker(config) as worker:
            token = media_token(config, camera.camera_id)
            reader, writer = await open_slowly(config.media_port, f"/live/{camera.camera_id}?token={token}")
            async with watching(session, origin(config), camera.camera_id, token) as watched:
                await until(lambda: worker._roster.viewers == 2, what="both watching")
                found = worker._roster.get(camera.camera_id)
                assert found is not None
                await until(lambda: any(viewer.dropped for viewer in found.main.hub.viewers), 40, "pictures left out")
                held = max(viewer._transport.get_write_buffer_size() for viewer in found.main.hub.viewers)
                assert held < 8_000_000
                seen = len(watched.fragments)
                frames = asyncio.create_task(read_frames(reader))
                await until(lambda: frames.done(), 20, "the skip told")
                await until(lambda: len(watched.fragments) > seen + 5, what="pictures for the quick one")
                after = frames.result()
                assert after[-2:] == ["skip", "keyframe"]
            writer.close()


async def open_slowly(port: int, path: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A WebSocket by hand, with little room for what comes in and nobody reading."""
    raw = socket.socket()
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16_384)
    raw.setblocking(False)
    await asyncio.get_running_loop().sock_connect(raw, ("127.0.0.1", port))
    reader, writer = await asyncio.open_connection(sock=raw, limit=65_536)
    key = base64.b64encode(b"0123456789abcdef").decode()
    writer.write(
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
    )
    assert b" 101 " in await reader.readuntil(b"\r\n\r\n")
    return reader, writer


async def read_frames(reader: asyncio.StreamReader) -> list[str]:
    """What comes until one fragment after the first skip: "text", "keyframe", "picture", "skip"."""
    found: list[str] = []
    while "skip" not in found[:-1]:
        head = await reader.readexactly(2)
        length = head[1]
        if length >= 126:
            length = int.from_bytes(await reader.readexactly(2 if length == 126 else 8), "big")
        body = await reader.readexactly(length)
        if head[0] == 0x81:
            found.append("skip" if json.loads(body)["type"] == "skip" else "text")
        elif head[0] == 0x82 and body[0] == 2:
            # An IDR picture (NAL kind 5) is in the first bytes after the box header of the pictures.
            at = body.index(b"mdat") + 4
            found.append("keyframe" if body[at + 4] & 31 == 5 or b"\x65" in body[at : at + 60] else "picture")
    return found


async def _drain(ws: aiohttp.ClientWebSocketResponse) -> None:
    async for _ in ws:
        pass


async def test_one_person_may_not_take_all_places(
    config: Config, loop: Loop, session: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("prahari.engines.media.cameras.roster.MOST_VIEWERS_PER_USER", 2)
    async with SimServer({"/cam": loop}) as server:
        camera = plan(config, server.url("/cam"), record=RecordMode.NONE)
        on_disk(config, camera)
        async with running_worker(config) as worker:
            mine, other = (media_token(config, camera.camera_id, user=user) for user in ("a", "b"))
            base = f"{origin(config)}/live/{camera.camera_id}?token="
            async with session.ws_connect(base + mine), session.ws_connect(base + mine):
                await until(lambda: worker._roster.viewers == 2, what="both counted")
                assert (await close_code(session, base + mine))[0] == 4429
                async with session.ws_connect(base + other):
                    await until(lambda: worker._roster.viewers == 3, what="the other person counted")
            await until(lambda: worker._roster.viewers == 0, what="all gone")
