"""Large answers do not hold up the cameras: how long the event loop stands still while a device is asked."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from prahari.contracts.media import Reason
from prahari.engines.media.onvif.adapter import OnveefDevice
from prahari.engines.media.onvif.ports import DeviceError
from prahari.engines.media.onvif.reading import MOST_SMALL_MARKS, Reader, is_small
from prahari.engines.media.onvif.sound import DEEPEST, MOST_BYTES, MOST_ELEMENTS, sound

SERVICES = "".join(
    f"<Service><Namespace>http://www.onvif.org/ver{version}/wsdl</Namespace><XAddr>http://127.0.0.1/{name}</XAddr>"
    "</Service>"
    for name, version in (("device", "10/device"), ("media", "10/media"), ("ptz", "20/ptz"))
)
CLOCK = (
    "<UTCDateTime><Time><Hour>1</Hour><Minute>2</Minute><Second>3</Second></Time>"
    "<Date><Year>2026</Year><Month>11</Month><Day>26</Day></Date></UTCDateTime>"
)
STILL_MOST_S = 0.02


def enveloped(body: str) -> bytes:
    return f"<Envelope><Body>{body}</Body></Envelope>".encode()


def presets(many: int) -> bytes:
    one = '<Preset token="{0}"><Name>Preset {0}</Name><PTZPosition><PanTilt x="0.1" y="0.2"/></PTZPosition></Preset>'
    return enveloped("".join(one.format(number) for number in range(many)))


@asynccontextmanager
async def answering(answer: bytes) -> AsyncIterator[str]:
    """A device that answers GetPresets like this."""

    async def handle(request: web.Request) -> web.Response:
        asked = await request.text()
        if "GetPresets" in asked:
            body = answer
        elif "GetSystemDateAndTime" in asked:
            body = enveloped(CLOCK)
        else:
            body = enveloped(SERVICES)
        return web.Response(body=body, content_type="application/soap+xml")

    application = web.Application()
    application.router.add_post("/{path:.*}", handle)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    assert site._server is not None
    port = site._server.sockets[0].getsockname()[1]  # type: ignore[attr-defined]
    yield f"http://127.0.0.1:{port}/onvif/device_service"
    await runner.cleanup()


class Stillness:
    """The longest step of the event loop, in processor time: what the machine's other work took is left out."""

    def __init__(self) -> None:
        self.longest_s = 0.0

    async def watch(self) -> None:
        while True:
            begun_s = time.thread_time()
            await asyncio.sleep(0)
            self.longest_s = max(self.longest_s, time.thread_time() - begun_s)


async def asked(url: str, reader: Reader) -> tuple[list[str], float]:
    """Tokens of the presets, and the longest step of the event loop: the least of three times, for garbage is
    collected now and then.
    """
    device = OnveefDevice(url, None, reader)
    longest = []
    try:
        await device.presets("main-1")  # imports and the helper's start
        for _ in range(3):
            still = Stillness()
            watching = asyncio.get_running_loop().create_task(still.watch())
            found = await device.presets("main-1")
            await asyncio.sleep(0)  # the step that ends here counts too
            await asyncio.sleep(0)
            watching.cancel()
            longest.append(still.longest_s)
    finally:
        await device.close()
    return [one.token for one in found], min(longest)


@pytest.mark.parametrize("many", [3, (MOST_SMALL_MARKS - 4) // 11, (MOST_ELEMENTS - 2) // 4])
async def test_presets_come_few_or_many_and_the_loop_goes_on(reader: Reader, many: int) -> None:
    answer = presets(many)
    assert sound(answer) is not None and is_small(answer) is (many < 1000)
    async with answering(answer) as url:
        found, still_s = await asked(url, reader)
    assert found == [str(number) for number in range(min(many, 500))]
    assert still_s < STILL_MOST_S


async def test_the_costliest_small_answers_cost_little(reader: Reader) -> None:
    tags = enveloped("<Preset/>" * (MOST_SMALL_MARKS - 4))
    attributes = enveloped("<Preset " + " ".join(f'a{n}="1"' for n in range(MOST_SMALL_MARKS - 6)) + "/>")
    words = enveloped(f"<Preset>{'w' * 99_000}</Preset>")
    for answer in (tags, attributes, words):
        assert is_small(answer)
        async with answering(answer) as url:
            _, still_s = await asked(url, reader)
        assert still_s < STILL_MOST_S


@pytest.mark.parametrize(
    "answer",
    [
        b'<!DOCTYPE a [<!ENTITY x "xx">]>' + presets(2000).replace(b"Preset 7", b"&x;"),
        enveloped("<a>" * DEEPEST + "<b/>" * 3000 + "</a>" * DEEPEST),
        enveloped("<b/>" * (MOST_ELEMENTS + 1)),
        presets(2000)[:-9],
        b"<" * (MOST_BYTES - 1),
        enveloped("<Fault><Reason><Text>no</Text></Reason></Fault>" + "<b/>" * 3000),
    ],
    ids=["document type", "deep", "many", "cut", "no XML", "long fault"],
)
async def test_large_and_hostile_answers_are_refused_elsewhere(reader: Reader, answer: bytes) -> None:
    async with answering(answer) as url:
        device = OnveefDevice(url, None, reader)
        with pytest.raises(DeviceError) as failed:
            await device.presets("main-1")
        await device.close()
    assert failed.value.reason is Reason.BAD_STREAM
