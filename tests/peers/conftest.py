"""Streams made by ffmpeg and served by gst-rtsp-server: neither of them ours."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

CLIP_S = 12
USER, PASSWORD = "camera", "p@ss:wörd"


@dataclass(frozen=True)
class Clip:
    """How ffmpeg makes a clip, and what must come out again."""

    video: str  # ffmpeg options
    audio: str = ""
    codec: str = "h264"
    audio_codec: str = ""
    fps: int = 25
    has_b_frames: bool = False


CLIPS = {
    "plain": Clip("-c:v libx264 -g 25 -bf 0"),
    "b_frames": Clip("-c:v libx264 -g 50 -bf 3 -b_strategy 0", has_b_frames=True),
    "b_pyramid": Clip("-c:v libx264 -g 48 -bf 4 -b_strategy 0 -x264-params b-pyramid=normal", has_b_frames=True),
    "odd_groups": Clip("-c:v libx264 -g 37 -keyint_min 5 -sc_threshold 20 -bf 2 -b_strategy 0", has_b_frames=True),
    "slices": Clip("-c:v libx264 -g 25 -bf 0 -slices 4"),
    "baseline_5fps": Clip("-c:v libx264 -profile:v baseline -g 5 -r 5", fps=5),
    "with_aac": Clip("-c:v libx264 -g 25 -bf 0", "-c:a aac -ar 48000 -ac 2", audio_codec="aac"),
    "with_alaw": Clip("-c:v libx264 -g 25 -bf 0", "-c:a pcm_alaw -ar 8000 -ac 1", audio_codec="pcm_alaw"),
    "with_ulaw": Clip(
        "-c:v libx264 -g 25 -bf 2", "-c:a pcm_mulaw -ar 8000 -ac 1", audio_codec="pcm_mulaw", has_b_frames=True
    ),
    "h265": Clip("-c:v libx265 -g 25 -bf 0 -x265-params log-level=error:bframes=0", codec="hevc"),
    "h265_b_frames": Clip(
        "-c:v libx265 -x265-params log-level=error:keyint=50:bframes=3:b-adapt=0", codec="hevc", has_b_frames=True
    ),
}


def _make(clip: Clip, path: Path) -> None:
    rate = f"testsrc2=size=320x240:rate={clip.fps}:duration={CLIP_S}"
    command = ["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", rate]
    if clip.audio:
        command += ["-f", "lavfi", "-i", f"sine=frequency=440:duration={CLIP_S}", *clip.audio.split()]
    command += [*clip.video.split(), "-preset", "ultrafast", "-threads", "1", "-pix_fmt", "yuv420p", str(path)]
    # The last of repeated options wins: profiles and B-frames of the clip survive the preset.
    subprocess.run([*command[:-1], *clip.video.split(), str(path)], check=True)


PAYLOADERS = {
    "h264": "h264parse config-interval=-1 ! rtph264pay name=pay0 pt=96",
    "hevc": "h265parse config-interval=-1 ! rtph265pay name=pay0 pt=96",
    "aac": "aacparse ! rtpmp4gpay name=pay1 pt=97",
    "pcm_alaw": "rtppcmapay name=pay1 pt=8",
    "pcm_mulaw": "rtppcmupay name=pay1 pt=0",
}


def _launch(clip: Clip, path: Path) -> str:
    tracks = [PAYLOADERS[codec] for codec in (clip.codec, clip.audio_codec) if codec]
    return f"( filesrc location={path} ! matroskademux name=d {' '.join(f'd. ! queue ! {pay}' for pay in tracks)} )"


@pytest.fixture(scope="session")
def clips(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("clips")
    made = {name: folder / f"{name}.mkv" for name in CLIPS}
    for name, path in made.items():
        _make(CLIPS[name], path)
    return made


def _serve(mounts: dict[str, dict[str, str]]) -> Iterator[str]:
    script = Path(__file__).with_name("gst_server.py")
    with subprocess.Popen(
        ["/usr/bin/python3", str(script), json.dumps(mounts)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        port = process.stdout.readline().strip()
        assert port.isdigit(), "gst-rtsp-server did not start: are gir1.2-gst-rtsp-server-1.0 and python3-gi installed?"
        yield f"rtsp://127.0.0.1:{port}"
        process.communicate()


@pytest.fixture(scope="session")
def gst_url(clips: dict[str, Path]) -> Iterator[str]:
    """rtsp:// address of a server with every clip at /name."""
    yield from _serve({f"/{name}": {"launch": _launch(CLIPS[name], path)} for name, path in clips.items()})


@pytest.fixture(scope="session", params=["digest", "basic"])
def gst_url_with_password(request: pytest.FixtureRequest, clips: dict[str, Path]) -> Iterator[str]:
    """The same with one clip at /plain that only USER with PASSWORD gets."""
    mount = {
        "launch": _launch(CLIPS["plain"], clips["plain"]),
        "user": USER,
        "password": PASSWORD,
        "auth": request.param,
    }
    yield from _serve({"/plain": mount})
