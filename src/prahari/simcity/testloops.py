"""Loops made by an encoder for benches and tests, cached on disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from prahari.simcity.rtsp.loop import TICKS, Loop, loop_from_file

_VERSION = 1


def moving_pictures(width: int, height: int, count: int, *, grain: int = 28) -> Iterator[NDArray[np.uint8]]:
    """RGB pictures (height, width, 3) with texture that pans in a cycle of `count` and boxes that move over it."""
    random = np.random.default_rng(11)
    small = random.integers(0, 256, (height // 8 + 16, width // 8 + 16, 3), dtype=np.uint8)
    ground = np.kron(small, np.ones((8, 8, 1), dtype=np.uint8))
    noise = random.integers(0, grain, ground.shape, dtype=np.uint8)
    ground = (ground // 2 + 50 + noise).astype(np.uint8)
    for index in range(count):
        turn = 2 * np.pi * index / count
        y, x = int(48 + 40 * np.sin(turn)), int(48 + 40 * np.cos(turn))
        picture = ground[y : y + height, x : x + width].copy()
        for box in range(4):
            left = (index * (box + 1) * width // count + box * width // 5) % (width - width // 8)
            top = height * (box + 1) // 6
            picture[top : top + height // 10, left : left + width // 8] = (60 * box + 40, 220 - 50 * box, 90)
        yield picture


def encode_loop(
    path: Path,
    *,
    width: int = 1920,
    height: int = 1080,
    fps: int = 25,
    seconds: int = 4,
    kbit_s: int = 3000,
    gop_s: float = 1.0,
    codec: str = "libx264",
    b_frames: int = 0,
    audio: str = "",
) -> Path:
    """Encode moving pictures to an MP4 (audio "aac": with a tone) or, with "pcm_alaw", a QuickTime file at `path`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    container_format = "mov" if audio.startswith("pcm") else "mp4"
    with av.open(str(part), "w", format=container_format) as container:
        stream = container.add_stream(codec, rate=fps)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.bit_rate = kbit_s * 1000
        gop = round(gop_s * fps)
        stream.gop_size = gop
        if codec == "libx264":
            bitrate = f"vbv-maxrate={kbit_s}:vbv-bufsize={kbit_s}:nal-hrd=cbr:bframes={b_frames}:b-adapt=0"
            fixed = f"{bitrate}:keyint={gop}:min-keyint={gop}:scenecut=0:threads=2:lookahead-threads=1"
            stream.options = {"preset": "ultrafast" if not b_frames else "veryfast", "x264-params": fixed}
        else:
            fixed = f"keyint={gop}:min-keyint={gop}:scenecut=0:bframes={b_frames}:log-level=error:pools=2"
            stream.options = {"preset": "ultrafast", "x265-params": fixed}
        sound = None
        if audio:
            rate = 48_000 if audio == "aac" else 8_000
            sound = container.add_stream(audio, rate=rate)
            sound.layout = "mono"
        for picture in moving_pictures(width, height, fps * seconds):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode())
        if sound is not None:
            _encode_tone(container, sound, seconds)
    part.rename(path)
    return path


def _encode_tone(container: av.container.OutputContainer, sound: av.AudioStream, seconds: int) -> None:
    rate = sound.rate
    step = 1024 if sound.codec_context.name == "aac" else 160
    for start in range(0, rate * seconds, step):
        wave = (8000 * np.sin(2 * np.pi * 440 * np.arange(start, start + step) / rate)).astype(np.int16)
        frame = av.AudioFrame.from_ndarray(wave.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate, frame.pts = rate, start
        container.mux(sound.encode(frame))
    container.mux(sound.encode())


def bench_loop(cache: Path, *, kbit_s: int = 3000) -> Loop:
    """1920x1080 at 25 fps, about 3 Mbit/s, H.264, a keyframe a second, 4 s; encoded once into `cache`."""
    path = cache / f"bench-1080p25-{kbit_s}k-v{_VERSION}.mp4"
    if not path.exists():
        encode_loop(path, kbit_s=kbit_s)
    return loop_from_file(path, duration_ticks=4 * TICKS)


def small_loop(cache: Path, *, width: int = 320, height: int = 180, codec: str = "libx264", **options: object) -> Loop:
    """A loop of 2 s for tests: quick to make and to decode. `options` as in encode_loop."""
    name = "-".join(f"{key}{value}" for key, value in sorted(options.items()))
    suffix = "mov" if str(options.get("audio", "")).startswith("pcm") else "mp4"
    path = cache / f"small-{width}x{height}-{codec}-{name}-v{_VERSION}.{suffix}"
    if not path.exists():
        settings = {"fps": 25, "seconds": 2, "kbit_s": 300, **options}
        encode_loop(path, width=width, height=height, codec=codec, **settings)  # type: ignore[arg-type]
    return loop_from_file(path, duration_ticks=int(settings_seconds(options)) * TICKS)


def settings_seconds(options: dict[str, object]) -> int:
    return int(str(options.get("seconds", 2)))
