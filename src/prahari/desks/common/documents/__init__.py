"""Documents on paper: PDFs in Hindi and English, shaped Devanagari, selectable text, the same bytes for the same data.

A desk keeps its templates (Typst) in its folder `documents/` and fills them with plain data:

    pdf("reports/daily", {"title": ..., "rows": [...]}, "hi")

The template begins with `#import "/house.typ": *` and finds its data in `data`. Data reaches it as JSON, never as
source, so that whatever somebody typed is shown as typed. See house.typ for what the house offers.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Literal

import orjson

log = logging.getLogger(__name__)

Language = Literal["hi", "en"]

_HERE = Path(__file__).resolve().parent
_DESKS = _HERE.parents[1]
_HOUSE = _HERE / "house"
"""The only folder that a template can read."""

TIMEOUT_S = 60
MEMORY_BYTES = 2 << 30
_NOWHERE = "http://127.0.0.1:9"


class DocumentError(Exception):
    """A document could not be made: the template is wrong, or it took too long. For technicians, in the log."""


def pdf(template: Path | str, data: dict[str, Any], language: Language, *, timeout_s: int = TIMEOUT_S) -> bytes:
    """Fill a template.

    template: a .typ file, or "reports/daily" for desks/reports/documents/daily.typ.
    data: JSON values; `centre` ({"en", "hi"}), the name in the letterhead, is added when it is not there.
    Takes about 0.2 s; raises DocumentError. The same data gives the same bytes.
    """
    if "centre" not in data:
        data = data | {"centre": centre_name()}
    job = {
        "source": _path(template).read_text(encoding="utf-8"),
        "root": str(_HOUSE),
        "packages": str(_HOUSE),  # holds no packages, and none are fetched
        "fonts": str(_HERE / "fonts"),
        "limits": {"cpu_s": timeout_s, "memory_bytes": MEMORY_BYTES},
        "inputs": {"data": orjson.dumps(data, default=str).decode(), "language": language},
    }
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(_HERE / "compiler.py")],
            input=orjson.dumps(job),
            capture_output=True,
            timeout=timeout_s,
            cwd="/",
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", "http_proxy": _NOWHERE, "https_proxy": _NOWHERE},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise DocumentError(f"{template} was not ready within {timeout_s} s") from None
    if done.returncode or not done.stdout.startswith(b"%PDF"):
        problem = done.stderr.decode(errors="replace")[-2000:]
        log.error("the document %s could not be made: %s", template, problem)
        raise DocumentError(f"{template}: {problem or f'ended with {done.returncode}'}")
    return done.stdout


def centre_name() -> dict[str, str]:
    """{"en", "hi"} of this centre, for the letterhead."""
    from prahari.desks.accounts.models import Centre

    centre = Centre.objects.filter(pk=1).first()
    return centre.name if centre else {"en": "", "hi": ""}


def _path(template: Path | str) -> Path:
    if isinstance(template, Path):
        return template
    desk, _, name = template.partition("/")
    return _DESKS / desk / "documents" / f"{name}.typ"
