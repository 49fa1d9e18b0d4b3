from __future__ import annotations

import asyncio
import io
import os
import signal
from fractions import Fraction
from typing import Any

import av
import numpy as np
import pytest
from PIL import Image

from prahari.engines.media.fallback import pictures
from prahari.engines.media.fallback.annexb import split_lengths, split_start_codes, with_lengths, with_start_codes
from prahari.engines.media.fallback.pictures import PictureError, PictureMaker, TooManyPicturesError
from prahari.engines.media.types import AccessUnit, VideoParameters


def keyframe(width: int = 320, height: int = 240) -> tuple[VideoParameters, AccessUnit]:
    """A red picture, encoded."""
    context: Any = av.CodecContext.create("libx264", "w")
    context.width, context.height, context.pix_fmt = width, height, "yuv420p"
    context.time_base = Fraction(1, 25)
    context.options = {"tune": "zerolatency"}
    frame = av.VideoFrame.from_ndarray(np.full((height, width, 3), (200, 20, 20), np.uint8), "rgb24")
    frame.pts = 0
    packets = [*context.encode(frame.reformat(format="yuv420p")), *context.encode(None)]
    units = split_start_codes(b"".join(bytes(packet) for packet in packets))
    sps = next(unit for unit in units if unit[0] & 31 == 7)
    pps = next(unit for unit in units if unit[0] & 31 == 8)
    coded = with_lengths([unit for unit in units if unit[0] & 31 in {1, 5}])
    video = VideoParameters("h264", width, height, f"avc1.{sps[1:4].hex()}", sps, pps)
    return video, AccessUnit(True, True, 0, 3600, 0, 1000, coded)


async def test_a_keyframe_becomes_a_jpeg_in_a_process_of_its_own() -> None:
    maker = PictureMaker()
    try:
        video, unit = keyframe()
        image = Image.open(io.BytesIO(await maker.jpeg(video, unit)))
        assert image.size == (320, 240)
        red, green, blue = image.convert("RGB").getpixel((100, 100))  # type: ignore[misc]
        assert red > 150 and green < 60 and blue < 60
        small = Image.open(io.BytesIO(await maker.jpeg(video, unit, most_width_px=160)))
        assert small.size == (160, 120)
    finally:
        await maker.close()


async def test_a_broken_keyframe_is_an_error_and_the_next_picture_comes() -> None:
    maker = PictureMaker()
    try:
        video, unit = keyframe()
        broken = AccessUnit(True, True, 0, 3600, 0, 1000, b"\0\0\0\x05\x65nope")
        with pytest.raises(PictureError):
            await maker.jpeg(video, broken)
        assert (await maker.jpeg(video, unit)).startswith(b"\xff\xd8")
    finally:
        await maker.close()


async def test_a_stopped_helper_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    maker = PictureMaker()
    try:
        video, unit = keyframe()
        await maker.jpeg(video, unit)
        assert maker._helper._process is not None
        os.kill(maker._helper._process.pid, signal.SIGSTOP)
        monkeypatch.setattr(pictures, "TIMEOUT_S", 0.3)
        with pytest.raises(PictureError, match="no picture within"):
            await maker.jpeg(video, unit)
        monkeypatch.setattr(pictures, "TIMEOUT_S", 10.0)
        assert (await maker.jpeg(video, unit)).startswith(b"\xff\xd8")
    finally:
        await maker.close()


async def test_only_so_many_wait() -> None:
    maker = PictureMaker()
    try:
        video, unit = keyframe()
        results = await asyncio.gather(*(maker.jpeg(video, unit) for _ in range(40)), return_exceptions=True)
        assert sum(isinstance(result, TooManyPicturesError) for result in results) == 40 - pictures.MOST_WAITING
        assert sum(isinstance(result, bytes) for result in results) == pictures.MOST_WAITING
    finally:
        await maker.close()


def test_start_codes_and_lengths_are_two_spellings_of_the_same() -> None:
    units = [b"\x67abc", b"\x68d", b"\x65" + bytes(range(1, 200))]
    assert split_start_codes(with_start_codes(units)) == units
    assert split_lengths(with_lengths(units)) == units
    assert split_lengths(with_lengths(units) + b"\0\0\0\x09cut") == units
    assert split_start_codes(b"\0\0\1\x67a\0\0\1\x68b") == [b"\x67a", b"\x68b"]
