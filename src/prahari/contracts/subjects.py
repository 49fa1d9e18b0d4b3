"""Every NATS subject, stream and bucket name in one place."""

from __future__ import annotations

EVENT_STREAM = "EVENTS"
"""JetStream stream holding every event batch."""

EVENT_SUBJECTS = "events.>"
"""What the event stream takes in; one subject a source kind: ``events.media``, ``events.registry``."""

CAMERA_PLAN_BUCKET = "camera_plans"
"""Key-value bucket, key = camera id, value = contracts.media.CameraPlan as JSON: what the engine is to do."""

MEDIA_SETTINGS_BUCKET = "media_settings"
MEDIA_SETTINGS_KEY = "all"
"""Key-value bucket with one key, value = contracts.mediasettings.MediaSettings as JSON: what holds for all cameras."""

MEDIA_HOLDERS_BUCKET = "media_holders"
"""Key-value bucket, key = user_id of media tokens, value = contracts.media.HolderState as JSON: whose pictures end."""

ALARM_RULES_BUCKET = "alarm_rules"
ALARM_RULES_KEY = "all"
"""Key-value bucket with one key, value = core.alarming.rule.RuleSet as JSON: every rule that is switched on."""

INTAKE_SOURCES_BUCKET = "intake_sources"
"""Key-value bucket, key = source id, value = contracts.happenings.SourceRecord as JSON: who may hand in events."""

EDGE_SITE_BUCKET = "edge_sites"
"""Key-value bucket, key = site id, value = contracts.edge.EdgeRecord as JSON: what the edge gate knows of a site."""

MEDIA_PROBE = "media.probe"
"""Request-reply, queue group ``media``: ProbeRequest -> ProbeReply."""

MEDIA_DISCOVER = "media.discover"
"""Request-reply, queue group ``media``: DiscoverRequest -> DiscoverReply."""

MEDIA_DEVICE_DESCRIBE = "media.device.describe"
"""Request-reply, queue group ``media``: contracts.devices.DescribeRequest -> DescribeReply."""


def media_camera(camera_id: str, request: str) -> str:
    """Request-reply with the worker that owns the camera. `request`: move, replay, imaging, relay, trigger."""
    return f"media.camera.{camera_id}.{request}"


def events(source: str) -> str:
    """The subject on which `source` (media, registry, ...) publishes its batches."""
    return f"events.{source}"


def media_storage_state(worker: int) -> str:
    """Plain (not stored) subject, every few seconds: contracts.recording.StorageState of a worker."""
    return f"media.storage.{worker}"


def media_worker_state(worker: int) -> str:
    """Plain (not stored) heartbeat subject of a media worker, once a second: WorkerState."""
    return f"media.state.{worker}"


MEDIA_WORKER_STATES = "media.state.*"
"""Every worker's."""


def camera_reference(camera_id: str) -> str:
    """Request-reply: ReferenceRequest -> ReferenceReply, answered by the worker that has the camera."""
    return f"media.camera.{camera_id}.reference"


MEDIA_LEASE_BUCKET = "media_leases"
"""Key-value bucket, key = ``worker.{number}``, value = contracts.cluster.WorkerLease; ``placer`` = PlacerLease."""

CAMERA_PLACEMENT_BUCKET = "camera_placement"
CAMERA_PLACEMENT_MODE = "mode"
"""Key-value bucket, key = camera id, value = contracts.cluster.CameraPlacement: which worker serves it. The key
``mode`` holds contracts.cluster.PlacementMode: whether these count or the computed placement does."""

MEDIA_NODE_BUCKET = "media_nodes"
"""Key-value bucket, key = name of a node, value = contracts.cluster.NodeRecord: machines that joined."""


def worker_lease(worker: int) -> str:
    """The key of a worker's lease."""
    return f"worker.{worker}"


PLACER_LEASE = "placer"
