"""The embedded PostgreSQL: made, started, refused and recovered, as root and as an ordinary user."""

from __future__ import annotations

import re

import psycopg
import pytest

from prahari.runtime.postgres import ADMIN, Postgres


def test_role_is_no_superuser_and_needs_its_password(postgres_server: Postgres) -> None:
    with psycopg.connect(postgres_server.url) as connection:
        row = connection.execute(
            "SELECT rolsuper, current_setting('listen_addresses') FROM pg_roles WHERE rolname = current_user"
        )
        assert row.fetchone() == (False, "")
    wrong = re.sub(r":[^:@/]+@", ":wrong@", postgres_server.url)
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(wrong)


def test_trusted_extensions_can_be_made(fresh_postgres_url: str) -> None:
    with psycopg.connect(fresh_postgres_url) as connection:
        for name in ("pg_trgm", "btree_gist", "ltree", "unaccent"):
            connection.execute(f"CREATE EXTENSION {name}")


def test_admin_address_differs(postgres_server: Postgres) -> None:
    assert postgres_server.url_for("postgres", ADMIN) != postgres_server.url_for("postgres")
