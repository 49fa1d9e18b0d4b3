"""Chains new entries all the time, on a thread of the tasks process."""

from __future__ import annotations

import logging
import threading

from django.db import DatabaseError, close_old_connections

from prahari.contracts.config import ConfigError
from prahari.desks.audit import chain

log = logging.getLogger(__name__)

EVERY_S = 2.0


class Sealer:
    """Never keeps the process from ending: what is not chained by then waits in its table."""

    def __init__(self) -> None:
        self._stopping = threading.Event()

    def start(self) -> None:
        threading.Thread(target=self._run, name="audit sealer", daemon=True).start()

    def stop(self) -> None:
        self._stopping.set()

    def _run(self) -> None:
        while not self._stopping.is_set():
            chained = 0
            try:
                chained = chain.seal()
            except (DatabaseError, OSError, ConfigError) as error:
                log.warning("audit entries wait to be chained: %s", error)
            except Exception:  # a fault of ours must not end the one thread that chains
                log.exception("audit entries wait to be chained")
            finally:
                close_old_connections()
            if chained < chain.MOST_AT_ONCE:
                self._stopping.wait(EVERY_S)


sealer = Sealer()


def at_start() -> None:
    sealer.start()
