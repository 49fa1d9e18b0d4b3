"""Filming: scenes become H.264 loops on disk, made once by a process of their own that takes only idle time."""

from __future__ import annotations

import fcntl
import logging
import os
import sys
from fractions import Fraction
from pathlib import Path

import av

from prahari.simcity.scenes.catalogue import SCENES, VERSION
from prahari.simcity.scenes.scene import FPS, LOOP_S, Scene, loop_pictures
from prahari.simcity.scenes.view import HEIGHT, WIDTH

logger = logging.getLogger(__name__)

GOP_S = 2
KBIT_S = 330


def loop_path(folder: Path, key: str) -> Path:
    return folder / f"scene-{key}-v{VERSION}.mp4"


def film(scene: Scene, path: Path, seconds: int = LOOP_S) -> None:
    """Encode one loop; the file appears only when it is whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    with av.open(str(part), "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=FPS)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        stream.codec_context.time_base = Fraction(1, FPS)
        stream.codec_context.thread_count = 1
        gop = FPS * GOP_S
        stream.options = {
            "preset": "superfast",
            "crf": "28",
            "x264-params": f"keyint={gop}:min-keyint={gop}:scenecut=0:bframes=0:mbtree=1:rc-lookahead=8:subme=2:"
            f"vbv-maxrate={KBIT_S * 2}:vbv-bufsize={KBIT_S * 3}",
        }
        for frame in loop_pictures(scene, seconds):
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    part.rename(path)


def small_of(path: Path) -> Path:
    """The same loop as a camera's small stream: half as wide, beside the other; made when it is not there yet."""
    small = path.with_name(f"{path.stem}-sub.mp4")
    if small.exists():
        return small
    part = small.with_suffix(".part")
    with av.open(str(path)) as source, av.open(str(part), "w", format="mp4") as container:
        video = source.streams.video[0]
        rate = video.average_rate or Fraction(FPS)
        stream = container.add_stream("libx264", rate=rate)
        stream.width = max(160, video.codec_context.width // 4 * 2)
        stream.height = max(90, video.codec_context.height // 4 * 2)
        stream.pix_fmt = "yuv420p"
        stream.codec_context.thread_count = 1
        gop = max(1, round(rate * GOP_S))
        fixed = f"keyint={gop}:min-keyint={gop}:scenecut=0:bframes=0"
        stream.options = {"preset": "veryfast", "crf": "30", "x264-params": fixed}
        for frame in source.decode(video):
            picture = frame.reformat(stream.width, stream.height, "yuv420p")
            picture.pict_type = 0
            container.mux(stream.encode(picture))
        container.mux(stream.encode())
    part.rename(small)
    return small


def film_all(folder: Path) -> None:
    """Film every scene that is not there yet, the most needed first. Processes that share the folder take turns."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "filming.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for key, make in SCENES.items():
            path = loop_path(folder, key)
            if not path.exists():
                film(make(), path)
                logger.info("filmed %s: %d kB for %d s", key, path.stat().st_size // 1000, LOOP_S)


if __name__ == "__main__":
    from prahari.contracts.logs import configure_logging

    configure_logging("simcity-film")
    os.nice(15)
    film_all(Path(sys.argv[1]))
