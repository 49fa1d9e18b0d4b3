"""Recording because of an event: asked for, kept, begun, answered when it is on disk."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Awaitable, Callable

from prahari.contracts.media import Reason
from prahari.contracts.recording import TriggerReply, TriggerRequest
from prahari.engines.media.cameras.duty import Duty
from prahari.engines.media.cameras.stream import Stream
from prahari.engines.media.cameras.surroundings import EventBook

FLUSH_WITHIN_S = 5.0

log = logging.getLogger(__name__)


async def record_event(
    camera_id: str,
    request: TriggerRequest,
    duty: Duty,
    main: Stream,
    events: EventBook,
    refusal: Callable[[], tuple[Reason, str] | None],
    settled: Callable[[], Awaitable[None]],
) -> TriggerReply:
    """`refusal()`: why nothing may be recorded at this moment. `settled()`: let the camera become what it should be."""
    if (refused := refusal()) is not None:
        return TriggerReply(False, *refused)
    mark = duty.mark_of(request)
    try:
        await events.keep_event(camera_id, mark)
    except (OSError, sqlite3.Error) as error:
        log.error("camera %s: an event cannot be kept: %s", camera_id, error)
        return TriggerReply(False, Reason.DISK_ERROR, "The event cannot be written to the catalogue.")
    if (refused := refusal()) is not None:  # leave has ended meanwhile: nothing of it is recorded
        return TriggerReply(False, *refused)
    duty.begin(mark)
    await settled()
    recorder = duty.recorder
    if recorder is not None:
        try:
            async with asyncio.timeout(FLUSH_WITHIN_S):
                await recorder.flushed()
        except TimeoutError:
            return TriggerReply(False, Reason.DISK_SLOW, "The disk has not taken what came before the event.")
        if recorder.trouble is not Reason.NONE:
            return TriggerReply(False, recorder.trouble, "No disk takes recordings now; the event is kept.")
    # A camera that gives nothing now is recorded as soon as it does; what is missing is told as a gap.
    reason, detail = (main.reason, main.detail) if main.is_failing else (Reason.NONE, "")
    return TriggerReply(True, reason, detail, mark.from_ms, mark.until_ms)
