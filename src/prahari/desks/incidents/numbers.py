"""The number that people say: 2026-000123."""

from __future__ import annotations

from django.db import connection

from prahari.contracts.clock import local_day


def take(at_ms: int) -> str:
    """The next number of the year of `at_ms`, in the transaction that is open: rolled back, it is taken again."""
    year = local_day(at_ms).year
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO incidents_incidentnumber (year, last) VALUES (%s, 1)"
            " ON CONFLICT (year) DO UPDATE SET last = incidents_incidentnumber.last + 1 RETURNING last",
            [year],
        )
        [last] = cursor.fetchone()
    return f"{year}-{last:06d}"
