from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator

import pytest
from aiohttp.test_utils import TestClient, TestServer

from prahari.simcity.control import control_app
from prahari.simcity.rtsp import FaultError, Loop, SimServer
from simcity_rig import Client, Packet

X = "/cam/x"


@pytest.fixture
async def server(loop: Loop, other_loop: Loop) -> AsyncIterator[SimServer]:
    async with SimServer({X: loop, "/cam/y": loop}, other=other_loop) as running:
        yield running


def video(packets: list[Packet]) -> list[Packet]:
    return [packet for packet in packets if packet.channel == 0]


def gaps(packets: list[Packet]) -> list[int]:
    found = video(packets)
    return [(b.sequence - a.sequence) & 0xFFFF for a, b in itertools.pairwise(found)]


@pytest.mark.parametrize("status", [401, 404, 503])
async def test_answers_with_an_error(server: SimServer, status: int) -> None:
    server.set_fault(X, status=status)
    async with Client(server.url(X)) as client:
        assert (await client.request("DESCRIBE")).status == status
    async with Client(server.url("/cam/y")) as client:
        assert (await client.request("DESCRIBE")).status == 200


async def test_stall_and_recovery_on_an_open_connection(server: SimServer) -> None:
    async with Client(server.url(X)) as client:
        await client.play()
        assert video(await client.packets(0.3))
        server.set_fault(X, stall=True)
        await client.packets(0.2)
        assert await client.packets(0.4) == []
        server.clear_faults(X)
        assert video(await client.packets(0.4))


async def test_drop(server: SimServer) -> None:
    async with Client(server.url(X)) as client:
        await client.play()
        assert server.drop(X) == 1
        with pytest.raises((asyncio.IncompleteReadError, ConnectionResetError)):
            while True:
                await client.packet()


async def test_loss_leaves_holes_in_the_sequence(server: SimServer) -> None:
    async with Client(server.url(X)) as client:
        await client.play()
        await client.packets(0.2)
        server.set_fault(X, loss_pct=40)
        found = gaps(await client.packets(1.2))
    assert any(step > 1 for step in found)
    assert sum(found) > len(found) * 1.2


async def test_reordering_changes_order_and_loses_nothing(server: SimServer) -> None:
    server.set_fault(X, reorder_pct=30)
    async with Client(server.url(X)) as client:
        await client.play()
        sequences = [packet.sequence for packet in video(await client.packets(1.0))]
    start = sequences[0] - 5
    unwrapped = [(s - start) & 0xFFFF for s in sequences]
    assert unwrapped != sorted(unwrapped)
    assert len(set(unwrapped)) == len(unwrapped)
    assert max(unwrapped) - min(unwrapped) <= len(unwrapped)


async def test_clock_jumps(server: SimServer) -> None:
    async with Client(server.url(X)) as client:
        await client.play()
        before = video(await client.packets(0.3))[-1]
        server.set_fault(X, rtp_jump_s=3600, ntp_jump_s=-7200)
        packets = await client.packets(0.4)
        after = video(packets)[-1]
        assert ((after.stamp - before.stamp) & 0xFFFF_FFFF) // 90_000 == 3600
        assert set(gaps([before, *packets])) == {1}
    async with Client(server.url(X)) as client:
        await client.play()
        report = next(packet for packet in await client.packets(0.4) if packet.channel == 1)
        assert report.ntp_s - report.at_s == pytest.approx(-7200, abs=2)


async def test_no_reports(server: SimServer) -> None:
    server.set_fault(X, no_rtcp=True)
    async with Client(server.url(X)) as client:
        await client.play()
        assert {packet.channel for packet in await client.packets(0.4)} == {0}


async def test_a_frozen_picture_keeps_coming(server: SimServer) -> None:
    server.set_fault(X, freeze=True)
    async with Client(server.url(X)) as client:
        await client.play()
        packets = video(await client.packets(0.8))
    assert set(gaps(packets)) == {1}
    pictures: dict[int, bytes] = {}
    for packet in packets:
        pictures[packet.stamp] = pictures.get(packet.stamp, b"") + packet.payload
    whole = list(pictures.values())[:-1]
    assert len(whole) > 5
    assert len(set(whole)) <= 2  # one, or two when the loop's next keyframe came in between


async def test_parameters_change_in_mid_stream(server: SimServer) -> None:
    async with Client(server.url(X)) as client:
        await client.play()
        before = video(await client.packets(0.3))
        server.set_fault(X, other_resolution=True)
        after = video(await client.packets(1.4))
        server.clear_faults(X)
        again = video(await client.packets(1.4))
    everything = [*before, *after, *again]
    assert set(gaps(everything)) == {1}
    backwards = [(a.stamp - b.stamp + 2**31) % 2**32 - 2**31 for a, b in itertools.pairwise(everything)]
    assert max(backwards) < 90_000 / 2  # the two loops may differ by a part of a second, not by a group

    def parameters(packets: list[Packet]) -> set[bytes]:
        return {packet.payload for packet in packets if packet.payload[0] & 0x1F == 7}

    assert parameters(before) and parameters(after) - parameters(before)
    assert parameters(again) >= parameters(before)


async def test_garbage_instead_of_an_answer(server: SimServer) -> None:
    server.set_fault(X, garbage=True)
    async with Client(server.url(X)) as client:
        await client.send(f"DESCRIBE {client.plain} RTSP/1.0\r\nCSeq: 1\r\n\r\n".encode())
        assert not (await client.raw(4096)).startswith(b"RTSP")


async def test_garbage_between_packets(server: SimServer) -> None:
    server.set_fault(X, garbage_stream=True)
    async with Client(server.url(X)) as client:
        await client.play()
        with pytest.raises((AssertionError, TimeoutError)):
            for _ in range(500):
                await client.packet(1.0)


async def test_a_huge_header(server: SimServer) -> None:
    server.set_fault(X, huge_header_bytes=10_000_000)
    async with Client(server.url(X)) as client:
        await client.send(f"DESCRIBE {client.plain} RTSP/1.0\r\nCSeq: 1\r\n\r\n".encode())
        received = 0
        while received < 10_000_000:
            chunk = await client.raw(1 << 20)
            assert chunk
            received += len(chunk)


async def test_slow_loris(server: SimServer) -> None:
    server.set_fault(X, loris_s=0.05)
    async with Client(server.url(X)) as client:
        await client.send(f"OPTIONS {client.plain} RTSP/1.0\r\nCSeq: 1\r\n\r\n".encode())
        assert await client.raw(100) == b"R"
        assert await client.raw(100) == b"T"


async def test_refusing_one_camera_or_all(server: SimServer) -> None:
    server.set_fault(X, refuse=True)
    async with Client(server.url(X)) as client:
        with pytest.raises((asyncio.IncompleteReadError, ConnectionResetError)):
            await client.request("OPTIONS")
    server.set_fault("*", refuse=True)
    with pytest.raises(OSError):
        async with Client(server.url("/cam/y")):
            pass
    server.clear_faults()
    await server.reopen()
    async with Client(server.url(X)) as client:
        assert (await client.request("OPTIONS")).status == 200


@pytest.mark.parametrize(
    "fields", [{"loss_pct": 101}, {"status": 7}, {"nonsense": True}, {"stall": "much"}, {"loris_s": -1}]
)
async def test_impossible_faults_are_refused(server: SimServer, fields: dict[str, object]) -> None:
    with pytest.raises(FaultError):
        server.set_fault(X, **fields)
    with pytest.raises(FaultError):
        server.set_fault("cam/x", stall=True)


async def test_faults_over_http(server: SimServer) -> None:
    app = control_app(server, lambda: {"ok": True})
    async with TestClient(TestServer(app)) as http:
        assert (await http.get("/healthz")).status == 200
        answer = await http.put("/faults", json={"path": X, "status": 404})
        assert await answer.json() == {X: {"status": 404}}
        async with Client(server.url(X)) as client:
            assert (await client.request("DESCRIBE")).status == 404
        bad = await http.put("/faults", json={"path": X, "loss_pct": 400})
        assert bad.status == 400
        assert "between 0 and 100" in (await bad.json())["message"]
        assert (await http.put("/faults", data="{")).status == 400
        assert await (await http.delete("/faults", params={"path": X})).json() == {}
        assert await (await http.post("/drop", json={})).json() == {"dropped": 0}
        assert (await http.get("/faults", headers={"Origin": "http://evil.example"})).status == 403
        assert (await http.get("/faults", headers={"Host": "evil.example"})).status == 403
