"""Audit entries as a CSV file: what the same filters list, streamed; an action of its own, with its reason."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

import orjson
from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import StreamingHttpResponse
from django.utils import timezone

from prahari.contracts.clock import IST, local_day
from prahari.desks.audit import selectors
from prahari.desks.audit.models import AuditEntry, AuditLink
from prahari.desks.audit.schemas import AuditExportIn
from prahari.desks.common.action import action
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import Problem
from prahari.desks.registry.export import safe_cell

MOST = 100_000
"""Entries in a file: what a spreadsheet still opens, and some seconds' work."""
BATCH = 1000
CHUNK = 64 * 1024

COLUMNS = (
    "sequence", "at", "actor_name", "actor_id", "action", "object_type", "object_id", "object_name", "reason",
    "details", "ip", "jurisdiction_path", "agency_code", "chain_position", "chain_link",
)  # fmt: skip


def response(actor: Actor, form: AuditExportIn) -> StreamingHttpResponse:
    """The download; audited before its first byte leaves. Raises Problem 403, 409 (too many entries)."""
    with action("audit.export", actor=actor, reason=form.reason) as act:
        # What happens from now on is not in the file, so that it holds as many as its own entry says.
        found = selectors.matching(actor, form).filter(at__lt=timezone.now())
        count = found[: MOST + 1].count()
        if count > MOST:
            raise Problem(409, "too_many",
                          "More than 1,00,000 entries match. Choose fewer days, or another filter.",
                          "1,00,000 से अधिक प्रविष्टियाँ मेल खाती हैं। कम दिन चुनें, या कोई और फ़िल्टर लगाएँ।")  # fmt: skip
        chosen = {name: value for name, value in form.dict(exclude={"reason"}).items() if value not in ("", None)}
        act.about("audit", "csv", f"{count} entries")
        act.details(format="csv", rows=count, filters={name: str(value) for name, value in chosen.items()})
    answer = StreamingHttpResponse(_csv(found), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="audit-{local_day()}.csv"'
    answer["Cache-Control"] = "no-store"
    return answer


def _csv(found: QuerySet[AuditEntry]) -> Iterator[bytes]:
    link = AuditLink.objects.filter(entry_id=OuterRef("pk"))
    rows = (
        found.annotate(chain_position=Subquery(link.values("position")), chain_link=Subquery(link.values("link")))
        .order_by(*selectors.NEWEST_FIRST)
        .values_list(*COLUMNS)
    )
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    buffer.write("\ufeff")  # spreadsheets read Hindi only when told that it is UTF-8
    writer.writerow(COLUMNS)
    with transaction.atomic():
        for row in rows.iterator(chunk_size=BATCH):
            writer.writerow([_cell(name, value) for name, value in zip(COLUMNS, row, strict=True)])
            if buffer.tell() > CHUNK:
                yield buffer.getvalue().encode()
                buffer.seek(0)
                buffer.truncate()
        yield buffer.getvalue().encode()


def _cell(name: str, value: Any) -> Any:
    if value is None:
        return ""
    if name == "at":
        return value.astimezone(IST).isoformat(timespec="milliseconds")
    if name == "details":
        return orjson.dumps(value).decode() if value else ""
    return safe_cell(value)
