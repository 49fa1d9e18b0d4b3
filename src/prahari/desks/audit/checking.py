"""Looks whether the audit in the database, its chain and the files still agree."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.db import connection, transaction

from prahari.desks.audit import chain
from prahari.desks.audit.models import AuditLink
from prahari.desks.audit.verify_audit import FIRST_LINK, Finding, check_folder, link_of, read_key

MOST_FAULTS = 1_000
STEP = 5_000


def check() -> Finding:
    """Everything: each entry against its link, links against one another, both against the files.

    Takes about a second for 20,000 entries. Raises DatabaseError, OSError.
    """
    from django.conf import settings

    with transaction.atomic(), connection.cursor() as cursor:
        # Nothing is chained meanwhile, so that database and files are looked at in the same state.
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [chain.LOCK])
        found = check_folder(chain.folder(), read_key(settings.CONFIG.keys / "audit.pub"))
        found.faults += _of_database(found)
        found.faults += _unchained()
    del found.faults[MOST_FAULTS:]
    return found


def _of_database(files: Finding) -> Iterator[str]:
    lines = _links_in_files()
    position, link = 0, FIRST_LINK
    for links in _portions():
        rows = chain.entries_of([one.entry_id for one in links])
        for one in links:
            if one.position != position + 1:
                yield f"The database has link {one.position} where {position + 1} should be: removed or put in."
            row = rows.get(one.entry_id)
            if row is None:
                yield f"Entry {one.position} ({one.entry_id}) was removed from the database."
            elif one.link != link_of(link, one.position, chain.text_of(row)):
                yield f"Entry {one.position} ({row['action']}, number {row['sequence']}) was changed in the database."
            if next(lines, None) != (one.position, one.link):
                yield f"Entry {one.position} is not the same in the files as in the database."
                lines = iter(())  # told once: what follows is another order all the way
            position, link = one.position, one.link
    if position != files.last_position:
        yield f"The database ends with entry {position}, the files end with {files.last_position}."


def _portions() -> Iterator[list[AuditLink]]:
    last = 0
    while links := list(AuditLink.objects.filter(position__gt=last).order_by("position")[:STEP]):
        yield links
        last = links[-1].position


def _links_in_files() -> Iterator[tuple[int, str]]:
    for path in sorted(chain.folder().glob("????-??-??.jsonl")):
        with path.open(encoding="utf-8", errors="replace") as lines:
            for line in lines:
                try:
                    row: dict[str, Any] = json.loads(line)
                    yield int(row["position"]), str(row["link"])
                except (ValueError, KeyError, TypeError):
                    yield 0, ""


def _unchained() -> list[str]:
    """Entries that are neither chained nor waiting for it: put in behind the centre's back."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, sequence FROM audit_auditentry AS entry"
            " WHERE NOT EXISTS (SELECT 1 FROM audit_auditlink WHERE entry_id = entry.id)"
            " AND NOT EXISTS (SELECT 1 FROM audit_auditwaiting WHERE entry_id = entry.id)"
            " ORDER BY sequence LIMIT %s",
            [MOST_FAULTS],
        )
        return [f"Entry {entry_id} (number {number}) was put into the database." for entry_id, number in cursor]
