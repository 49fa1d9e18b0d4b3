"""Every NATS subject, stream and bucket name in one place."""

from __future__ import annotations

EVENT_STREAM = "EVENTS"
"""JetStream stream holding every event batch."""

EVENT_SUBJECTS = "events.>"
"""What the event stream takes in; one subject a source kind: ``events.media``, ``events.registry``."""

CAMERA_PLAN_BUCKET = "camera_plans"
"""Key-value bucket, key = camera id, value = contracts.media.CameraPlan as JSON: what the engine is to do."""

MEDIA_PROBE = "media.probe"
"""Request-reply, queue group ``media``: ProbeRequest -> ProbeReply."""

MEDIA_DISCOVER = "media.discover"
"""Request-reply, queue group ``media``: DiscoverRequest -> DiscoverReply."""


def events(source: str) -> str:
    """The subject on which `source` (media, registry, ...) publishes its batches."""
    return f"events.{source}"


def media_worker_state(worker: int) -> str:
    """Plain (not stored) heartbeat subject of a media worker, once a second: WorkerState."""
    return f"media.state.{worker}"
