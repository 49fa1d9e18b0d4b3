"""Child process: masked JPEGs of keyframes. Jobs and answers are those of fallback.pictures_child."""

from __future__ import annotations

import io
import os
import sys

import av
import msgspec
import numpy as np
from PIL import Image

from prahari.engines.media.fallback import wire
from prahari.engines.media.fallback.pictures_child import decode
from prahari.engines.vision.ports import Detector
from prahari.engines.vision.shield import Shield

QUALITY = 75
NICE = 10
"""Recording and live pictures come first."""

_decoder = msgspec.msgpack.Decoder(wire.PictureJob)


def make_detector() -> Detector:
    from prahari.engines.vision.nanodet import NanoDet  # its library may be missing: that ends in a mosaic, not here

    return NanoDet()


def answer(body: bytes, shield: Shield) -> wire.Picture:
    try:
        image = decode(_decoder.decode(body))
    except ValueError as error:
        return wire.Picture(b"", error=str(error))
    covered = shield.cover(np.asarray(image.convert("RGB")))
    output = io.BytesIO()
    shown = Image.fromarray(covered.picture)
    shown.save(output, "JPEG", quality=QUALITY)
    return wire.Picture(output.getvalue(), shown.width, shown.height, mosaic=covered.why_mosaic)


def main() -> None:
    av.logging.set_level(None)
    os.nice(NICE)
    shield = Shield(make_detector)
    while (message := wire.read(sys.stdin.buffer)) is not None:
        sys.stdout.buffer.write(wire.pack(wire.PICTURE, answer(message[1], shield)))
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
