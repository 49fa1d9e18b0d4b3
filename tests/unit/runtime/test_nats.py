"""The embedded NATS: reachable with its token only, JetStream on."""

from __future__ import annotations

import asyncio
import socket
import subprocess
from pathlib import Path

import nats
import pytest

from media_rig import until
from prahari.contracts import bus
from prahari.runtime import keys, ports, tls
from prahari.runtime.nats import Nats


async def test_jetstream_takes_messages(nats_url: str) -> None:
    connection = await nats.connect(nats_url)
    await connection.jetstream().add_stream(name="T", subjects=["t.>"])
    assert (await connection.jetstream().publish("t.one", b"1")).seq == 1
    await connection.close()


def test_token_is_needed(nats_url: str) -> None:
    port = int(nats_url.rsplit(":", 1)[1])
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection, connection.makefile("rwb") as stream:
        assert b'"auth_required":true' in stream.readline()
        stream.write(b'CONNECT {"verbose":false}\r\nPING\r\n')
        stream.flush()
        assert b"Authorization Violation" in stream.readline()


async def test_for_other_machines_it_speaks_tls_to_whoever_knows_its_certificate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys.ensure(tmp_path)
    server = Nats(tmp_path, ports.free(host="127.0.0.2")[0], "127.0.0.2", tls.ensure(tmp_path, "127.0.0.2"))
    server.prepare()
    assert server.certificate is not None and server.url.startswith("tls://")
    with (tmp_path / "log").open("w") as log, subprocess.Popen(server.command(), stdout=log, stderr=log) as process:
        try:
            await until(server.ready, 20, "NATS")
            monkeypatch.setenv("PRAHARI_NATS_CA", str(server.certificate[0]))
            client = await bus.connect(server.url, "test")
            bucket = await bus.ensure_cluster_bucket(client.jetstream(), "test")
            await bucket.put("a", b"b")
            assert (await bucket.get("a")).value == b"b"
            await client.close()
            monkeypatch.delenv("PRAHARI_NATS_CA")
            with pytest.raises(TimeoutError):  # a stranger's certificate: it is never spoken to
                await asyncio.wait_for(bus.connect(server.url, "test"), 2)
        finally:
            process.kill()
