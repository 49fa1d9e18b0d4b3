"""What follows from events: states of cameras, sites, alarms and units, each in its table (contracts.tables)."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterable
from typing import Any

import msgspec
from psycopg import AsyncCursor
from psycopg.types.json import Jsonb

from prahari.contracts import events
from prahari.contracts.edge import EdgeSiteData
from prahari.contracts.events import RawEvent
from prahari.contracts.health import CameraHealthData
from prahari.contracts.media import CameraProofData, CameraStatusData
from prahari.eventlog import dispatching

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
_KEYFRAME_SQL = """
UPDATE camera_status AS current SET keyframe_ms = proof.keyframe_ms, keyframe_mac = proof.keyframe_mac
FROM unnest(%s::uuid[], %s::bigint[], %s::text[]) AS proof(camera_id, keyframe_ms, keyframe_mac)
WHERE current.camera_id = proof.camera_id
  AND (current.keyframe_ms IS NULL OR current.keyframe_ms < proof.keyframe_ms)
"""

_EPISODE_SQL = """
INSERT INTO camera_episode AS current (id, camera_id, kind, start_ms, end_ms, cause, value, limit_value, reference_ms)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (camera_id, kind, start_ms) DO UPDATE SET
    end_ms = COALESCE(current.end_ms, excluded.end_ms),
    cause = CASE WHEN excluded.cause = '' THEN current.cause ELSE excluded.cause END,
    value = GREATEST(current.value, excluded.value),
    limit_value = COALESCE(excluded.limit_value, current.limit_value),
    reference_ms = COALESCE(excluded.reference_ms, current.reference_ms)
"""

_SUPERSEDED_SQL = """
UPDATE camera_episode SET end_ms = later.start_ms
FROM (SELECT min(start_ms) AS start_ms, camera_id, kind FROM camera_episode
      WHERE camera_id = %(camera)s AND kind = %(kind)s AND start_ms > (
          SELECT min(start_ms) FROM camera_episode WHERE camera_id = %(camera)s AND kind = %(kind)s AND end_ms IS NULL)
      GROUP BY camera_id, kind) AS later
WHERE camera_episode.camera_id = later.camera_id AND camera_episode.kind = later.kind
  AND camera_episode.end_ms IS NULL AND camera_episode.start_ms < later.start_ms
"""
"""A kind stands once a camera at a time: when another has begun, the one before has ended, whoever forgot to say so
(an engine whose disk was lost)."""


_EDGE_LINK_SQL = """
INSERT INTO edge_link AS current (site_id, state, reason, version, since_ms, changed_ms, seen_ms, clock_off_ms,
    certificate_until_s, round_trip_ms, disk_free_bytes, events_waiting, update_state, cameras)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (site_id) DO UPDATE SET
    since_ms = CASE WHEN current.state = excluded.state THEN current.since_ms ELSE excluded.since_ms END,
    state = excluded.state, reason = excluded.reason, changed_ms = excluded.changed_ms,
    version = CASE WHEN excluded.version = '' THEN current.version ELSE excluded.version END,
    seen_ms = GREATEST(current.seen_ms, excluded.seen_ms),
    clock_off_ms = COALESCE(excluded.clock_off_ms, current.clock_off_ms),
    certificate_until_s = GREATEST(current.certificate_until_s, excluded.certificate_until_s),
    round_trip_ms = COALESCE(excluded.round_trip_ms, current.round_trip_ms),
    disk_free_bytes = COALESCE(excluded.disk_free_bytes, current.disk_free_bytes),
    events_waiting = excluded.events_waiting, update_state = excluded.update_state,
    cameras = CASE WHEN excluded.cameras = '[]' THEN current.cameras ELSE excluded.cameras END
WHERE current.changed_ms <= excluded.changed_ms
"""

_EDGE_TRAFFIC_SQL = """
INSERT INTO edge_traffic AS current (site_id, hour_ms, up, down) VALUES (%s, %s, %s, %s)
ON CONFLICT (site_id, hour_ms) DO UPDATE SET up = excluded.up, down = excluded.down
"""


_STATES = frozenset({
    events.CAMERA_STATUS, events.CAMERA_PROOF, events.EDGE_SITE, events.EDGE_SEEN, events.CAMERA_HEALTH,
    events.ALARM_RAISED, events.UNIT_POSITION,
})  # fmt: skip


async def apply(cursor: AsyncCursor[Any], incoming: Iterable[RawEvent]) -> None:
    """Bring states and episodes forward. An event older than what is known changes nothing, a malformed one neither.

    What comes by the thousand is gathered and sent together; the rest is not so often.
    """
    statuses: list[tuple[Any, ...]] = []
    alarms: list[tuple[Any, ...]] = []
    positions: list[tuple[Any, ...]] = []
    for event in incoming:
        if event.type not in _STATES:
            continue
        try:
            if event.type == events.CAMERA_STATUS:
                statuses.append(_status_row(event))
            elif event.type == events.ALARM_RAISED:
                alarms.append(dispatching.alarm_row(event))
            elif event.type == events.UNIT_POSITION:
                positions.append(dispatching.position_row(event))
            elif event.type == events.CAMERA_PROOF:
                if statuses:  # a proof extends the state that was told before it
                    await cursor.executemany(_STATUS_SQL, statuses)
                    statuses = []
                await _apply_proof(cursor, _proof.decode(event.data))
            elif event.type == events.CAMERA_HEALTH:
                await _apply_health(cursor, event.subject, _health.decode(event.data))
            else:
                await _apply_edge(cursor, event)
        except (msgspec.ValidationError, ValueError) as error:
            log.warning("event %s (%s) has unexpected data: %s", event.id, event.type, error)
    if statuses:
        await cursor.executemany(_STATUS_SQL, statuses)
    if alarms:
        await dispatching.apply_alarms(cursor, alarms)
    if positions:
        await dispatching.apply_positions(cursor, positions)


_status = msgspec.json.Decoder(CameraStatusData)
_proof = msgspec.json.Decoder(CameraProofData)
_health = msgspec.json.Decoder(CameraHealthData)
_edge = msgspec.json.Decoder(EdgeSiteData)


def _status_row(event: RawEvent) -> tuple[Any, ...]:
    data = _status.decode(event.data)
    return (
        uuid.UUID(event.subject.removeprefix("camera:")), data.status.value, data.reason.value, data.detail,
        event.time_ms, event.time_ms, data.proved_at_ms, data.proof_until_ms, data.recording, data.watchers,
        None if data.video is None else Jsonb(data.video),
    )  # fmt: skip


async def _apply_proof(cursor: AsyncCursor[Any], data: CameraProofData) -> None:
    if not data.rows:
        return
    ids = [uuid.UUID(row[0]) for row in data.rows]
    await cursor.execute(
        _PROOF_SQL, (ids, [row[1] for row in data.rows], [row[2] for row in data.rows], [row[3] for row in data.rows])
    )
    if data.keyframes:
        columns = zip(*data.keyframes, strict=True)
        await cursor.execute(_KEYFRAME_SQL, tuple(list(column) for column in columns))


async def _apply_edge(cursor: AsyncCursor[Any], event: RawEvent) -> None:
    """What is not known now stays as it was known last: a refused site says nothing of its cameras."""
    site_id = uuid.UUID(event.subject)
    data = _edge.decode(event.data)
    told = (
        data.state.value, data.reason, data.version, event.time_ms, event.time_ms, data.seen_ms, data.clock_off_ms,
        data.certificate_until_s, data.round_trip_ms, data.disk_free_bytes, data.events_waiting, _updating(data),
        Jsonb(msgspec.to_builtins(data.cameras)),
    )  # fmt: skip
    await cursor.execute(_EDGE_LINK_SQL, (site_id, *told))
    for hour in data.traffic:
        await cursor.execute(_EDGE_TRAFFIC_SQL, (site_id, hour.hour_ms, Jsonb(hour.up), Jsonb(hour.down)))


def _updating(data: EdgeSiteData) -> str:
    """JSON; empty: no update is under way."""
    return msgspec.json.encode(data.updating).decode() if data.updating.phase else ""


EPISODES = uuid.UUID("8d8f2c63-21a7-4c55-8b7f-3a0f2f9e4c10")
"""Namespace of episodes' ids: the same episode, told however often, is the same row."""


async def _apply_health(cursor: AsyncCursor[Any], subject: str, data: CameraHealthData) -> None:
    camera_id = uuid.UUID(subject)
    if data.end_ms is not None and data.end_ms < data.start_ms:
        raise ValueError("an episode that ends before it begins")
    await cursor.execute(
        _EPISODE_SQL,
        (
            uuid.uuid5(EPISODES, f"{camera_id}/{data.kind}/{data.start_ms}"),
            camera_id,
            data.kind.value,
            data.start_ms,
            data.end_ms,
            data.cause,
            data.value,
            data.limit,
            data.reference_ms,
        ),
    )
    await cursor.execute(_SUPERSEDED_SQL, {"camera": camera_id, "kind": data.kind.value})
