"""The files of the chain: a line an entry in a file a day, signed heads. Their shape is told in verify_audit.py."""

from __future__ import annotations

import base64
import hashlib
import json
import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from prahari.contracts.events import now_ms
from prahari.desks.audit.verify_audit import HEADS, signed_text

TAIL_BYTES = 4_000_000
"""An entry is shorter: the last line is found within."""


class AuditFiles:
    """Writes; one process at a time (who calls holds the chain's lock). Raises OSError when the disk refuses."""

    def __init__(self, folder: Path, key: Ed25519PrivateKey) -> None:
        self._folder = folder
        self._key = key
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def last_position(self) -> int:
        """Position of the last whole line; 0: there is none. A line that a crash left half written is cut off."""
        for path in sorted(self._folder.glob("????-??-??.jsonl"), reverse=True):
            line = _last_line(path)
            if line:
                return int(json.loads(line)["position"])
        return 0

    def append(self, day: date, lines: Sequence[tuple[int, str, str]]) -> None:
        """Lines (position, link, entry's text) on stable storage."""
        text = "".join(
            json.dumps({"position": position, "link": link, "entry": entry}, ensure_ascii=False) + "\n"
            for position, link, entry in lines
        )
        _append(self._folder / f"{day}.jsonl", text.encode())

    def sign(self, position: int, link: str) -> None:
        """A signed head for the newest link, unless there is one. The link is the database's: what somebody else puts
        into a file is never signed for."""
        last = _last_line(self._folder / HEADS)
        if not last or int(json.loads(last)["position"]) < position:
            head = self._signed({"position": position, "link": link, "at_ms": now_ms()})
            _append(self._folder / HEADS, (json.dumps(head) + "\n").encode())

    def close_days_before(self, day: date) -> None:
        """Sign every day that is over and has no head yet."""
        for path in sorted(self._folder.glob("????-??-??.jsonl")):
            head_path = path.with_suffix(".head.json")
            if path.stem >= str(day) or head_path.exists():
                continue
            line = json.loads(_last_line(path))
            head = self._signed(
                {
                    "day": path.stem,
                    "last": line["position"],
                    "link": line["link"],
                    "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
                    "signed_ms": now_ms(),
                }
            )
            part = head_path.with_suffix(".part")
            part.write_text(json.dumps(head, indent=1) + "\n")
            part.replace(head_path)

    def _signed(self, head: dict[str, Any]) -> dict[str, Any]:
        return {**head, "signature": base64.b64encode(self._key.sign(signed_text(head))).decode()}


def _append(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "ab") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _last_line(path: Path) -> bytes:
    """The last whole line, what follows it cut off; empty when there is none."""
    if not path.exists():
        return b""
    with path.open("r+b") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - TAIL_BYTES))
        tail = file.read()
        whole = tail[: tail.rfind(b"\n") + 1]
        if len(whole) < len(tail):
            file.truncate(size - (len(tail) - len(whole)))
    return whole.rstrip(b"\n").rpartition(b"\n")[2]
