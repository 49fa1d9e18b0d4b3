from __future__ import annotations

import asyncio
import itertools
import time
from pathlib import Path

import av
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prahari.simcity.clockcam import ClockCamera, code_bits, read_code
from prahari.simcity.rtsp import Auth, Loop, SimServer
from prahari.simcity.testloops import small_loop
from simcity_rig import Client


def decode(url: str, count: int, transport: str = "tcp") -> tuple[list[int], int, str]:
    """Time stamps of `count` decoded pictures, the number of streams, and the codec, as PyAV sees them."""
    with av.open(url, options={"rtsp_transport": transport}, timeout=15) as container:
        stamps = []
        for frame in container.decode(video=0):
            stamps.append(frame.pts)
            if len(stamps) == count:
                break
        return stamps, len(container.streams), container.streams.video[0].codec_context.name


@pytest.mark.peer
@pytest.mark.parametrize(
    ("options", "streams", "codec"),
    [
        ({}, 1, "h264"),
        ({"b_frames": 2}, 1, "h264"),
        ({"audio": "aac"}, 2, "h264"),
        ({"audio": "pcm_alaw"}, 2, "h264"),
        ({"codec": "libx265"}, 1, "hevc"),
    ],
)
async def test_ffmpeg_plays_every_kind_of_loop_over_its_seam(
    loop_cache: Path, options: dict[str, object], streams: int, codec: str
) -> None:
    playable = small_loop(loop_cache, **options)  # type: ignore[arg-type]
    async with SimServer({"/cam/x": playable}) as server:
        stamps, found, name = await asyncio.to_thread(decode, server.url("/cam/x"), 60)
    assert (found, name) == (streams, codec)
    stamps = stamps[1:]  # ffmpeg gives the very first picture no time
    assert stamps == sorted(stamps)
    assert {b - a for a, b in itertools.pairwise(stamps)} == {3600}


@pytest.mark.peer
async def test_ffmpeg_plays_over_udp(loop: Loop) -> None:
    async with SimServer({"/cam/x": loop}) as server:
        stamps, _, _ = await asyncio.to_thread(decode, server.url("/cam/x"), 15, "udp")
    assert len(stamps) == 15


@pytest.mark.parametrize("scheme", ["digest", "digest-sha256", "basic", "both"])
async def test_the_right_password_opens_and_a_wrong_one_does_not(loop: Loop, scheme: str) -> None:
    async with SimServer({"/cam/x": loop}, auth=Auth("admin", "pa ss:wörd@1", scheme)) as server:
        async with Client(server.url("/cam/x")) as client:
            assert (await client.play()).status == 200
            assert (await client.packet()).channel in {0, 1}
        async with Client(server.url("/cam/x").replace("pa%20ss", "wrong")) as client:
            assert (await client.request("DESCRIBE")).status == 401


@pytest.mark.peer
async def test_ffmpeg_knows_the_digest(loop: Loop) -> None:
    async with SimServer({"/cam/x": loop}, auth=Auth("admin", "secret")) as server:
        stamps, _, _ = await asyncio.to_thread(decode, server.url("/cam/x"), 3)
        assert len(stamps) == 3
        with pytest.raises(av.FFmpegError):
            await asyncio.to_thread(decode, server.url("/cam/x", credentials=False), 3)


async def test_sequence_and_time_run_on_over_the_seam_and_reports_tell_the_wall_clock(loop: Loop) -> None:
    async with SimServer({"/cam/x": loop}) as server, Client(server.url("/cam/x")) as client:
        answer = await client.play()
        packets = await client.packets(2.6)
    video = [packet for packet in packets if packet.channel == 0]
    assert all((b.sequence - a.sequence) & 0xFFFF == 1 for a, b in itertools.pairwise(video))
    steps = {(b.stamp - a.stamp) & 0xFFFF_FFFF for a, b in itertools.pairwise(video)}
    assert steps <= {0, 3600}
    assert f"seq={video[0].sequence};rtptime={video[0].stamp}" in answer.headers["rtp-info"]
    report = next(packet for packet in packets if packet.channel == 1)
    assert abs(report.ntp_s - report.at_s) < 1.0
    ahead_s = ((report.report_stamp - video[-1].stamp + 2**31) % 2**32 - 2**31) / 90_000
    assert abs((report.ntp_s - ahead_s) - video[-1].at_s) < 1.0


async def test_it_starts_with_a_keyframe_at_once_or_at_the_next_one(loop: Loop) -> None:
    async with SimServer({"/cam/x": loop}) as server:
        for query in ("", "?start=keyframe", "?pace=frame"):
            async with Client(server.url("/cam/x") + query) as client:
                await client.play()
                first = await client.packet()
                while first.channel != 0:
                    first = await client.packet()
                assert first.payload[0] & 0x1F == 7  # the sequence parameter set comes before the picture


async def test_a_camera_can_be_paused_and_torn_down(loop: Loop) -> None:
    async with SimServer({"/cam/x": loop}) as server, Client(server.url("/cam/x")) as client:
        await client.play()
        await client.packets(0.2)
        await client.send(f"TEARDOWN {client.plain} RTSP/1.0\r\nCSeq: 90\r\nSession: {client.session}\r\n\r\n".encode())
        rest = b""
        while chunk := await client.raw(1 << 16):
            rest += chunk
        assert b"CSeq: 90" in rest
        assert not server.connections


@pytest.mark.parametrize(
    ("request_line", "status"),
    [("FETCH {} RTSP/1.0", 405), ("PLAY {} RTSP/1.0", 454), ("DESCRIBE {}/none RTSP/1.0", 404), ("nonsense", 400)],
)
async def test_wrong_requests_are_answered(loop: Loop, request_line: str, status: int) -> None:
    async with SimServer({"/cam/x": loop}) as server, Client(server.url("/cam/x")) as client:
        await client.send((request_line.format(client.plain) + "\r\nCSeq: 4\r\n\r\n").encode())
        assert f"RTSP/1.0 {status} ".encode() in await client.raw(4096)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.binary(min_size=1, max_size=300), max_size=5))
def test_no_bytes_bring_it_down(loop: Loop, chunks: list[bytes]) -> None:
    async def talk() -> None:
        async with SimServer({"/cam/x": loop}) as server:
            async with Client(server.url("/cam/x")) as rude:
                for chunk in chunks:
                    await rude.send(chunk)
            async with Client(server.url("/cam/x")) as client:
                assert (await client.request("OPTIONS")).status == 200

    asyncio.run(talk())


async def test_a_silent_client_is_dropped_after_the_session_timeout(loop: Loop) -> None:
    async with SimServer({"/cam/x": loop}, session_timeout_s=0.4) as server, Client(server.url("/cam/x")) as client:
        await client.play()
        with pytest.raises((asyncio.IncompleteReadError, ConnectionResetError)):
            while True:
                await client.packet()


async def test_a_slow_reader_gets_a_keyframe_after_what_it_missed(loop_cache: Path) -> None:
    loop = small_loop(loop_cache, width=640, height=360, kbit_s=40_000)
    async with SimServer({"/cam/x": loop}) as server, Client(server.url("/cam/x")) as client:
        client._reader._limit = 1 << 14  # so that the socket fills, not the reader
        await client.play()
        deadline = time.monotonic() + 30
        while not any(connection._lagging for connection in server.connections):
            assert time.monotonic() < deadline, "the connection never fell behind"
            await asyncio.sleep(0.05)
        last = -1
        while time.monotonic() < deadline:
            packet = await client.packet()
            if packet.channel == 0:
                if last >= 0 and (packet.sequence - last) & 0xFFFF != 1:
                    assert packet.payload[0] & 0x1F == 7
                    return
                last = packet.sequence
        pytest.fail("nothing was left out")


async def test_two_hundred_connections(loop: Loop) -> None:
    async with SimServer(lambda path: loop if path.startswith("/cam/") else None) as server:

        async def watch(number: int) -> int:
            async with Client(server.url(f"/cam/{number}")) as client:
                await client.play()
                pictures = 0
                while pictures < 40:  # more than the group that is sent at once
                    packet = await client.packet(20)
                    pictures += packet.channel == 0 and packet.marker
                return pictures

        assert sum(await asyncio.gather(*(watch(number) for number in range(200)))) == 200 * 40


@pytest.mark.peer
async def test_the_clock_camera_shows_the_time_to_machines() -> None:
    async with SimServer({"/bench/clock": ClockCamera()}) as server:

        def read() -> list[tuple[int | None, float]]:
            with av.open(server.url("/bench/clock"), options={"rtsp_transport": "tcp"}, timeout=15) as container:
                seen = []
                for frame in container.decode(video=0):
                    seen.append((read_code(frame.to_ndarray(format="gray")), time.time() * 1000))
                    if len(seen) == 20:
                        return seen
            return seen

        seen = await asyncio.to_thread(read)
    times = [shown for shown, _ in seen]
    assert None not in times
    assert times == sorted(times)  # type: ignore[type-var]
    assert all(0 <= at - (shown or 0) < 3000 for shown, at in seen)


@given(st.integers(0, 2**48 - 1))
def test_the_clock_code_reads_back(unix_ms: int) -> None:
    import numpy as np

    luma = np.zeros((360, 640), dtype=np.uint8)
    luma[:160] = np.kron(code_bits(unix_ms) * np.uint8(219) + np.uint8(16), np.ones((40, 40), dtype=np.uint8))
    assert read_code(luma) == unix_ms
    luma[20:60, 20:60] = 255 - luma[20:60, 20:60]
    assert read_code(luma) != unix_ms
