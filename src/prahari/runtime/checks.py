"""Whether a process of the centre works: asked over the doors that everybody else uses."""

from __future__ import annotations

import asyncio
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Awaitable, Callable
from pathlib import Path

import psycopg

from prahari.contracts.alarms import ALARM_ENGINE_STATE

TIMEOUT_S = 4.0
HEARTBEAT_MAX_AGE_S = 60
"""The task runner writes a heartbeat every ten seconds."""

ALARMS_BEAT_MAX_AGE_S = 30
"""The alarm engine writes each second."""

_local = ssl.create_default_context()
_local.check_hostname = False
_local.verify_mode = ssl.CERT_NONE  # our own process on this machine, behind a self-made certificate


def answers(url: str) -> bool:
    """Whether `GET url` gives a status below 400."""
    try:
        with urllib.request.urlopen(url, timeout=TIMEOUT_S, context=_local) as response:  # noqa: S310 - http(s) of ours
            return bool(response.status < 400)
    except (urllib.error.URLError, OSError, ValueError):
        return False


def http(url: str) -> Callable[[], Awaitable[bool]]:
    return lambda: asyncio.to_thread(answers, url)


def tasks_beat(database_url: str) -> bool:
    """Whether a task runner has written its heartbeat lately."""
    query = "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - make_interval(secs => %s)"
    try:
        with psycopg.connect(database_url, connect_timeout=5) as connection:
            row = connection.execute(query, [HEARTBEAT_MAX_AGE_S]).fetchone()
    except psycopg.Error:
        return False
    return bool(row and row[0])


def alarms_beat(home: Path) -> bool:
    """Whether the alarm engine has written down lately how it is. Before its first word it is starting."""
    try:
        return time.time() - (home / ALARM_ENGINE_STATE).stat().st_mtime < ALARMS_BEAT_MAX_AGE_S
    except FileNotFoundError:
        return True
