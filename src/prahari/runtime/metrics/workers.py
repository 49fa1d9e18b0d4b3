"""Figures of the media workers, from their heartbeats."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator

import msgspec
from nats.aio.client import Client
from nats.aio.msg import Msg
from prometheus_client.metrics_core import Metric

from prahari.contracts import subjects
from prahari.contracts.media import WorkerState
from prahari.runtime.metrics.families import gauge

log = logging.getLogger(__name__)

FORGOTTEN_AFTER_S = 600.0
_FIGURES = (
    ("cameras", "cameras", "Cameras that fall to the worker"),
    ("open_streams", "open_streams", "Cameras with a standing connection"),
    ("recording", "recording", "Cameras whose pictures go to disk"),
    ("viewers", "viewers", "Live pictures that somebody looks at"),
    ("disk_free_bytes", "disk_free_bytes", "Room on the disks of recordings"),
)


class Heartbeats:
    """The last word of each worker."""

    def __init__(self) -> None:
        self._heard: dict[int, tuple[float, WorkerState]] = {}

    async def listen(self, client: Client) -> None:
        await client.subscribe(subjects.MEDIA_WORKER_STATES, cb=self._on_state)

    async def _on_state(self, message: Msg) -> None:
        try:
            state = msgspec.json.decode(message.data, type=WorkerState)
        except ValueError as error:
            log.warning("a heartbeat cannot be read: %s", error)
            return
        self._heard[state.worker] = time.monotonic(), state

    def collect(self) -> Iterator[Metric]:
        now_s = time.monotonic()
        self._heard = {one: heard for one, heard in self._heard.items() if now_s - heard[0] < FORGOTTEN_AFTER_S}
        rows = [((str(worker),), heard_s, state) for worker, (heard_s, state) in sorted(self._heard.items())]
        yield gauge("media_heartbeat_age_seconds", "Since the worker was last heard of", ("worker",),
                    ((worker, now_s - heard_s) for worker, heard_s, _ in rows))  # fmt: skip
        yield gauge("media_loop_lag_seconds", "How late the worker's event loop runs", ("worker",),
                    ((worker, state.loop_lag_ms / 1000) for worker, _, state in rows))  # fmt: skip
        for name, field, help_ in _FIGURES:
            yield gauge(f"media_{name}", help_, ("worker",),
                        ((worker, float(getattr(state, field))) for worker, _, state in rows))  # fmt: skip
