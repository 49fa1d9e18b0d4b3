"""Hand-written SQL where the ORM costs too much: prepared on the server, rows as tuples."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, LiteralString

import psycopg
from django.db import connection


def fetch(
    query: LiteralString, parameters: Sequence[Any] = (), *, prepare: bool = True, binary: bool = False
) -> list[tuple[Any, ...]]:
    """All rows. Parsed and planned once a connection; runs in the transaction that is open, if one is.
    binary=True brings values as they lie on the server (a bytea is bytes at once), which is cheaper for large ones.
    prepare=False plans for these very parameters, where the best plan depends on them (words to search for).
    Raises django.db errors like the ORM.
    """
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(query, parameters, prepare=prepare, binary=binary)
        return cursor.fetchall()
