"""Our client and recorder against gst-rtsp-server: every recorded file must satisfy ffprobe and ffmpeg."""

from __future__ import annotations

import asyncio
import itertools
import json
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from peers.conftest import CLIPS, PASSWORD, USER
from prahari.contracts.media import GapData, Reason
from prahari.engines.media.ingest import upstream as upstream_module
from prahari.engines.media.ingest.probe import one_keyframe
from prahari.engines.media.ingest.upstream import Upstream, UpstreamState, UpstreamStatus
from prahari.engines.media.recording.store import RecordingStore
from prahari.engines.media.rtsp.errors import StreamError
from prahari.engines.media.types import AccessUnit, GroupOfPictures, StreamParameters

pytestmark = pytest.mark.peer

PICTURES = 100
MOST_REORDERED = 5
WITHIN_S = 40


class Counter:
    """A sink that counts pictures."""

    wants_units = True

    def __init__(self) -> None:
        self.pictures = 0
        self.lost: list[Reason] = []

    def on_parameters(self, parameters: StreamParameters) -> None:
        self.parameters = parameters

    def on_unit(self, unit: AccessUnit) -> None:
        self.pictures += unit.is_video

    def on_group(self, group: GroupOfPictures) -> None:
        pass

    def on_lost(self, reason: Reason, start_ms: int, end_ms: int | None) -> None:
        self.lost.append(reason)


async def _until(condition: Callable[[], bool], what: Callable[[], object]) -> None:
    deadline = time.monotonic() + WITHIN_S
    while not condition():
        assert time.monotonic() < deadline, what()
        await asyncio.sleep(0.02)


async def _record(url: str, folder: Path, pictures: int) -> tuple[list[Path], Counter, list[UpstreamState]]:
    gaps: list[GapData] = []
    store = RecordingStore(
        [(folder / "recordings", 0)],
        folder / "catalogue.sqlite3",
        quota_bytes=0,
        owns=lambda camera_id: True,
        on_gap=lambda camera_id, gap: gaps.append(gap),
    )
    await store.open()
    states: list[UpstreamState] = []
    upstream = Upstream("camera-1", url, None, "tcp", states.append)
    recorder = store.recorder("camera-1", 30)
    counter = Counter()
    upstream.add_sink(recorder)
    upstream.add_sink(counter)
    upstream.start()
    try:
        await _until(lambda: counter.pictures >= pictures, lambda: (counter.pictures, states[-3:]))
    finally:
        await upstream.close()
        await recorder.close()
        await store.close()
    assert gaps == []
    return sorted((folder / "recordings").rglob("*.mp4")), counter, states


def _probe(path: Path, *options: str) -> dict[str, Any]:
    command = ["ffprobe", "-v", "error", "-of", "json", *options, str(path)]
    return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)


def _complaints(path: Path) -> str:
    """What ffmpeg has to say while it decodes the whole file, but for its remark that mono sound is mono."""
    command = ["ffmpeg", "-v", "warning", "-i", str(path), "-f", "null", "-"]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stderr.splitlines()
    return "\n".join(line for line in said if not line.startswith("Guessed Channel Layout"))


@pytest.mark.parametrize("name", list(CLIPS))
async def test_recorded_and_read_back(name: str, gst_url: str, tmp_path: Path) -> None:
    clip = CLIPS[name]
    wanted = PICTURES if clip.fps == 25 else 25
    files, counter, _ = await _record(f"{gst_url}/{name}", tmp_path, wanted)
    assert len(files) == 1
    assert counter.lost == []
    streams = {stream["codec_type"]: stream for stream in _probe(files[0], "-show_streams", "-count_frames")["streams"]}
    video = streams["video"]
    assert (video["codec_name"], video["width"], video["height"]) == (clip.codec, 320, 240)
    assert counter.pictures - 2 <= int(video["nb_read_frames"]) <= counter.pictures + 2
    assert (streams["audio"]["codec_name"] if "audio" in streams else "") == clip.audio_codec
    packets = _probe(files[0], "-show_packets", "-select_streams", "v")["packets"]
    decode = [int(packet["dts"]) for packet in packets]
    assert decode == sorted(set(decode))
    assert all(int(packet["pts"]) >= int(packet["dts"]) for packet in packets)
    assert any(packet["pts"] != packet["dts"] for packet in packets) == clip.has_b_frames
    # Recording was ended at any picture: the last that are shown may come after some that were yet to be sent.
    shown = sorted(int(packet["pts"]) for packet in packets)[:-MOST_REORDERED]
    steps = {later - earlier for earlier, later in itertools.pairwise(shown)}
    assert all(abs(step - 90_000 / clip.fps) < 900 for step in steps), steps
    assert _complaints(files[0]) == ""


async def test_one_keyframe(gst_url: str) -> None:
    parameters, unit = await one_keyframe(f"{gst_url}/b_frames", None, 10)
    assert parameters.video is not None
    assert (parameters.video.width, parameters.video.height) == (320, 240)
    assert unit.keyframe


async def test_right_and_wrong_password(gst_url_with_password: str) -> None:
    address = f"{gst_url_with_password}/plain"
    _, unit = await one_keyframe(address, (USER, PASSWORD), 10)
    assert unit.keyframe
    for credentials in (None, (USER, "wrong"), ("nobody", PASSWORD)):
        with pytest.raises(StreamError) as caught:
            await one_keyframe(address, credentials, 10)
        assert caught.value.reason is Reason.WRONG_PASSWORD
        assert PASSWORD not in caught.value.detail


async def test_a_path_that_is_not_there(gst_url: str) -> None:
    with pytest.raises(StreamError) as caught:
        await one_keyframe(f"{gst_url}/nowhere", None, 10)
    assert caught.value.reason is Reason.NOT_FOUND


async def test_live_again_after_the_stream_ended(gst_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upstream_module, "STALLED_AFTER_S", 1.5)
    monkeypatch.setattr(upstream_module, "GIVEN_UP_AFTER_S", 3.0)
    states: list[UpstreamState] = []
    upstream = Upstream("camera-1", f"{gst_url}/baseline_5fps", None, "tcp", states.append)
    counter = Counter()
    upstream.add_sink(counter)
    upstream.start()
    try:
        await _until(lambda: counter.pictures > 5 * 12 + 10, lambda: (counter.pictures, states[-3:]))
    finally:
        await upstream.close()
    seen = [state.status for state in states]
    assert seen.count(UpstreamStatus.LIVE) >= 2
