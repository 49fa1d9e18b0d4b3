"""Work that is looked for every few seconds, on a thread of the tasks process: a queued task for each look would write
tens of thousands of rows a day.

    sweeper = Repeating("incident clocks", 5.0, clocks.sweep)
    def at_start() -> None:
        sweeper.start()

What it calls looks at rows, may run in several processes at once, and may be killed at any moment.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from django.db import DatabaseError, close_old_connections

log = logging.getLogger(__name__)


class Repeating:
    """Never keeps the process from ending."""

    def __init__(self, name: str, every_s: float, call: Callable[[], object]) -> None:
        self._name = name
        self._every_s = every_s
        self._call = call
        self._stopping = threading.Event()

    def start(self) -> None:
        threading.Thread(target=self._run, name=self._name, daemon=True).start()

    def stop(self) -> None:
        self._stopping.set()

    def _run(self) -> None:
        while not self._stopping.wait(self._every_s):
            try:
                self._call()
            except DatabaseError as error:
                log.warning("%s: waits for the database: %s", self._name, error)
            except Exception:  # a fault of ours must not end the one thread that looks
                log.exception("%s failed, tries again", self._name)
            finally:
                close_old_connections()
