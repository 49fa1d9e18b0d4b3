"""The chain over all audit entries: links in the database, and a file a day that can be checked far away.

Entries are chained in the order of their sequence a moment after their commit. One whose transaction took long comes
later than others with higher numbers: the position in the chain is the order that counts.
"""

from __future__ import annotations

import json
from datetime import UTC
from itertools import groupby
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from prahari.contracts.clock import local_day
from prahari.desks.audit.files import AuditFiles
from prahari.desks.audit.models import AuditEntry, AuditLink, AuditWaiting
from prahari.desks.audit.verify_audit import FIRST_LINK, link_of

MOST_AT_ONCE = 2_000
LOCK = 0x61756469
"""Advisory lock: one sealer at a time, in the centre and in the files."""

_FIELDS = (
    "id", "sequence", "at", "actor_id", "actor_name", "action", "object_type", "object_id", "object_name",
    "jurisdiction_path", "agency_code", "reason", "details", "ip",
)  # fmt: skip


def folder() -> Path:
    """Where the files of the chain lie."""
    return settings.CONFIG.home / "audit"


def text_of(entry: dict[str, Any]) -> str:
    """An entry's row as the one text that is hashed: JSON with sorted names, times to the microsecond in UTC."""
    plain = {**entry, "at": entry["at"].astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")}
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)


def entries_of(ids: list[Any]) -> dict[Any, dict[str, Any]]:
    """Id -> row, as `text_of` takes it."""
    return {row["id"]: row for row in AuditEntry.objects.filter(id__in=ids).values(*_FIELDS)}


def seal() -> int:
    """Chain what waits, and bring the files up to it; returns how many were chained. Raises DatabaseError, OSError.

    Killed anywhere, the next call goes on: links are committed before their lines are written, and lines that are
    missing are written then.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return 0
        chained = _chain()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if cursor.fetchone()[0]:
            _write()
    return chained


def _chain() -> int:
    waiting = list(AuditWaiting.objects.order_by("sequence").values_list("entry_id", flat=True)[:MOST_AT_ONCE])
    if not waiting:
        return 0
    rows = entries_of(waiting)
    last = AuditLink.objects.order_by("-position").first()
    position, link = (last.position, last.link) if last else (0, FIRST_LINK)
    day = max(local_day(), last.day) if last else local_day()
    links = []
    for row in sorted(rows.values(), key=lambda row: row["sequence"]):
        position += 1
        link = link_of(link, position, text_of(row))
        links.append(AuditLink(position=position, entry_id=row["id"], link=link, day=day))
    AuditLink.objects.bulk_create(links)
    AuditWaiting.objects.filter(entry_id__in=waiting).delete()
    return len(links)


def _write() -> None:
    last = AuditLink.objects.order_by("-position").first()
    if last is None:
        return
    files = AuditFiles(folder(), settings.CONFIG.audit_key())
    written = files.last_position()
    while written < last.position:
        links = list(AuditLink.objects.filter(position__gt=written).order_by("position")[:MOST_AT_ONCE])
        rows = entries_of([one.entry_id for one in links])
        for day, of_day in groupby(links, key=lambda one: one.day):
            files.append(day, [(one.position, one.link, text_of(rows[one.entry_id])) for one in of_day])
        written = links[-1].position
    files.sign(last.position, last.link)
    files.close_days_before(max(local_day(), last.day))
