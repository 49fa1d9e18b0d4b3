"""What a worker tells with its lease: where it is, what it serves, how much it can."""

from __future__ import annotations

import hashlib
import socket
import ssl
import time
from collections.abc import Callable

from prahari.contracts.cluster import LeaseState, Obeys, WorkerLease
from prahari.contracts.config import Config

PERIOD_S = 10.0
BUSY_PCT = 75.0
"""Of a core: one event loop cannot use more than 100, and keyframes come in bursts."""

MEASURED_FROM = 20
"""Cameras from which on their cost says what one more will cost."""

MOST_OPEN = 300
"""Streams that one event loop reads at once without falling behind, measured (bench record)."""

MOST = 20_000
STEP_PARTS = 10
"""Told anew only when it differs by more than one part in so many: a capacity that wavers would move cameras."""


class Worth:
    """`cameras`, `opened`: served now, and those of them that stand open; `lag_ms`: how late the event loop was.

    Most cameras of a city are neither recorded nor watched and cost a probe now and then: what one more will cost is
    taken from what these here cost.
    """

    def __init__(
        self,
        config: Config,
        worker: int,
        cameras: Callable[[], int],
        opened: Callable[[], int],
        lag_ms: Callable[[], float],
    ) -> None:
        self._worker = worker
        self._opened = opened
        self._least = config.worker_capacity
        self._is_measured = False
        self._node = config.node
        self._cameras = cameras
        self._lag_ms = lag_ms
        self._capacity = config.worker_capacity
        address = config.node_address or _reachable(config.bind)
        self._origin = config.origin(config.media_port_of(worker), address)
        self._pin = ""
        if config.tls_cert is not None:
            der = ssl.PEM_cert_to_DER_cert(config.tls_cert.read_text().split("-----END CERTIFICATE-----")[0] + _END)
            self._pin = hashlib.sha256(der).hexdigest()
        self._from = (time.monotonic(), time.process_time())
        self._cpu_pct = 0.0

    def told(self) -> WorkerLease:
        self._measure()
        cameras = self._cameras()
        return WorkerLease(
            worker=self._worker,
            node=self._node,
            number=0,
            floor=0,
            state=LeaseState.HELD,
            obeys=Obeys.COMPUTED,
            # What it serves it can serve, until it is known better: a restart must not send cameras away.
            capacity=self._capacity if self._is_measured else max(self._capacity, cameras),
            cameras=cameras,
            origin=self._origin,
            pin=self._pin,
            cpu_pct=round(self._cpu_pct, 1),
            loop_lag_ms=round(self._lag_ms(), 1),
        )

    def _measure(self) -> None:
        now_s, used_s = time.monotonic(), time.process_time()
        passed_s = now_s - self._from[0]
        if passed_s < PERIOD_S:
            return
        now_pct = 100 * (used_s - self._from[1]) / passed_s
        self._cpu_pct = now_pct if not self._cpu_pct else 0.8 * self._cpu_pct + 0.2 * now_pct
        self._from = (now_s, used_s)
        cameras = self._cameras()
        if cameras >= MEASURED_FROM and self._cpu_pct > 1:
            by_cpu = cameras * BUSY_PCT / self._cpu_pct
            by_streams = cameras * MOST_OPEN / max(1, self._opened())
            # Not more than twice what was seen: cameras that have just come have not cost anything yet.
            can = round(min(by_cpu, by_streams, 2 * max(cameras, self._least), MOST))
            if not self._is_measured or abs(can - self._capacity) > self._capacity // STEP_PARTS:
                self._capacity = max(1, can)
            self._is_measured = True


_END = "-----END CERTIFICATE-----\n"


def _reachable(bind: str) -> str:
    return socket.gethostname() if bind in {"0.0.0.0", "::"} else bind  # noqa: S104 - compared, not bound
