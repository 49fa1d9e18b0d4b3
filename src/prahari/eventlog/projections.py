"""Current states that follow from events: one row a camera in camera_status."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterable
from typing import Any

import msgspec
from psycopg import AsyncCursor
from psycopg.types.json import Jsonb

from prahari.contracts import events
from prahari.contracts.events import Event
from prahari.contracts.media import CameraProofData, CameraStatusData

log = logging.getLogger(__name__)

_STATUS_SQL = """
INSERT INTO camera_status AS current
    (camera_id, status, reason, detail, since_ms, changed_ms, proved_at_ms, proof_until_ms, recording, watchers, video)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (camera_id) DO UPDATE SET
    since_ms = CASE WHEN current.status = excluded.status THEN current.since_ms ELSE excluded.since_ms END,
    status = excluded.status, reason = excluded.reason, detail = excluded.detail, changed_ms = excluded.changed_ms,
    proved_at_ms = GREATEST(current.proved_at_ms, excluded.proved_at_ms),
    proof_until_ms = CASE WHEN excluded.status = 'live'
        THEN GREATEST(current.proof_until_ms, excluded.proof_until_ms) ELSE excluded.proof_until_ms END,
    recording = excluded.recording, watchers = excluded.watchers, video = COALESCE(excluded.video, current.video)
WHERE current.changed_ms <= excluded.changed_ms
"""

_PROOF_SQL = """
UPDATE camera_status AS current SET
    proved_at_ms = GREATEST(current.proved_at_ms, proof.proved_at_ms),
    proof_until_ms = GREATEST(current.proof_until_ms, proof.proof_until_ms),
    watchers = proof.watchers
FROM unnest(%s::uuid[], %s::bigint[], %s::bigint[], %s::integer[])
    AS proof(camera_id, proved_at_ms, proof_until_ms, watchers)
WHERE current.camera_id = proof.camera_id AND current.status = 'live'
"""


async def apply(cursor: AsyncCursor[Any], incoming: Iterable[Event]) -> None:
    """Bring camera_status forward. An event older than what is known changes nothing, a malformed one neither."""
    for event in incoming:
        try:
            if event.type == events.CAMERA_STATUS:
                await _apply_status(cursor, event)
            elif event.type == events.CAMERA_PROOF:
                await _apply_proof(cursor, msgspec.convert(event.data, CameraProofData))
        except (msgspec.ValidationError, ValueError) as error:
            log.warning("event %s (%s) has unexpected data: %s", event.id, event.type, error)


async def _apply_status(cursor: AsyncCursor[Any], event: Event) -> None:
    data = msgspec.convert(event.data, CameraStatusData)
    await cursor.execute(
        _STATUS_SQL,
        (
            uuid.UUID(event.subject.removeprefix("camera:")),
            data.status.value,
            data.reason.value,
            data.detail,
            event.time_ms,
            event.time_ms,
            data.proved_at_ms,
            data.proof_until_ms,
            data.recording,
            data.watchers,
            None if data.video is None else Jsonb(data.video),
        ),
    )


async def _apply_proof(cursor: AsyncCursor[Any], data: CameraProofData) -> None:
    if not data.rows:
        return
    ids = [uuid.UUID(row[0]) for row in data.rows]
    await cursor.execute(
        _PROOF_SQL, (ids, [row[1] for row in data.rows], [row[2] for row in data.rows], [row[3] for row in data.rows])
    )
