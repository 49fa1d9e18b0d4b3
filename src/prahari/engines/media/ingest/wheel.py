"""One timer for all connections of an event loop: reads each in a few large gulps a second.

A socket that the loop watches wakes it for every few packets. Nobody looks at most cameras, so theirs are not watched
at all: the kernel collects, and at its turn a connection is emptied with one or two reads into one shared buffer.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import ClassVar, Protocol
from weakref import WeakKeyDictionary

from prahari.engines.media.rtp.receiver import ReceiveBuffer

SLOTS = 8
TICK_S = 0.05


class Reader(Protocol):
    """A connection. Neither method raises. `pace`: read every `pace`-th tick: 8, 4, 2 or 1."""

    pace: int

    def gulp(self) -> None: ...

    def check(self, now_s: float) -> None:
        """Once a second: timeouts, keepalive, rates."""


class Wheel:
    """Turns while there is anybody on it. `lag_s`: how late the last turn came.

    `stands` is asked before anything is taken from a camera: a process that was stopped must not go on with cameras
    that are another's by now.
    """

    _of_loop: ClassVar[WeakKeyDictionary[asyncio.AbstractEventLoop, Wheel]] = WeakKeyDictionary()

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._readers: list[list[Reader]] = [[] for _ in range(SLOTS)]
        self._slot_of: dict[Reader, int] = {}
        self._tick = 0
        self._due_s = 0.0
        self._timer: asyncio.TimerHandle | None = None
        self._hurried: set[Reader] = set()
        self.shared = ReceiveBuffer()
        self.stands: Callable[[], bool] = lambda: True
        self.lag_s = 0.0

    @classmethod
    def current(cls) -> Wheel:
        """The wheel of the running loop."""
        loop = asyncio.get_running_loop()
        wheel = cls._of_loop.get(loop)
        if wheel is None:
            wheel = cls._of_loop[loop] = cls(loop)
        return wheel

    def add(self, reader: Reader) -> None:
        slot = min(range(SLOTS), key=lambda index: len(self._readers[index]))
        self._readers[slot].append(reader)
        self._slot_of[reader] = slot
        if self._timer is None:
            self._due_s = self._loop.time() + TICK_S
            self._timer = self._loop.call_at(self._due_s, self._turn)

    def remove(self, reader: Reader) -> None:
        slot = self._slot_of.pop(reader, None)
        if slot is None:
            return
        self._readers[slot].remove(reader)
        self._hurried.discard(reader)
        if not self._slot_of and self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def hurry(self, reader: Reader) -> None:
        """`reader.pace` went below 8."""
        self._hurried.add(reader)

    def _turn(self) -> None:
        loop = self._loop
        self.lag_s = max(0.0, loop.time() - self._due_s)
        tick = self._tick
        self._tick = tick + 1
        slot = tick % SLOTS
        for reader in tuple(self._readers[slot]):
            reader.gulp()
        for reader in tuple(self._hurried):
            own = self._slot_of.get(reader)
            if own is not None and own != slot and (tick - own) % reader.pace == 0:
                reader.gulp()
        # Every other time a slot has its turn, that is every 0.8 s, right behind its gulp.
        if (tick // SLOTS) % 2 == 1:
            now_s = time.monotonic()
            for reader in tuple(self._readers[slot]):
                reader.check(now_s)
        if self._slot_of:
            self._due_s += TICK_S
            now = loop.time()
            if self._due_s < now:
                self._due_s = now + TICK_S / 10
            self._timer = loop.call_at(self._due_s, self._turn)
