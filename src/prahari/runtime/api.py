"""The API process: granian serving the desks' WSGI application. Run by the supervisor: python -m prahari.runtime.api.

Two worker processes on two cores: one alone is bound by the interpreter lock. A few threads each keep slow requests
(exports, a camera test) from holding up the rest; more threads only fight for the lock. The application is loaded
before they are forked (docs/adr/0023-loaded-once.md).
"""

from __future__ import annotations

import importlib
import os
from typing import Any

from granian.constants import HTTPModes, Interfaces, SSLProtocols
from granian.http import HTTP1Settings
from granian.server import Server

from prahari.contracts.config import load

THREADS = 4
WORKERS_MAX = 4
BACKLOG = 1024
STOP_S = 4
HEADER_READ_TIMEOUT_MS = 10_000

_LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "prahari.contracts.logs.JsonFormatter", "process": "api"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "stream": "ext://sys.stderr", "formatter": "json"}},
    "root": {"level": "INFO", "handlers": ["stderr"]},
    "loggers": {"_granian": {"level": "WARNING", "propagate": True}},
}


def workers() -> int:
    """Worker processes: one a core, at most four; PRAHARI_API_WORKERS overrides."""
    return int(os.environ.get("PRAHARI_API_WORKERS") or min(WORKERS_MAX, os.cpu_count() or 1))


def main() -> None:
    config = load()
    importlib.import_module("prahari.desks.wsgi")  # what the workers share
    Server(
        "prahari.desks.wsgi:worker",
        factory=True,
        address=config.bind,
        port=config.port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1 if config.tls_cert is None else HTTPModes.auto,
        websockets=False,
        workers=workers(),
        blocking_threads=THREADS,
        backlog=BACKLOG,
        http1_settings=HTTP1Settings(header_read_timeout=HEADER_READ_TIMEOUT_MS),
        log_dictconfig=_LOGGING,
        ssl_cert=config.tls_cert,
        ssl_key=config.tls_key,
        ssl_protocol_min=SSLProtocols.tls12,
        respawn_failed_workers=True,
        respawn_interval=0.2,
        workers_kill_timeout=STOP_S,
    ).serve()


if __name__ == "__main__":
    main()
