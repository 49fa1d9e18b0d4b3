"""Which cameras are this worker's at this moment, and how they are taken and let go.

On one machine the computed placement says it, and nobody has to be asked (ADR 0006). Where machines have joined, a
camera is served only while its placement names this worker *and* the worker holds its lease by its own clock; when the
lease runs out everything is cut in one step of the event loop, before another may begin.
"""

from __future__ import annotations

import asyncio
import logging
import socket
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import msgspec
import nats.errors
from nats.js import JetStreamContext
from nats.js.errors import Error as JetStreamError
from nats.js.errors import KeyNotFoundError, KeyWrongLastSequenceError
from nats.js.kv import KeyValue

from prahari.contracts import bus, subjects
from prahari.contracts.cluster import CameraPlacement, Obeys, PlacementMode, Stay, WorkerLease
from prahari.contracts.events import now_ms
from prahari.contracts.media import CameraPlan, Reason
from prahari.contracts.stopping import end_tasks, run_together
from prahari.core.placement import worker_of
from prahari.engines.media.lease.lease import Lease
from prahari.engines.media.plans.store import decode_plan

log = logging.getLogger(__name__)

RETRY_S = 0.5
TAKEN_AT_ONCE = 16
"""Each asks for its plan: a thousand that ask together when a worker starts would hold up the renewal of its lease."""
STAYS_KEPT_MS = 400 * 86_400_000
STAYS_KEPT = 64

_placements = msgspec.json.Decoder(CameraPlacement)
_modes = msgspec.json.Decoder(PlacementMode)


class Cameras(Protocol):
    """The worker's roster."""

    def has(self, camera_id: str) -> bool: ...

    def ids(self) -> list[str]: ...

    def apply(self, plan: CameraPlan) -> None: ...

    def retire(self, camera_id: str) -> None: ...

    def leaving(self, camera_id: str) -> asyncio.Task[None] | None: ...

    def let_go(self, camera_id: str, *, cut: bool) -> asyncio.Task[None] | None:
        """`cut`: in this step; else with its last group. The task ends when it is closed; None: it was not here."""


class Records(Protocol):
    """The worker's recordings."""

    def begin(self, camera_id: str, missing_ms: int, why: Reason) -> None:
        """Before a camera is taken: what of its record is missing, told when its first group is on disk. 0: nothing."""

    def elsewhere(self, plan: CameraPlan) -> None:
        """Another worker's camera, of which recordings may lie here: they are kept as its plan says."""

    def end_of(self, camera_id: str) -> int | None:
        """Unix milliseconds: where what was recorded of the camera here ends."""


class Tenure:
    """`worker` of `workers` on the centre's own machine, or of a joined node (not `computed`: it has no such share).

    `describe`: what is told with the lease; its number, floor, beat and obeys are filled in here.
    """

    def __init__(
        self,
        worker: int,
        workers: int,
        home: Path,
        describe: Callable[[], WorkerLease],
        *,
        computed: bool,
        cameras: Cameras,
        records: Records,
    ) -> None:
        self._worker = worker
        self._workers = workers
        self._marker = home / "placed"
        self._describe = describe
        self._computed = computed
        self._cameras = cameras
        self._records = records
        self.placements: dict[str, CameraPlacement] = {}
        self._revisions: dict[str, int] = {}
        self._plan_revisions: dict[str, int] = {}
        self._planned: set[str] = set()
        self._mending: dict[str, asyncio.Task[None]] = {}
        self._taking = asyncio.Semaphore(TAKEN_AT_ONCE)
        self.js: JetStreamContext | None = None
        self._plans: KeyValue
        self._placed: KeyValue
        self.lease = Lease(worker, self._value, self._all_again, self._cut_all)
        self.lease.holder = _identity(home)
        is_placed = not computed or self._marker.exists()
        self.obeys = Obeys.PLACED if is_placed else Obeys.COMPUTED

    # What is asked

    @property
    def is_placed(self) -> bool:
        return self.obeys is Obeys.PLACED

    def owns(self, camera_id: str) -> bool:
        """Whether the camera is this worker's now."""
        if not self.is_placed:
            return worker_of(camera_id, self._workers) == self._worker
        return self.lease.holds and self._is_given(camera_id)

    def may_write(self) -> bool:
        """In any thread, before each append."""
        return self.obeys is Obeys.COMPUTED or self.lease.holds

    def stands(self) -> bool:
        """In the loop, before anything is taken from a camera. False: everything has been cut by now."""
        return self.obeys is Obeys.COMPUTED or self.lease.check()

    def fence_of(self, camera_id: str) -> tuple[int, int, int]:
        """(worker, lease number, revision of the placement) under which the camera is recorded; zeros if computed."""
        return (self._worker, self.lease.number, self._revisions.get(camera_id, 0)) if self.is_placed else (0, 0, 0)

    def wrote(self, camera_id: str, fence: bytes) -> bool:
        """Whether a file of the camera with this fence in it is this worker's. While several machines serve cameras,
        one without may be a file that another worker is just beginning."""
        if fence:
            return int(msgspec.json.decode(fence)[0]) == self._worker
        return not self.is_placed and worker_of(camera_id, self._workers) == self._worker

    def _is_given(self, camera_id: str) -> bool:
        placement = self.placements.get(camera_id)
        return (
            placement is not None
            and placement.worker == self._worker
            and placement.to is None
            and self.lease.floor <= placement.lease <= self.lease.number
        )

    # With the centre

    async def run(self, js: JetStreamContext) -> None:
        """Lease, placements and plans; for ever, until cancelled."""
        self._plans = await bus.ensure_plan_bucket(js)
        self._placed = await bus.ensure_cluster_bucket(js, subjects.CAMERA_PLACEMENT_BUCKET)
        self.js = js
        try:
            await run_together(self.lease.run(js), self.lease.watch(), self._follow(js), self._follow_plans(js))
        finally:
            self.js = None
            await end_tasks(self._mending.values())

    async def _follow(self, js: JetStreamContext) -> None:
        async for key, payload, revision in bus.follow_bucket(js, subjects.CAMERA_PLACEMENT_BUCKET):
            try:
                if key == subjects.CAMERA_PLACEMENT_MODE:
                    if payload is not None and self._computed:
                        self._obey(_modes.decode(payload).obeys)
                    continue
                if payload is None:
                    self.placements.pop(key, None)
                else:
                    self.placements[key] = _placements.decode(payload)
                self._revisions[key] = revision
            except ValueError as error:
                log.error("a placement that cannot be read counts as none: %s", error)
                self.placements.pop(key, None)
            if self.is_placed:
                self._mend(key)

    async def _follow_plans(self, js: JetStreamContext) -> None:
        """Keys that were deleted while nobody looked are told too: the bucket keeps a mark for them."""
        async for message in bus.follow_plans(js):
            camera_id, payload = bus.plan_change(message)
            if _is_camera_id(camera_id):
                self._take_plan(camera_id, payload, message.metadata.sequence.stream)

    def _take_plan(self, camera_id: str, payload: bytes | None, revision: int) -> None:
        if revision < self._plan_revisions.get(camera_id, 0):
            return  # a newer one was asked for meanwhile
        self._plan_revisions[camera_id] = revision
        plan = None if payload is None else decode_plan(camera_id, payload)
        if plan is None or plan.edge:
            self._planned.discard(camera_id)
            # A camera of an edge site is served by its connector, through the edge gate. And:
            # An unreadable plan is no leave to go on with the old one: its permit may have been withdrawn with it.
            self._cameras.retire(camera_id)
            return
        self._planned.add(camera_id)
        if not self.owns(camera_id):
            self._records.elsewhere(plan)
        elif not self.is_placed or self._cameras.has(camera_id):
            self._cameras.apply(plan)
        else:
            self._mend(camera_id)

    def _obey(self, obeys: Obeys) -> None:
        if obeys is self.obeys:
            return
        log.info("cameras are %s from now on", obeys)
        # The marker first: a worker that is started while NATS is away must not fall back to its computed share.
        if obeys is Obeys.PLACED:
            self._marker.write_bytes(b"")
        self.obeys = obeys
        if obeys is Obeys.COMPUTED:
            self._marker.unlink(missing_ok=True)
        self.lease.tell_now()
        self._all_again()

    # Taking and letting go

    def _value(self, number: int, floor: int, beat: int) -> WorkerLease:
        told = self._describe()
        return msgspec.structs.replace(told, number=number, floor=floor, beat=beat, obeys=self.obeys)

    def _cut_all(self) -> None:
        """The lease has ended. Nobody is handed anything more when this returns."""
        if not self.is_placed:
            return
        for camera_id in self._cameras.ids():
            self._cameras.let_go(camera_id, cut=True)

    def _all_again(self) -> None:
        for camera_id in {*self._cameras.ids(), *self.placements, *self._planned}:
            self._mend(camera_id)

    def _mend(self, camera_id: str) -> None:
        if self.js is not None and camera_id not in self._mending and self._needs(camera_id):
            task = asyncio.get_running_loop().create_task(self._settle(camera_id))
            self._mending[camera_id] = task
            task.add_done_callback(lambda _: self._mended(camera_id, task))

    def _mended(self, camera_id: str, task: asyncio.Task[None]) -> None:
        self._mending.pop(camera_id, None)
        if task.cancelled():
            return
        if (error := task.exception()) is not None:
            log.error("camera %s could not be taken or let go", camera_id, exc_info=error)
        else:
            self._mend(camera_id)

    def _needs(self, camera_id: str) -> bool:
        """Whether what is, is not what is to be."""
        if self.owns(camera_id):
            return camera_id in self._planned and not self._cameras.has(camera_id)
        return self._cameras.has(camera_id) or self._is_to_hand_over(camera_id)

    def _is_to_hand_over(self, camera_id: str) -> bool:
        placement = self.placements.get(camera_id)
        return (
            self.is_placed
            and placement is not None
            and placement.worker == self._worker
            and placement.to is not None
            and self.lease.holds
            and self.lease.floor <= placement.lease <= self.lease.number
        )

    async def _settle(self, camera_id: str) -> None:
        try:
            if self.owns(camera_id):
                async with self._taking:
                    await self._take(camera_id)
                return
            gone = self._cameras.let_go(camera_id, cut=self.is_placed and not self.lease.holds)
            if gone is not None:
                await asyncio.wait({gone})
            if self._is_to_hand_over(camera_id):
                await self._hand_over(camera_id)
        except (TimeoutError, nats.errors.Error, JetStreamError) as error:
            log.warning("camera %s: %s; again in a moment", camera_id, str(error) or type(error).__name__)
            await asyncio.sleep(RETRY_S)

    async def _take(self, camera_id: str) -> None:
        gone = self._cameras.leaving(camera_id)
        if gone is not None:
            await asyncio.wait({gone})
        try:
            entry = await self._plans.get(camera_id)
        except KeyNotFoundError:
            self._planned.discard(camera_id)
            return
        plan = decode_plan(camera_id, entry.value or b"")
        if plan is None or plan.edge:
            self._planned.discard(camera_id)
            return
        if (entry.revision or 0) < self._plan_revisions.get(camera_id, 0):  # read from a replica that lags
            await asyncio.sleep(RETRY_S)
            return
        if not self.owns(camera_id) or self._cameras.has(camera_id):
            return
        placement = self.placements.get(camera_id)
        if self.is_placed and placement is not None:
            why = Reason(placement.missing_why) if placement.missing_why else Reason.NODE_MOVED
            self._records.begin(camera_id, placement.missing_ms, why)
        self._plan_revisions[camera_id] = entry.revision or 0
        self._cameras.apply(plan)

    async def _hand_over(self, camera_id: str) -> None:
        """The camera is closed here: write who has it now. Whoever wrote meanwhile knows better."""
        placement, revision = self.placements[camera_id], self._revisions[camera_id]
        assert placement.to is not None
        at_ms = now_ms()
        end_ms = self._records.end_of(camera_id)
        after = CameraPlacement(
            worker=placement.to,
            lease=placement.to_lease,
            since_ms=at_ms,
            missing_ms=end_ms or 0,
            missing_why=Reason.NODE_MOVED.value if end_ms else "",
            stays=later_stays(placement, self._worker, at_ms) if end_ms else placement.stays,
        )
        try:
            written = await self._placed.update(camera_id, msgspec.json.encode(after), last=revision)
        except KeyWrongLastSequenceError:
            # Ours, whose answer was lost, or another's: it comes with the placements.
            await asyncio.sleep(RETRY_S)
            return
        self.placements[camera_id], self._revisions[camera_id] = after, written


def later_stays(placement: CameraPlacement, worker: int, until_ms: int) -> list[Stay]:
    """The placement's stays with its own one, the oldest left out."""
    stays = [*placement.stays, Stay(worker, placement.since_ms, until_ms)]
    return [stay for stay in stays if stay.until_ms > until_ms - STAYS_KEPT_MS][-STAYS_KEPT:]


def _is_camera_id(key: str) -> bool:
    try:
        return str(uuid.UUID(key)) == key
    except ValueError:
        return False


def _identity(home: Path) -> str:
    """Of the home: the same after every restart, another on every machine."""
    path = home / "holder"
    try:
        token = path.read_text()
    except FileNotFoundError:
        token = uuid.uuid4().hex
        part = path.with_suffix(".new")
        part.write_text(token)
        part.replace(path)
    return f"{token}@{socket.gethostname()}"
