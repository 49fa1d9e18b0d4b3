"""Letters for sign boards. A Devanagari font is taken where the machine or the console's packages have one."""

from __future__ import annotations

import contextlib
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont, features

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont

_ROOT = Path(__file__).resolve().parents[4]
_DEVANAGARI = (
    Path("/usr/share/fonts/truetype/noto/NotoSansDevanagari-Bold.ttf"),
    Path("/usr/share/fonts/truetype/lohit-devanagari/Lohit-Devanagari.ttf"),
    Path("/usr/share/fonts/truetype/Gargi/Gargi.ttf"),
    _ROOT / "web/node_modules/@fontsource/noto-sans-devanagari/files/noto-sans-devanagari-devanagari-600-normal.woff2",
    _ROOT / "web/node_modules/@fontsource/noto-sans-devanagari/files/noto-sans-devanagari-devanagari-400-normal.woff2",
)


@lru_cache(maxsize=1)
def _devanagari() -> Path | None:
    if not features.check("raqm"):  # without it conjuncts and vowel signs come out wrong
        return None
    for path in _DEVANAGARI:
        with contextlib.suppress(OSError):
            ImageFont.truetype(str(path), 20)
            return path
    return None


def has_hindi() -> bool:
    return _devanagari() is not None


@lru_cache(maxsize=64)
def font(size: int, *, hindi: bool = False) -> Font:
    path = _devanagari() if hindi else None
    if path is not None:
        return ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.RAQM)
    return ImageFont.load_default(size=size)
