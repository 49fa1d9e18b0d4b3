"""What the engine keeps on disk: rules, what is known of cameras, and how far it has come."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

log = logging.getLogger(__name__)

Value = TypeVar("Value")


class Checkpoint(msgspec.Struct, frozen=True):
    """Everything up to batch `sequence` of the stream that was made at `stream` is in `state`, and its alarms are told.

    `state`: of core.alarming.evaluate.Evaluator.export.
    """

    stream: str
    sequence: int
    state: bytes


class Kept(Generic[Value]):
    """One value in one file, replaced in one step: a kill at any moment leaves the old one or the new one."""

    def __init__(self, path: Path, read: Callable[[bytes], Value]) -> None:
        self._path = path
        self._read = read
        path.parent.mkdir(parents=True, exist_ok=True)

    def load(self) -> Value | None:
        """None (and a line in the log) when there is none that can be read."""
        try:
            return self._read(self._path.read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            log.error("%s cannot be read and is left out: %s", self._path, error)
            return None

    def save(self, payload: bytes, *, lasting: bool = True) -> None:
        """lasting: over a loss of power, too. Raises OSError, e.g. on a full disk; what was kept before stays."""
        new = self._path.with_suffix(".new")
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(payload)
            if lasting:
                file.flush()
                os.fsync(file.fileno())
        new.replace(self._path)
