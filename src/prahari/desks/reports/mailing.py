"""Who gets a report by mail: rows of addresses, sealed, by area."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings

from prahari.contracts import sealing
from prahari.desks.reports.models import DailyReport, Recipient


def context(recipient_id: UUID) -> str:
    return f"report-recipient:{recipient_id}"


def sealed(recipient_id: UUID, address: str) -> str:
    return sealing.seal(address, settings.CONFIG.sealing_key(), context(recipient_id))


def address(recipient: Recipient) -> str:
    return sealing.unseal(recipient.sealed_address, settings.CONFIG.sealing_key(), context(recipient.id))


def groups(report: DailyReport) -> dict[str, list[str]]:
    """Language -> addresses of those who get this area's report."""
    found: dict[str, list[str]] = {}
    rows = Recipient.objects.filter(jurisdiction_path=report.jurisdiction_path, agency_code=report.agency_code)
    for row in rows.order_by("created_ms", "id"):
        found.setdefault(row.language, []).append(address(row))
    return found
