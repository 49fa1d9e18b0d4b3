"""What a site tells, before it goes into the event log: only what a site may tell, with the places of our own plans."""

from __future__ import annotations

import msgspec

from prahari.contracts import events
from prahari.contracts.edge import EdgeRecord
from prahari.contracts.events import EventBatch
from prahari.contracts.media import CameraPlan
from prahari.engines.edge.told import Batch
from prahari.engines.edge.wire import WireError

MOST_EVENTS = 1000
SITE_EVENTS = {
    events.CAMERA_STATUS,
    events.CAMERA_PROOF,
    events.CAMERA_HEALTH,
    events.CAMERA_STORAGE,
    events.CAMERA_DEVICE_EVENT,
    events.CAMERA_MOVED,
    events.RECORDING_GAP,
}
"""What a site may tell of; and of its own cameras only."""


def vetted(payload: bytes, record: EdgeRecord, plans: list[CameraPlan]) -> tuple[bytes, str] | None:
    """(batch as it is stored, message id): only what a site may tell, with the places of our own plans.

    None: nothing of it. Raises WireError.
    """
    try:
        body = msgspec.json.decode(payload, type=Batch)
        batch = events.decode(bytes(body.batch))
    except (ValueError, RecursionError) as error:
        raise WireError(f"events that cannot be read: {error}") from error
    if len(batch.events) > MOST_EVENTS:
        raise WireError("too many events at once")
    mine = {plan.camera_id: plan for plan in plans}
    kept = []
    for event in batch.events:
        if event.type not in SITE_EVENTS or len(event.id) != 36:
            continue
        if event.type == events.CAMERA_PROOF:
            rows = event.data.get("rows")
            if isinstance(rows, list):
                rows = [row for row in rows if isinstance(row, list) and row and row[0] in mine]
                kept.append(msgspec.structs.replace(event, subject=f"edge-{record.site_id}", data={"rows": rows}))
            continue
        plan = mine.get(event.subject)
        if plan is not None:
            kept.append(msgspec.structs.replace(event, jurisdiction=plan.jurisdiction, agency=plan.agency))
        elif event.type == events.CAMERA_STORAGE:
            place = {"jurisdiction": record.jurisdiction, "agency": record.agency}
            kept.append(msgspec.structs.replace(event, subject=f"edge-{record.site_id}", **place))
    if not kept:
        return None
    message_id = f"{record.site_id}/{body.message_id[:80]}" if body.message_id else ""
    return events.encode(EventBatch(f"edge-{record.site_id}", kept)), message_id
