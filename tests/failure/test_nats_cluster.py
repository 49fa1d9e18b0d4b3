"""Three NATS servers on three addresses of this machine: one is killed, and nothing acknowledged is lost."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import nats.errors
import pytest
from nats.js.errors import Error as JetStreamError

import media_rig
from cluster_rig import cluster, eventually, nodes, placing
from media_rig import plan, until
from prahari.contracts import bus, subjects
from prahari.contracts.config import Config
from prahari.runtime import ports
from prahari.runtime.nats import binary
from prahari.simcity.rtsp import Loop, SimServer

pytestmark = [pytest.mark.failure, pytest.mark.timeout(180)]
HOSTS = ("127.0.0.2", "127.0.0.3", "127.0.0.4")


@pytest.fixture(scope="module")
def loop(tmp_path_factory: pytest.TempPathFactory) -> Loop:
    return media_rig.small_loop(tmp_path_factory.mktemp("loops"))


class Servers:
    """As docs/cluster.md says, with ports that are free here."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.port, self._route = ports.free()[0], ports.free()[0]
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    @property
    def url(self) -> str:
        return ",".join(f"nats://secret@{host}:{self.port}" for host in HOSTS)

    def start(self, host: str) -> None:
        folder = self._folder / host
        folder.mkdir(exist_ok=True)
        configuration = {
            "server_name": f"nats-{host.replace('.', '-')}",
            "listen": f"{host}:{self.port}",
            "authorization": {"token": "secret"},
            "jetstream": {"store_dir": str(folder), "sync_interval": "always"},
            "cluster": {
                "name": "centre",
                "listen": f"{host}:{self._route}",
                "routes": [f"nats-route://{other}:{self._route}" for other in HOSTS],
            },
        }
        (folder / "nats.conf").write_text(json.dumps(configuration))
        with (folder / "log").open("ab") as log:
            self.processes[host] = subprocess.Popen(
                [str(binary()), "-c", str(folder / "nats.conf")], stdout=log, stderr=log
            )

    def kill(self, host: str) -> None:
        process = self.processes.pop(host)
        process.kill()
        process.wait(10)


@pytest.fixture
def servers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Servers]:
    monkeypatch.setenv("PRAHARI_NATS_REPLICAS", "3")
    found = Servers(tmp_path)
    for host in HOSTS:
        found.start(host)
    try:
        yield found
    finally:
        for host in list(found.processes):
            found.kill(host)


async def test_one_of_three_is_killed_and_plans_leases_and_events_go_on(
    config: Config, loop: Loop, servers: Servers, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with SimServer({"/one": loop, "/two": loop}) as camera_server, cluster(servers.url) as here:
        js = here.js
        first, second = plan(config, camera_server.url("/one")), plan(config, camera_server.url("/two"))
        await bus.ensure_event_stream(js)
        bucket = await bus.ensure_plan_bucket(js)
        await media_rig.put(bucket, first)
        with nodes(tmp_path, config, servers.url) as (centre, other):
            await here.join(other)
            centre.start()
            other.start()
            async with placing(servers.url):
                await here.served_by(first.camera_id, centre)
                await until(lambda: centre.groups(first.camera_id), 20, "the first camera recorded")
                acknowledged: list[int] = []
                stopping = asyncio.Event()
                teller = asyncio.create_task(_tell(js, acknowledged, stopping))
                await until(lambda: len(acknowledged) > 50, 20, "events taken")
                info = await js.stream_info(f"KV_{subjects.MEDIA_LEASE_BUCKET}")
                assert info.config.num_replicas == 3 and info.cluster is not None
                leader = (info.cluster.leader or "").removeprefix("nats-").replace("-", ".")
                servers.kill(leader)
                killed_s = time.monotonic()
                told = len(acknowledged)
                await until(lambda: len(acknowledged) > told + 100, 30, "events taken again")
                assert time.monotonic() - killed_s < 20
                # A plan that is made now is acted on, a lease goes on, no camera was let go.
                await _put(bucket, second.camera_id, msgspec.json.encode(second))
                await until(lambda: _recorded(second.camera_id, centre, other), 40, "the second camera recorded")
                lease = await here.lease(centre)
                assert lease is not None and lease.number == 1 and lease.state == "held"
                groups = centre.groups(first.camera_id)
                assert max(b.start_ms - a.end_ms for a, b in itertools.pairwise(groups)) < 500
                assert "the lease has run out" not in centre.log + other.log
                servers.start(leader)
                await eventually(lambda: _is_whole(js), 60, "the third server up to date again")
                stopping.set()
                await teller
        found = set()
        for sequence in range(1, (await js.stream_info(subjects.EVENT_STREAM)).state.last_seq + 1):
            with contextlib.suppress(JetStreamError):
                data = (await js.get_msg(subjects.EVENT_STREAM, sequence)).data or b""
                if data.isdigit():
                    found.add(int(data))
        assert set(acknowledged) <= found, sorted(set(acknowledged) - found)
    assert "Authorization" not in caplog.text, "a server that was told of by another was not opened"


def _recorded(camera_id: str, *machines: object) -> bool:
    return any(node.groups(camera_id) for node in machines)  # type: ignore[attr-defined]


async def _tell(js: object, acknowledged: list[int], stopping: asyncio.Event) -> None:
    number = 0
    while not stopping.is_set():
        number += 1
        headers = {"Nats-Msg-Id": str(number)}
        while True:
            try:
                await js.publish("events.test", str(number).encode(), timeout=2, headers=headers)  # type: ignore[attr-defined]
                acknowledged.append(number)
                break
            except (TimeoutError, nats.errors.Error, JetStreamError):
                await asyncio.sleep(0.1)
        await asyncio.sleep(0.005)


async def _put(bucket: object, key: str, value: bytes) -> None:
    while True:
        try:
            await bucket.put(key, value)  # type: ignore[attr-defined]
            return
        except (TimeoutError, nats.errors.Error, JetStreamError):
            await asyncio.sleep(0.1)


async def _is_whole(js: object) -> bool:
    info = await js.stream_info(subjects.EVENT_STREAM)  # type: ignore[attr-defined]
    replicas = info.cluster.replicas or []
    return len(replicas) == 2 and all(one.current and not one.offline for one in replicas)
