"""One camera: what its permit allows now and who wants it decide whether the one connection to it stands.

Every way to a picture goes through `_settle`: it is the only place that opens, and it cuts first and tidies up later.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from prahari.contracts.events import now_ms
from prahari.contracts.media import (
    CameraPlan,
    CameraStatus,
    CameraStatusData,
    PermitClaims,
    Reason,
    RecordMode,
)
from prahari.engines.media.cameras.keyframes import KeyframeWait
from prahari.engines.media.cameras.ports import Address, Recorder, RecorderMaker, Source, SourceMaker
from prahari.engines.media.fallback.converter import Converter
from prahari.engines.media.fallback.process import Budget
from prahari.engines.media.gate.permits import CLOSED, Leave, leave_at, read_permit
from prahari.engines.media.gate.problems import NO_PERMIT, UNSUPPORTED, Problem
from prahari.engines.media.ingest.upstream import UpstreamState, UpstreamStatus
from prahari.engines.media.live.hub import Hub, Tap
from prahari.engines.media.live.viewer import Viewer
from prahari.engines.media.status.board import Proof, StatusBoard, status_of
from prahari.engines.media.types import AccessUnit, VideoParameters

log = logging.getLogger(__name__)

LINGER_S = 10.0
OPEN_PROOF_MS = 20_000
PROBE_PROOF_PERIODS = 2.5
CLOSE_NO_PERMIT = 4403
CLOSE_RETIRED = 4404
CLOSE_CHANGED = 4409


@dataclass(slots=True)
class Surroundings:
    """What all cameras of a worker share."""

    verifying_key: Ed25519PublicKey
    address_of: Callable[[CameraPlan], Address]  # raises ValueError when the credentials do not open
    make_source: SourceMaker
    make_recorder: RecorderMaker
    board: StatusBoard
    pulls: Budget = field(default_factory=lambda: Budget(4))
    conversions: Budget = field(default_factory=lambda: Budget(2))
    now_s: Callable[[], float] = time.time


class Camera:
    """See the module. All methods are called in the event loop; those that are not coroutines never block."""

    def __init__(self, plan: CameraPlan, around: Surroundings) -> None:
        self.plan = plan
        self._around = around
        self._claims: PermitClaims | None = None
        self._leave = Leave(live=False, record=False, reason=Reason.NONE, until_s=0.0)
        self._looked_s = 0.0
        self._retired = False
        self.hub = Hub(lambda: self._recorder is not None)
        self.converter = Converter(Hub(lambda: self._recorder is not None), around.conversions)
        self._source: Source | None = None
        self._source_address: tuple[object, ...] | None = None
        self._fallback = False
        self._holds_pull = False
        self._hub_attached = False
        self._converter_attached = False
        self._recorder: Recorder | None = None
        self._recorder_days = 0
        self._trouble = Reason.NONE
        self._was_recording = False
        self._status = CameraStatus.UNKNOWN
        self._reason = Reason.NONE
        self._detail = ""
        self._proved_at_ms: int | None = None
        self._proof_until_ms: int | None = None
        self._proof_news = False
        self._linger_until: float | None = None
        self._waits: set[KeyframeWait] = set()
        self._mending: asyncio.Task[None] | None = None
        self.apply(plan)

    # What is wanted and allowed

    def apply(self, plan: CameraPlan) -> None:
        """Act on a new plan; the same plan again changes nothing."""
        if plan.permit != self.plan.permit or self._claims is None:
            self._claims = read_permit(plan.permit, plan.camera_id, self._around.verifying_key)
        if _address_key(plan) != _address_key(self.plan):
            self._fallback = False
        self.plan = plan
        self._settle()

    def look(self) -> None:
        """Ask the clock and the recorder again; called twice a second."""
        now_s = self._around.now_s()
        is_idle = self._source is None and self._recorder is None and not self._waits and not self.watchers
        if is_idle and self._mending is None and self._looked_s <= now_s < self._leave.until_s:
            return
        self._settle()
        trouble = self._recorder.trouble if self._recorder is not None else Reason.NONE
        if trouble is not self._trouble or self.is_recording is not self._was_recording:
            self._trouble, self._was_recording = trouble, self.is_recording
            self._tell()

    def retire(self) -> None:
        self._retired = True
        self._settle()

    @property
    def leave(self) -> Leave:
        """What the permit allows at this moment."""
        return CLOSED if self._retired else leave_at(self._claims, self._around.now_s())

    @property
    def is_open(self) -> bool:
        return self._source is not None

    @property
    def is_recording(self) -> bool:
        return self._recorder is not None and self._status is CameraStatus.LIVE and self._recorder.is_recording

    @property
    def watchers(self) -> int:
        return self.hub.watchers + self.converter.hub.watchers

    @property
    def wants_record(self) -> bool:
        return self.plan.record is RecordMode.CONTINUOUS

    # Who looks

    def watch(self, viewer: Viewer, *, transcode: bool = False) -> None:
        """Show the camera to `viewer` from now on. Raises Problem: no permit, no room for a conversion."""
        if not self.leave.live:
            raise Problem(NO_PERMIT)
        if transcode:
            if not self.converter.start():
                raise Problem(UNSUPPORTED)
            self.converter.hub.join(viewer)
        else:
            self._attach_hub(also_without_viewers=True)
            self.hub.join(viewer)
        self._linger_until = None
        self._settle()

    def tap(self, tap: Tap) -> None:
        """Give pictures to a WebRTC peer from now on. Raises Problem: no permit."""
        if not self.leave.live:
            raise Problem(NO_PERMIT)
        self._attach_hub(also_without_viewers=True)
        self.hub.tap(tap)
        self._linger_until = None
        self._settle()

    def untap(self, tap: Tap) -> None:
        self.hub.taps.discard(tap)
        self._after_leaving()

    def unwatch(self, viewer: Viewer) -> None:
        self.hub.leave(viewer)
        self.converter.hub.leave(viewer)
        self._after_leaving()

    def _after_leaving(self) -> None:
        if not self.watchers:
            self._linger_until = time.monotonic() + LINGER_S
        self._settle()

    async def keyframe(self, timeout_s: float, *, for_picture: bool) -> tuple[VideoParameters, AccessUnit]:
        """The newest keyframe, over the standing connection or one opened for this.

        `for_picture`: somebody will see it, so the permit must allow live pictures; else any permit will do, it only
        proves that the camera is alive. Raises Problem (no permit) or StreamError with the reason.
        """
        leave = self.leave
        if not (leave.live if for_picture else leave.anything):
            raise Problem(NO_PERMIT)
        wait = KeyframeWait()
        self._waits.add(wait)
        try:
            source = self._source
            if source is not None and self._is_attachable():
                source.add_sink(wait)
                group = source.cached_group()
                if group is not None and self._status is CameraStatus.LIVE:
                    wait.offer(group)
            self._settle()
            found = await wait.result(timeout_s)
            self._proved(now_ms())
            self._set_state(CameraStatus.LIVE, Reason.NONE, "")
            return found
        finally:
            self._waits.discard(wait)
            if self._source is not None:
                self._source.remove_sink(wait)
            self._settle()

    # State

    def proof(self) -> Proof | None:
        """That frames were seen, when there is anything new to say."""
        if self._source is not None and self._status is CameraStatus.LIVE:
            self._proved(self._source.state.last_picture_ms)
        if not self._proof_news or self._proved_at_ms is None or self._proof_until_ms is None:
            return None
        self._proof_news = False
        return Proof(self.plan.camera_id, self._proved_at_ms, self._proof_until_ms, self.watchers)

    @property
    def proved_at_ms(self) -> int | None:
        return self._proved_at_ms

    def remember_proof(self, proved_at_ms: int) -> None:
        """What was known before a restart."""
        self._proved_at_ms = proved_at_ms

    def probe_failed(self, reason: Reason, detail: str) -> None:
        """A probe found no picture, nobody else holds the camera open: that is its state now."""
        if not self.is_open and self.leave.anything:
            self._set_state(status_of(reason), reason, detail)

    def _proved(self, at_ms: int | None) -> None:
        if at_ms is None or (self._proved_at_ms is not None and at_ms <= self._proved_at_ms):
            return
        probe_ms = int(PROBE_PROOF_PERIODS * self.plan.probe_period_s * 1000)
        self._proved_at_ms = at_ms
        self._proof_until_ms = at_ms + (OPEN_PROOF_MS if self._wants_recorder() else max(OPEN_PROOF_MS, probe_ms))
        self._proof_news = True

    def _source_state(self, state: UpstreamState) -> None:
        """The connection's state changed."""
        if self._source is None or self._source_address != self._wanted_address():
            return  # the last words of a connection that is being closed
        if state.reason is Reason.UNSUPPORTED and not self._fallback:
            self._fallback = True
            self._settle()
            return
        if state.status is UpstreamStatus.CONNECTING:
            return  # a camera does not stop being what it was by being opened
        if state.status is UpstreamStatus.LIVE:
            self._proved(state.last_picture_ms or now_ms())
        else:
            for wait in self._waits:
                wait.note_failure(state.reason, state.detail)
        self._set_state(CameraStatus(state.status), state.reason, state.detail)

    def _set_state(self, status: CameraStatus, reason: Reason, detail: str) -> None:
        self._status, self._reason, self._detail = status, reason, detail
        self._tell()

    def _tell(self) -> None:
        leave = self._leave
        status, reason, detail = self._status, self._reason, self._detail
        if not leave.anything:
            status, reason, detail = CameraStatus.NO_CONSENT, leave.reason, ""
        self.hub.set_status(status, reason)
        if status is not CameraStatus.LIVE:
            self.converter.hub.set_status(status, reason)
        elif self._trouble is not Reason.NONE:
            reason = self._trouble
        if self._retired or (status is CameraStatus.UNKNOWN and self._proved_at_ms is None):
            return
        self._around.board.tell(
            self.plan,
            CameraStatusData(
                status,
                reason,
                detail,
                self._proved_at_ms,
                self._proof_until_ms if status is CameraStatus.LIVE else None,
                self.is_recording,
                self.watchers,
                self._video(),
            ),
        )

    def _video(self) -> dict[str, object] | None:
        state = self._source.state if self._source is not None else None
        if state is None or state.parameters is None or state.parameters.video is None:
            return None
        video = state.parameters.video
        return {
            "codec": video.codec,
            "width": video.width,
            "height": video.height,
            "fps": round(state.fps, 1),
            "kbit_s": round(state.kbit_s),
        }

    # Opening and closing

    def _settle(self) -> None:
        """Cut at once what is no longer allowed; let `_mend` do what takes time."""
        before, self._leave = self._leave, self.leave
        self._looked_s = self._around.now_s()
        if not self._leave.live:
            self._end_viewers()
            for wait in list(self._waits):
                if not self._leave.anything:
                    wait.fail(self._leave.reason, "")
        if self._source is not None:
            if not self._leave.anything or self._source_address != self._wanted_address():
                self._detach_all()
            elif not self._leave.record and self._recorder is not None:
                self._source.remove_sink(self._recorder)
        if (before.anything, before.reason) != (self._leave.anything, self._leave.reason):
            if not self._leave.anything:
                self._status, self._reason, self._detail = CameraStatus.UNKNOWN, Reason.NONE, ""
            self._tell()
        if self._mending is None and not self._is_settled():
            self._mending = asyncio.get_running_loop().create_task(self._mend())
            self._mending.add_done_callback(self._mended)

    def _mended(self, task: asyncio.Task[None]) -> None:
        self._mending = None
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("camera %s could not be opened or closed", self.plan.camera_id, exc_info=error)

    def _end_viewers(self) -> None:
        code = CLOSE_RETIRED if self._retired else CLOSE_NO_PERMIT
        reason = Reason.RETIRED if self._retired else self._leave.reason
        if self._leave.record and not self._leave.live:
            reason = Reason.NO_PERMIT
        self.hub.end_all(code, reason)
        self.converter.hub.end_all(code, reason)

    def _wanted_address(self) -> tuple[object, ...]:
        return (*_address_key(self.plan), self._fallback or self.plan.transport == "udp")

    def _wants_open(self) -> bool:
        leave = self.leave
        if leave.record and self.wants_record:
            return True
        if leave.live and (self.watchers or (self._linger_until is not None and time.monotonic() < self._linger_until)):
            return True
        return leave.anything and bool(self._waits)

    def _wants_recorder(self) -> bool:
        return self.wants_record and self.leave.record

    def _is_settled(self) -> bool:
        open_, wants = self._source is not None, self._wants_open()
        return (
            open_ == wants
            and (not open_ or self._source_address == self._wanted_address())
            and (self._recorder is not None) == self._wants_recorder()
            and (self._recorder is None or self._recorder_days == self.plan.retention_days)
            and (not open_ or self._hub_attached == bool(self.hub.watchers))
            and (not open_ or self._converter_attached == bool(self.converter.hub.viewers))
            and (bool(self.converter.hub.viewers) or not self.converter.running)
        )

    async def _mend(self) -> None:
        """Until what is, is what is wanted."""
        while not self._is_settled():
            if self._source is not None and (not self._wants_open() or self._source_address != self._wanted_address()):
                await self._close_source()
                continue
            if self._recorder is not None and not (
                self._wants_recorder() and self._recorder_days == self.plan.retention_days
            ):
                await self._close_recorder()
                continue
            if self.converter.running and not self.converter.hub.viewers:
                self._attach_converter()
                await self.converter.close()
                continue
            if self._recorder is None and self._wants_recorder():
                self._open_recorder()
            if self._source is None and self._wants_open() and not await self._open_source():
                return
            self._attach_hub()
            self._attach_converter()

    async def _open_source(self) -> bool:
        """The only place that opens a connection. `_wants_open` was asked in the same step of the event loop."""
        around, plan = self._around, self.plan
        fallback = self._fallback or plan.transport == "udp"
        if fallback and not self._holds_pull:
            if not around.pulls.take():
                detail = f"All {around.pulls.most} places for converted streams on this worker are taken."
                self._set_state(CameraStatus.OFFLINE, Reason.UNSUPPORTED, detail)
                await asyncio.sleep(1)
                return False
            self._holds_pull = True
        try:
            address = around.address_of(plan)
        except ValueError as error:
            self._set_state(CameraStatus.OFFLINE, Reason.WRONG_PASSWORD, str(error))
            await asyncio.sleep(1)
            return False
        source = around.make_source(plan.camera_id, address, self._source_state, fallback=fallback)
        self._source = source
        self._source_address = self._wanted_address()
        if self._recorder is not None:
            source.add_sink(self._recorder)
        for wait in self._waits:
            source.add_sink(wait)
        source.start()
        return True

    async def _close_source(self) -> None:
        source = self._source
        if source is None:
            return
        self._detach_all(but_recorder=self._may_finish_recording())
        self._source, self._source_address = None, None
        await source.close()
        self.hub.reset()
        if self._holds_pull:
            self._holds_pull = False
            self._around.pulls.give_back()
        if not self.wants_record and self._status is not CameraStatus.LIVE and self._proved_at_ms is None:
            self._status, self._reason, self._detail = CameraStatus.UNKNOWN, Reason.NONE, ""

    def _open_recorder(self) -> None:
        self._recorder = self._around.make_recorder(self.plan)
        self._recorder_days = self.plan.retention_days
        if self._source is not None:
            self._source.add_sink(self._recorder)

    async def _close_recorder(self) -> None:
        recorder, self._recorder = self._recorder, None
        if recorder is not None:
            if self._source is not None:
                self._source.remove_sink(recorder)
            await recorder.close(Reason.NONE if self._wants_recorder() else self.leave.reason)

    def _may_finish_recording(self) -> bool:
        """Whether the group that is coming in may still be written when the connection is closed."""
        return leave_at(self._claims, self._around.now_s()).record and self.wants_record

    def _detach_all(self, *, but_recorder: bool = False) -> None:
        source = self._source
        if source is None:
            return
        source.remove_sink(self.hub)
        source.remove_sink(self.converter)
        self._hub_attached = self._converter_attached = False
        if self._recorder is not None and not but_recorder:
            source.remove_sink(self._recorder)
        for wait in self._waits:
            source.remove_sink(wait)

    def _is_attachable(self) -> bool:
        """Whether the connection that stands is the wanted one, and leave for it too."""
        return self._source is not None and self.leave.anything and self._source_address == self._wanted_address()

    def _attach_hub(self, *, also_without_viewers: bool = False) -> None:
        wanted = bool(self.hub.watchers) or also_without_viewers
        if self._source is None or not self._is_attachable() or wanted == self._hub_attached:
            return
        self._hub_attached = wanted
        if wanted:
            self._source.add_sink(self.hub)
            group = self._source.cached_group()
            if group is not None:
                self.hub.seed(group)
        else:
            self._source.remove_sink(self.hub)
            self.hub.reset()

    def _attach_converter(self) -> None:
        wanted = bool(self.converter.hub.viewers)
        if self._source is None or not self._is_attachable() or wanted == self._converter_attached:
            return
        self._converter_attached = wanted
        if wanted:
            self._source.add_sink(self.converter)
        else:
            self._source.remove_sink(self.converter)

    async def close(self) -> None:
        """End of the worker: viewers, connection, recorder."""
        self._retired = True
        self.hub.end_all(1001, "restarting")
        self.converter.hub.end_all(1001, "restarting")
        if self._mending is not None:
            await asyncio.wait({self._mending}, timeout=2)
        await self._close_source()
        await self._close_recorder()
        await self.converter.close()


def _address_key(plan: CameraPlan) -> tuple[object, ...]:
    return (plan.address.url, plan.address.sealed_credentials, plan.transport)
