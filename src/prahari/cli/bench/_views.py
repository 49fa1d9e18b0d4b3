"""Real clips as cameras that stand still: cut, altered by light, weather and faults, and sent through an encoder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

from prahari.simcity.rtsp.loop import split_annex_b

Luma = npt.NDArray[np.uint8]
Change = Callable[[Luma, int], Luma]
"""A picture of the sensor and its number."""

WIDTH_PX = 640
FPS = 5
SETTLE = 12
SECONDS = 37
"""A prime: looks every 20 or 300 s do not fall on the same picture again for ten minutes and more."""

_NOISE = np.random.default_rng(0).normal(0, 1, (1000, WIDTH_PX + 200)).astype(np.float32)
WINDOW = 0.8
"""Share of a clip's width that the camera sees; the rest is what it sees when it has been turned."""


@dataclass(frozen=True)
class Sent:
    """What the camera sends in a second: sizes of its pictures, the keyframe with 4-byte lengths."""

    sizes: tuple[int, ...]
    keyframe: bytes


@dataclass(frozen=True)
class Stream:
    sps: bytes
    pps: bytes
    width: int
    height: int
    groups: list[Sent]


def frames_of(path: Path, most_s: float) -> list[Luma]:
    """About FPS pictures a second, WIDTH_PX wide before the window is cut. The clips' own first seconds only: some are
    cut together from several views."""
    found: list[Luma] = []
    with av.open(str(path)) as container:
        video = container.streams.video[0]
        step = max(1, round(float(video.average_rate or 25) / FPS))
        height = round(video.height * WIDTH_PX / video.width / 2) * 2
        for number, frame in enumerate(container.decode(video)):
            if len(found) >= most_s * FPS:
                break
            if number % step == 0:
                found.append(frame.reformat(width=WIDTH_PX, height=height, format="gray").to_ndarray())
    return found


def window(luma: Luma, turned: float = 0.0) -> Luma:
    """What the camera sees; `turned`: 0 to 1 of the way to the other end of the clip's width."""
    wide = int(luma.shape[1] * WINDOW) // 2 * 2
    left = int((luma.shape[1] - wide) * turned)
    return luma[:, left : left + wide]


def sensor(luma: Luma, number: int, sigma: float = 1.6) -> Luma:
    """Noise of its own in every picture."""
    random = np.random.default_rng(number)
    row, column = random.integers(0, 200, 2)  # a piece of one large field: new noise for each pixel costs most of all
    noise = _NOISE[row : row + luma.shape[0], column : column + luma.shape[1]]
    return np.clip(luma + sigma * noise, 0, 255).astype(np.uint8)


def night(luma: Luma, number: int, gain: float = 0.3, sigma: float = 3.5) -> Luma:
    """Less light, more noise; lamps and what is brightest stay bright."""
    dim = luma.astype(np.float32) * gain
    lit = np.where(luma > 215, luma * 0.9, dim)
    return sensor(np.clip(lit, 0, 255).astype(np.uint8), number, sigma)


def rain(luma: Luma, number: int) -> Luma:
    random = np.random.default_rng(number)
    picture = luma.astype(np.float32)
    height, width = luma.shape
    for _ in range(700):
        row, column = random.integers(0, height - 20), random.integers(0, width - 3)
        picture[row : row + height // 28, column : column + 2] += 60
    return sensor(np.clip(picture * 0.8 + 28, 0, 255).astype(np.uint8), number)


def blurred(luma: Luma, number: int, radius: float = 6.0) -> Luma:
    return sensor(np.asarray(Image.fromarray(luma).filter(ImageFilter.GaussianBlur(radius))), number)


def covered(luma: Luma, number: int, share: float = 0.85) -> Luma:
    """A hand, a bag or paint: out of focus and even, from the left."""
    picture = luma.copy()
    picture[:, : int(share * luma.shape[1])] = 62
    return sensor(picture, number)


def encoded(pictures: Iterator[Luma], crf: int = 27, settle: int = 0) -> Stream:
    """Through x264, a keyframe a second. The first `settle` seconds are left out: a camera's encoder runs for ever, so
    it has found its quantiser long ago."""
    groups: list[list[bytes]] = []
    size = (0, 0)
    context: Any = None
    for luma in pictures:
        luma = luma[: luma.shape[0] // 2 * 2, : luma.shape[1] // 2 * 2]
        if context is None:
            context = av.CodecContext.create("libx264", "w")
            size = (luma.shape[1], luma.shape[0])
            context.width, context.height, context.pix_fmt, context.time_base = *size, "yuv420p", Fraction(1, FPS)
            fixed = f"keyint={FPS}:min-keyint={FPS}:scenecut=0:bframes=0:threads=1"
            context.options = {"preset": "veryfast", "crf": str(crf), "tune": "zerolatency", "x264-params": fixed}
        frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(luma), format="gray").reformat(format="yuv420p")
        frame.pts = None
        for packet in context.encode(frame):
            if packet.is_keyframe:
                groups.append([])
            groups[-1].append(bytes(packet))
    units = [split_annex_b(group[0]) for group in groups]
    sps = next(unit for unit in units[0] if unit[0] & 0x1F == 7)
    pps = next(unit for unit in units[0] if unit[0] & 0x1F == 8)
    sent = [
        Sent(tuple(len(one) for one in group), b"".join(len(unit).to_bytes(4, "big") + unit for unit in key))
        for group, key in zip(groups[settle:], units[settle:], strict=True)
        if len(group) == FPS
    ]
    return Stream(sps, pps, *size, sent)


def cycled(frames: list[Luma], change: Change, *, turned: float = 0.0, seconds: int = SECONDS) -> Iterator[Luma]:
    """The clip forth and back, so that nothing jumps, altered picture by picture."""
    there_and_back = [*range(len(frames)), *range(len(frames) - 2, 0, -1)]
    for number in range(seconds * FPS):
        yield change(window(frames[there_and_back[number % len(there_and_back)]], turned), number)


def frozen(frames: list[Luma], seconds: int = SECONDS + SETTLE) -> Iterator[Luma]:
    """One picture of the sensor again and again."""
    still = sensor(window(frames[len(frames) // 2]), 4711)
    for _ in range(seconds * FPS):
        yield still
