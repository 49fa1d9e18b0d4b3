"""Which ports are free, and who has one that is not."""

from __future__ import annotations

import socket

import psutil

UNKNOWN = "another program"
OF_A_CENTRE = 48
"""A centre's ports lie among so many neighbours, beginning with the console's."""


def free(count: int = 1, host: str = "127.0.0.1") -> list[int]:
    """Ports nobody listens on now. For tests and benches: a centre has fixed ones."""
    sockets = [socket.create_server((host, 0), family=_family(host)) for _ in range(count)]
    try:
        return [one.getsockname()[1] for one in sockets]
    finally:
        for one in sockets:
            one.close()


def free_run(count: int, host: str = "127.0.0.1") -> int:
    """The first of `count` neighbouring ports nobody listens on now."""
    while True:
        first = free(1, host)[0]
        if first + count < 65536 and all(is_free(first + offset, host) for offset in range(count)):
            return first


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    try:
        socket.create_server((host, port), family=_family(host)).close()
    except OSError:
        return False
    return True


def holder(port: int) -> str:
    """Who listens on `port`, for a sentence: ``process 812 (nginx)`` or UNKNOWN."""
    for connection in psutil.net_connections("tcp"):
        if connection.status == psutil.CONN_LISTEN and connection.laddr.port == port and connection.pid:
            try:
                return f"process {connection.pid} ({psutil.Process(connection.pid).name()})"
            except psutil.NoSuchProcess:
                break
    return UNKNOWN


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET
