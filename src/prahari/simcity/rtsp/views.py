"""What a loop looks like when its camera's lens is covered, blurred, dazzled or dark, or when it was turned away.

Made from the loop's own recording when first asked for, in a thread, and kept as long as the server lives.
"""

from __future__ import annotations

import asyncio
import logging
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import numpy as np
from PIL import Image, ImageFilter

from prahari.simcity.rtsp.loop import Loop, loop_from_file

logger = logging.getLogger(__name__)

LONGEST_S = 20
"""Of a long recording this much is altered; it is played again and again."""


def black(picture: Image.Image) -> Image.Image:
    """The lens cap: what a sensor still sends, noise included."""
    noise = np.random.default_rng(4).integers(14, 20, (picture.height, picture.width), dtype=np.uint8)
    return Image.fromarray(noise).convert("RGB")


def white(picture: Image.Image) -> Image.Image:
    """The sun, or a lamp, in the lens."""
    return picture.point(lambda level: min(255, level + 190))


def blurred(picture: Image.Image) -> Image.Image:
    """Out of focus."""
    return picture.filter(ImageFilter.GaussianBlur(picture.width / 130))


def covered(picture: Image.Image) -> Image.Image:
    """A cloth over four fifths of the lens."""
    cloth = Image.new("RGB", (picture.width * 4 // 5, picture.height), (70, 66, 60))
    after = picture.copy()
    after.paste(cloth, (0, 0))
    return after


def turned(picture: Image.Image) -> Image.Image:
    """Turned by two fifths of its view: what was at the right is at the left, what follows was not seen before."""
    step = picture.width * 2 // 5
    after = Image.new("RGB", picture.size)
    after.paste(picture.crop((step, 0, picture.width, picture.height)), (0, 0))
    beyond = picture.crop((0, 0, step, picture.height)).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    after.paste(beyond, (picture.width - step, 0))
    return after


VIEWS: dict[str, Callable[[Image.Image], Image.Image]] = {
    "black": black, "white": white, "blurred": blurred, "covered": covered, "turned": turned,
}  # fmt: skip


def alter(source: Path, target: Path, view: str) -> Path:
    """The recording as the camera would send it. Raises av.FFmpegError, OSError."""
    change = VIEWS[view]
    with av.open(str(source)) as reading, av.open(str(target), "w", format="mp4") as writing:
        video = reading.streams.video[0]
        rate = video.average_rate or 25
        gop = max(1, round(float(rate)))
        stream: Any = writing.add_stream("libx264", rate=rate)
        stream.width, stream.height, stream.pix_fmt = video.width // 2 * 2, video.height // 2 * 2, "yuv420p"
        fixed = f"keyint={gop}:min-keyint={gop}:scenecut=0:bframes=0:threads=1"
        stream.options = {"preset": "ultrafast", "crf": "24", "x264-params": fixed}
        for number, frame in enumerate(reading.decode(video)):
            if number >= LONGEST_S * float(rate):
                break
            writing.mux(stream.encode(av.VideoFrame.from_image(change(frame.to_image()))))
        writing.mux(stream.encode())
    return target


class Views:
    """`changed` is called in the event loop when a view has become ready; until then the loop plays as it is."""

    def __init__(self, changed: Callable[[], None]) -> None:
        self._changed = changed
        self._made: dict[tuple[int, str], Loop | None] = {}
        self._making: set[asyncio.Task[None]] = set()
        self._folder = tempfile.TemporaryDirectory(prefix="simcity-views-")

    def of(self, loop: Loop, view: str) -> Loop:
        key = (id(loop), view)
        if key not in self._made:
            self._made[key] = None
            task = asyncio.get_running_loop().create_task(self._make(loop, view))
            self._making.add(task)
            task.add_done_callback(self._making.discard)
        return self._made[key] or loop

    async def close(self) -> None:
        for task in self._making:
            task.cancel()
        await asyncio.gather(*self._making, return_exceptions=True)
        self._folder.cleanup()

    async def _make(self, loop: Loop, view: str) -> None:
        if loop.path is None:
            logger.warning("a loop without a recording cannot be shown %s", view)
            return
        target = Path(self._folder.name) / f"{id(loop)}-{view}.mp4"
        try:
            await asyncio.to_thread(alter, loop.path, target, view)
            made = await asyncio.to_thread(loop_from_file, target, audio=False)
        except (av.FFmpegError, OSError) as error:
            logger.error("%s cannot be shown %s: %s", loop.path.name, view, error)
            return
        self._made[id(loop), view] = made
        self._changed()
