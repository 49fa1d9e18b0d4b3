"""The handshake against real sockets that answer wrongly, slowly or not at all."""

import asyncio
import contextlib
import socket
import time
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from prahari.contracts.media import Reason
from prahari.engines.media.rtsp import client
from prahari.engines.media.rtsp.client import play
from prahari.engines.media.rtsp.errors import StreamError

Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@contextlib.asynccontextmanager
async def server(handle: Handler) -> AsyncIterator[str]:
    tasks: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
                await handle(reader, writer)
                await writer.drain()
        finally:
            writer.close()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        tasks.add(asyncio.create_task(serve(reader, writer)))

    running = await asyncio.start_server(accept, "127.0.0.1", 0)
    async with running:
        yield f"rtsp://127.0.0.1:{running.sockets[0].getsockname()[1]}/x"
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def refusal(url: str, credentials: tuple[str, str] | None = None) -> StreamError:
    with pytest.raises(StreamError) as caught:
        await play(url, credentials)
    assert "secret" not in caught.value.detail
    return caught.value


def always(answer: bytes) -> Handler:
    """Answers every request with the same, its CSeq put in."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while head := await reader.readuntil(b"\r\n\r\n"):
            number = head.split(b"CSeq: ")[1].split(b"\r\n")[0]
            writer.write(answer.replace(b"{n}", number))

    return handle


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (b"401 Unauthorized", Reason.WRONG_PASSWORD),
        (b"403 Forbidden", Reason.WRONG_PASSWORD),
        (b"404 Not Found", Reason.NOT_FOUND),
        (b"454 Session Not Found", Reason.NOT_FOUND),
        (b"500 Oops\x1b[31m", Reason.REFUSED),
        (b"302 Moved", Reason.REFUSED),
    ],
)
async def test_statuses_become_reasons(status: bytes, reason: Reason) -> None:
    async with server(always(b"RTSP/1.0 " + status + b"\r\nCSeq: {n}\r\n\r\n")) as url:
        error = await refusal(url)
    assert error.reason is reason
    assert error.detail.isprintable()


async def test_a_wrong_password_is_tried_once() -> None:
    asked = []

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while head := await reader.readuntil(b"\r\n\r\n"):
            asked.append(head)
            number = head.split(b"CSeq: ")[1].split(b"\r\n")[0]
            challenge = b'WWW-Authenticate: Digest realm="r", nonce="%d"' % len(asked)
            writer.write(b"RTSP/1.0 401 No\r\nCSeq: " + number + b"\r\n" + challenge + b"\r\n\r\n")

    async with server(handle) as url:
        assert (await refusal(url, ("admin", "secret"))).reason is Reason.WRONG_PASSWORD
    assert len(asked) == 2
    assert b"Authorization" not in asked[0] and b"Authorization: Digest" in asked[1]


async def test_a_header_of_ten_megabytes_is_not_read_to_its_end() -> None:
    sent = 0

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        await reader.read(100)
        writer.write(b"RTSP/1.0 200 OK\r\nX: ")
        for _ in range(160):
            writer.write(b"x" * 65_536)
            await writer.drain()
            sent += 65_536

    async with server(handle) as url:
        assert (await refusal(url)).reason is Reason.TOO_LARGE
    assert sent < 10_000_000


async def test_garbage_is_a_bad_stream() -> None:
    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(100)
        writer.write(bytes(range(128, 256)) * 8)

    async with server(handle) as url:
        assert (await refusal(url)).reason is Reason.BAD_STREAM


async def test_a_slow_loris_and_a_silent_camera_end_at_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "HANDSHAKE_TIMEOUT_S", 0.5)

    async def trickle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for byte in b"RTSP/1.0 200 OK\r\nCSeq: 1\r\nServer: very slow indeed" * 5:  # for 12 s
            writer.write(bytes((byte,)))
            await writer.drain()
            await asyncio.sleep(0.05)

    async def silence(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()

    for handle in (trickle, silence):
        async with server(handle) as url:
            started_s = time.monotonic()
            error = await refusal(url)
            assert error.reason is Reason.TIMEOUT and "OPTIONS" in error.detail
            assert time.monotonic() - started_s < 8


async def test_nobody_listens() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert (await refusal(f"rtsp://127.0.0.1:{port}/")).reason is Reason.UNREACHABLE
    assert (await refusal("rtsp://no-such-host.invalid/")).reason is Reason.UNREACHABLE


async def test_redirects_are_followed_without_the_password_and_not_for_ever() -> None:
    seen: list[bytes] = []

    def handle_for(location: bytes) -> Handler:
        async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            while head := await reader.readuntil(b"\r\n\r\n"):
                seen.append(head)
                number = head.split(b"CSeq: ")[1].split(b"\r\n")[0]
                status = b"302 Moved" if head.startswith(b"DESCRIBE") else b"200 OK"
                lines = [b"RTSP/1.0 " + status, b"CSeq: " + number, b"Location: " + location]
                writer.write(b"\r\n".join(lines) + b"\r\n\r\n")

        return handle

    async with server(always(b'RTSP/1.0 401 No\r\nCSeq: {n}\r\nWWW-Authenticate: Basic realm="x"\r\n\r\n')) as other:
        elsewhere = other.replace("127.0.0.1", "localhost").encode()
        async with server(handle_for(elsewhere)) as url:
            error = await refusal(url, ("admin", "secret"))
    assert error.reason is Reason.WRONG_PASSWORD and "asks for" in error.detail
    assert all(b"Authorization" not in head for head in seen)

    seen.clear()
    urls: list[bytes] = [b""]

    async def loop(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await handle_for(urls[0])(reader, writer)

    async with server(loop) as url:
        urls[0] = url.encode()
        assert (await refusal(url)).reason is Reason.REFUSED
    assert sum(head.startswith(b"DESCRIBE") for head in seen) == client.MAX_REDIRECTS + 1


async def test_requests_of_the_camera_are_answered() -> None:
    got: list[bytes] = []

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"OPTIONS rtsp://x RTSP/1.0\r\nCSeq: 77\r\n\r\n")
        got.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(b"RTSP/1.0 404 Not Found\r\nCSeq: 1\r\n\r\nRTSP/1.0 404 Not Found\r\nCSeq: 2\r\n\r\n")
        await reader.read(2000)

    async with server(handle) as url:
        assert (await refusal(url)).reason is Reason.NOT_FOUND
    assert got == [b"RTSP/1.0 200 OK\r\nCSeq: 77\r\n\r\n"]
