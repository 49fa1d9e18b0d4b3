"""The state of every camera of this worker, told to the centre when it changes."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import msgspec
import nats.errors
from nats.aio.client import Client
from nats.js.errors import Error as JetStreamError

from prahari.contracts import events, subjects
from prahari.contracts.devices import DeviceEventData
from prahari.contracts.events import Event, EventBatch, now_ms
from prahari.contracts.health import CameraHealthData
from prahari.contracts.media import (
    CameraPlan,
    CameraProofData,
    CameraStatus,
    CameraStatusData,
    GapData,
    Reason,
    WorkerState,
)
from prahari.contracts.recording import StorageEventData, StorageState
from prahari.engines.media.status.outbox import Outbox

log = logging.getLogger(__name__)

PROOF_PERIOD_S = 5.0
PROOF_ROWS = 500
HEARTBEAT_S = 1.0
STORAGE_BEAT_S = 3.0


@dataclass(frozen=True, slots=True)
class Proof:
    """Frames of a camera were seen at `proved_at_ms`; it may be called live until `proof_until_ms`."""

    camera_id: str
    proved_at_ms: int
    proof_until_ms: int
    watchers: int
    keyframe: tuple[int, str] | None = None  # moment of a picture and its mac (contracts.proofs)


class StatusBoard:
    """Publishes a state once, however often it is reported; a change of watchers alone rides on the proofs."""

    def __init__(self, outbox: Outbox, worker: int) -> None:
        self._outbox = outbox
        self._worker = worker
        self._source = f"media-{worker}"
        self._told: dict[str, CameraStatusData] = {}

    def tell(self, plan: CameraPlan, data: CameraStatusData) -> None:
        told = self._told.get(plan.camera_id)
        if told is not None and _same(told, data):
            return
        self._told[plan.camera_id] = data
        self._put(events.CAMERA_STATUS, plan, msgspec.to_builtins(data))

    def gap(self, plan: CameraPlan, gap: GapData) -> None:
        self._put(events.RECORDING_GAP, plan, msgspec.to_builtins(gap))

    def health(self, event_id: str, camera_id: str, jurisdiction: str, agency: str, data: CameraHealthData) -> None:
        """An episode of ill health began or ended. The same id for the same: told twice it counts once."""
        at_ms = data.start_ms if data.end_ms is None else data.end_ms
        fields = msgspec.to_builtins(data)
        self._outbox.put(Event(events.CAMERA_HEALTH, camera_id, at_ms, fields, jurisdiction, agency, event_id))

    def storage(self, camera_id: str, plan: CameraPlan | None, data: StorageEventData) -> None:
        """A disk fails, fills, comes back (no camera, told to who cares for the centre), or a file is damaged."""
        place = ("", "") if plan is None else (plan.jurisdiction, plan.agency)
        told = msgspec.to_builtins(msgspec.structs.replace(data, worker=self._worker))
        self._outbox.put(Event(events.CAMERA_STORAGE, camera_id or data.disk, now_ms(), told, *place))

    def device_event(self, plan: CameraPlan, data: DeviceEventData) -> None:
        """A camera's device has noticed something itself."""
        self._put(events.CAMERA_DEVICE_EVENT, plan, msgspec.to_builtins(data))

    def moved(self, plan: CameraPlan, user_id: str, what: str) -> None:
        """Somebody has moved a camera."""
        self._put(events.CAMERA_MOVED, plan, {"user_id": user_id, "what": what})

    def state(self, camera_id: str) -> CameraStatusData | None:
        """What was told last."""
        return self._told.get(camera_id)

    def forget(self, camera_id: str) -> None:
        self._told.pop(camera_id, None)

    def _put(self, kind: str, plan: CameraPlan, data: dict[str, object]) -> None:
        self._outbox.put(Event(kind, plan.camera_id, now_ms(), data, plan.jurisdiction, plan.agency))

    async def prove(self, client: Client, proofs: Callable[[], Iterable[Proof]]) -> None:
        """Tell which cameras were just seen alive, every PROOF_PERIOD_S. Not kept: an old proof proves nothing."""
        js = client.jetstream()
        while True:
            await asyncio.sleep(PROOF_PERIOD_S)
            if not client.is_connected:
                continue
            found = list(proofs())
            for first in range(0, len(found), PROOF_ROWS):
                some = found[first : first + PROOF_ROWS]
                rows = [(p.camera_id, p.proved_at_ms, p.proof_until_ms, p.watchers) for p in some]
                keyframes = [(p.camera_id, *p.keyframe) for p in some if p.keyframe is not None]
                data = msgspec.to_builtins(CameraProofData(rows, keyframes))
                batch = EventBatch(self._source, [Event(events.CAMERA_PROOF, self._source, now_ms(), data)])
                try:
                    await js.publish(subjects.events("media"), events.encode(batch), timeout=2)
                except (TimeoutError, nats.errors.Error, JetStreamError) as error:
                    log.debug("a proof was not taken: %s", str(error) or type(error).__name__)


def _same(told: CameraStatusData, data: CameraStatusData) -> bool:
    return _told_parts(told) == _told_parts(data)


def _told_parts(data: CameraStatusData) -> tuple[object, ...]:
    """What makes a new event when it changes. Bit rate and frame rate waver all the time."""
    video = data.video or {}
    picture = (video.get("codec"), video.get("width"), video.get("height"))
    return (data.status, data.reason, data.detail, data.recording, picture)


def status_of(reason: Reason) -> CameraStatus:
    """The state that stands for a reason why there is no picture."""
    if reason in {Reason.NO_PERMIT, Reason.PERMIT_ENDED, Reason.OUTSIDE_HOURS}:
        return CameraStatus.NO_CONSENT
    if reason is Reason.NO_FRAMES:
        return CameraStatus.STALLED
    if reason in {Reason.NONE, Reason.STARTING}:
        return CameraStatus.UNKNOWN
    return CameraStatus.OFFLINE


async def beat(client: Client, state: Callable[[float], WorkerState]) -> None:
    """Send the worker's state each second. `state` is given by how many ms the event loop was late."""
    loop = asyncio.get_running_loop()
    while True:
        due = loop.time() + HEARTBEAT_S
        await asyncio.sleep(HEARTBEAT_S)
        lag_ms = max(0.0, (loop.time() - due) * 1000)
        current = state(lag_ms)
        if client.is_connected:
            try:
                await client.publish(subjects.media_worker_state(current.worker), msgspec.json.encode(current))
            except nats.errors.Error as error:
                log.debug("a heartbeat was not sent: %s", str(error) or type(error).__name__)


async def beat_storage(client: Client, state: Callable[[], StorageState]) -> None:
    """Send what the recordings take, every STORAGE_BEAT_S."""
    while True:
        await asyncio.sleep(STORAGE_BEAT_S)
        current = state()
        if client.is_connected:
            try:
                await client.publish(subjects.media_storage_state(current.worker), msgspec.json.encode(current))
            except nats.errors.Error as error:
                log.debug("the state of the disks was not sent: %s", str(error) or type(error).__name__)
