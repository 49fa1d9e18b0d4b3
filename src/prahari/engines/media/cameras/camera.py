"""One camera: what its permit allows now and who wants it decide whether the one connection to it stands.

Every way to a picture goes through `_settle`: it is the only place that opens, and it cuts first and tidies up later.
"""

from __future__ import annotations

import asyncio
import logging
import time

from prahari.contracts.events import now_ms
from prahari.contracts.media import CameraPlan, CameraStatus, CameraStatusData, PermitClaims, Reason, RecordMode
from prahari.engines.media.cameras.keyframes import KeyframeWait
from prahari.engines.media.cameras.ports import Recorder, Source
from prahari.engines.media.cameras.state import CameraState, video_of
from prahari.engines.media.cameras.surroundings import Surroundings
from prahari.engines.media.fallback.converter import Converter
from prahari.engines.media.gate.permits import CLOSED, Leave, leave_at, read_permit
from prahari.engines.media.gate.problems import NO_PERMIT, UNSUPPORTED, Answer, Problem
from prahari.engines.media.gate.showing import Asker, refusal
from prahari.engines.media.health.stream import StreamWatch
from prahari.engines.media.ingest.upstream import UpstreamState, UpstreamStatus
from prahari.engines.media.live.hub import Hub, Tap
from prahari.engines.media.live.viewer import Viewer
from prahari.engines.media.status.board import Proof, status_of
from prahari.engines.media.types import AccessUnit, VideoParameters

log = logging.getLogger(__name__)

LINGER_S = 10.0
CLOSE_RETIRED = 4404
CLOSE_RESTART = 1012


class Camera:
    """See the module. All methods are called in the event loop; those that are not coroutines never block."""

    def __init__(self, plan: CameraPlan, around: Surroundings) -> None:
        self.plan = plan
        self._around = around
        self._claims: PermitClaims | None = None
        self._leave = Leave(live=False, record=False, reason=Reason.NONE, until_s=0.0)
        self._looked_s = 0.0
        self._retired = False
        self._ending = False
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
        self.state = CameraState()
        self.measured = StreamWatch()
        self._linger_until: float | None = None
        self._waits: set[KeyframeWait] = set()
        self._mending: asyncio.Task[None] | None = None
        self.apply(plan)

    # What is wanted and allowed

    def apply(self, plan: CameraPlan) -> None:
        """Act on a new plan; the same plan again changes nothing."""
        if plan.permit != self.plan.permit or self._claims is None:
            self._claims = read_permit(plan.permit, plan.camera_id, self._around.verifying_key)
        self._around.keep(plan, self._claims)
        if _address_key(plan) != _address_key(self.plan):
            self._fallback = False
            self.state.set(CameraStatus.UNKNOWN)  # what was known is true of another address
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
        return CLOSED if self._retired or self._ending else leave_at(self._claims, self._around.now_s())

    def refusal(self, asker: Asker) -> Answer | None:
        """Why `asker` may not be shown this camera at this moment; None: it may."""
        return refusal(self.leave, asker, self._around.now_s())

    @property
    def is_open(self) -> bool:
        return self._source is not None

    @property
    def is_recording(self) -> bool:
        return self._recorder is not None and self.state.is_live and self._recorder.is_recording

    @property
    def watchers(self) -> int:
        return self.hub.watchers + self.converter.hub.watchers

    @property
    def wants_record(self) -> bool:
        return self.plan.record is RecordMode.CONTINUOUS

    # Who looks

    def watch(self, viewer: Viewer, *, transcode: bool = False) -> None:
        """Show the camera to `viewer` from now on. Raises Problem: refused, no room for a conversion."""
        self._admit(viewer.asker)
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
        """Give pictures to a WebRTC peer or the masking from now on. Raises Problem: refused."""
        self._admit(tap.asker)
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

    def _admit(self, asker: Asker | None) -> None:
        """Raises Problem when `asker` may not be shown the camera; None asks only whether it may be opened."""
        leave = self.leave
        answer = (None if leave.anything else NO_PERMIT) if asker is None else self.refusal(asker)
        if answer is not None:
            raise Problem(answer)

    def _after_leaving(self) -> None:
        if not self.watchers:
            self._linger_until = time.monotonic() + LINGER_S
        self._settle()

    async def keyframe(self, timeout_s: float, asker: Asker | None) -> tuple[VideoParameters, AccessUnit]:
        """The newest keyframe, over the standing connection or one opened for this.

        `asker`: who will see it, so the permit must allow it to be shown; with None any permit will do, it only
        proves that the camera is alive. Raises Problem (refused) or StreamError with the reason.
        """
        self._admit(asker)
        wait = KeyframeWait(asker)
        self._waits.add(wait)
        try:
            source = self._source
            if source is not None and self._is_attachable():
                source.add_sink(wait)
                group = source.cached_group()
                if group is not None and self.state.is_live:
                    wait.offer(group)
            self._settle()
            found = await wait.result(timeout_s)
            self._admit(asker)
            self.state.proved(now_ms(), self.plan)
            self.state.set(CameraStatus.LIVE)
            self._tell()
            return found
        finally:
            self._waits.discard(wait)
            if self._source is not None:
                self._source.remove_sink(wait)
            self._settle()

    def standing_keyframe(self) -> tuple[VideoParameters, AccessUnit] | None:
        """The newest keyframe of the connection that stands, for the engine's own eyes; opens nothing."""
        group = self._source.cached_group() if self._source is not None and self._is_attachable() else None
        if group is None or group.parameters.video is None or not self.state.is_live:
            return None
        keyframe = next((unit for unit in group.units if unit.is_video and unit.keyframe), None)
        return None if keyframe is None else (group.parameters.video, keyframe)

    @property
    def clock_off_ms(self) -> float | None:
        """How far the camera's own clock is ahead of ours, as it tells over the connection that stands."""
        return None if self._source is None else self._source.state.clock_off_ms

    @property
    def trouble(self) -> Reason:
        """Why the disk does not take what the camera sends; NONE: it does, or nothing is to be recorded."""
        return self._recorder.trouble if self._recorder is not None else Reason.NONE

    # State

    def proof(self) -> Proof | None:
        """That frames were seen, when there is anything new to say."""
        if self._source is not None and self.state.is_live:
            self.state.proved(self._source.state.last_picture_ms, self.plan)
        return self.state.take_proof(self.plan.camera_id, self.watchers)

    def probe_failed(self, reason: Reason, detail: str) -> None:
        """A probe found no picture, nobody else holds the camera open: that is its state now."""
        if not self.is_open and self.leave.anything:
            self.state.set(status_of(reason), reason, detail)
            self._tell()

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
            self.state.proved(state.last_picture_ms or now_ms(), self.plan)
        else:
            for wait in self._waits:
                wait.note_failure(state.reason, state.detail)
        self.state.set(CameraStatus(state.status), state.reason, state.detail)
        self._tell()

    def _tell(self) -> None:
        """Viewers at once, the centre through the board. Before anything is known there is nothing to tell it."""
        state = self.state
        status, reason, detail = state.shown(self._leave)
        is_unknown = status is CameraStatus.UNKNOWN
        self.hub.set_status(status, Reason.STARTING if is_unknown else reason)
        if status is not CameraStatus.LIVE:
            self.converter.hub.set_status(status, Reason.STARTING if is_unknown else reason)
        elif self._trouble is not Reason.NONE:
            reason = self._trouble
        if self._retired or (is_unknown and state.proved_at_ms is None):
            return
        data = CameraStatusData(
            status,
            reason,
            detail,
            state.proved_at_ms,
            state.proof_until_ms if status is CameraStatus.LIVE else None,
            self.is_recording,
            self.watchers,
            video_of(self._source.state) if self._source is not None else None,
        )
        self._around.board.tell(self.plan, data)

    # Opening and closing

    def _settle(self) -> None:
        """Cut at once what is no longer allowed; let `_mend` do what takes time."""
        before, self._leave = self._leave, self.leave
        self._looked_s = self._around.now_s()
        self._end_refused()
        if self._source is not None:
            if not self._leave.anything or self._source_address != self._wanted_address():
                self._detach_all()
            elif not self._leave.record and self._recorder is not None:
                self._source.remove_sink(self._recorder)
        if (before.anything, before.reason) != (self._leave.anything, self._leave.reason):
            if not self._leave.anything:
                self.state.set(CameraStatus.UNKNOWN)
            self._tell()
        if self._mending is None and not self._ending and not self._is_settled():
            self._mending = asyncio.get_running_loop().create_task(self._mend())
            self._mending.add_done_callback(self._mended)
        self._around.settled(self)

    def _mended(self, task: asyncio.Task[None]) -> None:
        self._mending = None
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("camera %s could not be opened or closed", self.plan.camera_id, exc_info=error)

    def _end_refused(self) -> None:
        """Whoever may not look at this moment is cut off in the same step of the event loop."""
        self.hub.end_refused(self._verdict)
        self.converter.hub.end_refused(self._verdict)
        for wait in self._waits:
            if not self._leave.anything or (wait.asker is not None and self._verdict(wait.asker) is not None):
                wait.fail(self._leave.reason or Reason.NO_PERMIT, "")

    def _verdict(self, asker: Asker) -> tuple[int, str] | None:
        """The close code and reason for who is refused now; None: it may look on."""
        answer = refusal(self._leave, asker, self._looked_s)
        if answer is None:
            return None
        if self._retired:
            return CLOSE_RETIRED, Reason.RETIRED
        if answer is not NO_PERMIT:
            return answer.ws_close, answer.code
        return answer.ws_close, self._leave.reason or Reason.NO_PERMIT

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
                self.state.set(CameraStatus.OFFLINE, Reason.UNSUPPORTED, detail)
                self._tell()
                await asyncio.sleep(1)
                return False
            self._holds_pull = True
        try:
            address = around.address_of(plan)
        except ValueError as error:
            self.state.set(CameraStatus.OFFLINE, Reason.WRONG_PASSWORD, str(error))
            self._tell()
            await asyncio.sleep(1)
            return False
        source = around.make_source(plan.camera_id, address, self._source_state, fallback=fallback)
        self._source = source
        self._source_address = self._wanted_address()
        source.add_sink(self.measured)
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
            await recorder.close(self._why_not_recorded())

    def _why_not_recorded(self) -> Reason:
        """NONE: recording goes on in a moment, here or after a restart."""
        if self._retired:
            return Reason.RETIRED
        if self._ending or self._wants_recorder():
            return Reason.NONE
        return self.leave.reason or Reason.NO_PERMIT

    def _may_finish_recording(self) -> bool:
        """Whether the group that is coming in may still be written when the connection is closed."""
        return leave_at(self._claims, self._around.now_s()).record and self.wants_record

    def _detach_all(self, *, but_recorder: bool = False) -> None:
        source = self._source
        if source is None:
            return
        source.remove_sink(self.hub)
        source.remove_sink(self.converter)
        source.remove_sink(self.measured)
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
        """End of the worker, or of a retired camera: viewers, connection, recorder."""
        self._ending = True
        self.hub.end_all(CLOSE_RESTART, "restarting")
        self.converter.hub.end_all(CLOSE_RESTART, "restarting")
        if self._mending is not None:
            await asyncio.wait({self._mending}, timeout=2)
        await self._close_source()
        await self._close_recorder()
        await self.converter.close()


def _address_key(plan: CameraPlan) -> tuple[object, ...]:
    return (plan.address.url, plan.address.sealed_credentials, plan.transport)
