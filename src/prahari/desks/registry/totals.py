"""How many there are: counted at most every few seconds a scope and filter. Every answer says when it was true."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Any, LiteralString, cast

from prahari.desks.common.sql import fetch
from prahari.desks.registry.filters import SOURCE, Where

KEPT_MS = 3_000
KEPT_MAX = 512


class Remembered:
    """Values by key, each for a while; the oldest go first when there are too many. For speed, never for truth."""

    def __init__(self, kept_ms: int = KEPT_MS, kept_max: int = KEPT_MAX) -> None:
        self._kept_ms = kept_ms
        self._kept_max = kept_max
        self._lock = threading.Lock()
        self._values: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()

    def get(self, key: Hashable, now_ms: int) -> tuple[Any, int] | None:
        with self._lock:
            found = self._values.get(key)
        return found if found and 0 <= now_ms - found[1] < self._kept_ms else None

    def put(self, key: Hashable, value: Any, now_ms: int) -> None:
        with self._lock:
            self._values[key] = (value, now_ms)
            self._values.move_to_end(key)
            while len(self._values) > self._kept_max:
                self._values.popitem(last=False)

    def forget(self) -> None:
        """After a write of this process, so that its author sees it in the next answer."""
        with self._lock:
            self._values.clear()


remembered = Remembered()


def of_cameras(where: Where, now_ms: int) -> tuple[int, int]:
    """(rows, when that was counted)."""
    key = (where.sql, repr(where.parameters))
    found = remembered.get(key, now_ms)
    if found is None:
        # The clock is needed only where the condition looks at the state; joining it costs nothing otherwise.
        sql = f"SELECT count(*) FROM {SOURCE} WHERE {where.sql}"  # noqa: S608
        rows = fetch(cast(LiteralString, sql), [now_ms, *where.parameters], prepare=not where.narrowed)
        found = (rows[0][0], now_ms)
        remembered.put(key, found[0], now_ms)
    return found
