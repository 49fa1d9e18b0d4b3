"""The embedded NATS: reachable with its token only, JetStream on."""

from __future__ import annotations

import socket

import nats


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
