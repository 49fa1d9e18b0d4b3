"""RTSP over TLS: pictures come through, and only from the camera whose certificate was taken first."""

from __future__ import annotations

import asyncio
import hashlib
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from media_rig import small_loop
from prahari.contracts.media import Reason
from prahari.engines.media.ingest.probe import one_keyframe
from prahari.engines.media.rtsp.errors import StreamError
from prahari.engines.media.rtsp.tls import Trust
from prahari.runtime import tls
from prahari.simcity.rtsp import Auth, SimServer

CREDENTIALS = ("viewer", "secret")


def certificate(folder: Path) -> tuple[ssl.SSLContext, str]:
    """A server's context with a certificate of its own, and that one's SHA-256."""
    cert, key = tls.ensure(folder, "127.0.0.1")
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(cert, key)
    return context, hashlib.sha256(ssl.PEM_cert_to_DER_cert(cert.read_text().split("\n\n")[0])).hexdigest()


@asynccontextmanager
async def encrypting(port: int, context: ssl.SSLContext, at: int = 0) -> AsyncIterator[int]:
    """What a camera's web server does: TLS outside, the camera's RTSP port inside. The port that it listens on."""
    running: set[asyncio.Task[None]] = set()

    async def pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(65_536):
                writer.write(data)
                await writer.drain()
        except OSError:
            pass
        finally:
            writer.close()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        running.add(asyncio.current_task())  # type: ignore[arg-type]
        inner_reader, inner_writer = await asyncio.open_connection("127.0.0.1", port)
        await asyncio.gather(pass_on(reader, inner_writer), pass_on(inner_reader, writer))

    server = await asyncio.start_server(serve, "127.0.0.1", at, ssl=context)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        await asyncio.wait(running, timeout=3)


@pytest.fixture
async def camera(tmp_path: Path) -> AsyncIterator[SimServer]:
    async with SimServer({"/cam": small_loop(tmp_path)}, auth=Auth(*CREDENTIALS)) as server:
        yield server


@pytest.fixture(autouse=True)
def trust(tmp_path: Path) -> Path:
    kept = tmp_path / "certificates.json"
    Trust.keep_at(kept)
    return kept


async def picture(address: str) -> None:
    parameters, keyframe = await one_keyframe(address, CREDENTIALS, 8)
    assert parameters.video is not None and keyframe.keyframe


async def refused(address: str) -> StreamError:
    with pytest.raises(StreamError) as caught:
        await one_keyframe(address, CREDENTIALS, 8)
    return caught.value


async def test_the_first_certificate_is_taken_and_no_other_after_it(
    tmp_path: Path, camera: SimServer, trust: Path
) -> None:
    context, _ = certificate(tmp_path / "a")
    other, shown = certificate(tmp_path / "b")
    async with encrypting(camera.port, context) as port:
        await picture(f"rtsps://127.0.0.1:{port}/cam")
        await picture(f"rtsps://127.0.0.1:{port}/cam")
    Trust.keep_at(trust)  # after a restart of the worker too
    async with encrypting(camera.port, other, port):
        error = await refused(f"rtsps://127.0.0.1:{port}/cam")
        assert error.reason is Reason.CERTIFICATE and shown in error.detail
        assert not camera.connections or all(not one.playing for one in camera.connections)
        await picture(f"rtsps://127.0.0.1:{port}/cam#sha256={shown}")  # as the sentence says


async def test_a_pinned_certificate_is_the_only_one_from_the_start(tmp_path: Path, camera: SimServer) -> None:
    context, shown = certificate(tmp_path / "a")
    async with encrypting(camera.port, context) as port:
        await picture(f"rtsps://127.0.0.1:{port}/cam#sha256={shown.upper()}")
        wrong = "0" * 64
        assert (await refused(f"rtsps://127.0.0.1:{port}/cam#sha256={wrong}")).reason is Reason.CERTIFICATE
        assert (await refused(f"rtsps://127.0.0.1:{port}/cam#sha256=12")).reason is Reason.CERTIFICATE


async def test_a_camera_that_does_not_encrypt_or_hangs_up(camera: SimServer) -> None:
    assert (await refused(camera.url("/cam", credentials=False).replace("rtsp:", "rtsps:"))).reason in {
        Reason.BAD_STREAM, Reason.CONNECTION_LOST, Reason.TIMEOUT,
    }  # fmt: skip
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    assert (await refused(f"rtsps://127.0.0.1:{port}/cam")).reason is Reason.UNREACHABLE
