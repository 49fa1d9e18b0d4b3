"""What a file is, told from its bytes: the name and the type that a browser claims count for nothing."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from PIL import Image, ImageOps, UnidentifiedImageError

from prahari.desks.common import rules
from prahari.desks.common.errors import Problem
from prahari.desks.files.sealed import SealedReader

HEAD_BYTES = 64
IMAGE_MPX = rules.declare(
    "file_image_mpx", 50, "Most megapixels of a photograph that is handed in",
    "जमा किए जाने वाले चित्र के अधिकतम मेगापिक्सल", rules.whole(1, 200),
)  # fmt: skip
LIMIT_MB = {
    "image": rules.declare(
        "file_image_mb", 15, "Largest photograph that may be handed in, in MB",
        "जमा किए जा सकने वाले चित्र का अधिकतम आकार, एमबी में", rules.whole(1, 200),
    ),
    "pdf": rules.declare(
        "file_pdf_mb", 20, "Largest PDF that may be handed in, in MB",
        "जमा की जा सकने वाली पीडीएफ़ का अधिकतम आकार, एमबी में", rules.whole(1, 500),
    ),
    "video": rules.declare(
        "file_video_mb", 300, "Largest video that may be handed in, in MB",
        "जमा किए जा सकने वाले वीडियो का अधिकतम आकार, एमबी में", rules.whole(1, 10_000),
    ),
}  # fmt: skip

THUMBNAIL_PX = 480
PROBE_S = 60
_PDF_TAIL_BYTES = 2048
Image.MAX_IMAGE_PIXELS = 200_000_000  # Pillow's own brake, above the most that the rule may say
_decoding = threading.BoundedSemaphore(2)
"""A photograph of 50 megapixels takes 150 MB while it is tried out: a few at a time."""


@dataclass(frozen=True)
class Found:
    """A kind of file as its first bytes tell it. form: Pillow's or FFmpeg's name of it."""

    kind: str
    media_type: str
    form: str


@dataclass(frozen=True)
class Measures:
    width_px: int | None = None
    height_px: int | None = None
    duration_ms: int | None = None


def sniff(head: bytes) -> Found | None:
    """What the first HEAD_BYTES promise; None: nothing that we take."""
    if head.startswith(b"\xff\xd8\xff"):
        return Found("image", "image/jpeg", "JPEG")
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return Found("image", "image/png", "PNG")
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Found("image", "image/webp", "WEBP")
    if head.startswith(b"%PDF-"):
        return Found("pdf", "application/pdf", "")
    if head[4:8] == b"ftyp" and head[8:11] not in {b"hei", b"hev", b"mif", b"avi", b"msf"}:
        return Found("video", "video/mp4", "mp4")
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return Found("video", "video/webm" if b"webm" in head else "video/x-matroska", "matroska")
    return None


def wrong_type(kinds: tuple[str, ...]) -> Problem:
    """What may be handed in instead."""
    en = {"image": "a photograph (JPEG, PNG, WebP)", "pdf": "a PDF", "video": "a video (MP4, WebM)"}
    hi = {"image": "चित्र (JPEG, PNG, WebP)", "pdf": "पीडीएफ़", "video": "वीडियो (MP4, WebM)"}
    return Problem(
        422, "wrong_type",
        f"This file is not what is asked for. Choose {' or '.join(en[kind] for kind in kinds)}.",
        f"यह फ़ाइल अपेक्षित प्रकार की नहीं है। {' या '.join(hi[kind] for kind in kinds)} चुनें।",
    )  # fmt: skip


def unreadable() -> Problem:
    return Problem(
        422, "unreadable",
        "This file does not open: it is damaged or not complete. Take or choose it again.",
        "यह फ़ाइल खुलती नहीं: यह ख़राब या अधूरी है। इसे फिर से लें या चुनें।",
    )  # fmt: skip


def examine(found: Found, path: Path, key: bytes) -> Measures:
    """Really open the sealed file at `path`. Raises Problem 422."""
    if found.kind == "video":
        return _video(found, path, key)
    with io.BufferedReader(SealedReader(path, key)) as plain:
        return _image(found, plain) if found.kind == "image" else _pdf(plain)


def open_image(form: str, plain: IO[bytes]) -> Image.Image:
    """An image of this form and of no other, its pixels counted but not yet read. Raises Problem 422."""
    most = int(rules.value(IMAGE_MPX))
    try:
        image = Image.open(plain, formats=[form])
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise _too_many_pixels(most) from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, LookupError, TypeError, ArithmeticError):
        raise unreadable() from None
    if image.width * image.height > most * 1_000_000:
        raise _too_many_pixels(most)
    return image


def _too_many_pixels(most: int) -> Problem:
    return Problem(
        422, "too_many_pixels",
        f"This photograph has too many pixels: {most} megapixels are allowed. Choose a smaller one.",
        f"इस चित्र में पिक्सल बहुत अधिक हैं: {most} मेगापिक्सल तक चलेगा। छोटा चित्र चुनें।",
    )  # fmt: skip


def _image(found: Found, plain: IO[bytes]) -> Measures:
    with _decoding, open_image(found.form, plain) as image:
        width, height = image.size
        try:
            image.draft("RGB", (THUMBNAIL_PX, THUMBNAIL_PX))  # a JPEG is read through, at an eighth of its size
            image.load()
            turned = image.getexif().get(0x0112, 1) in {5, 6, 7, 8}
        except (OSError, ValueError, SyntaxError, EOFError, ArithmeticError, LookupError, TypeError):
            raise unreadable() from None
    return Measures(height, width) if turned else Measures(width, height)


def thumbnail(form: str, plain: IO[bytes], target: IO[bytes]) -> None:
    """A JPEG of at most THUMBNAIL_PX, upright, without anything that the camera wrote beside it. Raises Problem 422."""
    with _decoding, open_image(form, plain) as image:
        try:
            image.draft("RGB", (THUMBNAIL_PX * 2, THUMBNAIL_PX * 2))
            upright = ImageOps.exif_transpose(image)
            upright.thumbnail((THUMBNAIL_PX, THUMBNAIL_PX))
            small = upright.convert("RGBA")
            ground = Image.new("RGB", small.size, "white")  # signatures are dark ink on nothing
            ground.paste(small, mask=small.getchannel("A"))
            ground.save(target, "JPEG", quality=80)
        except (OSError, ValueError, SyntaxError, EOFError, ArithmeticError, LookupError, TypeError):
            raise unreadable() from None


def _pdf(plain: IO[bytes]) -> Measures:
    plain.seek(max(0, plain.seek(0, io.SEEK_END) - _PDF_TAIL_BYTES))
    tail = plain.read(_PDF_TAIL_BYTES)
    if b"%%EOF" not in tail or b"startxref" not in tail:
        raise unreadable()
    return Measures()


def _video(found: Found, path: Path, key: bytes) -> Measures:
    """In a process of its own with limits: demuxers and decoders meet here what strangers send."""
    command = [sys.executable, "-m", "prahari.desks.files.probe", found.form, str(path)]
    try:
        done = subprocess.run(command, input=key, capture_output=True, timeout=PROBE_S, check=True)
        told = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError):
        raise unreadable() from None
    return Measures(told["width_px"], told["height_px"], told["duration_ms"])
