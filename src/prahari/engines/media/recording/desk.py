"""Answers "record now, because of this event" for a camera of this worker."""

from __future__ import annotations

import msgspec

from prahari.contracts.media import Reason
from prahari.contracts.recording import TriggerReply, TriggerRequest
from prahari.engines.media.cameras.camera import Camera

LONGEST_ID = 200


async def answer_trigger(camera: Camera, payload: bytes) -> TriggerReply:
    """TriggerRequest -> TriggerReply. The permit is asked by the camera."""
    try:
        request = msgspec.json.decode(payload, type=TriggerRequest)
    except ValueError as error:
        return TriggerReply(False, Reason.REFUSED, f"The request cannot be read: {error}")
    if not 0 < len(request.event_id) <= LONGEST_ID or len(request.why) > LONGEST_ID:
        return TriggerReply(False, Reason.REFUSED, f"An event has an id, of {LONGEST_ID} characters at most.")
    return await camera.trigger(request)
