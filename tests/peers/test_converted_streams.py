"""Streams that our own client cannot take, from a server that is not ours: shown and recorded by way of PyAV."""

from __future__ import annotations

import io
import subprocess
from collections.abc import AsyncIterator, Iterator

import aiohttp
import av
import msgspec
import pytest

from media_rig import media_token, on_disk, plan, running_worker, until, watching
from peers.conftest import PASSWORD, USER, _serve
from prahari.contracts.config import Config
from prahari.contracts.media import ProbeReply, ProbeRequest
from prahari.engines.media.mp4.reader import scan

pytestmark = pytest.mark.peer


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    clip = tmp_path_factory.mktemp("odd") / "mpeg4.mkv"
    source = "testsrc2=size=320x240:rate=15:duration=60"
    subprocess.run(
        ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", source, "-c:v", "mpeg4", "-g", "15", clip], check=True
    )
    live = "videotestsrc is-live=true ! video/x-raw,format=I420,width=320,height=240,framerate=10/1"
    h264 = "x264enc tune=zerolatency key-int-max=10 ! rtph264pay config-interval=-1 name=pay0"
    mpeg4 = f"filesrc location={clip} ! matroskademux ! mpeg4videoparse ! rtpmp4vpay name=pay0"
    yield from _serve({"/mpeg4": {"launch": f"( {mpeg4} )"}, "/h264": {"launch": f"( {live} ! {h264} )"}})


@pytest.fixture(scope="module")
def url_with_password() -> Iterator[str]:
    live = "videotestsrc is-live=true ! video/x-raw,format=I420,width=320,height=240,framerate=10/1"
    launch = f"( {live} ! jpegenc ! rtpjpegpay name=pay0 pt=26 )"
    yield from _serve({"/mjpeg": {"launch": launch, "user": USER, "password": PASSWORD}})


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


@pytest.mark.parametrize(
    ("path", "transport", "credentials"),
    [("/mjpeg", "tcp", (USER, PASSWORD)), ("/mpeg4", "tcp", None), ("/h264", "udp", None)],
)
async def test_it_is_shown_and_recorded(
    config: Config,
    url: str,
    url_with_password: str,
    session: aiohttp.ClientSession,
    path: str,
    transport: str,
    credentials: tuple[str, str] | None,
) -> None:
    base = url if credentials is None else url_with_password
    camera = plan(config, base + path, transport=transport, credentials=credentials)
    on_disk(config, camera)
    async with running_worker(config):
        token = media_token(config, camera.camera_id)
        origin = config.origin(config.media_port)
        async with watching(session, origin, camera.camera_id, token) as watched:
            await until(lambda: len(watched.fragments) > 30, 40, "pictures")
        assert '"avc1' in watched.said("init")[0]["mime"]
        with av.open(io.BytesIO(watched.inits[0] + b"".join(data for _, data in watched.fragments))) as container:
            pictures = list(container.decode(video=0))
        assert len(pictures) > 25 and (pictures[0].width, pictures[0].height) == (320, 240)
    files = [file for file in config.recordings.rglob("*") if file.is_file()]
    found = [scan(file) for file in files if file.suffix == ".mp4"]
    assert sum(fragment.pictures for one in found for fragment in one.fragments) > 25


async def test_its_address_can_be_tested(config: Config, url_with_password: str) -> None:
    camera = plan(config, f"{url_with_password}/mjpeg", credentials=(USER, PASSWORD))
    async with running_worker(config) as worker:
        request = ProbeRequest(camera.camera_id, camera.address, camera.permit, 15)
        reply: ProbeReply = await worker._probes.probe(msgspec.json.encode(request))
    assert reply.ok and reply.jpeg_base64, reply


async def test_the_budget_of_conversions_is_kept_and_told(config: Config, url_with_password: str) -> None:
    first, second = (plan(config, f"{url_with_password}/mjpeg", credentials=(USER, PASSWORD)) for _ in range(2))
    on_disk(config, first)
    async with running_worker(config) as worker:
        worker._around.pulls.most = 1
        await until(lambda: worker._around.pulls.used == 1, 20, "the first conversion")
        worker._roster.apply(second)
        told = lambda: worker._board.state(second.camera_id)  # noqa: E731
        await until(lambda: (state := told()) is not None and state.reason == "unsupported", 20, "the refusal told")
        assert "places for converted streams" in told().detail
        worker._roster.retire(first.camera_id)
        await until(lambda: (state := told()) is not None and state.status == "live", 30, "the place taken")
