"""A street that does not move, with traffic and a sensor's noise, as pictures and as a loop for simulated cameras."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
from PIL import Image

from prahari.simcity.rtsp import Loop, loop_from_file

Luma = npt.NDArray[np.uint8]


def street(seed: int = 1, width: int = 1280, height: int = 720) -> Luma:
    """Blocks of many sizes and greys, as houses, windows and kerbs are."""
    random = np.random.default_rng(seed)
    picture = np.full((height, width), 120, dtype=np.uint8)
    for _ in range(260):
        left, top = random.integers(0, width), random.integers(0, height)
        wide, high = random.integers(15, width // 6), random.integers(15, height // 5)
        turned = Image.new("L", (width, height), 0)
        patch = Image.new("L", (int(wide), int(high)), 255).rotate(float(random.integers(0, 180)), expand=True)
        turned.paste(patch, (int(left), int(top)))
        picture[np.asarray(turned) > 0] = random.integers(30, 225)
    return picture


def noisy(luma: Luma, sigma: float = 2.0, seed: int = 3) -> Luma:
    noise = np.random.default_rng(seed).normal(0, sigma, luma.shape)
    return np.clip(luma + noise, 0, 255).astype(np.uint8)


def traffic(width: int, height: int, count: int) -> Iterator[Luma]:
    """`count` pictures of a street, cars over it, noise in each."""
    ground = street(width=width, height=height)
    for index in range(count):
        picture = ground.copy()
        for car in range(3):
            left = (index * (7 + 3 * car) + car * width // 3) % (width - 60)
            top = height * (car + 2) // 6
            picture[top : top + 28, left : left + 56] = 60 + 70 * car
        yield noisy(picture, seed=index)


def street_loop(folder: Path, *, width: int = 640, height: int = 360, seconds: int = 7, fps: int = 25) -> Loop:
    path = folder / "street.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=fps)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        half = fps // 2
        fixed = f"keyint={half}:min-keyint={half}:scenecut=0:bframes=0:threads=2"
        stream.options = {"preset": "ultrafast", "crf": "26", "x264-params": fixed}
        for luma in traffic(width, height, fps * seconds):
            picture = np.repeat(luma[:, :, None], 3, axis=2)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode())
    return loop_from_file(path)
