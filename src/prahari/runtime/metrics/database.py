"""Figures of the database: cameras by state, open episodes of ill health, work that waits, and the server itself.

Only tables that more than one room knows (contracts.tables) and those of the library that runs tasks: a desk's own rows
are nobody's business here.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any, LiteralString

import psycopg
from prometheus_client.metrics_core import Metric

from prahari.contracts.events import now_ms
from prahari.runtime.metrics.families import gauge

log = logging.getLogger(__name__)

TIMEOUT_MS = 4000
# A camera whose proof has run out is stalled, as everywhere (docs/architecture.md).
_CAMERAS: LiteralString = """
SELECT CASE WHEN status = 'live' AND coalesce(proof_until_ms, 0) < %s THEN 'stalled' ELSE status END, count(*)
  FROM camera_status GROUP BY 1"""
_EPISODES: LiteralString = "SELECT kind, count(*) FROM camera_episode WHERE end_ms IS NULL GROUP BY 1"
_JOBS: LiteralString = """
SELECT queue_name, status::text, count(*) FROM procrastinate_jobs
 WHERE status IN ('todo', 'doing', 'failed') GROUP BY 1, 2"""
_OLDEST_JOB: LiteralString = """
SELECT coalesce(max(extract(epoch FROM now() - e.at)), 0)::float8
  FROM procrastinate_jobs j JOIN procrastinate_events e ON e.job_id = j.id AND e.type = 'deferred'
 WHERE j.status = 'todo' AND (j.scheduled_at IS NULL OR j.scheduled_at < now())"""
_CONNECTIONS: LiteralString = """
SELECT coalesce(state, 'other'), count(*) FROM pg_stat_activity WHERE datname = current_database() GROUP BY 1"""
_SIZE: LiteralString = "SELECT pg_database_size(current_database())"


def look(url: str) -> list[Metric]:
    """Blocking. Only `prahari_database_up 0` when the server is away; a missing table leaves out its figures."""
    try:
        with psycopg.connect(url, connect_timeout=5, autocommit=True) as connection:
            connection.execute(f"SET statement_timeout = {TIMEOUT_MS}")
            return [gauge("database_up", "1 while the database answers", (), [((), 1.0)]), *_figures(connection)]
    except psycopg.Error as error:
        log.warning("the database does not answer: %s", str(error).strip().splitlines()[-1])
        return [gauge("database_up", "1 while the database answers", (), [((), 0.0)])]


def _figures(connection: psycopg.Connection[Any]) -> Iterator[Metric]:
    asked: list[tuple[str, str, tuple[str, ...], LiteralString, list[Any]]] = [
        ("cameras", "Linked cameras by the state that consoles show", ("status",), _CAMERAS, [now_ms()]),
        ("camera_episodes_open", "Episodes of ill health that have not ended", ("kind",), _EPISODES, []),
        ("tasks", "Background work by queue and state", ("queue", "state"), _JOBS, []),
        ("task_oldest_due_seconds", "How long the oldest work that is due has waited", (), _OLDEST_JOB, []),
        ("database_connections", "Connections by what they do", ("state",), _CONNECTIONS, []),
        ("database_bytes", "Room that the database takes", (), _SIZE, []),
    ]
    for name, help_, labels, query, values in asked:
        try:
            rows = connection.execute(query, values).fetchall()
        except psycopg.Error as error:
            log.warning("no figure %s: %s", name, str(error).strip().splitlines()[0])
            continue
        yield gauge(name, help_, labels, [(tuple(map(str, row[:-1])), float(row[-1])) for row in rows])
