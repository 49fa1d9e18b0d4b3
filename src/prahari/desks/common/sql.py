"""Hand-written SQL where the ORM costs too much: prepared on the server, rows as tuples."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, LiteralString

import psycopg
from django.db import connection
from psycopg.abc import Buffer
from psycopg.adapt import Loader
from psycopg.pq import Format


class _Raw(Loader):
    format = Format.BINARY

    def load(self, data: Buffer) -> bytes:
        return bytes(data)


def fetch(
    query: LiteralString, parameters: Sequence[Any] | Mapping[str, Any] = (), *, prepare: bool = True, raw: bool = False
) -> list[tuple[Any, ...]]:
    """All rows. Parsed and planned once a connection; runs in the transaction that is open, if one is.
    raw=True brings text columns as UTF-8 bytes, for text that is passed on as it is; varchar ones stay str.
    prepare=False plans for these very parameters, where the best plan depends on them (words to search for).
    Raises django.db errors like the ORM.
    """
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        if raw:
            cursor.adapters.register_loader("text", _Raw)
        cursor.execute(query, parameters, prepare=prepare, binary=raw)
        return cursor.fetchall()
