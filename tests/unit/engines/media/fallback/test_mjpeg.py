"""MJPEG over HTTP, as cameras without RTSP send it, taken by the fallback path."""

from __future__ import annotations

import asyncio
import io
import secrets
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from PIL import Image

from prahari.contracts.media import Reason
from prahari.engines.media.cameras.keyframes import KeyframeWait
from prahari.engines.media.cameras.ports import Address
from prahari.engines.media.fallback.source import FallbackSource
from prahari.engines.media.ingest.upstream import UpstreamState
from prahari.engines.media.rtsp.address import parse_address
from prahari.engines.media.rtsp.errors import StreamError
from prahari.simcity.rtsp import Auth

USER = ("viewer", "p@ss word")
NONCE = web.AppKey("nonce", str)


def jpeg(number: int) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (320, 240), (number * 9 % 256, 90, 140)).save(file, "JPEG")
    return file.getvalue()


async def stream(request: web.Request) -> web.StreamResponse:
    nonce = request.app[NONCE]
    auth = Auth(*USER)
    if not auth.accepts(request.headers.get("Authorization", ""), "GET", nonce):
        return web.Response(status=401, headers={"WWW-Authenticate": auth.challenges(nonce)[0]})
    answer = web.StreamResponse(headers={"Content-Type": "multipart/x-mixed-replace; boundary=picture"})
    await answer.prepare(request)
    for number in range(600):
        body = jpeg(number)
        head = f"--picture\r\nContent-Type: image/jpeg\r\nContent-Length: {len(body)}\r\n\r\n"
        await answer.write(head.encode() + body + b"\r\n")
        await asyncio.sleep(0.04)
    return answer


async def _elsewhere(request: web.Request) -> web.Response:
    return web.Response(status=302, headers={"Location": "/video.mjpg"})


@pytest.fixture
async def address() -> AsyncIterator[str]:
    app = web.Application()
    app[NONCE] = secrets.token_hex(8)
    app.router.add_get("/video.mjpg", stream)
    app.router.add_get("/elsewhere", _elsewhere)
    runner = web.AppRunner(app, shutdown_timeout=0.1, handler_cancellation=True)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def keyframe(url: str, credentials: tuple[str, str]) -> tuple[str, int, int]:
    wait = KeyframeWait(asker=None)

    def on_state(state: UpstreamState) -> None:
        if state.reason is not Reason.NONE:
            wait.fail(state.reason, state.detail)

    source = FallbackSource("camera", Address(url, credentials), on_state)
    source.add_sink(wait)
    source.start()
    try:
        video, unit = await wait.result(30)
    finally:
        await source.close()
    assert unit.keyframe
    return video.codec, video.width, video.height


async def test_pictures_over_http_become_h264(address: str) -> None:
    assert await keyframe(f"{address}/video.mjpg", USER) == ("h264", 320, 240)


async def test_a_wrong_password_is_told(address: str) -> None:
    with pytest.raises(StreamError) as failed:
        await keyframe(f"{address}/video.mjpg", ("viewer", "wrong"))
    assert failed.value.reason is Reason.WRONG_PASSWORD and "wrong" not in failed.value.detail


async def test_no_camera_sends_us_on_to_another_address(address: str) -> None:
    with pytest.raises(StreamError):
        await keyframe(f"{address}/elsewhere", USER)


def test_our_own_client_leaves_it_to_the_fallback() -> None:
    with pytest.raises(StreamError) as failed:
        parse_address("http://10.0.0.9/video.mjpg")
    assert failed.value.reason is Reason.UNSUPPORTED
