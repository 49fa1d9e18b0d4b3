"""Probes: rounds over cameras on request, a test of an address over NATS, discovery."""

from __future__ import annotations

import asyncio
import base64
import io
import socket
import struct
import time
import uuid
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nats.aio.client import Client
from PIL import Image

import media_rig
from media_rig import permit, plan, running_worker, until
from prahari.contracts import bus, events, sealing, subjects
from prahari.contracts.config import Config
from prahari.contracts.events import Event
from prahari.contracts.media import (
    DiscoverReply,
    DiscoverRequest,
    ProbeReply,
    ProbeRequest,
    Reason,
    RecordMode,
    SealedAddress,
    WorkerState,
)
from prahari.engines.media.probe import rounds
from prahari.engines.media.probe.rounds import next_moment_s
from prahari.simcity.rtsp import Auth, Loop, SimServer


@pytest.fixture(scope="module")
def loop(tmp_path_factory: pytest.TempPathFactory) -> Loop:
    return media_rig.small_loop(tmp_path_factory.mktemp("loops"))


class Ear:
    """Hears what media workers tell the centre."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.states: list[WorkerState] = []

    async def listen(self, client: Client) -> None:
        async def on_batch(message: object) -> None:
            self.events.extend(events.decode(message.data).events)  # type: ignore[attr-defined]

        async def on_state(message: object) -> None:
            self.states.append(msgspec.json.decode(message.data, type=WorkerState))  # type: ignore[attr-defined]

        await client.subscribe(subjects.events("media"), cb=on_batch)
        await client.subscribe(subjects.media_worker_state(0), cb=on_state)
        await client.flush()

    def states_of(self, camera_id: str) -> list[tuple[str, str]]:
        return [
            (event.data["status"], event.data.get("reason", ""))
            for event in self.events
            if event.type == events.CAMERA_STATUS and event.subject == camera_id
        ]

    def proved(self) -> dict[str, list[int]]:
        """camera -> proof_until_ms of each proof."""
        found: dict[str, list[int]] = {}
        for event in self.events:
            if event.type == events.CAMERA_PROOF:
                for camera_id, _, until_ms, _ in event.data["rows"]:
                    found.setdefault(camera_id, []).append(until_ms)
        return found


@given(st.uuids(), st.integers(5, 3600), st.floats(1e9, 3e9))
def test_each_camera_has_one_moment_in_each_period(camera: uuid.UUID, period_s: int, now_s: float) -> None:
    first = next_moment_s(str(camera), period_s, now_s)
    assert now_s < first <= now_s + 1.1 * period_s + 1e-3
    following = [first]
    for _ in range(40):
        following.append(next_moment_s(str(camera), period_s, following[-1]))
    steps = [after - before for before, after in pairwise(following)]
    assert all(0.89 * period_s < step < 1.11 * period_s for step in steps)
    assert len({round(step / period_s, 3) for step in steps}) > 10  # not at the same second of every fifth minute


def test_moments_are_spread_evenly() -> None:
    moments = [next_moment_s(str(uuid.uuid4()), 300, 0) for _ in range(3000)]
    tenths = [sum(int(moment // 30) % 10 == tenth for moment in moments) for tenth in range(10)]
    assert min(tenths) > 220 and max(tenths) < 380


async def test_cameras_on_request_are_proved_by_probes_and_states_reach_the_centre(
    config: Config, loop: Loop, fresh_nats_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rounds, "AT_ONCE", 3)
    async with SimServer({f"/cam{number}": loop for number in range(8)}) as server:
        good = [
            plan(config, server.url(f"/cam{number}"), record=RecordMode.NONE, probe_period_s=600) for number in range(8)
        ]
        missing = plan(config, server.url("/none"), record=RecordMode.NONE, probe_period_s=600)
        forbidden = plan(config, server.url("/cam0"), record=RecordMode.NONE, permit="")
        recorded = plan(config, server.url("/cam1"))
        client = await bus.connect(fresh_nats_url, "test")
        ear = Ear()
        await ear.listen(client)
        bucket = await bus.ensure_plan_bucket(client.jetstream(timeout=5))
        await media_rig.put(bucket, *good, missing, forbidden, recorded)
        most = 0
        async with running_worker(config, fresh_nats_url):

            def all_told() -> bool:
                nonlocal most
                most = max(most, len(server.connections))
                return all(ear.states_of(one.camera_id) for one in [*good, missing, forbidden, recorded])

            await until(all_told, 20, "all states told")
            assert most <= 4  # three probes and the recorded one
            for one in [*good, recorded]:
                assert ear.states_of(one.camera_id)[-1] == ("live", "")
            assert ear.states_of(missing.camera_id)[-1] == ("offline", "not_found")
            assert ear.states_of(forbidden.camera_id)[-1] == ("no_consent", "no_permit")
            told = next(event for event in ear.events if event.subject == good[0].camera_id)
            assert (told.jurisdiction, told.agency) == ("up.kanpur", "police")
            await until(lambda: {one.camera_id for one in [*good, recorded]} <= set(ear.proved()), 12, "all proved")
            now_ms = time.time() * 1000
            proved = ear.proved()
            assert 0 < max(proved[recorded.camera_id]) - now_ms <= 20_000
            assert 1_400_000 < max(proved[good[0].camera_id]) - now_ms <= 1_500_000
            await until(lambda: len(ear.states) >= 2, what="heartbeats")
            state = ear.states[-1]
            assert (state.cameras, state.recording) == (11, 1)
            assert 1 <= state.open_streams <= 4
            assert state.disk_free_bytes > 0
        await client.close()


async def ask(client: Client, request: ProbeRequest) -> ProbeReply:
    answer = await client.request(subjects.MEDIA_PROBE, msgspec.json.encode(request), timeout=20)
    return msgspec.json.decode(answer.data, type=ProbeReply)


async def test_an_address_is_tested_once_with_its_permit(config: Config, loop: Loop, fresh_nats_url: str) -> None:
    key = config.signing_key()
    async with SimServer({"/cam": loop}, auth=Auth("user", "secret")) as server:
        camera_id = str(uuid.uuid4())

        def request(path: str = "/cam", password: str = "secret", url: str = "", **claims: object) -> ProbeRequest:
            sealed = sealing.seal(
                msgspec.json.encode({"username": "user", "password": password}).decode(),
                config.sealing_key(),
                f"camera:{camera_id}",
            )
            survey = permit(key, camera_id, basis="survey", record=False, **claims)
            address = SealedAddress(url or server.url(path, credentials=False), sealed)
            return ProbeRequest(camera_id, address, survey, timeout_s=6)

        client = await bus.connect(fresh_nats_url, "test")
        async with running_worker(config, fresh_nats_url) as worker:
            await until(lambda: worker.is_serving, what="requests served")
            reply = await ask(client, request())
            assert reply.ok and reply.video == {"codec": "h264", "width": 320, "height": 240}
            assert Image.open(io.BytesIO(base64.b64decode(reply.jpeg_base64))).size == (320, 240)
            assert 0 < reply.elapsed_ms < 6000
            with socket.socket() as free:
                free.bind(("127.0.0.1", 0))
                closed = f"rtsp://127.0.0.1:{free.getsockname()[1]}/cam"
            wrong = [
                (request(password="wrong"), Reason.WRONG_PASSWORD),
                (request(path="/none"), Reason.NOT_FOUND),
                (request(url=closed), Reason.UNREACHABLE),
                (request(url="file:///etc/passwd"), Reason.REFUSED),
                (request(url="ftp://127.0.0.1/"), Reason.REFUSED),
                (request(url=closed.replace("rtsp", "http")), Reason.UNREACHABLE),  # MJPEG may come over HTTP
                (request(exp_s=int(time.time()) - 1), Reason.PERMIT_ENDED),
                (msgspec.structs.replace(request(), permit=""), Reason.NO_PERMIT),
                (msgspec.structs.replace(request(), camera_id=str(uuid.uuid4())), Reason.NO_PERMIT),
            ]
            for bad, reason in wrong:
                reply = await ask(client, bad)
                assert (reply.ok, reply.reason, reply.jpeg_base64) == (False, reason, "")
                assert reply.detail and "secret" not in reply.detail
            garbage = await client.request(subjects.MEDIA_PROBE, b"{", timeout=5)
            assert msgspec.json.decode(garbage.data, type=ProbeReply).reason is Reason.REFUSED
            no_picture = await ask(client, request(live=False))
            assert not no_picture.ok  # neither live nor record: no leave at all
            assert not server.connections
        await client.close()


ANSWER = b"""<?xml version="1.0" encoding="UTF-8"?>
<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope" xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery"
 xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing"><e:Body><d:ProbeMatches><d:ProbeMatch>
<a:EndpointReference><a:Address>urn:uuid:1</a:Address></a:EndpointReference><d:Types>dn:NetworkVideoTransmitter</d:Types>
<d:Scopes>onvif://www.onvif.org/name/Gate%20Camera onvif://www.onvif.org/hardware/HX-200
onvif://www.onvif.org/manufacturer/Acme</d:Scopes>
<d:XAddrs>http://192.0.2.77/onvif/device_service</d:XAddrs></d:ProbeMatch></d:ProbeMatches></e:Body></e:Envelope>"""


async def test_cameras_on_the_network_are_found(config: Config, fresh_nats_url: str) -> None:
    """A camera that answers WS-Discovery on the multicast group, as real ones do."""
    group = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    group.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    group.bind(("", 3702))
    group.setsockopt(
        socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, struct.pack("4sl", socket.inet_aton("239.255.255.250"), 0)
    )
    group.setblocking(False)
    loop = asyncio.get_running_loop()

    async def camera() -> None:
        while True:
            question, address = await loop.sock_recvfrom(group, 65_535)
            if b"Probe" in question:
                await loop.sock_sendto(group, ANSWER, address)
                await loop.sock_sendto(group, b"<not xml", address)

    task = asyncio.create_task(camera())
    client = await bus.connect(fresh_nats_url, "test")
    try:
        async with running_worker(config, fresh_nats_url) as worker:
            await until(lambda: worker.is_serving, what="requests served")
            request = msgspec.json.encode(DiscoverRequest(timeout_s=1.5))
            answer = await client.request(subjects.MEDIA_DISCOVER, request, timeout=15)
            reply = msgspec.json.decode(answer.data, type=DiscoverReply)
    finally:
        task.cancel()
        group.close()
        await client.close()
    assert reply.detail == ""
    (found,) = [device for device in reply.devices if device.host == "192.0.2.77"]
    assert (found.name, found.make, found.model) == ("Gate Camera", "Acme", "HX-200")
