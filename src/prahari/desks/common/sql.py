"""Hand-written SQL where the ORM costs too much: prepared on the server, rows as tuples."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, LiteralString

import orjson
import psycopg
from django.db import connection
from django.db.models import JSONField, Model
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


def copy_in(model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Put rows into a model's table, in the transaction that is open: a third of the cost of bulk_create.

    columns: attribute names (`premises_id`), the primary key among them unless the database counts it up; those left
    out get the model's default. JSON columns take plain values.
    """
    given = [model._meta.get_field(name) for name in columns]
    left_out = [
        field for field in model._meta.concrete_fields if field.attname not in columns and not field.primary_key
    ]
    constants = [field.get_default() for field in left_out]
    fields = [*given, *left_out]
    json_at = [at for at, field in enumerate(fields) if isinstance(field, JSONField)]
    listed = ", ".join(f'"{field.column}"' for field in fields)
    statement = f'COPY "{model._meta.db_table}" ({listed}) FROM STDIN'
    with connection.cursor() as cursor:
        # pghistory tells the database who writes and why, but not before a COPY, nor before a SELECT.
        cursor.execute("VALUES (1)")
        with cursor.copy(statement) as copy:
            for row in rows:
                values = [*row, *constants]
                for at in json_at:
                    values[at] = None if values[at] is None else orjson.dumps(values[at]).decode()
                copy.write_row(values)
