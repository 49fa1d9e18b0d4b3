"""What the intake process is told: one key a source, gone when it is switched off; made good by a task each minute."""

from __future__ import annotations

import logging

import msgspec
import nats.js.errors
from django.db import connection, transaction

from prahari.contracts import bus, subjects
from prahari.contracts.happenings import SourceKind, SourceRecord
from prahari.core.areas import polygons_of
from prahari.desks.accounts.models import Jurisdiction
from prahari.desks.common import outbox
from prahari.desks.common.models import OutboxMessage
from prahari.desks.intake.models import EventSource
from prahari.desks.linking.engine import line

log = logging.getLogger(__name__)

ANSWER_S = 10.0
LOCK = 0x696E746B
"""Advisory lock: records leave in the order in which their changes were committed."""


def publish(source: EventSource) -> None:
    """Queue its record as it is in this transaction; call it after the change that it tells of."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    _queue(str(source.id), record(source) if source.enabled else None)


def _queue(source_id: str, told: SourceRecord | None) -> None:
    OutboxMessage.objects.create(
        subject=f"$KV.{subjects.INTAKE_SOURCES_BUCKET}.{source_id}",
        payload=b"" if told is None else msgspec.json.encode(told),
        headers={} if told is not None else {"KV-Operation": "DEL"},
    )
    transaction.on_commit(outbox.publisher.wake)


def record(source: EventSource) -> SourceRecord:
    return SourceRecord(
        source_id=str(source.id), name=source.name, kind=SourceKind(source.kind), key_hash=source.key_hash,
        kinds=source.kinds, jurisdiction=source.jurisdiction_path, agency=source.agency_code, lat=source.lat,
        lon=source.lon, late_s=source.late_s, per_minute=source.per_minute, url=source.url,
        sealed_credentials=source.sealed_credentials, units=source.units, poll_s=source.poll_s,
        boundary=polygons_of(_boundary(source.jurisdiction_path)),
    )  # fmt: skip


def _boundary(path: str) -> dict[str, object] | None:
    """Of the area, or of the nearest one above that is drawn."""
    parts = path.split(".")
    above = [".".join(parts[:length]) for length in range(1, len(parts) + 1)]
    drawn = Jurisdiction.objects.filter(path__in=above, boundary__isnull=False)
    found = max(drawn.values_list("path", "boundary"), key=lambda one: len(one[0]), default=None)
    return found[1] if found else None


def reconcile() -> int:
    """Publish anew what the bucket holds otherwise; how many. Raises when NATS is away."""
    told = line.run(_told(), ANSWER_S)
    wanted = {str(one.id): record(one) for one in EventSource.objects.filter(enabled=True)}
    wrong = [source_id for source_id in wanted if told.get(source_id) != msgspec.json.encode(wanted[source_id])]
    gone = [source_id for source_id in told if source_id not in wanted]
    with transaction.atomic():
        for source_id in [*wrong, *gone]:
            _queue(source_id, wanted.get(source_id))
    return len(wrong) + len(gone)


async def _told() -> dict[str, bytes]:
    client = await line.client()
    bucket = await bus.ensure_cluster_bucket(client.jetstream(), subjects.INTAKE_SOURCES_BUCKET)
    try:
        keys = await bucket.keys()
    except nats.js.errors.NoKeysError:
        return {}
    found = {}
    for key in keys:
        try:
            found[key] = (await bucket.get(key)).value or b""
        except nats.js.errors.KeyNotFoundError:  # deleted a moment ago
            continue
    return found
