"""Two things that Django's backend does not do: a cheap check of pooled connections, and telling pgtrigger's triggers
that none of them is ignored.

A server that restarted has closed its end: its sockets are readable (end of file, or its farewell). Looking for that
takes microseconds, where the pool's own check asks the server at each request.
"""

from __future__ import annotations

import select
from typing import Any

import psycopg
from django.db.backends.postgresql import base
from psycopg_pool import ConnectionPool


def check_alive(connection: psycopg.Connection[Any]) -> None:
    """Raises OperationalError when the server has hung up."""
    poll = select.poll()
    poll.register(connection.fileno(), select.POLLIN | select.POLLHUP | select.POLLERR)
    if poll.poll(0):
        connection.close()  # the pool would keep what still calls itself open, and hand it out again
        raise psycopg.OperationalError("the server closed the connection")


NO_TRIGGER_IGNORED = "SELECT set_config('pgtrigger.ignore', '{}', false)"
"""Each trigger that keeps history asks, for each row, whether it is ignored (pgtrigger's _pgtrigger_should_ignore).
Where the setting does not exist at all, asking raises and catches an error: 60 microseconds or more a row, twice what
the row and its history cost."""


class DatabaseWrapper(base.DatabaseWrapper):
    @property
    def pool(self) -> Any:
        """As in the parent, which cannot be handed another check."""
        options = self.settings_dict["OPTIONS"].get("pool")
        if self.alias == base.NO_DB_ALIAS or not options:
            return None
        if self.alias not in self._connection_pools:
            pool = ConnectionPool(
                kwargs={**self.get_connection_params(), "autocommit": True},
                open=False,
                configure=self._configure_connection,
                check=check_alive,
                **options,
            )
            self._connection_pools.setdefault(self.alias, pool)
        return self._connection_pools[self.alias]

    def _configure_connection(self, connection: psycopg.Connection[Any]) -> bool:
        """For each new connection, of the pool or not."""
        super()._configure_connection(connection)
        with connection.cursor() as cursor:
            cursor.execute(NO_TRIGGER_IGNORED)
        return True  # as in the parent: something was set that a rollback would take back
